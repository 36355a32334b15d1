//! SIGTERM: what is under way is finished or taken up by the next start, and the program ends in time.

use std::time::Duration;

use serde_json::{Value, json};
use testkit::upstream::{Interruption, Script, ScriptedUpstream};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::support::{Folder, PASSWORD, Person, Program, Start, Stored, until};

/// The program gives itself 10 seconds; the rest is for a busy machine.
const DEADLINE: Duration = Duration::from_secs(15);

async fn refuses_connections(program: &Program) {
    let address = program.address;
    let refused = async || TcpStream::connect(address).await.is_err();
    until("new connections are refused", Duration::from_secs(5), refused).await;
}

#[tokio::test]
async fn a_running_turn_is_finished_and_its_listeners_are_let_go() {
    let folder = Folder::new();
    let mut program = Start::on(&folder.url()).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let mut events = person.listen(interview, None).await;
    events.until("delta", Duration::from_secs(10)).await;

    program.terminate();
    refuses_connections(&program).await;
    events.end(Duration::from_secs(5)).await;
    let status = program.ended(DEADLINE).await;
    assert_eq!(status.code(), Some(0), "{}", program.log());

    let stored = Stored::open(&folder.url()).await;
    stored.check().await;
    assert_eq!(stored.unfinished().await, 0, "the turn was spoken to its end");
}

#[tokio::test]
async fn a_turn_that_hangs_is_taken_up_by_the_next_start() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.push(Script::text("안녕하세요. 반갑습니다.").interrupt_after(3, Interruption::Stall));
    let folder = Folder::new();
    let start = Start::on(&folder.url()).model(&upstream);
    let mut program = start.serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    assert!(upstream.calls_become(Duration::from_secs(10), |calls| calls.started == 1).await);

    program.terminate();
    let status = program.ended(DEADLINE).await;
    assert_eq!(status.code(), Some(0), "{}", program.log());
    let stored = Stored::open(&folder.url()).await;
    assert_eq!(stored.unfinished().await, 1, "the turn is still owed");
    drop(stored);

    let program = start.serve().await;
    let person = person.at(&program);
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    assert_eq!(room["turns"][0]["status"], "done");
    assert_eq!(room["turns"][0]["attempt"], 2);
    assert_eq!(person.used().await, 1);
}

#[tokio::test]
async fn a_request_that_has_begun_gets_its_answer() {
    let folder = Folder::new();
    let mut program = Start::on(&folder.url()).serve().await;
    Person::register(&program, "mina").await;
    let body = json!({ "username": "mina", "password": PASSWORD }).to_string();
    let (first, second) = body.split_at(10);
    let mut socket = TcpStream::connect(program.address).await.expect("connected");
    let head = format!(
        "POST /web/accounts/sign-in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\r\n{first}",
        program.address,
        body.len()
    );
    socket.write_all(head.as_bytes()).await.expect("sent");
    // Once another request was answered, this one has been read as well.
    assert!(Person::anonymous(&program, "nobody").page("/healthz").await.is_some());

    program.terminate();
    refuses_connections(&program).await;
    socket.write_all(second.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    let read = socket.read_to_string(&mut answer);
    tokio::time::timeout(DEADLINE, read).await.expect("in time").expect("read");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("daedap_session="), "{answer}");
    let said: Value = serde_json::from_str(answer.lines().last().unwrap_or_default()).unwrap_or_default();
    assert_eq!(said, json!({ "Ok": null }), "{answer}");
    assert_eq!(program.ended(DEADLINE).await.code(), Some(0));
}
