//! A disk without room: people are asked to try again, reading goes on, and it works again by itself.

use std::path::PathBuf;
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Folder, Person, Program, Said, Start, Stored, awaited, until};

/// What stops the program from writing.
trait Disk {
    fn fill(&self, program: &Program);
    fn empty(&self, program: &Program);
}

/// Files of the program may not grow any further: it works everywhere, without any privilege.
struct FileSizeLimit;

impl FileSizeLimit {
    fn set(program: &Program, limit: Option<u64>) {
        let pid = i32::try_from(program.pid()).ok().and_then(Pid::from_raw);
        let limit = Rlimit { current: limit, maximum: None };
        prlimit(pid, Resource::Fsize, limit).expect("a limit on file sizes");
    }
}

impl Disk for FileSizeLimit {
    fn fill(&self, program: &Program) {
        Self::set(program, Some(1024));
    }

    fn empty(&self, program: &Program) {
        Self::set(program, None);
    }
}

/// A file system of a few megabytes that only the program sees; its files are reached through the program's own root.
struct TinyDisk;

const MOUNTED: &str = "/mnt";

impl TinyDisk {
    fn filler(program: &Program) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{MOUNTED}/filler", program.pid()))
    }
}

impl Disk for TinyDisk {
    fn fill(&self, program: &Program) {
        use std::io::Write;
        let mut filler = std::fs::File::create(Self::filler(program)).expect("a file on the small disk");
        // In small pieces, so that not one page is left.
        let full = std::iter::repeat_with(|| filler.write_all(&[0; 512])).find_map(Result::err);
        assert_eq!(full.map(|error| error.kind()), Some(std::io::ErrorKind::StorageFull));
    }

    fn empty(&self, program: &Program) {
        std::fs::remove_file(Self::filler(program)).expect("removed");
    }
}

async fn fill_and_check(start: &Start, disk: &impl Disk, stored: impl AsyncFn(&Program) -> Stored) {
    let program = start.serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    let number = awaited(&room).expect("the first question");
    let (answer, start) = (Uuid::now_v7(), Uuid::now_v7());
    // More than the pages that are left in the files.
    let text = "잘 모르겠습니다. ".repeat(2000).chars().take(20_000).collect::<String>();

    disk.fill(&program);
    // What fits into space that the files had before is still taken.
    until("the disk is full", Duration::from_secs(20), async || {
        person.save_draft(interview, &text).await != Said::Yes(json!(null))
    })
    .await;
    for said in [
        person.save_draft(interview, &text).await,
        person.answer(interview, number, answer, &text).await,
        person.start(start).await,
    ] {
        assert_eq!(said.no(), (503, "busy"), "{}", program.log());
    }
    assert_eq!(person.page("/interviews").await.map(|page| page.0), Some(200));
    assert_eq!(person.room(interview).await.yes()["turns"], room["turns"], "nothing has changed");
    assert_eq!(person.used().await, 1);

    disk.empty(&program);
    person.answer(interview, number, answer, &text).await.yes();
    let started = person.start(start).await.id();
    person.quiet(interview, Duration::from_secs(45)).await;
    person.quiet(started, Duration::from_secs(45)).await;
    assert_eq!(person.used().await, 2);
    stored(&program).await.check().await;
    assert!(!program.log().contains("panicked"), "{}", program.log());
}

#[tokio::test]
async fn files_that_cannot_grow_ask_to_try_again_and_recover() {
    let folder = Folder::new();
    // Writing more is to fail, not to end the program.
    let wrapper = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""];
    let start = Start::on(&folder.url()).through(&wrapper);
    fill_and_check(&start, &FileSizeLimit, async |_| Stored::open(&folder.url()).await).await;
}

#[tokio::test]
async fn a_full_disk_asks_to_try_again_and_recovers() {
    let mount = format!("mount -t tmpfs -o size=3m tmpfs {MOUNTED} && exec \"$0\" \"$@\"");
    let wrapper = ["unshare", "-rm", "sh", "-c", mount.as_str()];
    let url = format!("sqlite://{MOUNTED}/daedap.db");
    let start = Start::on(&url).through(&wrapper);
    if !start.run(&["migrate"]).await.status.success() {
        eprintln!(
            "not run on a full disk: nothing may be mounted here; the limit on file sizes stands in for it"
        );
        return;
    }
    // SQLite itself would look for it in this process's root.
    let stored = async |program: &Program| {
        let path = format!("/proc/{}/root{MOUNTED}/daedap.db", program.pid());
        Stored::copy_of(path.as_ref()).await
    };
    fill_and_check(&start, &TinyDisk, stored).await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_ends_nothing() {
    let folder = Folder::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let wrapper = ["sh", "-c", "exec \"$0\" \"$@\" 2>/dev/full"];
    let start = Start::on(&folder.url()).through(&wrapper).set("RUST_LOG", "debug");
    let program = start.set("DAEDAP_ADDR", free.expect("a free port").to_string()).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    assert!(awaited(&room).is_some());
    assert_eq!(person.page("/interviews").await.map(|page| page.0), Some(200));
}
