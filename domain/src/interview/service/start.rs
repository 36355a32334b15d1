//! Starting an interview by a setup.

use std::sync::Arc;

use uuid::Uuid;

use super::begin::{Plan, PlannedQuestion, begin_once, begun_before};
use super::recent::{recent_cues, recent_questions};
use crate::app::App;
use crate::error::Error;
use crate::interview::setup::{self, Setup};
use crate::interview::{InterviewerKind, NewInterview, SetupOptions, select};
use crate::material::service::Gathered;
use crate::material::{self, Cue, Link, Material, Statement};
use crate::past_questions::{Aim, Nearness};
use crate::questions::{Question, topic_of};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason, past_questions};

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
    let Gathered { materials, mut aims } =
        material::service::gather(app, viewer, &new.materials, setup.language).await?;
    aims.extend(chosen_company(app, viewer, &setup, new.company.as_deref()).await?);
    let past = past_of(app, &setup, &aims).await?;
    if materials.is_empty() && !new.materials.is_empty() {
        return Err(nothing_to_ask().into());
    }
    let lately = recent_cues(app, viewer).await?;
    let plan = fill_about(app, new.request_id, setup, &recent, &past, materials, &lately).await?;
    begin_once(app, viewer, &plan).await
}

/// The company that was chosen, which has past questions for an interview of that setup.
///
/// # Errors
/// [`Problem::Invalid`] on `company`.
async fn chosen_company(
    app: &App,
    viewer: &Viewer,
    setup: &Setup,
    company: Option<&str>,
) -> Result<Option<Aim>, Error> {
    let Some(company) = company.map(str::trim).filter(|company| !company.is_empty()) else { return Ok(None) };
    let offered = past_questions::service::companies(app, viewer).await?.into_iter().any(|option| {
        option.company == company
            && option.field == setup.field
            && option.available(setup.level, setup.language) > 0
    });
    match offered {
        true => Ok(Some(Aim { company: company.to_owned(), ..Aim::default() })),
        false => Err(Problem::Invalid { field: InputField::Company, reason: Reason::NotOffered }.into()),
    }
}

/// A past question that an interview may ask, and how near it is to what the person applies for.
pub(super) type Past = (Nearness, Arc<Question>);

/// The past questions that an interview of that setup may ask.
///
/// # Errors
/// Internal ones only.
pub(super) async fn past_of(app: &App, setup: &Setup, aims: &[Aim]) -> Result<Vec<Past>, Error> {
    past_questions::service::pool(app, setup.field, setup.language, &setup.topics, aims).await
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
    past: &[Past],
) -> Result<Plan, Problem> {
    let questions = choose(app, &setup, recent, past, request_id);
    if !app.interviewer().makes_questions() {
        setup.question_count = setup.question_count.min(u32::try_from(questions.len()).unwrap_or(u32::MAX));
    }
    if setup.question_count == 0 {
        return Err(Problem::NoQuestions);
    }
    let questions = questions.into_iter().map(Into::into).collect();
    Ok(Plan { request_id, setup, questions, retake_of: None, chat_topic: None, materials: Vec::new() })
}

/// The same with questions about materials among them, as [`material::mix`] has it. `lately` is what the last interviews asked about
/// them. Without materials it is a plan of the bank's questions.
///
/// # Errors
/// As [`fill`], and [`Problem::Invalid`] on `materials` when nothing in them can be asked about.
pub(super) async fn fill_about(
    app: &App,
    request_id: Uuid,
    setup: Setup,
    recent: &[String],
    past: &[Past],
    materials: Vec<Material>,
    lately: &[Cue],
) -> Result<Plan, Error> {
    if materials.is_empty() {
        return Ok(fill(app, request_id, setup, recent, past)?);
    }
    let (materials, statements) = material::service::read(app, materials).await?;
    let found = u32::try_from(statements.len()).unwrap_or(u32::MAX);
    let wanted = material::mix(setup.question_count, found);
    if wanted == 0 {
        return Err(nothing_to_ask().into());
    }
    let chosen = material::select(&statements, lately, wanted as usize, seed(request_id));
    let about = chosen.iter().filter_map(|chosen| {
        let statement = statements.get(chosen.statement)?;
        about_statement(app, &setup, &materials, statement, chosen.link)
    });
    let about: Vec<PlannedQuestion> = about.collect();
    let left = setup.question_count - u32::try_from(about.len()).unwrap_or(setup.question_count);
    let of_bank = Setup { question_count: left, ..setup.clone() };
    let of_bank = choose(app, &of_bank, recent, past, request_id).into_iter().map(Into::into);
    let questions = alternating(about, of_bank.collect());
    let question_count = match app.interviewer().makes_questions() {
        true => setup.question_count,
        false => u32::try_from(questions.len()).unwrap_or(setup.question_count),
    };
    let setup = Setup { question_count, ..setup };
    Ok(Plan { request_id, setup, questions, retake_of: None, chat_topic: None, materials })
}

const fn nothing_to_ask() -> Problem {
    Problem::Invalid { field: InputField::Materials, reason: Reason::NothingToAsk }
}

/// The question that rules ask about a statement. With a model it is put into other words when its time comes.
fn about_statement(
    app: &App,
    setup: &Setup,
    materials: &[Material],
    statement: &Statement,
    link: Link,
) -> Option<PlannedQuestion> {
    let label = app.interviewer().label();
    let cue = Cue {
        material: u32::try_from(statement.material).ok()?,
        kind: statement.kind,
        title: materials.get(statement.material)?.title.clone(),
        quote: statement.quote.clone(),
        link,
        by: (label.kind == InterviewerKind::Builtin).then_some(label),
        instead_of_model: None,
    };
    let question = material::about(link, setup.language, setup.level)?;
    Some(PlannedQuestion { question_id: None, question, cue: Some(cue) })
}

/// One of the first, one of the second, and what is left of either at the end.
fn alternating(first: Vec<PlannedQuestion>, second: Vec<PlannedQuestion>) -> Vec<PlannedQuestion> {
    let mut all = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    loop {
        match (first.next(), second.next()) {
            (None, None) => return all,
            (one, other) => all.extend(one.into_iter().chain(other)),
        }
    }
}

/// The form's own id is the seed: sending it again would choose the same.
const fn seed(request_id: Uuid) -> u64 {
    let (high, low) = request_id.as_u64_pair();
    high ^ low
}

fn choose<'a>(
    app: &'a App,
    setup: &Setup,
    recent: &[String],
    past: &'a [Past],
    request_id: Uuid,
) -> Vec<&'a Question> {
    let pool = app.bank.questions(setup.language, Some(setup.field), None, None).map(AsRef::as_ref).filter(
        |question: &&Question| {
            setup.topics.is_empty() || setup.topics.iter().any(|topic| topic == topic_of(&question.id))
        },
    );
    let bank: Vec<&Question> = pool.collect();
    let past: Vec<(Nearness, &Question)> =
        past.iter().map(|(near, question)| (*near, question.as_ref())).collect();
    select::mix(&bank, &past, recent, setup.level, setup.question_count as usize, seed(request_id))
}
