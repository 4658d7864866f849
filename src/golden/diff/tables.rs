//! Tables gained, lost and changed, cell by cell where they keep their size.

use super::{Change, How, Telling, changes};
use crate::emit::wire::Table;
use crate::golden::pairs::Pairs;
use crate::golden::people;
use crate::outputs::value::Value;

impl Telling<'_, '_> {
    /// Tables, in the order of their document; each that differs is told once, with the cells that do.
    pub(super) fn tables(&mut self) {
        let (before, now) = (&self.before.output.tables, &self.now.output.tables);
        let mut pairs = Pairs::new(before.len(), now.len());
        let all: (Vec<usize>, Vec<usize>) = ((0..before.len()).collect(), (0..now.len()).collect());
        let document_old = |at: usize| self.before.document(&before[at].document);
        let document_new =
            |at: usize| self.now.document(&now[at].document).and_then(|document| self.documents.old_of(document));
        let cells = |table: &Table| -> Vec<Vec<String>> {
            table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
        };
        let keyed = |old: bool, at: usize, table: &Table, depth: usize| {
            let document = if old { document_old(at) } else { document_new(at) };
            document.map(|document| match depth {
                0 => (document, table.caption.clone(), table.columns.clone(), cells(table)),
                1 => (document, table.caption.clone(), table.columns.clone(), Vec::new()),
                _ => (document, None, Vec::new(), Vec::new()),
            })
        };
        for depth in 0..3 {
            pairs.join_equal(
                &all.0,
                &all.1,
                |o| keyed(true, o, &before[o], depth),
                |n| keyed(false, n, &now[n], depth),
            );
        }
        let name = |table: &Table| {
            let columns = || table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(" | ");
            people::shortened(&table.caption.clone().unwrap_or_else(columns), 40)
        };
        let gained: Vec<_> = pairs.gained().filter(|&n| document_new(n).is_some()).collect();
        let lost: Vec<_> = (pairs.lost())
            .filter(|&o| document_old(o).is_none_or(|document| self.documents.new_of(document).is_some()))
            .collect();
        let mut changed = Vec::new();
        for (o, n) in pairs.iter() {
            let mut changes = table_changes(&before[o], &now[n]);
            changes.extend(self.extent_change((before[o].start, before[o].end), (now[n].start, now[n].end)));
            if !changes.is_empty() {
                changed.push((o, n, changes));
            }
        }
        for n in gained {
            let told = self.tell(How::Gained, "table", now[n].start, &name(&now[n]));
            told.new_id = Some(now[n].id.clone());
            told.says = Some(format!("{} rows", now[n].rows.len()));
        }
        for o in lost {
            let table = &before[o];
            let provision = table.provision.as_deref().and_then(|id| self.before.provision(id));
            let document = self.before.document(&table.document);
            let told = self.tell_lost("table", table.start, document, provision, &name(table));
            told.old_id = Some(table.id.clone());
            told.says = Some(format!("{} rows", table.rows.len()));
        }
        for (o, n, changes) in changed {
            let told = self.tell(How::Changed, "table", now[n].start, &name(&now[n]));
            (told.old_id, told.new_id) = (Some(before[o].id.clone()), Some(now[n].id.clone()));
            told.changes = changes;
        }
    }
}

fn table_changes(old: &Table, new: &Table) -> Vec<Change> {
    let column = |table: &Table, at: usize| {
        let column = &table.columns[at];
        column.unit.as_ref().map_or(column.name.clone(), |unit| format!("{} ({unit})", column.name))
    };
    let columns = |table: &Table| (0..table.columns.len()).map(|at| column(table, at)).collect::<Vec<_>>().join(" | ");
    let mut changed = changes(
        vec![("caption", Value::text(old.caption.as_ref())), ("columns", Value::Text(columns(old)))],
        vec![("caption", Value::text(new.caption.as_ref())), ("columns", Value::Text(columns(new)))],
    );
    if old.rows.len() != new.rows.len() {
        let count = |table: &Table| Value::whole(u32::try_from(table.rows.len()).ok());
        changed.push(Change::of("rows", count(old), count(new)));
        return changed;
    }
    for (at, (old_row, new_row)) in old.rows.iter().zip(&new.rows).enumerate() {
        for cell in 0..old_row.len().max(new_row.len()) {
            let [before, after] = [old_row, new_row].map(|row| row.get(cell).map(|cell| cell.text.clone()));
            if before != after {
                let name = new.columns.get(cell).map_or_else(String::new, |column| column.name.clone());
                changed.push(Change::of(format!("row {} {name}", at + 1), Value::text(before), Value::text(after)));
            }
        }
    }
    changed
}
