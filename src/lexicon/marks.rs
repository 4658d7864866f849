//! Characters that a text is looked through for.

/// Marks of punctuation, none of them a Han character.
pub struct Marks(pub &'static [char]);

/// The first bytes of U+4000 to U+9FFF, three bytes each.
const HAN: std::ops::RangeInclusive<u8> = 0xe4..=0xe9;

impl Marks {
    /// Where the marks stand in a text, in order, each with its place.
    #[inline]
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, char)> + 't {
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(lead) = text.as_bytes().get(next) {
                if HAN.contains(lead) {
                    next += 3;
                    continue;
                }
                let (at, c) = (next, text[next..].chars().next()?);
                next += c.len_utf8();
                if self.0.contains(&c) {
                    return Some((at, c));
                }
            }
            None
        })
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
