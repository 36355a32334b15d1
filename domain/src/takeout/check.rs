//! What the types of a file cannot say: lengths, counts, orders, and what points where. What passes can be stored and shown like what
//! was written here.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::FileFault;
use super::file::{
    AccountFile, AssessmentFile, CardFile, DocumentFile, EntryFile, InterviewFile, LedgerFile, QuestionFile,
    Settled, TodayFile, TurnFile,
};
use crate::accounts::DisplayName;
use crate::chat::TOPIC_MAX;
use crate::documents::{self, DOCUMENTS_MAX};
use crate::interview::{
    ANSWER_MAX, ASSESSMENTS_MAX, Feedback, InterviewerLabel, Probe, QUESTIONS_MAX, Reply, Speaker, TurnKind,
};
use crate::notebook::MEMO_MAX;
use crate::questions::Question;
use crate::scoring::Span;

/// Most entries of the notebook, of cards, of days and of lines.
pub const ROWS_MAX: usize = 50_000;
const TURNS_MAX: usize = 300;
/// Most answers to one question: its own, and one to each follow-up, with room to spare. They are judged together.
const ANSWERS_MAX: usize = 10;
/// Most characters of all terms of a question. Every word of an answer is compared with each; the longest of the bank have 1,600.
const TERMS_MAX: usize = 10_000;
/// Most characters of an id of the bank, a word, a version.
const SHORT_MAX: u32 = 200;
/// Most characters of a passage that the bank or a model wrote.
const PASSAGE_MAX: u32 = 20_000;
/// Most characters of one of the passages of a question. They are rendered with every report, also for people without an account; the
/// longest of the bank have 3,000.
const QUESTION_PASSAGE_MAX: u32 = 10_000;
/// Most of anything that a question or a judgement lists.
const LIST_MAX: usize = 200;
const WEIGHT_MAX: u32 = 100;
const COUNT_MAX: u32 = 1_000_000;

pub(super) type Checked = Result<(), FileFault>;

const fn must(holds: bool) -> Checked {
    if holds { Ok(()) } else { Err(FileFault::Malformed) }
}

/// Text that both databases can hold: without NUL.
fn text(text: &str, most: u32) -> Checked {
    must(!text.contains('\0') && text.chars().take(most as usize + 1).count() <= most as usize)
}

fn texts<'a>(all: impl IntoIterator<Item = &'a String>, most: u32) -> Checked {
    all.into_iter().enumerate().try_for_each(|(index, one)| {
        must(index < LIST_MAX)?;
        text(one, most)
    })
}

pub(super) fn count(number: u32) -> Checked {
    must(number <= COUNT_MAX)
}

/// Times that calendars and databases agree on.
pub(super) fn time(at: DateTime<Utc>) -> Checked {
    day(at.date_naive())
}

fn day(day: NaiveDate) -> Checked {
    must((1970..=2199).contains(&day.year()))
}

fn distinct<T: std::hash::Hash + Eq>(mut keys: impl Iterator<Item = T>) -> Checked {
    let mut seen = HashSet::new();
    must(keys.all(|key| seen.insert(key)))
}

/// The account.
pub fn account(file: &AccountFile) -> Checked {
    must(DisplayName::parse(&file.display_name).is_ok() && file.time_zone.parse::<chrono_tz::Tz>().is_ok())?;
    text(&file.username, SHORT_MAX)?;
    text(&file.email, 2 * SHORT_MAX)?;
    must(file.fields.len() <= LIST_MAX)
}

/// An interview with everything in it.
pub fn interview(file: &InterviewFile) -> Checked {
    texts(&file.topics, SHORT_MAX)?;
    // They may be used for another interview, and stand in what a model is told then.
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
    must(file.topics.iter().all(|topic| topic.chars().all(plain)))?;
    label(&file.interviewer)?;
    text(&file.draft, ANSWER_MAX)?;
    file.chat_topic.as_deref().map_or(Ok(()), |topic| text(topic, TOPIC_MAX))?;
    time(file.started_at)?;
    file.finished_at.map_or(Ok(()), time)?;
    must(!file.questions.is_empty() && file.questions.len() <= QUESTIONS_MAX as usize)?;
    must(file.position as usize <= file.questions.len())?;
    must(i32::try_from(file.paused_seconds).is_ok())?;
    must(file.turns.len() <= TURNS_MAX)?;
    must(file.turns.windows(2).all(|pair| pair[0].number < pair[1].number))?;
    file.turns.iter().try_for_each(|given| turn(given, file.questions.len()))?;
    let answers = |position: usize| -> Vec<&str> {
        let said = file.turns.iter().filter(|turn| turn.kind == TurnKind::Answer);
        said.filter(|turn| turn.position as usize == position).map(|turn| turn.text.as_str()).collect()
    };
    let questions = file.questions.iter().enumerate();
    questions.into_iter().try_for_each(|(position, given)| {
        let answers = answers(position);
        must(answers.len() <= ANSWERS_MAX)?;
        question(given, &answers)
    })
}

