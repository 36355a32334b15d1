//! Signing in at other providers: who gets in, who does not, and what is said to them.

use std::time::Duration;

use domain::accounts::service as accounts;
use domain::admin::service::{self as admin, By};
use domain::identities::{Provider, service as identities};
use futures::future::join_all;
use http::StatusCode;
use serde_json::{Value, json};
use testkit::provider::{CLIENT_SECRET, Person, ProviderScript, ScriptedProvider};
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::{Browser, Reply};
use crate::logins_way::{PROVIDERS, at_provider, come_back, go, leads_to, serve_at, serve_with, set_out};
use crate::stored::{assert_same, everything};

const FINISH: &str = "/web/identities/finish";

fn account(name: &str) -> Value {
    json!({ "account": { "username": name, "email": format!("{name}@example.com"), "language": "ko" } })
}

/// Makes an account of whoever is signed in at the provider.
async fn signed_up(browser: &mut Browser, provider: &str, name: &str) {
    let back = go(browser, provider, &[]).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, Some("/register/complete")));
    let reply = browser.call(FINISH, &account(name)).await;
    assert_eq!(reply.json(), json!({ "Ok": "/interviews/new" }));
    assert!(browser.is_signed_in().await);
}

fn assert_trouble(reply: &Reply, status: StatusCode, says: &str) {
    assert_eq!(reply.status, status, "{}", reply.text());
    assert!(reply.text().contains(says), "{says} is not said: {}", reply.text());
    for secret in ["secret-of-the-provider", CLIENT_SECRET] {
        assert!(!reply.text().contains(secret), "{secret} is told");
    }
}

#[tokio::test]
async fn somebody_new_chooses_a_name_and_is_known_from_then_on() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        for (number, word) in PROVIDERS.into_iter().enumerate() {
            provider.person(Person::new(number as u64 + 1, &format!("person{number}")));
            let mut browser = Browser::new(&router);
            let before = browser.session().map(str::to_owned);
            let back = go(&mut browser, word, &[("next", "/drill")]).await;
            assert_eq!(back.location(), Some("/register/complete"), "{word}");
            assert!(!browser.is_signed_in().await, "nobody is signed in before there is an account");
            let page = browser.get("/register/complete").await;
            assert_eq!(page.status, StatusCode::OK);
            for suggested in [format!("person{number}"), format!("person{number}@provider.example")] {
                assert!(page.text().contains(&suggested), "{suggested} is suggested");
            }
            let reply = browser.call(FINISH, &account(&format!("chosen{number}"))).await;
            assert_eq!(reply.json(), json!({ "Ok": "/drill" }), "{word}");
            assert!(browser.is_signed_in().await);
            assert_ne!(browser.session().map(str::to_owned), before);
            assert!(!browser.cookies.contains_key("daedap_login"), "it was used up");

            let mut elsewhere = Browser::new(&router);
            let back = go(&mut elsewhere, word, &[("next", "/notebook?filter=memos")]).await;
            assert_eq!(
                (back.status, back.location()),
                (StatusCode::SEE_OTHER, Some("/notebook?filter=memos"))
            );
            assert!(elsewhere.is_signed_in().await);
            let told = Browser::new(&router).try_sign_in(&format!("chosen{number}"), "").await.told();
            assert_eq!(told, json!({ "problem": "wrong-credentials" }), "no password is no empty password");
        }
    })
    .await;
}

