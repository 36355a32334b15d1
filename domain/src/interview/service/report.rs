//! The report on a finished interview.

use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::interview::store::{self, Loaded, MainQuestion};
use crate::interview::{QuestionStatus, ReportQuestion, ReportView, Status, TurnKind, feedback};
use crate::questions::Question;
use crate::viewer::Viewer;
use crate::{Problem, markup};

/// The report.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on.
pub async fn report(app: &App, viewer: &Viewer, id: Uuid) -> Result<ReportView, Error> {
    let loaded = store::read_owned(&app.database, viewer, id).await?;
    if loaded.summary.status != Status::Finished {
        return Err(Problem::OutOfDate.into());
    }
    let questions = loaded
        .questions
        .iter()
        .filter_map(|main| main.question.as_ref().map(|question| report_question(&loaded, main, question)))
        .filter(|question| question.status != QuestionStatus::Pending)
        .collect();
    Ok(ReportView {
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        tally: feedback::tally(loaded.questions.iter().filter_map(|question| question.feedback.as_ref())),
        questions,
        interview: loaded.summary,
    })
}

fn report_question(loaded: &Loaded, main: &MainQuestion, question: &Question) -> ReportQuestion {
    let said = |kind| matches!(kind, TurnKind::Answer | TurnKind::Probe);
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
        turns: loaded
            .turns
            .iter()
            .filter(|turn| turn.view.position == main.position && said(turn.view.kind))
            .map(|turn| turn.view.clone())
            .collect(),
        feedback: main.feedback.clone(),
        feedback_pending: main.feedback_due,
    }
}
