//! Characters that a text is looked through for.

/// The first bytes of U+4000 to U+9FFF, nearly all of Han, three bytes each.
const HAN: std::ops::RangeInclusive<u8> = 0xe4..=0xe9;

/// The characters of a text with their places, without those of U+4000 to U+9FFF.
#[inline]
pub fn signs(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut next = 0;
    std::iter::from_fn(move || {
        while HAN.contains(text.as_bytes().get(next)?) {
            next += 3;
        }
        let (at, c) = (next, text[next..].chars().next()?);
        next += c.len_utf8();
        Some((at, c))
    })
}

/// Marks of punctuation, none of them a Han character.
pub struct Marks(pub &'static [char]);

impl Marks {
    /// Where the marks stand in a text, in order, each with its place.
    #[inline]
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, char)> + 't {
        signs(text).filter(|(_, c)| self.0.contains(c))
    }

    /// Whether one of the marks stands in a text.
    #[inline]
    pub fn stand_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_their_characters_do() {
        const MARKS: Marks = Marks(&['。', '：', ':', '“']);
        let text = "甲，乙：3丙。“〇\u{20000}é鿿丁”:、";
        let places: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| MARKS.0.contains(c)).collect();
        assert_eq!(MARKS.places(text).collect::<Vec<_>>(), places);
        assert!(!MARKS.stand_in("甲，乙”、") && !MARKS.stand_in(""));
    }
}
