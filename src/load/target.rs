//! Which database a URL names, and how it is told without its password.

use anyhow::{Result, bail, ensure};
use std::fmt::{self, Debug, Display, Formatter};

/// A database to load into. Its password is in no text that this type gives.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    pub kind: Kind,
    /// All behind `sqlite:`, or the whole URL of a server.
    pub(super) place: String,
    passwords: Vec<String>,
    shown: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
    MySql,
}

const FORMS: &str = "sqlite:FILE, postgres://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE";

impl Target {
    /// Reads `sqlite:gongbao.db`, `postgres://user:password@host:5432/database` or `mysql://…`.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(url: &str) -> Result<Self> {
        let Some((scheme, rest)) = url.split_once(':') else { bail!("--to wants a URL: {FORMS}") };
        let kind = match scheme {
            "sqlite" => Kind::Sqlite,
            "postgres" | "postgresql" => Kind::Postgres,
            "mysql" | "mariadb" => Kind::MySql,
            _ => bail!("--to knows no database of this kind; it wants {FORMS}"),
        };
        if kind == Kind::Sqlite {
            ensure!(!rest.is_empty(), "--to sqlite: wants a file behind it, as in sqlite:gongbao.db");
            return Ok(Self { kind, place: rest.to_owned(), passwords: Vec::new(), shown: url.to_owned() });
        }
        let Some(rest) = rest.strip_prefix("//") else { bail!("--to wants // behind {scheme}: {FORMS}") };
        let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
        // The password itself may hold a slash or an at sign.
        let (user_info, host) = before_query.rsplit_once('@').unwrap_or(("", before_query));
        let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
        let in_query = query.split('&').filter_map(|pair| pair.strip_prefix("password="));
        let at = if user.is_empty() { "" } else { "@" };
        let scheme = if kind == Kind::MySql { "mysql" } else { scheme };
        Ok(Self {
            kind,
            place: format!("{scheme}://{rest}"),
            passwords: [password].into_iter().chain(in_query).flat_map(spellings).collect(),
            shown: format!("{scheme}://{user}{at}{host}"),
        })
    }

    /// An error that names the database, on one line, with the password taken out wherever a driver may have put it.
    pub(super) fn hide(&self, error: &anyhow::Error) -> anyhow::Error {
        let mut told = format!("{self}: {error:#}").lines().collect::<Vec<_>>().join("; ");
        for password in &self.passwords {
            told = told.replace(password, "***");
        }
        anyhow::Error::msg(told)
    }
}

/// The password as it stands in the URL and as the server gets it, the longer one first.
fn spellings(password: &str) -> Vec<String> {
    let mut spellings = vec![password.to_owned(), unescaped(password)];
    spellings.retain(|spelling| !spelling.is_empty());
    spellings.dedup();
    spellings
}

/// `p%40ss` → `p@ss`
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let hex = (first == b'%').then(|| behind.get(..2)).flatten();
        let escaped = hex.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Display for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Debug for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_told_without_its_password() {
        for (url, kind, shown) in [
            ("sqlite:out/gongbao.db", Kind::Sqlite, "sqlite:out/gongbao.db"),
            ("postgres://u:secret@h:5432/db", Kind::Postgres, "postgres://u@h:5432/db"),
            ("postgresql://u:se/cr@et@h/db?sslmode=disable", Kind::Postgres, "postgresql://u@h/db"),
            ("postgres://h/db?user=u&password=secret", Kind::Postgres, "postgres://h/db"),
            ("mariadb://u:secret@h/db", Kind::MySql, "mysql://u@h/db"),
        ] {
            let target = Target::parse(url).unwrap();
            assert_eq!((target.kind, target.to_string().as_str()), (kind, shown));
            assert_eq!(format!("{target:?}"), format!("Target({shown})"));
        }
    }

    #[test]
    fn no_error_tells_the_password() {
        let target = Target::parse("mysql://u:p%40ss@h/db?password=other").unwrap();
        let error = anyhow::anyhow!("cannot read mysql://u:p%40ss@h: p@ss, other");
        assert_eq!(target.hide(&error).to_string(), "mysql://u@h/db: cannot read mysql://u:***@h: ***, ***");
    }

    #[test]
    fn what_is_no_url_is_refused_without_being_told() {
        for url in ["gongbao.db", "sqlite:", "oracle://u:secret@h/db", "postgres:u:secret@h/db"] {
            let error = Target::parse(url).unwrap_err().to_string();
            assert!(error.starts_with("--to ") && !error.contains("secret"), "{error}");
        }
    }
}
