//! The bank and past questions as pages: read without scripts, and whatever people hand in stays text.

use domain::past_questions::{NewPastQuestion, PastDetails, PastStatus, service};
use domain::questions::{BankFilter, Language, service as bank};
use domain::{Role, Viewer};
use http::StatusCode;
use testkit::Fixture;
use uuid::Uuid;

use crate::client::Browser;
use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::world::serve;

#[tokio::test]
async fn the_bank_is_searched_and_read_without_scripts() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let search =
        "/questions?q=%EA%B5%90%EC%B0%A9%20%EC%83%81%ED%83%9C%EB%A5%BC&field=cs&topic=&level=&kind=&lang=ko";
    let reply = browser.get(search).await;
    assert_eq!(reply.status, StatusCode::OK);
    let text = reply.text();
    assert!(text.contains("method=\"get\"") && text.contains("action=\"/questions\""));
    assert!(text.contains("href=\"/questions/os/deadlock\""), "it is found");
    assert!(text.contains("value=\"교착 상태를\""), "what was searched for stands in the field");

    // The pages that the address names hold together all that there is.
    let filter = BankFilter::default();
    let all = bank::browse(&fixture.app, &viewer, &filter, Language::Korean, 0).total;
    let second = browser.get("/questions?page=1").await.text().to_owned();
    assert!(second.contains(&format!("{all}")) && second.contains("href=\"/questions?page=2\""));

    let question = browser.get("/questions/os/deadlock").await.text().to_owned();
    assert!(question.contains("<details class=\"model-answer\""), "behind a press");
    assert!(question.contains("href=\"/questions/os/deadlock?lang=en\""));
    let english = browser.get("/questions/os/deadlock?lang=en").await.text().to_owned();
    assert!(english.contains("<h1 lang=\"en\""));
    for nothing in ["/questions/os/nothing", "/questions/x/y", "/past-questions/x"] {
        assert_eq!(browser.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    for nonsense in ["?page=99999999999", "?page=-1&field=x&lang=y", "?q=%00%ff&level=%F0%9F%98%80"] {
        assert_eq!(browser.get(&format!("/questions{nonsense}")).await.status, StatusCode::OK, "{nonsense}");
        assert_eq!(browser.get(&format!("/past-questions{nonsense}")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_people_hand_in_is_text_wherever_it_stands() {
    let fixture = Fixture::sqlite(None).await;
    let app = &fixture.app;
    let mina = fixture.person("mina").await;
    let boss = fixture.person("boss").await;
    domain::accounts::service::set_role(app, boss.id, Role::Admin).await.expect("an administrator");
    let boss = Viewer { role: Role::Admin, ..boss };
    let router = serve(&fixture);
    let (mut member, mut admin) = (Browser::new(&router), Browser::new(&router));
    member.sign_in("mina").await;
    admin.sign_in("boss").await;

    let fitting = |payload: &&&str| {
        (10..=60).contains(&payload.chars().count()) && !payload.chars().any(char::is_control)
    };
    let mut tried = 0;
    for payload in PAYLOADS.iter().filter(fitting).take(10) {
        let details = PastDetails {
            question: format!("{payload} {payload}"),
            language: "ko".to_owned(),
            field: "cs".to_owned(),
            level: "junior".to_owned(),
            topic: String::new(),
            company: (*payload).to_owned(),
            job: (*payload).to_owned(),
            asked_on: "2026-03".to_owned(),
            source: (*payload).to_owned(),
            source_url: String::new(),
        };
        let new = NewPastQuestion { request_id: Uuid::now_v7(), details: details.clone() };
        let id = service::add(app, &mina, new).await.expect("handed in").past.id;
        let own = Page::of(&member.get("/past-questions?show=own").await);
        own.assert_only_text(CANARY, "/past-questions?show=own");
        let path = format!("/admin/past-questions?open={}", id.simple());
        Page::of(&admin.get(&path).await).assert_only_text(CANARY, &path);
        service::approve(app, &boss, id, PastStatus::Pending, &details).await.expect("approved");
        for path in ["/past-questions".to_owned(), format!("/past-questions/{id}")] {
            let page = Page::of(&member.get(&path).await);
            page.assert_only_text(CANARY, &path);
            assert!(page.text().contains(payload.trim()), "{payload} does not stand on {path}");
        }
        service::reject(app, &boss, id, PastStatus::Approved, payload).await.expect("rejected");
        let own = Page::of(&member.get("/past-questions?show=own").await);
        own.assert_only_text(CANARY, "the reason of a rejection");
        service::withdraw(app, &mina, id).await.expect("withdrawn");
        tried += 1;
    }
    assert!(tried > 0, "otherwise nothing was proved");
}
