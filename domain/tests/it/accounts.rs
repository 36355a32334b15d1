//! Registering, signing in, and what ends a session.

use std::net::IpAddr;

use domain::accounts::{NewAccount, ProfileEdit, service};
use domain::{Error, InputField, Problem, Reason, Role};
use testkit::{PASSWORD, each_database};

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

#[tokio::test]
async fn names_and_addresses_are_unique_without_regard_to_case() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        service::register(app, account("Mina"), None).await.expect("registered");
        let taken = |field| Some(Problem::Taken { field });
        assert_eq!(problem(service::register(app, account("mINA"), None).await), taken(InputField::Username));
        let same_address = NewAccount { email: "MINA@example.COM".to_owned(), ..account("jun") };
        assert_eq!(problem(service::register(app, same_address, None).await), taken(InputField::Email));
    })
    .await;
}

#[tokio::test]
async fn thirty_people_at_once_make_one_account_of_a_name_and_no_administrator() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let all = (0..30).map(|number| {
            let email = format!("person{number}@example.com");
            service::register(app, NewAccount { email, ..account("first") }, None)
        });
        let results = futures::future::join_all(all).await;
        let registered: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        assert_eq!(registered.len(), 1);
        assert_eq!(registered[0].viewer.role, Role::Member);
        for error in results.into_iter().filter_map(Result::err) {
            assert_eq!(error.into_problem(), Problem::Taken { field: InputField::Username });
        }
        assert!(service::list(app).await.expect("listed").iter().all(|account| account.role == Role::Member));
    })
    .await;
}

#[tokio::test]
async fn unknown_names_and_wrong_passwords_answer_alike() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        fixture.person("mina").await;
        for (name, password) in [("mina", "wrong password"), ("nobody", PASSWORD), ("", ""), ("mina", "")] {
            let result = service::sign_in(app, name, password, None).await;
            assert_eq!(problem(result), Some(Problem::WrongCredentials), "{name}");
        }
        assert!(service::sign_in(app, "MINA", PASSWORD, None).await.is_ok());
        assert!(service::sign_in(app, "mina@example.com", PASSWORD, None).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        fixture.person("mina").await;
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        let mut refused = 0;
        for _ in 0..15 {
            if let Some(Problem::TooManyAttempts { .. }) =
                problem(service::sign_in(app, "mina", "guess", address).await)
            {
                refused += 1;
            }
        }
        assert_eq!(refused, 5);
        let home = Some(IpAddr::from([198, 51, 100, 1]));
        assert!(service::sign_in(app, "mina", PASSWORD, home).await.is_ok(), "the person is not locked out");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let new = "another good password";
        let wrong = service::change_password(app, &viewer, "wrong", new, new).await;
        let field = InputField::CurrentPassword;
        assert_eq!(problem(wrong), Some(Problem::Invalid { field, reason: Reason::Wrong }));
        assert!(service::resume(app, viewer.id, 0).await.expect("looked up").is_some());
        let signed_in = service::change_password(app, &viewer, PASSWORD, new, new).await.expect("changed");
        assert!(service::resume(app, viewer.id, 0).await.expect("looked up").is_none());
        assert!(
            service::resume(app, viewer.id, signed_in.credentials_rev).await.expect("looked up").is_some()
        );
        assert!(service::sign_in(app, "mina", new, None).await.is_ok());
        assert_eq!(
            problem(service::sign_in(app, "mina", PASSWORD, None).await),
            Some(Problem::WrongCredentials)
        );
    })
    .await;
}

#[tokio::test]
async fn a_profile_is_saved_whole_or_not_at_all() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let edit = ProfileEdit {
            display_name: "김미나".to_owned(),
            language: "en".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            fields: vec!["backend".to_owned(), "cs".to_owned()],
        };
        let wrong = ProfileEdit { time_zone: "Mars/Olympus".to_owned(), ..edit.clone() };
        let field = InputField::TimeZone;
        let refused = problem(service::save_profile(app, &viewer, wrong).await);
        assert_eq!(refused, Some(Problem::Invalid { field, reason: Reason::NotOffered }));
        assert_eq!(service::profile(app, &viewer).await.expect("read").display_name, "mina");

        let viewer = service::save_profile(app, &viewer, edit).await.expect("saved");
        assert_eq!(viewer.display_name, "김미나");
        let profile = service::profile(app, &viewer).await.expect("read");
        assert_eq!(profile.time_zone, "Europe/Berlin");
        assert_eq!(profile.fields.len(), 2);
    })
    .await;
}
