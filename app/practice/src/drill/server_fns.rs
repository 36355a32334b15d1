//! What the drill asks of the server.

use domain::drill::{CardSummary, CheckedCard, DrillView, Rating};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// Where the person stands, with the time as the person reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrillPage {
    pub drill: DrillView,
    pub next_at: Option<LocalTime>,
}

/// A card in the list, with its time as the person reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardRow {
    pub card: CardSummary,
    pub due: LocalTime,
}

/// A page of the cards.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CardList {
    pub rows: Vec<CardRow>,
    pub next: Option<Uuid>,
}

/// How many cards are due, and the next one.
#[server(prefix = "/web", endpoint = "drill/due", input = Json, output = Json)]
pub async fn due() -> Result<DrillPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let drill = context::page(domain::drill::service::due(&app, &viewer).await)?;
    let next_at = drill.next_at.map(|at| crate::time::local_time(at, &viewer.time_zone));
    Ok(DrillPage { drill, next_at })
}

/// Shows the point of a card, and what was found of it in a text.
#[server(prefix = "/web", endpoint = "drill/check", input = Json, output = Json)]
pub async fn check_card(id: Uuid, text: String) -> FormResult<CheckedCard> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::drill::service::check(&app, &viewer, id, &text).await)
}

/// Takes a rating. The same press counts once, by the number of reviews that the page knew.
#[server(prefix = "/web", endpoint = "drill/review", input = Json, output = Json)]
pub async fn review_card(id: Uuid, reps: u32, rating: Rating) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::drill::service::review(&app, &viewer, id, reps, rating).await.map(|_| ()))
}

/// A page of all cards, newest first.
#[server(prefix = "/web", endpoint = "drill/list", input = Json, output = Json)]
pub async fn list_cards(field: Option<String>, after: Option<Uuid>) -> Result<CardList, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = domain::drill::service::list(&app, &viewer, field.as_deref(), after).await;
    let page = context::page(page)?;
    let row =
        |card: CardSummary| CardRow { due: crate::time::local_time(card.due_at, &viewer.time_zone), card };
    Ok(CardList { rows: page.cards.into_iter().map(row).collect(), next: page.next })
}

/// Deletes a card.
#[server(prefix = "/web", endpoint = "drill/remove", input = Json, output = Json)]
pub async fn remove_card(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::drill::service::remove(&app, &viewer, id).await)
}
