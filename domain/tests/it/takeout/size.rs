//! A person with a thousand interviews.

use std::io::Cursor;
use std::time::Instant;

use domain::entities::interview;
use domain::takeout::{IMPORT_MAX, service};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::Fixture;
use uuid::Uuid;
use zip::ZipArchive;

use super::{Files, exported, furnished, imported, json, unzipped, zipped};

const MANY: u64 = 1_000;

#[tokio::test]
async fn a_thousand_interviews_travel_in_pieces() {
    let fixture = Fixture::sqlite(None).await;
    let (viewer, finished, _) = furnished(&fixture, "mina").await;
    let mut files = unzipped(&exported(&fixture.app, &viewer).await);
    let template = json(&files, &format!("interviews/{finished}.json"));
    files.retain(|name, _| !name.starts_with("interviews/"));
    files.extend((0..MANY).map(|_| copy(&template)).collect::<Files>());
    let zip = zipped(&files);

    let other = Fixture::sqlite(None).await;
    let jun = other.person("jun").await;
    let began = Instant::now();
    let done = imported(&other.app, &jun, &zip).await;
    let took = began.elapsed();
    assert_eq!(u64::from(done.interviews.added), MANY);
    assert_eq!(interview::Entity::find().count(other.app.database.reader()).await.expect("counted"), MANY);

    let began = Instant::now();
    let mut takeout = service::export(&other.app, &jun).await.expect("an export");
    let (mut bytes, mut largest) = (Vec::new(), 0);
    while let Some(piece) = takeout.pieces.recv().await {
        let piece = piece.expect("a whole export");
        largest = largest.max(piece.len());
        bytes.extend(piece);
    }
    println!(
        "{MANY} interviews: imported in {took:?}, exported in {:?}, {} KiB, largest piece {} KiB",
        began.elapsed(),
        bytes.len() / 1024,
        largest / 1024
    );
    assert!(largest < 2 * 1024 * 1024, "a piece of {largest} bytes");
    assert!(
        bytes.len() < IMPORT_MAX as usize,
        "what was exported is too large to be imported: {}",
        bytes.len()
    );
    let names = ZipArchive::new(Cursor::new(&bytes)).expect("a ZIP");
    let interviews =
        names.file_names().filter(|name| name.starts_with("interviews/") && name.ends_with(".json"));
    assert_eq!(interviews.count() as u64, MANY);
}

/// The same interview under ids of its own.
pub fn copy(template: &serde_json::Value) -> (String, Vec<u8>) {
    let id = Uuid::now_v7();
    let mut file = template.clone();
    file["id"] = serde_json::json!(id);
    file["request_id"] = serde_json::json!(Uuid::now_v7());
    for question in file["questions"].as_array_mut().expect("questions") {
        question["id"] = serde_json::json!(Uuid::now_v7());
    }
    (format!("interviews/{id}.json"), serde_json::to_vec(&file).expect("JSON"))
}
