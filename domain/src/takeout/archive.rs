//! Reading a ZIP that anybody may have made. What it claims about itself is believed only where it costs nothing.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::FileFault;
use super::file::{
    ACCOUNT, DRILL, FORMAT, LEDGER, MANIFEST, Manifest, NOTEBOOK, TODAY, VERSION, interview_of,
};
use super::letters::{self, letter_file, letter_of};

/// Most interviews in a file: each may bring its report along.
pub const INTERVIEWS_MAX: usize = 5_000;
/// Most entries of a ZIP.
const ENTRIES_MAX: usize = 2 * (INTERVIEWS_MAX + letters::FILES_MAX) + 20;
/// Most bytes that one interview unpacks to.
const INTERVIEW_MAX: u64 = 8 * 1024 * 1024;
/// Most bytes that one letter unpacks to, with its history.
const LETTER_MAX: u64 = 12 * 1024 * 1024;
/// Most bytes that one of the other files unpacks to.
const LIST_MAX: u64 = 32 * 1024 * 1024;
/// Most bytes that everything unpacks to.
const ALL_MAX: u64 = 256 * 1024 * 1024;
/// What text of people unpacks to, as a multiple of its size, is less than this. What goes beyond is padding: texts that repeat
/// themselves, down to one character a hundred thousand times, which unpack to a thousand times their size.
const RATIO_USUAL: u64 = 200;
/// Below that the ratio says nothing.
const RATIO_FROM: u64 = 64 * 1024;
/// Most bytes of padding in all entries together. All documents that somebody may have fit in, each of one character; a file that is
/// made to cost much and to be sent quickly does not.
const PADDING_MAX: u64 = LIST_MAX;

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const CENTRAL_HEADER: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// Bytes of the record at the end, when nothing comes after it.
const END_LENGTH: usize = 22;
/// Most places that look like an end. Packed bytes do so by chance, once in four gigabytes.
const ENDS_MAX: usize = 8;
/// What stands before an end that leads to a longer one, as files of several gigabytes have it.
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_LENGTH: usize = 20;

/// A ZIP whose list of contents was looked at.
pub struct Archive {
    zip: ZipArchive<Cursor<Bytes>>,
    /// In the order of their ids.
    pub interviews: Vec<Uuid>,
    /// The same of letters.
    pub letters: Vec<Uuid>,
    unpacked: u64,
    /// How much of it is more than its size lets expect.
    padding: u64,
}

impl Archive {
    /// Looks at the list of contents. Nothing is unpacked.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn open(bytes: Bytes) -> Result<Self, FileFault> {
        let entries = entries(&bytes)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
        // The reader keeps one of two entries with the same name.
        if zip.len() != entries {
            return Err(FileFault::Damaged);
        }
        let mut archive = Self { zip, interviews: Vec::new(), letters: Vec::new(), unpacked: 0, padding: 0 };
        archive.look()?;
        Ok(archive)
    }

    fn look(&mut self) -> Result<(), FileFault> {
        let mut names = HashSet::new();
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(index).map_err(fault)?;
            let known =
                matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
            let name = entry.name().to_owned();
            let nested = name.to_ascii_lowercase().ends_with(".zip");
            if entry.encrypted() || entry.is_symlink() || !known || nested {
                return Err(FileFault::Damaged);
            }
            self.interviews.extend(interview_of(&name));
            self.letters.extend(letter_of(&name));
            if !names.insert(name) {
                return Err(FileFault::Damaged);
            }
        }
        self.interviews.sort_unstable();
        self.letters.sort_unstable();
        if self.interviews.len() > INTERVIEWS_MAX || self.letters.len() > letters::FILES_MAX {
            return Err(FileFault::TooMuch);
        }
        let ours = [MANIFEST, ACCOUNT, NOTEBOOK, DRILL, TODAY, LEDGER];
        if ours.iter().any(|name| !names.contains(*name)) {
            return Err(FileFault::Foreign);
        }
        Ok(())
    }

    /// What the ZIP says that it is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn manifest(&mut self) -> Result<Manifest, FileFault> {
        #[derive(serde::Deserialize)]
        struct Kind {
            format: String,
            version: u32,
        }
        let json = self.unpack(MANIFEST, LIST_MAX)?;
        let kind: Kind = serde_json::from_slice(&json).map_err(|_| FileFault::Foreign)?;
        match kind {
            Kind { format, .. } if format != FORMAT => Err(FileFault::Foreign),
            Kind { version, .. } if version > VERSION => Err(FileFault::TooNew),
            _ => serde_json::from_slice(&json).map_err(|_| FileFault::Malformed),
        }
    }

    /// One of the files that are no interviews.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, FileFault> {
        parse(&self.unpack(name, LIST_MAX)?)
    }

    /// One of the files that are no interviews and do not stand in every version.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_if_any<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T, FileFault> {
        match self.zip.index_for_name(name) {
            Some(_) => self.read(name),
            None => Ok(T::default()),
        }
    }

    /// One of the interviews.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_interview<T: DeserializeOwned>(&mut self, id: Uuid) -> Result<T, FileFault> {
        parse(&self.unpack(&super::file::interview_file(id), INTERVIEW_MAX)?)
    }

    /// One of the letters.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_letter<T: DeserializeOwned>(&mut self, id: Uuid) -> Result<T, FileFault> {
        parse(&self.unpack(&letter_file(id), LETTER_MAX)?)
    }

    /// Lets everything be unpacked once more: what was looked at is read again to be stored.
    pub const fn begin_again(&mut self) {
        self.unpacked = 0;
        self.padding = 0;
    }

    fn unpack(&mut self, name: &str, most: u64) -> Result<Vec<u8>, FileFault> {
        let entry = self.zip.by_name(name).map_err(fault)?;
        let packed = entry.compressed_size().max(1);
        let most = most.min(ALL_MAX.saturating_sub(self.unpacked));
        let usual = packed.saturating_mul(RATIO_USUAL).max(RATIO_FROM);
        let limit = most.min(usual.saturating_add(PADDING_MAX.saturating_sub(self.padding)));
        let mut content = Vec::new();
        // The size that the entry claims is not looked at: what comes is counted.
        entry.take(limit + 1).read_to_end(&mut content).map_err(|_| FileFault::Damaged)?;
        let length = content.len() as u64;
        if length > limit {
            return Err(FileFault::TooMuch);
        }
        self.unpacked += length;
        self.padding += length.saturating_sub(usual);
        Ok(content)
    }
}

fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, FileFault> {
    serde_json::from_slice(json).map_err(|_| FileFault::Malformed)
}

fn fault(error: ZipError) -> FileFault {
    match error {
        ZipError::FileNotFound => FileFault::Foreign,
        _ => FileFault::Damaged,
    }
}

/// How many entries the ZIP has, by a look at its end that costs nothing: a reader makes room for all of them.
fn entries(bytes: &[u8]) -> Result<usize, FileFault> {
    if !bytes.starts_with(LOCAL_HEADER) && !bytes.starts_with(END) {
        return Err(FileFault::NotZip);
    }
    let end = bytes.len().checked_sub(END_LENGTH).and_then(|from| bytes.get(from..));
    let end = end.filter(|end| end.starts_with(END)).ok_or(FileFault::Damaged)?;
    if !ends_plainly(bytes) {
        return Err(FileFault::Damaged);
    }
    let entries = usize::from(u16::from_le_bytes([end[10], end[11]]));
    // Another end further to the front could name more.
    let listed = bytes.windows(CENTRAL_HEADER.len()).filter(|window| *window == CENTRAL_HEADER).count();
    match entries.max(listed) > ENTRIES_MAX {
        true => Err(FileFault::TooMuch),
        false => Ok(entries),
    }
}

/// Whether little of the file looks like its end, and nothing like the end of one of several gigabytes. The reader tries every such
/// place, and for each of them looks through the file: in one that is made of ends it would search for an hour.
fn ends_plainly(bytes: &[u8]) -> bool {
    let windows = bytes.windows(END.len()).enumerate();
    let mut ends = windows.filter(|(_, window)| *window == END).map(|(at, _)| at);
    let is_plain = |at: usize| {
        let before = at.checked_sub(LOCATOR_LENGTH).and_then(|from| bytes.get(from..));
        !before.is_some_and(|before| before.starts_with(LOCATOR))
    };
    ends.by_ref().take(ENDS_MAX).all(is_plain) && ends.next().is_none()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// An end that claims one entry, whose list it does not have.
    fn an_end() -> Vec<u8> {
        [END, &[0, 0, 0, 0, 1, 0, 1, 0], &[0; 10]].concat()
    }

    #[test]
    fn what_is_no_zip_is_told_from_one_that_is_broken() {
        let open = |bytes: &[u8]| Archive::open(Bytes::copy_from_slice(bytes)).err();
        assert_eq!(open(b""), Some(FileFault::NotZip));
        assert_eq!(open(b"{}"), Some(FileFault::NotZip));
        assert_eq!(open(b"\x1f\x8b\x08"), Some(FileFault::NotZip));
        assert_eq!(open(b"PK\x03\x04"), Some(FileFault::Damaged));
        assert_eq!(open(&[LOCAL_HEADER, &[0; 100]].concat()), Some(FileFault::Damaged));
        let empty = [END, &[0; 18]].concat();
        assert_eq!(open(&empty), Some(FileFault::Foreign));
    }

    #[test]
    fn a_file_made_of_ends_is_not_searched() {
        let bytes = [LOCAL_HEADER, &an_end().repeat(200_000)].concat();
        let began = Instant::now();
        assert_eq!(Archive::open(Bytes::from(bytes)).err(), Some(FileFault::Damaged));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }

    #[test]
    fn what_looks_like_an_end_by_chance_is_none() {
        assert!(ends_plainly(&[LOCAL_HEADER, &an_end(), &[0; 100], &an_end()].concat()));
        assert!(!ends_plainly(&[LOCAL_HEADER, &an_end().repeat(ENDS_MAX + 1)].concat()));
        let longer = [LOCAL_HEADER, LOCATOR, &[0; LOCATOR_LENGTH - 4], &an_end()].concat();
        assert!(!ends_plainly(&longer));
    }

    #[test]
    fn a_list_that_would_fill_the_memory_is_not_read() {
        let bytes = [LOCAL_HEADER, &CENTRAL_HEADER.repeat(ENTRIES_MAX + 1), END, &[0; 18]].concat();
        assert_eq!(Archive::open(Bytes::from(bytes)).err(), Some(FileFault::TooMuch));
    }
}
