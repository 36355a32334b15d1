//! Counting calls: one statement for each, beside the call and never in its way.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait};
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

use super::call::{Call, Ended, Outcome};
use super::steps::step_of;
use super::sums::{ANSWER_STEPS, FIRST_WORD_STEPS};
use super::{Purpose, Tokens};
use crate::ModelFailure;
use crate::app::Clock;
use crate::database::Database;
use crate::entities::model_usage::{ActiveModel, Column, Entity};

tokio::task_local! {
    /// What calls are counted as that are made inside, whatever they are for.
    static INSTEAD: Purpose;
}

/// Counts the calls of one program. Cheap to clone.
#[derive(Clone)]
pub struct Meter {
    database: Database,
    tasks: TaskTracker,
    clock: Clock,
}

impl std::fmt::Debug for Meter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Meter").finish_non_exhaustive()
    }
}

impl Meter {
    pub(crate) fn new(database: Database, tasks: TaskTracker, clock: Clock) -> Self {
        Self { database, tasks, clock }
    }

    /// Begins a call to a model server. It is counted when the [`Call`] is dropped. `is_repair` says that it asks again for what
    /// came in the wrong form.
    pub fn begin(&self, model: &str, purpose: Purpose, is_repair: bool) -> Call {
        let purpose = INSTEAD.try_with(|instead| *instead).unwrap_or(purpose);
        Call::begin(Some(self.clone()), model, purpose, is_repair)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        use chrono::SubsecRound;
        (self.clock)().trunc_subsecs(6)
    }

    /// Writes in a task of its own, which the end of the program waits for. A call that cannot be counted is a line in the log.
    pub(super) fn count(&self, ended: Ended) {
        // Without a runtime the program is over.
        let Ok(runtime) = Handle::try_current() else { return };
        let database = self.database.clone();
        let counted = async move {
            if let Err(error) = write(&database, &ended).await {
                tracing::warn!(%error, "a call to the model could not be counted");
            }
        };
        self.tasks.spawn_on(counted, &runtime);
    }
}

/// Counts what is called inside as calls of the score check: it makes thousands.
pub async fn as_score_check<F: Future>(work: F) -> F::Output {
    INSTEAD.scope(Purpose::ScoreCheck, work).await
}

/// Adds a call to the counts of its day in one statement, so that nothing is lost between calls, tasks and nodes.
async fn write(database: &Database, ended: &Ended) -> Result<(), DbErr> {
    let counts = counts(ended);
    let mut row = ActiveModel {
        day: Set(ended.at.date_naive()),
        model: Set(ended.model.clone()),
        purpose: Set(ended.purpose.to_string()),
        last_success_at: Set((ended.outcome == Outcome::Answered).then_some(ended.at)),
        last_failure_at: Set(failure(ended).map(|_| ended.at)),
        last_failure: Set(failure(ended).map(|failure| failure.to_string())),
        ..Default::default()
    };
    for (column, count) in &counts {
        row.set(*column, i64::try_from(*count).unwrap_or(i64::MAX).into());
    }
    let here = |column: Column| Expr::col((Entity, column));
    let added = |column: Column| Expr::col(("excluded", column));
    let sums = counts.iter().map(|(column, _)| (*column, here(*column).add(added(*column))));
    // Calls may be written in another order than they ended in.
    let newer = |column: Column, at: Column| {
        let is_newer = here(at).is_null().or(added(at).gte(here(at))).and(added(at).is_not_null());
        let newer: Expr = Expr::case(is_newer, added(column)).finally(here(column)).into();
        (column, newer)
    };
    let last = [
        newer(Column::LastSuccessAt, Column::LastSuccessAt),
        newer(Column::LastFailure, Column::LastFailureAt),
        newer(Column::LastFailureAt, Column::LastFailureAt),
    ];
    let mut conflict = OnConflict::columns([Column::Day, Column::Model, Column::Purpose]);
    conflict.values(sums).values(last);
    Entity::insert(row).on_conflict(conflict).exec_without_returning(database.writer()).await?;
    Ok(())
}

fn failure(ended: &Ended) -> Option<ModelFailure> {
    match ended.outcome {
        Outcome::Failed(failure) => Some(failure),
        Outcome::Answered | Outcome::Cancelled => None,
    }
}

/// What a call adds to each count.
fn counts(ended: &Ended) -> Vec<(Column, u64)> {
    let failed = |kind: ModelFailure| u64::from(failure(ended) == Some(kind));
    let ms = |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let answer = (ended.outcome == Outcome::Answered).then(|| ms(ended.took));
    let first_word = ended.first_word.map(ms);
    let (told, estimated) = match ended.are_estimated {
        true => (Tokens::default(), ended.tokens),
        false => (ended.tokens, Tokens::default()),
    };
    let single = [
        (Column::Calls, 1),
        (Column::Cancelled, u64::from(ended.outcome == Outcome::Cancelled)),
        (Column::Repairs, u64::from(ended.is_repair)),
        (Column::Unreachable, failed(ModelFailure::Unreachable)),
        (Column::Refused, failed(ModelFailure::Refused)),
        (Column::Limited, failed(ModelFailure::Limited)),
        (Column::TimedOut, failed(ModelFailure::TimedOut)),
        (Column::Broken, failed(ModelFailure::Broken)),
        (Column::PromptTokens, told.prompt),
        (Column::CompletionTokens, told.completion),
        (Column::EstimatedPromptTokens, estimated.prompt),
        (Column::EstimatedCompletionTokens, estimated.completion),
        (Column::AnswerMs, answer.unwrap_or_default()),
        (Column::FirstWordMs, first_word.unwrap_or_default()),
    ];
    let steps = |columns: [Column; 10], ms: Option<u64>| {
        let step = ms.map(step_of);
        columns.into_iter().enumerate().map(move |(place, column)| (column, u64::from(step == Some(place))))
    };
    let steps = steps(ANSWER_STEPS, answer).chain(steps(FIRST_WORD_STEPS, first_word));
    single.into_iter().chain(steps).collect()
}
