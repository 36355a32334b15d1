//! What shows once more that the viewer is the owner, before something that cannot be undone.

use chrono::{DateTime, Duration, Utc};

use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// How recent a sign-in has to be to stand for a password.
const FRESH: Duration = Duration::minutes(10);

/// The current password, or for an account without one its user name and a recent sign-in.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    pub typed: &'a str,
    /// When the session was signed in, if that is known.
    pub signed_in_at: Option<DateTime<Utc>>,
}

impl<'a> From<&'a str> for Proof<'a> {
    fn from(password: &'a str) -> Self {
        Self { typed: password, signed_in_at: None }
    }
}

impl<'a> From<&'a String> for Proof<'a> {
    fn from(password: &'a String) -> Self {
        password.as_str().into()
    }
}

impl Proof<'_> {
    /// Decides for an account that has no password.
    pub(super) fn without_password(self, viewer: &Viewer, now: DateTime<Utc>) -> Result<(), Problem> {
        if self.signed_in_at.is_none_or(|at| now - at > FRESH) {
            return Err(Problem::SignInAgain);
        }
        match self.typed.trim().to_lowercase() == viewer.username.to_lowercase() {
            true => Ok(()),
            false => Err(Problem::Invalid { field: InputField::Username, reason: Reason::Wrong }),
        }
    }
}
