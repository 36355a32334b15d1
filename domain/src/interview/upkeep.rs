//! Work that nobody asks for: taking up what a crash or another node left lying, and forgetting what is over.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::{Status, TurnStatus, assessment as assessing, comparing, speech};
use crate::app::App;
use crate::entities::{assessment, interview, material_check, turn};
use crate::error::Error;
use crate::letters::proposals;

const EVERY: Duration = Duration::from_secs(5);

/// Runs until shutdown.
pub async fn run(app: App) {
    if let Err(error) = release_own(&app).await {
        tracing::error!(%error, "leases of the last run could not be released");
    }
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = take_up(&app).await {
            tracing::error!(%error, "unfinished work could not be taken up");
        }
        app.rooms.close_empty();
        app.throttle.forget_old();
        app.takeouts.forget_old();
        app.documents.forget_old();
        app.github.forget_old();
        app.proposals.forget_old();
    }
}

/// On a database that only this program uses, whatever is leased was leased before it crashed.
async fn release_own(app: &App) -> Result<(), Error> {
    if !app.database.is_exclusive() {
        return Ok(());
    }
    let nobody = || Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None);
    turn::Entity::update_many()
        .col_expr(turn::Column::LeasedUntil, nobody())
        .filter(turn::Column::Status.eq(TurnStatus::Running.as_str()))
        .exec(app.database.writer())
        .await?;
    assessment::Entity::update_many()
        .col_expr(assessment::Column::LeasedUntil, nobody())
        .filter(assessment::Column::Due.eq(true))
        .exec(app.database.writer())
        .await?;
    material_check::Entity::update_many()
        .col_expr(material_check::Column::LeasedUntil, nobody())
        .filter(material_check::Column::Due.eq(true))
        .exec(app.database.writer())
        .await?;
    proposals::release_own(app).await
}

/// Takes up turns, judgements and comparisons whose worker is gone, and settles proposals to letters that nobody makes any more.
///
/// # Errors
/// When the database cannot be read.
pub async fn take_up(app: &App) -> Result<(), Error> {
    let now = app.now();
    let turns: Vec<(Uuid, Uuid)> = turn::Entity::find()
        .filter(turn::Column::Status.eq(TurnStatus::Running.as_str()))
        .filter(
            Condition::any().add(turn::Column::LeasedUntil.is_null()).add(turn::Column::LeasedUntil.lt(now)),
        )
        .select_only()
        .column(turn::Column::InterviewId)
        .column(turn::Column::Id)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    for (interview, turn) in turns {
        speech::spawn(app, interview, turn);
    }
    let interviews: Vec<Uuid> = assessment::Entity::find()
        .filter(assessment::Column::Due.eq(true))
        .filter(
            Condition::any()
                .add(assessment::Column::LeasedUntil.is_null())
                .add(assessment::Column::LeasedUntil.lt(now)),
        )
        .select_only()
        .column(assessment::Column::InterviewId)
        .distinct()
        .into_tuple()
        .all(app.database.reader())
        .await?;
    for interview in interviews {
        assessing::spawn_due(app, interview);
    }
    let finished = interview::Entity::find()
        .filter(interview::Column::Status.eq(Status::Finished.as_str()))
        .select_only()
        .column(interview::Column::Id)
        .into_query();
    let interviews: Vec<Uuid> = material_check::Entity::find()
        .filter(material_check::Column::Due.eq(true))
        .filter(material_check::Column::InterviewId.in_subquery(finished))
        .filter(
            Condition::any()
                .add(material_check::Column::LeasedUntil.is_null())
                .add(material_check::Column::LeasedUntil.lt(now)),
        )
        .select_only()
        .column(material_check::Column::InterviewId)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    for interview in interviews {
        comparing::spawn_due(app, interview);
    }
    proposals::settle_left(app).await
}
