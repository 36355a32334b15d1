//! The values of settings.

use serde::{Deserialize, Serialize};

crate::questions::words! {
    /// Who may make an account.
    Registration {
        /// Everybody.
        Open = "open",
        /// Whoever has an invitation link.
        Invitation = "invitation",
        /// Nobody; administrators make none either, but the operator's command line does.
        Closed = "closed",
    }
}

/// Every setting as it holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    pub registration: Registration,
}
