//! Characters that a text is looked through for.

/// Marks of punctuation. They are found by their first bytes, with which hardly any letter of Chinese begins.
pub struct Marks {
    marks: &'static [char],
    /// The first bytes of all, one of them more than once where they are fewer.
    leads: [u8; 3],
}

impl Marks {
    /// # Panics
    /// When the marks begin with more than three different bytes.
    pub const fn new(marks: &'static [char]) -> Self {
        let mut leads = [lead(marks[0]); 3];
        let (mut count, mut nth) = (1, 1);
        while nth < marks.len() {
            let next = lead(marks[nth]);
            if next != leads[0] && next != leads[1] && next != leads[2] {
                leads[count] = next;
                count += 1;
            }
            nth += 1;
        }
        Self { marks, leads }
    }

    /// Where the marks stand in a text, in order, each with its place.
    pub fn places<'t>(&'t self, text: &'t str) -> impl DoubleEndedIterator<Item = (usize, char)> + 't {
        let [a, b, c] = self.leads;
        memchr::memchr3_iter(a, b, c, text.as_bytes()).filter_map(|at| {
            let mark = text[at..].chars().next()?;
            self.marks.contains(&mark).then_some((at, mark))
        })
    }

    /// Where the first mark stands in a text.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.places(text).next().map(|(at, _)| at)
    }

    /// Whether one of the marks stands in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

const fn lead(mark: char) -> u8 {
    let mut bytes = [0; 4];
    mark.encode_utf8(&mut bytes);
    bytes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_their_characters_do() {
        const MARKS: Marks = Marks::new(&['。', '：', ':', '“']);
        let text = "甲，乙：丙。“丁”:、";
        let places: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| MARKS.marks.contains(c)).collect();
        assert_eq!(MARKS.places(text).collect::<Vec<_>>(), places);
        assert_eq!(MARKS.places(text).next_back(), places.last().copied());
        assert!(!MARKS.stand_in("甲，乙”、") && !MARKS.stand_in(""));
    }
}
