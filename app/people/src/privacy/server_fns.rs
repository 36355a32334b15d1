//! What the privacy page asks of the server.

use domain::privacy::PrivacyFacts;
use leptos::prelude::*;

use crate::AppError;
use crate::json::Json;

/// What is true of this installation now.
#[server(prefix = "/web", endpoint = "privacy/read", input = Json, output = Json)]
pub async fn read_privacy() -> Result<PrivacyFacts, AppError> {
    use crate::context;
    context::page(domain::privacy::service::facts(&context::app()).await)
}
