//! Sending a message and waiting for the answer; reading the conversation.
//!
//! Messages of one person stand in line: each is taken when the interviewer has said what the one before it led to.

use std::time::Duration;

use sea_orm::{ConnectionTrait, QuerySelect};
use tokio::time::Instant;
use uuid::Uuid;

use super::topic::{Choice, Reading, read};
use super::{ChatMessage, ChatRole, Conversation, NewMessage, Said, TOPIC_MAX};
use crate::accounts;
use crate::app::App;
use crate::entities::turn;
use crate::error::{Error, OrInternal};
use crate::interview::service::{self as interviews, Plan, Sent, TurnEnd};
use crate::interview::setup::Setup;
use crate::interview::{Hurry, Mode, QUESTIONS_MIN, RoomAction, Speaker, Status, TurnStatus, store};
use crate::questions::{Language, Level};
use crate::quotas::{self, LimitedAction};
use crate::viewer::Viewer;
use crate::{InputField, ModelFailure, Problem, Reason};

/// How long a message waits for the interviewer.
const PATIENCE: Duration = Duration::from_secs(90);
/// Most bytes of a conversation that are told, and about as many messages: clients ask for all of it each time.
const TOLD_BYTES: usize = 1 << 20;
const TOLD_MESSAGES: usize = 2_000;
/// Turns that are read at a time.
const PAGE: u64 = 100;
/// How long the end of a turn may take that was cut short then.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// Before the state is looked at again, when another message was faster.
const STEP_BACK: Duration = Duration::from_millis(20);

/// Sends a message and waits for what the interviewer says to it. One unit pays for both, taken when the message is stored. A model
/// that fails in a follow-up is replaced by the built-in interviewer; one that fails in the greeting gives the unit back.
///
/// # Errors
/// [`Problem::Invalid`] on `topics` or `answer`; [`Problem::NotFound`] for something said before there was a topic;
/// [`Problem::QuotaReached`]; [`Problem::OutOfDate`] when the interviewer speaks for too long for this one to come in;
/// [`Problem::ModelUnavailable`] when an interview could not be greeted in.
pub async fn send(app: &App, viewer: &Viewer, message: NewMessage) -> Result<Said, Error> {
    let message = parse(message)?;
    let (task, viewer) = (app.clone(), viewer.clone());
    // A program that leaves ends nothing: what became of its message is settled without it.
    let exchange = app.tasks.spawn(async move { exchange(&task, &viewer, &message).await });
    exchange.await.or_internal("holding a chat")?
}

/// What was said in interviews that the chat opened, wherever it was said: all of it, or the end of a long one.
///
/// # Errors
/// Internal ones only.
pub async fn conversation(app: &App, viewer: &Viewer) -> Result<Conversation, Error> {
    let allowance = quotas::service::allowance(app, viewer, LimitedAction::Chat).await?;
    let snapshot = app.database.snapshot().await?;
    let first = interviews::first_by_chat(&snapshot, viewer).await?;
    let said = latest(&snapshot, viewer).await?;
    snapshot.commit().await?;
    let mut messages = Vec::with_capacity(said.len() + 1);
    if let Some(topic) = first.and_then(|row| row.chat_topic).as_deref() {
        messages.push(ChatMessage { role: ChatRole::System, content: note(viewer.language, topic) });
    }
    for row in said {
        let role = match row.speaker.parse().or_internal("reading a turn")? {
            Speaker::Interviewer => ChatRole::Assistant,
            Speaker::Candidate => ChatRole::User,
        };
        messages.push(ChatMessage { role, content: row.text });
    }
    Ok(Conversation { messages, used: allowance.used, limit: allowance.limit })
}

