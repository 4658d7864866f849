//! `gongbao schema`: what an output file looks like, for programs and for people.

use super::exit::Exit;
use super::schema_page;
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use gongbao::emit;
use std::io::{self, BufWriter, Write as _};

#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// `json` for the JSON Schema (2020-12), `markdown` for the page SCHEMA.md
    ///
    /// Example: --format markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = SchemaFormat::Json)]
    pub format: SchemaFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SchemaFormat {
    Json,
    Markdown,
}

pub fn run(args: &SchemaArgs) -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let schema = emit::schema::json_schema();
    match args.format {
        SchemaFormat::Json => writeln!(out, "{schema:#}"),
        SchemaFormat::Markdown => schema_page::write(&mut out, &schema),
    }
    .context("stdout")?;
    out.flush().context("stdout")?;
    Ok(Exit::AllGood)
}
