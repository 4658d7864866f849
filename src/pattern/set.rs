//! Sets of characters.

/// Characters as ranges of code points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// A bit for each ASCII character.
    ascii: u128,
    /// The ranges from U+0080 on, both ends included, in order and apart.
    ranges: Vec<(u32, u32)>,
    /// A bit for each of those characters, by the lower bits of its code point; two may share one.
    wide: [u64; 4],
}

const LAST: u32 = char::MAX as u32;
const FIRST_WIDE: u32 = 0x80;

impl Set {
    const FEW: u32 = 128;

    pub fn of(ranges: &[(char, char)]) -> Self {
        let mut set = Self::default();
        for &(first, last) in ranges {
            set.add(u32::from(first), u32::from(last));
        }
        set.settle();
        set
    }

    pub fn one(c: char) -> Self {
        Self::of(&[(c, c)])
    }

    /// Blanks as Unicode has them (White_Space).
    pub fn blanks() -> Self {
        Self::of(&[
            ('\t', '\r'),
            (' ', ' '),
            ('\u{85}', '\u{85}'),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
        ])
    }

    /// Every character but these.
    pub fn negated(&self) -> Self {
        let mut out = Self { ascii: !self.ascii, ..Self::default() };
        let mut next = FIRST_WIDE;
        for &(first, last) in &self.ranges {
            if next < first {
                out.ranges.push((next, first - 1));
            }
            next = last + 1;
        }
        if next <= LAST {
            out.ranges.push((next, LAST));
        }
        out.settle();
        out
    }

    /// Whether it has so few characters that it tells something of a text that holds one.
    pub fn is_telling(&self) -> bool {
        self.width() <= Self::FEW
    }

    /// How many characters it has.
    pub fn width(&self) -> u32 {
        self.ascii.count_ones() + self.ranges.iter().map(|(first, last)| last - first + 1).sum::<u32>()
    }

    /// The characters, if they are few.
    pub fn listed(&self) -> Option<Vec<u32>> {
        if !self.is_telling() {
            return None;
        }
        let mut rest = self.ascii;
        let ascii = std::iter::from_fn(|| {
            let c = (rest != 0).then(|| rest.trailing_zeros())?;
            rest &= rest - 1;
            Some(c)
        });
        Some(ascii.chain(self.ranges.iter().flat_map(|&(first, last)| first..=last)).collect())
    }

    /// The characters of all of them.
    pub fn union(sets: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for set in sets {
            all.ascii |= set.ascii;
            all.ranges.extend(set.ranges);
        }
        all.settle();
        all
    }

    #[inline]
    pub fn contains(&self, c: u32) -> bool {
        if c < FIRST_WIDE {
            return self.ascii >> c & 1 == 1;
        }
        if self.wide[(c >> 6) as usize & 3] >> (c & 63) & 1 == 0 {
            return false;
        }
        if let [(first, last)] = self.ranges[..] {
            return first <= c && c <= last;
        }
        let at = self.ranges.partition_point(|&(_, last)| last < c);
        self.ranges.get(at).is_some_and(|&(first, _)| first <= c)
    }

    fn add(&mut self, first: u32, last: u32) {
        for c in first..(last + 1).min(FIRST_WIDE) {
            self.ascii |= 1 << c;
        }
        if last >= FIRST_WIDE {
            self.ranges.push((first.max(FIRST_WIDE), last));
        }
    }

    /// Puts the ranges in order and joins those that meet.
    fn settle(&mut self) {
        self.ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(self.ranges.len());
        for &(first, last) in &self.ranges {
            match joined.last_mut().filter(|before| first <= before.1 + 1) {
                Some(before) => before.1 = before.1.max(last),
                None => joined.push((first, last)),
            }
        }
        self.ranges = joined;
        self.wide = [0; 4];
        for &(first, last) in &self.ranges {
            for c in first..=last.min(first + 255) {
                self.wide[(c >> 6) as usize & 3] |= 1 << (c & 63);
            }
        }
    }

    pub fn meets(&self, other: &Self) -> bool {
        let within = |(first, last): (u32, u32)| {
            let at = other.ranges.partition_point(|&(_, end)| end < first);
            other.ranges.get(at).is_some_and(|&(start, _)| start <= last)
        };
        self.ascii & other.ascii != 0 || self.ranges.iter().copied().any(within)
    }

    pub fn signature(&self) -> Signature {
        let mut signature = Signature::default();
        for c in (0..FIRST_WIDE).filter(|&c| self.contains(c)) {
            signature.add(c);
        }
        for &(first, last) in &self.ranges {
            if last - first > Signature::BITS {
                return Signature([u64::MAX; 64]);
            }
            (first..=last).for_each(|c| signature.add(c));
        }
        signature
    }
}

/// A set of characters in 4096 bits, by a hash of their code points: it may hold a character that was not added,
/// and always holds one that was. Few passages have more than some hundred different characters.
#[derive(Debug, Clone)]
pub struct Signature([u64; 64]);

impl Default for Signature {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Signature {
    const BITS: u32 = 4096;

    pub fn of(text: &str) -> Self {
        Self::of_all(text.chars().map(u32::from))
    }

    pub fn of_all(characters: impl IntoIterator<Item = u32>) -> Self {
        let mut signature = Self::default();
        characters.into_iter().for_each(|c| signature.add(c));
        signature
    }

    fn add(&mut self, c: u32) {
        let bit = Self::bit(c);
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// The bit of a character: the upper ones of its product with a fraction of the golden ratio, so that neighbours lie
    /// apart and signs do not share theirs with digits.
    #[inline]
    fn bit(c: u32) -> u32 {
        c.wrapping_mul(0x9e37_79b1) >> 20
    }

    #[inline]
    pub fn may_hold(&self, c: u32) -> bool {
        let bit = Self::bit(c);
        self.0[(bit >> 6) as usize & 63] >> (bit & 63) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(set: &Set, c: char) -> bool {
        set.contains(c.into())
    }

    #[test]
    fn ranges_hold_their_ends_and_nothing_else() {
        let set = Set::of(&[('0', '9'), ('０', '９'), ('万', '万'), ('亿', '亿'), ('x', 'é')]);
        for c in ['0', '9', '０', '９', '万', '亿', 'x', '\u{7f}', '\u{80}', 'é'] {
            assert!(holds(&set, c) && !holds(&set.negated(), c), "{c}");
        }
        for c in ['/', ':', '：', '丈', 'w', 'ê', char::MAX] {
            assert!(!holds(&set, c) && holds(&set.negated(), c), "{c}");
        }
        assert_eq!(set.negated().negated(), set);
    }

    #[test]
    fn sets_meet_where_they_share_a_character() {
        let set = Set::of(&[('0', '9'), ('一', '三')]);
        for (other, meets) in [("5", true), ("a", false), ("丁", true), ("丙", false), ("三", true), ("上", false)]
        {
            let other = other.chars().next().expect("a character");
            assert_eq!(set.meets(&Set::one(other)), meets, "{other}");
        }
        assert!(!set.meets(&set.negated()));
    }

    #[test]
    fn blanks_are_those_of_unicode() {
        let blanks = Set::blanks();
        for c in '\0'..=char::MAX {
            assert_eq!(holds(&blanks, c), c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn a_signature_holds_what_was_added() {
        let signature = Signature::of("元旦");
        assert!(signature.may_hold('元'.into()) && !signature.may_hold('月'.into()));
        // ‰ is U+2030, 0 is U+0030.
        assert!(!Signature::of("0").may_hold('‰'.into()));
        assert!(Set::one('a').negated().signature().may_hold('元'.into()));
    }
}
