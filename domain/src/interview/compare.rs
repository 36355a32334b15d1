//! What two sittings have in common, and what changed.

use super::store::{Loaded, MainQuestion};
use super::{Competency, PointChange, PointFeedback, QuestionChange, QuestionStatus, TopicChange, Try};
use crate::scoring::Verdict;

/// The topics that both asked about, in the order of the later one. Questions that belong to no topic are no topic.
pub fn topics(before: Vec<Competency>, after: Vec<Competency>) -> Vec<TopicChange> {
    after
        .into_iter()
        .filter(|after| after.topic.is_some())
        .filter_map(|after| {
            let before = before.iter().find(|before| before.topic == after.topic)?.clone();
            Some(TopicChange { before, after })
        })
        .collect()
}

/// The questions that both asked, in the order of the later one.
pub fn questions(before: &Loaded, after: &Loaded) -> Vec<QuestionChange> {
    asked(after)
        .filter_map(|now| {
            let then = asked(before).find(|then| is_same(then, now))?;
            Some(QuestionChange {
                question: now.question.as_ref()?.question.clone(),
                points: points(then, now),
                before: attempt(before, then),
                after: attempt(after, now),
            })
        })
        .collect()
}

fn asked(loaded: &Loaded) -> impl Iterator<Item = &MainQuestion> {
    loaded.questions.iter().filter(|main| main.status != QuestionStatus::Pending)
}

/// The same of the bank, whatever its language and revision, or the same words.
fn is_same(one: &MainQuestion, other: &MainQuestion) -> bool {
    let same_id = one.question_id.is_some() && one.question_id == other.question_id;
    let text = |main: &MainQuestion| main.question.as_ref().map(|question| question.question.clone());
    same_id || (text(one).is_some() && text(one) == text(other))
}

fn attempt(loaded: &Loaded, main: &MainQuestion) -> Try {
    Try {
        position: main.position,
        status: main.status,
        band: main.feedback().map(|feedback| feedback.band),
        answers: loaded.answers(main.position).into_iter().map(str::to_owned).collect(),
    }
}

/// What became of the points, as the later feedback lists them. What was not answered made none.
fn points(then: &MainQuestion, now: &MainQuestion) -> Vec<PointChange> {
    if then.is_feedback_due() || now.is_feedback_due() {
        return Vec::new();
    }
    let found = |main: &MainQuestion| -> Vec<PointFeedback> {
        main.feedback().map(|feedback| feedback.points.clone()).unwrap_or_default()
    };
    let (then, now) = (found(then), found(now));
    let verdict = |points: &[PointFeedback], id: &str| {
        points.iter().find(|point| point.id == id).map_or(Verdict::NotFound, |point| point.verdict)
    };
    let listed = if now.is_empty() { &then } else { &now };
    listed
        .iter()
        .map(|point| PointChange {
            say: point.say.clone(),
            must: point.must,
            before: verdict(&then, &point.id),
            after: verdict(&now, &point.id),
        })
        .collect()
}
