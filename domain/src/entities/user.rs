//! An account.

use sea_orm::entity::prelude::*;

/// A person who can sign in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub username: String,
    /// The user name in the form in which two are compared.
    #[sea_orm(unique)]
    pub username_key: String,
    pub email: String,
    #[sea_orm(unique)]
    pub email_key: String,
    /// A PHC string.
    pub password_hash: String,
    /// Raised when every session and token of the account must end.
    pub credentials_rev: i32,
    pub display_name: String,
    pub language: String,
    pub time_zone: String,
    /// Words of `Field`.
    pub fields: Json,
    pub role: String,
    pub created_at: DateTimeUtc,
    /// Since when the account is suspended: nobody signs in to it.
    pub banned_at: Option<DateTimeUtc>,
    /// Why, in the words of an administrator.
    pub ban_reason: Option<String>,
    /// After how many days the person's interviews are deleted; none keeps them.
    pub retention_days: Option<i32>,
    /// The account at GitHub that the person looked up last.
    pub github_name: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
