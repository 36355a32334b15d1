//! Why a page on the way to a provider or back does not go on.

use domain::identities::{Provider, Trouble};
use serde::{Deserialize, Serialize};

/// The server puts it into the extensions of the request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginTrouble {
    pub trouble: Trouble,
    /// None for one that is not configured.
    pub provider: Option<Provider>,
    /// What people call it.
    pub name: Option<String>,
}
