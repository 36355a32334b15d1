//! An interview that fails before its first word costs nothing, and is paid back once. One that has begun is paid for.

use std::time::Duration;

use serde_json::json;
use testkit::upstream::{Interruption, Reply, Script, ScriptedUpstream};
use uuid::Uuid;

use crate::support::{Folder, Person, Start, Stored};

/// Longer than the program waits for a first word.
const FAILED: Duration = Duration::from_secs(40);

/// Starts an interview that fails, and checks that it costs nothing however often it is asked for again.
async fn fail_and_check(person: &Person, what: &str) {
    let before = person.ledger().await.len();
    let request = Uuid::now_v7();
    let interview = person.start(request).await.id();
    let room = person.quiet(interview, FAILED).await;
    assert_eq!(room["interview"]["status"], "failed", "{what}");
    assert_eq!(room["turns"][0]["status"], "failed", "{what}");
    assert_eq!(room["turns"][0]["problem"]["problem"], "model-unavailable", "{what}");
    for action in ["retry", "retry-builtin", "finish"] {
        assert_eq!(person.act(interview, 0, action).await.no(), (200, "out-of-date"), "{what}: {action}");
    }
    assert_eq!(person.start(request).await.id(), interview, "{what}: the form is still the same interview");
    assert_eq!(person.used().await, 0, "{what}");
    let ledger = person.ledger().await;
    let lines: Vec<(i64, &str)> =
        ledger[..ledger.len() - before].iter().map(|(units, reason)| (*units, reason.as_str())).collect();
    assert_eq!(lines, [(-1, "refunded"), (1, "started")], "{what}");
}

#[tokio::test]
async fn what_fails_before_its_first_word_is_paid_back_once() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let start = Start::on(&folder.url()).model(&upstream);
    let program = start.serve().await;
    let person = Person::register(&program, "mina").await;
    let limited = [
        ("401", Script::status(401)),
        ("429", Script::status(429)),
        ("429 for long", Script::slow_down("3600")),
        ("500", Script::status(500)),
        ("a reset", Reply::Reset.into()),
        ("a reset within the first word", Script::natural().interrupt_after(0, Interruption::Reset)),
        ("HTML", Script::html()),
        ("no words", Script::text("")),
        ("an error in the stream", Script::natural().interrupt_after(0, Interruption::Error(json!({})))),
    ];
    for (what, script) in limited {
        upstream.always(script);
        fail_and_check(&person, what).await;
    }
    upstream.always(Script::natural());
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, FAILED).await;
    assert_eq!(room["interview"]["status"], "running");
    assert_eq!(person.used().await, 1, "what works is paid for");

    program.kill().await;
    let program = start.serve().await;
    assert_eq!(person.at(&program).used().await, 1, "a restart pays nothing back");
    Stored::open(&folder.url()).await.check().await;
}

#[tokio::test]
async fn silence_is_paid_back_when_it_was_waited_for_long_enough() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Reply::Hang);
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let person = Person::register(&program, "mina").await;
    fail_and_check(&person, "silence").await;
    let calls = upstream.calls();
    assert_eq!((calls.started, calls.aborted), (1, 1), "it was not waited out twice, and hung up");
}

#[tokio::test]
async fn a_crash_between_failures_pays_back_once() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.push(Reply::Hang);
    upstream.always(Script::status(500));
    let folder = Folder::new();
    let start = Start::on(&folder.url()).model(&upstream);
    let program = start.serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    assert!(upstream.calls_become(Duration::from_secs(10), |calls| calls.started == 1).await);
    program.kill().await;

    let program = start.serve().await;
    let person = person.at(&program);
    let room = person.quiet(interview, FAILED).await;
    assert_eq!(room["interview"]["status"], "failed");
    program.kill().await;

    let program = start.serve().await;
    let person = person.at(&program);
    assert_eq!(person.used().await, 0);
    assert_eq!(person.ledger().await.len(), 2);
    Stored::open(&folder.url()).await.check().await;
}

#[tokio::test]
async fn an_interview_that_has_begun_to_speak_is_paid_for() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let person = Person::register(&program, "mina").await;
    let words = ["안녕하세요. ", "오늘 면접을 ", "맡았", "습니다."];
    for interruption in [Interruption::Reset, Interruption::BrokenJson] {
        upstream.push(Script::tokens(words).interrupt_after(3, interruption));
        let interview = person.start(Uuid::now_v7()).await.id();
        let room = person.quiet(interview, FAILED).await;
        assert_eq!(room["interview"]["status"], "running");
        assert_eq!(room["turns"][0]["status"], "done", "the greeting broke off, the question follows");
    }
    assert_eq!(person.used().await, 2);
    assert!(person.ledger().await.iter().all(|(units, _)| *units == 1));
}
