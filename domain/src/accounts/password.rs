//! Hashing of passwords: Argon2id, off the async threads, as many at a time as there are cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{anyhow, ensure};
use argon2::password_hash::generate_salt;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::oneshot;

use super::Password;
use crate::Problem;
use crate::error::{Error, OrInternal};

/// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// People who may wait for a core; those behind them are asked to come back.
const QUEUE: usize = 200;

/// What a hash is made in.
type Memory = Vec<Block>;

/// Something for a hashing thread to do.
type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// Hashes and verifies passwords with bounded memory: on threads of its own, one per core, each with one piece of memory that it
/// uses again. An allocator that gives out and takes back such pieces on many threads ends up with a multiple of them.
#[derive(Clone)]
pub struct PasswordHasher {
    jobs: Sender<Job>,
    waiting: Arc<AtomicUsize>,
    /// A hash that no password fits: verified when the account does not exist, so that both answers take as long.
    dummy: Arc<str>,
}

impl PasswordHasher {
    /// A hasher for all cores of this machine.
    pub fn new() -> Self {
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            let queue = Arc::clone(&queue);
            thread::spawn(move || work_off(&queue));
        }
        let salt = "ZGFlZGFwLWR1bW15LXNhbHQ";
        let nobody = "cGqB3dVBbBBVWpQtlwkvOHrDdoIKYUzqNLnKZSYYdHs";
        Self {
            jobs,
            waiting: Arc::default(),
            dummy: format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${nobody}").into(),
        }
    }

    /// The PHC string to store.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many are waiting.
    pub async fn hash(&self, password: Password) -> Result<String, Error> {
        self.on_a_core(move |memory| hash(memory, password.as_str())).await
    }

    /// Whether the password belongs to the hash. Without a hash, or for an account without a password, it takes the same time and is
    /// false.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many are waiting.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Error> {
        let password = password.to_owned();
        let hash = hash.filter(|hash| !hash.is_empty());
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        self.on_a_core(move |memory| Ok(fits(memory, &password, &hash)? && exists)).await
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let _place = Place::take(&self.waiting)?;
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            // Whoever asked may have left while waiting.
            if !done.is_closed() {
                let _ = done.send(work(memory));
            }
        });
        self.jobs.send(job).map_err(|_| anyhow!("the hashing threads are gone"))?;
        result.await.or_internal("hashing a password")?.or_internal("hashing a password")
    }
}

/// Does one job after the other, until the hasher is gone.
fn work_off(queue: &Mutex<Receiver<Job>>) {
    let mut memory = Memory::new();
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A job that panics answers nobody, and takes no thread with it.
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut memory)));
    }
}

impl Default for PasswordHasher {
    fn default() -> Self {
        Self::new()
    }
}

/// The PHC string of a password under a new salt.
fn hash(memory: &mut Memory, password: &str) -> anyhow::Result<String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(anyhow::Error::msg)?;
    let salt = generate_salt();
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(anyhow::Error::msg)?,
        salt: Some(Salt::new(&salt).map_err(anyhow::Error::msg)?),
        hash: Some(output(memory, params, password, &salt)?),
    };
    Ok(hash.to_string())
}

/// Whether the password belongs to the PHC string, whatever its parameters.
fn fits(memory: &mut Memory, password: &str, hash: &str) -> anyhow::Result<bool> {
    let hash = PasswordHash::new(hash).map_err(anyhow::Error::msg)?;
    let known = hash.algorithm == Algorithm::Argon2id.ident() && hash.version == Some(Version::V0x13.into());
    ensure!(known, "a stored password was hashed in a way that is not known");
    let params = Params::try_from(&hash).map_err(anyhow::Error::msg)?;
    let salt = hash.salt.ok_or_else(|| anyhow!("a stored password has no salt"))?;
    // Outputs are compared in constant time.
    Ok(Some(output(memory, params, password, &salt)?) == hash.hash)
}

fn output(memory: &mut Memory, params: Params, password: &str, salt: &[u8]) -> anyhow::Result<Output> {
    let blocks = params.block_count().max(memory.len());
    memory.resize(blocks, Block::default());
    let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut output, memory.as_mut_slice())
        .map_err(anyhow::Error::msg)?;
    Output::new(&output).map_err(anyhow::Error::msg)
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
        assert!(!verify("", Some(String::new())).await, "no password is no empty password");
    }

    #[test]
    fn hashes_are_those_of_everybody_else() {
        use argon2::{PasswordHasher as _, PasswordVerifier as _};
        let mut memory = Memory::new();
        let ours = hash(&mut memory, "correct horse").expect("hashed");
        assert!(Argon2::default().verify_password(b"correct horse", ours.as_str()).is_ok());
        let theirs = Argon2::default().hash_password(b"correct horse").expect("hashed").to_string();
        assert!(fits(&mut memory, "correct horse", &theirs).expect("verified"));
        assert!(!fits(&mut memory, "correct house", &theirs).expect("verified"));
        let older = theirs.replace("argon2id", "argon2i");
        assert!(fits(&mut memory, "correct horse", &older).is_err());
    }
}
