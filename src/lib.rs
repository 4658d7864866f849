//! gongbao reads Chinese government documents (gazettes, policies, regulations, work reports) and says what they state as
//! data: documents, numbered provisions, money, rates, caps, lead units and deadlines, each with its place in the source.
//!
//! ```
//! use gongbao::{emit, model::Format, pipeline, read};
//!
//! let bytes = "一、加大投入。给予最高2000万元补助。".as_bytes().to_vec();
//! let source = read::decode(bytes, "policy.txt".to_owned(), Format::Text)?;
//! let record = pipeline::record(&source);
//! let mut json = Vec::new();
//! emit::json::write(&mut json, &source, &record)?;
//! assert!(json.starts_with(b"{\n\"schema\":\"gongbao/1\",\n\"source\":{\"name\":\"policy.txt\""));
//! # anyhow::Ok(())
//! ```
//!
//! The flow is read → normalise → segment → extract → assemble → emit. Files are opened in [`read`] and written in
//! [`emit`]; between them everything is a pure function that never fails.
//!
//! - To read one source: [`read::load`] or [`read::decode`], then [`pipeline::record`].
//! - To read one sentence: [`pipeline::facts`].
//! - To work through folders on all cores: [`batch::to_folder`]; to do something else with each record: [`batch::each`].
//! - To see facts beside their text in a browser: [`review::page`].
//! - To know what the rows mean: [`emit::wire`]; to read them back: [`outputs`].
//! - To hold outputs against accepted ones: [`golden::compare`]; to measure them: [`eval::measure`].
//! - To add a rule: [`extract::rule`].

/// A pattern that is compiled once, at its first use.
macro_rules! regex {
    ($pattern:expr) => {{
        static PATTERN: std::sync::LazyLock<$crate::pattern::Pattern> =
            std::sync::LazyLock::new(|| $crate::pattern::Pattern::known($pattern));
        &*PATTERN
    }};
}

pub mod assemble;
pub mod batch;
pub mod elements;
pub mod emit;
pub mod eval;
pub mod export;
pub mod extract;
pub mod fault;
pub mod gather;
pub mod golden;
pub mod label;
pub mod lexicon;
pub mod load;
pub mod model;
mod names;
pub mod normalise;
pub mod numeral;
pub mod outputs;
pub mod pattern;
pub mod pipeline;
pub mod read;
pub mod review;
pub mod segment;
pub mod span;
pub mod stamp;
pub mod tables;
