//! What the choice of retention asks of the server.

use domain::retention::RetentionChoice;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// What is chosen, and what can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionPage {
    pub chosen: RetentionChoice,
    /// Most days, as the operator has set it for everybody.
    pub maximum: Option<u32>,
    pub rows: Vec<RetentionRow>,
}

/// A choice, and what it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetentionRow {
    pub choice: RetentionChoice,
    /// Interviews that the next deletion strikes.
    pub strikes: u32,
    /// Letters that it strikes.
    pub letters: u32,
    /// Résumés and job postings that it strikes.
    pub documents: u32,
    /// When the oldest of the others is deleted.
    pub next: Option<LocalTime>,
}

/// Keeps interviews as long as the viewer says.
#[server(prefix = "/web", endpoint = "retention/choose", input = Json, output = Json)]
pub async fn choose_retention(retention: String) -> FormResult<RetentionPage> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let chosen = domain::retention::service::choose(&app, &viewer, &retention).await;
    context::form(chosen.map(|view| crate::retention::page(view, &viewer.time_zone)))
}
