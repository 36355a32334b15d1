//! What identities open, and what an e-mail address does not.

use chrono::Duration;
use domain::accounts::one_time_link::{self, LinkPurpose};
use domain::accounts::{reset, service as accounts};
use domain::audit::{AuditAction, AuditFilter, Party, service as audit};
use domain::identities::attempt::{self, NewAttempt, Returned};
use domain::identities::service::{self, Arrival};
use domain::identities::{Found, NewIdentityAccount, Provider, Trouble, Wish, sign_up};
use domain::{App, Error, InputField, Problem, Role, Viewer};
use testkit::{PASSWORD, each_database};

fn found(subject: &str, email: Option<&str>) -> Found {
    Found::new(Provider::Github, subject, Some("octocat"), email).expect("somebody")
}

fn returned(wish: Wish, viewer: Option<&Viewer>) -> Returned {
    Returned {
        provider: Provider::Github,
        wish,
        next: Some("/drill".to_owned()),
        user_id: viewer.map(|viewer| viewer.id),
        verifier: String::new(),
        nonce: String::new(),
    }
}

async fn sign_in(app: &App, subject: &str, secret: &str) -> Arrival {
    let back = returned(Wish::SignIn, None);
    service::arrive(app, None, &back, found(subject, None), secret, None).await.expect("taken in")
}

async fn link(app: &App, viewer: &Viewer, found: Found) -> Arrival {
    let back = returned(Wish::Link, Some(viewer));
    service::arrive(app, Some(viewer), &back, found, "secret", None).await.expect("taken in")
}

fn new(name: &str) -> NewIdentityAccount {
    NewIdentityAccount {
        username: name.to_owned(),
        email: format!("{name}@example.com"),
        language: "en".to_owned(),
    }
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

#[tokio::test]
async fn somebody_unknown_gets_an_account_without_a_password_once() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::Unfinished));
        assert_eq!(problem(sign_up::unfinished(app, "another browser").await), Some(Problem::NotFound));
        let waiting = sign_up::unfinished(app, "browser").await.expect("waiting");
        assert_eq!((waiting.username.as_str(), waiting.email.as_str()), ("octocat", ""));

        fixture.person("taken").await;
        let refused = sign_up::finish(app, "browser", None, new("taken"), None).await;
        assert_eq!(problem(refused), Some(Problem::Taken { field: InputField::Username }));
        let (signed_in, next) =
            sign_up::finish(app, "browser", None, new("mina"), None).await.expect("finished");
        assert_eq!((signed_in.viewer.username.as_str(), next.as_deref()), ("mina", Some("/drill")));
        let again = sign_up::finish(app, "browser", None, new("second"), None).await;
        assert_eq!(problem(again), Some(Problem::NotFound));

        match sign_in(app, "1", "other").await {
            Arrival::SignedIn(known) => assert_eq!(known.viewer.id, signed_in.viewer.id),
            _ => panic!("not known"),
        }
        for password in ["", " ", PASSWORD] {
            let guessed = accounts::sign_in(app, "mina", password, None).await;
            assert_eq!(problem(guessed), Some(Problem::WrongCredentials), "{password:?}");
        }
        assert!(!accounts::profile(app, &signed_in.viewer).await.expect("read").has_password);
        assert_eq!(
            problem(service::unlink(app, &signed_in.viewer, Provider::Github).await),
            Some(Problem::LastLogin)
        );
        let logins = service::list(app, &signed_in.viewer).await.expect("listed");
        assert_eq!((logins.has_password, logins.identities.len()), (false, 1));
    })
    .await;
}

#[tokio::test]
async fn one_identity_makes_one_account_however_many_browsers_finish_at_once() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let other_node = fixture.another(None).await;
        for number in 0..8 {
            assert!(matches!(sign_in(app, "1", &format!("browser{number}")).await, Arrival::Unfinished));
        }
        let all = (0..16).map(|number| {
            let app = if number % 2 == 0 { app.clone() } else { other_node.app.clone() };
            async move {
                let (secret, name) = (format!("browser{}", number % 8), format!("person{number}"));
                sign_up::finish(&app, &secret, None, new(&name), None).await
            }
        });
        let results = futures::future::join_all(all).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for refused in results.into_iter().filter(Result::is_err) {
            assert_eq!(problem(refused), Some(Problem::NotFound));
        }
        assert_eq!(accounts::list(app).await.expect("listed").len(), 1, "no account is left over");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_somebody_has_stops_a_sign_up_and_links_nothing() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let owner = fixture.person("mina").await;
        let back = returned(Wish::SignIn, None);
        let same = found("1", Some("MINA@example.com"));
        let arrival =
            service::arrive(app, None, &back, same.clone(), "browser", None).await.expect("taken in");
        assert!(matches!(arrival, Arrival::Refused(Trouble::AddressTaken)));
        assert_eq!(problem(sign_up::unfinished(app, "browser").await), Some(Problem::NotFound));
        assert!(service::list(app, &owner).await.expect("listed").identities.is_empty());
        // Whoever has proved to be the owner links it.
        assert!(matches!(link(app, &owner, same).await, Arrival::Linked));
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::SignedIn(_)));
    })
    .await;
}

