//! Work on an account that meets other work on it: on PostgreSQL, where transactions run side by side.

use std::time::Duration;

use domain::accounts::one_time_link::{self, LinkPurpose};
use domain::accounts::{reset, service as accounts};
use domain::admin::service::{self as admin, By};
use domain::documents::{NewDocument, service as documents};
use domain::entities::{allowance, identity, ledger_entry, notebook_entry, user};
use domain::identities::{Provider, service as identities};
use domain::letters::{LetterContent, NewLetter, service as letters};
use domain::questions::Language;
use domain::{App, Error, Problem, Viewer};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect, Statement,
};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

/// Waits until so many transactions on this database wait for a lock.
async fn waiting(app: &App, wanted: i64) {
    let sql = "SELECT COUNT(*) AS waiting FROM pg_stat_activity \
               WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..1000 {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let row = app.database.reader().query_one_raw(statement).await.expect("asked").expect("a row");
        if row.try_get::<i64>("", "waiting").expect("a number") == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not so many are waiting");
}

/// Adds something to what is a person's, in a transaction that goes on.
async fn add_something(transaction: &DatabaseTransaction, person: &Viewer) {
    let row = identity::ActiveModel {
        provider: Set("kakao".to_owned()),
        subject: Set(Uuid::now_v7().to_string()),
        user_id: Set(person.id),
        label: Set("somebody".to_owned()),
        linked_at: Set("2026-11-21T03:00:00Z".parse().expect("a moment")),
    };
    identity::Entity::insert(row).exec_without_returning(transaction).await.expect("added");
}

#[tokio::test]
async fn a_deletion_that_meets_the_beginning_of_an_interview_gets_through() {
    let Some(fixture) = Fixture::postgres(None).await else { return };
    let app = &fixture.app;
    let person = fixture.person("mina").await;
    fixture.interview(&person, fixture.setup("ko")).await;

    // Somebody begins another interview: the unit is counted, its line is yet to come. It is not the one to give up.
    let beginning = app.database.begin().await.expect("begun");
    beginning.execute_unprepared("SET LOCAL deadlock_timeout = '1h'").await.expect("set");
    let counted = allowance::Entity::update_many()
        .col_expr(allowance::Column::Used, Expr::col(allowance::Column::Used).add(1))
        .filter(allowance::Column::UserId.eq(person.id))
        .exec(&beginning)
        .await
        .expect("counted");
    assert_eq!(counted.rows_affected, 1);

    // The deletion holds the account and is kept from counting what is there.
    let keeper = app.database.begin().await.expect("begun");
    keeper.execute_unprepared("LOCK TABLE shares IN ACCESS EXCLUSIVE MODE").await.expect("locked");
    let deleting = tokio::spawn({
        let (app, person) = (app.clone(), person.clone());
        async move { accounts::delete(&app, &person, PASSWORD).await }
    });
    waiting(app, 1).await;
    let line = tokio::spawn({
        let person = person.clone();
        async move {
            add_something(&beginning, &person).await;
            beginning.commit().await
        }
    });
    waiting(app, 2).await;
    keeper.rollback().await.expect("released");

    // Now each waits for the other. PostgreSQL ends the deletion, which begins again behind the other one.
    line.await.expect("it ran").expect("what was begun is stored");
    let receipt = deleting.await.expect("it ran");
    assert!(receipt.is_ok(), "{:?}", problem(receipt));
    let database = app.database.reader();
    assert_eq!(user::Entity::find().count(database).await.expect("counted"), 0);
    assert_eq!(ledger_entry::Entity::find().count(database).await.expect("counted"), 0);
    assert_eq!(identity::Entity::find().count(database).await.expect("counted"), 0);
}

#[tokio::test]
async fn a_link_to_a_new_password_is_used_while_another_one_is_made() {
    let Some(fixture) = Fixture::postgres(None).await else { return };
    let app = &fixture.app;
    let person = fixture.person("mina").await;
    let token = admin::reset_link(app, By::CommandLine, person.id).await.expect("a link");

    // An administrator who makes another one holds the account, and has not come to the old link yet.
    let making = app.database.begin().await.expect("begun");
    let account = user::Entity::find_by_id(person.id).lock(LockType::NoKeyUpdate);
    account.one(&making).await.expect("held").expect("an account");
    let using = tokio::spawn({
        let (app, token) = (app.clone(), token.clone());
        async move { reset::redeem(&app, &token, "another good password", "another good password").await }
    });
    waiting(app, 1).await;
    one_time_link::revoke_all(&making, LinkPurpose::PasswordReset, person.id)
        .await
        .expect("it waits for nobody");
    making.commit().await.expect("made");
    assert_eq!(problem(using.await.expect("it ran")), Some(Problem::NotFound));
    assert!(accounts::sign_in(app, "mina", PASSWORD, None).await.is_ok(), "the password is the old one");
}

