//! Writing the ZIP, piece by piece: one interview is in memory at a time, however many there are, and a slow reader holds up nothing but
//! its own download.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tokio::sync::mpsc;
use uuid::Uuid;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::file::{
    ACCOUNT, Counts, DOCUMENTS, DRILL, Ended, FORMAT, INSTALLATION, InterviewFile, LEDGER, MANIFEST,
    Manifest, NOTEBOOK, TODAY, VERSION, interview_file,
};
use super::past_questions::PAST_QUESTIONS;
use super::{letters, markdown, past_questions, rows};
use crate::Problem;
use crate::app::App;
use crate::entities::{interview, user};
use crate::error::{Error, OrInternal};
use crate::interview::export as report;
use crate::interview::service as interviews;
use crate::viewer::Viewer;

/// A file in pieces of this size is handed on while it is written.
const PIECE: usize = 128 * 1024;

/// A takeout on its way.
pub struct Takeout {
    /// The day on which it was asked for, in the person's time zone.
    pub day: chrono::NaiveDate,
    /// The bytes of the ZIP. An error in between says that it is incomplete.
    pub pieces: mpsc::Receiver<Result<Vec<u8>, io::Error>>,
}

/// Where the ZIP is written to until it is handed on.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why the writing ended.
pub enum Stopped {
    /// Nobody reads any more.
    Left,
    Failed(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sea_orm::DbErr> for Stopped {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Failed(error.into())
    }
}

/// A ZIP that is being written to somebody who reads it.
struct Archive {
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
    reader: mpsc::Sender<Result<Vec<u8>, io::Error>>,
}

impl Archive {
    fn new(reader: mpsc::Sender<Result<Vec<u8>, io::Error>>) -> Self {
        let buffer = Buffer::default();
        Self { zip: ZipWriter::new_stream(buffer.clone()), buffer, reader }
    }

    async fn json(&mut self, name: &str, value: &impl Serialize) -> Result<(), Stopped> {
        let mut json = serde_json::to_vec_pretty(value).or_internal(WRITING)?;
        json.push(b'\n');
        self.file(name, &json).await
    }

    async fn file(&mut self, name: &str, content: &[u8]) -> Result<(), Stopped> {
        // The same time in every ZIP: what is equal is to be equal to the byte.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o600);
        self.zip.start_file(name, options).or_internal(WRITING)?;
        for piece in content.chunks(PIECE) {
            self.zip.write_all(piece).or_internal(WRITING)?;
            self.hand_on().await?;
        }
        Ok(())
    }

    async fn hand_on(&self) -> Result<(), Stopped> {
        let written = self.buffer.take();
        if !written.is_empty() {
            self.reader.send(Ok(written)).await.map_err(|_| Stopped::Left)?;
        }
        // Packing takes a while, and others wait for this thread.
        tokio::task::yield_now().await;
        Ok(())
    }

    async fn finish(self) -> Result<(), Stopped> {
        self.zip.finish().or_internal(WRITING)?;
        let written = self.buffer.take();
        self.reader.send(Ok(written)).await.map_err(|_| Stopped::Left)
    }
}

const WRITING: &str = "writing a takeout";

/// Writes everything of the viewer to whoever reads it, and tells the reader when it could not.
pub async fn write(
    app: App,
    viewer: Viewer,
    account: user::Model,
    at: DateTime<Utc>,
    reader: mpsc::Sender<Result<Vec<u8>, io::Error>>,
) {
    let archive = Archive::new(reader.clone());
    if let Err(Stopped::Failed(error)) = write_all(&app, &viewer, account, at, archive).await {
        tracing::warn!(problem = %error.into_problem(), "a takeout could not be written to its end");
        // Nobody may read any more.
        let _ = reader.send(Err(io::Error::other("incomplete"))).await;
    }
}

async fn write_all(
    app: &App,
    viewer: &Viewer,
    account: user::Model,
    exported_at: DateTime<Utc>,
    mut archive: Archive,
) -> Result<(), Stopped> {
    let connection = app.database.reader();
    let (account_created_at, role) = rows::made(&account)?;
    archive.file("README.md", markdown::READ_ME.as_bytes()).await?;
    archive.json(ACCOUNT, &rows::account(account)?).await?;

    let mut counts = Counts::default();
    for id in interview_ids(app, viewer).await? {
        counts.interviews += u32::from(write_interview(app, viewer, id, &mut archive).await?);
    }
    for id in letters::ids(connection, viewer.id).await? {
        // A letter and its history belong to one moment.
        let snapshot = app.database.snapshot().await?;
        let found = letters::row(&snapshot, viewer.id, id).await?;
        snapshot.commit().await?;
        let Some(found) = found else { continue };
        let name = letters::letter_file(id);
        archive.json(&name, &found).await?;
        archive.file(&name.replace(".json", ".md"), letters::markdown(&found).as_bytes()).await?;
        counts.letters += 1;
    }
    let notebook = rows::notebook(connection, viewer.id).await?;
    archive.json(NOTEBOOK, &notebook).await?;
    archive.file("notebook.md", markdown::notebook(&notebook, viewer.language).as_bytes()).await?;
    counts.notebook_entries = count(&notebook);
    drop(notebook);
    let drill = rows::drill(connection, viewer.id).await?;
    archive.json(DRILL, &drill).await?;
    counts.drill_cards = count(&drill);
    drop(drill);
    let today = rows::today(connection, viewer.id).await?;
    archive.json(TODAY, &today).await?;
    counts.today_questions = count(&today);
    let ledger = rows::ledger(connection, viewer.id).await?;
    archive.json(LEDGER, &ledger).await?;
    counts.ledger_entries = count(&ledger);
    let documents = rows::documents(connection, viewer.id).await?;
    archive.json(DOCUMENTS, &documents).await?;
    archive.file("documents.md", markdown::documents(&documents, viewer.language).as_bytes()).await?;
    counts.documents = count(&documents);
    drop(documents);
    let past_questions = past_questions::rows(connection, viewer.id).await?;
    archive.json(PAST_QUESTIONS, &past_questions).await?;
    counts.past_questions = count(&past_questions);
    archive.json(INSTALLATION, &rows::installation(connection, viewer.id).await?).await?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        exported_at,
        account_created_at,
        role,
        counts,
    };
    archive.json(MANIFEST, &manifest).await?;
    archive.finish().await
}

fn count<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}

async fn interview_ids(app: &App, viewer: &Viewer) -> Result<Vec<Uuid>, Error> {
    let ids = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .order_by_asc(interview::Column::Id)
        .select_only()
        .column(interview::Column::Id)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    Ok(ids)
}

/// Writes an interview, with the report where there is one. Says whether it was still there.
async fn write_interview(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    archive: &mut Archive,
) -> Result<bool, Stopped> {
    // Its parts belong to one moment.
    let snapshot = app.database.snapshot().await?;
    let found: Option<InterviewFile> = rows::interview(&snapshot, viewer.id, id).await?;
    snapshot.commit().await?;
    let Some(found) = found else { return Ok(false) };
    let name = interview_file(id);
    archive.json(&name, &found).await?;
    if found.status == Ended::Finished {
        match interviews::export(app, viewer, id).await {
            Ok(export) => {
                let readable = name.replace(".json", ".md");
                archive.file(&readable, report::markdown(&export).as_bytes()).await?;
            }
            // It still goes on, or was deleted in this moment: there is no report.
            Err(Error::Problem(Problem::OutOfDate | Problem::NotFound)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(true)
}
