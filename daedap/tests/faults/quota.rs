//! The allowance, as the model server sees it: so many units, so many first calls, whatever is sent how often and wherever.

use std::time::Duration;

use testkit::upstream::{Script, ScriptedUpstream};
use uuid::Uuid;

use crate::support::{Folder, Person, Program, Said, Start, Stored, postgres, until};

const START_MANY: usize = 100;

/// Sends as many starts at once, spread over the programs, and waits until everything that was begun is over.
async fn start_many(
    programs: &[Program],
    person: &Person,
    stored: &Stored,
    request_id: impl Fn() -> Uuid,
) -> Vec<Said> {
    let people: Vec<Person> = programs.iter().map(|program| person.at(program)).collect();
    let starts = (0..START_MANY).map(|number| people[number % people.len()].start(request_id()));
    let said = futures::future::join_all(starts).await;
    until("everything spoken", Duration::from_secs(30), async || stored.unfinished().await == 0).await;
    said
}

/// Calls that began to speak an interview's first words.
fn first_calls(upstream: &ScriptedUpstream) -> usize {
    upstream.requests().iter().filter(|request| request.body["stream"] == true).count()
}

/// Two of five units are used; a hundred starts at once use the other three.
async fn use_up(programs: &[Program], upstream: &ScriptedUpstream, stored: &Stored) {
    let person = Person::register(&programs[0], "mina").await;
    for _ in 0..2 {
        let interview = person.start(Uuid::now_v7()).await.id();
        person.quiet(interview, Duration::from_secs(20)).await;
    }
    let before = first_calls(upstream);
    assert_eq!(before, 2);

    let said = start_many(programs, &person, stored, Uuid::now_v7).await;
    let begun: Vec<&Said> = said.iter().filter(|said| matches!(said, Said::Yes(_))).collect();
    assert_eq!(begun.len(), 3, "three units were left");
    for refused in said.iter().filter(|said| !matches!(said, Said::Yes(_))) {
        assert_eq!(refused.no(), (200, "quota-reached"));
    }
    assert_eq!(first_calls(upstream) - before, 3, "three interviews, three calls");
    assert_eq!(stored.interviews().await.len(), 5);
    assert_eq!(person.used().await, 5);
    stored.check().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_starts_make_as_many_calls_as_units_are_left() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let folder = Folder::new();
    let program = Start::on(&folder.url()).model(&upstream).serve().await;
    let stored = Stored::open(&folder.url()).await;
    use_up(&[program], &upstream, &stored).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_starts_on_two_nodes_make_as_many_calls_as_units_are_left() {
    let Some(url) = postgres::fresh_database().await else { return };
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let start = Start::on(&url).model(&upstream);
    let programs = [start.serve().await, start.serve().await];
    let stored = Stored::open(&url).await;
    use_up(&programs, &upstream, &stored).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_form_sent_a_hundred_times_to_two_nodes_is_one_interview_and_one_call() {
    let Some(url) = postgres::fresh_database().await else { return };
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    let start = Start::on(&url).model(&upstream);
    let programs = [start.serve().await, start.serve().await];
    let stored = Stored::open(&url).await;
    let person = Person::register(&programs[0], "mina").await;
    let request = Uuid::now_v7();
    let said = start_many(&programs, &person, &stored, || request).await;
    assert!(said.iter().all(|one| matches!(one, Said::Yes(_)) && *one == said[0]), "{said:?}");
    assert_eq!(first_calls(&upstream), 1);
    assert_eq!((stored.interviews().await.len(), stored.ledger().await.len()), (1, 1));
    stored.check().await;
}

#[tokio::test]
async fn a_form_sent_again_after_a_crash_is_the_same_interview() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Script::natural().first_delay(Duration::from_millis(300)));
    let folder = Folder::new();
    let start = Start::on(&folder.url()).model(&upstream);
    let mut program = start.serve().await;
    let mut person = Person::register(&program, "mina").await;
    for crash in 1..=5 {
        let request = Uuid::now_v7();
        let unanswered = {
            let person = person.clone();
            tokio::spawn(async move { person.start(request).await })
        };
        // From before it is stored to while it is spoken.
        tokio::time::sleep(Duration::from_millis(crash * 7)).await;
        program.kill().await;
        let before = unanswered.await.expect("sent");
        program = start.serve().await;
        person = person.at(&program);
        let after = person.start(request).await;
        if before != Said::Nothing {
            assert_eq!(before, after, "the same answer");
        }
        person.quiet(after.clone().id(), Duration::from_secs(20)).await;
        assert_eq!(person.start(request).await, after, "and again");
        assert_eq!(person.used().await, crash, "one unit for each form");
    }
    let stored = Stored::open(&folder.url()).await;
    assert_eq!((stored.interviews().await.len(), stored.ledger().await.len()), (5, 5));
    stored.check().await;
}
