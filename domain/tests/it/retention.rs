//! Interviews that are older than they are kept.

use domain::accounts::service as accounts;
use domain::audit::{AuditAction, AuditFilter, service as audit};
use domain::entities::{interview, ledger_entry, notebook_entry, turn, user};
use domain::interview::{RoomAction, service as interviews};
use domain::privacy::{Kept, service as privacy};
use domain::retention::{RetentionChoice, service};
use domain::settings::service as settings;
use domain::{Error, InputField, Problem, Reason, Role, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use testkit::{Fixture, each_database};
use uuid::Uuid;

async fn sat_on(fixture: &Fixture, viewer: &Viewer, day: &str, finish: bool) -> Uuid {
    fixture.set_clock(&format!("{day}T03:00:00Z"));
    let (id, _) = fixture.interview(viewer, fixture.setup("ko")).await;
    fixture.answer(viewer, id, "트랜잭션은 모두 되거나 모두 안 되는 작업 단위입니다.").await;
    if finish {
        interviews::act(&fixture.app, viewer, id, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(viewer, id).await;
    }
    id
}

async fn left(fixture: &Fixture, viewer: &Viewer) -> Vec<Uuid> {
    let rows = interview::Entity::find().filter(interview::Column::UserId.eq(viewer.id));
    let mut ids: Vec<Uuid> =
        rows.all(fixture.app.database.reader()).await.expect("read").iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn what_is_older_than_chosen_is_deleted_with_everything_in_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let old = sat_on(&fixture, &mina, "2026-01-01", true).await;
        let never_finished = sat_on(&fixture, &mina, "2026-01-02", false).await;
        let recent = sat_on(&fixture, &mina, "2026-03-20", true).await;
        let of_jun = sat_on(&fixture, &jun, "2026-01-01", true).await;
        fixture.set_clock("2026-04-10T03:00:00Z");
        assert_eq!(service::sweep(app).await.expect("swept"), 0, "nobody chose anything");

        let view = service::view(app, &mina).await.expect("a view");
        assert_eq!((view.chosen, view.maximum, view.effects.len()), (RetentionChoice::Never, None, 5));
        let effect = |choice| *view.effects.iter().find(|effect| effect.choice == choice).expect("offered");
        let strikes = |choice| effect(choice).strikes;
        assert_eq!((strikes(RetentionChoice::Never), strikes(RetentionChoice::Quarter)), (0, 2));
        assert_eq!(strikes(RetentionChoice::Year), 0);
        let next = effect(RetentionChoice::Quarter).next_at.expect("the recent one's turn comes");
        assert_eq!(next.date_naive().to_string(), "2026-06-18");

        let chosen = service::choose(app, &mina, "90").await.expect("chosen");
        assert_eq!(chosen.chosen, RetentionChoice::Quarter);
        assert_eq!(left(&fixture, &mina).await, [old, never_finished, recent], "not before the next run");
        assert_eq!(service::sweep(app).await.expect("swept"), 2);
        assert_eq!(left(&fixture, &mina).await, [recent]);
        assert_eq!(left(&fixture, &jun).await, [of_jun]);
        let database = app.database.reader();
        let turns = turn::Entity::find().filter(turn::Column::InterviewId.is_in([old, never_finished]));
        assert_eq!(turns.count(database).await.expect("counted"), 0);
        let lines = ledger_entry::Entity::find().filter(ledger_entry::Column::InterviewId.eq(old));
        assert_eq!(lines.count(database).await.expect("counted"), 1, "the ledger keeps its line");
        let noted = notebook_entry::Entity::find().filter(notebook_entry::Column::UserId.eq(mina.id));
        assert!(noted.count(database).await.expect("counted") > 0, "the notebook outlives it");
        assert_eq!(service::sweep(app).await.expect("swept"), 0);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_at_once_delete_each_interview_once() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        for day in ["2026-01-01", "2026-01-02", "2026-01-03"] {
            sat_on(&fixture, &mina, day, true).await;
        }
        service::choose(&fixture.app, &mina, "30").await.expect("chosen");
        fixture.set_clock("2026-04-10T03:00:00Z");
        let other = fixture.another(None).await;
        other.set_clock("2026-04-10T03:00:00Z");
        let (one, two) = tokio::join!(service::sweep(&fixture.app), service::sweep(&other.app));
        assert_eq!(one.expect("swept") + two.expect("swept"), 3);
        assert!(left(&fixture, &mina).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_operators_maximum_holds_for_everybody() {
    each_database(|fixture| async move {
        let short = fixture.with_retention_max(60).await;
        let (mina, jun) = (short.person("mina").await, short.person("jun").await);
        let middle = sat_on(&short, &mina, "2026-03-01", true).await;
        sat_on(&short, &jun, "2026-01-01", true).await;
        short.set_clock("2026-04-10T03:00:00Z");
        // Chosen before the operator set anything.
        user::Entity::update_many()
            .col_expr(user::Column::RetentionDays, Expr::value(365))
            .filter(user::Column::Id.eq(jun.id))
            .exec(short.app.database.writer())
            .await
            .expect("chosen");
        let view = service::view(&short.app, &mina).await.expect("a view");
        let offered: Vec<_> = view.effects.iter().map(|effect| effect.choice).collect();
        assert_eq!((view.maximum, offered), (Some(60), vec![RetentionChoice::Never, RetentionChoice::Month]));
        let refused = service::choose(&short.app, &mina, "365").await.err().map(domain::Error::into_problem);
        let expected = Problem::Invalid { field: InputField::Retention, reason: Reason::NotOffered };
        assert_eq!(refused, Some(expected.clone()));
        let nonsense = service::choose(&short.app, &mina, "31").await.err().map(domain::Error::into_problem);
        assert_eq!(nonsense, Some(expected));
        assert_eq!(service::sweep(&short.app).await.expect("swept"), 1);
        assert_eq!(left(&short, &mina).await, [middle]);
        assert!(left(&short, &jun).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sets_a_maximum_within_the_operators() {
    each_database(|fixture| async move {
        let bounded = fixture.with_retention_max(60).await;
        let (mina, root) = (fixture.person("mina").await, fixture.person("root").await);
        accounts::set_role(&fixture.app, root.id, Role::Admin).await.expect("an administrator");
        let root = Viewer { role: Role::Admin, ..root };
        let old = sat_on(&bounded, &mina, "2026-03-01", true).await;
        let recent = sat_on(&bounded, &mina, "2026-04-01", true).await;
        bounded.set_clock("2026-04-10T03:00:00Z");
        let app = &bounded.app;
        let refused = |days: &'static str| settings::set_retention_max(app, &root, days);
        for (days, reason) in [("61", Reason::NotOffered), ("0", Reason::Malformed), ("x", Reason::Malformed)]
        {
            let told = refused(days).await.err().map(Error::into_problem);
            assert_eq!(
                told,
                Some(Problem::Invalid { field: InputField::RetentionMaxDays, reason }),
                "{days}"
            );
        }
        let effect = async |days: &str| settings::retention_effect(app, &root, days).await.expect("counted");
        assert_eq!((effect("60").await, effect("30").await, effect("").await), (0, 1, 0));

        settings::set_retention_max(app, &root, "30").await.expect("set");
        settings::set_retention_max(app, &root, " 30 ").await.expect("nothing to do");
        let seen = settings::overview(app, &root).await.expect("seen");
        assert_eq!((seen.retention_max_days, seen.retention_bound), (Some(30), Some(60)));
        let view = service::view(app, &mina).await.expect("a view");
        assert_eq!((view.maximum, view.effects[0].strikes), (Some(30), 1));
        let facts = privacy::facts(app).await.expect("the facts");
        let kept = facts.keeping.iter().find(|keeping| keeping.what == Kept::Interviews);
        assert_eq!(kept.and_then(|keeping| keeping.days), Some(30));
        assert_eq!(service::sweep(app).await.expect("swept"), 1);
        assert_eq!(left(&bounded, &mina).await, [recent], "{old} was older");

        // It is taken back, and what the program was started with holds again.
        settings::set_retention_max(app, &root, "").await.expect("cleared");
        assert_eq!(service::view(app, &mina).await.expect("a view").maximum, Some(60));
        assert_eq!(settings::overview(app, &root).await.expect("seen").retention_max_days, None);
        let filter = AuditFilter { action: Some(AuditAction::SettingChanged.to_string()), after: None };
        let log = audit::list(app, &root, &filter).await.expect("the log");
        let told: Vec<_> = log.lines.iter().map(|line| line.details.clone()).collect();
        let setting = |value: serde_json::Value| json!({ "setting": "retention-max-days", "value": value });
        assert_eq!(told, [setting(json!(null)), setting(json!(30))], "newest first, nothing twice");

        // Set before the operator allowed less: the shorter one holds.
        settings::set_retention_max(app, &root, "60").await.expect("set");
        let shorter = fixture.with_retention_max(45).await;
        assert_eq!(service::view(&shorter.app, &mina).await.expect("a view").maximum, Some(45));
        let without = service::view(&fixture.app, &mina).await.expect("a view");
        assert_eq!(without.maximum, Some(60), "it holds without the operator's as well");
    })
    .await;
}
