//! The allowance: exact under load, refunded once, turning at midnight.

use domain::interview::service as interviews;
use domain::interview::{NewInterview, Status};
use domain::quotas::{EntryReason, LimitedAction, service};
use domain::{Error, Problem};
use testkit::each_database;
use uuid::Uuid;

#[tokio::test]
async fn a_hundred_starts_at_once_use_what_is_left_and_no_more() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let starts = (0..100).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            interviews::start(app, &viewer, fixture.setup("ko"))
        });
        let results = futures::future::join_all(starts).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 5);
        for error in results.into_iter().filter_map(Result::err) {
            assert!(matches!(error.into_problem(), Problem::QuotaReached { .. }));
        }
        let allowance =
            service::allowance(&fixture.app, &viewer, LimitedAction::Interview).await.expect("read");
        assert_eq!((allowance.used, allowance.left()), (5, 0));
        let ledger = service::ledger(&fixture.app, &viewer).await.expect("read");
        assert_eq!(ledger.iter().map(|entry| entry.units).sum::<i32>(), 5);
        let first = service::ledger_page(&fixture.app, &viewer, None, 3).await.expect("read");
        let rest = service::ledger_page(&fixture.app, &viewer, first.next, 3).await.expect("read");
        assert_eq!((first.entries.len(), rest.next), (3, None));
        assert_eq!([first.entries, rest.entries].concat(), ledger);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_sent_many_times_is_one_interview() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let setup = fixture.setup("ko");
        let starts = (0..20).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            interviews::start(app, &viewer, setup.clone())
        });
        let ids: Vec<Uuid> = futures::future::join_all(starts)
            .await
            .into_iter()
            .map(|result| result.expect("started"))
            .collect();
        assert!(ids.iter().all(|id| *id == ids[0]));
        assert_eq!(service::ledger(&fixture.app, &viewer).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_start_that_is_refused_costs_nothing() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let wrong = NewInterview { question_count: 11, ..fixture.setup("ko") };
        let refused = interviews::start(&fixture.app, &viewer, wrong).await.map_err(Error::into_problem);
        assert!(matches!(refused, Err(Problem::Invalid { .. })));
        assert_eq!(service::ledger(&fixture.app, &viewer).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn the_day_turns_at_the_persons_midnight_also_when_the_clock_is_set_back() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let app = &fixture.app;
        let start = || interviews::start(app, &viewer, fixture.setup("ko"));
        fixture.set_clock("2026-11-21T14:59:59Z");
        for _ in 0..5 {
            start().await.expect("started");
        }
        let refused = start().await.map_err(Error::into_problem);
        let resets_at = "2026-11-21T15:00:00Z".parse().expect("a moment");
        assert_eq!(refused, Err(Problem::QuotaReached { resets_at }));
        fixture.set_clock("2026-11-21T15:00:00Z");
        start().await.expect("a new day in Seoul");
        fixture.set_clock("2026-11-21T14:59:58Z");
        assert!(start().await.is_err(), "the old day is still used up");
    })
    .await;
}

#[tokio::test]
async fn a_person_can_have_a_limit_of_their_own() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        service::set_limit(&fixture.app, viewer.id, LimitedAction::Interview, 1).await.expect("set");
        let (id, room) = fixture.interview(&viewer, fixture.setup("en")).await;
        assert_eq!(room.interview.status, Status::Running);
        assert!(interviews::start(&fixture.app, &viewer, fixture.setup("en")).await.is_err());
        let ledger = service::ledger(&fixture.app, &viewer).await.expect("read");
        assert_eq!(ledger.len(), 1);
        assert_eq!((ledger[0].reason, ledger[0].interview_id), (EntryReason::Started, Some(id)));
    })
    .await;
}
