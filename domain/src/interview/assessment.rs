//! Judging the answers to a question once it is closed. Owed from the moment the question closes, written as soon as it can be.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::speech::interviewer_of;
use super::store::{self, LEASE, Loaded, MainQuestion};
use super::{
    AssessmentBrief, Band, CriterionFeedback, Feedback, Rating, Speaker, Status, TurnKind, Utterance, asked,
    feedback, steps,
};
use crate::ModelFailure;
use crate::app::App;
use crate::entities::{interview, interview_question};
use crate::error::{Error, OrInternal};
use crate::questions::Question;
use crate::rubric::rubric;

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
    let due: Vec<Uuid> = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.eq(interview))
        .filter(interview_question::Column::FeedbackDue.eq(true))
        .select_only()
        .column(interview_question::Column::Id)
        .into_tuple()
        .all(app.database.writer())
        .await?;
    for question in due {
        if claim(app, question).await? {
            write(app, interview, question).await?;
        }
    }
    Ok(())
}

/// Takes the judgement for this task, unless another one is at it.
async fn claim(app: &App, question: Uuid) -> Result<bool, Error> {
    let now = app.now();
    let claimed = interview_question::Entity::update_many()
        // A judgement by a model may take a minute, with its repair two.
        .col_expr(interview_question::Column::LeasedUntil, Expr::value(now + LEASE * 8))
        .filter(interview_question::Column::Id.eq(question))
        .filter(interview_question::Column::FeedbackDue.eq(true))
        .filter(
            Condition::any()
                .add(interview_question::Column::LeasedUntil.is_null())
                .add(interview_question::Column::LeasedUntil.lt(now)),
        )
        .exec(app.database.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

async fn write(app: &App, interview: Uuid, id: Uuid) -> Result<(), Error> {
    let loaded = store::read_any(&app.database, interview).await?;
    let Some(main) = loaded.questions.iter().find(|question| question.id == id) else { return Ok(()) };
    let feedback = match &main.question {
        Some(question) => Some(judge(app, &loaded, main, question).await),
        None => None,
    };
    let json = feedback.as_ref().map(serde_json::to_value).transpose().or_internal("storing feedback")?;
    // The result belongs to the last judgement: a crash in between would leave the interview without one for ever.
    let transaction = app.database.begin().await?;
    asked::judged(&transaction, interview, id, feedback.as_ref(), app.now()).await?;
    interview_question::Entity::update_many()
        .col_expr(interview_question::Column::Feedback, Expr::value(json))
        .col_expr(interview_question::Column::FeedbackDue, Expr::value(false))
        .filter(interview_question::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    settle(&transaction, interview).await?;
    transaction.commit().await?;
    app.rooms.enter(interview).notify();
    Ok(())
}

async fn judge(app: &App, loaded: &Loaded, main: &MainQuestion, question: &Question) -> Feedback {
    let feedback = judge_answers(app, loaded, main, question).await;
    let probed = loaded.answers(main.position).len() > 1 && feedback.band != Band::Unjudged;
    let band_before_probes = probed.then(|| feedback::band_before_probes(&feedback.points));
    Feedback { band_before_probes, ..feedback }
}

async fn judge_answers(app: &App, loaded: &Loaded, main: &MainQuestion, question: &Question) -> Feedback {
    let answers = loaded.answers(main.position);
    let coverages = steps::coverages(question, &answers);
    let builtin = match coverages.last() {
        Some(coverage) => feedback::from_coverage(question, coverage),
        None => feedback::from_coverage(
            question,
            &crate::scoring::cover(&crate::scoring::KeyPoints::new(question), &[]),
        ),
    };
    let brief = AssessmentBrief {
        level: loaded.summary.level,
        language: loaded.summary.language,
        question: question.clone(),
        exchange: exchange(loaded, main.position),
        answers: answers.into_iter().map(str::to_owned).collect(),
        builtin: builtin.clone(),
    };
    let interviewer = interviewer_of(app, &loaded.summary.interviewer);
    let (assessed, rated) = tokio::join!(interviewer.assess(&brief), interviewer.rate(&brief));
    match assessed {
        Ok(feedback) => Feedback { rating: rating(rated), ..feedback },
        Err(failure) => {
            tracing::warn!(interview = %loaded.row.id, ?failure, "the model gave no judgement; the built-in one stands in");
            Feedback { instead_of_model: Some(failure), ..builtin }
        }
    }
}

/// None from an interviewer that does not rate, or when there was nothing to rate.
fn rating(rated: Result<Vec<CriterionFeedback>, ModelFailure>) -> Option<Rating> {
    let (criteria, failure) = match rated {
        Ok(criteria) if criteria.is_empty() => return None,
        Ok(criteria) => (criteria, None),
        Err(failure) => (Vec::new(), Some(failure)),
    };
    Some(Rating { rubric: rubric().version.clone(), criteria, failure })
}

/// The question, the answers and the probes, oldest first.
fn exchange(loaded: &Loaded, position: u32) -> Vec<Utterance> {
    let counts = |kind| matches!(kind, TurnKind::Question | TurnKind::Probe | TurnKind::Answer);
    loaded
        .turns
        .iter()
        .filter(|turn| turn.view.position == position && counts(turn.view.kind))
        .map(|turn| Utterance {
            by_candidate: turn.view.speaker == Speaker::Candidate,
            text: turn.view.text.clone(),
        })
        .collect()
}

/// Sets the overall result once the interview is over and all feedback is there. It joins the transaction that ends the interview
/// or writes feedback, and locks the interview: of two that end at once, the second sees what the first wrote.
///
/// # Errors
/// Internal ones only.
pub async fn settle(transaction: &DatabaseTransaction, interview: Uuid) -> Result<(), Error> {
    let loaded = store::lock_any(transaction, interview).await?;
    let finished = loaded.summary.status == Status::Finished;
    if !finished || loaded.questions.iter().any(|question| question.feedback_due) {
        return Ok(());
    }
    let bands: Vec<_> = loaded
        .questions
        .iter()
        .map(|question| (question.status, question.feedback.as_ref().map(|feedback| feedback.band)))
        .collect();
    interview::Entity::update_many()
        .col_expr(interview::Column::Band, Expr::value(feedback::overall(&bands).as_str()))
        .filter(interview::Column::Id.eq(interview))
        .exec(transaction)
        .await?;
    Ok(())
}
