//! The report on a finished interview.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::app::App;
use crate::entities::{material_check, overrides};
use crate::error::{Error, OrInternal};
use crate::interview::asked::Asked;
use crate::interview::export::{EXPORT_FORMAT, QuestionExport, ReportExport};
use crate::interview::store::{self, Assessment, Loaded, MainQuestion};
use crate::interview::{
    AssessmentResult, AssessmentView, Competency, Feedback, Numbers, OwnPart, QuestionStatus, ReportQuestion,
    ReportView, Status, TurnKind, TurnView, advice, feedback, pace, rating,
};
use crate::material::{self, Compared, MaterialReport};
use crate::notebook::Mark;
use crate::questions::{Question, Topic, topic_of};
use crate::viewer::Viewer;
use crate::{Problem, markup, notebook, score_check};

/// The report, with what only its owner sees.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on.
pub async fn report(app: &App, viewer: &Viewer, id: Uuid) -> Result<ReportView, Error> {
    let loaded = store::read_owned(&app.database, viewer, id).await?;
    let mut own = own_parts(app, viewer, &loaded).await?;
    let mut report = assemble(app, loaded).await?;
    for question in &mut report.questions {
        question.own = own.remove(&question.position);
    }
    Ok(report)
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
        .filter_map(|main| Some(report_question(&loaded, main, main.question.as_ref()?, numbers)))
        .filter(|question| question.status != QuestionStatus::Pending)
        .collect();
    let outcomes: Vec<_> =
        loaded.questions.iter().map(|main| (main.position, main.status, main.feedback())).collect();
    Ok(ReportView {
        competencies: competencies(app, &loaded),
        advice: advice::advice(&outcomes),
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        tally: feedback::tally(loaded.questions.iter().filter_map(|question| question.feedback())),
        questions,
        material: material_report(app, loaded.row.id).await?,
        interview: loaded.summary,
    })
}

/// What the interview was about besides its field, and where that and the answers may not agree.
pub(super) async fn material_report(app: &App, interview: Uuid) -> Result<Option<MaterialReport>, Error> {
    let connection = app.database.reader();
    let Some(check) = material_check::Entity::find_by_id(interview).one(connection).await? else {
        return Ok(None);
    };
    let found: Option<Compared> =
        check.found.map(serde_json::from_value).transpose().or_internal("reading a comparison")?;
    let nothing = || Compared { contradictions: Vec::new(), instead_of_model: None };
    Ok(Some(MaterialReport {
        materials: material::service::names(connection, interview).await?,
        compared: match check.due {
            true => None,
            false => Some(found.unwrap_or_else(nothing)),
        },
    }))
}

/// How far each topic was explained.
pub(super) fn competencies(app: &App, loaded: &Loaded) -> Vec<Competency> {
    let mut by_topic: Vec<(Option<&Topic>, Vec<feedback::Outcome>)> = Vec::new();
    let asked = loaded.questions.iter().filter(|main| main.status != QuestionStatus::Pending);
    for main in asked {
        let topic = main.question_id.as_deref().and_then(|id| app.bank.topic(topic_of(id)));
        let outcome = (main.status, main.feedback().map(|feedback| feedback.band));
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
    let overrides = overrides(app, id).await?;
    let questions = loaded.questions.iter().filter(|main| main.status != QuestionStatus::Pending);
    let questions = questions.filter_map(|main| {
        let question = main.question.as_ref()?;
        Some(QuestionExport {
            position: main.position,
            status: main.status,
            question_id: main.question_id.clone(),
            question: question.question.clone(),
            cue: main.cue.clone(),
            level: question.level,
            kind: question.kind,
            intent: question.intent.clone(),
            model_answer: question.model_answer.clone(),
            misconception: question.misconception.clone(),
            sources: question.sources.clone(),
            turns: said(&loaded, main),
            rating: main.feedback().and_then(|feedback| rating::view(feedback, question, numbers)),
            feedback: main.feedback().cloned(),
            assessments: main
                .assessments
                .iter()
                .map(|given| assessment_view(given, question, numbers))
                .collect(),
            overridden: overridden(&overrides, main),
        })
    });
    Ok(ReportExport {
        format: EXPORT_FORMAT,
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        questions: questions.collect(),
        material: material_report(app, id).await?,
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
    let rated = loaded.questions.iter().filter_map(|question| question.feedback());
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
        cue: main.cue.clone(),
        level: question.level,
        kind: question.kind,
        intent_html: markup::render(&question.intent),
        model_answer_html: markup::render(&question.model_answer),
        misconception_html: markup::render(&question.misconception),
        sources: question.sources.clone(),
        pace: pace::pace(&conversation(loaded, main), loaded.row.paused_seconds > 0),
        turns: said(loaded, main),
        rating: main.feedback().and_then(|feedback| rating::view(feedback, question, numbers)),
        feedback: main.feedback().cloned(),
        feedback_pending: main.is_feedback_due(),
        own: None,
    }
}

/// What only the owner sees, by the position of the question.
async fn own_parts(app: &App, viewer: &Viewer, loaded: &Loaded) -> Result<HashMap<u32, OwnPart>, Error> {
    let numbers = numbers(app, loaded).await?;
    let overrides = overrides(app, loaded.row.id).await?;
    let marks = notebook::service::marks(app, viewer, loaded).await?;
    let parts = loaded.questions.iter().filter_map(|main| {
        let mark = marks.of(&Asked::of(loaded, main)?);
        Some((
            main.position,
            own_part(main, main.question.as_ref()?, numbers, overridden(&overrides, main), mark),
        ))
    });
    Ok(parts.collect())
}

fn own_part(
    main: &MainQuestion,
    question: &Question,
    numbers: Numbers,
    overridden: Vec<String>,
    mark: Mark,
) -> OwnPart {
    let with = |feedback: &Feedback| feedback::band_with_overrides(&feedback.points, &overridden);
    OwnPart {
        band_with_overrides: main.feedback().filter(|_| !overridden.is_empty()).map(with),
        assessments: main.assessments.iter().map(|given| assessment_view(given, question, numbers)).collect(),
        overridden,
        mark,
    }
}

fn assessment_view(assessment: &Assessment, question: &Question, numbers: Numbers) -> AssessmentView {
    let result = assessment.feedback.as_ref().map(|feedback| AssessmentResult {
        by: feedback.by.clone(),
        band: feedback.band,
        total: rating::total(feedback, question, numbers),
        verdicts: feedback.points.iter().map(|point| point.verdict).collect(),
    });
    AssessmentView {
        number: assessment.number,
        occasion: assessment.occasion,
        dispute: assessment.dispute.clone(),
        reply: assessment.reply.clone(),
        result,
    }
}

/// What the person holds for made in an interview.
async fn overrides(app: &App, interview: Uuid) -> Result<Vec<overrides::Model>, Error> {
    let rows = overrides::Entity::find()
        .filter(overrides::Column::InterviewId.eq(interview))
        .all(app.database.reader())
        .await?;
    Ok(rows)
}

fn overridden(overrides: &[overrides::Model], main: &MainQuestion) -> Vec<String> {
    let of_question = overrides.iter().filter(|row| row.position == store::signed(main.position));
    of_question.map(|row| row.point_id.clone()).collect()
}
