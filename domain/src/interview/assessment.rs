//! Writing the judgements that are owed: from the moment a question closes or somebody asks again, as soon as it can be.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::judge::judge;
use super::store::{self, LEASE};
use super::{Status, asked, feedback};
use crate::app::App;
use crate::entities::{assessment, interview};
use crate::error::{Error, OrInternal};

/// Writes the feedback that an interview owes, in the background, whether or not anybody waits for it.
pub fn spawn_due(app: &App, interview: Uuid) -> JoinHandle<()> {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        if let Err(Error::Internal(error)) = write_due(&app, interview).await {
            tracing::error!(%interview, error = format!("{error:#}"), "feedback could not be written");
        }
    })
}

/// Writes the feedback that an interview owes.
///
/// # Errors
/// Internal ones only. A model that fails is not one: the built-in interviewer judges in its place, and says so.
async fn write_due(app: &App, interview: Uuid) -> Result<(), Error> {
    let due: Vec<Uuid> = assessment::Entity::find()
        .filter(assessment::Column::InterviewId.eq(interview))
        .filter(assessment::Column::Due.eq(true))
        .select_only()
        .column(assessment::Column::Id)
        .into_tuple()
        .all(app.database.writer())
        .await?;
    for assessment in due {
        if claim(app, assessment).await? {
            write(app, interview, assessment).await?;
        }
    }
    Ok(())
}

/// Takes the judgement for this task, unless another one is at it.
async fn claim(app: &App, assessment: Uuid) -> Result<bool, Error> {
    let now = app.now();
    let claimed = assessment::Entity::update_many()
        // A judgement by a model may take a minute, with its repair two.
        .col_expr(assessment::Column::LeasedUntil, Expr::value(now + LEASE * 8))
        .filter(assessment::Column::Id.eq(assessment))
        .filter(assessment::Column::Due.eq(true))
        .filter(
            Condition::any()
                .add(assessment::Column::LeasedUntil.is_null())
                .add(assessment::Column::LeasedUntil.lt(now)),
        )
        .exec(app.database.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

async fn write(app: &App, interview: Uuid, id: Uuid) -> Result<(), Error> {
    let loaded = store::read_any(&app.database, interview).await?;
    let Some((main, due)) = loaded.assessment(id) else { return Ok(()) };
    let Some(question) = &main.question else { return Ok(()) };
    let (feedback, reply) = judge(app, &loaded, main, question, due).await?;
    let storing = "storing a judgement";
    // The result belongs to the last judgement: a crash in between would leave the interview without one for ever.
    let transaction = app.database.begin().await?;
    asked::judged(&transaction, interview, main.position, &feedback, app.now()).await?;
    assessment::Entity::update_many()
        .col_expr(
            assessment::Column::Feedback,
            Expr::value(serde_json::to_value(&feedback).or_internal(storing)?),
        )
        .col_expr(assessment::Column::Band, Expr::value(feedback.band.as_str()))
        .col_expr(
            assessment::Column::Reply,
            Expr::value(reply.map(serde_json::to_value).transpose().or_internal(storing)?),
        )
        .col_expr(assessment::Column::Due, Expr::value(false))
        .filter(assessment::Column::Id.eq(id))
        // What is written stays: a worker that was too slow may be second.
        .filter(assessment::Column::Due.eq(true))
        .exec(&transaction)
        .await?;
    settle(&transaction, interview).await?;
    transaction.commit().await?;
    app.rooms.enter(interview).notify();
    Ok(())
}

/// Sets the overall result once the interview is over and all feedback is there. It joins the transaction that ends the interview
/// or writes feedback, and locks the interview: of two that end at once, the second sees what the first wrote.
///
/// # Errors
/// Internal ones only.
pub async fn settle(transaction: &DatabaseTransaction, interview: Uuid) -> Result<(), Error> {
    let loaded = store::lock_any(transaction, interview).await?;
    let finished = loaded.summary.status == Status::Finished;
    if !finished || loaded.questions.iter().any(store::MainQuestion::is_feedback_due) {
        return Ok(());
    }
    let bands: Vec<_> = loaded
        .questions
        .iter()
        .map(|question| (question.status, question.feedback().map(|feedback| feedback.band)))
        .collect();
    interview::Entity::update_many()
        .col_expr(interview::Column::Band, Expr::value(feedback::overall(&bands).as_str()))
        .filter(interview::Column::Id.eq(interview))
        .exec(transaction)
        .await?;
    Ok(())
}
