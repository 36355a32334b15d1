//! What the choice of material asks of the server.

use domain::material::{MaterialPreview, NewMaterials};
use leptos::prelude::*;

use crate::error::FormResult;
use crate::json::Json;

/// What would be asked about first. Nothing is stored.
#[server(prefix = "/web", endpoint = "material/preview", input = Json, output = Json)]
pub async fn preview_materials(materials: NewMaterials, language: String) -> FormResult<MaterialPreview> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::material::service::preview(&app, &viewer, materials, &language).await)
}
