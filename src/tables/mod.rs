//! An output as rows of relational tables: the one definition that databases, CSV and Parquet share.
//!
//! Names avoid the reserved words of SQL (`from`, `to`, `end`, `trigger`, `of`, `change`), so that queries need no quotes.

mod rows;

pub use rows::{Row, Rows, Value, fitting};

/// A table: its columns, what tells a row, what it leads to, and what it is looked up by.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
    /// Names of the columns of the primary key.
    pub key: &'static [&'static str],
    pub references: &'static [Reference],
    pub indexes: &'static [&'static [&'static str]],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// Whether it may be null.
    pub null: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of a source; unique.
    Name,
    /// An id of the output, a word of its lists, a rule: short and in ASCII.
    Word,
    Text,
    Integer,
    /// Exact, [`PRECISION`] digits of which [`SCALE`] behind the point.
    Decimal,
    Date,
    Boolean,
    /// A list of ids. Only Parquet has such a column; elsewhere the rows of a table say the same.
    Words,
}

/// Digits of a decimal: as many as Parquet, DuckDB and Spark hold in 128 bits.
pub const PRECISION: u8 = 38;
/// Digits behind the point: 0.0335 yuan for a kilowatt-hour and 0.00125% are exact, and 28 digits stay before it.
pub const SCALE: u8 = 10;

/// A foreign key. When the row that it leads to goes, so does this one.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    pub columns: &'static [&'static str],
    pub table: &'static str,
    /// Columns there.
    pub to: &'static [&'static str],
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, null: false }
}

const fn or_null(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, null: true }
}

const SOURCE: Column = column("source", Kind::Integer);
const ID: Column = column("id", Kind::Word);
const PROVISION: Column = column("provision", Kind::Word);
const START: Column = column("start_char", Kind::Integer);
const END: Column = column("end_char", Kind::Integer);
const RAW: Column = column("raw", Kind::Text);
const CUE: Column = or_null("cue", Kind::Text);
const RULE: Column = column("rule", Kind::Word);

const BY_ID: &[&str] = &["source", "id"];
const OF_SOURCE: Reference = Reference { columns: &["source"], table: "sources", to: &["id"] };
const OF_DOCUMENT: Reference = Reference { columns: &["source", "document"], table: "documents", to: BY_ID };
const OF_PROVISION: Reference = Reference { columns: &["source", "provision"], table: "provisions", to: BY_ID };
const BY_PROVISION: &[&str] = &["source", "provision"];

