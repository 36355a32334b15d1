//! What administrators ask about the calls, and trying the model.

use std::collections::BTreeMap;
use std::time::Instant;

use chrono::Days;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::sums::Sums;
use super::{DayUsage, GroupUsage, LastFailure, ModelHealth, Purpose, Span, Trial, UsageView};
use crate::app::App;
use crate::entities::model_usage::{Column, Entity, Model};
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;

/// The calls of the last days by UTC, and how the configured model does. For administrators.
///
/// # Errors
/// [`Forbidden`](crate::Problem::Forbidden) for everybody else.
pub async fn overview(app: &App, viewer: &Viewer, span: Span) -> Result<UsageView, Error> {
    viewer.must_be_admin()?;
    let today = app.now().date_naive();
    let first = today.checked_sub_days(Days::new(u64::from(span.days() - 1))).unwrap_or(today);
    let rows = Entity::find()
        .filter(Column::Day.gte(first))
        // A clock that was set back leaves days behind that are still to come.
        .filter(Column::Day.lte(today))
        .all(app.database.reader())
        .await?;
    let mut days: BTreeMap<_, Sums> =
        first.iter_days().take_while(|day| *day <= today).map(|day| (day, Sums::default())).collect();
    let mut groups: BTreeMap<(String, Purpose), Sums> = BTreeMap::new();
    let mut total = Sums::default();
    for row in &rows {
        let price = app.settings.model_prices.of(&row.model);
        let purpose: Purpose = row.purpose.parse().or_internal("reading the purpose of a call")?;
        days.entry(row.day).or_default().add(row, price);
        groups.entry((row.model.clone(), purpose)).or_default().add(row, price);
        total.add(row, price);
    }
    let groups = groups.into_iter();
    Ok(UsageView {
        span,
        days: days.into_iter().map(|(day, sums)| DayUsage { day, figures: sums.figures() }).collect(),
        groups: groups
            .map(|((model, purpose), sums)| GroupUsage { model, purpose, figures: sums.figures() })
            .collect(),
        total: total.figures(),
        model: health(app).await?,
    })
}

/// Makes one small call to the configured model and says what came of it. For administrators, a few times a minute.
///
/// # Errors
/// [`Forbidden`](crate::Problem::Forbidden) for everybody else, and [`TooManyAttempts`](crate::Problem::TooManyAttempts).
pub async fn try_model(app: &App, viewer: &Viewer) -> Result<Trial, Error> {
    viewer.must_be_admin()?;
    app.throttle.try_model(viewer.id)?;
    let interviewer = app.interviewer();
    if interviewer.label().model.is_none() {
        return Ok(Trial::NoModel);
    }
    let began = Instant::now();
    Ok(match interviewer.try_out().await {
        Ok(()) => Trial::Answered { ms: u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX) },
        Err(failure) => Trial::Failed(failure),
    })
}

/// How the configured model did, on this node and on others.
async fn health(app: &App) -> Result<Option<ModelHealth>, Error> {
    let interviewer = app.interviewer();
    let Some(model) = interviewer.label().model else { return Ok(None) };
    let last = async |column: Column| -> Result<Option<Model>, Error> {
        let of_model = Entity::find().filter(Column::Model.eq(model.as_str())).filter(column.is_not_null());
        Ok(of_model.order_by_desc(column).one(app.database.reader()).await?)
    };
    let last_success = last(Column::LastSuccessAt).await?.and_then(|row| row.last_success_at);
    let last_failure = last(Column::LastFailureAt).await?.and_then(|row| {
        Some(LastFailure { at: row.last_failure_at?, failure: row.last_failure?.parse().ok()? })
    });
    Ok(Some(ModelHealth {
        host: interviewer.host(),
        has_price: app.settings.model_prices.of(&model).is_some(),
        model,
        last_success,
        last_failure,
    }))
}
