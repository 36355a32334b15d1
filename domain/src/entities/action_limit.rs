//! A daily limit that differs from the installation's, for one person and action.

use sea_orm::entity::prelude::*;

/// A person's own daily limit.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    pub daily_limit: i32,
}

impl ActiveModelBehavior for ActiveModel {}
