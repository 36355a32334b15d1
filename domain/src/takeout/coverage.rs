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
    ("api_tokens", Coverage::Told),
    ("assessments", Coverage::Imported("interviews/")),
    ("audio_clips", Coverage::LeftOut("turns read aloud, for an hour")),
    ("audit_entries", Coverage::LeftOut("the operator's record, which names nobody")),
    ("deletion_receipts", Coverage::Nobodys),
    ("documents", Coverage::Imported("documents.json")),
    ("drill_cards", Coverage::Imported("drill.json")),
    ("github_cache", Coverage::Nobodys),
    (
        "idempotency_keys",
        Coverage::LeftOut("replies kept for a day, which only the token opens that they were sent to"),
    ),
    ("identities", Coverage::Told),
    ("interview_materials", Coverage::Imported("interviews/")),
    ("interview_questions", Coverage::Imported("interviews/")),
    ("interviews", Coverage::Imported("interviews/")),
    ("ledger_entries", Coverage::Imported("ledger.json")),
    (
        "letter_proposals",
        Coverage::LeftOut(
            "what a letter was offered, until its person decides; what they took over is in the letter",
        ),
    ),
    ("letter_versions", Coverage::Imported("letters/")),
    ("letters", Coverage::Imported("letters/")),
    ("login_attempts", Coverage::LeftOut("ways to a provider and back, for ten minutes")),
    ("material_checks", Coverage::Imported("interviews/")),
    ("model_usage", Coverage::Nobodys),
    ("notebook_entries", Coverage::Imported("notebook.json")),
    ("one_time_links", Coverage::LeftOut("hashes of links that work once")),
    ("overrides", Coverage::Imported("interviews/")),
    ("past_questions", Coverage::Imported("past-questions.json")),
    ("score_checks", Coverage::Nobodys),
    ("sessions", Coverage::LeftOut("keys of signed-in browsers, and nothing that the person made")),
    ("settings", Coverage::Nobodys),
    ("shares", Coverage::Told),
    ("today_questions", Coverage::Imported("today.json")),
    ("turns", Coverage::Imported("interviews/")),
    ("unfinished_sign_ups", Coverage::Nobodys),
    ("users", Coverage::Imported("account.json")),
];