#[tokio::test]
async fn a_state_that_is_missing_foreign_replayed_or_over_gets_400() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        let mut browser = Browser::new(&router);
        signed_up(&mut browser, "github", "known").await;

        let mut victim = Browser::new(&router);
        let page = set_out(&mut victim, "github", &[]).await;
        let back = at_provider(leads_to(&page)).await;
        let says = "처음부터 다시 시작";
        let (path, query) = back.split_once('?').expect("a query");
        let without_state: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("state=")).collect();
        let before = everything(&fixture.app).await;
        for wrong in [
            path.to_owned(),
            format!("{path}?{}", without_state.join("&")),
            format!("{path}?{}&state={}", without_state.join("&"), "0".repeat(64)),
            back.replace("/github/", "/kakao/"),
        ] {
            assert_trouble(&come_back(&mut victim, &wrong).await, StatusCode::BAD_REQUEST, says);
        }
        // The attacker's own way, pressed on somebody else, and the other way round.
        let mut foreign = Browser::new(&router);
        assert_trouble(&come_back(&mut foreign, &back).await, StatusCode::BAD_REQUEST, says);
        set_out(&mut foreign, "github", &[]).await;
        assert_trouble(&come_back(&mut foreign, &back).await, StatusCode::BAD_REQUEST, says);
        assert!(!foreign.is_signed_in().await);
        let after = everything(&fixture.app).await;
        assert!(before.iter().all(|row| after.contains(row)), "nothing was used up by it");

        assert_eq!(come_back(&mut victim, &back).await.status, StatusCode::SEE_OTHER);
        assert!(victim.is_signed_in().await);
        assert_trouble(&come_back(&mut victim, &back).await, StatusCode::BAD_REQUEST, says);

        let mut slow = Browser::new(&router);
        fixture.set_clock("2026-11-21T03:00:00Z");
        let page = set_out(&mut slow, "github", &[]).await;
        let back = at_provider(leads_to(&page)).await;
        fixture.set_clock("2026-11-21T03:10:00Z");
        assert_trouble(&come_back(&mut slow, &back).await, StatusCode::BAD_REQUEST, says);
    })
    .await;
}

#[tokio::test]
async fn of_two_that_come_back_at_once_one_gets_in() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        signed_up(&mut Browser::new(&router), "github", "known").await;
        let exchanges = provider.exchanges();
        let mut browser = Browser::new(&router);
        let page = set_out(&mut browser, "github", &[]).await;
        let back = at_provider(leads_to(&page)).await;
        let mut other = browser.clone();
        let (one, two) = tokio::join!(come_back(&mut browser, &back), come_back(&mut other, &back));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::BAD_REQUEST]);
        assert_eq!(provider.exchanges() - exchanges, 1, "the code is presented once");
    })
    .await;
}

#[tokio::test]
async fn an_address_links_nothing_whether_it_is_verified_or_not() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        let owner = fixture.person("owner").await;
        for (word, verified) in PROVIDERS.into_iter().zip([true, false, true]) {
            provider.person(Person {
                email: Some("OWNER@example.com".to_owned()),
                verified,
                ..Person::new(9, "attacker")
            });
            let mut browser = Browser::new(&router);
            let reply = go(&mut browser, word, &[]).await;
            assert_trouble(&reply, StatusCode::CONFLICT, "비밀번호로 먼저 로그인");
            assert!(!browser.is_signed_in().await);
            let finish = browser.call(FINISH, &account("attacker")).await;
            assert_eq!(finish.status, StatusCode::NOT_FOUND, "there is nothing to finish");
        }
        let logins = identities::list(&fixture.app, &owner).await.expect("listed");
        assert!(logins.identities.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_pages_of_this_site_are_gone_on_to() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    signed_up(&mut Browser::new(&router), "github", "known").await;
    for next in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "",
        "/login?next=//evil.example",
        "/oauth/github/callback",
    ] {
        let back = go(&mut Browser::new(&router), "github", &[("next", next)]).await;
        assert_eq!(back.location(), Some("/interviews"), "{next:?}");
    }
}