#[tokio::test]
async fn what_changes_an_account_does_not_wait_for_what_is_added_to_it() {
    let Some(fixture) = Fixture::postgres(None).await else { return };
    let app = &fixture.app;
    let person = fixture.person("mina").await;
    let adding = app.database.begin().await.expect("begun");
    add_something(&adding, &person).await;
    let by = By::CommandLine;
    let work = async {
        admin::set_limit(app, by, person.id, "interview", "3").await.expect("set");
        admin::ban(app, by, person.id, "spam").await.expect("suspended");
        admin::unban(app, by, person.id).await.expect("let in");
        admin::reset_link(app, by, person.id).await.expect("a link");
        let unlinked = problem(identities::unlink(app, &person, Provider::Github).await);
        assert_eq!(unlinked, Some(Problem::NotFound));
        accounts::change_password(app, &person, PASSWORD, "another good password", "another good password")
            .await
            .expect("changed");
    };
    tokio::time::timeout(Duration::from_secs(20), work).await.expect("nothing waits");
    adding.commit().await.expect("added");
}

#[tokio::test]
async fn nothing_is_added_to_an_account_that_is_being_deleted() {
    let Some(fixture) = Fixture::postgres(None).await else { return };
    let app = &fixture.app;
    let person = fixture.person("mina").await;
    let keeper = app.database.begin().await.expect("begun");
    keeper.execute_unprepared("LOCK TABLE shares IN ACCESS EXCLUSIVE MODE").await.expect("locked");
    let deleting = tokio::spawn({
        let (app, person) = (app.clone(), person.clone());
        async move { accounts::delete(&app, &person, PASSWORD).await }
    });
    waiting(app, 1).await;
    let starting = tokio::spawn({
        let (app, person, setup) = (app.clone(), person.clone(), fixture.setup("ko"));
        async move { domain::interview::service::start(&app, &person, setup).await }
    });
    waiting(app, 2).await;
    keeper.rollback().await.expect("released");
    deleting.await.expect("it ran").expect("deleted");
    let refused = problem(starting.await.expect("it ran"));
    assert_eq!(refused, Some(Problem::SignInRequired), "there is nobody to start for");
    let database = app.database.reader();
    assert_eq!(ledger_entry::Entity::find().count(database).await.expect("counted"), 0);
    assert_eq!(notebook_entry::Entity::find().count(database).await.expect("counted"), 0);
}

#[tokio::test]
async fn whoever_was_deleted_meanwhile_has_to_sign_in() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        // Looked up before, as a request is, and gone when it comes to write something.
        let person = fixture.person("mina").await;
        accounts::delete(app, &person, PASSWORD).await.expect("deleted");
        let gone = Some(Problem::SignInRequired);
        let started = domain::interview::service::start(app, &person, fixture.setup("ko")).await;
        assert_eq!(problem(started), gone, "an interview");
        let content = LetterContent { title: "제목".to_owned(), ..LetterContent::empty(Language::Korean) };
        let letter = NewLetter { request_id: Uuid::now_v7(), content };
        assert_eq!(problem(letters::create(app, &person, letter).await), gone, "a letter");
        let document = NewDocument {
            kind: "resume".to_owned(),
            title: "이력서".to_owned(),
            text: "결제".to_owned(),
            file: None,
        };
        assert_eq!(
            problem(documents::create(app, &person, Uuid::now_v7(), document).await),
            gone,
            "a document"
        );
        assert_eq!(problem(domain::today::service::swap(app, &person, 0).await), gone, "today's question");
        assert_eq!(allowance::Entity::find().count(app.database.reader()).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_added_to_something_deleted_is_not_found() {
    each_database(|fixture| async move {
        let row = notebook_entry::ActiveModel {
            id: Set(Uuid::now_v7()),
            user_id: Set(Uuid::now_v7()),
            question_key: Set("os/deadlock".to_owned()),
            language: Set("ko".to_owned()),
            field: Set("cs".to_owned()),
            topic: Set(None),
            question: Set("교착 상태란?".to_owned()),
            interview_id: Set(Uuid::now_v7()),
            position: Set(0),
            last_band: Set(None),
            missed: Set(false),
            times_asked: Set(1),
            favourite: Set(false),
            memo: Set(String::new()),
            updated_at: Set(fixture.app.now()),
        };
        let added =
            notebook_entry::Entity::insert(row).exec_without_returning(fixture.app.database.writer()).await;
        let refused = Error::from(added.expect_err("of nobody")).into_problem();
        assert_eq!(refused, Problem::NotFound);
    })
    .await;
}
