//! What most tests begin with: a server, a victim with an interview under way, and an attacker with an account.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use domain::accounts::one_time_link::{self, LinkPurpose};
use domain::accounts::{first_admin, service as accounts};
use domain::admin::service::{self as admin, By};
use domain::documents::{NewDocument, service as documents};
use domain::drill::service as drill;
use domain::entities::past_question;
use domain::identities::attempt::Returned;
use domain::identities::service::{Arrival, arrive};
use domain::identities::{Found, Provider, Wish};
use domain::interview::service as interviews;
use domain::letters::proposals::{NewProposal, service as proposals};
use domain::letters::{LetterContent, LetterItem, NewLetter, service as letters};
use domain::mail::Mail;
use domain::notebook::{NotebookFilter, Target, service as notebook};
use domain::past_questions::PastStatus;
use domain::questions::Language;
use domain::share::NewShare;
use domain::tokens::NewToken;
use domain::{App, Role, Viewer};
use leptos::config::LeptosOptions;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::oauth::Logins;
use server::{Serving, router};
use testkit::{Fixture, PASSWORD};
use url::Url;
use uuid::Uuid;

use crate::client::{Browser, HOST_NAME};

/// Serves as on somebody's own machine: no public address, no proxy.
pub fn serving() -> Serving {
    let leptos = LeptosOptions::builder().output_name("daedap").site_root("target/site").build();
    let folder = std::env::temp_dir().join("daedap-test-mail");
    let mail =
        Mail::new(&format!("file://{}", folder.display()), "no-reply@example.com", "http://daedap.test");
    Serving {
        leptos,
        pages: app::pages(),
        public_url: None,
        trusted_proxies: vec![],
        logins: Logins::default(),
        mail: Some(mail.expect("a folder for mail")),
        api_rate: NonZeroU32::MAX,
        cors_origins: vec![],
    }
}

/// Serves behind HTTPS.
pub fn serving_https() -> Serving {
    let public_url: Url = format!("https://{HOST_NAME}").parse().expect("a URL");
    Serving { public_url: Some(public_url), ..serving() }
}

pub fn serve(fixture: &Fixture) -> Router {
    router(fixture.app.clone(), serving())
}

/// What a browser has that is back from a provider.
const BROWSER_SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// What comes of a person whom GitHub knows under that subject.
async fn back(app: &App, wish: Wish, viewer: Option<&Viewer>, subject: &str) -> Arrival {
    let returned = Returned {
        provider: Provider::Github,
        wish,
        next: None,
        user_id: viewer.map(|viewer| viewer.id),
        verifier: String::new(),
        nonce: String::new(),
    };
    let found = Found::new(Provider::Github, subject, Some("octocat"), None).expect("somebody");
    arrive(app, viewer, &returned, found, BROWSER_SECRET, None).await.expect("taken in")
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
    /// The victim's résumé.
    pub document: Uuid,
    /// The victim's link to its report, and what opens it.
    pub share: Uuid,
    pub token: String,
    /// What opens the page that makes the first administrator.
    pub setup: String,
    /// What opens the page where the victim chooses a new password.
    pub reset: String,
    /// An invitation that works.
    pub invitation: Uuid,
    /// The victim's API token.
    pub api_token: Uuid,
    /// The victim's cover letter, its latest version, and an outline that is proposed to its only item.
    pub letter: Uuid,
    pub letter_item: Uuid,
    pub letter_version: Uuid,
    pub letter_proposal: Uuid,
    /// A past question of the victim's that waits for a decision, and one that was approved.
    pub past: Uuid,
    pub approved: Uuid,
    /// The receipt of somebody who was here before.
    pub receipt: Uuid,
    machines: AtomicU32,
}

