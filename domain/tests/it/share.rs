//! Share links: who makes them, what they open, and when they end.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::admin::service::{self as admin, By};
use domain::entities::{share, turn};
use domain::interview::{RoomAction, service as interviews};
use domain::share::{NewShare, SHARES_MAX, ShareLink, service};
use domain::{App, Error, InputField, Problem, Reason, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

const ANSWER: &str = "트랜잭션은 모두 되거나 모두 안 되는 작업 단위라서 중간 상태가 밖에 보이지 않습니다.";

/// A finished interview with one answer.
async fn finished(fixture: &Fixture, viewer: &Viewer) -> Uuid {
    let (id, _) = fixture.interview(viewer, fixture.setup("ko")).await;
    fixture.answer(viewer, id, ANSWER).await;
    interviews::act(&fixture.app, viewer, id, 0, RoomAction::Finish).await.expect("finished");
    fixture.quiet(viewer, id).await;
    id
}

fn new(days: &str, with_name: bool) -> NewShare {
    NewShare { request_id: Uuid::now_v7(), days: days.to_owned(), with_name }
}

async fn shared(app: &App, viewer: &Viewer, id: Uuid, with_name: bool) -> ShareLink {
    service::create(app, viewer, id, new("7", with_name)).await.expect("a link")
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

async fn is_not_found(app: &App, token: &str) -> bool {
    problem(service::read(app, token).await) == Some(Problem::NotFound)
}

#[tokio::test]
async fn a_link_opens_the_report_as_its_owner_sees_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = finished(&fixture, &viewer).await;
        let link = shared(app, &viewer, id, true).await;
        let read = service::read(app, &link.token).await.expect("readable");
        let mut own = interviews::report(app, &viewer, id).await.expect("readable");
        own.interview.id = Uuid::nil();
        for question in &mut own.questions {
            assert!(question.own.take().is_some());
        }
        assert_eq!(read.report, own);
        assert_eq!(read.name.as_deref(), Some("mina"));
        assert_eq!((read.expires_at, read.time_zone.as_str()), (link.share.expires_at, "Asia/Seoul"));
        let listed = service::list(app, &viewer, id).await.expect("listed");
        assert_eq!(listed, [link.share]);
    })
    .await;
}

