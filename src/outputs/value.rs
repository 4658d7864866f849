//! The value of a field, whatever its type.

use crate::emit::wire::Number;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Does not apply.
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
}

impl Value {
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    pub fn number(number: Option<Number>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }

    pub fn whole(number: Option<impl Into<Decimal>>) -> Self {
        number.map_or(Self::Null, |number| Self::Number(Number(number.into())))
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number.0),
            _ => None,
        }
    }
}

/// Numbers exactly as their literals say; arrays and objects are refused.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let read = match raw.as_bytes() {
            b"null" => Ok(Self::Null),
            b"true" => Ok(Self::Flag(true)),
            b"false" => Ok(Self::Flag(false)),
            [b'"', ..] => serde_json::from_str(raw).map(Self::Text),
            _ => serde_json::from_str(raw).map(Self::Number),
        };
        read.map_err(D::Error::custom)
    }
}

/// As in JSON, texts without quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{}", number.0.normalize()),
            Self::Text(text) => f.write_str(text),
        }
    }
}
