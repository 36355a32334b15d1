//! What comes in and goes out about accounts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Device;
use crate::questions::{Field, Language};
use crate::settings::Registration;

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
    /// Without one, only another login opens the account.
    pub has_password: bool,
}

/// A signed-in browser as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionView {
    /// Names the session and opens nothing: the hash of its id.
    pub key: String,
    pub device: Device,
    /// None for sessions that are older than this list.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Up to an hour before the truth.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Whether somebody may make an account, before anything is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    pub registration: Registration,
    /// Whether whoever asks may do it now: with the invitation that was shown, where one is needed.
    pub is_open: bool,
}
