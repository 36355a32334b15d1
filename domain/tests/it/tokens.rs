//! API tokens: who makes them, whom they stand for, and when they end.

use domain::accounts::service as accounts;
use domain::entities::api_token;
use domain::tokens::{NewToken, Scope, TOKENS_MAX, TokenOrigin, service};
use domain::{App, Error, InputField, Problem, Reason, Viewer};
use sea_orm::EntityTrait;
use testkit::{PASSWORD, each_database};

fn new(name: &str, scope: &str, expiry: &str) -> NewToken {
    NewToken { name: name.to_owned(), scope: scope.to_owned(), expiry: expiry.to_owned() }
}

async fn made(app: &App, viewer: &Viewer) -> String {
    service::create(app, viewer, new("backup", "read", "30")).await.expect("a token").secret
}

async fn stands_for(app: &App, secret: &str) -> Option<String> {
    service::authenticate(app, secret).await.expect("looked up").map(|found| found.viewer.username)
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

#[tokio::test]
async fn a_token_stands_for_its_person_as_far_as_its_scope_goes() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let created =
            service::create(app, &viewer, new(" my laptop ", "write", "never")).await.expect("made");
        assert_eq!((created.token.name.as_str(), created.token.expires_at), ("my laptop", None));
        let found = service::authenticate(app, &created.secret).await.expect("looked up").expect("it works");
        assert_eq!(
            (found.viewer, found.scope, found.token_id),
            (viewer.clone(), Scope::Write, created.token.id)
        );
        assert!(Scope::Write.includes(Scope::Read) && !Scope::Write.includes(Scope::Account));
        for wrong in ["", "dda_", &created.secret[..46], &format!("dda_{}", "A".repeat(43))] {
            assert_eq!(stands_for(app, wrong).await, None, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_no_secret() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let secret = made(&fixture.app, &viewer).await;
        let rows = api_token::Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
        assert_eq!(rows.len(), 1);
        assert!(!format!("{rows:?}").contains(&secret["dda_".len()..]));
    })
    .await;
}

