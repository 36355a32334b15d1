//! Holding an interview once more, and interviews on chosen questions.

use uuid::Uuid;

use super::begin::{Plan, PlannedQuestion, begin_once, begun_before};
use super::recent::{recent_cues, recent_questions};
use super::start::{fill, fill_about, past_of};
use crate::app::App;
use crate::error::Error;
use crate::interview::setup::Setup;
use crate::interview::store::{self, Loaded, MainQuestion};
use crate::interview::{
    CONFIDENT_QUESTIONS, Mode, NewPractice, QUESTIONS_MAX, Retake, RetakeQuestions, Status,
};
use crate::material::{self, Material};
use crate::questions::Language;
use crate::questions::service::{Known, known};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Holds a finished interview once more and returns the id of the new one. The same request id gives the same interview.
///
/// # Errors
/// [`Problem::NotFound`], also for a position without a question; [`Problem::OutOfDate`] while the interview goes on;
/// [`Problem::NoQuestions`], [`Problem::QuotaReached`].
pub async fn retake(app: &App, viewer: &Viewer, id: Uuid, retake: Retake) -> Result<Uuid, Error> {
    let before = store::read_owned(&app.database, viewer, id).await?;
    if before.summary.status != Status::Finished {
        return Err(Problem::OutOfDate.into());
    }
    if let Some(id) = begun_before(app.database.reader(), viewer, retake.request_id).await? {
        return Ok(id);
    }
    let setup = setup_of(&before);
    let plan = match retake.questions {
        RetakeQuestions::Same => {
            let plan = again(app, &before, retake.request_id, setup, before.questions.iter())?;
            Plan { materials: materials_of(app, &before).await?, ..plan }
        }
        RetakeQuestions::Question(position) => {
            let asked = before.questions.iter().find(|main| main.position == position);
            let asked = asked.filter(|main| main.question.is_some()).ok_or(Problem::NotFound)?;
            let plan = again(app, &before, retake.request_id, setup, std::iter::once(asked))?;
            // What one question of the bank is asked for has nothing to do with the material.
            match plan.questions.iter().any(|planned| planned.cue.is_some()) {
                true => Plan { materials: materials_of(app, &before).await?, ..plan },
                false => plan,
            }
        }
        RetakeQuestions::New => {
            let recent = recent_with(app, viewer, &before).await?;
            let past = past_of(app, &setup, &[]).await?;
            let materials = materials_of(app, &before).await?;
            let lately = recent_cues(app, viewer).await?;
            fill_about(app, retake.request_id, setup, &recent, &past, materials, &lately).await?
        }
        RetakeQuestions::Topic(topic) => {
            let known = app.bank.topic(&topic).is_some_and(|topic| topic.field == setup.field);
            if !known {
                return Err(Problem::NoQuestions.into());
            }
            let setup = Setup { topics: vec![topic], question_count: CONFIDENT_QUESTIONS, ..setup };
            let recent = recent_with(app, viewer, &before).await?;
            let past = past_of(app, &setup, &[]).await?;
            fill(app, retake.request_id, setup, &recent, &past)?
        }
    };
    begin_once(app, viewer, &Plan { retake_of: Some(id), ..plan }).await
}

fn setup_of(before: &Loaded) -> Setup {
    let summary = &before.summary;
    Setup {
        field: summary.field,
        topics: summary.topics.clone(),
        level: summary.level,
        language: summary.language,
        question_count: summary.question_count,
        mode: summary.mode,
    }
}

/// A plan of questions that were asked before. A place that was never filled is left out.
fn again<'a>(
    app: &App,
    loaded: &Loaded,
    request_id: Uuid,
    setup: Setup,
    before: impl Iterator<Item = &'a MainQuestion>,
) -> Result<Plan, Problem> {
    let language = setup.language;
    let questions: Vec<PlannedQuestion> =
        before.filter_map(|main| asked_again(app, loaded, main, language)).collect();
    let question_count = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    match question_count {
        0 => Err(Problem::NoQuestions),
        _ => {
            let setup = Setup { question_count, ..setup };
            Ok(Plan {
                request_id,
                setup,
                questions,
                retake_of: None,
                chat_topic: None,
                materials: Vec::new(),
            })
        }
    }
}

