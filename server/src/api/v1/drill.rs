//! The cards of what was missed.

use axum::Json;
use axum::extract::{Path, Query, State};
use chrono::{DateTime, Utc};
use domain::App;
use domain::drill::{CardSummary, CheckedCard, DrillView, Rating, service};
use domain::questions::Field;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(due_card))
        .routes(routes!(list_cards))
        .routes(routes!(check_card))
        .routes(routes!(review_card))
        .routes(routes!(remove_card))
}

/// Which cards to list. What is left out, or not known, filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CardFilter {
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
}

/// What the person remembers of a card.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Recalled {
    /// It may be empty: then the point is only shown.
    #[schema(max_length = 5_000)]
    text: String,
}

/// How well a card came to mind.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewReview {
    /// Reviews of the card so far, as the program knows it: the same review counts once.
    reps: u32,
    rating: Rating,
}

/// What a review has made of a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reviewed {
    /// When it comes back.
    due_at: DateTime<Utc>,
}

/// How many cards are due, and the next one.
#[utoipa::path(get, path = "/drill", tag = "drill", security(("bearer" = ["read"])),
    responses((status = 200, description = "Where the person stands", body = DrillView)))]
async fn due_card(State(app): State<App>, Reader(viewer): Reader) -> Result<Json<DrillView>, Failure> {
    Ok(Json(service::due(&app, &viewer).await?))
}

/// All cards, newest first.
#[utoipa::path(get, path = "/drill/cards", tag = "drill", security(("bearer" = ["read"])),
    params(CardFilter, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<CardSummary>)))]
async fn list_cards(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(CardFilter { field }): Query<CardFilter>,
    paging: Paging,
) -> Result<Listed<CardSummary>, Failure> {
    let found = service::list_page(&app, &viewer, field.as_deref(), paging.after()?, paging.size).await?;
    Ok(paging.reply(found.cards, found.next))
}

/// Shows the point of a card, and what is found of it in what the person remembers. Nothing is stored.
#[utoipa::path(post, path = "/drill/cards/{id}/check", tag = "drill", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The card")), request_body = Recalled,
    responses((status = 200, description = "The card, open", body = CheckedCard)))]
async fn check_card(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
    Json(Recalled { text }): Json<Recalled>,
) -> Result<Json<CheckedCard>, Failure> {
    Ok(Json(service::check(&app, &viewer, id, &text).await?))
}

/// Takes a rating of a card.
#[utoipa::path(post, path = "/drill/cards/{id}/reviews", tag = "drill", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The card")), request_body = NewReview,
    responses((status = 200, description = "When it comes back", body = Reviewed)))]
async fn review_card(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(NewReview { reps, rating }): Json<NewReview>,
) -> Result<Json<Reviewed>, Failure> {
    let due_at = service::review(&app, &viewer, id, reps, rating).await?;
    Ok(Json(Reviewed { due_at }))
}

/// Deletes a card. Its point becomes a new one when it is missed again.
#[utoipa::path(delete, path = "/drill/cards/{id}", tag = "drill", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The card")),
    responses((status = 204, description = "It is gone")))]
async fn remove_card(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::remove(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