fn turn(turn: &TurnFile, questions: usize) -> Checked {
    count(turn.number)?;
    must(turn.position as usize <= questions)?;
    text(&turn.text, if turn.speaker == Speaker::Candidate { ANSWER_MAX } else { PASSAGE_MAX })?;
    let by_candidate = matches!(turn.kind, TurnKind::Answer | TurnKind::Skip | TurnKind::AskIntent);
    must(by_candidate == (turn.speaker == Speaker::Candidate))?;
    turn.probe.as_ref().map_or(Ok(()), probe)?;
    turn.spoken_by.as_ref().map_or(Ok(()), label)?;
    time(turn.created_at)
}

fn probe(probe: &Probe) -> Checked {
    text(&probe.ask, PASSAGE_MAX)?;
    probe.quote.as_ref().map_or(Ok(()), |quote| text(quote, ANSWER_MAX))
}

fn label(label: &InterviewerLabel) -> Checked {
    text(&label.version, SHORT_MAX)?;
    label.model.as_ref().map_or(Ok(()), |model| text(model, SHORT_MAX))
}

fn question(file: &QuestionFile, answers: &[&str]) -> Checked {
    file.question_id.as_ref().map_or(Ok(()), |id| text(id, SHORT_MAX))?;
    file.question.as_ref().map_or(Ok(()), bank_question)?;
    must(file.assessments.len() <= ASSESSMENTS_MAX as usize)?;
    // What was not answered was not judged.
    must(file.status == Settled::Answered || file.assessments.is_empty())?;
    file.assessments.iter().try_for_each(|given| assessment(given, answers))?;
    must(file.overrides.len() <= LIST_MAX)?;
    distinct(file.overrides.iter().map(|given| &given.point_id))?;
    file.overrides.iter().try_for_each(|given| {
        text(&given.point_id, SHORT_MAX)?;
        time(given.created_at)
    })
}

fn bank_question(question: &Question) -> Checked {
    text(&question.id, SHORT_MAX)?;
    must(i32::try_from(question.rev).is_ok() && question.minutes <= 24 * 60)?;
    texts(&question.tags, SHORT_MAX)?;
    texts(&question.sources, 4_000)?;
    for passage in [&question.question, &question.intent, &question.model_answer, &question.misconception] {
        text(passage, QUESTION_PASSAGE_MAX)?;
    }
    must(question.points.len() <= LIST_MAX && question.follow_ups.len() <= LIST_MAX)?;
    distinct(question.points.iter().map(|point| &point.id))?;
    for point in &question.points {
        text(&point.id, SHORT_MAX)?;
        text(&point.say, PASSAGE_MAX)?;
        must(point.weight <= WEIGHT_MAX)?;
        must(point.accept.len() <= LIST_MAX && point.trap.len() <= LIST_MAX)?;
        point.accept.iter().chain(&point.trap).try_for_each(|group| texts(group, 1_000))?;
    }
    let terms = question.points.iter().flat_map(|point| point.accept.iter().chain(&point.trap)).flatten();
    must(terms.map(|term| term.chars().count()).sum::<usize>() <= TERMS_MAX)?;
    question.follow_ups.iter().try_for_each(|follow_up| {
        text(&String::from(follow_up.when.clone()), 2 * SHORT_MAX)?;
        text(&follow_up.ask, PASSAGE_MAX)
    })?;
    must(question.samples.len() <= LIST_MAX)?;
    question.samples.iter().try_for_each(|sample| {
        text(&sample.text, PASSAGE_MAX)?;
        texts(&sample.expect, SHORT_MAX)
    })
}

fn assessment(file: &AssessmentFile, answers: &[&str]) -> Checked {
    feedback(&file.feedback, answers)?;
    file.dispute.as_ref().map_or(Ok(()), |dispute| text(dispute, PASSAGE_MAX))?;
    file.reply.as_ref().map_or(Ok(()), reply)?;
    time(file.created_at)
}

