//! Outputs as files for analysts: one for each of the [`crate::tables`].

mod csv;
#[cfg(feature = "parquet")]
mod parquet;

use crate::emit::files;
use crate::emit::wire::Output;
use crate::tables::{Row, Rows, TABLES};
use anyhow::{Context as _, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 in UTF-8, with a byte-order mark where Excel is to know the encoding.
    Csv { bom: bool },
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A file of one table.
trait TableFile: Send {
    fn write(&mut self, rows: &[Row<'_>]) -> Result<()>;
    fn close(self: Box<Self>) -> Result<()>;
}

struct Part {
    table: &'static str,
    /// Where the rows are written until all are there.
    unfinished: PathBuf,
    path: PathBuf,
    file: Option<Box<dyn TableFile>>,
}

/// An export under way. The files get their names when all of them are whole; one that is dropped before leaves none.
pub struct Export {
    parts: Vec<Part>,
    sources: i64,
}

impl Export {
    /// Makes the folder and a file for each table.
    ///
    /// # Errors
    /// When one cannot be made.
    pub fn begin(folder: &Path, format: Format) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the output folder", folder.display()))?;
        let mut export = Self { parts: Vec::new(), sources: 0 };
        for table in TABLES {
            let (ending, is_told) = match format {
                Format::Csv { .. } => ("csv", true),
                // A column of lists says the same.
                #[cfg(feature = "parquet")]
                Format::Parquet => ("parquet", table.name != "inherited_lead_units"),
            };
            if !is_told {
                continue;
            }
            let path = folder.join(format!("{}.{ending}", table.name));
            let unfinished = files::beside(&path);
            let about = || format!("cannot write {}", path.display());
            let out = File::create(&unfinished).with_context(about)?;
            let part = Part { table: table.name, unfinished, path: path.clone(), file: None };
            export.parts.push(part);
            let file: Box<dyn TableFile> = match format {
                Format::Csv { bom } => Box::new(csv::Csv::new(out, table, bom).with_context(about)?),
                #[cfg(feature = "parquet")]
                Format::Parquet => Box::new(parquet::Parquet::new(out, table).with_context(about)?),
            };
            if let Some(part) = export.parts.last_mut() {
                part.file = Some(file);
            }
        }
        Ok(export)
    }

    /// Adds the rows of an output; its source gets the next key.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn add(&mut self, output: &Output) -> Result<()> {
        self.sources += 1;
        let mut rows = Rows::default();
        rows.add(self.sources, output);
        for (table, rows) in rows.tables().filter(|(_, rows)| !rows.is_empty()) {
            let Some(part) = self.parts.iter_mut().find(|part| part.table == table.name) else { continue };
            if let Some(file) = &mut part.file {
                file.write(rows).with_context(|| format!("cannot write {}", part.path.display()))?;
            }
        }
        Ok(())
    }

    /// Closes the files and gives them their names.
    ///
    /// # Errors
    /// When the disk is full; then the files of an earlier export stay.
    pub fn finish(mut self) -> Result<()> {
        for part in &mut self.parts {
            if let Some(file) = part.file.take() {
                file.close().with_context(|| format!("cannot write {}", part.path.display()))?;
            }
        }
        for part in &self.parts {
            fs::rename(&part.unfinished, &part.path)
                .with_context(|| format!("cannot write {}", part.path.display()))?;
        }
        Ok(())
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        for part in &self.parts {
            // It is there only when the export has failed, which is told already.
            let _ = fs::remove_file(&part.unfinished);
        }
    }
}
