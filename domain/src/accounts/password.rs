//! Hashing of passwords: Argon2id, off the async threads, as many at a time as there are cores.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::Password;
use crate::Problem;
use crate::error::{Error, OrInternal};

/// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// People who may wait for a core; those behind them are asked to come back.
const QUEUE: usize = 200;

/// Hashes and verifies passwords with bounded memory.
#[derive(Clone)]
pub struct PasswordHasher {
    cores: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// A hash that no password fits: verified when the account does not exist, so that both answers take as long.
    dummy: Arc<str>,
}

impl PasswordHasher {
    /// A hasher for all cores of this machine.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let salt = "ZGFlZGFwLWR1bW15LXNhbHQ";
        let nobody = "cGqB3dVBbBBVWpQtlwkvOHrDdoIKYUzqNLnKZSYYdHs";
        Self {
            cores: Arc::new(Semaphore::new(cores)),
            waiting: Arc::default(),
            dummy: format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${nobody}").into(),
        }
    }

    /// The PHC string to store.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many are waiting.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        self.on_a_core(move || {
            argon2()?
                .hash_password(password.as_str().as_bytes())
                .map(|hash| hash.to_string())
                .map_err(anyhow::Error::msg)
        })
        .await
    }

    /// Whether the password belongs to the hash. Without a hash it takes the same time and is false.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many are waiting.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Error> {
        let password = password.to_owned();
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        self.on_a_core(move || {
            let hash = PasswordHash::new(&hash).map_err(anyhow::Error::msg)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && exists)
        })
        .await
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let _place = Place::take(&self.waiting)?;
        let permit = self.cores.clone().acquire_owned().await.or_internal("waiting for a core")?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .or_internal("hashing a password")?
        .or_internal("hashing a password")
    }
}

impl Default for PasswordHasher {
    fn default() -> Self {
        Self::new()
    }
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(anyhow::Error::msg)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A place in the queue, given back when dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, Problem> {
        let place = Self(waiting.clone());
        match waiting.fetch_add(1, Ordering::Relaxed) < QUEUE {
            true => Ok(place),
            false => Err(Problem::Busy),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_only() {
        let hasher = PasswordHasher::new();
        let password = Password::parse("correct horse", "mina").expect("a fine password");
        let hash = hasher.hash(password).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let verify = |password: &'static str, hash: Option<String>| {
            let hasher = hasher.clone();
            async move { hasher.verify(password, hash).await.expect("verified") }
        };
        assert!(verify("correct horse", Some(hash.clone())).await);
        assert!(!verify("correct house", Some(hash)).await);
        assert!(!verify("correct horse", None).await);
    }
}
