//! The chat: what a program says and hears, and what it costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::chat::{ChatMessage, ChatRole, Conversation, NewMessage, Said, TOPIC_MAX, service};
use domain::entities::turn;
use domain::interview::{
    AssessmentBrief, Feedback, HistoryFilter, Interviewer, InterviewerKind, InterviewerLabel, Mode,
    QuestionBrief, RoomAction, SpeechBrief, Spoken, Status, Words, service as interviews,
};
use domain::questions::{Field, Language, Question};
use domain::quotas::{self, EntryReason, LimitedAction};
use domain::{App, Error, InputField, ModelFailure, Problem, Reason, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Fixture, each_database};

const ANSWER: &str = "트랜잭션은 모두 되거나 모두 안 되는 작업 단위라서 중간 상태가 밖에 보이지 않습니다.";

async fn topic(app: &App, viewer: &Viewer, text: &str) -> Result<Said, Problem> {
    service::send(app, viewer, NewMessage::Topic(text.to_owned())).await.map_err(Error::into_problem)
}

async fn input(app: &App, viewer: &Viewer, text: &str) -> Result<Said, Problem> {
    service::send(app, viewer, NewMessage::Input(text.to_owned())).await.map_err(Error::into_problem)
}

async fn conversation(app: &App, viewer: &Viewer) -> Conversation {
    service::conversation(app, viewer).await.expect("the conversation")
}

async fn allow(app: &App, viewer: &Viewer, units: u32) {
    quotas::service::set_limit(app, viewer.id, LimitedAction::Chat, units).await.expect("set");
}

/// Units used today, of the chat and of interviews.
async fn used(app: &App, viewer: &Viewer) -> (u32, u32) {
    let of = async |action| quotas::service::allowance(app, viewer, action).await.expect("read").used;
    (of(LimitedAction::Chat).await, of(LimitedAction::Interview).await)
}

/// The sum of the ledger, which must be what is used.
async fn ledger_sum(app: &App, viewer: &Viewer) -> i32 {
    let ledger = quotas::service::ledger(app, viewer).await.expect("read");
    ledger.iter().map(|line| line.units).sum()
}

fn roles(conversation: &Conversation) -> Vec<ChatRole> {
    conversation.messages.iter().map(|message| message.role).collect()
}

#[tokio::test]
async fn a_topic_begins_an_interview_and_answers_go_on_with_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let empty = Conversation { messages: vec![], used: 0, limit: 5 };
        assert_eq!(conversation(app, &viewer).await, empty);

        let greeting = topic(app, &viewer, "  데이터베이스   면접 ").await.expect("greeted");
        assert!(greeting.text.contains("안녕하세요, mina님"), "{}", greeting.text);
        assert!(greeting.text.contains("\n\n"), "a question follows: {}", greeting.text);
        assert_eq!(greeting.language, Language::Korean);
        let next = input(app, &viewer, ANSWER).await.expect("answered");
        assert_eq!(next.interview, greeting.interview);
        assert_ne!(next.text, greeting.text);

        let told = conversation(app, &viewer).await;
        assert_eq!((told.used, told.limit), (2, 5));
        use ChatRole::{Assistant, System, User};
        assert_eq!(roles(&told), [System, Assistant, User, Assistant]);
        assert!(told.messages[0].content.contains("데이터베이스 면접"), "{:?}", told.messages[0]);
        assert_eq!(told.messages[1].content, greeting.text);
        assert_eq!(told.messages[2], ChatMessage { role: User, content: ANSWER.to_owned() });
        assert_eq!(told.messages[3].content, next.text);

        assert_eq!(used(app, &viewer).await, (2, 0), "never an interview's unit");
        let ledger = quotas::service::ledger(app, &viewer).await.expect("read");
        let lines: Vec<_> = ledger.iter().map(|line| (line.action, line.reason, line.units)).collect();
        let chat = LimitedAction::Chat;
        assert_eq!(lines, [(chat, EntryReason::Answered, 1), (chat, EntryReason::Started, 1)]);
        assert!(ledger.iter().all(|line| line.interview_id == Some(greeting.interview)));
    })
    .await;
}

#[tokio::test]
async fn its_interview_is_one_like_any_other() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = topic(app, &viewer, "React").await.expect("greeted").interview;
        let history = interviews::history(app, &viewer, HistoryFilter::default()).await.expect("the history");
        assert_eq!(history.interviews.iter().map(|summary| summary.id).collect::<Vec<_>>(), [id]);
        let summary = &history.interviews[0];
        assert_eq!((summary.field, summary.mode), (Field::Frontend, Mode::Realistic));
        assert_eq!((summary.topics.clone(), summary.language), (vec!["react".to_owned()], Language::Korean));

        // It goes on in the room, for nothing, and the chat tells of it.
        fixture.answer(&viewer, id, ANSWER).await;
        assert_eq!(used(app, &viewer).await, (1, 0));
        assert_eq!(conversation(app, &viewer).await.messages.len(), 4);
        interviews::act(app, &viewer, id, 0, RoomAction::Pause).await.expect("paused");
        input(app, &viewer, ANSWER).await.expect("it goes on");
        assert_eq!(fixture.quiet(&viewer, id).await.interview.status, Status::Running);
        // One from the room is not the chat's.
        let (other, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
        assert_eq!(input(app, &viewer, ANSWER).await.expect("answered").interview, id);
        assert_ne!(other, id);
    })
    .await;
}

