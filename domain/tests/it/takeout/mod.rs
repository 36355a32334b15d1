//! Everything of a person as a file: taking it along, and bringing it back, whoever made the file.

mod hostile;
mod round_trip;
mod size;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use bytes::Bytes;
use domain::documents::{FileKind, NewDocument, service as documents};
use domain::interview::{NewAssessment, NewInterview, RoomAction, service as interviews};
use domain::letters::{
    ChangedLetter, Counting, LetterContent, LetterItem, Limit, NewLetter, service as letters,
};
use domain::material::NewMaterials;
use domain::notebook::{Target, service as notebook};
use domain::past_questions::{NewPastQuestion, PastDetails, service as past_questions};
use domain::questions::Language;
use domain::share::{NewShare, service as shares};
use domain::takeout::{FileFault, ImportView, service};
use domain::{App, Problem, Viewer};
use testkit::Fixture;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Long enough to be judged, and about nothing that was asked.
const OFF_TOPIC: &str =
    "어제 점심에 친구와 맛있는 국수를 먹었고 오후에는 공원을 오래 걸었습니다. 날씨가 참 좋았습니다.";
const ANSWER: &str = "트랜잭션은 모두 되거나 모두 안 되는 작업 단위라서 중간 상태가 밖에 보이지 않습니다.";

/// The files of a ZIP by name.
type Files = BTreeMap<String, Vec<u8>>;

async fn exported(app: &App, viewer: &Viewer) -> Bytes {
    let mut takeout = service::export(app, viewer).await.expect("an export");
    let mut bytes = Vec::new();
    while let Some(piece) = takeout.pieces.recv().await {
        bytes.extend(piece.expect("a whole export"));
    }
    bytes.into()
}

fn unzipped(bytes: &Bytes) -> Files {
    let mut zip = ZipArchive::new(Cursor::new(bytes.clone())).expect("a ZIP");
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("whole");
        files.insert(entry.name().to_owned(), content);
    }
    files
}

fn zipped(files: &Files) -> Bytes {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a ZIP").into_inner().into()
}

/// The files that are the same wherever the same data is.
fn features(bytes: &Bytes) -> Files {
    let told = ["manifest.json", "installation.json"];
    let mut files = unzipped(bytes);
    files.retain(|name, _| name.ends_with(".json") && !told.contains(&name.as_str()));
    files
}

fn json(files: &Files, name: &str) -> serde_json::Value {
    serde_json::from_slice(&files[name]).expect("JSON")
}

/// Changes one file of a ZIP.
fn with(bytes: &Bytes, name: &str, change: impl FnOnce(&mut serde_json::Value)) -> Bytes {
    let mut files = unzipped(bytes);
    let mut value = json(&files, name);
    change(&mut value);
    files.insert(name.to_owned(), serde_json::to_vec(&value).expect("JSON"));
    zipped(&files)
}

async fn imported(app: &App, viewer: &Viewer, bytes: &Bytes) -> ImportView {
    service::import(app, viewer, bytes.clone()).await.expect("imported")
}

async fn fault(app: &App, viewer: &Viewer, bytes: Bytes) -> Option<FileFault> {
    let looked_at = service::preview(app, viewer, bytes.clone()).await.err().map(domain::Error::into_problem);
    let stored = service::import(app, viewer, bytes).await.err().map(domain::Error::into_problem);
    assert_eq!(looked_at, stored, "looking at a file tells what importing it would");
    match stored {
        Some(Problem::WrongFile { fault }) => Some(fault),
        Some(other) => panic!("{other:?}"),
        None => None,
    }
}

