//! The order of the stages for one source: normalise → segment → extract → assemble. All of it is pure and never fails;
//! what is odd becomes a diagnostic.

use crate::model::{Record, Source};
use crate::{assemble, normalise, segment};

/// Everything that one source says.
pub fn record(source: &Source) -> Record {
    let text = normalise::normalise(source);
    let outline = segment::segment(&text);
    assemble::assemble(source, text, outline)
}

/// The facts of one line of text: a record without documents, whose facts name no provision.
///
/// ```
/// let record = gongbao::pipeline::facts("给予最高 2000 万元补助。");
/// assert_eq!(record.clean, "给予最高2000万元补助。");
/// assert_eq!(record.map.source(&(6..24)), 6..26);
/// ```
pub fn facts(line: &str) -> Record {
    assemble::assemble_line(normalise::normalise_line(line))
}
