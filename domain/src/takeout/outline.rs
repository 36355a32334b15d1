//! A file that was read to its end and found to be in order. The interviews themselves are not kept: they are read again, one by one,
//! when they are stored.

use std::collections::HashSet;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::FileFault;
use super::archive::Archive;
use super::check;
use super::file::{
    ACCOUNT, AccountFile, CardFile, DOCUMENTS, DRILL, DocumentFile, EntryFile, InterviewFile, LEDGER,
    LedgerFile, Manifest, NOTEBOOK, TODAY, TodayFile,
};
use super::letters::{self, LetterHead};
use super::past_questions::{self, PAST_QUESTIONS, PastFile};

/// Most rows that the interviews of a file become, and those that somebody has by importing. They are written and deleted in one go,
/// while on SQLite nobody else writes.
pub const ROWS_MAX: usize = 300_000;

/// What is known of an interview before it is stored.
#[derive(Clone, Debug)]
pub struct Head {
    pub id: Uuid,
    pub request_id: Uuid,
    pub retake_of: Option<Uuid>,
    /// Ids of its questions by position.
    pub questions: Vec<Uuid>,
    /// When it was over, for how long it is kept.
    pub ended_at: DateTime<Utc>,
    /// How many rows it becomes.
    pub rows: usize,
}

/// Everything of a file but the interviews and letters.
pub struct Outline {
    pub archive: Archive,
    pub manifest: Manifest,
    pub account: AccountFile,
    pub interviews: Vec<Head>,
    pub letters: Vec<LetterHead>,
    pub notebook: Vec<EntryFile>,
    pub drill: Vec<CardFile>,
    pub today: Vec<TodayFile>,
    pub ledger: Vec<LedgerFile>,
    pub documents: Vec<DocumentFile>,
    pub past_questions: Vec<PastFile>,
}

/// Reads and checks the whole of a file. It takes as long as unpacking does, so it belongs on a thread of its own.
///
/// # Errors
/// What is wrong with the file.
pub fn read(bytes: Bytes) -> Result<Outline, FileFault> {
    let mut archive = Archive::open(bytes)?;
    let manifest = archive.manifest()?;
    let account: AccountFile = archive.read(ACCOUNT)?;
    check::account(&account)?;
    let notebook: Vec<EntryFile> = archive.read(NOTEBOOK)?;
    check::notebook(&notebook)?;
    let drill: Vec<CardFile> = archive.read(DRILL)?;
    check::drill(&drill)?;
    let today: Vec<TodayFile> = archive.read(TODAY)?;
    check::today(&today)?;
    let ledger: Vec<LedgerFile> = archive.read(LEDGER)?;
    check::ledger(&ledger)?;
    let documents: Vec<DocumentFile> = archive.read_if_any(DOCUMENTS)?;
    check::documents(&documents)?;
    let past_questions: Vec<PastFile> = archive.read_if_any(PAST_QUESTIONS)?;
    past_questions::check(&past_questions)?;
    let interviews = heads(&mut archive)?;
    let letters = letters::heads(&mut archive)?;
    archive.begin_again();
    Ok(Outline {
        archive,
        manifest,
        account,
        interviews,
        letters,
        notebook,
        drill,
        today,
        ledger,
        documents,
        past_questions,
    })
}

fn heads(archive: &mut Archive) -> Result<Vec<Head>, FileFault> {
    let (mut requests, mut questions) = (HashSet::new(), HashSet::new());
    let ids = archive.interviews.clone();
    let mut heads = Vec::with_capacity(ids.len());
    let mut rows = 0;
    for id in ids {
        let file = interview(archive, id)?;
        let own = rows_of(&file);
        rows += own;
        if rows > ROWS_MAX {
            return Err(FileFault::TooMuch);
        }
        let fresh = requests.insert(file.request_id)
            && file.questions.iter().all(|question| questions.insert(question.id));
        if !fresh {
            return Err(FileFault::Malformed);
        }
        heads.push(Head {
            id,
            request_id: file.request_id,
            retake_of: file.retake_of,
            questions: file.questions.iter().map(|question| question.id).collect(),
            ended_at: file.finished_at.unwrap_or(file.started_at),
            rows: own,
        });
    }
    Ok(heads)
}

/// How many rows an interview becomes.
fn rows_of(file: &InterviewFile) -> usize {
    let judged = file.questions.iter().map(|given| 1 + given.assessments.len() + given.overrides.len());
    1 + file.turns.len() + judged.sum::<usize>()
}

/// One interview, read and checked.
///
/// # Errors
/// What is wrong with it.
pub fn interview(archive: &mut Archive, id: Uuid) -> Result<InterviewFile, FileFault> {
    let file: InterviewFile = archive.read_interview(id)?;
    if file.id != id {
        return Err(FileFault::Malformed);
    }
    check::interview(&file)?;
    Ok(file)
}
