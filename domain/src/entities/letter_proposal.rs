//! Something that is proposed to a letter.

use sea_orm::entity::prelude::*;

/// A draft or points to improve, until the person decides.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_proposals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub letter_id: Uuid,
    pub user_id: Uuid,
    /// What the page asked under; unique for each person.
    pub request_id: Uuid,
    /// A `ProposalKind`.
    pub kind: String,
    pub item_id: Option<Uuid>,
    /// A `ProposalStatus`.
    pub status: String,
    pub instruction: String,
    /// As far as it has come.
    pub text: String,
    /// A list of `Passage`: numbers that nobody supplied.
    pub unsupplied: Json,
    /// A list of `ImprovementPoint`.
    pub points: Json,
    /// An `InterviewerLabel`.
    pub made_by: Json,
    /// A `Problem`.
    pub problem: Option<Json>,
    /// The task that makes it has to renew this. When it is over, the task is gone.
    pub leased_until: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
