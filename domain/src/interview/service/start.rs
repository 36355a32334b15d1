//! Starting an interview by a setup.

use std::sync::Arc;

use uuid::Uuid;

use super::begin::{Plan, begin_once, begun_before};
use super::recent::recent_questions;
use crate::app::App;
use crate::error::Error;
use crate::interview::setup::{self, Setup};
use crate::interview::{NewInterview, SetupOptions, select};
use crate::questions::{Question, topic_of};
use crate::viewer::Viewer;
use crate::{Problem, past_questions};

/// What can be set up here and now.
pub fn setup_options(app: &App) -> SetupOptions {
    setup::options(app)
}

/// Starts an interview and returns its id. The interviewer begins to speak by itself. The same request id gives the same interview.
///
/// # Errors
/// [`Problem::Invalid`] on a field of the setup, [`Problem::NoQuestions`], [`Problem::QuotaReached`].
pub async fn start(app: &App, viewer: &Viewer, new: NewInterview) -> Result<Uuid, Error> {
    if let Some(id) = begun_before(app.database.reader(), viewer, new.request_id).await? {
        return Ok(id);
    }
    let setup = setup::parse(&setup::options(app), &new)?;
    let recent = recent_questions(app, viewer).await?;
    let past = past_of(app, &setup).await?;
    begin_once(app, viewer, &fill(app, new.request_id, setup, &recent, &past)?).await
}

/// The past questions that an interview of that setup may ask.
///
/// # Errors
/// Internal ones only.
pub(super) async fn past_of(app: &App, setup: &Setup) -> Result<Vec<Arc<Question>>, Error> {
    past_questions::service::pool(app, setup.field, setup.language, &setup.topics).await
}

/// A plan of questions that fit a setup: as many as it wants, or as there are when no model makes more. `recent` are questions that come
/// only when nothing else is left, `past` the past questions that may be among them.
///
/// # Errors
/// [`Problem::NoQuestions`] when there is none at all.
pub(super) fn fill(
    app: &App,
    request_id: Uuid,
    mut setup: Setup,
    recent: &[String],
    past: &[Arc<Question>],
) -> Result<Plan, Problem> {
    let questions = choose(app, &setup, recent, past, request_id);
    if !app.interviewer().makes_questions() {
        setup.question_count = setup.question_count.min(u32::try_from(questions.len()).unwrap_or(u32::MAX));
    }
    if setup.question_count == 0 {
        return Err(Problem::NoQuestions);
    }
    let questions = questions.into_iter().map(Into::into).collect();
    Ok(Plan { request_id, setup, questions, retake_of: None, chat_topic: None })
}

fn choose<'a>(
    app: &'a App,
    setup: &Setup,
    recent: &[String],
    past: &'a [Arc<Question>],
    request_id: Uuid,
) -> Vec<&'a Question> {
    let pool = app.bank.questions(setup.language, Some(setup.field), None, None).map(AsRef::as_ref).filter(
        |question: &&Question| {
            setup.topics.is_empty() || setup.topics.iter().any(|topic| topic == topic_of(&question.id))
        },
    );
    // The form's own id is the seed: sending it again would choose the same.
    let (high, low) = request_id.as_u64_pair();
    let (bank, past): (Vec<&Question>, Vec<&Question>) =
        (pool.collect(), past.iter().map(AsRef::as_ref).collect());
    select::mix(&bank, &past, recent, setup.level, setup.question_count as usize, high ^ low)
}
