//! The page of a public profile, whatever GitHub says.

use domain::github::service;
use domain::tokens::Scope;
use http::{Method, StatusCode};
use serde_json::json;
use testkit::Fixture;
use testkit::github::{GithubScript, ScriptedAccount, ScriptedRepository};

use crate::client::Browser;
use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::program::{Program, problem};
use crate::world::serve;

async fn signed_in(fixture: &Fixture) -> Browser {
    fixture.person("mina").await;
    let mut browser = Browser::new(&serve(fixture));
    browser.sign_in("mina").await;
    browser
}

#[tokio::test]
async fn opening_the_page_asks_nothing_of_github_and_a_press_does() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = signed_in(&fixture).await;
    let empty = browser.get("/github").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text().contains("127.0.0.1에 보내고"), "{}", empty.text());
    assert!(!empty.text().contains("<svg") && fixture.github.take_calls().is_empty());

    let pressed = browser.call("/web/github/look-up", &json!({ "github_name": "mina-dev" })).await;
    assert_eq!(pressed.json()["Ok"]["profile"]["user_name"], "mina-dev");
    assert_eq!(fixture.github.take_calls().len(), 18);
    let page = browser.get("/github").await;
    for shown in [
        "공개된 코드의 비율이에요. 실력을 나타내지는 않아요.",
        "김미나",
        "Jupyter Notebook",
        "포크 1개, 보관된 저장소 1개, 템플릿 1개는 뺐어요.",
        "한 시간에 60번 중 42번 남았어요.",
        "방금 GitHub에서 확인한 내용이에요.",
        "https://github.example/mina-dev/queue",
        "A job queue on PostgreSQL",
        "40%까지만 셈",
        "저장소 ‘queue’의 코드는 Rust 62%, TypeScript 31%, Shell 7%로 되어 있어요.",
    ] {
        assert!(page.text().contains(shown), "{shown} is missing in {}", page.text());
    }
    assert_eq!(page.text().matches("class=\"shares-bars\"").count(), 8, "the eight largest languages");
    assert!(fixture.github.take_calls().is_empty());
    Page::of(&page).assert_tame("/github");
    browser.cookies.insert("daedap_language".to_owned(), "en".to_owned());
    let page = browser.get("/github").await;
    assert!(page.text().contains("Share of public code, not skill."));
    assert!(page.text().contains("The code of “queue” is Rust 62%, TypeScript 31%, Shell 7%."));
}

#[tokio::test]
async fn words_of_github_are_text() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = signed_in(&fixture).await;
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let repository = |name: &str| ScriptedRepository {
            description: Some((*payload).to_owned()),
            readme: Some(format!("Before. {payload}\n\n{payload}")),
            files: vec![((*payload).to_owned(), 10)],
            ..ScriptedRepository::new(name, payload, 100, 1)
        };
        fixture.github.account(ScriptedAccount {
            login: "mina-dev".to_owned(),
            name: Some((*payload).to_owned()),
            repositories: vec![repository("one"), repository(payload)],
            events: vec![((*payload).to_owned(), 1, (*payload).to_owned())],
        });
        // A new day for each, and a new person, so that nobody asks too often.
        fixture.set_clock(&day(number));
        let person = fixture.person(&format!("person-{number}")).await;
        service::profile(&fixture.app, &person, "mina-dev").await.expect("a profile");
        let mut reader = Browser::new(&serve(&fixture));
        reader.sign_in(&format!("person-{number}")).await;
        for language in ["ko", "en"] {
            reader.cookies.insert("daedap_language".to_owned(), language.to_owned());
            let reply = reader.get("/github").await;
            assert_eq!(reply.status, StatusCode::OK, "{payload}");
            let page = Page::of(&reply);
            page.assert_only_text(CANARY, payload);
            assert!(page.text().contains(CANARY), "{payload} stands nowhere");
        }
    }
    // Nobody who has not looked it up sees any of it.
    browser.sign_in("mina").await;
    assert!(!browser.get("/github").await.text().contains(CANARY));
}

/// Noon of a day that is so many days ahead.
fn day(days: usize) -> String {
    format!("20{:02}-01-{:02}T12:00:00Z", 30 + days / 28, days % 28 + 1)
}

