//! An interview.

use sea_orm::entity::prelude::*;

/// An interview, its questions and turns apart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "interviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// Made with the setup form, unique per person.
    pub request_id: Uuid,
    pub field: String,
    /// Topic ids.
    pub topics: Json,
    pub level: String,
    pub language: String,
    pub mode: String,
    pub question_count: i32,
    pub status: String,
    /// An `InterviewerLabel`.
    pub interviewer: Json,
    /// Position of the open question.
    pub position: i32,
    /// A `Band`, once it is finished.
    pub band: Option<String>,
    pub draft: String,
    pub started_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub paused_at: Option<DateTimeUtc>,
    /// Seconds of the pauses that are over.
    pub paused_seconds: i32,
    /// The interview that this one repeats. It may have been deleted since.
    pub retake_of: Option<Uuid>,
    /// For one that the chat opened: its topic as it was typed. Such an interview was paid for as a message.
    pub chat_topic: Option<String>,
    /// It came out of a file: nothing in it costs the operator anything.
    pub imported: bool,
}

impl ActiveModelBehavior for ActiveModel {}
