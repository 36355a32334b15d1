//! What a person was asked lately.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::app::App;
use crate::entities::{interview, interview_question};
use crate::error::{Error, OrInternal};
use crate::interview::feedback::Outcome;
use crate::interview::{QuestionStatus, Status, store};
use crate::material::Cue;
use crate::questions::Level;
use crate::viewer::Viewer;

/// How many of the person's last interviews are not repeated.
const REMEMBERED_INTERVIEWS: u64 = 5;

/// The last interviews of a person before a moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recent {
    /// The level of the last one; none when there was none.
    pub level: Option<Level>,
    /// Questions of the bank that they asked, newest interview first, and how far each was explained.
    pub questions: Vec<(String, Outcome)>,
}

fn interviews_of(viewer: &Viewer) -> Select<interview::Entity> {
    interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .order_by_desc(interview::Column::Id)
}

fn asked_in(interviews: Vec<Uuid>) -> Select<interview_question::Entity> {
    interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.is_in(interviews))
        .filter(interview_question::Column::Status.ne(QuestionStatus::Pending.as_str()))
        .order_by_desc(interview_question::Column::InterviewId)
}

/// Ids of the bank questions of the person's last interviews, newest first.
pub(super) async fn recent_questions(app: &App, viewer: &Viewer) -> Result<Vec<String>, Error> {
    let last = interviews_of(viewer).limit(REMEMBERED_INTERVIEWS);
    asked_ids(app, last).await
}

/// What the person's last interviews asked about materials.
///
/// # Errors
/// Internal ones only.
pub(super) async fn recent_cues(app: &App, viewer: &Viewer) -> Result<Vec<Cue>, Error> {
    let connection = app.database.reader();
    let last = interviews_of(viewer).limit(REMEMBERED_INTERVIEWS);
    let last: Vec<Uuid> =
        last.select_only().column(interview::Column::Id).into_tuple().all(connection).await?;
    let cues: Vec<Option<serde_json::Value>> = asked_in(last)
        .filter(interview_question::Column::Cue.is_not_null())
        .select_only()
        .column(interview_question::Column::Cue)
        .into_tuple()
        .all(connection)
        .await?;
    cues.into_iter().flatten().map(|cue| serde_json::from_value(cue).or_internal("reading a cue")).collect()
}

/// Ids of the bank questions that the person was asked since a moment.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn asked_since(
    app: &App,
    viewer: &Viewer,
    since: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    let interviews = interviews_of(viewer)
        .filter(interview::Column::StartedAt.gte(since))
        // It never got as far as asking.
        .filter(interview::Column::Status.ne(Status::Failed.as_str()));
    asked_ids(app, interviews).await
}

async fn asked_ids(app: &App, interviews: Select<interview::Entity>) -> Result<Vec<String>, Error> {
    let connection = app.database.reader();
    let interviews: Vec<Uuid> =
        interviews.select_only().column(interview::Column::Id).into_tuple().all(connection).await?;
    let ids: Vec<Option<String>> = asked_in(interviews)
        .select_only()
        .column(interview_question::Column::QuestionId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().flatten().collect())
}

/// The person's last interviews before a moment, with what came of their questions.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn recent(app: &App, viewer: &Viewer, before: DateTime<Utc>) -> Result<Recent, Error> {
    let connection = app.database.reader();
    let interviews: Vec<(Uuid, String)> = interviews_of(viewer)
        .filter(interview::Column::StartedAt.lt(before))
        .limit(REMEMBERED_INTERVIEWS)
        .select_only()
        .column(interview::Column::Id)
        .column(interview::Column::Level)
        .into_tuple()
        .all(connection)
        .await?;
    let level = interviews.first().map(|(_, level)| level.parse()).transpose();
    let ids: Vec<Uuid> = interviews.iter().map(|(id, _)| *id).collect();
    let bands = store::bands(connection, &ids).await?;
    let rows = asked_in(ids).all(connection).await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(id) = row.question_id else { continue };
        let status = row.status.parse().or_internal("reading a question of an interview")?;
        questions.push((id, (status, bands.get(&(row.interview_id, row.position)).copied())));
    }
    Ok(Recent { level: level.or_internal("reading an interview")?, questions })
}
