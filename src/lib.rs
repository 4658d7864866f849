//! gongbao reads Chinese government documents and says what they state as data.

pub mod batch;
pub mod emit;
pub mod extract;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod span;
