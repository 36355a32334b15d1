//! The accounts of others. Every function asks who does it, and everything that changes something writes the audit log.

mod change;
mod invitations;
mod ledger;
mod users;

use uuid::Uuid;

pub(crate) use change::another_admin_stays;
pub use change::{ban, delete, reset_link, set_limit, set_role, unban};
pub use invitations::{invitations, invite, revoke_invitation};
pub use ledger::ledger;
pub use users::{user, users};

use crate::error::Error;
use crate::viewer::Viewer;

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody by the pages: must be an administrator.
    Viewer(&'a Viewer),
    /// The operator, who could change the database as well.
    CommandLine,
}

impl By<'_> {
    /// Lets only administrators and the operator go on.
    fn must_be_admin(self) -> Result<(), Error> {
        match self {
            Self::Viewer(viewer) => Ok(viewer.must_be_admin()?),
            Self::CommandLine => Ok(()),
        }
    }

    /// Who the audit log says it was.
    fn actor(self) -> Option<Uuid> {
        match self {
            Self::Viewer(viewer) => Some(viewer.id),
            Self::CommandLine => None,
        }
    }

    /// Whether that account is the one that acts.
    fn is(self, id: Uuid) -> bool {
        self.actor() == Some(id)
    }
}
