//! The process that reads files: this program again, with a file and nothing else. It has no environment, no database and hard limits, so
//! that whatever a file does to it ends there.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::anyhow;
use bytes::Bytes;
use governor::DefaultKeyedRateLimiter;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use super::{DocumentFault, Parsed, READ_SECONDS, READERS_MAX, parse};
use crate::Problem;
use crate::accounts::throttle::{check, limiter};
use crate::error::{Error, OrInternal};

/// Files that are in memory at the same time, on their way or waiting to be read.
const FILES_AT_ONCE: usize = 6;
/// Those of one person: with a slow line, somebody else could keep all places for themselves.
const FILES_OF_A_PERSON: usize = 2;
/// How long a file waits for its turn to be read.
const WAIT: Duration = Duration::from_secs(30);
/// Most bytes of an answer: the longest text, in whatever characters, with its quotes and line ends escaped.
const ANSWER_MAX: usize = 1024 * 1024;
/// The exit code of a process that cannot limit itself. It has not read anything then.
pub const UNLIMITED: u8 = 70;

const READING: &str = "reading a document";

/// What such a process writes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Read(Parsed),
    Refused(DocumentFault),
}

/// What the process has to write about a file: one line of JSON.
pub fn answer(bytes: Vec<u8>) -> String {
    let answer = match parse::parse(bytes) {
        Ok(parsed) => Answer::Read(parsed),
        Err(fault) => Answer::Refused(fault),
    };
    // These types have nothing that JSON does not.
    serde_json::to_string(&answer).unwrap_or_default()
}

/// Reads files, and counts who sends them.
pub struct Reader {
    way: Way,
    timeout: Duration,
    readers: Semaphore,
    files: Arc<Semaphore>,
    people: DefaultKeyedRateLimiter<Uuid>,
    coming: Arc<Mutex<Coming>>,
}

/// How many files of whom are in memory.
type Coming = HashMap<Uuid, usize>;

/// A place for a file, until it is dropped.
#[derive(Debug)]
pub struct Place {
    person: Uuid,
    coming: Arc<Mutex<Coming>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut coming = locked(&self.coming);
        if let Some(count) = coming.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                coming.remove(&self.person);
            }
        }
    }
}

fn locked(coming: &Mutex<Coming>) -> MutexGuard<'_, Coming> {
    coming.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Way {
    Process { program: PathBuf, arguments: Vec<String> },
    Here,
}

impl Reader {
    /// Reads each file in a process of that program, which limits itself and writes what [`answer`] says.
    pub fn process(program: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self::new(Way::Process { program: program.into(), arguments })
    }

    /// Reads files without a process of their own, and without limits: for tests, whose programs read no files.
    pub fn here() -> Self {
        Self::new(Way::Here)
    }

    fn new(way: Way) -> Self {
        Self {
            way,
            timeout: Duration::from_secs(READ_SECONDS.into()),
            readers: Semaphore::new(READERS_MAX as usize),
            files: Arc::new(Semaphore::new(FILES_AT_ONCE)),
            people: limiter(20, Duration::from_secs(60)),
            coming: Arc::default(),
        }
    }

    /// With another limit of time.
    #[must_use]
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Takes note of a file that is about to come: twenty at once, and one more every minute, two of them side by side. What is returned is
    /// to be kept until the file is out of memory again.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`]; [`Problem::Busy`] while too many others are coming, or others of this person's.
    pub fn admit(&self, person: Uuid) -> Result<Place, Problem> {
        let mut coming = locked(&self.coming);
        let own = coming.get(&person).copied().unwrap_or_default();
        if own >= FILES_OF_A_PERSON {
            return Err(Problem::Busy);
        }
        let permit = self.files.clone().try_acquire_owned().map_err(|_| Problem::Busy)?;
        check(&self.people, &person)?;
        coming.insert(person, own + 1);
        Ok(Place { person, coming: self.coming.clone(), _permit: permit })
    }

    /// Drops what no longer limits anybody. To be called now and then.
    pub fn forget_old(&self) {
        self.people.retain_recent();
    }

    /// Reads a file. Nothing is kept.
    ///
    /// # Errors
    /// [`Problem::WrongDocument`] with what is wrong with it; [`Problem::Busy`] while others are read for too long.
    pub async fn read(&self, bytes: Bytes) -> Result<Parsed, Error> {
        let place = tokio::time::timeout(WAIT, self.readers.acquire()).await.map_err(|_| Problem::Busy)?;
        let _place = place.or_internal(READING)?;
        let read = match &self.way {
            Way::Process { program, arguments } => {
                // The process ends with what waits for it.
                let answer = tokio::time::timeout(self.timeout, run(program, arguments, &bytes)).await;
                answer.unwrap_or(Ok(Answer::Refused(DocumentFault::TooMuch)))?
            }
            Way::Here => {
                let read = tokio::task::spawn_blocking(move || parse::parse(bytes.to_vec())).await;
                match read {
                    Ok(Ok(parsed)) => Answer::Read(parsed),
                    Ok(Err(fault)) => Answer::Refused(fault),
                    Err(_) => Answer::Refused(DocumentFault::Broken),
                }
            }
        };
        match read {
            Answer::Read(parsed) => Ok(parsed),
            Answer::Refused(fault) => Err(Problem::WrongDocument { fault }.into()),
        }
    }
}

