//! What is deleted is gone, from the files too.

use domain::accounts::service as accounts;
use domain::interview::service as interviews;
use domain::receipts::{RECEIPT_DAYS, service as receipt_service};
use domain::{Problem, receipts, retention, takeout};
use testkit::{Fixture, PASSWORD, each_database};

#[tokio::test]
async fn a_deleted_account_leaves_no_word_in_the_database_files() {
    let fixture = Fixture::sqlite(None).await;
    let canary = "canary-4f7d2c-어제의-비밀";
    let viewer = fixture.person("canaryperson").await;
    let (id, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
    interviews::save_draft(&fixture.app, &viewer, id, format!("초안 {canary}")).await.expect("saved");
    fixture.answer(&viewer, id, &format!("답변 {canary}")).await;

    let path = fixture.url.trim_start_matches("sqlite://").to_owned();
    let found = |needle: &str| {
        ["", "-wal"].iter().any(|suffix| {
            let bytes = std::fs::read(format!("{path}{suffix}")).unwrap_or_default();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
    };
    assert!(found(canary), "the canary is stored before");
    // What was taken along and brought back leaves nothing either.
    let mut takeout = takeout::service::export(&fixture.app, &viewer).await.expect("an export");
    let mut zip = Vec::new();
    while let Some(piece) = takeout.pieces.recv().await {
        zip.extend(piece.expect("a whole export"));
    }
    fixture.quiet(&viewer, id).await;
    interviews::delete(&fixture.app, &viewer, id).await.expect("deleted");
    takeout::service::import(&fixture.app, &viewer, zip.into()).await.expect("imported");
    retention::service::choose(&fixture.app, &viewer, "90").await.expect("chosen");
    let held = takeout::service::holdings(&fixture.app, &viewer).await.expect("counted");
    assert!(held.interviews == 1 && held.turns > 1 && held.ledger_entries == 1, "{held:?}");

    let receipt = accounts::delete(&fixture.app, &viewer, PASSWORD).await.expect("deleted");
    for needle in [canary, "canaryperson", &viewer.id.to_string()] {
        assert!(!found(needle), "{needle} is still in the files");
    }
    let id = viewer.id.as_bytes().as_slice();
    let bytes = std::fs::read(&path).unwrap_or_default();
    assert!(!bytes.windows(id.len()).any(|window| window == id), "the id is still in the file");
    let receipt = receipts::service::read(&fixture.app, receipt).await.expect("a receipt");
    assert_eq!(receipt.deleted, held, "the receipt says what was there");
}

#[tokio::test]
async fn a_receipt_is_read_by_its_id_alone_and_for_a_year() {
    each_database(|fixture| async move {
        fixture.set_clock("2026-01-01T00:00:00Z");
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        assert!(accounts::delete(app, &viewer, "wrong horse").await.is_err());
        let id = accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert_eq!(id.get_version_num(), 4, "it does not tell the time");
        let receipt = receipt_service::read(app, id).await.expect("a receipt");
        assert_eq!((receipt.id, receipt.deleted), (id, takeout::Holdings::default()));
        receipt_service::delete_expired(app).await.expect("forgotten");
        receipt_service::read(app, id).await.expect("it stays");
        fixture.set_clock("2027-01-01T00:00:00Z");
        assert_eq!(RECEIPT_DAYS, 365);
        let over = receipt_service::read(app, id).await.err().map(domain::Error::into_problem);
        assert_eq!(over, Some(Problem::NotFound));
        receipt_service::delete_expired(app).await.expect("forgotten");
    })
    .await;
}
