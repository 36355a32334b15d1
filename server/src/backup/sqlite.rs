//! Copies of an SQLite database, and putting one in its place.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::SqliteLockingMode;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, Statement};
use tempfile::TempPath;

use super::schema::{self, Age};
use crate::in_use;

/// How long a copy waits for somebody who keeps the whole database to himself.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Reading,
    Writing,
    /// Nobody else may have it open.
    Oneself,
}

/// Copies a database into a new file, as it is at one moment. Says whether its schema is that of this program.
///
/// # Errors
/// With what is wrong. There is no file then.
pub async fn back_up(database: &Path, file: &Path) -> anyhow::Result<bool> {
    ensure!(
        database.is_file(),
        "there is no database {} (--database-url or DATABASE_URL)",
        database.display()
    );
    ensure!(!file.exists(), "{} is there already, and nothing is overwritten", file.display());
    let copy = new_file(file)?;
    // Reading a write-ahead log needs a file beside it.
    let source = open(database, For::Writing).await?;
    let age = schema::applied(&source).await.map(|applied| schema::age(&applied));
    let copied = vacuum_into(&source, &copy).await;
    source.close().await?;
    copied.with_context(|| format!("cannot copy {} to {}", database.display(), file.display()))?;
    check(&copy).await.context("the copy is not sound")?;
    flush(&copy)?;
    match copy.persist_noclobber(file) {
        Ok(()) => {}
        Err(failed) if failed.error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!("{} is there already, and nothing is overwritten", file.display())
        }
        Err(failed) => return Err(failed.error).with_context(|| format!("cannot write {}", file.display())),
    }
    flush_folder(file);
    Ok(matches!(age, Ok(Ok(Age::Current))))
}

/// Puts a backup in the place of the database. Says where the old one is, if there was one.
///
/// # Errors
/// With what is wrong. The database is as it was then.
pub async fn restore(database: &Path, file: &Path) -> anyhow::Result<Option<PathBuf>> {
    ensure!(
        file.canonicalize().ok().as_deref() != Some(database),
        "{} is the database itself",
        file.display()
    );
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let _alone = in_use::alone(database)?;
    check(file).await.with_context(|| format!("cannot use {}", file.display()))?;
    let copy = new_file(database)?;
    let source = open(file, For::Reading).await?;
    let copied = vacuum_into(&source, &copy).await;
    source.close().await?;
    copied.with_context(|| format!("cannot copy {}", file.display()))?;
    bring_up_to_date(&copy).await.with_context(|| format!("cannot use {}", file.display()))?;
    check(&copy).await.context("the copy is not sound")?;
    let old = take_over(database).await?;
    put_in_place(copy, database, old)
}

/// What stands in the place of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Old {
    /// One file, with nothing left in a log beside it.
    Whole,
    /// Nothing, or a file that SQLite cannot read: a log beside it belongs to it.
    Unreadable,
}

/// Makes sure that nobody has the old database open, and leaves nothing of it in its log: a log beside a new database would be
/// taken for a part of that.
async fn take_over(database: &Path) -> anyhow::Result<Old> {
    if !database.exists() {
        return Ok(Old::Unreadable);
    }
    let taken = async {
        let connection = open(database, For::Oneself).await?;
        let emptied = async {
            connection.execute_unprepared("BEGIN EXCLUSIVE").await?;
            connection.execute_unprepared("COMMIT").await?;
            let mode = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
            let row = connection.query_one_raw(mode).await?;
            row.map(|row| row.try_get_by_index::<String>(0)).transpose()
        };
        let emptied = emptied.await;
        connection.close().await?;
        emptied
    };
    match taken.await {
        Ok(Some(mode)) if mode == "delete" => Ok(Old::Whole),
        Err(error) if !is_busy(&error) => {
            tracing::warn!(%error, "the old database cannot be read; it is kept as it is");
            Ok(Old::Unreadable)
        }
        Ok(_) | Err(_) => bail!("another program is using {}; stop it first", database.display()),
    }
}

/// Keeps the old files under another name and puts the new one in their place, by one renaming.
fn put_in_place(copy: TempPath, database: &Path, old: Old) -> anyhow::Result<Option<PathBuf>> {
    let before =
        beside(database, &format!(".before-restore-{}", chrono::Utc::now().format("%Y%m%dT%H%M%SZ")));
    ensure!(!before.exists(), "{} is there already; try again in a second", before.display());
    let is_there = database.exists();
    if is_there {
        // The old name stays until the new database has it.
        std::fs::hard_link(database, &before)
            .or_else(|_| std::fs::copy(database, &before).map(drop))
            .with_context(|| format!("cannot keep the database as {}", before.display()))?;
        take_after(&copy, database).context("cannot give the new database the owner of the old one")?;
    }
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    let placed = (|| -> anyhow::Result<()> {
        if old == Old::Unreadable {
            for log in ["-wal", "-shm", "-journal"] {
                let (from, to) = (beside(database, log), beside(&before, log));
                if from.exists() {
                    std::fs::rename(&from, &to).with_context(|| format!("cannot move {}", from.display()))?;
                    moved.push((from, to));
                }
            }
        }
        flush(&copy)?;
        copy.persist(database).map_err(|failed| failed.error).context("cannot put it in place")
    })();
    if let Err(error) = placed {
        for (from, to) in moved {
            // What cannot be moved back stands beside, and is named.
            std::fs::rename(&to, &from)
                .with_context(|| format!("{} belongs to the database", to.display()))?;
        }
        if is_there {
            let _ = std::fs::remove_file(&before);
        }
        return Err(error);
    }
    flush_folder(database);
    Ok(is_there.then_some(before))
}

