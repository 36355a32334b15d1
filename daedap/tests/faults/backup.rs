//! Copies of the database that are made while people use it, and putting one in its place.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use domain::entities::{audit_entry, session};
use migration::{Migrator, MigratorTrait};
use sea_orm::EntityTrait;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::postgres::fresh_database;
use crate::support::{Folder, PASSWORD, Person, Program, Start, Stored, awaited};

/// How long a program may take to end that was asked to.
const END: Duration = Duration::from_secs(15);

/// What people have made. Restoring changes nothing of it.
const TABLES: &[&str] = &[
    "users",
    "allowances",
    "ledger_entries",
    "interviews",
    "interview_questions",
    "turns",
    "assessments",
    "overrides",
    "drill_cards",
    "notebook_entries",
    "shares",
];

/// Runs `backup` or `restore`, which must work and say so in two lines.
async fn works(start: &Start, command: &str, file: &Path) -> String {
    let output = start.run(&[command, &file.display().to_string()]).await;
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(told.lines().count(), 2, "{told}");
    told.lines().last().expect("the result").to_owned()
}

/// Runs `backup` or `restore`, which must not work and say why in one line.
async fn fails(start: &Start, command: &str, file: &Path) -> String {
    let output: Output = start.run(&[command, &file.display().to_string()]).await;
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!output.status.success(), "{command} {} works", file.display());
    assert_eq!(told.lines().count(), 1, "{told}");
    told
}

/// Panics unless both SQLite files hold the same of what people have made.
async fn assert_same_rows(one: &Path, other: &Path) {
    let stored = Stored::open(&format!("sqlite://{}", one.display())).await;
    stored.run(&format!("ATTACH '{}' AS other", other.display())).await;
    for table in TABLES {
        for (from, without) in [("main", "other"), ("other", "main")] {
            let rows = format!(
                "SELECT COUNT(*) FROM (SELECT * FROM {from}.{table} EXCEPT SELECT * FROM {without}.{table})"
            );
            assert_eq!(stored.count(&rows).await, 0, "rows of {from}.{table} that {without} has not");
        }
    }
}

/// The files that a folder holds whose names contain a word.
fn named(folder: &Path, word: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path());
    files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(word))).collect()
}

async fn end(mut program: Program) {
    program.terminate();
    program.ended(END).await;
}

