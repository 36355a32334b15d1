//! Links that work once, and a new password by one.

use chrono::Duration;
use domain::accounts::one_time_link::{self, LinkPurpose};
use domain::accounts::{Proof, reset, service as accounts};
use domain::audit::{AuditAction, AuditFilter, Party, service as audit};
use domain::mail::Mail;
use domain::{App, Error, InputField, Problem, Role, Viewer};
use testkit::{Fixture, PASSWORD, each_database};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::llm::logging::Log;

const NEW: &str = "another good password";

async fn issue(app: &App, user_id: Uuid) -> String {
    let (purpose, lasts) = (LinkPurpose::PasswordReset, Duration::hours(1));
    one_time_link::issue(app, app.database.writer(), purpose, Some(user_id), lasts).await.expect("a link")
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

#[tokio::test]
async fn a_link_is_for_one_purpose_and_works_once_however_many_use_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let token = issue(app, viewer.id).await;
        for _ in 0..2 {
            let live = one_time_link::is_live(app, LinkPurpose::PasswordReset, &token).await;
            assert!(live.expect("looked up"), "looking uses nothing up");
        }
        let other = one_time_link::redeem(app, app.database.writer(), LinkPurpose::Setup, &token).await;
        assert_eq!(problem(other), Some(Problem::NotFound));
        let node = fixture.another(None).await;
        let uses = (0..12).map(|number| {
            let app = if number % 2 == 0 { app } else { &node.app };
            let token = &token;
            async move { reset::redeem(app, token, NEW, NEW).await }
        });
        let results = futures::future::join_all(uses).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for refused in results.into_iter().filter(Result::is_err) {
            assert_eq!(problem(refused), Some(Problem::NotFound));
        }
        assert!(accounts::resume(app, viewer.id, 0).await.expect("looked up").is_none());
        assert!(accounts::resume(app, viewer.id, 1).await.expect("looked up").is_some(), "raised once");
        assert!(accounts::sign_in(app, "mina", NEW, None).await.is_ok());
        assert!(accounts::sign_in(app, "mina", PASSWORD, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_refused_leaves_the_link_as_it_is() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("longusername").await;
        let (token, other) = (issue(app, viewer.id).await, issue(app, viewer.id).await);
        for (password, confirmation) in [("short", "short"), ("longusername", "longusername"), (NEW, "x")] {
            let refused = problem(reset::redeem(app, &token, password, confirmation).await);
            assert!(matches!(refused, Some(Problem::Invalid { .. })), "{password} {refused:?}");
        }
        reset::redeem(app, &token, NEW, NEW).await.expect("redeemed");
        assert_eq!(
            problem(reset::redeem(app, &other, NEW, NEW).await),
            Some(Problem::NotFound),
            "all are over"
        );
    })
    .await;
}

#[tokio::test]
async fn a_password_that_was_set_by_a_link_stands_in_the_log() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (viewer, root) = (fixture.person("mina").await, fixture.person("root").await);
        let root = Viewer { role: Role::Admin, ..root };
        let token = issue(app, viewer.id).await;
        assert!(reset::redeem(app, &token, "short", "short").await.is_err());
        reset::redeem(app, &token, NEW, NEW).await.expect("redeemed");
        assert!(reset::redeem(app, &token, NEW, NEW).await.is_err());
        let log = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        let lines: Vec<_> = log.lines.iter().map(|line| (line.action, line.details.to_string())).collect();
        assert_eq!(lines, [(AuditAction::PasswordReset, "{}".to_owned())]);
        assert!(matches!(&log.lines[0].subject, Some(Party::Account { id, .. }) if *id == viewer.id));
    })
    .await;
}

#[tokio::test]
async fn links_end_and_go_with_their_account() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T03:00:00Z");
        let token = issue(app, viewer.id).await;
        fixture.set_clock("2026-11-21T04:00:00Z");
        assert_eq!(problem(reset::redeem(app, &token, NEW, NEW).await), Some(Problem::NotFound));
        one_time_link::delete_expired(app).await.expect("deleted");
        let token = issue(app, viewer.id).await;
        accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert_eq!(problem(reset::redeem(app, &token, NEW, NEW).await), Some(Problem::NotFound));
        for wrong in ["", "\0", "nobodys"] {
            assert_eq!(problem(reset::redeem(app, wrong, NEW, NEW).await), Some(Problem::NotFound));
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_goes_to_whoever_has_the_address_in_their_language() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let folder = tempfile::TempDir::new().expect("a folder");
        let url = format!("file://{}", folder.path().display());
        let mail = Mail::new(&url, "no-reply@example.com", "https://daedap.example/").expect("a folder");
        fixture.person("mina").await;
        reset::ask(app, &mail, "nobody@example.com", None).expect("asked");
        reset::ask(app, &mail, " MINA@example.com ", None).expect("asked");
        let refused = reset::ask(app, &mail, "nonsense", None);
        assert_eq!(problem(refused).and_then(|problem| problem.field()), Some(InputField::Email));
        app.tasks.close();
        app.tasks.wait().await;
        let files: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
        assert_eq!(files.len(), 1);
        let letter = std::fs::read_to_string(files[0].as_ref().expect("a file").path()).expect("readable");
        assert!(letter.contains("To: mina@example.com"), "{letter}");
        assert!(letter.contains("Subject: =?utf-8?"), "Korean: {letter}");
    })
    .await;
}

#[tokio::test]
async fn a_recent_sign_in_is_no_substitute_where_there_is_a_password() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let proof = Proof { typed: "mina", signed_in_at: Some(app.now()) };
        let refused = problem(accounts::change_password(app, &viewer, proof, NEW, NEW).await);
        assert_eq!(refused.and_then(|problem| problem.field()), Some(InputField::CurrentPassword));
        let proof = Proof { typed: "mina", signed_in_at: Some(app.now()) };
        let refused = problem(accounts::delete(app, &viewer, proof).await);
        assert_eq!(refused.and_then(|problem| problem.field()), Some(InputField::Password));
    })
    .await;
}

/// A mail server that knows nobody, and repeats whom it does not know.
async fn unfriendly(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        let mut stream = BufReader::new(stream);
        let mut answer = "220 ready\r\n".to_owned();
        loop {
            if stream.get_mut().write_all(answer.as_bytes()).await.is_err() {
                break;
            }
            let mut line = String::new();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                break;
            }
            answer = match line.get(..4) {
                Some("RCPT") => format!("550 nobody here is {}\r\n", line.trim()),
                _ => "250 fine\r\n".to_owned(),
            };
        }
    }
}

#[tokio::test]
async fn what_a_mail_server_says_about_a_person_is_not_logged() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).finish();
    let fixture = Fixture::sqlite(None).await;
    fixture.person("canary").await;
    let _guard = tracing::subscriber::set_default(subscriber);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("smtp://mina:hidden@{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(unfriendly(listener));
    // Without a way to sign in there, the name and the password are not sent.
    for url in [url.replace("mina:hidden@", ""), url] {
        let mail = Mail::new(&url, "no-reply@example.com", "https://daedap.example").expect("settings");
        reset::ask(&fixture.app, &mail, "canary@example.com", None).expect("asked");
    }
    fixture.app.tasks.close();
    fixture.app.tasks.wait().await;
    server.abort();
    let text = log.text();
    assert!(text.contains("was not sent") && text.contains("550"), "otherwise nothing was proved: {text}");
    for secret in ["canary", "hidden", "/reset/"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
