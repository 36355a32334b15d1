//! SQLite that another process holds: people are asked to try again, and nothing is half done.

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::support::{Folder, PASSWORD, Person, Said, Start, Stored, awaited, until};

/// The program waits for 5 seconds before it asks somebody to come back.
const WAITS: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_locked_database_asks_to_try_again_and_recovers() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    let number = awaited(&room).expect("the first question");
    let (answer, start) = (Uuid::now_v7(), Uuid::now_v7());

    let other = Stored::open(&folder.url()).await;
    other.run("BEGIN EXCLUSIVE").await;
    let mut newcomer = Person::anonymous(&program, "mina");
    let mut jun = Person::anonymous(&program, "jun");
    let login = json!({ "username": "mina", "password": PASSWORD });
    let account = json!({ "account": {
        "username": "jun", "email": "jun@example.com", "language": "ko",
        "password": PASSWORD, "password_confirmation": PASSWORD,
    } });
    let refused = tokio::time::timeout(WAITS, async {
        tokio::join!(
            person.start(start),
            person.answer(interview, number, answer, "잘 모르겠습니다."),
            person.save_draft(interview, "쓰다가 만 글"),
            person.act(interview, number, "skip"),
            person.ask("interview/delete", json!({ "id": interview })),
            newcomer.enter("accounts/sign-in", login.clone()),
            jun.enter("accounts/register", account.clone()),
        )
    });
    let refused = refused.await.expect("nobody waits for ever");
    let refused: [Said; 7] = refused.into();
    for (place, said) in refused.iter().enumerate() {
        assert_eq!(said.no(), (503, "busy"), "call {place}\n{}", program.log());
    }
    // Reading goes on.
    assert_eq!(person.page("/interviews").await.map(|page| page.0), Some(200));
    let after = person.room(interview).await.yes();
    assert_eq!((&after["turns"], &after["draft"]), (&room["turns"], &room["draft"]), "nothing has changed");
    assert_eq!(person.page("/healthz").await.map(|page| page.0), Some(200));
    other.run("ROLLBACK").await;

    // The same calls again, with the same ids.
    until("it works again", Duration::from_secs(10), async || {
        person.save_draft(interview, "쓰다가 만 글").await == Said::Yes(json!(null))
    })
    .await;
    person.answer(interview, number, answer, "잘 모르겠습니다.").await.yes();
    let started = person.start(start).await.id();
    newcomer.enter("accounts/sign-in", login).await.yes();
    jun.enter("accounts/register", account).await.yes();
    person.quiet(interview, Duration::from_secs(20)).await;
    person.quiet(started, Duration::from_secs(20)).await;
    assert_eq!(person.used().await, 2);
    other.check().await;
    assert!(!program.log().contains("panicked"), "{}", program.log());
}

#[tokio::test]
async fn a_turn_that_is_spoken_into_a_locked_database_is_not_lost() {
    let folder = Folder::new();
    let program = Start::on(&folder.url()).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let mut events = person.listen(interview, None).await;
    events.until("delta", Duration::from_secs(10)).await;
    let other = Stored::open(&folder.url()).await;
    other.run("BEGIN EXCLUSIVE").await;
    // Longer than a writer waits.
    tokio::time::sleep(Duration::from_secs(8)).await;
    other.run("ROLLBACK").await;
    let room = person.quiet(interview, Duration::from_secs(45)).await;
    assert_eq!(room["turns"][0]["status"], "done");
    assert_eq!(person.used().await, 1);
    other.check().await;
}