/// Answers as soon as an answer is awaited, and drafts in between.
async fn answer_all_the_time(person: Person, interview: Uuid, enough: CancellationToken) {
    while !enough.is_cancelled() {
        let room = person.room(interview).await.yes();
        match awaited(&room) {
            Some(number) => {
                person.answer(interview, number, Uuid::now_v7(), "잘 모르겠습니다.").await.yes();
            }
            None => {
                person.save_draft(interview, &format!("쓰다가 만 글 {}", Uuid::now_v7())).await.yes();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_under_load_is_whole_and_serves() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let enough = CancellationToken::new();
    let mut people = Vec::new();
    let mut working = Vec::new();
    for name in ["mina", "jun", "sora"] {
        let person = Person::register(&program, name).await;
        let interview = person.start(Uuid::now_v7()).await.id();
        working.push(tokio::spawn(answer_all_the_time(person.clone(), interview, enough.clone())));
        people.push((person, interview));
    }
    let start = Start::on(&folder.url());
    for copy in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let told = people[0].0.room(people[0].1).await.yes();
        let path = folder.path().join(format!("copy{copy}.db"));
        assert!(works(&start, "backup", &path).await.ends_with("checked"));
        let mode = std::fs::metadata(&path).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");

        let url = format!("sqlite://{}", path.display());
        Stored::open(&url).await.check().await;
        let restored = Start::on(&url).serve().await;
        for (person, interview) in &people {
            // The session is in the copy too.
            let person = person.at(&restored);
            person.quiet(*interview, Duration::from_secs(20)).await;
            let mut again = Person::anonymous(&restored, &person.name);
            let login = json!({ "username": person.name, "password": PASSWORD });
            again.enter("accounts/sign-in", login).await.yes();
        }
        let room = people[0].0.at(&restored).room(people[0].1).await.yes();
        let turns = |room: &serde_json::Value| room["turns"].as_array().expect("turns").clone();
        for (before, after) in turns(&told).iter().zip(turns(&room)) {
            if before["status"] == "done" {
                assert_eq!(*before, after, "what was said before the copy is in it");
            }
        }
        assert!(turns(&room).len() >= turns(&told).len());
    }
    enough.cancel();
    for work in working {
        work.await.expect("the load went on");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_copied_under_load_takes_the_place_of_the_database() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let program = start.serve().await;
    let enough = CancellationToken::new();
    let mut people = Vec::new();
    let mut working = Vec::new();
    for name in ["mina", "jun"] {
        let person = Person::register(&program, name).await;
        let interview = person.start(Uuid::now_v7()).await.id();
        working.push(tokio::spawn(answer_all_the_time(person.clone(), interview, enough.clone())));
        people.push((person, interview));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let backup = folder.path().join("backup.db");
    works(&start, "backup", &backup).await;
    // What happens after the copy is not in it.
    let late = Person::register(&program, "late").await;
    late.start(Uuid::now_v7()).await.id();
    enough.cancel();
    for work in working {
        work.await.expect("the load went on");
    }

    let told = fails(&start, "restore", &backup).await;
    assert!(told.contains("stop it first"), "{told}");
    assert!(late.room(Uuid::now_v7()).await.no().0 == 404, "the program goes on");
    end(program).await;
    let result = works(&start, "restore", &backup).await;

    let before = named(folder.path(), "before-restore");
    assert_eq!(before.len(), 1, "{before:?}");
    assert!(result.contains(&before[0].display().to_string()), "{result}");
    assert!(named(folder.path(), ".part").is_empty(), "nothing half is left behind");
    assert_same_rows(&backup, &folder.database()).await;
    let stored = Stored::open(&folder.url()).await;
    stored.check().await;
    assert!(session::Entity::find().all(&stored.database).await.expect("the sessions").is_empty());
    let noted = audit_entry::Entity::find().all(&stored.database).await.expect("the audit log");
    // The line of the backup was written behind the copy.
    assert_eq!(noted.iter().filter(|line| line.action == "backup-restored").count(), 1);
    let old = Stored::open(&format!("sqlite://{}", before[0].display())).await;
    old.check().await;
    assert_eq!(old.count("SELECT COUNT(*) FROM users WHERE username = 'late'").await, 1);
    assert_eq!(old.count("SELECT COUNT(*) FROM audit_entries WHERE action = 'backup-made'").await, 1);

    let restored = start.serve().await;
    for (person, interview) in &people {
        let session = person.at(&restored);
        assert_eq!(session.ask("accounts/profile", json!({})).await.no(), (401, "sign-in-required"));
        let mut person = Person::anonymous(&restored, &person.name);
        let login = json!({ "username": person.name, "password": PASSWORD });
        person.enter("accounts/sign-in", login).await.yes();
        person.quiet(*interview, Duration::from_secs(20)).await;
    }
    let mut late = Person::anonymous(&restored, "late");
    let login = json!({ "username": "late", "password": PASSWORD });
    assert_eq!(late.enter("accounts/sign-in", login).await.no(), (200, "wrong-credentials"));
}

#[tokio::test]
async fn what_cannot_be_restored_changes_nothing() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let program = start.serve().await;
    Person::register(&program, "mina").await;
    let backup = folder.path().join("backup.db");
    works(&start, "backup", &backup).await;
    let told = fails(&start, "backup", &backup).await;
    assert!(told.contains("nothing is overwritten"), "{told}");
    let told = fails(&start, "backup", &folder.path().join("nowhere/backup.db")).await;
    assert!(told.contains("cannot write into"), "{told}");
    end(program).await;
    let before = std::fs::read(folder.database()).expect("the database");

    let bad = |name: &str| folder.path().join(name);
    std::fs::write(bad("garbage.db"), "no database at all, but long enough to be looked at".repeat(100))
        .expect("written");
    // A page in the middle is gone.
    let mut broken = std::fs::read(&backup).expect("the backup");
    let middle = broken.len() / 2 / 4096 * 4096;
    broken[middle..middle + 4096].fill(0xa5);
    std::fs::write(bad("broken.db"), broken).expect("written");
    let foreign =
        sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", bad("foreign.db").display())).await;
    let foreign = foreign.expect("a database");
    Migrator::up(&foreign, Some(1)).await.expect("some of it");
    let change = "UPDATE seaql_migrations SET version = 'm2020_create_posts'";
    sea_orm::ConnectionTrait::execute_unprepared(&foreign, change).await.expect("changed");
    foreign.close().await.expect("closed");
    std::fs::copy(&backup, bad("newer.db")).expect("a copy");
    let newer = Stored::open(&format!("sqlite://{}", bad("newer.db").display())).await;
    newer
        .run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_later', 0)")
        .await;
    newer.database.close().await.expect("closed");

    for (name, why) in [
        ("missing.db", "there is no file"),
        ("garbage.db", "no SQLite database"),
        ("broken.db", "broken"),
        ("foreign.db", "not a database of Daedap"),
        ("newer.db", "newer version"),
        ("daedap.db", "the database itself"),
    ] {
        let told = fails(&start, "restore", &bad(name)).await;
        assert!(told.contains(why), "{name}: {told}");
        assert!(std::fs::read(folder.database()).expect("the database") == before, "{name} changed it");
    }
    assert!(named(folder.path(), "before-restore").is_empty());
    assert!(named(folder.path(), ".part").is_empty());
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date_also_where_there_was_no_database() {
    let folder = Folder::new();
    let old = folder.path().join("old.db");
    let database = sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", old.display())).await;
    let database = database.expect("a database");
    Migrator::up(&database, Some(9)).await.expect("an older schema");
    database.close().await.expect("closed");
    let start = Start::on(&folder.url());
    assert_eq!(works(&start, "restore", &old).await, "restored");
    let listed = start.run(&["user", "list"]).await;
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    Stored::open(&folder.url()).await.check().await;
}

#[tokio::test]
async fn a_broken_database_is_kept_and_replaced() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    start.run(&["migrate"]).await;
    let backup = folder.path().join("backup.db");
    works(&start, "backup", &backup).await;
    std::fs::write(folder.database(), "this was a database".repeat(1_000)).expect("broken");
    works(&start, "restore", &backup).await;
    Stored::open(&folder.url()).await.check().await;
    let kept = named(folder.path(), "before-restore");
    assert!(kept.iter().any(|path| std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"this was"))));
}

#[tokio::test]
async fn a_postgresql_database_is_copied_and_put_back_by_its_own_programs() {
    let Some(url) = fresh_database().await else { return };
    let folder = Folder::new();
    let start = Start::on(&url);
    let program = start.serve().await;
    let mina = Person::register(&program, "mina").await;
    mina.start(Uuid::now_v7()).await.id();
    let backup = folder.path().join("backup.dump");
    let output = start.run(&["backup", &backup.display().to_string()]).await;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("pg_dump is not installed"), "{told}");
        return;
    }
    let mode = std::fs::metadata(&backup).expect("the copy").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
    Person::register(&program, "late").await;
    let told = fails(&start, "restore", &backup).await;
    assert!(told.contains("stop Daedap first"), "{told}");
    end(program).await;
    assert_eq!(works(&start, "restore", &backup).await, "restored");

    let stored = Stored::open(&url).await;
    stored.check().await;
    assert_eq!(stored.count("SELECT COUNT(*) FROM users").await, 1);
    assert_eq!(stored.count("SELECT COUNT(*) FROM sessions").await, 0);
    assert_eq!(stored.count("SELECT COUNT(*) FROM interviews").await, 1);
    stored.database.close().await.expect("closed");
    let restored = start.serve().await;
    let mut mina = Person::anonymous(&restored, "mina");
    mina.enter("accounts/sign-in", json!({ "username": "mina", "password": PASSWORD })).await.yes();
}