fn feedback(feedback: &Feedback, answers: &[&str]) -> Checked {
    label(&feedback.by)?;
    must(feedback.points.len() <= LIST_MAX)?;
    for point in &feedback.points {
        text(&point.id, SHORT_MAX)?;
        text(&point.say, PASSAGE_MAX)?;
        must(point.weight <= WEIGHT_MAX)?;
        spans(&point.spans, answers)?;
    }
    if let Some(comment) = &feedback.comment {
        text(&comment.good, PASSAGE_MAX)?;
        text(&comment.improve, PASSAGE_MAX)?;
        if let Some(sentence) = &comment.sentence {
            text(&sentence.quote, PASSAGE_MAX)?;
            text(&sentence.better, PASSAGE_MAX)?;
        }
    }
    if let Some(rating) = &feedback.rating {
        text(&rating.rubric, SHORT_MAX)?;
        must(rating.criteria.len() <= LIST_MAX)?;
        for criterion in &rating.criteria {
            must(criterion.level.is_none_or(|level| (1..=5).contains(&level)))?;
            text(&criterion.reason, PASSAGE_MAX)?;
            spans(&criterion.spans, answers)?;
        }
    }
    Ok(())
}

/// No verdict points to words that the answers do not have.
fn spans(spans: &[Span], answers: &[&str]) -> Checked {
    must(spans.len() <= LIST_MAX)?;
    must(spans.iter().all(|span| span.quote(answers).is_some()))
}

fn reply(reply: &Reply) -> Checked {
    reply.text.as_ref().map_or(Ok(()), |reason| text(reason, PASSAGE_MAX))?;
    must(reply.points.len() <= LIST_MAX)?;
    reply.points.iter().try_for_each(|point| {
        text(&point.say, PASSAGE_MAX)?;
        point.nearest.as_ref().map_or(Ok(()), |nearest| text(nearest, ANSWER_MAX))?;
        texts(&point.missing, SHORT_MAX)
    })
}

/// The notebook.
pub fn notebook(entries: &[EntryFile]) -> Checked {
    must(entries.len() <= ROWS_MAX)?;
    distinct(entries.iter().map(|entry| entry.id))?;
    distinct(entries.iter().map(|entry| (&entry.question_key, entry.language)))?;
    entries.iter().try_for_each(|entry| {
        text(&entry.question_key, SHORT_MAX)?;
        entry.topic.as_ref().map_or(Ok(()), |topic| text(topic, SHORT_MAX))?;
        text(&entry.question, PASSAGE_MAX)?;
        text(&entry.memo, MEMO_MAX)?;
        count(entry.position)?;
        count(entry.times_asked)?;
        time(entry.updated_at)
    })
}

/// The cards of the drill. What a schedule is worked out from has to be within its range.
pub fn drill(cards: &[CardFile]) -> Checked {
    must(cards.len() <= ROWS_MAX)?;
    distinct(cards.iter().map(|card| card.id))?;
    distinct(cards.iter().map(|card| (&card.question_key, &card.point_id, card.language)))?;
    cards.iter().try_for_each(|card| {
        text(&card.question_key, SHORT_MAX)?;
        text(&card.point_id, SHORT_MAX)?;
        card.topic.as_ref().map_or(Ok(()), |topic| text(topic, SHORT_MAX))?;
        for passage in [&card.question, &card.intent, &card.say] {
            text(passage, QUESTION_PASSAGE_MAX)?;
        }
        must(card.weight <= WEIGHT_MAX)?;
        card.made_question.as_ref().map_or(Ok(()), bank_question)?;
        for number in [card.missed, card.made, card.reviews, card.lapses] {
            count(number)?;
        }
        must((0.0..=100_000.0).contains(&card.stability) && (0.0..=10.0).contains(&card.difficulty))?;
        time(card.due_at)?;
        time(card.created_at)?;
        card.last_review_at.map_or(Ok(()), time)?;
        card.begun_at.map_or(Ok(()), time)
    })
}

/// Questions of the day.
pub fn today(days: &[TodayFile]) -> Checked {
    must(days.len() <= ROWS_MAX)?;
    distinct(days.iter().map(|given| given.day))?;
    days.iter().try_for_each(|given| {
        day(given.day)?;
        text(&given.question_id, SHORT_MAX)?;
        count(given.swaps)
    })
}

/// The ledger.
pub fn ledger(lines: &[LedgerFile]) -> Checked {
    must(lines.len() <= ROWS_MAX)?;
    distinct(lines.iter().map(|line| line.id))?;
    distinct(lines.iter().map(|line| &line.key))?;
    lines.iter().try_for_each(|line| {
        text(&line.key, SHORT_MAX)?;
        must(line.units.unsigned_abs() <= COUNT_MAX)?;
        day(line.day)?;
        time(line.created_at)
    })
}

/// Résumés and job postings, which are as somebody could have typed them.
pub fn documents(all: &[DocumentFile]) -> Checked {
    must(all.len() <= DOCUMENTS_MAX as usize)?;
    distinct(all.iter().map(|document| document.id))?;
    distinct(all.iter().map(|document| document.request_id))?;
    all.iter().try_for_each(|document| {
        must(documents::is_well_formed(&document.title, &document.text))?;
        time(document.created_at)?;
        time(document.updated_at)
    })
}
