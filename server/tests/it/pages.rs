//! What people and models wrote is text on every page, with JavaScript and without.

use domain::interview::{NewInterview, RoomAction, service as interviews};
use domain::questions::{Field, Language};
use http::StatusCode;
use serde_json::json;
use testkit::{Fixture, PASSWORD};
use uuid::Uuid;

use crate::calls::pages_of_members;
use crate::client::Browser;
use crate::hostile::{CANARY, HostileModel, PAYLOADS, all};
use crate::markup::Page;
use crate::world::{World, address, serve};

/// Every page of the table, in both languages, as the owner of the interviews sees it.
async fn look_at_everything(browser: &mut Browser, interviews: &[Uuid]) -> String {
    let mut seen = String::new();
    for language in ["ko", "en"] {
        browser.cookies.insert("daedap_language".to_owned(), language.to_owned());
        for page in pages_of_members() {
            for id in interviews {
                let path = address(page, *id);
                let reply = browser.get(&path).await;
                assert!(
                    reply.status.is_success() || reply.status == StatusCode::CONFLICT,
                    "{path}: {}",
                    reply.status
                );
                let page = Page::of(&reply);
                page.assert_only_text(CANARY, &path);
                seen.push_str(page.text());
            }
        }
    }
    seen
}

#[tokio::test]
async fn answers_and_drafts_are_text() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let mut payloads = PAYLOADS.iter().copied().cycle();
    let (finished, mut room) = fixture.interview(&viewer, fixture.setup("ko")).await;
    while room.awaited_turn().is_some() {
        let payload = payloads.next().expect("a payload");
        // The interviewer quotes what was said about the matter.
        let text = format!("{payload} 트랜잭션은 {payload} 커밋되지 않은 데이터를 읽는 것입니다. {payload}");
        room = fixture.answer(&viewer, finished, &text).await;
    }
    let (running, _) = fixture.interview(&viewer, fixture.setup("en")).await;
    for payload in PAYLOADS {
        fixture.answer(&viewer, running, payload).await;
        if fixture.quiet(&viewer, running).await.awaited_turn().is_none() {
            break;
        }
    }
    let (drafted, _) = fixture.interview(&viewer, fixture.setup("en")).await;
    interviews::save_draft(&fixture.app, &viewer, drafted, all()).await.expect("saved");
    fixture.answer(&viewer, drafted, &all()).await;
    interviews::save_draft(&fixture.app, &viewer, drafted, all()).await.expect("saved");

    let seen = look_at_everything(&mut browser, &[finished, running, drafted]).await;
    // Otherwise nothing was proved.
    for payload in PAYLOADS {
        assert!(seen.contains(payload.trim()), "{payload} stands nowhere");
    }
}