/// All tables; each stands behind those that it leads to.
pub const TABLES: &[Table] = &[
    Table {
        name: "sources",
        columns: &[
            column("id", Kind::Integer),
            column("name", Kind::Name),
            column("sha256", Kind::Word),
            column("encoding", Kind::Word),
            column("format", Kind::Word),
            column("chars", Kind::Integer),
        ],
        key: &["id"],
        references: &[],
        indexes: &[],
    },
    Table {
        name: "issues",
        columns: &[
            SOURCE,
            column("title", Kind::Text),
            or_null("year", Kind::Integer),
            or_null("number", Kind::Integer),
            or_null("serial", Kind::Integer),
            or_null("published", Kind::Date),
        ],
        key: &["source"],
        references: &[OF_SOURCE],
        indexes: &[&["published"]],
    },
    Table {
        name: "documents",
        columns: &[
            SOURCE,
            ID,
            or_null("title", Kind::Text),
            or_null("instrument", Kind::Text),
            or_null("edition", Kind::Text),
            column("kind", Kind::Word),
            or_null("doc_number", Kind::Text),
            or_null("issuer", Kind::Text),
            or_null("signed", Kind::Date),
            or_null("effective", Kind::Date),
            START,
            END,
        ],
        key: BY_ID,
        references: &[OF_SOURCE],
        indexes: &[&["kind"], &["doc_number"], &["issuer"], &["signed"]],
    },
    Table {
        name: "provisions",
        columns: &[
            SOURCE,
            ID,
            column("seq", Kind::Integer),
            column("document", Kind::Word),
            or_null("parent", Kind::Word),
            column("form", Kind::Word),
            column("article", Kind::Boolean),
            or_null("label", Kind::Text),
            or_null("number", Kind::Integer),
            or_null("heading", Kind::Text),
            column("text", Kind::Text),
            START,
            END,
            column("lead_units_inherited", Kind::Words),
        ],
        key: BY_ID,
        references: &[OF_DOCUMENT, Reference { columns: &["source", "parent"], table: "provisions", to: BY_ID }],
        indexes: &[&["source", "document"], &["source", "parent"]],
    },
    Table {
        name: "tables",
        columns: &[
            SOURCE,
            ID,
            column("document", Kind::Word),
            or_null("provision", Kind::Word),
            or_null("caption", Kind::Text),
            START,
            END,
        ],
        key: BY_ID,
        references: &[OF_DOCUMENT, OF_PROVISION],
        indexes: &[&["source", "document"], BY_PROVISION],
    },
    Table {
        name: "table_columns",
        columns: &[
            SOURCE,
            column("table_id", Kind::Word),
            column("column_no", Kind::Integer),
            column("name", Kind::Text),
            or_null("unit", Kind::Text),
        ],
        key: &["source", "table_id", "column_no"],
        references: &[OF_TABLE],
        indexes: &[],
    },
    Table {
        name: "table_cells",
        columns: &[
            SOURCE,
            column("table_id", Kind::Word),
            column("row_no", Kind::Integer),
            column("column_no", Kind::Integer),
            column("text", Kind::Text),
            START,
            END,
        ],
        key: &["source", "table_id", "row_no", "column_no"],
        references: &[OF_TABLE],
        indexes: &[],
    },
    Table {
        name: "amounts",
        columns: &[
            SOURCE,
            ID,
            PROVISION,
            START,
            END,
            RAW,
            column("value", Kind::Decimal),
            or_null("upper", Kind::Decimal),
            column("currency", Kind::Word),
            column("bound", Kind::Word),
            or_null("per_value", Kind::Decimal),
            or_null("per_unit", Kind::Text),
            CUE,
            RULE,
        ],
        key: BY_ID,
        references: &[OF_PROVISION],
        indexes: &[BY_PROVISION, &["currency", "value"]],
    },
    Table {
        name: "percentages",
        columns: &[
            SOURCE,
            ID,
            PROVISION,
            START,
            END,
            RAW,
            column("value", Kind::Decimal),
            or_null("upper", Kind::Decimal),
            column("unit", Kind::Word),
            column("bound", Kind::Word),
            or_null("direction", Kind::Word),
            CUE,
            RULE,
        ],
        key: BY_ID,
        references: &[OF_PROVISION],
        indexes: &[BY_PROVISION],
    },
    Table {
        name: "caps",
        columns: &[
            SOURCE,
            ID,
            PROVISION,
            START,
            END,
            RAW,
            column("limits", Kind::Word),
            or_null("value", Kind::Decimal),
            or_null("duration", Kind::Word),
            column("unit", Kind::Text),
            CUE,
            or_null("scope", Kind::Text),
            or_null("amount", Kind::Word),
            or_null("percentage", Kind::Word),
            RULE,
        ],
        key: BY_ID,
        references: &[
            OF_PROVISION,
            Reference { columns: &["source", "amount"], table: "amounts", to: BY_ID },
            Reference { columns: &["source", "percentage"], table: "percentages", to: BY_ID },
        ],
        indexes: &[BY_PROVISION, &["source", "amount"], &["source", "percentage"], &["limits", "value"]],
    },
    Table {
        name: "lead_units",
        columns: &[
            SOURCE,
            ID,
            PROVISION,
            START,
            END,
            RAW,
            or_null("name", Kind::Text),
            column("role", Kind::Word),
            RULE,
        ],
        key: BY_ID,
        references: &[OF_PROVISION],
        indexes: &[BY_PROVISION, &["name"]],
    },
    Table {
        name: "inherited_lead_units",
        columns: &[SOURCE, PROVISION, column("lead_unit", Kind::Word)],
        key: &["source", "provision", "lead_unit"],
        references: &[OF_PROVISION, Reference { columns: &["source", "lead_unit"], table: "lead_units", to: BY_ID }],
        indexes: &[&["source", "lead_unit"]],
    },
    Table {
        name: "deadlines",
        columns: &[
            SOURCE,
            ID,
            PROVISION,
            START,
            END,
            RAW,
            column("kind", Kind::Word),
            or_null("from_date", Kind::Date),
            or_null("to_date", Kind::Date),
            or_null("duration", Kind::Word),
            column("working_days", Kind::Boolean),
            or_null("event", Kind::Text),
            RULE,
        ],
        key: BY_ID,
        references: &[OF_PROVISION],
        indexes: &[BY_PROVISION, &["to_date"]],
    },
    Table {
        name: "noise",
        columns: &[SOURCE, column("seq", Kind::Integer), column("kind", Kind::Word), START, END, RAW],
        key: &["source", "seq"],
        references: &[OF_SOURCE],
        indexes: &[],
    },
    Table {
        name: "diagnostics",
        columns: &[
            SOURCE,
            column("seq", Kind::Integer),
            column("code", Kind::Word),
            column("message", Kind::Text),
            START,
            END,
        ],
        key: &["source", "seq"],
        references: &[OF_SOURCE],
        indexes: &[&["code"]],
    },
];

const OF_TABLE: Reference = Reference { columns: &["source", "table_id"], table: "tables", to: BY_ID };

impl Table {
    /// Its columns where there are no lists, each with its place in a row.
    pub fn flat_columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.kind != Kind::Words)
    }
}
