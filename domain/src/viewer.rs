//! Who is asking.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Problem;
use crate::questions::Language;

crate::questions::words! {
    /// What an account may do.
    Role {
        Member = "member",
        Admin = "admin",
    }
}

/// The signed-in person on whose behalf a service acts. Every service function that touches stored data takes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub id: Uuid,
    pub username: String,
    pub display_name: String,
    pub language: Language,
    /// IANA name, for example `Asia/Seoul`: the person's day turns at its midnight.
    pub time_zone: String,
    pub role: Role,
}

impl Viewer {
    /// Lets only administrators go on.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] for everybody else.
    pub fn must_be_admin(&self) -> Result<(), Problem> {
        match self.role {
            Role::Admin => Ok(()),
            Role::Member => Err(Problem::Forbidden),
        }
    }
}
