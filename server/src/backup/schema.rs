//! What a database says about itself: how far its schema is, and who is signed in.

use anyhow::{bail, ensure};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// The table in which the migrator notes what was done.
pub const MIGRATIONS: &str = "seaql_migrations";

/// What opens an account or a page without a password. Some of it may have been revoked after the backup was made.
const KEYS: &[&str] = &["sessions", "one_time_links", "api_tokens"];

/// How far a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Current,
    Older,
}

/// Compares the changes that a database has been through with those that this program knows.
///
/// # Errors
/// When it is none of Daedap's, or a newer one's.
pub fn age(applied: &[String]) -> anyhow::Result<Age> {
    let known = migration::names();
    ensure!(known.first().is_some_and(|first| applied.contains(first)), "it is not a database of Daedap");
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        bail!("it comes from a newer version of Daedap ({newer} is not known)");
    }
    Ok(if known.iter().all(|name| applied.contains(name)) { Age::Current } else { Age::Older })
}

/// The changes that a database has been through; none when it keeps no such list.
pub async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    if !has_table(connection, MIGRATIONS).await? {
        return Ok(Vec::new());
    }
    let all = Statement::from_string(
        connection.get_database_backend(),
        format!("SELECT version FROM {MIGRATIONS} ORDER BY version"),
    );
    let rows = connection.query_all_raw(all).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Signs everybody out and ends every link and token that opens something by itself.
pub async fn take_keys_away(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for table in KEYS {
        if has_table(connection, table).await? {
            connection.execute_unprepared(&format!("DELETE FROM {table}")).await?;
        }
    }
    Ok(())
}

async fn has_table(connection: &impl ConnectionTrait, name: &str) -> Result<bool, DbErr> {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
        _ => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
        }
    };
    let found = connection.query_one_raw(Statement::from_sql_and_values(backend, sql, [name.into()])).await?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_of_a_schema() {
        let known = migration::names();
        assert_eq!(age(&known).expect("ours"), Age::Current);
        assert_eq!(age(&known[..1]).expect("ours"), Age::Older);
        let newer = [known, vec!["m20991231_000001_later".to_owned()]].concat();
        assert!(age(&newer).expect_err("newer").to_string().contains("m20991231_000001_later"));
        assert!(age(&[]).expect_err("none").to_string().contains("not a database of Daedap"));
        assert!(age(&["m1_create_posts".to_owned()]).is_err());
    }
}