#[tokio::test]
async fn another_person_hears_nothing_of_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (viewer, other) = (fixture.person("mina").await, fixture.person("jun").await);
        topic(app, &viewer, "React").await.expect("greeted");
        assert!(conversation(app, &other).await.messages.is_empty());
        assert_eq!(input(app, &other, ANSWER).await.err(), Some(Problem::NotFound));
        assert_eq!(used(app, &other).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_costs_nothing() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let invalid = |field, reason| Some(Problem::Invalid { field, reason });
        assert_eq!(input(app, &viewer, "안녕하세요").await.err(), Some(Problem::NotFound));
        assert_eq!(topic(app, &viewer, " \n ").await.err(), invalid(InputField::Topics, Reason::Empty));
        let long = "가".repeat(TOPIC_MAX as usize + 1);
        let too_long = invalid(InputField::Topics, Reason::TooLong { max: TOPIC_MAX });
        assert_eq!(topic(app, &viewer, &long).await.err(), too_long);
        topic(app, &viewer, &"가".repeat(TOPIC_MAX as usize)).await.expect("the longest topic");
        assert_eq!(input(app, &viewer, "  ").await.err(), invalid(InputField::Answer, Reason::Empty));
        assert!(input(app, &viewer, &"가".repeat(20_001)).await.is_err());
        topic(app, &viewer, "NUL \0 in it").await.expect("without it");
        assert_eq!(used(app, &viewer).await, (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_new_topic_ends_the_interview_that_goes_on() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let first = topic(app, &viewer, "React").await.expect("greeted").interview;
        input(app, &viewer, ANSWER).await.expect("answered");
        let second = topic(app, &viewer, "운영체제").await.expect("greeted").interview;
        assert_ne!(first, second);
        assert_eq!(fixture.quiet(&viewer, first).await.interview.status, Status::Finished);
        assert_eq!(fixture.quiet(&viewer, second).await.interview.status, Status::Running);
        assert_eq!(input(app, &viewer, ANSWER).await.expect("answered").interview, second);
        let told = conversation(app, &viewer).await;
        assert_eq!(told.messages.iter().filter(|message| message.role == ChatRole::System).count(), 1);
        assert!(told.messages[0].content.contains("React"));
        assert_eq!((told.used, ledger_sum(app, &viewer).await), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn when_it_is_over_the_next_message_begins_another_on_the_same_topic() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        allow(app, &viewer, 100).await;
        let first = topic(app, &viewer, "운영체제").await.expect("greeted").interview;
        let mut closing = String::new();
        for _ in 0..40 {
            closing = input(app, &viewer, "그 부분은 잘 모르겠습니다. 아직 공부하지 못했습니다.")
                .await
                .expect("answered")
                .text;
            if fixture.quiet(&viewer, first).await.interview.status == Status::Finished {
                break;
            }
        }
        assert!(closing.contains("수고 많으셨습니다"), "{closing}");
        let again = input(app, &viewer, "한 번 더 할게요").await.expect("greeted");
        assert_ne!(again.interview, first);
        assert!(again.text.contains("안녕하세요"));
        let room = interviews::room(app, &viewer, again.interview).await.expect("the room");
        assert_eq!(room.interview.topics, ["os"]);
    })
    .await;
}

#[tokio::test]
async fn parallel_messages_use_what_is_left_and_no_more() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let app = &fixture.app;
        let at_once = async |message: fn(usize) -> NewMessage| {
            let sent = (0..20).map(|number| {
                let app = if number % 2 == 0 { app } else { &other_node.app };
                service::send(app, &viewer, message(number))
            });
            futures::future::join_all(sent).await
        };
        let all_refused_alike = |results: Vec<Result<Said, Error>>| {
            for error in results.into_iter().filter_map(Result::err) {
                assert!(matches!(error.into_problem(), Problem::QuotaReached { .. }));
            }
        };
        allow(app, &viewer, 4).await;
        let topics = at_once(|number| NewMessage::Topic(format!("React {number}"))).await;
        let begun: Vec<_> =
            topics.iter().filter_map(|said| said.as_ref().ok()).map(|said| said.interview).collect();
        assert_eq!(begun.len(), 4);
        all_refused_alike(topics);
        let running = async |ids: &[uuid::Uuid]| {
            let mut running = 0;
            for id in ids {
                running += u32::from(fixture.quiet(&viewer, *id).await.interview.status == Status::Running);
            }
            running
        };
        assert_eq!(running(&begun).await, 1, "each but the last one is over");

        allow(app, &viewer, 7).await;
        let inputs = at_once(|number| NewMessage::Input(format!("{ANSWER} {number}"))).await;
        assert_eq!(inputs.iter().filter(|said| said.is_ok()).count(), 3);
        all_refused_alike(inputs);
        let told = conversation(app, &viewer).await;
        let answers: std::collections::BTreeSet<_> = told
            .messages
            .iter()
            .filter(|message| message.role == ChatRole::User)
            .map(|message| &message.content)
            .collect();
        assert_eq!(answers.len(), 3, "each of them once");
        assert_eq!((told.used, ledger_sum(app, &viewer).await), (7, 7));
    })
    .await;
}

