//! Copies of a PostgreSQL database by its own programs, which have to be installed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail, ensure};
use percent_encoding::percent_decode_str;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use url::Url;

use super::schema::{self, Age, MIGRATIONS};
use crate::config::Config;
use crate::start::migrate;

/// What PostgreSQL's programs understand in an address. The rest is for this program's own pool.
const KNOWN: &[&str] =
    &["host", "hostaddr", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "options"];

/// Copies a database into a new file. Says whether its schema is that of this program.
///
/// # Errors
/// With what is wrong. There is no file then.
pub async fn back_up(url: &str, file: &Path) -> anyhow::Result<bool> {
    ensure!(!file.exists(), "{} is there already, and nothing is overwritten", file.display());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let copy = tempfile::Builder::new().prefix(".daedap-").suffix(".part").tempfile_in(folder);
    let copy = copy.with_context(|| format!("cannot write into {}", folder.display()))?.into_temp_path();
    let target = Target::parse(url)?;
    let mut dump = target.command("pg_dump");
    dump.args(["--format=custom", "--no-owner", "--no-privileges"]).arg("--file").arg(&copy);
    run(dump)?;
    let applied = applied_in(&copy).context("the copy is not sound")?;
    let age = schema::age(&applied).context("the copy is not sound")?;
    std::fs::File::open(&copy).and_then(|file| file.sync_all()).context("cannot write the copy")?;
    match copy.persist_noclobber(file) {
        Ok(()) => Ok(age == Age::Current),
        Err(failed) => Err(failed.error).with_context(|| format!("cannot write {}", file.display())),
    }
}

/// Puts a backup in the place of the database.
///
/// # Errors
/// With what is wrong. The database is as it was then.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<Option<PathBuf>> {
    let applied = applied_in(file).with_context(|| format!("cannot use {}", file.display()))?;
    schema::age(&applied).with_context(|| format!("cannot use {}", file.display()))?;
    let target = Target::parse(&config.database_url)?;
    let connection = connect(&config.database_url).await?;
    let others = others(&connection).await;
    connection.close().await?;
    let others = others?;
    ensure!(others == 0, "{others} other connections use the database; stop Daedap first");
    let mut restore = target.command("pg_restore");
    restore
        .args(["--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges"])
        .arg(file);
    run(restore).context("nothing was changed; a new, empty database takes any backup")?;

    migrate(config).await.context("restored, but not brought up to date")?;
    let connection = connect(&config.database_url).await?;
    let signed_out = schema::take_keys_away(&connection).await;
    connection.close().await?;
    signed_out.context("restored, but people who were signed in still are")?;
    Ok(None)
}

async fn connect(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await;
    connection.context("cannot connect to PostgreSQL (--database-url or DATABASE_URL)")
}

/// How many others are connected. A program that serves always is: it looks after its turns every few seconds.
async fn others(connection: &DatabaseConnection) -> anyhow::Result<i64> {
    let counted = Statement::from_string(
        DbBackend::Postgres,
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let row = connection.query_one_raw(counted).await?.context("PostgreSQL counts nothing")?;
    Ok(row.try_get_by_index(0)?)
}

/// The changes of the schema that the database in a backup has been through.
fn applied_in(file: &Path) -> anyhow::Result<Vec<String>> {
    let mut listing = Command::new("pg_restore");
    listing.args(["--data-only", "--file=-"]).arg(format!("--table={MIGRATIONS}")).arg(file);
    let rows = String::from_utf8_lossy(&run(listing)?.stdout).into_owned();
    // What `COPY` prints: a row to a line, the name first.
    let names = rows.lines().filter_map(|line| line.split('\t').next());
    Ok(names.filter(|name| name.starts_with('m') && name.contains('_')).map(str::to_owned).collect())
}

/// Where PostgreSQL's programs go. The password travels by environment: arguments are seen by everybody on the machine.
struct Target {
    address: Url,
    password: Option<String>,
}

impl Target {
    fn parse(url: &str) -> anyhow::Result<Self> {
        let mut address: Url = url.parse().context("DATABASE_URL is no address")?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut password = address.password().map(decoded);
        let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
        address.set_query(None);
        for (name, value) in pairs {
            match name.as_str() {
                "password" => password = Some(value),
                name if KNOWN.contains(&name) => {
                    address.query_pairs_mut().append_pair(name, &value);
                }
                _ => {}
            }
        }
        // Fails for addresses without a host, which have no password either.
        let _ = address.set_password(None);
        Ok(Self { address, password })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("--dbname").arg(self.address.as_str()).arg("--no-password");
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

/// Runs a program to its end.
///
/// # Errors
/// With the last line that it wrote, or how to get it.
fn run(mut command: Command) -> anyhow::Result<Output> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{name} is not installed: install PostgreSQL's client programs (on Debian: apt install postgresql-client)"
        ),
        Err(error) => return Err(error).with_context(|| format!("cannot run {name}")),
    };
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        let line = told.lines().find(|line| line.contains("error:")).or(told.lines().last());
        bail!("{name} failed: {}", line.unwrap_or("it does not say why"));
    }
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_stands_among_the_arguments() {
        let url =
            "postgres://daedap:p%40ss%2Bword@127.0.0.1:5432/daedap?sslmode=prefer&statement-cache-capacity=0";
        let target = Target::parse(url).expect("an address");
        assert_eq!(target.password.as_deref(), Some("p@ss+word"));
        assert_eq!(target.address.as_str(), "postgres://daedap@127.0.0.1:5432/daedap?sslmode=prefer");
        let command = target.command("pg_dump");
        assert!(command.get_args().all(|argument| !argument.to_string_lossy().contains("word@")));
        assert!(command.get_envs().any(|(name, value)| name == "PGPASSWORD" && value.is_some()));
    }

    #[test]
    fn a_missing_program_says_how_to_get_it() {
        let error = run(Command::new("pg_dump-of-nobody")).expect_err("it is missing");
        assert!(error.to_string().contains("postgresql-client"), "{error}");
    }
}
