//! Reading what progress is made of: columns of finished interviews, of their questions and of the judgements that count.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::practice::practice;
use super::profiles::profiles;
use super::scores::{Asked, Finished, scores};
use super::{DAYS_BACK, INTERVIEWS_MAX, ProgressFilter, ProgressView};
use crate::accounts;
use crate::app::App;
use crate::entities::{interview, interview_question, turn};
use crate::error::{Error, OrInternal};
use crate::interview::{QuestionStatus, Status, TurnKind, store};
use crate::quotas::day::day_of;
use crate::viewer::Viewer;

const READING: &str = "reading progress";

/// The viewer's progress, with the scores of the field and topic that the filter chooses.
///
/// # Errors
/// Internal ones only.
pub async fn progress(app: &App, viewer: &Viewer, filter: ProgressFilter) -> Result<ProgressView, Error> {
    let zone = accounts::zone(&viewer.time_zone);
    let now = app.now();
    let since = now - Duration::days(i64::from(DAYS_BACK));
    let snapshot = app.database.snapshot().await?;
    let (interviews, is_cut) = finished(&snapshot, viewer, since, zone).await?;
    let answered = answered(&snapshot, viewer, since).await?;
    snapshot.commit().await?;
    let topics = app.bank.topics();
    Ok(ProgressView {
        scores: scores(&interviews, topics, &filter),
        practice: practice(answered, now, zone),
        profiles: profiles(&interviews, topics),
        is_cut,
    })
}

/// The finished interviews that have their result, oldest first, and whether there are more than count.
async fn finished(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    since: DateTime<Utc>,
    zone: Tz,
) -> Result<(Vec<Finished>, bool), Error> {
    let mut rows: Vec<(Uuid, String, DateTime<Utc>)> = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::Status.eq(Status::Finished.as_str()))
        .filter(interview::Column::FinishedAt.is_not_null())
        // Until then judgements are being written.
        .filter(interview::Column::Band.is_not_null())
        .order_by_desc(interview::Column::Id)
        .limit(u64::from(INTERVIEWS_MAX) + 1)
        .select_only()
        .columns([interview::Column::Id, interview::Column::Field, interview::Column::FinishedAt])
        .into_tuple()
        .all(connection)
        .await?;
    let found = rows.len();
    rows.truncate(INTERVIEWS_MAX as usize);
    rows.retain(|(.., at)| *at >= since);
    let is_cut = rows.len() < found;
    rows.sort_by_key(|(id, _, at)| (*at, *id));
    let ids: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
    let mut questions = asked(connection, &ids).await?;
    let interviews = rows.into_iter().map(|(id, field, at)| {
        Ok(Finished {
            id,
            field: field.parse().or_internal(READING)?,
            day: day_of(at, zone),
            questions: questions.remove(&id).unwrap_or_default(),
        })
    });
    Ok((interviews.collect::<Result<_, Error>>()?, is_cut))
}

/// The questions of each interview that were asked, in their order.
async fn asked(
    connection: &impl ConnectionTrait,
    interviews: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Asked>>, Error> {
    let bands = store::bands(connection, interviews).await?;
    let rows: Vec<(Uuid, i32, Option<String>, String)> = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.is_in(interviews.iter().copied()))
        .filter(
            interview_question::Column::Status
                .is_in([QuestionStatus::Answered.as_str(), QuestionStatus::Skipped.as_str()]),
        )
        .order_by_asc(interview_question::Column::Position)
        .select_only()
        .columns([
            interview_question::Column::InterviewId,
            interview_question::Column::Position,
            interview_question::Column::QuestionId,
            interview_question::Column::Status,
        ])
        .into_tuple()
        .all(connection)
        .await?;
    let mut asked: HashMap<Uuid, Vec<Asked>> = HashMap::new();
    for (interview, position, question_id, status) in rows {
        let outcome = (status.parse().or_internal(READING)?, bands.get(&(interview, position)).copied());
        asked.entry(interview).or_default().push(Asked { question_id, outcome });
    }
    Ok(asked)
}

/// When the viewer answered something.
async fn answered(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, Error> {
    let own = Query::select()
        .column(interview::Column::Id)
        .from(interview::Entity)
        .and_where(interview::Column::UserId.eq(viewer.id))
        .to_owned();
    let moments = turn::Entity::find()
        .filter(turn::Column::InterviewId.in_subquery(own))
        .filter(turn::Column::Kind.eq(TurnKind::Answer.as_str()))
        .filter(turn::Column::CreatedAt.gte(since))
        .select_only()
        .column(turn::Column::CreatedAt)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(moments)
}