/// What was said last, oldest first. It is read page by page: how much there is nobody knows before.
async fn latest(connection: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<turn::Model>, Error> {
    let (mut said, mut bytes) = (Vec::new(), 0);
    loop {
        let from = said.len() as u64;
        let page = interviews::said_by_chat(viewer).offset(from).limit(PAGE).all(connection).await?;
        let read = page.len() as u64;
        let fits = |row: &turn::Model| {
            bytes += row.text.len();
            bytes <= TOLD_BYTES
        };
        said.extend(page.into_iter().take_while(fits));
        if read < PAGE || bytes > TOLD_BYTES || said.len() >= TOLD_MESSAGES {
            said.reverse();
            return Ok(said);
        }
    }
}

/// What stands before everything that was said.
fn note(language: Language, topic: &str) -> String {
    match language {
        Language::Korean => format!("모의 면접 대화입니다. 주제: {topic}"),
        Language::English => format!("A mock interview. Topic: {topic}"),
    }
}

fn parse(message: NewMessage) -> Result<NewMessage, Problem> {
    match message {
        NewMessage::Input(text) => {
            let text = interviews::storable(text);
            interviews::check_answer(&text)?;
            Ok(NewMessage::Input(text))
        }
        NewMessage::Topic(text) => {
            let text = interviews::storable(text);
            let topic = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let invalid = |reason| Err(Problem::Invalid { field: InputField::Topics, reason });
            if topic.is_empty() {
                return invalid(Reason::Empty);
            }
            if topic.chars().count() > TOPIC_MAX as usize {
                return invalid(Reason::TooLong { max: TOPIC_MAX });
            }
            Ok(NewMessage::Topic(topic))
        }
    }
}

/// A message that is stored, and the turn of the interviewer that it led to.
struct Delivered {
    interview: Uuid,
    turn: Uuid,
    _hurry: Hurry,
}

async fn exchange(app: &App, viewer: &Viewer, message: &NewMessage) -> Result<Said, Error> {
    let deadline = Instant::now() + PATIENCE;
    let delivered = loop {
        let allowance = quotas::service::allowance(app, viewer, LimitedAction::Chat).await?;
        if allowance.left() == 0 {
            return Err(Problem::QuotaReached { resets_at: allowance.resets_at }.into());
        }
        match deliver(app, viewer, message, deadline).await {
            Err(Error::Problem(Problem::OutOfDate)) if Instant::now() < deadline => {
                tokio::time::sleep(STEP_BACK).await;
            }
            delivered => break delivered?,
        }
    };
    let text = reply(app, viewer, &delivered, deadline).await?;
    let summary = store::find_summary(app.database.reader(), viewer, delivered.interview).await?;
    let language = summary.map_or(viewer.language, |summary| summary.language);
    Ok(Said { text, language, interview: delivered.interview })
}

/// Stores a message where it belongs, once nobody speaks.
///
/// # Errors
/// [`Problem::OutOfDate`] when another message was faster.
async fn deliver(
    app: &App,
    viewer: &Viewer,
    message: &NewMessage,
    deadline: Instant,
) -> Result<Delivered, Error> {
    let last = interviews::last_by_chat(app.database.reader(), viewer).await?;
    let Some(last) = last else {
        let NewMessage::Topic(topic) = message else { return Err(Problem::NotFound.into()) };
        return begin(app, viewer, topic, None).await;
    };
    let status = silence(app, viewer, last.id, message, deadline).await?;
    let topic = match message {
        NewMessage::Topic(topic) => topic,
        NewMessage::Input(text) if matches!(status, Status::Running | Status::Paused) => {
            return answer(app, viewer, last.id, status, text).await;
        }
        NewMessage::Input(_) => last.chat_topic.as_deref().unwrap_or_default(),
    };
    begin(app, viewer, topic, Some(last.id)).await
}

/// Waits until nobody speaks in an interview. A follow-up that failed is spoken by the built-in interviewer, if it is to be answered.
async fn silence(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    message: &NewMessage,
    deadline: Instant,
) -> Result<Status, Error> {
    let loaded = match store::read_owned(&app.database, viewer, id).await {
        // Deleted meanwhile: another one is the last now.
        Err(Error::Problem(Problem::NotFound)) => return Err(Problem::OutOfDate.into()),
        loaded => loaded?,
    };
    let Some(last) = loaded.turns.last() else { return Ok(loaded.summary.status) };
    let waits = loaded.summary.status == Status::Running && matches!(message, NewMessage::Input(_));
    match last.view.status {
        TurnStatus::Running => {}
        TurnStatus::Failed if waits => go_on_with_builtin(app, viewer, id).await?,
        TurnStatus::Done | TurnStatus::Failed => return Ok(loaded.summary.status),
    }
    let _hurry = app.rooms.enter(id).hurry();
    interviews::turn_end(app, id, last.id, deadline).await?;
    // Whatever it was, the interview is to be looked at afresh.
    Err(Problem::OutOfDate.into())
}

async fn answer(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    status: Status,
    text: &str,
) -> Result<Delivered, Error> {
    if status == Status::Paused {
        interviews::act(app, viewer, id, 0, RoomAction::Resume).await?;
    }
    let number = store::read_owned(&app.database, viewer, id).await?.next_number();
    let hurry = app.rooms.enter(id).hurry();
    let sent =
        Sent { number, request_id: Uuid::now_v7(), text: text.to_owned(), pays: Some(LimitedAction::Chat) };
    let turn = interviews::take_answer(app, viewer, id, sent).await?.ok_or(Problem::OutOfDate)?;
    Ok(Delivered { interview: id, turn, _hurry: hurry })
}

async fn begin(app: &App, viewer: &Viewer, topic: &str, before: Option<Uuid>) -> Result<Delivered, Error> {
    let plan = plan(app, viewer, topic).await?;
    let begun = interviews::begin_by_chat(app, viewer, &plan, before).await?;
    let hurry = app.rooms.enter(begun.id).hurry();
    begun.speak(app);
    Ok(Delivered { interview: begun.id, turn: begun.turn, _hurry: hurry })
}

/// An interview on a topic as it was typed. What the bank cannot serve gives way to what is next to it.
async fn plan(app: &App, viewer: &Viewer, topic: &str) -> Result<Plan, Error> {
    let interests = accounts::service::profile(app, viewer).await?.fields;
    let Reading { choices, level, language } = read(topic, &app.bank, &interests, viewer.language);
    let before = interviews::recent(app, viewer, app.now()).await?;
    let level = level.or(before.level).unwrap_or(Level::Entry);
    let recent: Vec<String> = before.questions.into_iter().map(|(id, _)| id).collect();
    let mut short = None;
    for Choice { field, topics } in choices {
        let levels = std::iter::once(level).chain(Level::ALL.iter().copied().filter(|other| *other != level));
        for level in levels {
            let setup = Setup {
                field,
                topics: topics.clone(),
                level,
                language,
                question_count: QUESTIONS_MIN,
                // Nothing in a chat shows feedback: it is read in the report.
                mode: Mode::Realistic,
            };
            match interviews::plan_for_chat(app, setup, topic, &recent) {
                Ok(plan) if plan.setup.question_count >= QUESTIONS_MIN => return Ok(plan),
                Ok(plan) => short = short.or(Some(plan)),
                Err(_) => {}
            }
        }
    }
    Ok(short.ok_or(Problem::NoQuestions)?)
}

/// Waits for what the interviewer says. Whoever waits too long gets what there is: the turn is cut short as by Stop.
async fn reply(
    app: &App,
    viewer: &Viewer,
    delivered: &Delivered,
    deadline: Instant,
) -> Result<String, Error> {
    let (id, turn) = (delivered.interview, delivered.turn);
    let mut problem = Problem::ModelUnavailable { reason: ModelFailure::TimedOut };
    let mut deadline = deadline;
    for _ in 0..3 {
        match interviews::turn_end(app, id, turn, deadline).await? {
            TurnEnd::Done(text) => return Ok(text),
            TurnEnd::StillRunning => app.rooms.enter(id).stop(),
            TurnEnd::Failed(failed) => {
                problem = failed;
                let summary = store::find_summary(app.database.reader(), viewer, id).await?;
                if summary.is_none_or(|summary| summary.status != Status::Running) {
                    break;
                }
                go_on_with_builtin(app, viewer, id).await?;
            }
        }
        deadline = Instant::now() + LAST_WORDS;
    }
    Err(problem.into())
}

/// Lets the built-in interviewer speak a turn that failed, as the room offers it.
async fn go_on_with_builtin(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    match interviews::act(app, viewer, id, 0, RoomAction::RetryBuiltin).await {
        // Somebody has done so in the room.
        Err(Error::Problem(Problem::OutOfDate)) => Ok(()),
        done => done,
    }
}
