//! Word lists: how offices and places are called in short, and in full.
//!
//! Each list is a table of tab-separated values beside this file, sorted by its first column, each form once.

mod by_character;
mod endings;
mod marks;
mod words;

pub use endings::Endings;
pub use marks::Marks;
use std::collections::HashMap;
use std::sync::LazyLock;
pub use words::Words;

/// What one office is called (机构规范简称), without the place that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The official name; `{}` says where the place stands when it does not stand first.
    pub canonical: &'static str,
    /// Whether it is an office of the state (国务院机构, 中央), which no place precedes.
    pub national: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceLevel {
    /// 省, 自治区, 直辖市
    Province,
    /// 地级市, 自治州, 地区, 盟
    City,
}

/// A place by its full name (行政区划, GB/T 2260).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceName {
    pub form: &'static str,
    pub level: PlaceLevel,
    /// The province of a city.
    pub parent: Option<&'static str>,
    /// How document numbers of its government begin (苏政), where that is no other government's.
    pub doc_number: Option<&'static str>,
}

/// The office with this form: 发改委, 发展改革委.
pub fn office(form: &str) -> Option<Office> {
    static OFFICES: LazyLock<HashMap<&str, Office>> = LazyLock::new(|| {
        let read = |row: Vec<&'static str>| {
            let [form, canonical, level, ..] = row[..] else { return None };
            Some((form, Office { canonical, national: level == "national" }))
        };
        rows(OFFICE_TABLE).filter_map(read).collect()
    });
    OFFICES.get(form).copied()
}

/// All provinces and cities.
pub fn places() -> &'static [PlaceName] {
    static PLACES: LazyLock<Vec<PlaceName>> = LazyLock::new(|| {
        let given = |text: &'static str| (!text.is_empty()).then_some(text);
        let read = |row: Vec<&'static str>| {
            let [form, level, parent, doc_number, ..] = row[..] else { return None };
            let level = if level == "province" { PlaceLevel::Province } else { PlaceLevel::City };
            Some(PlaceName { form, level, parent: given(parent), doc_number: given(doc_number) })
        };
        rows(PLACE_TABLE).filter_map(read).collect()
    });
    &PLACES
}

/// The places whose names a text begins with, in the order of the list.
pub fn places_at(text: &str) -> impl Iterator<Item = &'static PlaceName> {
    // The list is sorted, so that those with one first character stand together.
    let first = &text[..text.chars().next().map_or(0, char::len_utf8)];
    let from = places().partition_point(|place| place.form < first);
    places()[from..].iter().take_while(move |p| p.form.starts_with(first)).filter(move |p| text.starts_with(p.form))
}

const OFFICE_TABLE: &str = include_str!("offices.tsv");
const PLACE_TABLE: &str = include_str!("places.tsv");

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_table(table: &'static str, columns: usize) {
        let rows: Vec<_> = rows(table).collect();
        assert!(!rows.is_empty());
        for row in &rows {
            assert_eq!(row.len(), columns, "{row:?}");
            assert!(row.iter().all(|cell| cell.trim() == *cell), "{row:?} has a blank at an edge");
        }
        for pair in rows.windows(2) {
            assert!(pair[0][0] < pair[1][0], "{} and {} are not sorted, or the same", pair[0][0], pair[1][0]);
        }
    }

    #[test]
    fn tables_are_sorted_and_have_each_form_once() {
        check_table(OFFICE_TABLE, 4);
        check_table(PLACE_TABLE, 5);
    }

    #[test]
    fn every_city_has_its_province() {
        let provinces: Vec<_> = places().iter().filter(|p| p.level == PlaceLevel::Province).map(|p| p.form).collect();
        assert_eq!(provinces.len(), 31);
        for city in places().iter().filter(|p| p.level == PlaceLevel::City) {
            assert!(city.parent.is_some_and(|parent| provinces.contains(&parent)), "{}", city.form);
        }
    }

    #[test]
    fn a_document_number_tells_one_government() {
        let mut starts: Vec<_> = places().iter().filter_map(|p| p.doc_number).collect();
        starts.sort_unstable();
        assert!(starts.windows(2).all(|pair| pair[0] != pair[1]), "{starts:?}");
    }
}
