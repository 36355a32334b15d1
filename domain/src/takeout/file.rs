//! What stands in the files of a takeout. Raise [`VERSION`] with every change of these types.
//!
//! A type refuses what it does not know, so that nothing of a file is lost unnoticed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Role;
use crate::documents::{DocumentKind, FileKind};
use crate::drill::CardState;
use crate::interview::{
    Band, Feedback, InterviewerLabel, Mode, Occasion, Probe, QuestionStatus, Reply, Speaker, TurnKind,
};
use crate::material::{Compared, Cue, MaterialKind};
use crate::questions::{Field, Language, Level, Question};
use crate::quotas::{EntryReason, LimitedAction};
use crate::retention::RetentionChoice;
use crate::scoring::Verdict;

pub const FORMAT: &str = "daedap-takeout";
pub const VERSION: u32 = 2;

pub const MANIFEST: &str = "manifest.json";
pub const ACCOUNT: &str = "account.json";
pub const NOTEBOOK: &str = "notebook.json";
pub const DRILL: &str = "drill.json";
pub const TODAY: &str = "today.json";
pub const LEDGER: &str = "ledger.json";
/// Not in files of the first version.
pub const DOCUMENTS: &str = "documents.json";
pub const INSTALLATION: &str = "installation.json";

/// Where an interview stands. Names come from ids alone.
pub fn interview_file(id: Uuid) -> String {
    format!("interviews/{id}.json")
}

/// The interview that a name stands for, if it is one of ours to the letter.
pub fn interview_of(name: &str) -> Option<Uuid> {
    let id: Uuid = name.strip_prefix("interviews/")?.strip_suffix(".json")?.parse().ok()?;
    (interview_file(id) == name).then_some(id)
}

/// What the ZIP is. The only file that differs from one export of the same data to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    pub exported_at: DateTime<Utc>,
    pub account_created_at: DateTime<Utc>,
    pub role: Role,
    pub counts: Counts,
}

/// How much stands in the other files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub interviews: u32,
    /// None in files of version 1.
    #[serde(default)]
    pub letters: u32,
    pub notebook_entries: u32,
    pub drill_cards: u32,
    pub today_questions: u32,
    pub ledger_entries: u32,
    #[serde(default)]
    pub documents: u32,
    #[serde(default)]
    pub past_questions: u32,
}

/// `account.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFile {
    pub username: String,
    pub email: String,
    pub display_name: String,
    pub language: Language,
    pub time_zone: String,
    pub fields: Vec<Field>,
    pub retention: RetentionChoice,
    /// The account at GitHub that was looked up last. The first version did not have it.
    #[serde(default)]
    pub github_name: Option<String>,
}

/// How an interview ended. There is no word for one that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    Finished,
    /// Its interviewer failed before the first word.
    Failed,
}

/// How a main question ended. There is no word for one that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// Never asked.
    Pending,
    Answered,
    Skipped,
}

impl From<Settled> for QuestionStatus {
    fn from(settled: Settled) -> Self {
        match settled {
            Settled::Pending => Self::Pending,
            Settled::Answered => Self::Answered,
            Settled::Skipped => Self::Skipped,
        }
    }
}

/// `interviews/<id>.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewFile {
    pub id: Uuid,
    pub request_id: Uuid,
    pub field: Field,
    pub topics: Vec<String>,
    pub level: Level,
    pub language: Language,
    pub mode: Mode,
    pub status: Ended,
    pub interviewer: InterviewerLabel,
    pub position: u32,
    pub band: Option<Band>,
    pub draft: String,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub paused_seconds: u32,
    pub retake_of: Option<Uuid>,
    /// What the chat was asked for, when it opened the interview.
    pub chat_topic: Option<String>,
    /// By position, from 0.
    pub questions: Vec<QuestionFile>,
    /// By number. Words that were still being spoken stand as far as they had come.
    pub turns: Vec<TurnFile>,
    /// The texts that it was about, by number.
    #[serde(default)]
    pub materials: Vec<MaterialFile>,
    /// What comparing them with the answers has found.
    #[serde(default)]
    pub compared: Option<Compared>,
}

/// A text that an interview was about, as it was then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialFile {
    pub kind: MaterialKind,
    pub title: String,
    pub text: String,
}