#[tokio::test]
async fn a_link_of_somebody_who_is_suspended_opens_nothing_meanwhile() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = finished(&fixture, &viewer).await;
        let link = shared(app, &viewer, id, true).await;
        admin::ban(app, By::CommandLine, viewer.id, "Spam").await.expect("suspended");
        assert!(is_not_found(app, &link.token).await);
        admin::unban(app, By::CommandLine, viewer.id).await.expect("let in again");
        assert!(service::read(app, &link.token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn without_the_name_nothing_tells_whose_it_is() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina-secret").await;
        let edit = ProfileEdit {
            display_name: "김미나".to_owned(),
            language: "ko".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            fields: vec![],
        };
        let viewer = accounts::save_profile(app, &viewer, edit).await.expect("saved");
        let id = finished(&fixture, &viewer).await;
        // A model may call the candidate by name.
        turn::Entity::update_many()
            .col_expr(turn::Column::Text, Expr::value("김미나 님, Mina-Secret 님, 왜 그런가요?"))
            .filter(turn::Column::InterviewId.eq(id))
            .filter(turn::Column::Kind.eq("probe"))
            .exec(app.database.writer())
            .await
            .expect("changed");
        let as_json = async |with_name| {
            let link = shared(app, &viewer, id, with_name).await;
            let read = service::read(app, &link.token).await.expect("readable");
            serde_json::to_string(&read).expect("JSON")
        };
        let named = as_json(true).await;
        assert!(named.contains("왜 그런가요?") && named.contains(r#""name":"김미나""#), "{named}");
        let nameless = as_json(false).await;
        assert!(nameless.contains("○○○ 님, ○○○ 님, 왜 그런가요?"), "{nameless}");
        let own = [viewer.id.to_string(), id.to_string(), "김미나".to_owned(), "mina-secret".to_owned()];
        for word in own {
            assert!(!nameless.to_lowercase().contains(&word), "{word} in {nameless}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_owner_makes_lists_and_revokes_links() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (owner, stranger) = (fixture.person("mina").await, fixture.person("jun").await);
        let id = finished(&fixture, &owner).await;
        let link = shared(app, &owner, id, false).await;
        let not_found = Some(Problem::NotFound);
        assert_eq!(problem(service::create(app, &stranger, id, new("7", false)).await), not_found);
        assert_eq!(problem(service::list(app, &stranger, id).await), not_found);
        assert_eq!(problem(service::revoke(app, &stranger, link.share.id).await), not_found);
        assert!(service::read(app, &link.token).await.is_ok(), "the stranger ended nothing");
        service::revoke(app, &owner, link.share.id).await.expect("revoked");
        assert!(is_not_found(app, &link.token).await);
        assert_eq!(problem(service::revoke(app, &owner, link.share.id).await), not_found);
        assert!(service::list(app, &owner, id).await.expect("listed").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_token_that_never_was_one_is_not_found() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = finished(&fixture, &viewer).await;
        let link = shared(app, &viewer, id, false).await;
        let stored = share::Entity::find().one(app.database.reader()).await.expect("read").expect("a row");
        assert_ne!(stored.token_hash, link.token);
        let long = "0".repeat(100_000);
        let wrong =
            ["", "\0", "nonsense", &long, &stored.token_hash, &link.token.to_uppercase(), &link.token[1..]];
        for token in wrong {
            assert!(is_not_found(app, token).await, "{token}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_when_its_time_is_over() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let id = finished(&fixture, &viewer).await;
        fixture.set_clock("2026-11-21T03:00:00Z");
        let day = service::create(app, &viewer, id, new("1", false)).await.expect("a link");
        let month = service::create(app, &viewer, id, new("30", false)).await.expect("a link");
        fixture.set_clock("2026-11-22T02:59:59Z");
        assert!(service::read(app, &day.token).await.is_ok());
        fixture.set_clock("2026-11-22T03:00:00Z");
        assert!(is_not_found(app, &day.token).await);
        assert_eq!(service::list(app, &viewer, id).await.expect("listed"), [month.share]);
        service::delete_expired(app).await.expect("deleted");
        assert_eq!(share::Entity::find().count(app.database.reader()).await.expect("counted"), 1);
        fixture.set_clock("2026-12-21T03:00:00Z");
        assert!(is_not_found(app, &month.token).await);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_chosen_or_shared_is_refused() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let (running, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let early = service::create(app, &viewer, running, new("7", false)).await;
        assert_eq!(problem(early), Some(Problem::OutOfDate));
        let id = finished(&fixture, &viewer).await;
        for days in ["", "0", "2", "-1", "365", "7 "] {
            let refused = problem(service::create(app, &viewer, id, new(days, false)).await);
            let (field, reason) = (InputField::Days, Reason::NotOffered);
            assert_eq!(refused, Some(Problem::Invalid { field, reason }), "{days}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_more_links_work_at_once_than_allowed() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let id = finished(&fixture, &viewer).await;
        let all = (0..12).map(|number| {
            let app = if number % 2 == 0 { app } else { &other_node.app };
            service::create(app, &viewer, id, new("7", false))
        });
        let results = futures::future::join_all(all).await;
        let made = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(made, SHARES_MAX as usize);
        for refused in results.into_iter().filter(Result::is_err) {
            assert_eq!(problem(refused), Some(Problem::TooManyShares { max: SHARES_MAX }));
        }
        let listed = service::list(app, &viewer, id).await.expect("listed");
        service::revoke(app, &viewer, listed[0].id).await.expect("revoked");
        shared(app, &viewer, id, false).await;
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_sent_again_makes_no_second_link() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let (id, other) = (finished(&fixture, &viewer).await, finished(&fixture, &viewer).await);
        let asked = new("7", true);
        let lost = service::create(app, &viewer, id, asked.clone()).await.expect("a link");
        // The reply did not arrive, and the person has thought better of the name.
        let changed = NewShare { days: "1".to_owned(), with_name: false, ..asked.clone() };
        let link = service::create(app, &viewer, id, changed).await.expect("a link");
        assert!(is_not_found(app, &lost.token).await, "nobody has what would open it");
        assert_eq!(service::read(app, &link.token).await.expect("readable").name, None);
        assert_eq!(service::list(app, &viewer, id).await.expect("listed"), [link.share]);
        // Of as many as may be at once none is in its own way.
        for _ in 1..SHARES_MAX {
            service::create(app, &viewer, id, new("7", false)).await.expect("a link");
        }
        let at_once = futures::future::join_all((0..6).map(|number| {
            let app = if number % 2 == 0 { app } else { &other_node.app };
            service::create(app, &viewer, id, asked.clone())
        }));
        for made in at_once.await {
            made.expect("a link");
        }
        assert_eq!(service::list(app, &viewer, id).await.expect("listed").len(), SHARES_MAX as usize);
        // It is another request where it is about another interview.
        service::create(app, &viewer, other, asked).await.expect("a link");
        assert_eq!(service::list(app, &viewer, id).await.expect("listed").len(), SHARES_MAX as usize);
    })
    .await;
}

#[tokio::test]
async fn links_go_with_their_interview_and_their_account() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let (first, second) = (finished(&fixture, &viewer).await, finished(&fixture, &viewer).await);
        let (of_first, of_second) =
            (shared(app, &viewer, first, true).await, shared(app, &viewer, second, true).await);
        interviews::delete(app, &viewer, first).await.expect("deleted");
        assert!(is_not_found(app, &of_first.token).await);
        assert!(service::read(app, &of_second.token).await.is_ok());
        accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert!(is_not_found(app, &of_second.token).await);
        assert_eq!(share::Entity::find().count(app.database.reader()).await.expect("counted"), 0);
    })
    .await;
}
