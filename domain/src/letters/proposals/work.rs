//! Making a proposal: a task that owns its work, whoever listens. What a crash leaves lying is settled by the next run.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::running::Live;
use super::{DRAFT_MAX, DraftBrief, ImprovementPoint, ProposalKind, ProposalStatus};
use crate::app::App;
use crate::entities::{letter, letter_proposal};
use crate::error::{Error, OrInternal};
use crate::letters::service::store;
use crate::letters::{LetterContent, supplied};
use crate::quotas;
use crate::{ModelFailure, Problem};

/// How long a task owns a proposal without saying so again.
pub(super) const LEASE: chrono::Duration = chrono::Duration::seconds(30);
/// How often the words so far are stored, and the lease renewed.
const STORE_EVERY: Duration = Duration::from_secs(1);
/// Words that wait for this task.
const AHEAD: usize = 32;

/// Makes a proposal in the background.
pub(super) fn spawn(app: &App, id: Uuid) {
    // Found by whoever listens from now on.
    let live = app.proposals.begin(id);
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let over = Over { app, id };
        if let Err(Error::Internal(error)) = make(&over.app, &live, id).await {
            tracing::error!(proposal = %id, error = format!("{error:#}"), "a proposal could not be made");
        }
    });
}

/// Dropped when the task ends, in whatever way: whoever listens looks at the database then.
struct Over {
    app: App,
    id: Uuid,
}

impl Drop for Over {
    fn drop(&mut self) {
        self.app.proposals.end(self.id);
    }
}

/// What came of it.
struct Outcome {
    text: String,
    points: Vec<ImprovementPoint>,
    end: End,
}

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// The person wanted no more of it. That is no failure: the model was asked, so the unit is used, words or not.
    Stopped,
    /// The program ends.
    Interrupted,
    Failed(ModelFailure),
}

impl End {
    /// Why a proposal was left before its end.
    fn of_leaving(live: &Live) -> Self {
        if live.stop.is_cancelled() { Self::Stopped } else { Self::Interrupted }
    }
}

impl Outcome {
    /// Nothing that anybody could use.
    const fn failed(failure: ModelFailure) -> Self {
        Self { text: String::new(), points: Vec::new(), end: End::Failed(failure) }
    }
}

async fn make(app: &App, live: &Live, id: Uuid) -> Result<(), Error> {
    let row = letter_proposal::Entity::find_by_id(id).one(app.database.writer()).await?;
    let Some(row) = row else { return Ok(()) };
    let letter = letter::Entity::find_by_id(row.letter_id).one(app.database.writer()).await?;
    let Some(letter) = letter else { return Ok(()) };
    let content = store::content(&letter.content)?;
    let kind: ProposalKind = row.kind.parse().or_internal("making a proposal")?;
    let item = row.item_id.and_then(|item| content.item(item)).cloned();
    let outcome = match (kind, item) {
        (ProposalKind::Draft, Some(item)) => {
            let instruction = row.instruction.clone();
            let brief = DraftBrief { content: content.clone(), item, instruction };
            draft(app, live, id, &brief).await?
        }
        // The item went between asking and now.
        (ProposalKind::Draft, None) => Outcome::failed(ModelFailure::Broken),
        (ProposalKind::Points, _) => points(app, live, id, &content).await?,
    };
    finish(app, &row, &content, outcome).await
}

/// Hears a draft to its end.
async fn draft(app: &App, live: &Live, id: Uuid, brief: &DraftBrief) -> Result<Outcome, Error> {
    let (words, mut hear) = mpsc::channel(AHEAD);
    let writer = app.interviewer().clone();
    let writing = writer.draft_letter(brief, words);
    tokio::pin!(writing);
    let mut store = tokio::time::interval(STORE_EVERY);
    let mut result = None;
    let (mut text, mut characters) = (String::new(), 0);
    loop {
        tokio::select! {
            biased;
            () = live.stop.cancelled() => break,
            () = app.shutdown.cancelled() => break,
            heard = hear.recv() => match heard {
                // PostgreSQL cannot store a NUL.
                Some(heard) => {
                    let heard = heard.replace('\0', "");
                    characters += heard.chars().count();
                    text.push_str(&heard);
                    live.text.send_modify(|live| live.push_str(&heard));
                    if characters > DRAFT_MAX as usize {
                        break;
                    }
                }
                // The writer has let go of its end; its result is there or comes.
                None => break,
            },
            written = &mut writing, if result.is_none() => result = Some(written),
            _ = store.tick() => keep(app, id, &text).await?,
        }
    }
    let stopped = live.stop.is_cancelled() || app.shutdown.is_cancelled() || characters > DRAFT_MAX as usize;
    let end = match (result, stopped) {
        (Some(result), _) => result.map_or_else(End::Failed, |()| End::Whole),
        // Leaving the writer drops its call, which closes its connection.
        (None, true) => End::of_leaving(live),
        (None, false) => writing.await.map_or_else(End::Failed, |()| End::Whole),
    };
    Ok(Outcome { text: text.trim().to_owned(), points: Vec::new(), end })
}