/// The texts that an interview was about. Those that came out of a file are left there: no model is told what anybody may have written.
async fn materials_of(app: &App, before: &Loaded) -> Result<Vec<Material>, Error> {
    match before.row.imported {
        true => Ok(Vec::new()),
        false => material::service::load(app.database.reader(), before.row.id).await,
    }
}

/// The question as the bank has it now; as it was asked when a model made it or it has left the bank. One that was imported is only
/// asked as the bank has it: what it says there stands among the rules of a prompt, and anybody can have written the file.
fn asked_again(
    app: &App,
    loaded: &Loaded,
    main: &MainQuestion,
    language: Language,
) -> Option<PlannedQuestion> {
    let stored = main.question.as_ref()?;
    let banked = main.question_id.as_deref().and_then(|id| app.bank.get(id, language));
    let question = match banked {
        Some(banked) => banked.as_ref().clone(),
        None if loaded.row.imported => return None,
        None => stored.clone(),
    };
    // What it was about is left where it came from, too.
    let cue = main.cue.clone().filter(|_| !loaded.row.imported);
    Some(PlannedQuestion { question_id: main.question_id.clone(), question, cue })
}

/// The questions of the person's last interviews, those of this one the last to come again.
async fn recent_with(app: &App, viewer: &Viewer, before: &Loaded) -> Result<Vec<String>, Error> {
    let mut recent: Vec<String> =
        before.questions.iter().filter_map(|main| main.question_id.clone()).collect();
    recent.extend(recent_questions(app, viewer).await?);
    Ok(recent)
}

/// Starts an interview on chosen questions of the bank, or on past questions. The same request id gives the same interview.
///
/// # Errors
/// [`Problem::Invalid`] on the number of questions, the language or the mode; [`Problem::NoQuestions`] when the bank does not have one
/// of them; [`Problem::QuotaReached`].
pub async fn practise(app: &App, viewer: &Viewer, new: NewPractice) -> Result<Uuid, Error> {
    if let Some(id) = begun_before(app.database.reader(), viewer, new.request_id).await? {
        return Ok(id);
    }
    begin_once(app, viewer, &practice(app, &new).await?).await
}

/// The plan of an interview on chosen questions. Its field and level are those of the first.
///
/// # Errors
/// As [`practise`].
pub(crate) async fn practice(app: &App, new: &NewPractice) -> Result<Plan, Error> {
    let not_offered = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    let language: Language = new.language.parse().map_err(|_| not_offered(InputField::Language))?;
    let mode: Mode = new.mode.parse().map_err(|_| not_offered(InputField::Mode))?;
    let mut question_ids: Vec<&str> = Vec::new();
    for id in new.question_ids.iter().map(String::as_str) {
        if !question_ids.contains(&id) {
            question_ids.push(id);
        }
        if question_ids.len() > QUESTIONS_MAX as usize {
            return Err(not_offered(InputField::QuestionCount).into());
        }
    }
    let mut questions: Vec<Known> = Vec::with_capacity(question_ids.len());
    for id in question_ids {
        let known = known(app, app.database.reader(), id, language).await?;
        questions.push(known.ok_or(Problem::NoQuestions)?);
    }
    let first = questions.first().ok_or(not_offered(InputField::QuestionCount))?;
    let mut topics: Vec<String> = Vec::new();
    for topic in questions.iter().filter_map(|known| known.topic.as_ref()) {
        if !topics.contains(topic) {
            topics.push(topic.clone());
        }
    }
    let setup = Setup {
        field: first.field,
        topics,
        level: first.question.level,
        language,
        question_count: u32::try_from(questions.len()).unwrap_or(u32::MAX),
        mode,
    };
    let questions = questions.iter().map(|known| known.question.as_ref().into()).collect();
    Ok(Plan {
        request_id: new.request_id,
        setup,
        questions,
        retake_of: None,
        chat_topic: None,
        materials: Vec::new(),
    })
}
