//! The words for the enums of the model, in the output, in its schema and in the examples of the rules.

use crate::model::{Bound, Change, DeadlineKind, DocumentKind, Form, Format, PercentUnit, Role};

/// A function that gives the word of each variant, and the list of all words.
macro_rules! words {
    ($($name:ident, $all:ident: $type:ident { $($variant:ident => $word:literal),+ $(,)? })+) => {$(
        pub const fn $name(of: $type) -> &'static str {
            match of { $($type::$variant => $word),+ }
        }

        pub const $all: &[&str] = &[$($word),+];
    )+};
}

words! {
    format, FORMATS: Format {
        Text => "text",
        Markdown => "markdown",
        Html => "html",
    }
    document_kind, DOCUMENT_KINDS: DocumentKind {
        Contents => "contents",
        Masthead => "masthead",
        Diary => "diary",
        List => "list",
        Regulation => "regulation",
        Order => "order",
        Notice => "notice",
        Opinion => "opinion",
        Plan => "plan",
        Policy => "policy",
        Report => "report",
        Appointment => "appointment",
        Announcement => "announcement",
        Other => "other",
    }
    form, FORMS: Form {
        Part => "part",
        Chapter => "chapter",
        Section => "section",
        Article => "article",
        Paragraph => "paragraph",
        Cn => "cn",
        CnParen => "cn_paren",
        Num => "num",
        NumParen => "num_paren",
        Circled => "circled",
        Letter => "letter",
        Dash => "dash",
        Preamble => "preamble",
        Closing => "closing",
    }
    bound, BOUNDS: Bound {
        Exactly => "exactly",
        AtLeast => "at_least",
        MoreThan => "more_than",
        AtMost => "at_most",
        LessThan => "less_than",
        About => "about",
        Between => "between",
    }
    percent_unit, PERCENT_UNITS: PercentUnit {
        Percent => "percent",
        Permille => "permille",
        PercentagePoint => "percentage_point",
    }
    change, CHANGES: Change {
        Increase => "increase",
        Decrease => "decrease",
    }
    role, ROLES: Role {
        Lead => "lead",
        Support => "support",
        Responsible => "responsible",
    }
    deadline_kind, DEADLINE_KINDS: DeadlineKind {
        By => "by",
        Within => "within",
        Period => "period",
        Effective => "effective",
        Valid => "valid",
    }
}
