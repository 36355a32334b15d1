//! Stop: the interviewer says the rest of its turn at once.

use std::time::{Duration, Instant};

use serde_json::json;
use testkit::upstream::{Script, ScriptedUpstream};
use uuid::Uuid;

use crate::support::{Folder, Person, Start, awaited, percentile};

/// From the press to the end of the turn on the page.
const AT_ONCE: Duration = Duration::from_millis(300);

const LONG: &str = "안녕하세요. 오늘 면접을 맡았습니다. 편하게 말씀해 주세요. 천천히 시작하겠습니다. 준비가 되셨으면 말씀해 주세요. ";

/// Long enough to be judged, and says nothing about any question.
const BESIDE_THE_POINT: &str = "저는 지난 여름에 동료들과 함께 작은 식당을 찾아다니며 맛있는 국수와 시원한 음료를 먹었던 즐거운 기억이 있습니다.";

/// Stops the running turn of some interviews, one after the other, and says how long each took.
async fn stop_some(person: &Person, events: usize) -> Vec<Duration> {
    let mut took = Vec::new();
    for _ in 0..events {
        let interview = person.start(Uuid::now_v7()).await.id();
        let mut events = person.listen(interview, None).await;
        events.until("delta", Duration::from_secs(10)).await;
        let pressed = Instant::now();
        let (said, finished) =
            tokio::join!(person.act(interview, 0, "stop"), events.until("finished", Duration::from_secs(20)));
        took.push(pressed.elapsed());
        said.yes();
        assert_eq!(finished["turn"]["status"], "done");
        let room = person.room(interview).await.yes();
        assert_eq!(room["turns"][0]["text"], finished["turn"]["text"], "the page shows what is stored");
        assert!(awaited(&room).is_some(), "the question stands, and an answer is awaited");
    }
    took
}

#[tokio::test]
async fn stop_ends_the_turn_at_once_and_hangs_up() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Script::text(LONG.repeat(5)).token_delay(Duration::from_millis(200)));
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let person = Person::register(&program, "mina").await;
    let mut took = stop_some(&person, 5).await;
    eprintln!("stop, with a model: {took:?}");
    assert!(upstream.calls_become(Duration::from_secs(2), |calls| calls.aborted == 5).await, "hung up");
    assert!(percentile(&mut took, 50) <= AT_ONCE, "{took:?}");
}

#[tokio::test]
async fn stop_ends_the_built_in_interviewers_turn_at_once() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let person = Person::register(&program, "mina").await;
    let mut took = stop_some(&person, 5).await;
    eprintln!("stop, built in: {took:?}");
    assert!(percentile(&mut took, 50) <= AT_ONCE, "{took:?}");
}

#[tokio::test]
async fn stop_does_not_wait_for_a_judgement() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    let number = awaited(&room).expect("the first question");
    person.answer(interview, number, Uuid::now_v7(), BESIDE_THE_POINT).await.yes();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    let number = awaited(&room).expect("a probe");
    assert_eq!(room["turns"][2]["kind"], "probe");

    // Skipping closes the question; its judgement never ends, and the next turn is behind it.
    upstream.always(Script::natural().first_delay(Duration::from_secs(60)));
    let mut events = person.listen(interview, Some(&format!("{number}.0.0"))).await;
    person.act(interview, number, "skip").await.yes();
    let next = json!(number + 1);
    let begun = async {
        loop {
            let event = events.next().await.expect("the stream goes on");
            if event["started"]["turn"]["number"] == next {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), begun).await.expect("the turn begins");
    let pressed = Instant::now();
    person.act(interview, 0, "stop").await.yes();
    let ended = async {
        loop {
            let event = events.next().await.expect("the stream goes on");
            if event["finished"]["turn"]["number"] == next {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ended).await.expect("the turn ends");
    let took = pressed.elapsed();
    assert!(took <= AT_ONCE, "{took:?}");
}