#[tokio::test]
async fn what_goes_wrong_is_said_and_what_was_kept_is_shown() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = signed_in(&fixture).await;
    let press = json!({ "github_name": "mina-dev" });
    for (name, reason) in [("", "empty"), ("../user", "malformed"), (&"x".repeat(40), "too-long")] {
        let told = browser.call("/web/github/look-up", &json!({ "github_name": name })).await.told();
        assert_eq!(
            (&told["field"], &told["reason"]["reason"]),
            (&json!("github_name"), &json!(reason)),
            "{name}"
        );
    }
    fixture.github.script(GithubScript::Limited);
    let told = browser.call("/web/github/look-up", &press).await.told();
    assert_eq!((&told["problem"], &told["reason"]), (&json!("github-unavailable"), &json!("limited")));
    assert!(told["resets_at"].is_string(), "{told}");

    // A day after a good one.
    fixture.github.script(GithubScript::Answer);
    fixture.set_clock("2031-01-01T12:00:00Z");
    browser.sign_in("mina").await;
    browser.call("/web/github/look-up", &press).await;
    fixture.set_clock("2031-01-03T12:00:00Z");
    fixture.github.script(GithubScript::Fail);
    let shown = browser.call("/web/github/look-up", &press).await;
    assert_eq!(shown.json()["Ok"]["problems"][0]["failure"], "out-of-order", "{shown:?}");
    assert_eq!(shown.json()["Ok"]["age_minutes"], 2 * 24 * 60);
    let page = browser.get("/github").await;
    assert!(page.text().contains("2일 전에 GitHub에서 확인한 내용이에요."), "{}", page.text());
    assert!(page.text().contains("Jupyter Notebook"));
}

#[tokio::test]
async fn an_operator_may_switch_it_off() {
    let fixture = Fixture::sqlite(None).await.without_github().await;
    let mut browser = signed_in(&fixture).await;
    let page = browser.get("/github").await;
    assert!(page.text().contains("운영자가 GitHub 찾아보기를 꺼 두었어요."), "{}", page.text());
    assert!(!page.text().contains("name=\"github_name\""));
    let told = browser.call("/web/github/look-up", &json!({ "github_name": "mina-dev" })).await.told();
    assert_eq!(told["reason"], "switched-off");
}

#[tokio::test]
async fn programs_are_told_the_same() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let router = serve(&fixture);
    let program = Program::new(&router, &fixture.app, &viewer, Scope::Write).await;
    assert_eq!(program.get("/api/v1/github/facts").await.json(), json!([]));
    let body = json!({ "github_name": "mina-dev" });
    let profile = program.call(Method::POST, "/api/v1/github/lookups", &body).await;
    assert_eq!(profile.status, StatusCode::OK, "{profile:?}");
    assert_eq!(profile.json()["calls"]["made"], 18);
    assert_eq!(program.get("/api/v1/github").await.json()["profile"]["user_name"], "mina-dev");
    let facts = program.get("/api/v1/github/facts").await.json();
    assert!(
        facts.as_array().is_some_and(|facts| facts.iter().any(|fact| fact["kind"] == "readme")),
        "{facts}"
    );

    let unknown = json!({ "github_name": "nobody-of-that-name" });
    let refused = program.call(Method::POST, "/api/v1/github/lookups", &unknown).await;
    assert_eq!((refused.status, problem(&refused).as_str()), (StatusCode::NOT_FOUND, "github-unavailable"));
    assert_eq!(refused.json()["reason"], "not-found");
    fixture.github.script(GithubScript::SlowDown);
    let refused = program.call(Method::POST, "/api/v1/github/lookups", &unknown).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{refused:?}");
    let wait: u32 = refused.header("retry-after").and_then(|wait| wait.parse().ok()).expect("a time to wait");
    assert!((1..=30).contains(&wait), "{wait}");
    fixture.github.script(GithubScript::Garbage);
    let wrong = json!({ "github_name": "a/b" });
    let refused = program.call(Method::POST, "/api/v1/github/lookups", &wrong).await;
    assert_eq!(
        (refused.status, &refused.json()["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("github_name"))
    );

    let forgotten = program.call(Method::DELETE, "/api/v1/github/name", &json!(null)).await;
    assert_eq!(forgotten.status, StatusCode::NO_CONTENT);
    assert_eq!(program.get("/api/v1/github").await.json()["user_name"], json!(null));
}