#[tokio::test]
async fn a_provider_that_fails_or_lies_signs_nobody_in() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    signed_up(&mut Browser::new(&router), "oidc", "known").await;
    for (name, script) in ProviderScript::NAMED {
        let (status, says) = match script {
            // It takes ten seconds: `a_provider_that_never_answers_is_given_up`.
            ProviderScript::Approve | ProviderScript::Stall => continue,
            ProviderScript::Decline => (StatusCode::UNAUTHORIZED, "동의하지 않아"),
            _ => (StatusCode::BAD_GATEWAY, "School"),
        };
        provider.script(*script);
        let mut browser = Browser::new(&router);
        let reply = go(&mut browser, "oidc", &[]).await;
        assert_trouble(&reply, status, says);
        assert!(!browser.is_signed_in().await, "{name}");
        provider.script(ProviderScript::Approve);
    }
    let mut browser = Browser::new(&router);
    assert_eq!(go(&mut browser, "oidc", &[]).await.location(), Some("/interviews"), "it goes on afterwards");
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_told() {
    let fixture = Fixture::sqlite(None).await;
    let nobody = testkit::upstream::nobody_listens().await.expect("a port");
    let router = serve_at(&fixture, nobody.trim_end_matches("/v1"));
    let reply = set_out(&mut Browser::new(&router), "oidc", &[]).await;
    assert_trouble(&reply, StatusCode::BAD_GATEWAY, "응답하지 않아요");

    let router = crate::world::serve(&fixture);
    for word in ["github", "nobody", "%00"] {
        let reply = set_out(&mut Browser::new(&router), word, &[]).await;
        assert_trouble(&reply, StatusCode::NOT_FOUND, "쓸 수 없는 로그인");
        let reply =
            come_back(&mut Browser::new(&router), &format!("/oauth/{word}/callback?code=1&state=2")).await;
        assert_trouble(&reply, StatusCode::NOT_FOUND, "쓸 수 없는 로그인");
    }
    let mut guest = Browser::new(&router);
    assert!(!guest.get("/login").await.text().contains("/oauth/"), "nothing is offered");
}

#[tokio::test]
async fn a_provider_that_never_answers_is_given_up() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    provider.script(ProviderScript::Stall);
    let waiting = PROVIDERS.map(|word| {
        let mut browser = Browser::new(&router);
        async move { go(&mut browser, word, &[]).await }
    });
    let replies = tokio::time::timeout(Duration::from_secs(20), join_all(waiting)).await;
    for reply in replies.expect("nobody waits for ever") {
        assert_trouble(&reply, StatusCode::BAD_GATEWAY, "응답하지 않아요");
    }
}

#[tokio::test]
async fn a_form_that_makes_no_sense_sets_nobody_out() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    let before = everything(&fixture.app).await;
    let form = "application/x-www-form-urlencoded";
    for (content_type, body) in [
        ("application/json", "{}"),
        ("text/plain", "wish=link"),
        ("multipart/form-data; boundary=x", "--x--"),
        (form, "wish=a&wish=b"),
    ] {
        let mut browser = Browser::new(&router);
        let request = browser.own("/oauth/github/start").header("content-type", content_type);
        let reply = browser.send(request.body(body.into()).expect("a request")).await;
        assert!(reply.status.is_client_error(), "{content_type} {body}: {}", reply.status);
        assert!(reply.set_cookies().is_empty());
    }
    assert_same(&before, &everything(&fixture.app).await, "a form that makes no sense");
    // What is not known is as if it were not there.
    let fields = [("wish", "both"), ("next", "%"), ("invitation", "x; Path=/")];
    let mut browser = Browser::new(&router);
    let reply = set_out(&mut browser, "github", &fields).await;
    assert_eq!(leads_to(&reply).path(), "/login/oauth/authorize");
    assert_eq!(browser.cookies["daedap_login"].len(), 64);
}

