//! Numerals as official prose writes them, read into exact decimals. No other module parses them.
//!
//! ```text
//! numeral  = [sign] ( digits | group+ )          sign = - | 负
//! group    = ( arabic | han_digit+ ) [magnitude+] magnitude = 十 百 千 万 亿, 拾 佰 仟, 廿 卅
//! decimal  = numeral 点 han_digit+ [magnitude+]
//! digits   = han_digit han_digit+                 二〇二一, 一一
//! ```
//!
//! A magnitude without a digit counts as one of it (百 = 100, 十二 = 12), as 亿元以上 means it. A last digit after 百, 千 or
//! 万 without 零 is a tenth of that magnitude (两千六 = 2600). Two digits in a row before a magnitude (二三十) are an
//! estimate and give `None`. Larger than a [`Decimal`] holds gives `None`.
//!
//! | text | value |
//! | --- | --- |
//! | 一百二十三 | 123 |
//! | 壹拾万零叁仟 | 103000 |
//! | 1.2万亿 | 1200000000000 |
//! | １，０００ | 1000 |

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What one character of a numeral stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// An Arabic digit in either width.
    Arabic(u32),
    /// A Chinese digit.
    Han(u32),
    /// A magnitude below 万: 10, 100, 1000.
    Small(u32),
    /// 万 or 亿.
    Large(u32),
    /// 廿 and 卅: tens in one character.
    Tens(u32),
    /// 点, or a full stop in either width.
    Point,
    Comma,
    Minus,
}

/// Numbers in circles and brackets that label items: the first of each run, and how many follow in order.
const LABELS: &[(char, u32)] = &[('①', 20), ('⑴', 20), ('⒈', 20), ('㈠', 10), ('❶', 10)];

/// Whether a character is an Arabic digit, in either width.
pub fn is_arabic(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The characters of numerals. 〇 has two look-alikes; 兩, 點, 萬, 億 and 負 are the traditional forms.
fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '0'..='9' => Sign::Arabic(c as u32 - '0' as u32),
        '０'..='９' => Sign::Arabic(c as u32 - '０' as u32),
        '〇' | '○' | '零' => Sign::Han(0),
        '一' | '壹' => Sign::Han(1),
        '二' | '两' | '兩' | '贰' | '貳' => Sign::Han(2),
        '三' | '叁' | '參' => Sign::Han(3),
        '四' | '肆' => Sign::Han(4),
        '五' | '伍' => Sign::Han(5),
        '六' | '陆' | '陸' => Sign::Han(6),
        '七' | '柒' => Sign::Han(7),
        '八' | '捌' => Sign::Han(8),
        '九' | '玖' => Sign::Han(9),
        '十' | '拾' => Sign::Small(10),
        '百' | '佰' => Sign::Small(100),
        '千' | '仟' => Sign::Small(1000),
        '万' | '萬' => Sign::Large(10_000),
        '亿' | '億' => Sign::Large(100_000_000),
        '廿' => Sign::Tens(20),
        '卅' => Sign::Tens(30),
        '点' | '點' | '.' | '．' => Sign::Point,
        ',' | '，' => Sign::Comma,
        '-' | '－' | '负' | '負' => Sign::Minus,
        _ => return None,
    })
}

/// Whether a character can stand inside a numeral (digits and magnitudes, no points, commas or signs).
pub fn is_numeral_char(c: char) -> bool {
    matches!(sign(c), Some(Sign::Arabic(_) | Sign::Han(_) | Sign::Small(_) | Sign::Large(_) | Sign::Tens(_)))
}

/// The magnitudes at the end of a numeral: 万 of `30万`, 百万 of `2百万`; empty if it ends in a digit.
pub fn magnitude(text: &str) -> &str {
    let is_magnitude = |c| matches!(sign(c), Some(Sign::Small(_) | Sign::Large(_)));
    &text[text.trim_end_matches(is_magnitude).len()..]
}

/// The exact value of a numeral, which must be the whole text.
///
/// ```
/// use rust_decimal::Decimal;
/// assert_eq!(gongbao::numeral::read("2.5万"), Some(Decimal::from(25_000)));
/// assert_eq!(gongbao::numeral::read("二〇二一"), Some(Decimal::from(2021)));
/// assert_eq!(gongbao::numeral::read("几十万"), None);
/// ```
pub fn read(text: &str) -> Option<Decimal> {
    let signs: Vec<Sign> = text.chars().map(sign).collect::<Option<_>>()?;
    let (negative, signs) = match signs.split_first()? {
        (Sign::Minus, rest) => (true, rest),
        _ => (false, &signs[..]),
    };
    let value = Reader::default().run(signs)?;
    Some(if negative { -value } else { value })
}

