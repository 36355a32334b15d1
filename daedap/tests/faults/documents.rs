//! Files that end whoever reads them, on the real program: each ends soon, with a word for what happened, and the program lives.

use std::process::Stdio;
use std::time::{Duration, Instant};

use domain::documents::{CORE_SECONDS, MEMORY_MAX, READ_SECONDS};
use serde_json::Value;
use testkit::Fixture;
use testkit::files::{docx, pdf};
use tokio::io::AsyncWriteExt;

use crate::support::{Person, Start, until};

/// What a file may take altogether: the wait for a core on a busy machine included.
const SOON: Duration = Duration::from_secs(READ_SECONDS as u64 + 5);

/// What the program says of a file on its standard input, and how long that took.
async fn parse(start: &Start, file: Vec<u8>) -> (Option<Value>, Duration) {
    let began = Instant::now();
    let mut command = start.command(&["parse-document"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("it runs");
    let mut input = child.stdin.take().expect("piped");
    let writing = tokio::spawn(async move {
        // It may end before it has read everything.
        let _ = input.write_all(&file).await;
    });
    let output = child.wait_with_output().await.expect("it ends");
    writing.await.expect("written");
    let answer = output.status.success().then(|| serde_json::from_slice(&output.stdout).expect("JSON"));
    (answer, began.elapsed())
}

#[tokio::test]
async fn a_hostile_file_is_refused_soon_and_the_program_lives() {
    let fixture = Fixture::sqlite(None).await;
    let program = Start::on(&fixture.url).serve().await;
    let hostile: Vec<_> = pdf::hostile().into_iter().chain(docx::hostile()).collect();
    // Everybody sends only so many.
    for (number, some) in hostile.chunks(8).enumerate() {
        let person = Person::register(&program, &format!("person{number}")).await;
        for (name, file) in some {
            let began = Instant::now();
            let (status, problem) = person.send_file("/documents/parse", file.clone()).await;
            assert!(began.elapsed() < SOON, "{name} took {:?}", began.elapsed());
            assert_eq!(problem["problem"], "wrong-document", "{name}: {status} {problem}");
            let expected = if problem["fault"] == "wrong-kind" { 415 } else { 422 };
            assert_eq!(status, expected, "{name}: {problem}");
            let (status, read) = person.send_file("/documents/parse", docx::docx(&["이력서"])).await;
            assert_eq!((status, &read["text"]), (200, &Value::from("이력서")), "after {name}");
        }
    }
}

#[tokio::test]
async fn the_process_limits_itself_before_it_reads_anything() {
    let fixture = Fixture::sqlite(None).await;
    let mut command = Start::on(&fixture.url).command(&["parse-document"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("it runs");
    let id = child.id().expect("it runs");
    let limit = |name: &str| {
        let limits = std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap_or_default();
        let row = limits.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
        row.and_then(|row| row.split_whitespace().next().and_then(|soft| soft.parse::<u64>().ok()))
    };
    // The last that it sets.
    until("the process has limited itself", SOON, async || limit("Max open files") == Some(3)).await;
    assert_eq!(limit("Max address space"), Some(MEMORY_MAX));
    assert_eq!(limit("Max cpu time"), Some(CORE_SECONDS.into()));
    assert_eq!(limit("Max file size"), Some(0));
    assert_eq!(limit("Max core file size"), Some(0));
    child.kill().await.expect("killed");
}

#[tokio::test]
async fn work_and_memory_without_bound_are_ended_by_the_limits_of_the_process() {
    let fixture = Fixture::sqlite(None).await;
    let start = Start::on(&fixture.url);
    for (name, file) in pdf::hostile() {
        let (answer, took) = parse(&start, file).await;
        assert!(took < SOON, "{name} took {took:?}");
        // Without an answer the system ended it, or it gave up: the server tells that from how it ended.
        if let Some(answer) = answer {
            assert!(answer["refused"].is_string(), "{name}: {answer}");
        }
    }
    let (answer, _) = parse(&start, pdf::korean_pdf(&[&["이력서"]])).await;
    assert_eq!(answer.expect("an answer")["read"]["text"], "이력서");
}

#[tokio::test]
async fn many_hostile_files_at_once_leave_the_others_served() {
    let fixture = Fixture::sqlite(None).await;
    let program = Start::on(&fixture.url).serve().await;
    let endless = pdf::hostile().into_iter().find(|(name, _)| *name == "forms that double each other");
    let (_, endless) = endless.expect("made");
    let mut sending = Vec::new();
    for number in 0..6 {
        let person = Person::register(&program, &format!("person{number}")).await;
        let file = endless.clone();
        sending.push(tokio::spawn(async move { person.send_file("/documents/parse", file).await }));
    }
    let other = Person::register(&program, "other").await;
    let began = Instant::now();
    let (status, _) = other.page("/documents").await.expect("a page");
    assert_eq!(status, 200);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for sent in sending {
        let (status, problem) = sent.await.expect("sent");
        // Read within its limits, or not even taken in while others were.
        assert!([422, 503].contains(&status), "{status} {problem}");
    }
}