#[tokio::test]
async fn logins_are_linked_and_unlinked_by_their_owner_alone() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        let owner = fixture.person("owner").await;
        let mut browser = Browser::new(&router);
        let reply = set_out(&mut browser, "github", &[("wish", "link")]).await;
        assert_eq!(reply.location(), Some("/login?next=/profile"), "a guest has nothing to link to");
        browser.sign_in("owner").await;
        let back = go(&mut browser, "github", &[("wish", "link")]).await;
        assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, Some("/profile")));
        assert!(browser.get("/profile").await.text().contains("mina"), "the label is shown");
        let mut by_provider = Browser::new(&router);
        assert_eq!(go(&mut by_provider, "github", &[]).await.location(), Some("/interviews"));

        // The same login for somebody else, and another login for the same.
        fixture.person("other").await;
        let mut other = Browser::new(&router);
        other.sign_in("other").await;
        let reply = go(&mut other, "github", &[("wish", "link")]).await;
        assert_trouble(&reply, StatusCode::CONFLICT, "다른 사람의 계정");
        provider.person(Person::new(5, "another"));
        let reply = go(&mut browser, "github", &[("wish", "link")]).await;
        assert_trouble(&reply, StatusCode::CONFLICT, "다른 GitHub 계정");

        // Begun by one, finished by another.
        provider.person(Person::new(6, "planted"));
        let page = set_out(&mut other, "kakao", &[("wish", "link")]).await;
        let back = at_provider(leads_to(&page)).await;
        let cookie = other.cookies["daedap_login"].clone();
        browser.cookies.insert("daedap_login".to_owned(), cookie);
        assert_trouble(&come_back(&mut browser, &back).await, StatusCode::UNAUTHORIZED, "로그아웃되었어요");

        let unlink = json!({ "provider": "github" });
        assert_eq!(other.call("/web/identities/unlink", &unlink).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.call("/web/identities/unlink", &unlink).await.json(), json!({ "Ok": null }));
        let logins = identities::list(&fixture.app, &owner).await.expect("listed");
        assert!(logins.has_password && logins.identities.is_empty());
    })
    .await;
}

#[tokio::test]
async fn without_a_password_the_last_login_stays_and_a_fresh_sign_in_stands_in() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        fixture.set_clock("2026-11-21T03:00:00Z");
        let mut browser = Browser::new(&router);
        signed_up(&mut browser, "kakao", "newcomer").await;
        let unlink = json!({ "provider": "kakao" });
        let told = browser.call("/web/identities/unlink", &unlink).await.told();
        assert_eq!(told, json!({ "problem": "last-login" }));

        let new = "another horse battery";
        let set = |name: &str| json!({ "current": name, "password": new, "confirmation": new });
        let told = browser.call("/web/accounts/change-password", &set("somebody")).await.told();
        assert_eq!((&told["problem"], &told["field"]), (&json!("invalid"), &json!("username")));
        fixture.set_clock("2026-11-21T03:10:01Z");
        let told = browser.call("/web/accounts/change-password", &set("newcomer")).await.told();
        assert_eq!(told, json!({ "problem": "sign-in-again" }));
        let told = browser.call("/web/accounts/delete", &json!({ "password": "newcomer" })).await.told();
        assert_eq!(told, json!({ "problem": "sign-in-again" }));

        assert_eq!(go(&mut browser, "kakao", &[("next", "/profile")]).await.location(), Some("/profile"));
        let reply = browser.call("/web/accounts/change-password", &set("Newcomer")).await;
        assert_eq!(reply.json(), json!({ "Ok": null }));
        assert!(Browser::new(&router).try_sign_in("newcomer", new).await.json().get("Ok").is_some());
        assert_eq!(browser.call("/web/identities/unlink", &unlink).await.json(), json!({ "Ok": null }));
        // Now the name proves nothing.
        let told = browser.call("/web/accounts/delete", &json!({ "password": "newcomer" })).await.told();
        assert_eq!((&told["problem"], &told["field"]), (&json!("invalid"), &json!("password")));
    })
    .await;
}

