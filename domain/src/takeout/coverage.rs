//! Which table stands in which file of a takeout. A test fails for a table that is not in this list.

/// What becomes of a table in a takeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It stands in that file and comes back with an import.
    Imported(&'static str),
    /// It stands in `installation.json`, to be read: it means something here alone.
    Told,
    /// It belongs to a person and stands nowhere, for this reason.
    LeftOut(&'static str),
    /// It belongs to nobody.
    Nobodys,
}

/// Every table of the database.
pub const TABLES: &[(&str, Coverage)] = &[
    ("action_limits", Coverage::Told),
    ("allowances", Coverage::Told),
    ("assessments", Coverage::Imported("interviews/")),
    ("deletion_receipts", Coverage::Nobodys),
    ("drill_cards", Coverage::Imported("drill.json")),
    ("interview_questions", Coverage::Imported("interviews/")),
    ("interviews", Coverage::Imported("interviews/")),
    ("ledger_entries", Coverage::Imported("ledger.json")),
    ("notebook_entries", Coverage::Imported("notebook.json")),
    ("overrides", Coverage::Imported("interviews/")),
    ("score_checks", Coverage::Nobodys),
    ("sessions", Coverage::LeftOut("keys of signed-in browsers, and nothing that the person made")),
    ("shares", Coverage::Told),
    ("today_questions", Coverage::Imported("today.json")),
    ("turns", Coverage::Imported("interviews/")),
    ("users", Coverage::Imported("account.json")),
];
