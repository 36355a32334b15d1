//! What people write reaches no log, however much is logged, and is gone with their account.

use std::time::Duration;

use serde_json::json;
use testkit::upstream::{Interruption, Reply, Script, ScriptedUpstream};
use uuid::Uuid;

use crate::support::{Folder, Person, Program, Start, Stored, awaited};

/// Everything that the program and its layers have to say.
const EVERYTHING: &str =
    "daedap=trace,domain=trace,server=trace,app=trace,sea_orm=debug,tower_http=trace,tower_sessions=trace";

/// Stands in everything that a person writes.
const CANARY: &str = "canary4f7d2c";
const KOREAN: &str = "카나리아의비밀";

fn text(what: &str) -> String {
    format!(
        "{what} {CANARY} {KOREAN} 저는 지난 여름에 동료들과 함께 작은 식당을 찾아다니며 국수를 먹었습니다."
    )
}

/// A person of whom everything is a canary.
async fn canary(program: &Program) -> Person {
    let name = format!("name{CANARY}");
    let mut person = Person::anonymous(program, &name);
    let password = format!("password{CANARY}");
    let account = json!({
        "username": name, "email": format!("mail{CANARY}@example.com"), "language": "ko",
        "password": password, "password_confirmation": password,
    });
    let wrong = json!({ "username": name, "password": format!("wrong{CANARY}") });
    person.enter("accounts/sign-in", wrong).await.no();
    person.enter("accounts/register", json!({ "account": account })).await.yes();
    let edit = json!({
        "display_name": format!("{CANARY}{KOREAN}"), "language": "ko", "time_zone": "Asia/Seoul",
        "fields": ["cs"],
    });
    person.ask("accounts/save-profile", json!({ "edit": edit })).await.yes();
    person
}

fn assert_silent(program: &Program) {
    let log = program.log();
    assert!(log.contains("TRACE"), "the log is on:\n{log}");
    let told = log.lines().find(|line| line.contains(CANARY) || line.contains(KOREAN));
    assert_eq!(told, None, "a line of the log tells what a person wrote");
    assert!(!log.contains("panicked"), "{log}");
}

#[tokio::test]
async fn no_line_of_the_log_tells_what_a_person_wrote() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let start = Start::on(&folder.url()).model(&upstream).set("RUST_LOG", EVERYTHING);
    let program = start.serve().await;
    let person = canary(&program).await;
    let wrong = json!({ "username": person.name, "password": format!("wrong{CANARY}") });
    Person::anonymous(&program, "").enter("accounts/sign-in", wrong).await.no();
    let interview = person.start(Uuid::now_v7()).await.id();
    // Each way of the model to fail says something in the log.
    let scripts = [
        Script::natural(),
        Script::status(400),
        Script::status(500),
        Script::text(text("모델이 따라 말합니다.")),
        Script::natural().interrupt_after(1, Interruption::BrokenJson),
        Script::page("text/html", text("<h1>")),
        Script::from(Reply::Refusal(text("거절합니다."))),
    ];
    for script in scripts {
        upstream.always(script);
        let room = person.quiet(interview, Duration::from_secs(40)).await;
        person.save_draft(interview, &text("초안")).await.yes();
        let Some(number) = awaited(&room) else {
            person.act(interview, 0, "retry-builtin").await;
            continue;
        };
        person.answer(interview, number, Uuid::now_v7(), &text("답변")).await.yes();
    }
    upstream.always(Script::natural());
    person.quiet(interview, Duration::from_secs(40)).await;
    // Too long, and at the wrong moment.
    person.answer(interview, 99, Uuid::now_v7(), &text("답변")).await.no();
    person.answer(interview, 99, Uuid::now_v7(), &text("답변").repeat(1000)).await.no();
    person.ask("interview/answer", json!({ "text": text("답변") })).await.no();
    for path in
        [format!("/interviews?field={CANARY}"), format!("/login?next=/{CANARY}"), "/profile".to_owned()]
    {
        person.page(&path).await.expect("a page");
    }
    // The database refuses while it is told.
    let other = Stored::open(&folder.url()).await;
    other.run("BEGIN EXCLUSIVE").await;
    person.save_draft(interview, &text("초안")).await.no();
    other.run("ROLLBACK").await;
    drop(other);
    assert_silent(&program);

    program.kill().await;
    let program = start.serve().await;
    let person = person.at(&program);
    person.quiet(interview, Duration::from_secs(40)).await;
    person.act(interview, 0, "finish").await;
    person.quiet(interview, Duration::from_secs(40)).await;
    person.page(&format!("/interviews/{interview}/report")).await.expect("a page");
    let share = json!({ "request_id": Uuid::now_v7(), "days": "7", "with_name": true });
    let share = json!({ "id": interview, "share": share });
    let made = person.ask("share/create", share).await.yes();
    let token = made["token"].as_str().expect("a token");
    let (status, shared) = person.page(&format!("/share/{token}")).await.expect("a page");
    assert!(status == 200 && shared.contains(CANARY), "the link works");
    person.ask("share/read", json!({ "token": token })).await.yes();
    assert!(program.log().contains("/share/(token)"), "the request is in the log");
    assert!(!program.log().contains(token), "a line of the log tells the token of a share link");
    let password = json!({ "password": format!("password{CANARY}") });
    person.ask("accounts/delete", password).await.yes();
    assert_silent(&program);
}

#[tokio::test]
async fn a_deleted_account_leaves_no_word_in_the_files() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let neighbour = Person::register(&program, "mina").await;
    let kept = neighbour.start(Uuid::now_v7()).await.id();
    let mut listening = neighbour.listen(kept, None).await;
    let person = canary(&program).await;
    let interview = person.start(Uuid::now_v7()).await.id();
    for _ in 0..3 {
        let room = person.quiet(interview, Duration::from_secs(20)).await;
        person.save_draft(interview, &text("초안")).await.yes();
        let Some(number) = awaited(&room) else { break };
        person.answer(interview, number, Uuid::now_v7(), &text("답변").repeat(20)).await.yes();
    }
    // A page of the person's is open, and the interviewer is still speaking to it.
    let mut own = person.listen(interview, None).await;
    own.until("started", Duration::from_secs(10)).await;
    let found = |needle: &str| {
        ["", "-wal", "-shm"].iter().any(|suffix| {
            let path = format!("{}{suffix}", folder.database().display());
            let bytes = std::fs::read(path).unwrap_or_default();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    };
    assert!(found(CANARY) && found(KOREAN), "it is stored before");

    let password = json!({ "password": format!("password{CANARY}") });
    person.ask("accounts/delete", password).await.yes();
    assert!(!found(CANARY), "{CANARY} is still in the files");
    assert!(!found(KOREAN), "{KOREAN} is still in the files");
    own.end(Duration::from_secs(5)).await;
    assert!(!found(CANARY) && !found(KOREAN), "the turn that was spoken wrote it again");

    // Nobody else is touched.
    neighbour.quiet(kept, Duration::from_secs(20)).await;
    listening.until("finished", Duration::from_secs(20)).await;
    let stored = Stored::open(&folder.url()).await;
    stored.check().await;
    assert_eq!(stored.interviews().await.len(), 1);
    assert_eq!(stored.count("SELECT COUNT(*) FROM users").await, 1);
    assert_eq!(stored.count("SELECT COUNT(*) FROM sessions").await, 1);
}
