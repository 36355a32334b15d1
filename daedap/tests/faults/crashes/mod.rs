//! `kill -9` at random points, while several people do everything at once. `DAEDAP_FAULT_POINTS=100` tries more points,
//! `DAEDAP_FAULT_SEED` other ones.

mod life;
mod notes;

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use testkit::upstream::{Script, ScriptedUpstream};
use tokio_util::sync::CancellationToken;

use crate::support::{Folder, Program, Said, Start, Stored, until};
use life::Life;

/// People who do things at the same time.
const PEOPLE: usize = 4;

/// How long a restarted program may take to finish what a crash left.
const RECOVERY: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_the_built_in_interviewer_is_killed() {
    let folder = Folder::new();
    crash_and_check(&folder, Start::on(&folder.url()), 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_the_program_is_killed_while_a_model_streams() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Script::natural().token_delay(Duration::from_millis(15)));
    let folder = Folder::new();
    crash_and_check(&folder, Start::on(&folder.url()).model(&upstream), 2).await;
}

/// Half of the points that were asked for.
fn points() -> u32 {
    let points = std::env::var("DAEDAP_FAULT_POINTS").ok();
    points.map_or(20, |points| points.parse().expect("DAEDAP_FAULT_POINTS is a number")) / 2
}

fn random(stream: u64) -> StdRng {
    let seed = std::env::var("DAEDAP_FAULT_SEED").ok();
    let seed: u64 = seed.map_or(20_261_121, |seed| seed.parse().expect("DAEDAP_FAULT_SEED is a number"));
    eprintln!("DAEDAP_FAULT_SEED={seed}");
    StdRng::seed_from_u64(seed ^ (stream << 48))
}

async fn crash_and_check(folder: &Folder, start: Start, stream: u64) {
    let start = start.set("DAEDAP_DAILY_LIMIT", "1000");
    let mut random = random(stream);
    let mut program = start.serve().await;
    let mut lives = Vec::new();
    for number in 0..PEOPLE {
        lives.push(Life::begin(&program, &format!("person{number}"), random.random()).await);
    }
    for point in 0..points() {
        let after = Duration::from_millis(random.random_range(5..1500));
        lives = live_until_killed(program, lives, after).await;

        let stored = Stored::copy_of(&folder.database()).await;
        stored.check().await;
        let rows = notes::Rows::read(&stored).await;
        for life in &lives {
            life.notes.check(&rows, &format!("point {point}, {after:?}"));
        }

        program = start.serve().await;
        for life in &mut lives {
            life.come_back(&program).await;
        }
        // Every fourth time it is killed again before it has recovered.
        if random.random_range(0..4) > 0 {
            recovered(folder).await;
        }
    }
    for life in &mut lives {
        life.come_back(&program).await;
    }
    recovered(folder).await;
    for life in &lives {
        everything_goes_on_to_its_report(life).await;
    }
    program.kill().await;
    Stored::open(&folder.url()).await.check().await;
}

/// Lets everybody do things, kills the program after a while, and gives the people back with what they remember.
async fn live_until_killed(program: Program, lives: Vec<Life>, after: Duration) -> Vec<Life> {
    let killed = CancellationToken::new();
    let living: Vec<_> = lives
        .into_iter()
        .map(|mut life| {
            let killed = killed.clone();
            tokio::spawn(async move {
                life.live(&killed).await;
                life
            })
        })
        .collect();
    tokio::time::sleep(after).await;
    program.kill().await;
    killed.cancel();
    let mut lives = Vec::new();
    for life in living {
        lives.push(life.await.expect("a life goes on"));
    }
    lives
}

/// Waits until nothing is being spoken, judged or settled any more.
async fn recovered(folder: &Folder) {
    let stored = Stored::open(&folder.url()).await;
    until("recovery", RECOVERY, async || stored.unfinished().await == 0).await;
}

/// What everything that was begun is for: each interview can be answered, finished and read.
async fn everything_goes_on_to_its_report(life: &Life) {
    let person = &life.person;
    for interview in life.notes.interviews() {
        let room = person.quiet(interview, RECOVERY).await;
        assert_ne!(room["interview"]["status"], "failed", "nothing failed but the program");
        if let Some(number) = crate::support::awaited(&room) {
            let said = person.answer(interview, number, uuid::Uuid::now_v7(), "잘 모르겠습니다.").await;
            assert_eq!(said, Said::Yes(json!(null)), "{interview} takes an answer");
            person.quiet(interview, RECOVERY).await;
        }
        if room["interview"]["status"] != "finished" {
            let finished = person.act(interview, 0, "finish").await;
            assert!(
                matches!(finished.clone(), Said::Yes(_)) || finished.no().1 == "out-of-date",
                "{finished:?}"
            );
        }
        until("a report", RECOVERY, async || {
            let report = person.ask("interview/report", json!({ "id": interview })).await;
            matches!(report, Said::Yes(page) if !page["report"]["interview"]["band"].is_null())
        })
        .await;
    }
}
