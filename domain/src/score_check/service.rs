//! Runs of the configured scorer, kept so that drift is seen, and what administrators see of them.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::{
    Effort, Figure, Progress, Run, RunLine, RunState, RunView, ScoreCheck, ScoreCheckView, band_kappa,
    figures, golden_set, plan, run,
};
use crate::Problem;
use crate::app::App;
use crate::entities::score_check;
use crate::error::{Error, OrInternal};
use crate::interview::{InterviewerLabel, Numbers};
use crate::rubric::rubric;
use crate::usage::as_score_check;
use crate::viewer::Viewer;

/// Most runs that are listed.
const LISTED: u64 = 20;

/// A run that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCheck {
    pub id: Uuid,
    pub check: ScoreCheck,
    pub at: DateTime<Utc>,
}

/// Runs the configured scorer over the golden set and keeps the result.
///
/// # Errors
/// `ModelUnavailable` when not one answer could be judged, and internal ones.
pub async fn check(app: &App, effort: Effort, progress: &Progress) -> Result<ScoreCheck, Error> {
    let golden = golden_set().or_internal("reading the golden set")?;
    let check = as_score_check(run(app.interviewer().as_ref(), &app.bank, &golden, effort, progress))
        .await
        .map_err(|reason| Problem::ModelUnavailable { reason })?;
    let row = score_check::ActiveModel {
        id: Set(Uuid::now_v7()),
        scorer: Set(scorer_of(&check.scorer)),
        result: Set(serde_json::to_value(&check).or_internal("storing the check")?),
        created_at: Set(app.now()),
    };
    row.insert(app.database.writer()).await?;
    Ok(check)
}

/// The last run of a scorer, whatever the version of its rules or prompts then was.
///
/// # Errors
/// Internal ones only.
pub async fn last(app: &App, scorer: &InterviewerLabel) -> Result<Option<KeptCheck>, Error> {
    Ok(last_two(app, scorer).await?.0)
}

/// Whether the levels of a scorer may be shown as numbers: what it reached in its last run, if that was of this very version.
///
/// # Errors
/// Internal ones only.
pub async fn numbers(app: &App, scorer: &InterviewerLabel) -> Result<Numbers, Error> {
    Ok(match last(app, scorer).await? {
        Some(last) if last.check.scorer != *scorer => Numbers::Unchecked,
        Some(last) if last.check.shows_numbers() => Numbers::Shown,
        Some(_) => Numbers::Unreliable,
        None => Numbers::Unchecked,
    })
}

/// Everything about the configured scorer, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub async fn overview(app: &App, viewer: &Viewer) -> Result<ScoreCheckView, Error> {
    viewer.must_be_admin()?;
    let scorer = app.interviewer().label();
    let (last, before) = last_two(app, &scorer).await?;
    let rows = score_check::Entity::find()
        .order_by_desc(score_check::Column::Id)
        .limit(LISTED)
        .all(app.database.reader())
        .await?;
    let earlier = rows.into_iter().filter_map(kept);
    let earlier = earlier.filter(|run| last.as_ref().is_none_or(|last| last.id != run.id));
    let golden = golden_set().or_internal("reading the golden set")?;
    Ok(ScoreCheckView {
        numbers: numbers(app, &scorer).await?,
        rubric: rubric().version.clone(),
        earlier: earlier.map(line).collect(),
        last: last.map(|last| view(last, before.as_ref().map(|before| &before.check))),
        state: app.score_check.tell(),
        calls: scorer.model.is_some().then(|| plan(&app.bank, &golden, Effort::ALL).calls()),
        scorer,
    })
}

/// How far the run of this program is, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub fn state(app: &App, viewer: &Viewer) -> Result<RunState, Error> {
    viewer.must_be_admin()?;
    Ok(app.score_check.tell())
}

/// Starts a run that goes on by itself, for administrators. While one is under way nothing more is started.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub fn start(app: &App, viewer: &Viewer) -> Result<(), Error> {
    viewer.must_be_admin()?;
    let Some(Run { progress, stop }) = app.score_check.begin() else { return Ok(()) };
    let running = app.clone();
    app.tasks.spawn(async move {
        let app = running;
        // A run that panics is over, too: else none could ever be started again.
        let checked = AssertUnwindSafe(check(&app, Effort::ALL, &progress)).catch_unwind();
        let problem = tokio::select! {
            // Nothing of it is kept: it is started again by hand.
            () = app.shutdown.cancelled() => return,
            () = stop.cancelled() => None,
            ended = checked => match ended {
                Ok(checked) => checked.err().map(Error::into_problem),
                Err(_) => Some(Problem::Internal),
            },
        };
        app.score_check.end(problem);
    });
    Ok(())
}

/// Ends the run of this program, for administrators: the call that is under way is cut short, and nothing of the run is kept. Where
/// none is under way nothing happens.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub fn stop(app: &App, viewer: &Viewer) -> Result<(), Error> {
    viewer.must_be_admin()?;
    app.score_check.stop();
    Ok(())
}

/// The last run of a scorer and the one before it.
async fn last_two(
    app: &App,
    scorer: &InterviewerLabel,
) -> Result<(Option<KeptCheck>, Option<KeptCheck>), Error> {
    let rows = score_check::Entity::find()
        .filter(score_check::Column::Scorer.eq(scorer_of(scorer)))
        .order_by_desc(score_check::Column::Id)
        .limit(2)
        .all(app.database.reader())
        .await?;
    let mut rows = rows.into_iter().map(kept);
    Ok((rows.next().flatten(), rows.next().flatten()))
}

/// A run as it was kept. One that another version of Daedap wrote in another form is as good as none.
fn kept(row: score_check::Model) -> Option<KeptCheck> {
    Some(KeptCheck { id: row.id, check: serde_json::from_value(row.result).ok()?, at: row.created_at })
}

fn view(run: KeptCheck, before: Option<&ScoreCheck>) -> RunView {
    RunView {
        at: run.at,
        figures: figures(&run.check, before),
        rubric: run.check.rubric,
        answers: run.check.answers,
        failed: run.check.failed,
        repeats: run.check.repeats.runs,
        scorer: run.check.scorer,
    }
}

fn line(run: KeptCheck) -> RunLine {
    let missed = figures(&run.check, None).iter().filter(|figure| !Figure::holds(figure)).count();
    RunLine {
        id: run.id,
        at: run.at,
        band_kappa: band_kappa(&run.check),
        missed: u32::try_from(missed).unwrap_or(u32::MAX),
        shows_numbers: run.check.shows_numbers(),
        rubric: run.check.rubric,
        answers: run.check.answers,
        failed: run.check.failed,
        scorer: run.check.scorer,
    }
}

fn scorer_of(label: &InterviewerLabel) -> String {
    match &label.model {
        Some(model) => format!("{}:{model}", label.kind),
        None => label.kind.to_string(),
    }
}
