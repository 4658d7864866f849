//! gongbao reads Chinese government documents and says what they state as data.

pub mod assemble;
pub mod extract;
mod lexicon;
pub mod model;
mod numeral;
pub mod span;
