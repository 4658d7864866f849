//! gongbao reads Chinese government documents and says what they state as data.

pub mod extract;
pub mod model;
pub mod numeral;
pub mod span;
