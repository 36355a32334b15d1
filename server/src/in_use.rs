//! Who uses an SQLite database: every command of Daedap holds a shared lock on a file beside it, and a restore needs it alone.
//!
//! SQLite's own locks are not enough. A program that has been idle for long holds none of them.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use domain::database::sqlite_path;

/// The lock, which ends with the program, however that ends.
#[derive(Debug)]
pub struct InUse {
    _file: File,
}

/// The file of an SQLite database, wherever links lead; none when it is another kind of database.
pub fn database_file(url: &str) -> Option<PathBuf> {
    let path = sqlite_path(url).filter(|path| !path.is_empty() && !path.contains(":memory:"))?;
    let path = PathBuf::from(path);
    Some(path.canonicalize().unwrap_or(path))
}

/// Says that this program uses the database. Whatever is wrong with its folder is told by whoever opens the database.
///
/// # Errors
/// While a backup is being restored.
pub fn share(url: &str) -> anyhow::Result<Option<InUse>> {
    let Some(path) = database_file(url).filter(|path| !path.is_dir()) else { return Ok(None) };
    if let Some(folder) = path.parent() {
        // Told when the database is opened.
        let _ = std::fs::create_dir_all(folder);
    }
    let Ok(file) = open(&path) else { return Ok(None) };
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(InUse { _file: file })),
        Err(TryLockError::WouldBlock) => bail!("a backup is being restored to {}", path.display()),
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "the database has no lock: a restore would not see that it is in use");
            Ok(None)
        }
    }
}

/// Keeps every other command of Daedap from the database.
///
/// # Errors
/// When one uses it.
pub fn alone(path: &Path) -> anyhow::Result<InUse> {
    let file = open(path).with_context(|| format!("cannot lock {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(InUse { _file: file }),
        Err(TryLockError::WouldBlock) => bail!("Daedap is using {}; stop it first", path.display()),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

fn open(database: &Path) -> std::io::Result<File> {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    let made = OpenOptions::new().read(true).append(true).create(true).open(&name);
    // Another user's lock can be held, too.
    made.or_else(|_| File::open(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_use_a_database_and_one_restores_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/daedap.db");
        let url = format!("sqlite://{}", path.display());
        let users = [share(&url), share(&url)].map(|user| user.expect("shared").expect("a file"));
        assert!(alone(&path).expect_err("in use").to_string().contains("stop it first"));
        drop(users);
        let restoring = alone(&path).expect("alone");
        assert!(share(&url).expect_err("a restore").to_string().contains("being restored"));
        drop(restoring);
        assert!(share(&url).is_ok());
    }

    #[test]
    fn what_is_no_file_has_no_lock() {
        for url in ["postgres://daedap@localhost/daedap", "sqlite://", "sqlite::memory:"] {
            assert!(share(url).expect("nothing is wrong").is_none(), "{url}");
        }
    }
}
