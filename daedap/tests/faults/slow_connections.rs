//! Connections that send slowly or nothing at all.

use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::support::{Folder, PASSWORD, Person, Program, Start, http, percentile};

const SOCKETS: usize = 5000;

/// A page for somebody else meanwhile. Without them it takes a few milliseconds.
const PAGE: Duration = Duration::from_millis(500);

/// The program gives a head 30 seconds, and a body too; the rest is for a busy machine.
const CUT: Duration = Duration::from_secs(40);

/// As many as this process may open, which is raised first.
fn sockets() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let allowed = raised.map_or(limit.current, |()| limit.maximum).unwrap_or(u64::MAX);
    let allowed = usize::try_from(allowed).unwrap_or(usize::MAX).saturating_sub(500);
    if allowed < SOCKETS {
        eprintln!("only {allowed} slow sockets instead of {SOCKETS}: no more files may be open here");
    }
    allowed.min(SOCKETS)
}

/// Opens a connection and sends the beginning of something.
async fn begin(program: &Program, beginning: &str) -> TcpStream {
    let mut socket = TcpStream::connect(program.address).await.expect("connected");
    socket.write_all(beginning.as_bytes()).await.expect("sent");
    socket
}

fn beginnings(program: &Program) -> [String; 3] {
    let head = format!("POST /web/accounts/sign-in HTTP/1.1\r\nHost: {}\r\n", program.address);
    let rest =
        "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 1000\r\n\r\n{";
    [String::new(), head.clone(), format!("{head}{rest}")]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_slow_sockets_leave_others_alone() {
    let sockets = sockets();
    let folder = Folder::new();
    // The limit that a program gets by default; it raises it by itself.
    let wrapper = ["sh", "-c", "ulimit -S -n 1024; exec \"$0\" \"$@\""];
    let program = Start::on(&folder.url()).through(&wrapper).serve().await;
    let person = Person::register(&program, "mina").await;
    let before = program.memory();
    let beginnings = beginnings(&program);
    let mut slow = Vec::new();
    for number in 0..sockets {
        slow.push(begin(&program, &beginnings[number % beginnings.len()]).await);
    }
    // New connections for every page: the slow ones must not be in their way either.
    let mut took = Vec::new();
    for _ in 0..50 {
        let asked = Instant::now();
        let page = http().get(program.url("/login")).send().await.expect("a page");
        assert_eq!(page.status().as_u16(), 200);
        page.text().await.expect("all of it");
        took.push(asked.elapsed());
    }
    let p99 = percentile(&mut took, 99);
    let each = program.memory().saturating_sub(before) / 1024 / sockets as u64;
    eprintln!(
        "{sockets} slow sockets of {each} KiB each: a page p50 {:?} p99 {p99:?}",
        percentile(&mut took, 50)
    );
    assert!(p99 < PAGE, "a page takes {p99:?}");
    person.start(Uuid::now_v7()).await.id();
    drop(slow);
}

/// Sends a little every second, for ever. Gives what was answered, once the connection was closed.
async fn drip(socket: TcpStream, drop: &str) -> String {
    let (mut reader, mut writer) = socket.into_split();
    let mut answer = String::new();
    let dripping = async {
        while !drop.is_empty() && writer.write_all(drop.as_bytes()).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        std::future::pending().await
    };
    tokio::select! {
        read = tokio::time::timeout(CUT, reader.read_to_string(&mut answer)) => {
            // A reset is an end as well, for whom sends on.
            let _ = read.expect("it is cut in time");
        }
        () = dripping => {}
    }
    answer
}

#[tokio::test]
async fn a_slow_head_or_body_is_cut_and_a_slow_stream_is_not() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    person.quiet(interview, Duration::from_secs(20)).await;
    let mut events = person.listen(interview, None).await;
    events.until("finished", Duration::from_secs(10)).await;

    let [nothing, head, body] = beginnings(&program);
    let (nothing, head, body) = (begin(&program, &nothing), begin(&program, &head), begin(&program, &body));
    let (_, _, body) =
        tokio::join!(drip(nothing.await, ""), drip(head.await, "X-More: yes\r\n"), drip(body.await, " "),);
    assert!(body.starts_with("HTTP/1.1 408"), "who sent a whole head is told: {body}");
    assert!(body.to_lowercase().contains("connection: close"), "{body}");

    // The stream was open all the time.
    person.act(interview, 1, "skip").await.yes();
    events.until("finished", Duration::from_secs(20)).await;
    let mut again = Person::anonymous(&program, "mina");
    let login = serde_json::json!({ "username": "mina", "password": PASSWORD });
    again.enter("accounts/sign-in", login).await.yes();
}
