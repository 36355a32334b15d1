//! The landing page has no program: in the browser nobody asks.

use domain::settings::Registration;

/// Who may make an account: the server has said it in the page.
pub async fn registration() -> Option<Registration> {
    None
}