/// Somebody who has something of everything: a finished interview with two judgements and an override, one that goes on, a memo, cards,
/// a cover letter with a history, a question of the day, a share link, a past question, a résumé and an interview about it. Says which interview is
/// finished, and which goes on.
async fn furnished(fixture: &Fixture, name: &str) -> (Viewer, Uuid, Uuid) {
    let app = &fixture.app;
    let viewer = fixture.person(name).await;
    let (finished, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
    fixture.answer(&viewer, finished, OFF_TOPIC).await;
    interviews::act(app, &viewer, finished, 0, RoomAction::Finish).await.expect("finished");
    fixture.quiet(&viewer, finished).await;
    let again = NewAssessment { position: 0, known: 1, dispute: Some("국수도 답이에요.".to_owned()) };
    interviews::assess_again(app, &viewer, finished, again).await.expect("asked for");
    settled(app).await;
    let report = interviews::report(app, &viewer, finished).await.expect("a report");
    let point = report.questions[0].feedback.as_ref().expect("feedback").points[0].id.clone();
    interviews::set_override(app, &viewer, finished, 0, &point, true).await.expect("held");
    let asked = Target::Asked { interview: finished, position: 0 };
    notebook::save_memo(app, &viewer, asked, "", "메모 😀\n# 제목").await.expect("saved");
    let new =
        NewShare { request_id: Uuid::now_v7(), days: "7".to_owned(), with_name: true, with_material: false };
    shares::create(app, &viewer, finished, new).await.expect("a link");
    domain::today::service::swap(app, &viewer, 0).await.expect("swapped");
    let resume = NewDocument {
        kind: "resume".to_owned(),
        title: "이력서".to_owned(),
        text: "결제 API를 맡았습니다.\n# 제목".to_owned(),
        file: Some(FileKind::Pdf),
    };
    let resume = documents::create(app, &viewer, Uuid::now_v7(), resume).await.expect("kept");
    domain::github::service::profile(app, &viewer, "mina-dev").await.expect("a profile");
    let past = NewPastQuestion {
        request_id: Uuid::now_v7(),
        details: PastDetails {
            question: "결제가 두 번 되는 일을 어떻게 막으시겠어요?".to_owned(),
            language: "ko".to_owned(),
            field: "cs".to_owned(),
            level: "junior".to_owned(),
            topic: "database".to_owned(),
            company: "가나 소프트".to_owned(),
            job: "백엔드 개발자".to_owned(),
            asked_on: "2026-03".to_owned(),
            source: "직접 받은 질문 😀".to_owned(),
            source_url: "https://example.com/a?b=%20#c".to_owned(),
        },
    };
    past_questions::add(app, &viewer, past).await.expect("handed in");

    let content = LetterContent {
        title: "하늘지도 😀".to_owned(),
        company: "하늘지도".to_owned(),
        items: vec![LetterItem {
            id: Uuid::now_v7(),
            question: "지원 동기".to_owned(),
            answer: "저는 지도를 좋아합니다.\n# 제목".to_owned(),
            limit: Some(Limit { max: 500, counting: Counting::USUAL }),
            tip: String::new(),
        }],
        ..LetterContent::empty(Language::Korean)
    };
    let new = NewLetter { request_id: Uuid::now_v7(), content: content.clone() };
    let letter = letters::create(app, &viewer, new).await.expect("a letter");
    let content = LetterContent { role: "백엔드 개발자".to_owned(), ..content };
    let save = ChangedLetter { revision: 1, content, drafted: true, overwrites: false };
    letters::save(app, &viewer, letter, save).await.expect("saved");

    // It is about the résumé, which it keeps a copy of.
    let materials = NewMaterials { documents: vec![resume], ..NewMaterials::default() };
    let setup = NewInterview { materials, ..fixture.setup("ko") };
    let (running, _) = fixture.interview(&viewer, setup).await;
    fixture.answer(&viewer, running, ANSWER).await;
    interviews::save_draft(app, &viewer, running, "쓰던 글".to_owned()).await.expect("saved");
    settled(app).await;
    (viewer, finished, running)
}

/// Waits for everything that works in the background.
async fn settled(app: &App) {
    app.tasks.close();
    app.tasks.wait().await;
    app.tasks.reopen();
}
