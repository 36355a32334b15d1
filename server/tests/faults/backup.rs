//! A copy of the database that is made while people use it.

use std::time::Duration;

use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::{Folder, PASSWORD, Person, Start, Stored, awaited};

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
    let other = Stored::open(&folder.url()).await;
    for copy in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let told = people[0].0.room(people[0].1).await.yes();
        let path = folder.path().join(format!("copy{copy}.db"));
        other.run(&format!("VACUUM INTO '{}'", path.display())).await;

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
