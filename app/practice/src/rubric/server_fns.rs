//! What the page of the rubric asks of the server.

use domain::rubric::Rubric;
use leptos::prelude::*;

use crate::AppError;
use crate::json::Json;

/// The rubric in both languages.
#[server(prefix = "/web", endpoint = "rubric/read", input = Json, output = Json)]
pub async fn read_rubric() -> Result<Rubric, AppError> {
    Ok(domain::rubric::rubric().clone())
}
