//! PostgreSQL: restarted under the program, shared by nodes of which one dies, and migrated by two at once.

use std::time::{Duration, Instant};

use serde_json::json;
use testkit::upstream::{Script, ScriptedUpstream};
use uuid::Uuid;

use crate::support::postgres::{Cluster, fresh_database};
use crate::support::{PASSWORD, Person, Said, Start, Stored, awaited, until};

/// After a restart of the database.
const BACK: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_restarted_postgresql_is_back_within_ten_seconds() {
    let Some(cluster) = Cluster::start() else { return };
    let url = cluster.database().await;
    let program = Start::on(&url).serve().await;
    let person = Person::register(&program, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let room = person.quiet(interview, Duration::from_secs(20)).await;
    let number = awaited(&room).expect("the first question");
    let spoken = person.start(Uuid::now_v7()).await.id();
    person.listen(spoken, None).await.until("delta", Duration::from_secs(10)).await;

    cluster.stop();
    let answer = Uuid::now_v7();
    let mut newcomer = Person::anonymous(&program, "mina");
    let login = json!({ "username": "mina", "password": PASSWORD });
    let (answered, started, room, signed_in, history, ready, health) = tokio::join!(
        person.answer(interview, number, answer, "잘 모르겠습니다."),
        person.start(Uuid::now_v7()),
        person.room(interview),
        newcomer.enter("accounts/sign-in", login.clone()),
        person.page("/interviews"),
        person.page("/readyz"),
        person.page("/healthz"),
    );
    for said in [answered, started, room, signed_in] {
        assert_eq!(said.no(), (503, "busy"), "{}", program.log());
    }
    let status = |page: Option<(u16, String)>| page.map(|page| page.0);
    assert_eq!((status(history), status(ready), status(health)), (Some(503), Some(503), Some(200)));

    cluster.begin();
    let began = Instant::now();
    until("it is back", BACK, async || {
        person.page("/readyz").await.is_some_and(|page| page.0 == 200)
            && matches!(person.room(interview).await, Said::Yes(_))
    })
    .await;
    person.answer(interview, number, answer, "잘 모르겠습니다.").await.yes();
    newcomer.enter("accounts/sign-in", login).await.yes();
    eprintln!("back after {:?}", began.elapsed());
    assert!(began.elapsed() < BACK);

    // The turn that was being spoken is spoken again when its lease is over.
    let room = person.quiet(spoken, Duration::from_secs(45)).await;
    assert_eq!(room["turns"][0]["status"], "done");
    person.quiet(interview, Duration::from_secs(45)).await;
    let stored = Stored::open(&url).await;
    stored.check().await;
    assert!(!program.log().contains("panicked"), "{}", program.log());
    drop(stored);
    program.kill().await;
}

#[tokio::test]
async fn two_nodes_migrate_one_empty_database_at_once() {
    let Some(url) = fresh_database().await else { return };
    let start = Start::on(&url);
    let (one, two) = tokio::join!(start.serve(), start.serve());
    let person = Person::register(&one, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    person.at(&two).quiet(interview, Duration::from_secs(20)).await;
    Stored::open(&url).await.check().await;
}

#[tokio::test]
async fn the_turn_of_a_node_that_dies_is_spoken_by_the_other() {
    let Some(url) = fresh_database().await else { return };
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Script::natural().token_delay(Duration::from_millis(100)));
    let start = Start::on(&url).model(&upstream);
    let (one, two) = tokio::join!(start.serve(), start.serve());
    let person = Person::register(&one, "mina").await;
    let interview = person.start(Uuid::now_v7()).await.id();
    let mut events = person.at(&two).listen(interview, None).await;
    assert!(upstream.calls_become(Duration::from_secs(10), |calls| calls.started == 1).await);
    one.kill().await;
    // The page on the other node sees it go on.
    let finished = events.until("finished", Duration::from_secs(45)).await;
    assert_eq!(finished["turn"]["attempt"], 2);
    assert_eq!(person.at(&two).used().await, 1);
    Stored::open(&url).await.check().await;
}