/// A past question of somebody's, of a field that no interview here asks about.
async fn past_question(fixture: &Fixture, person: &Viewer, status: PastStatus) -> Uuid {
    let now = fixture.app.now();
    let row = past_question::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(Some(person.id)),
        request_id: Set(Uuid::now_v7()),
        language: Set("en".to_owned()),
        field: Set("ml".to_owned()),
        topic: Set(None),
        level: Set("junior".to_owned()),
        company: Set("Acme".to_owned()),
        job: Set("ML engineer".to_owned()),
        asked_on: Set("2026-03-01".parse().expect("a day")),
        source: Set("asked myself".to_owned()),
        source_url: Set(None),
        question: Set(format!("How would you find out why a model drifts? ({status})")),
        status: Set(status.to_string()),
        reason: Set(None),
        answer_key: Set(None),
        by_model: Set(false),
        rev: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        decided_at: Set(None),
    };
    row.insert(fixture.app.database.writer()).await.expect("stored").id
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
        let resume = NewDocument {
            kind: "resume".to_owned(),
            title: format!("{SECRET}-title"),
            text: format!("{SECRET}-text"),
            file: None,
        };
        let document = documents::create(&fixture.app, &victim, Uuid::now_v7(), resume).await.expect("kept");
        let new = NewShare {
            request_id: Uuid::now_v7(),
            days: "7".to_owned(),
            with_name: false,
            with_material: false,
        };
        let link =
            domain::share::service::create(&fixture.app, &victim, finished, new).await.expect("a link");
        let linked = back(&fixture.app, Wish::Link, Some(&victim), "1").await;
        assert!(matches!(linked, Arrival::Linked));
        let purpose = LinkPurpose::PasswordReset;
        let lasts = domain::accounts::reset::LASTS;
        let database = fixture.app.database.writer();
        let reset = one_time_link::issue(&fixture.app, database, purpose, Some(victim.id), lasts).await;
        let reset = reset.expect("a link");
        let setup = first_admin::offer(&fixture.app).await.expect("asked").expect("a link");
        admin::invite(&fixture.app, By::CommandLine, "7").await.expect("an invitation");
        let invitations = admin::invitations(&fixture.app, By::CommandLine).await.expect("listed");
        let invitation = invitations.first().expect("an invitation").id;

        let new =
            NewToken { name: "victims".to_owned(), scope: "account".to_owned(), expiry: "never".to_owned() };
        let api = domain::tokens::service::create(&fixture.app, &victim, new).await.expect("a token");

        let past = past_question(&fixture, &victim, PastStatus::Pending).await;
        let approved = past_question(&fixture, &victim, PastStatus::Approved).await;
        let letter_item = Uuid::now_v7();
        let item = LetterItem {
            id: letter_item,
            question: format!("{SECRET}-question"),
            answer: format!("{SECRET}-letter"),
            limit: None,
            tip: String::new(),
        };
        let content = LetterContent {
            title: format!("{SECRET}-title"),
            items: vec![item],
            ..LetterContent::empty(Language::Korean)
        };
        let new = NewLetter { request_id: Uuid::now_v7(), content };
        let letter = letters::create(&fixture.app, &victim, new).await.expect("a letter");
        let versions = letters::versions(&fixture.app, &victim, letter).await.expect("its history");
        let letter_version = versions.first().expect("a version").id;
        let new = NewProposal {
            request_id: Uuid::now_v7(),
            kind: "draft".to_owned(),
            item_id: Some(letter_item),
            instruction: String::new(),
        };
        let proposed = proposals::propose(&fixture.app, &victim, letter, new).await.expect("an outline");

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
            document,
            share: link.share.id,
            token: link.token,
            setup,
            reset,
            invitation,
            api_token: api.token.id,
            letter,
            letter_item,
            letter_version,
            letter_proposal: proposed.id,
            past,
            approved,
            receipt,
            machines: AtomicU32::new(0),
        }
    }

    /// What a call names by its id: an interview that goes on and one that is over, a card, an entry of the notebook, a
    /// document, or an account.
    pub fn named_by(&self, path: &str) -> [Uuid; 2] {
        match path {
            "/web/notebook/save-memo" => [self.interview, self.finished],
            "/web/share/revoke" => [self.share; 2],
            "/web/invitations/revoke" => [self.invitation; 2],
            path if path.starts_with("/web/admin/") => [self.attacker.id; 2],
            "/web/tokens/revoke" => [self.api_token; 2],
            "/web/letters/version" | "/web/letters/restore-version" => [self.letter_version; 2],
            "/web/letters/proposal" | "/web/letters/stop-proposal" | "/web/letters/dismiss-proposal" => {
                [self.letter_proposal; 2]
            }
            path if path.starts_with("/web/letters/") => [self.letter; 2],
            "/web/past-questions/read" => [self.approved; 2],
            path if path.starts_with("/web/past-questions/") => [self.past; 2],
            path if path.starts_with("/web/drill/") => [self.card; 2],
            path if path.starts_with("/web/notebook/") => [self.entry; 2],
            path if path.starts_with("/web/documents/") => [self.document; 2],
            _ => [self.interview, self.finished],
        }
    }

    /// The token that a page or a call wants.
    pub fn token_of(&self, path: &str) -> &str {
        match path {
            "/reset/{token}" | "/web/accounts/reset-link" | "/web/accounts/reset" => &self.reset,
            "/setup/{token}" | "/web/accounts/setup" | "/web/accounts/set-up" => &self.setup,
            _ => &self.token,
        }
    }

    /// The address of a page of the victim.
    pub fn address(&self, page: &str, interview: Uuid) -> String {
        let id = match page {
            page if page.starts_with("/letters/proposals/") => self.letter_proposal,
            page if page.starts_with("/letters/") => self.letter,
            _ => interview,
        };
        let address = address(page, id).replace("{token}", self.token_of(page));
        let address = address.replace("{document}", &self.document.to_string());
        address.replace("{receipt}", &self.receipt.to_string()).replace("{past}", &self.approved.to_string())
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

    /// A browser that is back from a provider, which knows somebody without an account.
    pub async fn arrived(&self) -> Browser {
        let arrived = back(&self.fixture.app, Wish::SignIn, None, "2").await;
        assert!(matches!(arrived, Arrival::Unfinished));
        let mut browser = self.nobody();
        browser.cookies.insert("daedap_login".to_owned(), BROWSER_SECRET.to_owned());
        browser
    }

    pub fn nobody(&self) -> Browser {
        Browser::new(&self.router)
    }
}

/// The address of a page or a route for an interview. One that is about two is asked for the same one twice.
pub fn address(path: &str, id: Uuid) -> String {
    let path = path.replace("{id}", &id.to_string()).replace("{other}", &id.to_string());
    path.replace("{provider}", "github").replace("{topic}", "os").replace("{slug}", "deadlock")
}
