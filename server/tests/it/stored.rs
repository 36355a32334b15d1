//! Everything that a database holds, as text, so that "nothing changed" can be said of all of it.

use domain::App;
use domain::entities::{
    action_limit, allowance, api_token, assessment, audio_clip, audit_entry, deletion_receipt, document,
    drill_card, idempotency_key, identity, interview, interview_question, ledger_entry, letter,
    letter_proposal, letter_version, login_attempt, model_usage, notebook_entry, one_time_link, overrides,
    score_check, session, setting, share, today_question, turn, unfinished_sign_up, user,
};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use testkit::each_database;

use crate::world::World;

/// All rows of all tables in a stable order.
pub async fn everything(app: &App) -> Vec<String> {
    let mut rows = Vec::new();
    rows.extend(table::<user::Entity>(app).await);
    rows.extend(table::<session::Entity>(app).await);
    rows.extend(table::<action_limit::Entity>(app).await);
    rows.extend(table::<allowance::Entity>(app).await);
    rows.extend(table::<ledger_entry::Entity>(app).await);
    rows.extend(table::<interview::Entity>(app).await);
    rows.extend(table::<interview_question::Entity>(app).await);
    rows.extend(table::<assessment::Entity>(app).await);
    rows.extend(table::<overrides::Entity>(app).await);
    rows.extend(table::<turn::Entity>(app).await);
    rows.extend(table::<today_question::Entity>(app).await);
    rows.extend(table::<drill_card::Entity>(app).await);
    rows.extend(table::<notebook_entry::Entity>(app).await);
    rows.extend(table::<share::Entity>(app).await);
    rows.extend(table::<letter::Entity>(app).await);
    rows.extend(table::<letter_version::Entity>(app).await);
    rows.extend(table::<letter_proposal::Entity>(app).await);
    rows.extend(table::<score_check::Entity>(app).await);
    rows.extend(table::<model_usage::Entity>(app).await);
    rows.extend(table::<audit_entry::Entity>(app).await);
    rows.extend(table::<setting::Entity>(app).await);
    rows.extend(table::<one_time_link::Entity>(app).await);
    rows.extend(table::<identity::Entity>(app).await);
    rows.extend(table::<login_attempt::Entity>(app).await);
    rows.extend(table::<unfinished_sign_up::Entity>(app).await);
    rows.extend(table::<idempotency_key::Entity>(app).await);
    rows.extend(table::<api_token::Entity>(app).await);
    rows.extend(table::<audio_clip::Entity>(app).await);
    rows.extend(table::<deletion_receipt::Entity>(app).await);
    rows.extend(table::<document::Entity>(app).await);
    rows
}

/// The names of the tables that [`everything`] reads.
const TABLES: &[&str] = &[
    "action_limits",
    "allowances",
    "api_tokens",
    "assessments",
    "audio_clips",
    "audit_entries",
    "deletion_receipts",
    "documents",
    "drill_cards",
    "idempotency_keys",
    "identities",
    "interview_questions",
    "interviews",
    "ledger_entries",
    "letter_proposals",
    "letter_versions",
    "letters",
    "login_attempts",
    "model_usage",
    "notebook_entries",
    "one_time_links",
    "overrides",
    "score_checks",
    "sessions",
    "settings",
    "shares",
    "today_questions",
    "turns",
    "unfinished_sign_ups",
    "users",
];

async fn table<E: EntityTrait>(app: &App) -> Vec<String> {
    let rows = E::find().all(app.database.writer()).await.expect("the rows of a table");
    let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

/// Fails with the rows that differ.
pub fn assert_same(before: &[String], after: &[String], what: &str) {
    let only_in = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|row| !those.contains(row)).cloned().collect()
    };
    assert!(before == after, "{what} changed {:#?} to {:#?}", only_in(before, after), only_in(after, before));
}

#[tokio::test]
async fn no_table_is_forgotten() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let connection = world.fixture.app.database.reader();
        let sql = match world.fixture.app.database.is_exclusive() {
            true => "SELECT name FROM sqlite_master WHERE type = 'table'",
            false => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
        };
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let rows = connection.query_all_raw(statement).await.expect("the names of the tables");
        let mut names: Vec<String> =
            rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect();
        names.retain(|name| !name.starts_with("sqlite_") && name != "seaql_migrations");
        names.sort();
        assert_eq!(names, TABLES);
        assert!(!everything(&world.fixture.app).await.is_empty());
    })
    .await;
}
