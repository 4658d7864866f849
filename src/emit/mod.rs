//! What is written to disk. Inside the program a place is a range of bytes; here it becomes the code points of the output.

pub mod files;
pub mod json;
pub mod layout;
mod lines;
pub mod outline;
pub(crate) mod place;
pub mod schema;
pub mod wire;