/// A new, empty file in the folder of another, for the owner alone. It goes when it is dropped.
fn new_file(beside: &Path) -> anyhow::Result<TempPath> {
    let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".daedap-").suffix(".part").tempfile_in(folder);
    Ok(file.with_context(|| format!("cannot write into {}", folder.display()))?.into_temp_path())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Gives a file the mode and the owner of another: whoever restores may be another user than the one that serves.
fn take_after(file: &Path, other: &Path) -> std::io::Result<()> {
    let wanted = std::fs::metadata(other)?;
    std::fs::set_permissions(file, wanted.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let is = std::fs::metadata(file)?;
        if (is.uid(), is.gid()) != (wanted.uid(), wanted.gid()) {
            chown(file, Some(wanted.uid()), Some(wanted.gid()))?;
        }
    }
    Ok(())
}

/// Waits until a file is on the disk.
fn flush(file: &Path) -> anyhow::Result<()> {
    File::open(file)
        .and_then(|file| file.sync_all())
        .with_context(|| format!("cannot write {}", file.display()))
}

/// The same for a name. Not every system can.
fn flush_folder(file: &Path) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

async fn open(path: &Path, purpose: For) -> Result<DatabaseConnection, DbErr> {
    // The path is set below: in a URL some of its characters would mean something.
    let mut options = ConnectOptions::new("sqlite://daedap.db");
    options.max_connections(1).acquire_timeout(PATIENCE).sqlx_logging(false);
    let path = path.to_owned();
    options.map_sqlx_sqlite_opts(move |options| {
        let options = options
            .filename(&path)
            .create_if_missing(false)
            .read_only(purpose == For::Reading)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .pragma("secure_delete", "ON");
        match purpose {
            // Whoever has it open has it open: there is nothing to wait for.
            For::Oneself => {
                options.locking_mode(SqliteLockingMode::Exclusive).busy_timeout(Duration::from_millis(500))
            }
            For::Reading | For::Writing => options,
        }
    });
    sea_orm::Database::connect(options).await
}

async fn vacuum_into(source: &DatabaseConnection, copy: &Path) -> anyhow::Result<()> {
    let path = copy.to_str().context("its path is not UTF-8")?;
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    source.execute_raw(statement).await?;
    Ok(())
}

/// What a file is that SQLite does not read.
const NO_DATABASE: &str = "it is no SQLite database, or a broken one";

/// Reads the whole file and says what is wrong with it.
async fn check(path: &Path) -> anyhow::Result<()> {
    let connection = match open(path, For::Reading).await {
        Err(error) if is_no_database(&error) => bail!(NO_DATABASE),
        opened => opened.context("it cannot be opened")?,
    };
    let checked = async {
        let pragma = |name: &str| {
            connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}")))
        };
        let found = pragma("integrity_check").await?;
        let found: Vec<String> = found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        let lost = pragma("foreign_key_check").await?.len();
        Ok::<_, DbErr>((found, lost, schema::applied(&connection).await?))
    };
    let checked = checked.await;
    connection.close().await?;
    let (found, lost, applied) = match checked {
        Ok(checked) => checked,
        Err(error) if is_no_database(&error) => bail!(NO_DATABASE),
        Err(error) => return Err(error).context("it cannot be read"),
    };
    ensure!(found == ["ok"], "it is broken: {}", found.first().map_or("nothing was told", String::as_str));
    ensure!(lost == 0, "it is broken: {lost} rows belong to nothing");
    schema::age(&applied).map(drop)
}

/// Brings the schema of a copy up to date and takes away what opens it without a password.
async fn bring_up_to_date(copy: &Path) -> anyhow::Result<()> {
    let connection = open(copy, For::Writing).await?;
    let done = async {
        Migrator::up(&connection, None).await?;
        schema::take_keys_away(&connection).await
    };
    let done = done.await;
    connection.close().await?;
    Ok(done?)
}

fn is_busy(error: &DbErr) -> bool {
    primary_code(error).is_some_and(|code| matches!(code, 5 | 6))
}

fn is_no_database(error: &DbErr) -> bool {
    primary_code(error).is_some_and(|code| matches!(code, 11 | 26))
}

/// SQLite's primary result code: busy 5, locked 6, corrupt 11, not a database 26.
fn primary_code(error: &DbErr) -> Option<u32> {
    let (DbErr::Conn(runtime) | DbErr::Exec(runtime) | DbErr::Query(runtime)) = error else { return None };
    let RuntimeErr::SqlxError(error) = runtime else { return None };
    let code = error.as_database_error()?.code()?;
    code.parse::<u32>().ok().map(|code| code & 0xff)
}
