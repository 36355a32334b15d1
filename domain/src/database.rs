//! The connection to the database: one writer and many readers on SQLite, one pool on PostgreSQL.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use sea_orm::{
    AccessMode, ConnectOptions, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr,
    SqlErr, SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx,
};

/// How long a writer waits for its turn before the person is told to try again.
const WAIT: Duration = Duration::from_secs(5);

/// Where everything is stored.
#[derive(Clone, Debug)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Database {
    /// Connects to `sqlite://PATH` (made when missing, its folder too) or `postgres://…`.
    ///
    /// # Errors
    /// When the URL is of another kind or nothing answers there.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let mut options = ConnectOptions::new(url);
            options.max_connections(20).acquire_timeout(WAIT).connect_timeout(WAIT).sqlx_logging(false);
            let pool = sea_orm::Database::connect(options).await.context("cannot connect to PostgreSQL")?;
            return Ok(Self { writer: pool.clone(), reader: pool });
        }
        let Some(path) = sqlite_path(url) else {
            bail!("DATABASE_URL must begin with sqlite: or postgres:");
        };
        if path.is_empty() || path.contains(":memory:") {
            bail!("DATABASE_URL must name a file, for example sqlite://data/daedap.db");
        }
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        make_private(Path::new(path));
        // A second writer would only fail with "busy"; readers never wait for it in WAL mode.
        let writer = open_sqlite(path, 1).await?;
        let reader = open_sqlite(path, 4).await?;
        Ok(Self { writer, reader })
    }

    /// For queries that change nothing.
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single statements that change something, and for migrations.
    pub const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once: a transaction that reads first and writes
    /// later would fail when another one wrote in between.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        self.writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await
    }

    /// Begins a transaction that only reads: all its queries see the same moment.
    ///
    /// # Errors
    /// When no connection is free in time.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        // SQLite's transactions are snapshots by themselves.
        let isolation = (!self.is_exclusive()).then_some(IsolationLevel::RepeatableRead);
        let access = (!self.is_exclusive()).then_some(AccessMode::ReadOnly);
        self.reader.begin_with_config(isolation, access).await
    }

    /// Whether this process is the only one on its database, so that work that is marked as running must be its own.
    pub fn is_exclusive(&self) -> bool {
        self.writer.get_database_backend() == sea_orm::DbBackend::Sqlite
    }

    /// Removes what was deleted from the files too. SQLite overwrites deleted rows (`secure_delete`), but its write-ahead log
    /// keeps the old pages until it is emptied.
    ///
    /// # Errors
    /// When the log is in use for too long.
    pub async fn forget_deleted(&self) -> Result<(), DbErr> {
        use sea_orm::ConnectionTrait;
        if self.is_exclusive() {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }
}

/// The path in the URL of an SQLite database; none when it is of another kind.
pub fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    path.split('?').next()
}

/// Makes the file of a new database, readable for its owner alone: it holds what people wrote. What SQLite puts beside it takes after it.
/// What is wrong with the place SQLite says itself, when it opens the file.
fn make_private(path: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let _ = options.open(path);
}

async fn open_sqlite(path: &str, connections: u32) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
    options.max_connections(connections).acquire_timeout(WAIT).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
            .busy_timeout(WAIT)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
    });
    options.map_sqlx_sqlite_pool_opts(|options| {
        options.after_release(|connection, _| Box::pin(is_free(connection)))
    });
    sea_orm::Database::connect(options).await.with_context(|| format!("cannot open the database {path}"))
}

/// Whether a connection that comes back has no transaction open; else it is closed. After an I/O error or on a full disk SQLite
/// rolls back by itself. The rollback behind it then fails, and the connection would take everything that follows for a part of a
/// transaction that never ends: acknowledged, seen by nobody, and lost.
async fn is_free(connection: &mut sqlx::SqliteConnection) -> Result<bool, sqlx::Error> {
    use sqlx::Connection;
    // A rollback may have been asked for without waiting for it: this comes behind it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// Whether trying again later can help: the database is busy, full, away or starting.
pub fn temporary(error: &DbErr) -> bool {
    let runtime = match error {
        DbErr::ConnectionAcquire(_) => return true,
        DbErr::Conn(runtime) | DbErr::Exec(runtime) | DbErr::Query(runtime) => runtime,
        _ => return false,
    };
    let RuntimeErr::SqlxError(error) = runtime else { return false };
    match error.as_ref() {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| temporary_code(&code)),
        _ => false,
    }
}

/// Whether a row was to belong to another one that is not there: everything names what it belongs to as it was looked up a moment ago,
/// so that was deleted meanwhile.
pub fn is_orphan(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

/// SQLite: busy 5, locked 6, read-only 8, I/O 10, full 13, cannot open 14, in the low byte of an extended code.
/// PostgreSQL: classes 08 connection, 53 resources, 57 operator intervention, and 40 serialisation.
fn temporary_code(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class));
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn a_new_database_is_for_its_owner_alone_and_an_old_one_stays_as_it_is() {
        use sea_orm::ConnectionTrait;
        use std::fs::{Permissions, metadata, set_permissions};
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::TempDir::new().expect("a folder");
        let mode = |name: &str| {
            let file = metadata(folder.path().join(name)).expect("a file");
            file.permissions().mode() & 0o777
        };
        let url = format!("sqlite://{}", folder.path().join("new.db").display());
        let database = Database::connect(&url).await.expect("a database");
        database.writer().execute_unprepared("CREATE TABLE t (x)").await.expect("written");
        assert_eq!((mode("new.db"), mode("new.db-wal")), (0o600, 0o600));
        drop(database);
        set_permissions(folder.path().join("new.db"), Permissions::from_mode(0o640)).expect("shared");
        let database = Database::connect(&url).await.expect("a database");
        database.writer().execute_unprepared("INSERT INTO t VALUES (1)").await.expect("written");
        assert_eq!(mode("new.db"), 0o640);
    }

    #[test]
    fn codes() {
        let check = |code: &str, expected| assert_eq!(temporary_code(code), expected, "{code}");
        check("5", true);
        check("517", true);
        check("13", true);
        check("2067", false);
        check("57P01", true);
        check("23505", false);
    }
}
