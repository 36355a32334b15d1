//! What is deleted is gone, from the files too.

use domain::accounts::service as accounts;
use domain::interview::service as interviews;
use testkit::{Fixture, PASSWORD};

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
    accounts::delete(&fixture.app, &viewer, PASSWORD).await.expect("deleted");
    for needle in [canary, "canaryperson"] {
        assert!(!found(needle), "{needle} is still in the files");
    }
}