/// Waits for points.
async fn points(app: &App, live: &Live, id: Uuid, content: &LetterContent) -> Result<Outcome, Error> {
    let reading = app.interviewer().improve_letter(content);
    tokio::pin!(reading);
    let mut store = tokio::time::interval(STORE_EVERY);
    let read = loop {
        tokio::select! {
            biased;
            () = live.stop.cancelled() => break None,
            () = app.shutdown.cancelled() => break None,
            read = &mut reading => break Some(read),
            _ = store.tick() => keep(app, id, "").await?,
        }
    };
    Ok(match read {
        Some(Ok(points)) => Outcome { text: String::new(), points, end: End::Whole },
        Some(Err(failure)) => Outcome::failed(failure),
        None => Outcome { text: String::new(), points: Vec::new(), end: End::of_leaving(live) },
    })
}

/// Stores the words so far, and says that somebody is at it.
async fn keep(app: &App, id: Uuid, text: &str) -> Result<(), Error> {
    letter_proposal::Entity::update_many()
        .col_expr(letter_proposal::Column::Text, Expr::value(text))
        .col_expr(letter_proposal::Column::LeasedUntil, Expr::value(app.now() + LEASE))
        .filter(letter_proposal::Column::Id.eq(id))
        .filter(letter_proposal::Column::Status.eq(ProposalStatus::Running.as_str()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// Stores what came of it. Without a word of use the unit comes back, unless it was the person who wanted none.
async fn finish(
    app: &App,
    row: &letter_proposal::Model,
    content: &LetterContent,
    outcome: Outcome,
) -> Result<(), Error> {
    let Outcome { text, points, end } = outcome;
    let unsupplied = supplied::unsupplied(&text, content, &row.instruction);
    // That there is nothing to improve is something.
    let nothing = text.is_empty() && points.is_empty() && end != End::Whole;
    let status = match nothing || matches!(end, End::Failed(_)) {
        true => ProposalStatus::Failed,
        false => ProposalStatus::Done,
    };
    let problem = match end {
        End::Failed(reason) => Some(Problem::ModelUnavailable { reason }),
        End::Whole | End::Stopped | End::Interrupted => None,
    };
    let transaction = app.database.begin().await?;
    let updated = letter_proposal::Entity::update_many()
        .col_expr(letter_proposal::Column::Status, Expr::value(status.as_str()))
        .col_expr(letter_proposal::Column::Text, Expr::value(text))
        .col_expr(letter_proposal::Column::Unsupplied, Expr::value(store::json(&unsupplied)?))
        .col_expr(letter_proposal::Column::Points, Expr::value(store::json(&points)?))
        .col_expr(
            letter_proposal::Column::Problem,
            Expr::value(problem.map(|problem| store::json(&problem)).transpose()?),
        )
        .filter(letter_proposal::Column::Id.eq(row.id))
        .filter(letter_proposal::Column::Status.eq(ProposalStatus::Running.as_str()))
        .exec(&transaction)
        .await?;
    // It was dismissed meanwhile, or settled by another node: nothing is left to be given back here.
    if updated.rows_affected == 1 && nothing && end != End::Stopped {
        quotas::service::give_back_proposal(app, &transaction, row.user_id, row.id).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Gives the unit of a proposal back whose task is gone without a word. One whose task still runs was asked of the model, and whoever
/// dismisses it has used it.
pub(super) async fn give_back_abandoned(
    app: &App,
    transaction: &impl ConnectionTrait,
    row: &letter_proposal::Model,
) -> Result<(), Error> {
    let abandoned = row.status == ProposalStatus::Running.as_str() && row.leased_until < app.now();
    match abandoned && row.text.is_empty() {
        true => quotas::service::give_back_proposal(app, transaction, row.user_id, row.id).await,
        false => Ok(()),
    }
}

/// On a database that only this program uses, whatever is leased was leased before it crashed.
///
/// # Errors
/// When the database does not take it.
pub(crate) async fn release_own(app: &App) -> Result<(), Error> {
    if app.database.is_exclusive() {
        letter_proposal::Entity::update_many()
            .col_expr(
                letter_proposal::Column::LeasedUntil,
                Expr::value(chrono::DateTime::<chrono::Utc>::UNIX_EPOCH),
            )
            .filter(letter_proposal::Column::Status.eq(ProposalStatus::Running.as_str()))
            .exec(app.database.writer())
            .await?;
    }
    Ok(())
}

/// Settles proposals whose task is gone: what had come stands, and without a word the unit comes back. They are not begun again by
/// themselves: the person may have gone on writing.
///
/// # Errors
/// When the database does not take it.
pub(crate) async fn settle_left(app: &App) -> Result<(), Error> {
    let left = letter_proposal::Entity::find()
        .filter(letter_proposal::Column::Status.eq(ProposalStatus::Running.as_str()))
        .filter(letter_proposal::Column::LeasedUntil.lt(app.now()))
        .all(app.database.reader())
        .await?;
    for row in left {
        let letter = letter::Entity::find_by_id(row.letter_id).one(app.database.reader()).await?;
        let Some(letter) = letter else { continue };
        let outcome = Outcome { text: row.text.clone(), ..Outcome::failed(ModelFailure::Unreachable) };
        finish(app, &row, &store::content(&letter.content)?, outcome).await?;
    }
    Ok(())
}