/// The value of a label number (一, 二十三, １２, ①), without signs, points or fractions.
///
/// ```
/// assert_eq!(gongbao::numeral::ordinal("一百零八"), Some(108));
/// assert_eq!(gongbao::numeral::ordinal("⑫"), Some(12));
/// assert_eq!(gongbao::numeral::ordinal("1.5"), None);
/// ```
pub fn ordinal(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        if let Some(Sign::Han(digit)) = sign(c) {
            return Some(digit);
        }
        let offset = |first: char| (c as u32).checked_sub(first as u32);
        if let Some(n) = LABELS.iter().find_map(|&(first, count)| offset(first).filter(|n| *n < count)) {
            return Some(n + 1);
        }
    }
    if text.chars().all(is_numeral_char) { read(text)?.to_u32() } else { None }
}

/// A fraction said in words: 三分之一 → (1, 3), 百分之二点五 → (2.5, 100); numerator first.
pub fn fraction(text: &str) -> Option<(Decimal, Decimal)> {
    let (denominator, numerator) = text.split_once("分之")?;
    let denominator = read(denominator)?;
    let numerator = read(numerator)?;
    (!denominator.is_zero()).then_some((numerator, denominator))
}

/// Reads signs from left to right. `total` holds what 万 and 亿 have closed, `section` what stands below the next of
/// them, `current` the digits not yet claimed by a magnitude.
#[derive(Default)]
struct Reader {
    total: Decimal,
    section: Decimal,
    current: Option<Number>,
    /// The smallest 万 or 亿 read so far.
    last_large: Option<Decimal>,
    /// The last magnitude below 万 since the last 万 or 亿.
    last_small: Option<u32>,
    /// The magnitude right before the digits now being read, with no 零 between: 千 in 两千六.
    colloquial: Option<Decimal>,
}

/// Digits in a row.
struct Number {
    value: Decimal,
    /// How many digits, leading zeros not counted.
    digits: usize,
    han: bool,
    /// Whether the first digit was a zero, as in 零五.
    led_by_zero: bool,
    /// Whether it holds a point.
    decimal: bool,
}

impl Reader {
    fn run(mut self, signs: &[Sign]) -> Option<Decimal> {
        let mut at = 0;
        while at < signs.len() {
            at = match signs[at] {
                Sign::Arabic(_) => self.arabic(signs, at)?,
                Sign::Han(_) => self.han(signs, at)?,
                Sign::Point => self.point(signs, at)?,
                Sign::Small(unit) => self.small(unit).map(|()| at + 1)?,
                Sign::Tens(tens) => self.tens(tens).map(|()| at + 1)?,
                Sign::Large(unit) => self.large(Decimal::from(unit)).map(|()| at + 1)?,
                Sign::Comma | Sign::Minus => return None,
            };
        }
        self.finish()
    }

    /// `1,234.5`: digits, thousands separators, at most one point.
    fn arabic(&mut self, signs: &[Sign], mut at: usize) -> Option<usize> {
        if self.current.is_some() {
            return None;
        }
        let mut mantissa = Decimal::ZERO;
        let (mut scale, mut pointed, mut digits) = (0u32, false, 0);
        while let Some(sign) = signs.get(at) {
            match sign {
                Sign::Arabic(d) => {
                    mantissa = mantissa.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(*d))?;
                    scale += u32::from(pointed);
                    digits += 1;
                }
                Sign::Comma if !pointed && thousands_follow(signs, at + 1) => {}
                Sign::Point if !pointed && matches!(signs.get(at + 1), Some(Sign::Arabic(_))) => pointed = true,
                // 300.万: a misprint.
                Sign::Point if !pointed && matches!(signs.get(at + 1), Some(Sign::Large(_))) => {}
                _ => break,
            }
            at += 1;
        }
        if scale > 28 {
            return None;
        }
        mantissa.set_scale(scale).ok()?;
        self.current = Some(Number { value: mantissa, digits, han: false, led_by_zero: false, decimal: pointed });
        Some(at)
    }

    fn han(&mut self, signs: &[Sign], mut at: usize) -> Option<usize> {
        if self.current.is_some() {
            return None;
        }
        let mut number = Number { value: Decimal::ZERO, digits: 0, han: true, led_by_zero: false, decimal: false };
        let first = at;
        while let Some(Sign::Han(d)) = signs.get(at) {
            number.led_by_zero |= at == first && *d == 0;
            number.digits += usize::from(number.digits > 0 || *d > 0);
            number.value = number.value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(*d))?;
            at += 1;
        }
        // 四千230, 零30: a zero read out before Arabic digits.
        if let Some(Sign::Arabic(_)) = signs.get(at) {
            return (number.digits == 0).then_some(at);
        }
        self.current = Some(number);
        Some(at)
    }

    /// 点 after what has been read so far: it is the whole part, and digits follow.
    fn point(&mut self, signs: &[Sign], at: usize) -> Option<usize> {
        if at == 0 || self.current.as_ref().is_some_and(|n| n.decimal) {
            return None;
        }
        let whole = std::mem::take(self).finish()?;
        let (mut value, mut place, mut end) = (whole, Decimal::ONE, at + 1);
        while let Some(Sign::Han(d) | Sign::Arabic(d)) = signs.get(end) {
            place = place.checked_div(Decimal::TEN)?;
            if place.is_zero() {
                return None;
            }
            value = value.checked_add(place * Decimal::from(*d))?;
            end += 1;
        }
        if end == at + 1 {
            return None;
        }
        self.current = Some(Number { value, digits: 2, han: true, led_by_zero: false, decimal: true });
        Some(end)
    }

    fn small(&mut self, unit: u32) -> Option<()> {
        let value = match self.current.take() {
            None => Decimal::ONE,
            // 二三十 is an estimate.
            Some(n) if n.han && n.digits > 1 && !n.decimal && !n.led_by_zero => return None,
            Some(n) => n.value,
        };
        if self.last_small.is_some_and(|last| last <= unit) {
            return None;
        }
        self.last_small = Some(unit);
        let unit = Decimal::from(unit);
        self.colloquial = Some(unit);
        self.section = self.section.checked_add(value.checked_mul(unit)?)?;
        Some(())
    }

    fn tens(&mut self, tens: u32) -> Option<()> {
        if self.current.take().is_some_and(|n| n.digits > 0) || self.last_small.is_some_and(|last| last <= 10) {
            return None;
        }
        self.last_small = Some(10);
        self.colloquial = Some(Decimal::TEN);
        self.section = self.section.checked_add(Decimal::from(tens))?;
        Some(())
    }

    fn large(&mut self, unit: Decimal) -> Option<()> {
        match self.current.take() {
            // 一二万 is an estimate; 二〇万 is not.
            Some(n) if n.han && n.digits > 1 && !n.decimal && n.value % Decimal::TEN != Decimal::ZERO => return None,
            Some(n) => self.section = self.section.checked_add(n.value)?,
            None if self.total.is_zero() && self.section.is_zero() => self.section = Decimal::ONE,
            None => {}
        }
        self.total = match self.last_large {
            // 万亿, 一千万零五百亿: the larger magnitude multiplies all that stands before it.
            Some(last) if unit > last => self.total.checked_add(self.section)?.checked_mul(unit)?,
            _ => self.total.checked_add(self.section.checked_mul(unit)?)?,
        };
        self.section = Decimal::ZERO;
        self.last_large = Some(unit);
        self.last_small = None;
        self.colloquial = Some(unit);
        Some(())
    }

    fn finish(self) -> Option<Decimal> {
        let read = self.total.checked_add(self.section)?;
        let rest = match (self.current, self.colloquial) {
            (None, _) => Decimal::ZERO,
            (Some(n), Some(unit)) if n.han && n.digits == 1 && !n.led_by_zero && !n.decimal => {
                n.value.checked_mul(unit / Decimal::TEN)?
            }
            (Some(n), _) => n.value,
        };
        read.checked_add(rest).map(|d| d.normalize())
    }
}

