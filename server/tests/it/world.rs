//! What most tests begin with: a server, a victim with an interview under way, and an attacker with an account.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use domain::accounts::service as accounts;
use domain::drill::service as drill;
use domain::interview::service as interviews;
use domain::notebook::{NotebookFilter, Target, service as notebook};
use domain::share::NewShare;
use domain::{Role, Viewer};
use leptos::config::LeptosOptions;
use server::{Serving, router};
use testkit::{Fixture, PASSWORD};
use url::Url;
use uuid::Uuid;

use crate::client::{Browser, HOST_NAME};

/// Serves as on somebody's own machine: no public address, no proxy.
pub fn serving() -> Serving {
    let leptos = LeptosOptions::builder().output_name("daedap").site_root("target/site").build();
    Serving { leptos, public_url: None, trusted_proxies: vec![] }
}

/// Serves behind HTTPS.
pub fn serving_https() -> Serving {
    let public_url: Url = format!("https://{HOST_NAME}").parse().expect("a URL");
    Serving { public_url: Some(public_url), ..serving() }
}

pub fn serve(fixture: &Fixture) -> Router {
    router(fixture.app.clone(), serving())
}

/// Two people on one server.
pub struct World {
    pub fixture: Fixture,
    pub router: Router,
    pub victim: Viewer,
    pub attacker: Viewer,
    /// The victim's interview: its first question is asked and a draft is written.
    pub interview: Uuid,
    /// The turn that the victim is to answer.
    pub awaited: u32,
    /// The victim's finished interview.
    pub finished: Uuid,
    /// A key point of the question that was answered there.
    pub point: String,
    /// A card of the victim's drill, for what was missed there.
    pub card: Uuid,
    /// The entry of the victim's notebook for the same question, with a memo.
    pub entry: Uuid,
    /// The victim's link to its report, and what opens it.
    pub share: Uuid,
    pub token: String,
    /// The receipt of somebody who was here before.
    pub receipt: Uuid,
    machines: AtomicU32,
}

/// Words of the victim that nobody else may read.
pub const SECRET: &str = "비밀-canary-7d1f";

impl World {
    pub async fn new(fixture: Fixture) -> Self {
        let departed = fixture.person("departed").await;
        let receipt = accounts::delete(&fixture.app, &departed, PASSWORD).await.expect("deleted");
        let (victim, attacker) = (fixture.person("victim").await, fixture.person("attacker").await);
        let (finished, room) = fixture.interview(&victim, fixture.setup("ko")).await;
        let number = room.awaited_turn().expect("a question");
        interviews::answer(
            &fixture.app,
            &victim,
            finished,
            number,
            Uuid::now_v7(),
            // About nothing that was asked, and long enough to be judged.
            format!("{SECRET}-answer 어제 점심에 친구와 맛있는 국수를 먹었고 오후에는 공원을 오래 걸었습니다. 날씨가 참 좋았습니다."),
        )
        .await
        .expect("answered");
        fixture.quiet(&victim, finished).await;
        let finish = domain::interview::RoomAction::Finish;
        interviews::act(&fixture.app, &victim, finished, 0, finish).await.expect("finished");
        fixture.quiet(&victim, finished).await;

        let report = interviews::report(&fixture.app, &victim, finished).await.expect("the report");
        let feedback = report.questions.first().and_then(|question| question.feedback.as_ref());
        let point = feedback.expect("feedback").points.first().expect("a point").id.clone();
        let drill = drill::list(&fixture.app, &victim, None, None).await.expect("the cards");
        let card = drill.cards.first().expect("a card").id;
        let asked = Target::Asked { interview: finished, position: 0 };
        let memo = format!("{SECRET}-memo");
        notebook::save_memo(&fixture.app, &victim, asked, "", &memo).await.expect("saved");
        let noted = notebook::list(&fixture.app, &victim, NotebookFilter::Memos, None, 0)
            .await
            .expect("the notebook");
        let entry = noted.entries.first().expect("an entry").id;
        let new = NewShare { days: "7".to_owned(), with_name: false };
        let link =
            domain::share::service::create(&fixture.app, &victim, finished, new).await.expect("a link");

        let (interview, room) = fixture.interview(&victim, fixture.setup("en")).await;
        let awaited = room.awaited_turn().expect("a question");
        let draft = format!("{SECRET}-draft");
        interviews::save_draft(&fixture.app, &victim, interview, draft).await.expect("saved");
        // What still works in the background would look like a change.
        fixture.app.tasks.close();
        fixture.app.tasks.wait().await;
        fixture.app.tasks.reopen();
        let router = serve(&fixture);
        Self {
            fixture,
            router,
            victim,
            attacker,
            interview,
            awaited,
            finished,
            point,
            card,
            entry,
            share: link.share.id,
            token: link.token,
            receipt,
            machines: AtomicU32::new(0),
        }
    }

    /// What a call names by its id: an interview that goes on and one that is over, a card, or an entry of the notebook.
    pub fn named_by(&self, path: &str) -> [Uuid; 2] {
        match path {
            "/web/notebook/save-memo" => [self.interview, self.finished],
            "/web/share/revoke" => [self.share; 2],
            path if path.starts_with("/web/drill/") => [self.card; 2],
            path if path.starts_with("/web/notebook/") => [self.entry; 2],
            _ => [self.interview, self.finished],
        }
    }

    /// The address of a page of the victim.
    pub fn address(&self, page: &str, interview: Uuid) -> String {
        let address = address(page, interview).replace("{token}", &self.token);
        address.replace("{receipt}", &self.receipt.to_string())
    }

    /// Makes somebody an administrator, as the operator does.
    pub async fn make_admin(&self, id: Uuid) {
        accounts::set_role(&self.fixture.app, id, Role::Admin).await.expect("an administrator");
    }

    /// A browser that is signed in, on a machine of its own: attempts are counted by address.
    pub async fn signed_in(&self, name: &str) -> Browser {
        let machine = self.machines.fetch_add(1, Ordering::Relaxed);
        let mut browser = Browser::at(&self.router, Ipv4Addr::from_bits(0x0a00_0001 + machine));
        browser.sign_in(name).await;
        browser
    }

    pub fn nobody(&self) -> Browser {
        Browser::new(&self.router)
    }
}

/// The address of a page or a route for an interview. One that is about two is asked for the same one twice.
pub fn address(path: &str, id: Uuid) -> String {
    path.replace("{id}", &id.to_string()).replace("{other}", &id.to_string())
}
