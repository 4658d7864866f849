//! What is wrong with one source, in words for people and as a code for programs. The run goes on without it.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Stable names of what can go wrong; the README explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    NotFound,
    NotASource,
    NoSources,
    Unreadable,
    TooDeep,
    TooLarge,
    NameNotUtf8,
    OutsideOutput,
    OutputTaken,
    NotText,
    Undecodable,
    Empty,
    DiskFull,
    Unwritable,
    InternalError,
}

impl Code {
    pub const ALL: [Self; 15] = [
        Self::NotFound,
        Self::NotASource,
        Self::NoSources,
        Self::Unreadable,
        Self::TooDeep,
        Self::TooLarge,
        Self::NameNotUtf8,
        Self::OutsideOutput,
        Self::OutputTaken,
        Self::NotText,
        Self::Undecodable,
        Self::Empty,
        Self::DiskFull,
        Self::Unwritable,
        Self::InternalError,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotASource => "not_a_source",
            Self::NoSources => "no_sources",
            Self::Unreadable => "unreadable",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
            Self::NameNotUtf8 => "name_not_utf8",
            Self::OutsideOutput => "outside_output",
            Self::OutputTaken => "output_taken",
            Self::NotText => "not_text",
            Self::Undecodable => "undecodable",
            Self::Empty => "empty",
            Self::DiskFull => "disk_full",
            Self::Unwritable => "unwritable",
            Self::InternalError => "internal_error",
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = Self::ALL.into_iter().find(|code| code.name() == name);
        known.ok_or_else(|| de::Error::custom(format!("{name} is no code")))
    }
}

/// Why something is refused, whatever file it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub reason: String,
}

impl Refusal {
    pub fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// What stopped us from reading.
    pub fn reading(error: &io::Error) -> Self {
        let code = if error.kind() == ErrorKind::NotFound { Code::NotFound } else { Code::Unreadable };
        Self::new(code, error.to_string())
    }

    /// What stopped us from writing `path`.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
        let full = matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
        let code = if full { Code::DiskFull } else { Code::Unwritable };
        Self::new(code, format!("cannot write {}: {error}", path.display()))
    }

    pub fn at(self, path: impl Into<PathBuf>) -> Fault {
        Fault { path: path.into(), code: self.code, reason: self.reason }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Refusal {}

/// Why one source failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    #[serde(serialize_with = "shown")]
    pub path: PathBuf,
    pub code: Code,
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for Fault {}

/// A path as a message shows it: what is not UTF-8 in it is replaced.
pub(crate) fn shown<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
