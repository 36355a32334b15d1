//! Pages that open a stream and do not read it.

use std::time::Duration;

use testkit::upstream::{Script, ScriptedUpstream};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use uuid::Uuid;

use crate::support::{Folder, Person, Program, Start, awaited};

const READERS: u64 = 50;

/// What one of them may cost.
const MEMORY: u64 = 1 << 20;

/// The longest answer: 20,000 characters of three bytes.
fn longest_answer() -> String {
    "저는 국수를 좋아합니다 ".repeat(2000).chars().take(20_000).collect()
}

/// A reader that asks for the room's events and never reads one.
async fn stalled(program: &Program, person: &Person, interview: Uuid) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    // As little as possible waits in the kernel, so that it has to wait in the program.
    socket.set_recv_buffer_size(4096).expect("a small buffer");
    let mut stream = socket.connect(program.address).await.expect("connected");
    stream.write_all(person.listen_by_hand(interview).as_bytes()).await.expect("asked");
    stream
}

#[tokio::test]
async fn a_slow_reader_costs_little_memory() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    // A long room: what a reader catches up with is several times what it may cost.
    let mut room = person.quiet(interview, Duration::from_secs(20)).await;
    for _ in 0..8 {
        let Some(number) = awaited(&room) else { break };
        person.answer(interview, number, Uuid::now_v7(), &longest_answer()).await.yes();
        room = person.quiet(interview, Duration::from_secs(20)).await;
    }
    let length = room.to_string().len();
    assert!(length > 300_000, "a long room, not {length} bytes");

    // What the program needs for everybody is there before it is measured.
    for _ in 0..20 {
        person.room(interview).await.yes();
        let mut events = person.listen(interview, None).await;
        events.until("changed", Duration::from_secs(10)).await;
    }
    let before = program.memory();
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(stalled(&program, &person, interview).await);
    }
    // And a long stream while they hang there.
    upstream
        .always(Script::text("천천히 말씀드리겠습니다. ".repeat(60)).token_delay(Duration::from_millis(10)));
    if let Some(number) = awaited(&room) {
        person.answer(interview, number, Uuid::now_v7(), "잘 모르겠습니다.").await.yes();
    }
    room = person.quiet(interview, Duration::from_secs(30)).await;
    let mut events = person.listen(interview, None).await;
    events.until("changed", Duration::from_secs(10)).await;

    let each = program.memory().saturating_sub(before) / READERS;
    eprintln!("a slow reader of a room of {length} bytes costs {} KiB", each / 1024);
    assert!(each < MEMORY, "a slow reader costs {each} bytes");
    assert!(!room["turns"].as_array().expect("turns").is_empty());
    drop(readers);
}
