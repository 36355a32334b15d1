//! Starting an interview: one unit, one row, one task, or nothing.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::app::App;
use crate::entities::{interview, interview_question};
use crate::error::{Error, OrInternal};
use crate::interview::setup::{self, Setup};
use crate::interview::store::{self, NewTurn};
use crate::interview::{NewInterview, QuestionStatus, SetupOptions, Status, TurnKind, select, speech};
use crate::questions::Question;
use crate::quotas::LimitedAction;
use crate::viewer::Viewer;
use crate::{Problem, quotas};

/// How many of the person's last interviews are not repeated.
const REMEMBERED_INTERVIEWS: u64 = 5;

/// What can be set up here and now.
pub fn setup_options(app: &App) -> SetupOptions {
    setup::options(app)
}

/// Starts an interview and returns its id. The interviewer begins to speak by itself. The same request id gives the same interview.
///
/// # Errors
/// [`Problem::Invalid`] on a field of the setup, [`Problem::NoQuestions`], [`Problem::QuotaReached`].
pub async fn start(app: &App, viewer: &Viewer, new: NewInterview) -> Result<Uuid, Error> {
    if let Some(id) = started_before(app.database.reader(), viewer, new.request_id).await? {
        return Ok(id);
    }
    let setup = setup::parse(&setup::options(app), &new)?;
    let recent = recent_questions(app, viewer).await?;
    let questions = choose(app, &setup, &recent, new.request_id);
    let makes_questions = app.interviewer().makes_questions();
    if questions.len() < setup.question_count as usize && !makes_questions {
        return Err(Problem::NoQuestions.into());
    }

    let id = Uuid::now_v7();
    let transaction = app.database.begin().await?;
    if let Some(id) = started_before(&transaction, viewer, new.request_id).await? {
        return Ok(id);
    }
    quotas::service::take(app, &transaction, viewer, LimitedAction::Interview, id).await?;
    if let Err(error) = insert(app, &transaction, viewer, id, &new, &setup).await {
        // Two equal requests at the same moment, on two nodes: the other one has it, and the unit taken here is rolled back.
        transaction.rollback().await?;
        return match started_before(app.database.writer(), viewer, new.request_id).await? {
            Some(id) => Ok(id),
            None => Err(error),
        };
    }
    insert_questions(&transaction, id, &setup, &questions).await?;
    let first = NewTurn::by_interviewer(0, TurnKind::Question);
    let turn = store::add_turn(&transaction, id, 0, first, app.now()).await?;
    transaction.commit().await?;
    speech::spawn(app, id, turn);
    Ok(id)
}

async fn started_before(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    request_id: Uuid,
) -> Result<Option<Uuid>, Error> {
    let row = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::RequestId.eq(request_id))
        .one(connection)
        .await?;
    Ok(row.map(|row| row.id))
}

/// Ids of the bank questions of the person's last interviews, newest first.
async fn recent_questions(app: &App, viewer: &Viewer) -> Result<Vec<String>, Error> {
    let connection = app.database.reader();
    let interviews: Vec<Uuid> = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .order_by_desc(interview::Column::Id)
        .limit(REMEMBERED_INTERVIEWS)
        .select_only()
        .column(interview::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let ids: Vec<Option<String>> = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.is_in(interviews))
        .filter(interview_question::Column::Status.ne(QuestionStatus::Pending.as_str()))
        .order_by_desc(interview_question::Column::InterviewId)
        .select_only()
        .column(interview_question::Column::QuestionId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().flatten().collect())
}

fn choose<'a>(app: &'a App, setup: &Setup, recent: &[String], request_id: Uuid) -> Vec<&'a Question> {
    let pool = app.bank.questions(setup.language, Some(setup.field), None, None).map(AsRef::as_ref).filter(
        |question: &&Question| {
            setup.topics.is_empty()
                || setup.topics.iter().any(|topic| topic == crate::questions::topic_of(&question.id))
        },
    );
    // The form's own id is the seed: sending it again would choose the same.
    let (seed, _) = request_id.as_u64_pair();
    let (_, low) = request_id.as_u64_pair();
    select::select(pool, recent, setup.level, setup.question_count as usize, seed ^ low)
}

async fn insert(
    app: &App,
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
    new: &NewInterview,
    setup: &Setup,
) -> Result<(), Error> {
    let row = interview::ActiveModel {
        id: Set(id),
        user_id: Set(viewer.id),
        request_id: Set(new.request_id),
        field: Set(setup.field.to_string()),
        topics: Set(serde_json::to_value(&setup.topics).or_internal("storing topics")?),
        level: Set(setup.level.to_string()),
        language: Set(setup.language.to_string()),
        mode: Set(setup.mode.to_string()),
        question_count: Set(store::signed(setup.question_count)),
        status: Set(Status::Running.to_string()),
        interviewer: Set(serde_json::to_value(app.interviewer().label()).or_internal("storing a label")?),
        position: Set(0),
        band: Set(None),
        draft: Set(String::new()),
        started_at: Set(app.now()),
        finished_at: Set(None),
        paused_at: Set(None),
        paused_seconds: Set(0),
    };
    interview::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// The bank's questions first; the places that are left are filled by the model when their time comes.
async fn insert_questions(
    connection: &impl ConnectionTrait,
    id: Uuid,
    setup: &Setup,
    questions: &[&Question],
) -> Result<(), Error> {
    let mut rows = Vec::new();
    for position in 0..setup.question_count {
        let question = questions.get(position as usize);
        let json = question.map(serde_json::to_value).transpose().or_internal("storing a question")?;
        let status = if position == 0 { QuestionStatus::Open } else { QuestionStatus::Pending };
        rows.push(interview_question::ActiveModel {
            id: Set(Uuid::now_v7()),
            interview_id: Set(id),
            position: Set(store::signed(position)),
            question_id: Set(question.map(|question| question.id.clone())),
            question: Set(json),
            status: Set(status.to_string()),
        });
    }
    interview_question::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}