/// A main question of an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    /// Cards and entries of the notebook name it when a model made the question.
    pub id: Uuid,
    pub question_id: Option<String>,
    pub question: Option<Question>,
    /// The words of a material that it is about.
    #[serde(default)]
    pub cue: Option<Cue>,
    pub status: Settled,
    /// Those that were written, oldest first.
    pub assessments: Vec<AssessmentFile>,
    pub overrides: Vec<OverrideFile>,
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentFile {
    pub occasion: Occasion,
    pub feedback: Feedback,
    pub dispute: Option<String>,
    pub reply: Option<Reply>,
    pub created_at: DateTime<Utc>,
}

/// "I did say this."
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideFile {
    pub point_id: String,
    pub created_at: DateTime<Utc>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnFile {
    pub number: u32,
    pub position: u32,
    pub speaker: Speaker,
    pub kind: TurnKind,
    pub text: String,
    pub probe: Option<Probe>,
    pub spoken_by: Option<InterviewerLabel>,
    pub created_at: DateTime<Utc>,
}

/// One entry of `notebook.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFile {
    pub id: Uuid,
    pub question_key: String,
    pub language: Language,
    pub field: Field,
    pub topic: Option<String>,
    pub question: String,
    pub interview_id: Uuid,
    pub position: u32,
    pub last_band: Option<Band>,
    pub missed: bool,
    pub times_asked: u32,
    pub favourite: bool,
    pub memo: String,
    pub updated_at: DateTime<Utc>,
}

/// One card of `drill.json`, with what its reviews have made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFile {
    pub id: Uuid,
    pub question_key: String,
    pub point_id: String,
    pub language: Language,
    pub field: Field,
    pub topic: Option<String>,
    pub question: String,
    pub intent: String,
    pub say: String,
    pub must: bool,
    pub weight: u32,
    pub made_question: Option<Question>,
    pub missed: u32,
    pub made: u32,
    pub last_verdict: Verdict,
    pub state: CardState,
    pub due_at: DateTime<Utc>,
    pub stability: f64,
    pub difficulty: f64,
    pub reviews: u32,
    pub lapses: u32,
    pub last_review_at: Option<DateTime<Utc>>,
    pub begun_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// One day of `today.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TodayFile {
    pub day: NaiveDate,
    pub question_id: String,
    pub swaps: u32,
    pub answered_interview_id: Option<Uuid>,
}

/// One line of `ledger.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerFile {
    pub id: Uuid,
    pub action: LimitedAction,
    pub reason: EntryReason,
    pub units: i32,
    pub interview_id: Option<Uuid>,
    pub day: NaiveDate,
    pub key: String,
    pub created_at: DateTime<Utc>,
}

/// One résumé or job posting of `documents.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFile {
    pub id: Uuid,
    pub request_id: Uuid,
    pub kind: DocumentKind,
    pub title: String,
    pub text: String,
    /// What it was read from.
    pub file: Option<FileKind>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// `installation.json`: what means something on this installation alone. It is told, and never imported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstallationFile {
    pub shares: Vec<ShareFile>,
    pub tokens: Vec<TokenFile>,
    pub logins: Vec<LoginFile>,
    pub limits: Vec<LimitFile>,
    pub used: Vec<UsedFile>,
    pub past_questions: Vec<PastQuestionFile>,
}

/// A share link without what opens it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareFile {
    pub interview_id: Uuid,
    pub with_name: bool,
    pub with_material: bool,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// An API token without what opens anything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TokenFile {
    pub name: String,
    pub scope: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A login at another provider.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoginFile {
    pub provider: String,
    pub subject: String,
    pub label: String,
    pub linked_at: DateTime<Utc>,
}

/// A daily limit of the person's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitFile {
    pub action: String,
    pub daily_limit: i32,
}

/// What became here of a past question that the person handed in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PastQuestionFile {
    pub id: Uuid,
    pub status: String,
    pub reason: Option<String>,
}

/// Units that were used on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UsedFile {
    pub day: NaiveDate,
    pub action: String,
    pub used: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_are_interviews() {
        let id = Uuid::from_u128(7);
        assert_eq!(interview_of(&interview_file(id)), Some(id));
        for name in [
            "interviews/../account.json",
            "interviews/x.json",
            "interviews/00000000-0000-0000-0000-000000000007.md",
            "interviews/00000000000000000000000000000007.json",
            "interviews/{00000000-0000-0000-0000-000000000007}.json",
            "/interviews/00000000-0000-0000-0000-000000000007.json",
            "interviews/00000000-0000-0000-0000-00000000000A.json",
        ] {
            assert_eq!(interview_of(name), None, "{name}");
        }
    }
}