#[tokio::test]
async fn the_use_of_a_token_is_written_down_once_an_hour() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T10:00:00Z");
        let secret = made(app, &viewer).await;
        let last_used = async || service::list(app, &viewer).await.expect("listed")[0].last_used_at;
        assert_eq!(last_used().await, None);
        for (now, expected) in [
            ("2026-11-21T10:10:00Z", "2026-11-21T10:10:00Z"),
            ("2026-11-21T11:09:59Z", "2026-11-21T10:10:00Z"),
            ("2026-11-21T11:10:00Z", "2026-11-21T11:10:00Z"),
        ] {
            fixture.set_clock(now);
            assert!(stands_for(app, &secret).await.is_some());
            assert_eq!(last_used().await, expected.parse().ok(), "{now}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_when_its_time_is_over_and_is_forgotten() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T10:00:00Z");
        let secret = service::create(app, &viewer, new("week", "read", "7")).await.expect("made").secret;
        let lasting = service::create(app, &viewer, new("ever", "read", "never")).await.expect("made").secret;
        fixture.set_clock("2026-11-28T09:59:59Z");
        assert!(stands_for(app, &secret).await.is_some());
        fixture.set_clock("2026-11-28T10:00:00Z");
        assert_eq!(stands_for(app, &secret).await, None);
        assert_eq!(service::list(app, &viewer).await.expect("listed").len(), 1);
        service::delete_expired(app).await.expect("deleted");
        let rows = api_token::Entity::find().all(app.database.reader()).await.expect("the rows");
        assert_eq!(rows.len(), 1);
        assert!(stands_for(app, &lasting).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_revoked_token_is_dead_at_once_and_only_its_owner_revokes_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (viewer, other) = (fixture.person("mina").await, fixture.person("jun").await);
        let secret = made(app, &viewer).await;
        let id = service::list(app, &viewer).await.expect("listed")[0].id;
        assert_eq!(service::list(app, &other).await.expect("listed"), []);
        assert_eq!(problem(service::revoke(app, &other, id).await), Some(Problem::NotFound));
        assert!(stands_for(app, &secret).await.is_some());
        service::revoke(app, &viewer, id).await.expect("revoked");
        assert_eq!(stands_for(app, &secret).await, None);
        assert_eq!(problem(service::revoke(app, &viewer, id).await), Some(Problem::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_every_token() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let signed_in = accounts::sign_in(app, "mina", PASSWORD, None).await.expect("signed in");
        let secrets =
            [made(app, &viewer).await, service::create_for_sign_in(app, &signed_in).await.expect("a token")];
        let new = "another horse battery";
        accounts::change_password(app, &viewer, PASSWORD, new, new).await.expect("changed");
        for secret in secrets {
            assert_eq!(stands_for(app, &secret).await, None);
        }
        // Whoever proved the old password gets nothing with it any more.
        let late = service::create_for_sign_in(app, &signed_in).await.expect("a token");
        assert_eq!(stands_for(app, &late).await, None);
        assert_eq!(service::list(app, &viewer).await.expect("listed"), []);
        let fresh = made(app, &viewer).await;
        service::delete_expired(app).await.expect("deleted");
        let rows = api_token::Entity::find().all(app.database.reader()).await.expect("the rows");
        assert_eq!(rows.len(), 1, "those of the old password are gone");
        assert!(stands_for(app, &fresh).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_token_goes_with_its_account() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let secret = made(app, &viewer).await;
        accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert_eq!(stands_for(app, &secret).await, None);
        assert!(api_token::Entity::find().all(app.database.reader()).await.expect("the rows").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_offered_is_refused() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let check = async |new: NewToken, field: InputField, reason: Reason| {
            let refused = problem(service::create(app, &viewer, new).await);
            assert_eq!(refused, Some(Problem::Invalid { field, reason }));
        };
        check(new("  ", "read", "7"), InputField::Name, Reason::Empty).await;
        check(new(&"가".repeat(41), "read", "7"), InputField::Name, Reason::TooLong { max: 40 }).await;
        check(new("a\u{7}b", "read", "7"), InputField::Name, Reason::Malformed).await;
        check(new("a", "admin", "7"), InputField::Scope, Reason::NotOffered).await;
        check(new("a", "read", "8"), InputField::Expiry, Reason::NotOffered).await;
        service::create(app, &viewer, new(&"가".repeat(40), "account", "365"))
            .await
            .expect("the longest name");
    })
    .await;
}

#[tokio::test]
async fn there_are_twenty_tokens_at_most_however_many_ask_at_once() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let asked = (0..30).map(|_| service::create(app, &viewer, new("many", "read", "never")));
        let results = futures::future::join_all(asked).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), TOKENS_MAX as usize);
        for refused in results.into_iter().filter(Result::is_err) {
            assert_eq!(problem(refused), Some(Problem::TooManyTokens { max: TOKENS_MAX }));
        }
        // Signing in is another matter.
        let signed_in = accounts::sign_in(app, "mina", PASSWORD, None).await.expect("signed in");
        service::create_for_sign_in(app, &signed_in).await.expect("a token");
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_and_again_ends_the_oldest_token() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let own = made(app, &viewer).await;
        let signed_in = accounts::sign_in(app, "mina", PASSWORD, None).await.expect("signed in");
        let mut secrets = Vec::new();
        for _ in 0..12 {
            secrets.push(service::create_for_sign_in(app, &signed_in).await.expect("a token"));
        }
        for (number, secret) in secrets.iter().enumerate() {
            assert_eq!(stands_for(app, secret).await.is_some(), number >= 2, "{number}");
        }
        assert!(stands_for(app, &own).await.is_some());
        let listed = service::list(app, &viewer).await.expect("listed");
        let signed_in = listed.iter().filter(|token| token.origin == TokenOrigin::SignIn);
        assert_eq!(signed_in.clone().count(), 10);
        assert!(signed_in.clone().all(|token| token.scope == Scope::Write && token.expires_at.is_some()));
    })
    .await;
}
