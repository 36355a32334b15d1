//! The report on a finished interview.

use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::interview::export::{EXPORT_FORMAT, QuestionExport, ReportExport};
use crate::interview::store::{self, Loaded, MainQuestion};
use crate::interview::{
    Numbers, QuestionStatus, ReportQuestion, ReportView, Status, TurnKind, TurnView, feedback, rating,
};
use crate::questions::Question;
use crate::viewer::Viewer;
use crate::{Problem, markup, score_check};

/// The report.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on.
pub async fn report(app: &App, viewer: &Viewer, id: Uuid) -> Result<ReportView, Error> {
    let loaded = store::read_owned(&app.database, viewer, id).await?;
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
    Ok(ReportView {
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        tally: feedback::tally(loaded.questions.iter().filter_map(|question| question.feedback.as_ref())),
        questions,
        interview: loaded.summary,
    })
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
    Ok(match score_check::service::last(app, &rated.by).await? {
        Some(last) if last.check.scorer != rated.by => Numbers::Unchecked,
        Some(last) if last.check.shows_numbers() => Numbers::Shown,
        Some(_) => Numbers::Unreliable,
        None => Numbers::Unchecked,
    })
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
        turns: said(loaded, main),
        rating: main.feedback.as_ref().and_then(|feedback| rating::view(feedback, question, numbers)),
        feedback: main.feedback.clone(),
        feedback_pending: main.feedback_due,
    }
}
