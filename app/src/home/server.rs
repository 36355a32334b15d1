//! On the server the settings are there to be read.

use domain::settings::{self, Registration};

use app_base::context;

/// Who may make an account; none when that cannot be told now. The landing page is shown all the same.
pub async fn registration() -> Option<Registration> {
    let app = context::app();
    settings::registration(&app).await.map_err(domain::Error::into_problem).ok()
}
