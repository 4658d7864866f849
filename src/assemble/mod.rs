//! From mentions to facts: what a passage says, seen from its document.

pub mod office;
