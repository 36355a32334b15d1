//! Runs of the configured scorer, kept so that drift is seen.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use super::{Effort, ScoreCheck, golden_set, run};
use crate::app::App;
use crate::entities::score_check;
use crate::error::{Error, OrInternal};
use crate::interview::InterviewerLabel;

/// A run that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCheck {
    pub check: ScoreCheck,
    pub at: DateTime<Utc>,
}

/// Runs the configured scorer over the golden set and keeps the result.
///
/// # Errors
/// `ModelUnavailable` when not one answer could be judged, and internal ones.
pub async fn check(app: &App, effort: Effort) -> Result<ScoreCheck, Error> {
    let golden = golden_set().or_internal("reading the golden set")?;
    let check = run(app.interviewer().as_ref(), &app.bank, &golden, effort)
        .await
        .map_err(|reason| crate::Problem::ModelUnavailable { reason })?;
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
    let row = score_check::Entity::find()
        .filter(score_check::Column::Scorer.eq(scorer_of(scorer)))
        .order_by_desc(score_check::Column::Id)
        .one(app.database.reader())
        .await?;
    // One that another version of Daedap wrote in another form is as good as none.
    Ok(row.and_then(|row| {
        Some(KeptCheck { check: serde_json::from_value(row.result).ok()?, at: row.created_at })
    }))
}

fn scorer_of(label: &InterviewerLabel) -> String {
    match &label.model {
        Some(model) => format!("{}:{model}", label.kind),
        None => label.kind.to_string(),
    }
}
