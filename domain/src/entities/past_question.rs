//! A past question that somebody handed in.

use sea_orm::entity::prelude::*;

/// It belongs to its person until it is approved; then it is everybody's, and stays without the person when the account goes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "past_questions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// None for an approved one whose account is gone.
    pub user_id: Option<Uuid>,
    /// Unique for a person: the same form sent twice adds one.
    pub request_id: Uuid,
    pub language: String,
    pub field: String,
    pub topic: Option<String>,
    pub level: String,
    pub company: String,
    pub job: String,
    /// The first day of its month.
    pub asked_on: Date,
    pub source: String,
    pub source_url: Option<String>,
    pub question: String,
    /// A `PastStatus`.
    pub status: String,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// A `Content`: what answers are judged by.
    pub answer_key: Option<Json>,
    /// Whether a model wrote the answer key, and nobody since.
    pub by_model: bool,
    /// Raised whenever the question or its answer key changes.
    pub rev: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub decided_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
