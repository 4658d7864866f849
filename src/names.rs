//! The words for the enums of the model, in the output and in the examples of the rules.

use crate::model::{Bound, Change, DeadlineKind, DocumentKind, Form, Format, PercentUnit, Role};

pub fn format(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Markdown => "markdown",
        Format::Html => "html",
    }
}

pub fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Contents => "contents",
        DocumentKind::Masthead => "masthead",
        DocumentKind::Diary => "diary",
        DocumentKind::List => "list",
        DocumentKind::Regulation => "regulation",
        DocumentKind::Order => "order",
        DocumentKind::Notice => "notice",
        DocumentKind::Opinion => "opinion",
        DocumentKind::Plan => "plan",
        DocumentKind::Policy => "policy",
        DocumentKind::Report => "report",
        DocumentKind::Appointment => "appointment",
        DocumentKind::Announcement => "announcement",
        DocumentKind::Other => "other",
    }
}

pub fn form(form: Form) -> &'static str {
    match form {
        Form::Part => "part",
        Form::Chapter => "chapter",
        Form::Section => "section",
        Form::Article => "article",
        Form::Paragraph => "paragraph",
        Form::Cn => "cn",
        Form::CnParen => "cn_paren",
        Form::Num => "num",
        Form::NumParen => "num_paren",
        Form::Circled => "circled",
        Form::Letter => "letter",
        Form::Dash => "dash",
        Form::Preamble => "preamble",
        Form::Closing => "closing",
    }
}

pub fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exactly => "exactly",
        Bound::AtLeast => "at_least",
        Bound::MoreThan => "more_than",
        Bound::AtMost => "at_most",
        Bound::LessThan => "less_than",
        Bound::About => "about",
        Bound::Between => "between",
    }
}

pub fn percent_unit(unit: PercentUnit) -> &'static str {
    match unit {
        PercentUnit::Percent => "percent",
        PercentUnit::Permille => "permille",
        PercentUnit::PercentagePoint => "percentage_point",
    }
}

pub fn change(change: Change) -> &'static str {
    match change {
        Change::Increase => "increase",
        Change::Decrease => "decrease",
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Support => "support",
        Role::Responsible => "responsible",
    }
}

pub fn deadline_kind(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::By => "by",
        DeadlineKind::Within => "within",
        DeadlineKind::Period => "period",
        DeadlineKind::Effective => "effective",
        DeadlineKind::Valid => "valid",
    }
}
