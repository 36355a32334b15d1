//! The program `espeak-ng`, when it is installed: no key, no network, a plain voice.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::playable::media_type;
use super::{Audio, SpeechFailure, SpeechSynthesizer};
use crate::questions::Language;

const PROGRAM: &str = "espeak-ng";
/// From the wait for a place to the last byte.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Most that run at the same time: each takes a core for a moment.
const AT_ONCE: usize = 2;
/// Most bytes of a sound: about six minutes.
const BYTES_MAX: usize = 16 << 20;

/// Calls the program for every text.
#[derive(Debug)]
pub struct Espeak {
    program: PathBuf,
    places: Semaphore,
    timeout: Duration,
}

impl Espeak {
    /// The program, if the search path has it. Looked for once.
    pub fn find() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let program =
            std::env::split_paths(&path).map(|folder| folder.join(PROGRAM)).find(|file| file.is_file());
        program.map(|program| Self::at(&program))
    }

    /// The program of that path, whatever it is.
    pub fn at(program: &Path) -> Self {
        Self { program: program.to_owned(), places: Semaphore::new(AT_ONCE), timeout: TIMEOUT }
    }

    /// With another limit of time.
    #[must_use]
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn run(&self, text: &str, language: Language) -> Result<Audio, SpeechFailure> {
        let _place = self.places.acquire().await.map_err(|_| SpeechFailure::Unreachable)?;
        // Nothing that somebody said is an argument: those are seen by everybody on the machine, and may be taken for options. The text
        // comes in UTF-8, which is `-b 1`.
        let mut child = Command::new(&self.program)
            .args(["-v", language.as_str(), "-b", "1", "--stdin", "--stdout"])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Also when nobody waits any more.
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| SpeechFailure::Unreachable)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(SpeechFailure::Unreachable);
        };
        // Side by side: either pipe may fill up. A program that reads nothing may still have something to say.
        let writing = async move {
            let _ = input.write_all(text.as_bytes()).await;
            drop(input);
        };
        let mut bytes = Vec::new();
        let mut output = output.take(BYTES_MAX as u64 + 1);
        let ((), read) = futures::future::join(writing, output.read_to_end(&mut bytes)).await;
        read.map_err(|_| SpeechFailure::Broken)?;
        if bytes.len() > BYTES_MAX {
            return Err(SpeechFailure::Broken);
        }
        let status = child.wait().await.map_err(|_| SpeechFailure::Broken)?;
        let media_type = media_type(&bytes).filter(|_| status.success()).ok_or(SpeechFailure::Broken)?;
        correct_lengths(&mut bytes);
        Ok(Audio { media_type: media_type.to_owned(), bytes })
    }
}

/// Writes the true lengths into the header of a WAV file. The program writes it before it knows them, and browsers show hours.
fn correct_lengths(bytes: &mut [u8]) {
    /// Where the samples begin in the plain header that the program writes.
    const HEADER: usize = 44;
    let (Ok(all), Ok(samples)) =
        (u32::try_from(bytes.len().saturating_sub(8)), u32::try_from(bytes.len().saturating_sub(HEADER)))
    else {
        return;
    };
    if bytes.get(36..40) == Some(b"data".as_slice()) {
        bytes[4..8].copy_from_slice(&all.to_le_bytes());
        bytes[40..44].copy_from_slice(&samples.to_le_bytes());
    }
}

#[async_trait]
impl SpeechSynthesizer for Espeak {
    fn name(&self) -> &'static str {
        PROGRAM
    }

    async fn speak(&self, text: &str, language: Language) -> Result<Audio, SpeechFailure> {
        tokio::time::timeout(self.timeout, self.run(text, language))
            .await
            .unwrap_or(Err(SpeechFailure::TimedOut))
    }
}

#[cfg(test)]
mod tests {
    use super::correct_lengths;

    #[test]
    fn a_header_tells_the_true_lengths() {
        let mut file =
            b"RIFF\xff\xff\xff\x7fWAVEfmt ................\0\0\0\0data\xff\xff\xff\x7f12345678".to_vec();
        assert_eq!(&file[36..40], b"data");
        correct_lengths(&mut file);
        assert_eq!(file[4..8], 44_u32.to_le_bytes());
        assert_eq!(file[40..44], 8_u32.to_le_bytes());
        let mut other = b"RIFF".to_vec();
        correct_lengths(&mut other);
        assert_eq!(other, b"RIFF");
    }
}