async fn run(program: &Path, arguments: &[String], bytes: &[u8]) -> Result<Answer, Error> {
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // It may repeat what it read.
        .stderr(Stdio::null())
        // Also when nobody waits any more.
        .kill_on_drop(true)
        .spawn()
        .or_internal("starting the reader of documents")?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(anyhow!("no pipes").context(READING).into());
    };
    // Side by side: a process that is over before it has read everything may still have said why.
    let writing = async move {
        let _ = input.write_all(bytes).await;
        drop(input);
    };
    let mut written = Vec::new();
    let mut output = output.take(ANSWER_MAX as u64 + 1);
    let ((), read) = futures::future::join(writing, output.read_to_end(&mut written)).await;
    read.or_internal(READING)?;
    if written.len() > ANSWER_MAX {
        return Ok(Answer::Refused(DocumentFault::Broken));
    }
    let status = child.wait().await.or_internal(READING)?;
    judged(status, &written)
}

/// What an end of the process means.
fn judged(status: ExitStatus, written: &[u8]) -> Result<Answer, Error> {
    if status.code() == Some(UNLIMITED.into()) {
        return Err(anyhow!("the reader of documents cannot limit itself").into());
    }
    if status.success() {
        let answer = serde_json::from_slice(written);
        return Ok(answer.unwrap_or(Answer::Refused(DocumentFault::Broken)));
    }
    tracing::warn!(%status, "a document made its reader end");
    Ok(Answer::Refused(match status.code() {
        // It gave up in the middle: the library found something that it did not expect.
        Some(_) => DocumentFault::Broken,
        // It was ended: by the limits of time and memory.
        None => DocumentFault::TooMuch,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::FileKind;

    /// A reader that is a shell with that script.
    fn shell(script: &str) -> Reader {
        Reader::process("/bin/sh", &["-c", script]).within(Duration::from_secs(10))
    }

    async fn fault(reader: &Reader, bytes: &'static [u8]) -> Option<DocumentFault> {
        match reader.read(Bytes::from_static(bytes)).await {
            Err(Error::Problem(Problem::WrongDocument { fault })) => Some(fault),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_the_process_writes_is_what_was_read() {
        let reader = shell(r#"cat >/dev/null; echo '{"read":{"kind":"pdf","text":"hello","pages":2}}'"#);
        let read = reader.read(Bytes::from_static(b"%PDF-")).await.expect("read");
        assert_eq!(read, Parsed { kind: FileKind::Pdf, text: "hello".to_owned(), pages: Some(2) });
        let reader = shell(r#"cat >/dev/null; echo '{"refused":"encrypted"}'"#);
        assert_eq!(fault(&reader, b"%PDF-").await, Some(DocumentFault::Encrypted));
    }

    #[tokio::test]
    async fn however_the_process_ends_the_file_is_to_blame() {
        for (script, expected) in [
            ("exit 101", DocumentFault::Broken),
            ("exit 0", DocumentFault::Broken),
            ("echo nonsense", DocumentFault::Broken),
            ("kill -ABRT $$", DocumentFault::TooMuch),
            ("kill -XCPU $$", DocumentFault::TooMuch),
            ("exec yes", DocumentFault::Broken),
        ] {
            assert_eq!(fault(&shell(script), b"x").await, Some(expected), "{script}");
        }
    }

    #[tokio::test]
    async fn a_process_that_does_not_end_is_ended() {
        let reader = shell("exec sleep 600").within(Duration::from_millis(50));
        assert_eq!(fault(&reader, b"x").await, Some(DocumentFault::TooMuch));
    }

    #[tokio::test]
    async fn the_process_is_told_nothing_but_the_file() {
        let reader =
            shell(r#"test -z "$HOME$CARGO_MANIFEST_DIR$DATABASE_URL" && echo '{"refused":"no-text"}'"#);
        assert_eq!(fault(&reader, b"x").await, Some(DocumentFault::NoText));
    }

    #[tokio::test]
    async fn a_reader_that_is_not_there_is_no_fault_of_the_file() {
        let missing = Reader::process("/nonexistent/daedap", &[]);
        assert!(matches!(missing.read(Bytes::new()).await, Err(Error::Internal(_))));
        let code = shell(&format!("exit {UNLIMITED}"));
        assert!(matches!(code.read(Bytes::new()).await, Err(Error::Internal(_))));
    }

    #[test]
    fn a_person_sends_so_many_files_and_all_of_them_so_many_at_once() {
        let reader = Reader::here();
        let mina = Uuid::from_u128(1);
        let passed = (0..50).filter(|_| reader.admit(mina).is_ok()).count();
        assert_eq!(passed, 20);
        assert!(matches!(reader.admit(mina), Err(Problem::TooManyAttempts { .. })));
        let coming: Vec<_> =
            (2..8).map(|person| reader.admit(Uuid::from_u128(person)).expect("room")).collect();
        assert_eq!(reader.admit(Uuid::from_u128(9)).err(), Some(Problem::Busy));
        drop(coming);
        assert!(reader.admit(Uuid::from_u128(9)).is_ok());
    }

    #[test]
    fn nobody_keeps_all_places_for_themselves() {
        let reader = Reader::here();
        let (mina, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = reader.admit(mina).expect("room");
        let second = reader.admit(mina).expect("room");
        assert_eq!(reader.admit(mina).err(), Some(Problem::Busy));
        let other = reader.admit(jun).expect("room for others");
        drop(first);
        let third = reader.admit(mina).expect("room again");
        drop((second, other, third));
        assert!(locked(&reader.coming).is_empty(), "what is over is forgotten");
    }

    #[test]
    fn an_answer_is_one_that_is_understood() {
        let read: Answer = serde_json::from_str(&answer("지원동기".as_bytes().to_vec())).expect("an answer");
        assert!(matches!(read, Answer::Read(parsed) if parsed.text == "지원동기"));
        let refused: Answer = serde_json::from_str(&answer(Vec::new())).expect("an answer");
        assert_eq!(refused, Answer::Refused(DocumentFault::NoText));
    }
}
