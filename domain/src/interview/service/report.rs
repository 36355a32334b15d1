//! The report on a finished interview.

use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::interview::export::{EXPORT_FORMAT, QuestionExport, ReportExport};
use crate::interview::store::{self, Loaded, MainQuestion};
use crate::interview::{
    Competency, Numbers, QuestionStatus, ReportQuestion, ReportView, Status, TurnKind, TurnView, advice,
    feedback, pace, rating,
};
use crate::questions::{Question, Topic, topic_of};
use crate::viewer::Viewer;
use crate::{Problem, markup, score_check};

/// The report.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on.
pub async fn report(app: &App, viewer: &Viewer, id: Uuid) -> Result<ReportView, Error> {
    assemble(app, store::read_owned(&app.database, viewer, id).await?).await
}

/// The report on an interview that whoever asks may see.
pub(crate) async fn assemble(app: &App, loaded: Loaded) -> Result<ReportView, Error> {
    if loaded.summary.status != Status::Finished {
        return Err(Problem::OutOfDate.into());
    }
    let numbers = numbers(app, &loaded).await?;
    let questions = loaded
        .questions
        .iter()
        .filter_map(|main| {
            main.question.as_ref().map(|question| report_question(&loaded, main, question, numbers))
        })
        .filter(|question| question.status != QuestionStatus::Pending)
        .collect();
    let outcomes: Vec<_> =
        loaded.questions.iter().map(|main| (main.position, main.status, main.feedback.as_ref())).collect();
    Ok(ReportView {
        competencies: competencies(app, &loaded),
        advice: advice::advice(&outcomes),
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        tally: feedback::tally(loaded.questions.iter().filter_map(|question| question.feedback.as_ref())),
        questions,
        interview: loaded.summary,
    })
}

/// How far each topic was explained.
fn competencies(app: &App, loaded: &Loaded) -> Vec<Competency> {
    let mut by_topic: Vec<(Option<&Topic>, Vec<feedback::Outcome>)> = Vec::new();
    let asked = loaded.questions.iter().filter(|main| main.status != QuestionStatus::Pending);
    for main in asked {
        let topic = main.question_id.as_deref().and_then(|id| app.bank.topic(topic_of(id)));
        let outcome = (main.status, main.feedback.as_ref().map(|feedback| feedback.band));
        match by_topic.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => by_topic.push((topic, vec![outcome])),
        }
    }
    by_topic
        .into_iter()
        .map(|(topic, outcomes)| Competency {
            topic: topic.cloned(),
            band: feedback::overall(&outcomes),
            questions: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        })
        .collect()
}

/// The report to take away.
///
/// # Errors
/// As [`report`].
pub async fn export(app: &App, viewer: &Viewer, id: Uuid) -> Result<ReportExport, Error> {
    let loaded = store::read_owned(&app.database, viewer, id).await?;
    if loaded.summary.status != Status::Finished {
        return Err(Problem::OutOfDate.into());
    }
    let numbers = numbers(app, &loaded).await?;
    let questions = loaded.questions.iter().filter(|main| main.status != QuestionStatus::Pending);
    let questions = questions.filter_map(|main| {
        let question = main.question.as_ref()?;
        Some(QuestionExport {
            position: main.position,
            status: main.status,
            question_id: main.question_id.clone(),
            question: question.question.clone(),
            level: question.level,
            kind: question.kind,
            intent: question.intent.clone(),
            model_answer: question.model_answer.clone(),
            misconception: question.misconception.clone(),
            sources: question.sources.clone(),
            turns: said(&loaded, main),
            rating: main.feedback.as_ref().and_then(|feedback| rating::view(feedback, question, numbers)),
            feedback: main.feedback.clone(),
        })
    });
    Ok(ReportExport {
        format: EXPORT_FORMAT,
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        questions: questions.collect(),
        interview: loaded.summary.clone(),
    })
}

/// Everything that was said about a question, the question itself included.
fn conversation(loaded: &Loaded, main: &MainQuestion) -> Vec<TurnView> {
    let turns = loaded.turns.iter().filter(|turn| turn.view.position == main.position);
    turns.map(|turn| turn.view.clone()).collect()
}

/// The answers to a question and the probes, in order.
fn said(loaded: &Loaded, main: &MainQuestion) -> Vec<TurnView> {
    loaded
        .turns
        .iter()
        .filter(|turn| turn.view.position == main.position)
        .filter(|turn| matches!(turn.view.kind, TurnKind::Answer | TurnKind::Probe))
        .map(|turn| turn.view.clone())
        .collect()
}

/// Whether the levels of this interview may be shown as numbers: what its scorer reached in its last check.
async fn numbers(app: &App, loaded: &Loaded) -> Result<Numbers, Error> {
    let rated = loaded.questions.iter().filter_map(|question| question.feedback.as_ref());
    let Some(rated) = rated.into_iter().find(|feedback| feedback.rating.is_some()) else {
        return Ok(Numbers::Unchecked);
    };
    score_check::service::numbers(app, &rated.by).await
}

fn report_question(
    loaded: &Loaded,
    main: &MainQuestion,
    question: &Question,
    numbers: Numbers,
) -> ReportQuestion {
    ReportQuestion {
        position: main.position,
        status: main.status,
        question_id: main.question_id.clone(),
        question: question.question.clone(),
        level: question.level,
        kind: question.kind,
        intent_html: markup::render(&question.intent),
        model_answer_html: markup::render(&question.model_answer),
        misconception_html: markup::render(&question.misconception),
        sources: question.sources.clone(),
        pace: pace::pace(&conversation(loaded, main), loaded.row.paused_seconds > 0),
        turns: said(loaded, main),
        rating: main.feedback.as_ref().and_then(|feedback| rating::view(feedback, question, numbers)),
        feedback: main.feedback.clone(),
        feedback_pending: main.feedback_due,
    }
}
