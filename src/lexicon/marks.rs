//! Characters that a text is looked through for.

/// Marks of punctuation, none of them a Han character.
pub struct Marks {
    marks: &'static [char],
    /// Whether one of them begins with a byte.
    begins: [bool; 256],
}

impl Marks {
    pub const fn new(marks: &'static [char]) -> Self {
        let mut begins = [false; 256];
        let mut nth = 0;
        while nth < marks.len() {
            let mut bytes = [0; 4];
            marks[nth].encode_utf8(&mut bytes);
            begins[bytes[0] as usize] = true;
            nth += 1;
        }
        Self { marks, begins }
    }

    /// Where the marks stand in a text, in order, each with its place.
    #[inline]
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, char)> + 't {
        let mut next = 0;
        std::iter::from_fn(move || {
            let (at, mark) = self.first(text, next)?;
            next = at + mark.len_utf8();
            Some((at, mark))
        })
    }

    /// Whether one of the marks stands in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        self.first(text, 0).is_some()
    }

    /// The first mark from a place on.
    fn first(&self, text: &str, from: usize) -> Option<(usize, char)> {
        let mut at = from;
        while let Some(&lead) = text.as_bytes().get(at) {
            // Nearly all of Han: U+4000 to U+9FFF.
            if matches!(lead, 0xe4..=0xe9) {
                at += 3;
            } else if self.begins[usize::from(lead)] {
                let c = text[at..].chars().next()?;
                if self.marks.contains(&c) {
                    return Some((at, c));
                }
                at += c.len_utf8();
            } else {
                at += length(lead);
            }
        }
        None
    }
}

/// Bytes of the character that begins with a byte.
fn length(lead: u8) -> usize {
    match lead {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_their_characters_do() {
        const MARKS: Marks = Marks::new(&['。', '：', ':', '“']);
        let text = "甲，乙：3丙。“〇\u{20000}é鿿丁”:、";
        let places: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| MARKS.marks.contains(c)).collect();
        assert_eq!(MARKS.places(text).collect::<Vec<_>>(), places);
        assert!(!MARKS.stand_in("甲，乙”、") && !MARKS.stand_in(""));
    }
}
