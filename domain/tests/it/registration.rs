//! Who may make an account, and the first administrator.

use domain::accounts::{NewAccount, first_admin, registration, service as accounts};
use domain::admin::service::{self, By};
use domain::audit::{AuditAction, AuditFilter, service as audit};
use domain::settings::{Registration, service as settings};
use domain::{Error, InputField, Problem, Role, Viewer};
use testkit::{Fixture, PASSWORD, each_database};

fn account(name: &str) -> NewAccount {
    NewAccount {
        username: name.to_owned(),
        email: format!("{name}@example.com"),
        password: PASSWORD.to_owned(),
        password_confirmation: PASSWORD.to_owned(),
        language: "en".to_owned(),
    }
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

/// An administrator who said who may register.
async fn installation(fixture: &Fixture, registration: Registration) -> Viewer {
    let viewer = accounts::create(&fixture.app, account("root"), Role::Admin).await.expect("created").viewer;
    settings::set_registration(&fixture.app, &viewer, registration.as_str()).await.expect("set");
    viewer
}

#[tokio::test]
async fn a_closed_installation_takes_nobody() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        installation(&fixture, Registration::Closed).await;
        let token = service::invite(app, By::CommandLine, "7").await.expect("an invitation");
        let closed = Some(Problem::RegistrationClosed);
        assert_eq!(problem(accounts::register(app, account("mina"), None).await), closed);
        let invited = accounts::register_invited(app, account("mina"), Some(&token), None).await;
        assert_eq!(problem(invited), closed);
        let view = registration::view(app, Some(&token)).await.expect("read");
        assert!(!view.is_open && view.registration == Registration::Closed);
        // The operator is not bound by it.
        accounts::create(app, account("mina"), Role::Member).await.expect("created");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_makes_one_account() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        installation(&fixture, Registration::Invitation).await;
        let needed = Some(Problem::InvitationNeeded);
        assert_eq!(problem(accounts::register(app, account("mina"), None).await), needed);
        let token = service::invite(app, By::CommandLine, "7").await.expect("an invitation");
        let invited = async |name: &str, token: &str| {
            accounts::register_invited(app, account(name), Some(token), None).await
        };
        for wrong in ["", "\0", "nobodys", &token.to_uppercase()] {
            assert_eq!(problem(invited("mina", wrong).await), needed, "{wrong}");
        }
        // What goes wrong for another reason does not use it up.
        let taken = Some(Problem::Taken { field: InputField::Username });
        assert_eq!(problem(invited("root", &token).await), taken);
        assert!(registration::view(app, Some(&token)).await.expect("read").is_open);
        assert_eq!(invited("mina", &token).await.expect("registered").viewer.role, Role::Member);
        assert_eq!(problem(invited("jun", &token).await), needed);
        assert!(!registration::view(app, Some(&token)).await.expect("read").is_open);
    })
    .await;
}

#[tokio::test]
async fn thirty_people_with_one_invitation_make_one_account() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        installation(&fixture, Registration::Invitation).await;
        let token = service::invite(&fixture.app, By::CommandLine, "7").await.expect("an invitation");
        let all = (0..30).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            accounts::register_invited(app, account(&format!("person{number}")), Some(&token), None)
        });
        let results = futures::future::join_all(all).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for refused in results.into_iter().filter_map(problem) {
            assert_eq!(refused, Problem::InvitationNeeded);
        }
        assert_eq!(accounts::list(&fixture.app).await.expect("listed").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_open_installation_uses_no_invitation_up() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let root = installation(&fixture, Registration::Open).await;
        let token = service::invite(app, By::CommandLine, "7").await.expect("an invitation");
        accounts::register_invited(app, account("mina"), Some(&token), None).await.expect("registered");
        accounts::register_invited(app, account("jun"), Some("nobodys"), None).await.expect("registered");
        assert_eq!(service::invitations(app, By::CommandLine).await.expect("listed").len(), 1);
        // Nothing was set that held already; and nobody's own registration is an act of administrators.
        let log = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        let actions: Vec<_> = log.lines.iter().map(|line| line.action).collect();
        assert_eq!(actions, [AuditAction::InvitationMade, AuditAction::AccountCreated]);
        assert_eq!(log.lines[1].actor, None);
    })
    .await;
}

#[tokio::test]
async fn thirty_uses_of_the_links_of_two_starts_make_one_administrator() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let (first, second) =
            futures::future::join(first_admin::offer(&fixture.app), first_admin::offer(&other_node.app))
                .await;
        let links = [first, second].map(|link| link.expect("offered").expect("there is no administrator"));
        assert_ne!(links[0], links[1]);
        let all = (0..30).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            first_admin::set_up(app, &links[number / 2 % 2], account(&format!("person{number}")), None)
        });
        let results = futures::future::join_all(all).await;
        let made: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].viewer.role, Role::Admin);
        let root = made[0].viewer.clone();
        for refused in results.into_iter().filter_map(problem) {
            assert_eq!(refused, Problem::NotFound);
        }
        let listed = accounts::list(&fixture.app).await.expect("listed");
        assert_eq!(listed.len(), 1, "nobody else got an account");
        let log = audit::list(&fixture.app, &root, &AuditFilter::default()).await.expect("the log");
        assert_eq!(log.lines.len(), 1);
        for link in &links {
            assert_eq!(problem(first_admin::check(&fixture.app, link).await), Some(Problem::NotFound));
        }
        assert_eq!(first_admin::offer(&fixture.app).await.expect("asked"), None);
    })
    .await;
}

#[tokio::test]
async fn whoever_registers_first_is_a_member_and_the_link_goes_on_working() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        fixture.set_clock("2026-11-21T03:00:00Z");
        let link = first_admin::offer(app).await.expect("offered").expect("a link");
        let first = accounts::register(app, account("mina"), None).await.expect("registered");
        assert_eq!(first.viewer.role, Role::Member);
        let taken = first_admin::set_up(app, &link, account("mina"), None).await;
        assert_eq!(problem(taken), Some(Problem::Taken { field: InputField::Username }));
        first_admin::check(app, &link).await.expect("it works");
        fixture.set_clock("2026-11-22T03:00:00Z");
        let late = first_admin::set_up(app, &link, account("root"), None).await;
        assert_eq!(problem(late), Some(Problem::NotFound));
        // The next start offers another one, until the command line has made an administrator.
        let link = first_admin::offer(app).await.expect("offered").expect("a link");
        accounts::set_role(app, first.viewer.id, Role::Admin).await.expect("an administrator");
        let late = first_admin::set_up(app, &link, account("root"), None).await;
        assert_eq!(problem(late), Some(Problem::NotFound));
    })
    .await;
}