#[tokio::test]
async fn who_may_register_holds_for_other_logins_too() {
    each_database(|fixture| async move {
        let provider = ScriptedProvider::start().await.expect("a provider");
        let router = serve_with(&fixture, &provider);
        let app = &fixture.app;
        let operator = fixture.person("operator").await;
        accounts::set_role(app, operator.id, domain::Role::Admin).await.expect("an administrator");
        let operator = accounts::sign_in(app, "operator", PASSWORD, None).await.expect("signed in").viewer;
        let token = admin::invite(app, By::CommandLine, "7").await.expect("an invitation");
        let register = async |word: &str| {
            domain::settings::service::set_registration(app, &operator, word).await.expect("set");
        };
        register("closed").await;
        let reply = go(&mut Browser::new(&router), "github", &[("invitation", &token)]).await;
        assert_trouble(&reply, StatusCode::FORBIDDEN, "지금은 새로 가입할 수 없어요");
        register("invitation").await;
        let reply = go(&mut Browser::new(&router), "github", &[]).await;
        assert_trouble(&reply, StatusCode::FORBIDDEN, "초대 링크");
        let mut browser = Browser::new(&router);
        let back = go(&mut browser, "github", &[("invitation", &token)]).await;
        assert_eq!(back.location(), Some("/register/complete"));
        // A name that is taken loses nothing.
        let told = browser.call(FINISH, &account("operator")).await.told();
        assert_eq!(told, json!({ "problem": "taken", "field": "username" }));
        let reply = browser.call(FINISH, &account("invited")).await;
        assert_eq!(reply.json(), json!({ "Ok": "/interviews/new" }));
        provider.person(Person::new(8, "second"));
        let reply = go(&mut Browser::new(&router), "github", &[("invitation", &token)]).await;
        assert_trouble(&reply, StatusCode::FORBIDDEN, "초대 링크");
    })
    .await;
}

#[tokio::test]
async fn a_suspended_person_gets_in_by_no_other_door() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    signed_up(&mut Browser::new(&router), "github", "newcomer").await;
    let id = accounts::find_by_name(&fixture.app, "newcomer").await.expect("there").id;
    admin::ban(&fixture.app, By::CommandLine, id, "A reason.").await.expect("suspended");
    let mut browser = Browser::new(&router);
    let reply = go(&mut browser, "github", &[]).await;
    assert_trouble(&reply, StatusCode::FORBIDDEN, "정지");
    assert!(!reply.text().contains("A reason."));
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn somebody_without_an_address_or_a_name_types_them() {
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    let hostile = "<script>alert(1)</script>";
    provider.person(Person { email: None, name: hostile.to_owned(), ..Person::default() });
    for word in PROVIDERS {
        let mut browser = Browser::new(&router);
        assert_eq!(go(&mut browser, word, &[]).await.location(), Some("/register/complete"), "{word}");
        let page = browser.get("/register/complete").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains(hostile), "{word}");
        let told = browser.call(FINISH, &json!({ "account": { "username": "", "email": "" } })).await.told();
        assert_eq!(told["problem"], "invalid", "{word}");
    }
}

#[tokio::test]
async fn what_a_browser_needs_is_in_the_table_of_nobody_else() {
    // A copy of the tables finishes no sign-in: what the browser carries is stored as a hash.
    let fixture = Fixture::sqlite(None).await;
    let provider = ScriptedProvider::start().await.expect("a provider");
    let router = serve_with(&fixture, &provider);
    let mut browser = Browser::new(&router);
    let before = everything(&fixture.app).await;
    let page = set_out(&mut browser, "oidc", &[]).await;
    let rows = everything(&fixture.app).await.join("\n");
    let state =
        leads_to(&page).query_pairs().find(|(key, _)| key == "state").expect("a state").1.into_owned();
    assert!(!rows.contains(&state) && !rows.contains(&browser.cookies["daedap_login"]));
    let back = at_provider(leads_to(&page)).await;
    come_back(&mut browser, &back).await;
    let rows = everything(&fixture.app).await.join("\n");
    assert!(!rows.contains(&browser.cookies["daedap_login"]));
    fixture.set_clock("2036-01-01T00:00:00Z");
    domain::identities::attempt::delete_expired(&fixture.app).await.expect("deleted");
    domain::identities::sign_up::delete_expired(&fixture.app).await.expect("deleted");
    assert_same(&before, &everything(&fixture.app).await, "an unfinished sign-up");
    assert_eq!(Provider::ALL.len(), PROVIDERS.len());
}
