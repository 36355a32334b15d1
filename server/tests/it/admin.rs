//! Administrators: what they see on their pages, and that nobody is let in by accident.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::admin::service::{self as admin, By};
use http::StatusCode;
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};

use crate::calls::{CALLS, Effect, For, PAGES, ROUTES};
use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::world::{SECRET, World, address};

fn account(name: &str) -> Value {
    json!({
        "username": name, "email": format!("{name}@example.com"), "password": PASSWORD,
        "password_confirmation": PASSWORD, "language": "ko",
    })
}

#[tokio::test]
async fn an_administrator_reads_no_word_of_anybody() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("attacker").await;
        world.make_admin(world.attacker.id).await;
        let interviews = [world.interview, world.finished];
        let mut names_victim = false;
        for (page, _) in PAGES.iter().filter(|(_, who)| *who == For::Admins) {
            let path = address(page, world.victim.id);
            let reply = browser.get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            names_victim |= reply.text().contains("victim");
            assert!(!reply.text().contains(SECRET), "{path} shows what the victim wrote");
            for interview in interviews {
                assert!(!reply.text().contains(&interview.to_string()), "{path} leads to an interview");
            }
        }
        assert!(names_victim, "otherwise nothing was proved");
        for call in CALLS.iter().filter(|call| call.who == For::Admins && call.effect == Effect::Reads) {
            let mut arguments = (call.arguments)(world.victim.id, world.awaited);
            if let Some(filter) = arguments.get_mut("filter") {
                *filter = json!({});
            }
            let reply = call.send(&mut browser, &arguments).await;
            assert_eq!(reply.status, StatusCode::OK, "{call:?}");
            assert!(!reply.text().contains(SECRET), "{call:?} shows what the victim wrote");
            for interview in interviews {
                assert!(!reply.text().contains(&interview.to_string()), "{call:?} names an interview");
            }
        }
        // The doors of the owner stay the owner's.
        for call in CALLS.iter().filter(|call| call.who == For::Owner) {
            for id in world.named_by(call.path) {
                let reply = call.send(&mut browser, &(call.arguments)(id, world.awaited)).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{call:?}");
            }
        }
        for interview in interviews {
            let pages = PAGES.iter().filter(|(_, who)| *who == For::Owner).map(|(path, _)| *path);
            let routes = ROUTES.iter().filter(|(.., who)| *who == For::Owner).map(|(path, ..)| *path);
            for path in pages.chain(routes) {
                let reply = browser.get(&address(path, interview)).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_people_are_called_is_text_on_the_pages_of_administrators() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let app = &world.fixture.app;
    let mut browser = world.signed_in("attacker").await;
    world.make_admin(world.attacker.id).await;
    let fitting = |payload: &&&str| payload.chars().count() <= 40 && !payload.chars().any(char::is_control);
    for payload in PAYLOADS.iter().filter(fitting) {
        let edit = ProfileEdit {
            display_name: (*payload).to_owned(),
            language: "ko".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            fields: vec![],
        };
        accounts::save_profile(app, &world.victim, edit).await.expect("saved");
        admin::ban(app, By::CommandLine, world.victim.id, payload).await.expect("suspended");
        for path in ["/admin/users".to_owned(), format!("/admin/users/{}", world.victim.id)] {
            let page = Page::of(&browser.get(&path).await);
            page.assert_only_text(CANARY, &path);
            assert!(page.text().contains(payload.trim()), "{payload} does not stand on {path}");
        }
    }
    for path in ["/admin/users?q=", "/admin/ledger?who="] {
        for payload in PAYLOADS {
            let query: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
            let reply = browser.get(&format!("{path}{query}")).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}{query}");
            Page::of(&reply).assert_only_text(CANARY, path);
        }
    }
}

