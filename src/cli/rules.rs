//! `gongbao rules`: the cards of the rules.

use super::args::{RulesArgs, RulesFormat};
use super::exit::Exit;
use super::grammar;
use anyhow::{Context as _, Result};
use gongbao::extract;
use gongbao::extract::rule::Card;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A card as one line of JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    about: &'a str,
    accepts: Vec<Example<'a>>,
    rejects: &'a [&'a str],
}

#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    found: &'a str,
}

pub fn run(args: &RulesArgs) -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let cards = extract::cards();
    match args.format {
        RulesFormat::Text => cards.iter().try_for_each(|card| as_text(&mut out, card)),
        RulesFormat::Json => cards.iter().try_for_each(|card| as_json(&mut out, card)),
        RulesFormat::Markdown => grammar::write(&mut out, &cards),
    }
    .context("stdout")?;
    out.flush().context("stdout")?;
    Ok(Exit::AllGood)
}

fn as_text(out: &mut impl Write, card: &Card) -> io::Result<()> {
    writeln!(out, "{}\n  {}", card.id, card.about)?;
    for (text, found) in card.accepts {
        writeln!(out, "  + {text}  →  {found}")?;
    }
    for text in card.rejects {
        writeln!(out, "  - {text}")?;
    }
    writeln!(out)
}

fn as_json(out: &mut impl Write, card: &Card) -> io::Result<()> {
    let accepts = card.accepts.iter().map(|(text, found)| Example { text, found }).collect();
    serde_json::to_writer(&mut *out, &Row { id: card.id, about: card.about, accepts, rejects: card.rejects })?;
    writeln!(out)
}
