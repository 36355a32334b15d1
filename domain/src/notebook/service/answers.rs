//! What the person said to a question before.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::READING;
use crate::app::App;
use crate::entities::{interview, interview_question, notebook_entry, turn};
use crate::error::{Error, OrInternal};
use crate::interview::asked::made_row;
use crate::interview::store::{self, unsigned};
use crate::interview::{Band, QuestionStatus, Status, TurnKind};
use crate::notebook::{EarlierAnswer, NotebookQuestion, ReportLink};
use crate::questions::service::known;
use crate::questions::{Language, Question};
use crate::viewer::Viewer;
use crate::{Problem, markup};

/// Earlier answers that are shown.
const EARLIER: u64 = 5;

/// The intent and a model answer of an entry's question, and what the person said to it before.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<NotebookQuestion, Error> {
    let connection = app.database.reader();
    let entry = notebook_entry::Entity::find_by_id(id)
        .filter(notebook_entry::Column::UserId.eq(viewer.id))
        .one(connection)
        .await?
        .ok_or(Problem::NotFound)?;
    let language: Language = entry.language.parse().or_internal(READING)?;
    let said = said(app, viewer, &entry.question_key, language).await?;
    let question: Option<Question> = match known(app, connection, &entry.question_key, language).await? {
        Some(known) => Some(known.question.as_ref().clone()),
        None => said.stored.map(serde_json::from_value).transpose().or_internal(READING)?,
    };
    let html =
        |text: fn(&Question) -> &str| question.as_ref().map(text).map(markup::render).unwrap_or_default();
    Ok(NotebookQuestion {
        intent_html: html(|question| &question.intent),
        model_answer_html: html(|question| &question.model_answer),
        answers: said.answers,
    })
}

/// What the person said to a question in one language, newest first.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn answers_to(
    app: &App,
    viewer: &Viewer,
    key: &str,
    language: Language,
) -> Result<Vec<EarlierAnswer>, Error> {
    Ok(said(app, viewer, key, language).await?.answers)
}

/// The earlier answers to a question, and the question as it was asked the last time.
struct Said {
    answers: Vec<EarlierAnswer>,
    stored: Option<serde_json::Value>,
}

async fn said(app: &App, viewer: &Viewer, key: &str, language: Language) -> Result<Said, Error> {
    let snapshot = app.database.snapshot().await?;
    // The interviews of the person in that language: a question has one row in each at most.
    let of_person = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::Language.eq(language.as_str()))
        .select_only()
        .column(interview::Column::Id)
        .into_query();
    let asked = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.in_subquery(of_person))
        .filter(
            interview_question::Column::Status
                .is_in([QuestionStatus::Answered.as_str(), QuestionStatus::Skipped.as_str()]),
        )
        .filter(match made_row(key) {
            Some(row) => interview_question::Column::Id.eq(row),
            None => interview_question::Column::QuestionId.eq(key),
        })
        .order_by_desc(interview_question::Column::InterviewId)
        .limit(EARLIER)
        .all(&snapshot)
        .await?;
    let ids: Vec<Uuid> = asked.iter().map(|row| row.interview_id).collect();
    let bands = store::bands(&snapshot, &ids).await?;
    let interviews: HashMap<Uuid, interview::Model> = interview::Entity::find()
        .filter(interview::Column::Id.is_in(ids.iter().copied()))
        .all(&snapshot)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let said = turn::Entity::find()
        .filter(turn::Column::InterviewId.is_in(ids))
        .filter(turn::Column::Kind.eq(TurnKind::Answer.as_str()))
        .order_by_asc(turn::Column::Number)
        .all(&snapshot)
        .await?;
    snapshot.commit().await?;

    let stored = asked.first().and_then(|row| row.question.clone());
    let answers = asked
        .iter()
        .filter_map(|row| interviews.get(&row.interview_id).map(|interview| (row, interview)))
        .map(|(row, interview)| {
            let band = bands.get(&(row.interview_id, row.position)).copied();
            earlier(row, interview, band, &said)
        })
        .collect::<Result<_, _>>()?;
    Ok(Said { answers, stored })
}

fn earlier(
    row: &interview_question::Model,
    interview: &interview::Model,
    band: Option<Band>,
    said: &[turn::Model],
) -> Result<EarlierAnswer, Error> {
    let finished = interview.status == Status::Finished.as_str();
    let (id, position) = (row.interview_id, unsigned(row.position));
    Ok(EarlierAnswer {
        at: interview.started_at,
        status: row.status.parse().or_internal(READING)?,
        band,
        answers: said
            .iter()
            .filter(|turn| turn.interview_id == id && turn.position == row.position)
            .map(|turn| turn.text.clone())
            .collect(),
        report: finished.then_some(ReportLink { interview: id, position }),
    })
}
