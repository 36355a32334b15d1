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

/// Most days that can be set as the longest time for which interviews are kept.
pub const RETENTION_MAX_DAYS_MOST: u32 = 3650;

/// Every setting as it holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    pub registration: Registration,
    /// Most days that interviews are kept, as an administrator has set it.
    pub retention_max_days: Option<u32>,
    /// The same, as the program was started. Nothing that an administrator sets goes beyond it.
    pub retention_bound: Option<u32>,
}
