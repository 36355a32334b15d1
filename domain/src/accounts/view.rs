//! What comes in and goes out about accounts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::questions::{Field, Language};

/// A sign-up as it was typed. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct NewAccount {
    pub username: String,
    pub email: String,
    pub password: String,
    pub password_confirmation: String,
    /// The language of the page it was typed on.
    #[serde(default)]
    pub language: String,
}

/// A change of the profile as it was typed. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct ProfileEdit {
    pub display_name: String,
    pub language: String,
    pub time_zone: String,
    /// Words of [`Field`]; none means no preference.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// The profile as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProfileView {
    pub username: String,
    pub email: String,
    pub display_name: String,
    pub language: Language,
    pub time_zone: String,
    pub fields: Vec<Field>,
}
