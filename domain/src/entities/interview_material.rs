//! A text that an interview is about.

use sea_orm::entity::prelude::*;

/// A copy of a person's text as it was when the interview began.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "interview_materials")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub interview_id: Uuid,
    /// Order among the materials of the interview, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// A `MaterialKind`.
    pub kind: String,
    pub title: String,
    pub text: String,
}

impl ActiveModelBehavior for ActiveModel {}
