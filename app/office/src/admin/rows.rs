//! Lines with their times as an administrator reads them. Only the server knows the time zones.

use domain::admin::{InvitationView, UserView};

use super::server_fns::{InvitationRow, UserRow};
use crate::time::local_time;

/// An account with its times on the wall clock of a time zone.
pub fn user(user: UserView, zone: &str) -> UserRow {
    UserRow {
        joined: local_time(user.created_at, zone),
        active: user.active_at.map(|at| local_time(at, zone)),
        banned: user.banned_at.map(|at| local_time(at, zone)),
        user,
    }
}

/// The same for an invitation.
pub fn invitation(invitation: &InvitationView, zone: &str) -> InvitationRow {
    InvitationRow {
        id: invitation.id,
        created: local_time(invitation.created_at, zone),
        expires: local_time(invitation.expires_at, zone),
    }
}