#[tokio::test]
async fn an_identity_opens_one_account_and_is_its_owners_to_take_away() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        assert!(matches!(link(app, &mina, found("1", None)).await, Arrival::Linked));
        assert!(matches!(link(app, &mina, found("1", None)).await, Arrival::Linked), "twice is once");
        let elsewhere = link(app, &jun, found("1", None)).await;
        assert!(matches!(elsewhere, Arrival::Refused(Trouble::LinkedElsewhere)));
        let second = link(app, &mina, found("2", None)).await;
        assert!(matches!(second, Arrival::Refused(Trouble::AnotherLinked)));
        let back = returned(Wish::Link, Some(&mina));
        for viewer in [None, Some(&jun)] {
            let arrival = service::arrive(app, viewer, &back, found("3", None), "x", None).await;
            assert!(matches!(arrival.expect("taken in"), Arrival::Refused(Trouble::SignedOut)));
        }
        assert_eq!(problem(service::unlink(app, &jun, Provider::Github).await), Some(Problem::NotFound));
        service::unlink(app, &mina, Provider::Github).await.expect("unlinked");
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::Unfinished));
        assert!(matches!(link(app, &jun, found("1", None)).await, Arrival::Linked));
        accounts::delete(app, &jun, PASSWORD).await.expect("deleted");
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::Unfinished), "gone with the account");
    })
    .await;
}

#[tokio::test]
async fn who_registered_with_the_address_of_somebody_else_keeps_no_way_in_after_a_reset() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let account = fixture.person("mina").await;
        assert!(matches!(link(app, &account, found("1", None)).await, Arrival::Linked));
        let token = one_time_link::issue(
            app,
            app.database.writer(),
            LinkPurpose::PasswordReset,
            Some(account.id),
            Duration::hours(1),
        );
        let token = token.await.expect("a link");
        let refused = reset::redeem(app, &token, "short", "short").await;
        assert!(refused.is_err());
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::SignedIn(_)), "nothing was reset");
        reset::redeem(app, &token, "another good password", "another good password").await.expect("reset");
        assert!(matches!(sign_in(app, "1", "browser").await, Arrival::Unfinished));
        assert!(service::list(app, &account).await.expect("listed").identities.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_attempt_belongs_to_one_browser_and_works_once() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let begin = async || {
            let (provider, wish) = (Provider::Oidc, Wish::SignIn);
            let verifier = "verifier".to_owned();
            attempt::begin(app, NewAttempt { provider, wish, next: None, user_id: None, verifier })
                .await
                .expect("begun")
        };
        let (sent, other) = (begin().await, begin().await);
        let take = async |provider, state: &str, secret: &str| {
            attempt::take(app, provider, state, secret).await.expect("looked up").is_some()
        };
        assert!(!take(Provider::Oidc, &sent.state, &other.secret).await, "another browser");
        assert!(!take(Provider::Github, &sent.state, &sent.secret).await, "another provider");
        assert!(!take(Provider::Oidc, "", &sent.secret).await);
        let many = (0..10).map(|_| take(Provider::Oidc, &sent.state, &sent.secret));
        let taken = futures::future::join_all(many).await;
        assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_operator_learns_that_a_login_was_linked_and_not_which_one() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, root) = (fixture.person("mina").await, fixture.person("root").await);
        let root = Viewer { role: Role::Admin, ..root };
        let somebody = found("canary-subject", Some("canary@example.org"));
        for _ in 0..2 {
            assert!(matches!(link(app, &mina, somebody.clone()).await, Arrival::Linked));
        }
        let elsewhere = link(app, &root, somebody).await;
        assert!(matches!(elsewhere, Arrival::Refused(Trouble::LinkedElsewhere)));
        assert_eq!(problem(service::unlink(app, &mina, Provider::Kakao).await), Some(Problem::NotFound));
        service::unlink(app, &mina, Provider::Github).await.expect("unlinked");
        let log = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        let actions: Vec<_> = log.lines.iter().map(|line| line.action).collect();
        assert_eq!(
            actions,
            [AuditAction::LoginUnlinked, AuditAction::LoginLinked],
            "what was done, once each"
        );
        for line in &log.lines {
            assert!(matches!(&line.actor, Some(Party::Account { id, .. }) if *id == mina.id));
            assert_eq!(line.subject, line.actor);
            assert_eq!(line.details, serde_json::json!({ "provider": "github" }));
        }
        let told = serde_json::to_string(&log).expect("JSON");
        assert!(!told.contains("canary") && !told.contains("octocat"), "{told}");
    })
    .await;
}
