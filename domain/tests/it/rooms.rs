//! Listening to a room, and taking up what a crash left.

use std::time::Duration;

use domain::interview::service::{self, Cursor, RoomListener, answer};
use domain::interview::{RoomEvent, TurnStatus, TurnView, upkeep};
use testkit::each_database;
use uuid::Uuid;

/// Replays events as a page does, until the turn of that number is whole.
async fn replay(listener: &mut RoomListener, until: u32) -> (Vec<TurnView>, Cursor) {
    let mut turns: Vec<TurnView> = Vec::new();
    loop {
        let next =
            tokio::time::timeout(Duration::from_secs(10), listener.next()).await.expect("an event in time");
        let (cursor, event) = next.expect("the room is there");
        match event {
            RoomEvent::Started { turn } | RoomEvent::Finished { turn } | RoomEvent::Failed { turn } => {
                let done = turn.number == until && turn.status == TurnStatus::Done;
                turns.retain(|other| other.number != turn.number);
                turns.push(turn);
                if done {
                    return (turns, cursor);
                }
            }
            RoomEvent::Delta { number, offset, text, .. } => {
                let turn = turns.iter_mut().find(|turn| turn.number == number).expect("a started turn");
                assert_eq!(turn.text.len(), offset as usize, "deltas join without gap or overlap");
                turn.text.push_str(&text);
            }
            RoomEvent::Scored { .. } | RoomEvent::Changed { .. } => {}
        }
    }
}

#[tokio::test]
async fn everybody_hears_the_same_and_a_latecomer_resumes() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = service::start(app, &viewer, fixture.setup("ko")).await.expect("started");
        let mut early = RoomListener::new(app, &viewer, id, None).await.expect("listening");
        let (turns, cursor) = replay(&mut early, 0).await;
        let stored = fixture.quiet(&viewer, id).await.turns;
        assert_eq!(turns, stored);

        answer(app, &viewer, id, 1, Uuid::now_v7(), "잘 모르겠습니다.".to_owned()).await.expect("answered");
        let mut late = RoomListener::new(app, &viewer, id, Some(cursor)).await.expect("listening");
        let (heard_late, _) = replay(&mut late, 2).await;
        let (heard_early, _) = replay(&mut early, 2).await;
        let stored = fixture.quiet(&viewer, id).await.turns;
        let text =
            |turns: &[TurnView]| turns.iter().rfind(|turn| turn.number == 2).map(|turn| turn.text.clone());
        assert_eq!(text(&heard_late), text(&stored));
        assert_eq!(text(&heard_early), text(&stored));
    })
    .await;
}

#[tokio::test]
async fn a_turn_that_a_crash_left_running_is_spoken_by_the_next_program() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
        // As `kill -9` leaves it: the answer is stored, the reply was begun and nobody holds it any more.
        use domain::entities::turn;
        use sea_orm::sea_query::Expr;
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
        answer(&fixture.app, &viewer, id, 1, Uuid::now_v7(), "모르겠습니다.".to_owned())
            .await
            .expect("answered");
        let before = fixture.quiet(&viewer, id).await;
        turn::Entity::update_many()
            .col_expr(turn::Column::Status, Expr::value("running"))
            .col_expr(turn::Column::Text, Expr::value("네, 조금 더 자"))
            .filter(turn::Column::InterviewId.eq(id))
            .filter(turn::Column::Number.eq(2))
            .exec(fixture.app.database.writer())
            .await
            .expect("changed");

        let restarted = fixture.another(None).await;
        upkeep::take_up(&restarted.app).await.expect("taken up");
        let after = restarted.quiet(&viewer, id).await;
        assert_eq!(after.turns.len(), before.turns.len());
        assert_eq!(after.turns[2].text, before.turns[2].text);
        assert_eq!(after.turns[2].attempt, before.turns[2].attempt + 1);
        assert_eq!(after.turns[1].text, "모르겠습니다.");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_sent() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        service::save_draft(&fixture.app, &viewer, id, "쓰다가 만 ".to_owned()).await.expect("saved");
        assert_eq!(fixture.another(None).await.quiet(&viewer, id).await.draft, "쓰다가 만 ");
        let number = room.awaited_turn().expect("awaited");
        answer(&fixture.app, &viewer, id, number, Uuid::now_v7(), "쓰다가 만 글".to_owned())
            .await
            .expect("answered");
        assert_eq!(fixture.quiet(&viewer, id).await.draft, "");
    })
    .await;
}