#[tokio::test]
async fn a_suspended_person_learns_it_after_the_right_password_and_nobody_else_does() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        admin::ban(&world.fixture.app, By::CommandLine, world.victim.id, "A reason.").await.expect("banned");
        assert!(!victim.is_signed_in().await, "the session is dead at once");
        let right = world.nobody().try_sign_in("victim", PASSWORD).await;
        assert_eq!(right.told(), json!({ "problem": "banned" }));
        assert_eq!(right.set_cookies(), Vec::<&str>::new());
        let wrong = world.nobody().try_sign_in("victim", "wrong horse battery").await;
        assert_eq!(wrong.told(), json!({ "problem": "wrong-credentials" }));
        admin::unban(&world.fixture.app, By::CommandLine, world.victim.id).await.expect("let in");
        assert!(!victim.is_signed_in().await, "the session of before stays dead");
        world.signed_in("victim").await;
    })
    .await;
}

#[tokio::test]
async fn what_holds_about_registering_stands_on_the_pages() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("attacker").await;
        world.make_admin(world.attacker.id).await;
        let token = admin::invite(&world.fixture.app, By::CommandLine, "7").await.expect("an invitation");
        let invited = format!("/register?invitation={token}");
        // What is set, and whether a guest and somebody with an invitation find a form.
        for (registration, guest, holder) in
            [("closed", false, false), ("invitation", false, true), ("open", true, true)]
        {
            let set = json!({ "registration": registration });
            let reply = browser.call("/web/settings/set-registration", &set).await;
            assert_eq!(reply.json(), json!({ "Ok": null }));
            for (path, has_form) in [("/register", guest), (invited.as_str(), holder)] {
                let page = world.nobody().get(path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let form = page.text().contains("name=\"password_confirmation\"");
                assert_eq!(form, has_form, "{registration}: {path}");
            }
            let home = world.nobody().get("/").await;
            assert_eq!(home.text().contains("가입하고 시작하기"), guest, "{registration}");
        }
        let wrong = json!({ "registration": "everybody" });
        let told = browser.call("/web/settings/set-registration", &wrong).await.told();
        assert_eq!((&told["problem"], &told["field"]), (&json!("invalid"), &json!("registration")));
    })
    .await;
}

#[tokio::test]
async fn a_registration_is_refused_at_the_call_too() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    world.make_admin(world.attacker.id).await;
    let token = admin::invite(&world.fixture.app, By::CommandLine, "7").await.expect("an invitation");
    let register = |name: &str, token: Option<&str>| json!({ "account": account(name), "invitation": token });
    let set = |word: &str| json!({ "registration": word });
    browser.call("/web/settings/set-registration", &set("closed")).await;
    let refused = world.nobody().call("/web/accounts/register", &register("newcomer", Some(&token))).await;
    assert_eq!(refused.told(), json!({ "problem": "registration-closed" }));
    browser.call("/web/settings/set-registration", &set("invitation")).await;
    let refused = world.nobody().call("/web/accounts/register", &register("newcomer", None)).await;
    assert_eq!(refused.told(), json!({ "problem": "invitation-needed" }));
    let done = world.nobody().call("/web/accounts/register", &register("newcomer", Some(&token))).await;
    assert_eq!(done.json(), json!({ "Ok": null }));
    let refused = world.nobody().call("/web/accounts/register", &register("another", Some(&token))).await;
    assert_eq!(refused.told(), json!({ "problem": "invitation-needed" }));
}

#[tokio::test]
async fn the_link_of_the_first_start_makes_one_administrator() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let path = format!("/setup/{}", world.setup);
        let page = world.nobody().get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert!(page.text().contains(r#"<meta name="robots" content="noindex">"#));
        for wrong in ["nobodys", "%00", &world.token] {
            let reply = world.nobody().get(&format!("/setup/{wrong}")).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{wrong}");
            let arguments = json!({ "token": wrong, "account": account("operator") });
            let reply = world.nobody().call("/web/accounts/set-up", &arguments).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        let arguments = json!({ "token": world.setup, "account": account("operator") });
        let mut operator = world.nobody();
        let done = operator.call("/web/accounts/set-up", &arguments).await;
        assert_eq!(done.json(), json!({ "Ok": null }));
        assert_eq!(operator.get("/admin/users").await.status, StatusCode::OK);
        let again = json!({ "token": world.setup, "account": account("second") });
        let again = world.nobody().call("/web/accounts/set-up", &again).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert_eq!(world.nobody().get(&path).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
