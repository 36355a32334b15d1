//! Judging the answers to one main question, with whatever interviewer the interview has.

use std::sync::Arc;

use super::speech::interviewer_of;
use super::store::{Assessment, Loaded, MainQuestion};
use super::{
    AssessmentBrief, Band, CriterionFeedback, Feedback, Interviewer, Rating, Reply, Speaker, TurnKind,
    Utterance, dispute, feedback,
};
use crate::ModelFailure;
use crate::app::App;
use crate::error::Error;
use crate::questions::Question;
use crate::rubric::rubric;

/// A judgement, and what is answered to the dispute that asked for it.
pub type Judged = (Feedback, Option<Reply>);

const JUDGING: &str = "judging answers";

/// Judges, as the assessment asks. A model that fails is no error: the built-in interviewer judges in its place, and says so.
///
/// # Errors
/// Internal ones only.
pub async fn judge(
    app: &App,
    loaded: &Loaded,
    main: &MainQuestion,
    question: &Question,
    assessment: &Assessment,
) -> Result<Judged, Error> {
    let brief = brief(app, loaded, main, question).await?;
    let (feedback, reply) = match (&assessment.dispute, before(main, assessment)) {
        (Some(reason), Some(before)) => reconsider(app, loaded, &brief, reason, before).await?,
        _ => (assess(app, loaded, &brief).await, None),
    };
    let probed = brief.answers.len() > 1 && feedback.band != Band::Unjudged;
    let band_before_probes = probed.then(|| feedback::band_before_probes(&feedback.points));
    Ok((Feedback { band_before_probes, ..feedback }, reply))
}

/// The judgement that a later one was asked for.
fn before<'a>(main: &'a MainQuestion, assessment: &Assessment) -> Option<&'a Feedback> {
    let earlier = main.assessments.iter().filter(|other| other.number < assessment.number);
    earlier.rev().find_map(|other| other.feedback.as_ref())
}

async fn brief(
    app: &App,
    loaded: &Loaded,
    main: &MainQuestion,
    question: &Question,
) -> Result<AssessmentBrief, Error> {
    let (level, language) = (loaded.summary.level, loaded.summary.language);
    let (question, exchange) = (question.clone(), exchange(loaded, main.position));
    app.cores.run(JUDGING, move || AssessmentBrief::new(level, language, question, exchange)).await
}

/// Who judges. What was imported took no unit here and says what its file says: no model is asked about it.
fn judge_of(app: &App, loaded: &Loaded) -> Arc<dyn Interviewer> {
    match loaded.row.imported {
        true => app.builtin().clone(),
        false => interviewer_of(app, &loaded.summary.interviewer),
    }
}

async fn assess(app: &App, loaded: &Loaded, brief: &AssessmentBrief) -> Feedback {
    let interviewer = judge_of(app, loaded);
    let (assessed, rated) = tokio::join!(interviewer.assess(brief), interviewer.rate(brief));
    match assessed {
        Ok(feedback) => Feedback { rating: rating(rated), ..feedback },
        Err(failure) => instead(loaded, brief, failure),
    }
}

async fn reconsider(
    app: &App,
    loaded: &Loaded,
    brief: &AssessmentBrief,
    reason: &str,
    before: &Feedback,
) -> Result<Judged, Error> {
    let interviewer = judge_of(app, loaded);
    let (reconsidered, rated) =
        tokio::join!(interviewer.reconsider(brief, reason, before), interviewer.rate(brief));
    let (feedback, text) = match reconsidered {
        Ok((feedback, text)) => (Feedback { rating: rating(rated), ..feedback }, text),
        Err(failure) => (instead(loaded, brief, failure), None),
    };
    let (asked, said) = (brief.question.clone(), brief.answers.clone());
    let (before, after) = (before.clone(), feedback.clone());
    let comparing = move || {
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        dispute::reasons(&asked, &said, &before, &after)
    };
    let points = app.cores.run(JUDGING, comparing).await?;
    Ok((feedback, Some(Reply { text, points })))
}

fn instead(loaded: &Loaded, brief: &AssessmentBrief, failure: ModelFailure) -> Feedback {
    tracing::warn!(interview = %loaded.row.id, ?failure, "the model gave no judgement; the built-in one stands in");
    Feedback { instead_of_model: Some(failure), ..brief.builtin.clone() }
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
