//! Beginning an interview, whatever it was asked for by: one unit, one row, one task, or nothing.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
};
use uuid::Uuid;

use crate::app::App;
use crate::entities::{interview, interview_question};
use crate::error::{Error, OrInternal};
use crate::interview::setup::Setup;
use crate::interview::store::{self, NewTurn};
use crate::interview::{QuestionStatus, Status, TurnKind, speech};
use crate::questions::Question;
use crate::quotas;
use crate::quotas::LimitedAction;
use crate::viewer::Viewer;

/// An interview that can be held.
pub(crate) struct Plan {
    pub request_id: Uuid,
    pub setup: Setup,
    /// In the order in which they are asked. The places that are left are filled by the model when their time comes.
    pub questions: Vec<PlannedQuestion>,
    pub retake_of: Option<Uuid>,
    /// For one that the chat opens: its topic as it was typed.
    pub chat_topic: Option<String>,
}

impl Plan {
    /// Whose allowance pays for the interview: that of one action, never of two.
    const fn action(&self) -> LimitedAction {
        match self.chat_topic {
            Some(_) => LimitedAction::Chat,
            None => LimitedAction::Interview,
        }
    }
}

/// A question that an interview will ask.
pub(crate) struct PlannedQuestion {
    /// The bank's id; none when a model made it.
    pub question_id: Option<String>,
    pub question: Question,
}

impl From<&Question> for PlannedQuestion {
    /// A question of the bank.
    fn from(question: &Question) -> Self {
        Self { question_id: Some(question.id.clone()), question: question.clone() }
    }
}

/// An interview that was begun, and the turn that opens it.
pub(crate) struct Begun {
    pub id: Uuid,
    pub turn: Uuid,
}

impl Begun {
    /// Lets the interviewer speak, once the transaction that began the interview is committed.
    pub fn speak(&self, app: &App) {
        speech::spawn(app, self.id, self.turn);
    }
}

/// The interview that was begun by a request, if it was.
pub(crate) async fn begun_before(
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

/// Begins an interview and returns its id. The interviewer begins to speak by itself. The same request id gives the same interview.
///
/// # Errors
/// [`crate::Problem::QuotaReached`].
pub(super) async fn begin_once(app: &App, viewer: &Viewer, plan: &Plan) -> Result<Uuid, Error> {
    let transaction = app.database.begin().await?;
    if let Some(id) = begun_before(&transaction, viewer, plan.request_id).await? {
        return Ok(id);
    }
    match begin(app, &transaction, viewer, plan).await {
        Ok(begun) => {
            transaction.commit().await?;
            begun.speak(app);
            Ok(begun.id)
        }
        Err(error @ Error::Problem(_)) => Err(error),
        // Two equal requests at the same moment, on two nodes: the other one has it, and the unit taken here is rolled back.
        Err(error) => {
            transaction.rollback().await?;
            begun_before(app.database.writer(), viewer, plan.request_id).await?.ok_or(error)
        }
    }
}

/// Takes the unit and writes everything that an interview begins with. It joins the transaction of what it is begun for.
///
/// # Errors
/// [`crate::Problem::QuotaReached`].
pub(crate) async fn begin(
    app: &App,
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    plan: &Plan,
) -> Result<Begun, Error> {
    let id = Uuid::now_v7();
    quotas::service::take(app, transaction, viewer, plan.action(), id).await?;
    insert(app, transaction, viewer, id, plan).await?;
    insert_questions(transaction, id, plan).await?;
    let first = NewTurn::by_interviewer(0, TurnKind::Question);
    let turn = store::add_turn(transaction, id, 0, first, app.now()).await?;
    Ok(Begun { id, turn })
}

async fn insert(
    app: &App,
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
    plan: &Plan,
) -> Result<(), Error> {
    let setup = &plan.setup;
    let row = interview::ActiveModel {
        id: Set(id),
        user_id: Set(viewer.id),
        request_id: Set(plan.request_id),
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
        retake_of: Set(plan.retake_of),
        chat_topic: Set(plan.chat_topic.clone()),
        imported: Set(false),
    };
    interview::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

async fn insert_questions(connection: &impl ConnectionTrait, id: Uuid, plan: &Plan) -> Result<(), Error> {
    let mut rows = Vec::new();
    for position in 0..plan.setup.question_count {
        let planned = plan.questions.get(position as usize);
        let json = planned.map(|planned| serde_json::to_value(&planned.question)).transpose();
        let status = if position == 0 { QuestionStatus::Open } else { QuestionStatus::Pending };
        rows.push(interview_question::ActiveModel {
            id: Set(Uuid::now_v7()),
            interview_id: Set(id),
            position: Set(store::signed(position)),
            question_id: Set(planned.and_then(|planned| planned.question_id.clone())),
            question: Set(json.or_internal("storing a question")?),
            status: Set(status.to_string()),
        });
    }
    interview_question::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}
