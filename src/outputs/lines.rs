//! Lines of a source and its code points: places in the output are code points, people ask for lines.

/// The lines of a text, counted from 1.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line starts: bytes and code points before it.
    starts: Vec<(usize, usize)>,
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut starts = vec![(0, 0)];
        for (point, (byte, c)) in text.char_indices().enumerate() {
            if c == '\n' {
                starts.push((byte + 1, point + 1));
            }
        }
        Self { text, starts }
    }

    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line in which a code point lies.
    pub fn line(&self, point: usize) -> usize {
        self.starts.partition_point(|&(_, start)| start <= point)
    }

    /// The byte at which a line starts; the end of the text for the line behind the last.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).map_or(self.text.len(), |&(byte, _)| byte)
    }

    /// Code points before a byte, which is a character boundary.
    pub fn point(&self, byte: usize) -> usize {
        let line = self.starts.partition_point(|&(start, _)| start <= byte);
        let (start, points) = self.starts[line - 1];
        points + self.text[start..byte].chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_lines_lead_to_each_other() {
        let text = "第一\n\n𠮷a\n";
        let lines = Lines::of(text);
        assert_eq!(lines.count(), 4);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(lines.point(byte), point);
            assert_eq!(lines.line(point), text[..byte].matches('\n').count() + 1);
        }
        assert_eq!([1, 2, 3, 4, 5].map(|line| lines.start(line)), [0, 7, 8, 14, 14]);
        assert_eq!(lines.point(text.len()), 7);
    }
}
