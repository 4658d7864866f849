//! gongbao reads Chinese government documents and says what they state as data.

pub mod assemble;
pub mod elements;
pub mod extract;
pub mod label;
pub mod model;
pub mod normalise;
pub mod numeral;
pub mod read;
pub mod segment;
pub mod span;