#[tokio::test]
async fn names_and_addresses_are_text() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let account = json!({ "account": {
        "username": "Mi.na_김-1", "email": "'onfocus=xsscanary'&{{x}}`@example.com", "password": PASSWORD,
        "password_confirmation": PASSWORD, "language": "ko",
    } });
    assert_eq!(browser.call("/web/accounts/register", &account).await.json(), json!({ "Ok": null }));
    let viewer = browser_owner(&fixture).await;
    let (id, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
    let fitting = |payload: &&&str| payload.chars().count() <= 40 && !payload.contains('\n');
    for payload in PAYLOADS.iter().filter(fitting) {
        let edit = json!({ "edit": {
            "display_name": payload, "language": "ko", "time_zone": "Asia/Seoul", "fields": ["cs"],
        } });
        let reply = browser.call("/web/accounts/save-profile", &edit).await;
        assert_eq!(reply.json(), json!({ "Ok": null }), "{payload}");
        let seen = look_at_everything(&mut browser, &[id]).await;
        assert!(seen.contains(payload.trim()), "{payload} stands nowhere");
        let profile = Page::of(&browser.get("/profile").await);
        assert!(profile.values("input", "value").contains(&payload.trim()), "{payload}");
    }
    // The interviewer greets by name.
    let (greeted, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
    look_at_everything(&mut browser, &[greeted]).await;
}

/// The only account there is.
async fn browser_owner(fixture: &Fixture) -> domain::Viewer {
    let accounts = domain::accounts::service::list(&fixture.app).await.expect("accounts");
    let resumed = domain::accounts::service::resume(&fixture.app, accounts[0].id, 0).await;
    resumed.expect("the database answers").expect("the account")
}

#[tokio::test]
async fn words_of_other_alphabets_cannot_be_names() {
    // What is no letter, digit or one of three marks is refused; what is typed comes back to be put right.
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for payload in PAYLOADS.iter().filter(|payload| payload.chars().count() <= 32) {
        let account = json!({ "account": {
            "username": payload, "email": "mina@example.com", "password": PASSWORD,
            "password_confirmation": PASSWORD, "language": "ko",
        } });
        let told = browser.call("/web/accounts/register", &account).await.told();
        assert_eq!((&told["problem"], &told["field"]), (&json!("invalid"), &json!("username")), "{payload}");
    }
}

#[tokio::test]
async fn words_of_a_model_are_text() {
    let fixture = Fixture::sqlite(Some(HostileModel::interviewer())).await;
    let viewer = fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let mut ids = Vec::new();
    for mode in ["coaching", "realistic"] {
        // One question more than the bank has on the topic, so that the model makes the last one.
        let of_bank =
            fixture.app.bank.questions(Language::Korean, Some(Field::Mobile), Some("ios"), None).count();
        let setup = NewInterview {
            field: "mobile".to_owned(),
            topics: vec!["ios".to_owned()],
            question_count: u32::try_from(of_bank + 1).expect("a few"),
            mode: mode.to_owned(),
            ..fixture.setup("ko")
        };
        let (id, _) = fixture.interview(&viewer, setup).await;
        for _ in 0..of_bank {
            let number = fixture.quiet(&viewer, id).await.awaited_turn().expect("an answer is awaited");
            interviews::act(&fixture.app, &viewer, id, number, RoomAction::Skip).await.expect("skipped");
        }
        fixture.quiet(&viewer, id).await;
        fixture
            .answer(
                &viewer,
                id,
                "트랜잭션은 모두 되거나 모두 안 되는 작업 단위라서 중간 상태가 보이지 않습니다.",
            )
            .await;
        let room = fixture.quiet(&viewer, id).await;
        let number = room.awaited_turn().expect("an answer is awaited");
        interviews::act(&fixture.app, &viewer, id, number, RoomAction::AskIntent).await.expect("asked");
        fixture.quiet(&viewer, id).await;
        ids.push(id);
    }
    look_at_everything(&mut browser, &ids).await;
    for id in &ids {
        interviews::act(&fixture.app, &viewer, *id, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(&viewer, *id).await;
    }
    let seen = look_at_everything(&mut browser, &ids).await;
    for payload in PAYLOADS {
        assert!(seen.contains(payload.trim()), "{payload} stands nowhere");
    }
    // No picture and no file of another site is asked for, whatever the Markdown says.
    let report = browser.get(&format!("/interviews/{}/report", ids[0])).await;
    assert!(report.text().contains("report-question"), "{}", report.text());
}

#[tokio::test]
async fn what_stands_in_an_address_is_text() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut victim = world.signed_in("victim").await;
    for payload in PAYLOADS {
        let encoded: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
        let in_path = encoded.replace('+', "%20");
        for path in [
            format!(
                "/interviews?field={encoded}&from={encoded}&to={encoded}&result={encoded}&after={encoded}"
            ),
            format!("/interviews/{in_path}"),
            format!("/interviews/{in_path}/report"),
            format!("/login?next=/{encoded}"),
            format!("/{in_path}"),
            format!("/?{encoded}={encoded}"),
        ] {
            for browser in [&mut victim, &mut world.nobody()] {
                let reply = browser.get(&path).await;
                assert!(!reply.status.is_server_error(), "{path}: {}", reply.status);
                Page::of(&reply).assert_only_text(CANARY, &path);
            }
        }
        let path = format!("/interviews/{in_path}/events");
        let reply = victim.get(&path).await;
        assert!(reply.status.is_client_error(), "{path}: {}", reply.status);
        assert!(!reply.header("content-type").is_some_and(|kind| kind.contains("html")), "{path}");
    }
}
