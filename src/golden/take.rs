//! Accepting facts of some kinds and leaving the rest of a golden as it was.

use crate::emit::wire::Output;
use crate::outputs::fact::{self, Kind};
use anyhow::{Result, bail, ensure};
use std::collections::HashMap;
use std::ops::Range;

/// The accepted output with the facts of these kinds taken from the fresh one. Lead units take along what provisions
/// inherit of them.
///
/// # Errors
/// When the file would not hold together: its source has changed, or a row would name another one that is not there, or
/// is not the one it was read with.
pub fn take(accepted: &Output, fresh: &Output, kinds: &[Kind]) -> Result<Output> {
    ensure!(
        accepted.source.sha256 == fresh.source.sha256,
        "the source has changed since it was accepted, and places in it with it; accept it whole, without --kind"
    );
    let mut taken = accepted.clone();
    for kind in kinds {
        match kind {
            Kind::Amount => taken.amounts.clone_from(&fresh.amounts),
            Kind::Percentage => taken.percentages.clone_from(&fresh.percentages),
            Kind::Cap => taken.caps.clone_from(&fresh.caps),
            Kind::LeadUnit => {
                taken.lead_units.clone_from(&fresh.lead_units);
                let inherited: HashMap<&str, &Vec<String>> =
                    fresh.provisions.iter().map(|row| (row.id.as_str(), &row.lead_units_inherited)).collect();
                for row in &mut taken.provisions {
                    row.lead_units_inherited =
                        inherited.get(row.id.as_str()).map(|&ids| ids.clone()).unwrap_or_default();
                }
            }
            Kind::Deadline => taken.deadlines.clone_from(&fresh.deadlines),
        }
    }
    let [was, is, now] = [accepted, fresh, &taken].map(Places::of);
    for kind in Kind::ALL {
        let (origin, whose) = if kinds.contains(&kind) { (&is, "fresh") } else { (&was, "accepted") };
        for row in fact::facts(&taken, kind) {
            let named = [row.place.provision.as_deref(), row.limits];
            for id in named.into_iter().flatten() {
                same(id, origin, &now, &format!("the {whose} {} {}", kind.name(), row.place.id))?;
            }
        }
    }
    for row in &taken.provisions {
        for id in &row.lead_units_inherited {
            let origin = if kinds.contains(&Kind::LeadUnit) { &is } else { &was };
            same(id, origin, &now, &format!("the provision {}", row.id))?;
        }
    }
    Ok(taken)
}

/// Where each row stands.
struct Places<'a>(HashMap<&'a str, (&'static str, Range<usize>)>);

impl<'a> Places<'a> {
    fn of(output: &'a Output) -> Self {
        let provisions = output.provisions.iter().map(|row| (row.id.as_str(), ("provisions", row.start..row.end)));
        let facts = Kind::ALL.into_iter().flat_map(|kind| {
            let place =
                move |row: fact::Fact<'a>| (row.place.id.as_str(), (kind.table(), row.place.start..row.place.end));
            fact::facts(output, kind).into_iter().map(place)
        });
        Self(provisions.chain(facts).collect())
    }
}

fn same(id: &str, origin: &Places, now: &Places, who: &str) -> Result<()> {
    let (Some((table, meant)), there) = (origin.0.get(id), now.0.get(id)) else {
        bail!("{who} names {id}, which is nowhere");
    };
    match there {
        Some((_, place)) if place == meant => Ok(()),
        _ if *table == "provisions" => {
            bail!(
                "{who} stands in the provision {id}, which is not as accepted; accept the source whole, without --kind"
            )
        }
        _ => bail!("{who} names {id}, which is not as accepted; accept both: add --kind {table}"),
    }
}