/// Whether exactly three digits follow, as after a thousands separator.
fn thousands_follow(signs: &[Sign], at: usize) -> bool {
    let digits = signs[at..].iter().take_while(|s| matches!(s, Sign::Arabic(_))).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let expected: Decimal = expected.parse().expect("the expected value is a decimal");
        assert_eq!(read(text), Some(expected), "{text}");
    }

    #[test]
    fn chinese_numerals_read_by_place() {
        check("一百二十三", "123");
        check("廿三", "23");
        check("一百十一", "111");
        check("一千零一万零一", "10010001");
        check("三千零五万二千零七亿四千六百", "3005200700004600");
        check("贰拾万零伍仟陆佰柒拾捌", "205678");
        check("两千六", "2600");
        check("十五", "15");
        check("一百零五", "105");
    }

    #[test]
    fn digits_in_a_row_read_as_printed() {
        check("二〇二一", "2021");
        check("一〇", "10");
        check("１２，３４５", "12345");
        check("1,234.50", "1234.5");
    }

    #[test]
    fn magnitudes_multiply_arabic_numbers_exactly() {
        check("1.2万亿", "1200000000000");
        check("2百万", "2000000");
        check("3亿2000万", "320000000");
        check("0.1493亿", "14930000");
        check("200亿零四千230", "20000004230");
        check("百亿", "10000000000");
        check("300.万", "3000000");
    }

    #[test]
    fn points_and_fractions() {
        check("一点五亿", "150000000");
        check("零点零零零五", "0.0005");
        check("负零点一零", "-0.1");
        assert_eq!(fraction("三分之一"), Some((Decimal::ONE, Decimal::from(3))));
        assert_eq!(fraction("百分之二点五"), Some((Decimal::new(25, 1), Decimal::from(100))));
        assert_eq!(fraction("零分之一"), None);
    }

    #[test]
    fn estimates_and_nonsense_have_no_value() {
        for text in
            ["二三十", "几百", "", "百千", "1.2.3", "点五", "1,23", "一二万", "99999999999999999999999999999999"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn labels() {
        assert_eq!(ordinal("１２"), Some(12));
        assert_eq!(ordinal("㈢"), Some(3));
        assert_eq!(ordinal("〇"), Some(0));
        assert_eq!(ordinal("一点五"), None);
        assert_eq!(ordinal("甲"), None);
    }

    #[test]
    fn the_magnitude_at_the_end() {
        assert_eq!(magnitude("2百万"), "百万");
        assert_eq!(magnitude("30"), "");
    }
}
