//! The page of the model's calls, as administrators see it.

use std::sync::Arc;

use domain::ModelFailure;
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::usage::{Purpose, Tokens};
use serde_json::json;
use testkit::Fixture;
use testkit::upstream::{Script, ScriptedUpstream};

use crate::client::Browser;
use crate::world::serve;

/// A browser of an administrator.
async fn administrator(fixture: &Fixture) -> Browser {
    let viewer = fixture.person("root1").await;
    let role = domain::Role::Admin;
    domain::accounts::service::set_role(&fixture.app, viewer.id, role).await.expect("an administrator");
    let mut browser = Browser::new(&serve(fixture));
    browser.sign_in("root1").await;
    browser
}

/// Waits until everything is counted that was called.
async fn counted(fixture: &Fixture) {
    fixture.app.tasks.close();
    fixture.app.tasks.wait().await;
    fixture.app.tasks.reopen();
}

async fn modelled(upstream: &ScriptedUpstream) -> Fixture {
    let config = ModelConfig {
        base_url: Some(upstream.base_url()),
        api_key: Some("sk-canary".into()),
        ..ModelConfig::new("scripted")
    };
    let model = ModelInterviewer::new(config).expect("a usable configuration");
    Fixture::sqlite(Some(Arc::new(model))).await
}

#[tokio::test]
async fn without_a_model_the_page_says_so_and_shows_nothing_made_up() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = administrator(&fixture).await;
    let page = browser.get("/admin/usage").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("설정된 모델이 없어요."), "{}", page.text());
    assert!(page.text().contains("이 기간에는 모델을 부른 적이 없어요."));
    for absent in ["<table", "class=\"bars\"", "지금 확인하기", "$0"] {
        assert!(!page.text().contains(absent), "{absent}");
    }
    let tried = browser.call("/web/usage/try-model", &json!({})).await;
    assert_eq!(tried.json(), json!({ "Ok": "no-model" }));
}

#[tokio::test]
async fn the_page_shows_calls_and_the_model_but_neither_key_nor_address() {
    let upstream = ScriptedUpstream::start().await.expect("a port");
    let fixture = modelled(&upstream).await;
    let mut browser = administrator(&fixture).await;
    fixture.set_clock("2026-11-21T12:00:00Z");
    let call = |purpose| {
        let mut call = fixture.app.meter.begin("scripted", purpose, false);
        call.told(Tokens { prompt: 1_000_000, completion: 250_000 });
        call.answered();
    };
    call(Purpose::Speak);
    call(Purpose::Assess);
    fixture.app.meter.begin("scripted", Purpose::Rate, false).failed(ModelFailure::Limited);
    counted(&fixture).await;

    let page = browser.get("/admin/usage?days=7").await;
    let text = page.text();
    // 0.50 and 2 dollars per million, twice.
    for shown in ["scripted", "127.0.0.1", "$2.00", "2,000,000", "1 (호출 제한 1)", "2026년 11월 21일 (토)"]
    {
        assert!(text.contains(shown), "{shown} is missing in {text}");
    }
    assert_eq!(text.matches("class=\"bars\"").count(), 4, "calls, tokens, time and cost");
    assert_eq!(text.matches("data-place=\"6\"").count(), 4, "seven days each");
    assert!(!text.contains("data-place=\"7\""));
    assert!(text.contains("aria-current=\"true\""), "the period that was chosen is marked");
    for secret in ["sk-canary", "127.0.0.1:", "/v1"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let nonsense = browser.get("/admin/usage?days=-1").await;
    assert_eq!(nonsense.text().matches("data-place=\"29\"").count(), 4, "a month");
}

#[tokio::test]
async fn trying_the_model_tells_what_came_of_it_until_it_is_too_often() {
    let upstream = ScriptedUpstream::start().await.expect("a port");
    let fixture = modelled(&upstream).await;
    let mut browser = administrator(&fixture).await;
    let tried = browser.call("/web/usage/try-model", &json!({})).await;
    assert!(tried.json()["Ok"]["answered"]["ms"].is_u64(), "{tried:?}");
    upstream.always(Script::status(401));
    let tried = browser.call("/web/usage/try-model", &json!({})).await;
    assert_eq!(tried.json(), json!({ "Ok": { "failed": "refused" } }));
    counted(&fixture).await;
    let page = browser.get("/admin/usage").await;
    assert!(page.text().contains("연결 확인"), "{}", page.text());
    assert!(page.text().contains("1 (키 거부 1)"), "{}", page.text());
    for _ in 2..5 {
        browser.call("/web/usage/try-model", &json!({})).await;
    }
    let refused = browser.call("/web/usage/try-model", &json!({})).await.told();
    assert_eq!(refused["problem"], "too-many-attempts", "{refused}");
    assert_eq!(upstream.calls().started, 5);
}