/// Fails in a number of turns to come, else says the same in every one.
struct Moody {
    failures: AtomicU32,
}

#[async_trait::async_trait]
impl Interviewer for Moody {
    fn label(&self) -> InterviewerLabel {
        InterviewerLabel {
            kind: InterviewerKind::Model,
            model: Some("moody".to_owned()),
            version: "1".to_owned(),
        }
    }

    fn makes_questions(&self) -> bool {
        true
    }

    async fn speak(&self, _: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure> {
        let failing =
            self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if failing.is_ok() {
            return Err(ModelFailure::Unreachable);
        }
        let _ = words.send("The model says so.".to_owned()).await;
        Ok(Spoken::Said)
    }

    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        Ok(brief.builtin.clone())
    }

    async fn make_question(&self, _: &QuestionBrief) -> Result<Question, ModelFailure> {
        Err(ModelFailure::Broken)
    }
}

async fn moody(failures: u32) -> (Fixture, Arc<Moody>) {
    let model = Arc::new(Moody { failures: AtomicU32::new(failures) });
    (Fixture::sqlite(Some(model.clone())).await, model)
}

#[tokio::test]
async fn a_greeting_that_fails_gives_its_unit_back_once() {
    let (fixture, _) = moody(1).await;
    let app = &fixture.app;
    let viewer = fixture.person("mina").await;
    let unreachable = Problem::ModelUnavailable { reason: ModelFailure::Unreachable };
    assert_eq!(topic(app, &viewer, "React").await.err(), Some(unreachable));
    assert_eq!(used(app, &viewer).await, (0, 0));
    let ledger = quotas::service::ledger(app, &viewer).await.expect("read");
    let lines: Vec<_> = ledger.iter().map(|line| (line.action, line.reason)).collect();
    let chat = LimitedAction::Chat;
    assert_eq!(lines, [(chat, EntryReason::Refunded), (chat, EntryReason::Started)]);
    assert!(conversation(app, &viewer).await.messages.is_empty(), "it never began");
    // Clients that show no topic any more go on by saying something.
    let again = input(app, &viewer, "다시 시작해 주세요").await.expect("greeted");
    assert!(again.text.contains("The model says so."));
    assert_eq!((used(app, &viewer).await, ledger_sum(app, &viewer).await), ((1, 0), 1));
}

#[tokio::test]
async fn a_follow_up_that_fails_is_spoken_by_the_builtin_interviewer() {
    let (fixture, model) = moody(0).await;
    let app = &fixture.app;
    let viewer = fixture.person("mina").await;
    let id = topic(app, &viewer, "React").await.expect("greeted").interview;
    model.failures.store(1, Ordering::SeqCst);
    // Too short to be the end of a question.
    let said = input(app, &viewer, "네.").await.expect("answered");
    assert!(!said.text.is_empty() && !said.text.contains("The model"), "{}", said.text);
    assert_eq!(said.interview, id);
    let room = fixture.quiet(&viewer, id).await;
    assert_eq!(room.interview.interviewer.kind, InterviewerKind::Builtin);
    assert_eq!((used(app, &viewer).await, ledger_sum(app, &viewer).await), ((2, 0), 2));
}

#[tokio::test]
async fn a_program_that_waits_hears_the_builtin_interviewer_at_once() {
    let fixture = Fixture::paced().await;
    let viewer = fixture.person("mina").await;
    let started = std::time::Instant::now();
    let greeting = topic(&fixture.app, &viewer, "React").await.expect("greeted");
    let next = input(&fixture.app, &viewer, ANSWER).await.expect("answered");
    let elapsed = started.elapsed();
    let words = [greeting, next].iter().map(|said| said.text.split_whitespace().count()).sum::<usize>();
    assert!(elapsed.as_millis() < 25 * words as u128, "{words} words took {elapsed:?}");
}

#[tokio::test]
async fn of_a_long_conversation_the_end_is_told() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        topic(app, &viewer, "데이터베이스").await.expect("greeted");
        input(app, &viewer, ANSWER).await.expect("answered");
        let all = [ChatRole::System, ChatRole::Assistant, ChatRole::User, ChatRole::Assistant];
        assert_eq!(roles(&conversation(app, &viewer).await), all);
        turn::Entity::update_many()
            .col_expr(turn::Column::Text, Expr::value("가".repeat(150_000)))
            .filter(turn::Column::Text.ne(""))
            .exec(app.database.writer())
            .await
            .expect("stored");
        let end = [ChatRole::System, ChatRole::User, ChatRole::Assistant];
        assert_eq!(roles(&conversation(app, &viewer).await), end);
    })
    .await;
}
