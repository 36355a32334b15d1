//! What goes out about a person's data as a whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most bytes of a file that is imported.
pub const IMPORT_MAX: u32 = 32 * 1024 * 1024;

/// How much of a person is stored, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Holdings {
    pub interviews: u32,
    /// Everything that was said in them, by either side.
    pub turns: u32,
    /// Judgements of answers.
    pub assessments: u32,
    pub letters: u32,
    pub notebook_entries: u32,
    pub drill_cards: u32,
    /// Days on which something was done about today's question.
    pub today_questions: u32,
    pub ledger_entries: u32,
    /// Share links, those that are over included as long as they are stored.
    pub shares: u32,
    /// Résumés and job postings.
    pub documents: u32,
    /// Past questions that the person handed in; of a deleted account those that nobody had approved.
    pub past_questions: u32,
}

/// How many of a kind a file brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    pub added: u32,
    /// The person has them already.
    pub skipped: u32,
}

/// What importing a file does, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportView {
    /// The day on which it was exported, in the person's time zone.
    pub exported_on: NaiveDate,
    /// The user name of the account that it came from, when it is another one.
    pub from: Option<String>,
    /// Whether name, language, time zone or fields change.
    pub profile: bool,
    pub interviews: Tally,
    pub letters: Tally,
    pub notebook_entries: Tally,
    pub drill_cards: Tally,
    pub today_questions: Tally,
    pub ledger_entries: Tally,
    pub documents: Tally,
    /// Those that are added are the person's alone until they hand them in.
    #[serde(default)]
    pub past_questions: Tally,
    /// So many of the added interviews are older than this account keeps any.
    pub overdue: u32,
}

impl ImportView {
    /// Whether importing would leave everything as it is.
    pub fn changes_nothing(&self) -> bool {
        let kinds = [
            self.interviews,
            self.letters,
            self.notebook_entries,
            self.drill_cards,
            self.today_questions,
            self.ledger_entries,
            self.documents,
            self.past_questions,
        ];
        !self.profile && kinds.iter().all(|kind| kind.added == 0)
    }
}

/// Why a file cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileFault {
    /// Its content is no ZIP.
    NotZip,
    /// More bytes than are taken.
    TooLarge,
    /// A ZIP that cannot be read to its end, or that holds another one, something encrypted, or something twice.
    Damaged,
    /// A ZIP that Daedap did not write.
    Foreign,
    /// Written by a later Daedap.
    TooNew,
    /// It unpacks to more than a person can have.
    TooMuch,
    /// Something in it is not as Daedap writes it.
    Malformed,
}

impl FileFault {
    /// The HTTP status that says the same.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotZip => 415,
            Self::TooLarge => 413,
            Self::Damaged | Self::Foreign | Self::TooNew | Self::TooMuch | Self::Malformed => 422,
        }
    }
}
