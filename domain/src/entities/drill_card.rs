//! A card of the drill.

use sea_orm::entity::prelude::*;

/// A key point that a person missed, and when it comes back. What it shows is copied: the card outlives the interview and changes of
/// the bank.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "drill_cards")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// The bank's id, or `made:` and the id of the interview's question. Unique with the point and the language.
    pub question_key: String,
    pub point_id: String,
    pub language: String,
    pub field: String,
    pub topic: Option<String>,
    /// What the interviewer said.
    pub question: String,
    /// Markdown.
    pub intent: String,
    /// The point in one sentence.
    pub say: String,
    pub must: bool,
    pub weight: i32,
    /// The whole `Question` when a model made it; those of the bank are looked up.
    pub made_question: Option<Json>,
    /// How often it was missed in an interview, and how often it was made.
    pub missed: i32,
    pub made: i32,
    /// A `Verdict`, of the last interview.
    pub last_verdict: String,
    /// A `CardState`.
    pub state: String,
    pub due_at: DateTimeUtc,
    pub stability: f64,
    pub difficulty: f64,
    /// Reviews so far. A review counts only when it knows this number.
    pub reps: i32,
    pub lapses: i32,
    pub last_review_at: Option<DateTimeUtc>,
    /// When the drill first showed it: so many new ones come in a day.
    pub begun_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
