//! Interviews as they are stored, and as they are thought of: the rows, parsed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{
    Band, Feedback, InterviewSummary, InterviewerLabel, Mode, Occasion, Probe, QuestionStatus, Reply,
    Speaker, Status, TurnKind, TurnStatus, TurnView,
};
use crate::Problem;
use crate::database::Database;
use crate::entities::{assessment, interview, interview_question, turn};
use crate::error::{Error, OrInternal};
use crate::material::{self, Cue};
use crate::questions::Question;
use crate::viewer::Viewer;

/// How long a worker owns a piece of work without saying so again.
pub const LEASE: chrono::Duration = chrono::Duration::seconds(20);

/// An interview with everything in it.
pub struct Loaded {
    pub row: interview::Model,
    pub summary: InterviewSummary,
    pub questions: Vec<MainQuestion>,
    pub turns: Vec<Turn>,
}

/// One main question of an interview.
pub struct MainQuestion {
    pub id: Uuid,
    pub position: u32,
    pub question_id: Option<String>,
    pub question: Option<Question>,
    /// The words of a material that it is about.
    pub cue: Option<Cue>,
    pub status: QuestionStatus,
    /// Every judgement of the answers, oldest first. None before the question is closed, or when it was skipped.
    pub assessments: Vec<Assessment>,
}

impl MainQuestion {
    /// The judgement that counts: the last one that is written.
    pub fn feedback(&self) -> Option<&Feedback> {
        self.assessments.iter().rev().find_map(|assessment| assessment.feedback.as_ref())
    }

    /// Whether a judgement is owed and not written yet.
    pub fn is_feedback_due(&self) -> bool {
        self.assessments.iter().any(|assessment| assessment.due)
    }
}

/// One judgement of the answers to a main question.
pub struct Assessment {
    pub id: Uuid,
    /// Order among the judgements of this question, from 0.
    pub number: u32,
    pub occasion: Occasion,
    pub due: bool,
    pub feedback: Option<Feedback>,
    /// Why the person disagreed with the judgement before.
    pub dispute: Option<String>,
    /// What was answered to that.
    pub reply: Option<Reply>,
}

/// One turn, with what its owner does not get to see.
pub struct Turn {
    pub id: Uuid,
    pub view: TurnView,
    pub probe: Option<Probe>,
    pub request_id: Option<Uuid>,
}

/// The viewer's interview of that id, to be looked at. Its parts belong to one moment.
///
/// # Errors
/// [`Problem::NotFound`], also when it is somebody else's: whether it exists is nobody's business.
pub async fn read_owned(database: &Database, viewer: &Viewer, id: Uuid) -> Result<Loaded, Error> {
    read(database, owned(viewer, id)).await
}

/// The interview of that id, to be looked at on behalf of its owner.
///
/// # Errors
/// [`Problem::NotFound`] when it was deleted meanwhile.
pub async fn read_any(database: &Database, id: Uuid) -> Result<Loaded, Error> {
    read(database, interview::Entity::find_by_id(id)).await
}

/// The viewer's interview of that id, to be changed: nobody else changes it until the transaction ends.
///
/// # Errors
/// As [`read_owned`].
pub async fn lock_owned(
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Loaded, Error> {
    lock(transaction, owned(viewer, id)).await
}

/// The interview of that id, to be changed on behalf of its owner.
///
/// # Errors
/// As [`read_any`].
pub async fn lock_any(transaction: &DatabaseTransaction, id: Uuid) -> Result<Loaded, Error> {
    lock(transaction, interview::Entity::find_by_id(id)).await
}

fn owned(viewer: &Viewer, id: Uuid) -> Select<interview::Entity> {
    interview::Entity::find_by_id(id).filter(interview::Column::UserId.eq(viewer.id))
}

/// The viewer's interview of that id without its parts; none also when it is somebody else's.
///
/// # Errors
/// Internal ones only.
pub async fn find_summary(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<InterviewSummary>, Error> {
    owned(viewer, id).one(connection).await?.as_ref().map(summary).transpose()
}

async fn read(database: &Database, query: Select<interview::Entity>) -> Result<Loaded, Error> {
    let snapshot = database.snapshot().await?;
    let row = query.one(&snapshot).await?.ok_or(Problem::NotFound)?;
    let loaded = load(&snapshot, row).await?;
    snapshot.commit().await?;
    Ok(loaded)
}

async fn lock(
    transaction: &DatabaseTransaction,
    mut query: Select<interview::Entity>,
) -> Result<Loaded, Error> {
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == sea_orm::DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let row = query.one(transaction).await?.ok_or(Problem::NotFound)?;
    load(transaction, row).await
}

async fn load(connection: &impl ConnectionTrait, row: interview::Model) -> Result<Loaded, Error> {
    let mut questions = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.eq(row.id))
        .order_by_asc(interview_question::Column::Position)
        .all(connection)
        .await?
        .into_iter()
        .map(main_question)
        .collect::<Result<Vec<_>, _>>()?;
    let assessments = assessment::Entity::find()
        .filter(assessment::Column::InterviewId.eq(row.id))
        .order_by_asc(assessment::Column::Number)
        .all(connection)
        .await?;
    for row in assessments {
        let position = unsigned(row.position);
        if let Some(question) = questions.iter_mut().find(|question| question.position == position) {
            question.assessments.push(assessment(row)?);
        }
    }
    let turns = turn::Entity::find()
        .filter(turn::Column::InterviewId.eq(row.id))
        .order_by_asc(turn::Column::Number)
        .all(connection)
        .await?
        .into_iter()
        .map(turn)
        .collect::<Result<_, _>>()?;
    Ok(Loaded { summary: summary(&row)?, row, questions, turns })
}

/// The band of each question's last written judgement, by interview and position.
///
/// # Errors
/// Internal ones only.
pub async fn bands(
    connection: &impl ConnectionTrait,
    interviews: &[Uuid],
) -> Result<HashMap<(Uuid, i32), Band>, Error> {
    let rows: Vec<(Uuid, i32, String)> = assessment::Entity::find()
        .filter(assessment::Column::InterviewId.is_in(interviews.iter().copied()))
        .filter(assessment::Column::Band.is_not_null())
        .order_by_asc(assessment::Column::Number)
        .select_only()
        .columns([assessment::Column::InterviewId, assessment::Column::Position, assessment::Column::Band])
        .into_tuple()
        .all(connection)
        .await?;
    // A later one takes the place of the one before.
    rows.into_iter()
        .map(|(interview, position, band)| {
            Ok(((interview, position), band.parse().or_internal("reading a band")?))
        })
        .collect()
}

/// A row of the history.
pub fn summary(row: &interview::Model) -> Result<InterviewSummary, Error> {
    let reading = "reading an interview";
    Ok(InterviewSummary {
        id: row.id,
        field: row.field.parse().or_internal(reading)?,
        topics: json(row.topics.clone())?,
        level: row.level.parse().or_internal(reading)?,
        language: row.language.parse().or_internal(reading)?,
        mode: row.mode.parse::<Mode>().or_internal(reading)?,
        status: row.status.parse::<Status>().or_internal(reading)?,
        interviewer: json::<InterviewerLabel>(row.interviewer.clone())?,
        question_count: unsigned(row.question_count),
        questions_done: unsigned(row.position),
        band: row.band.as_deref().map(str::parse).transpose().or_internal(reading)?,
        started_at: row.started_at,
        finished_at: row.finished_at,
        retake_of: row.retake_of,
    })
}

fn main_question(row: interview_question::Model) -> Result<MainQuestion, Error> {
    Ok(MainQuestion {
        id: row.id,
        position: unsigned(row.position),
        question_id: row.question_id,
        question: row.question.map(json).transpose()?,
        cue: row.cue.map(json).transpose()?,
        status: row.status.parse().or_internal("reading a question of an interview")?,
        assessments: Vec::new(),
    })
}

fn assessment(row: assessment::Model) -> Result<Assessment, Error> {
    Ok(Assessment {
        id: row.id,
        number: unsigned(row.number),
        occasion: row.occasion.parse().or_internal("reading a judgement")?,
        due: row.due,
        feedback: row.feedback.map(json).transpose()?,
        dispute: row.dispute,
        reply: row.reply.map(json).transpose()?,
    })
}

/// A turn from its row.
pub fn turn(row: turn::Model) -> Result<Turn, Error> {
    let reading = "reading a turn";
    Ok(Turn {
        id: row.id,
        view: TurnView {
            number: unsigned(row.number),
            position: unsigned(row.position),
            speaker: row.speaker.parse::<Speaker>().or_internal(reading)?,
            kind: row.kind.parse::<TurnKind>().or_internal(reading)?,
            status: row.status.parse::<TurnStatus>().or_internal(reading)?,
            attempt: unsigned(row.attempt),
            text: row.text,
            problem: row.problem.map(json).transpose()?,
            at: row.created_at,
            cue: None,
        },
        probe: row.probe.map(json).transpose()?,
        request_id: row.request_id,
    })
}

fn json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(value).or_internal("reading stored JSON")
}

/// Counts are stored as signed integers and are never negative.
pub fn unsigned(value: i32) -> u32 {
    value.try_into().unwrap_or(0)
}

/// The same, back.
pub fn signed(value: u32) -> i32 {
    value.try_into().unwrap_or(i32::MAX)
}

/// A turn to be written.
pub struct NewTurn {
    pub position: u32,
    pub speaker: Speaker,
    pub kind: TurnKind,
    pub status: TurnStatus,
    pub text: String,
    pub probe: Option<Probe>,
    pub request_id: Option<Uuid>,
}

impl NewTurn {
    /// Something that the candidate did.
    pub const fn by_candidate(position: u32, kind: TurnKind, text: String) -> Self {
        Self {
            position,
            speaker: Speaker::Candidate,
            kind,
            status: TurnStatus::Done,
            text,
            probe: None,
            request_id: None,
        }
    }

    /// Something that the interviewer is to say.
    pub const fn by_interviewer(position: u32, kind: TurnKind) -> Self {
        Self {
            position,
            speaker: Speaker::Interviewer,
            kind,
            status: TurnStatus::Running,
            text: String::new(),
            probe: None,
            request_id: None,
        }
    }
}

/// Owes a judgement of the answers to a question, as `number` among its judgements.
///
/// # Errors
/// Internal ones only.
pub async fn owe_assessment(
    connection: &impl ConnectionTrait,
    interview: Uuid,
    position: u32,
    number: u32,
    dispute: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let occasion = match (&dispute, number) {
        (Some(_), _) => Occasion::Dispute,
        (None, 0) => Occasion::First,
        (None, _) => Occasion::Again,
    };
    let row = assessment::ActiveModel {
        id: Set(Uuid::now_v7()),
        interview_id: Set(interview),
        position: Set(signed(position)),
        number: Set(signed(number)),
        occasion: Set(occasion.to_string()),
        due: Set(true),
        feedback: Set(None),
        band: Set(None),
        dispute: Set(dispute),
        reply: Set(None),
        leased_until: Set(None),
        created_at: Set(now),
    };
    assessment::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Adds a turn behind the others and returns its id.
///
/// # Errors
/// Internal ones only.
pub async fn add_turn(
    connection: &impl ConnectionTrait,
    interview: Uuid,
    number: u32,
    new: NewTurn,
    now: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let id = Uuid::now_v7();
    let row = turn::ActiveModel {
        id: Set(id),
        interview_id: Set(interview),
        number: Set(signed(number)),
        position: Set(signed(new.position)),
        speaker: Set(new.speaker.to_string()),
        kind: Set(new.kind.to_string()),
        status: Set(new.status.to_string()),
        attempt: Set(0),
        text: Set(new.text),
        probe: Set(new.probe.map(serde_json::to_value).transpose().or_internal("storing a probe")?),
        spoken_by: Set(None),
        problem: Set(None),
        request_id: Set(new.request_id),
        leased_until: Set(None),
        created_at: Set(now),
    };
    turn::Entity::insert(row.into_active_model()).exec_without_returning(connection).await?;
    Ok(id)
}

impl Loaded {
    /// Position of the open question; the number of questions when none is left.
    pub fn position(&self) -> u32 {
        unsigned(self.row.position)
    }

    /// The number of the turn that comes next.
    pub fn next_number(&self) -> u32 {
        self.turns.last().map_or(0, |turn| turn.view.number + 1)
    }

    /// The question that is talked about; none when all are done.
    pub fn open_question(&self) -> Option<&MainQuestion> {
        self.questions.get(self.position() as usize)
    }

    /// A main question as it is spoken, with the words that it is about. None until there is one.
    pub fn spoken_question(&self, position: u32) -> Option<String> {
        let main = self.questions.get(position as usize)?;
        let question = &main.question.as_ref()?.question;
        Some(match &main.cue {
            Some(cue) => material::spoken(self.summary.language, cue, question),
            None => question.clone(),
        })
    }

    /// A judgement, and the question that it is on.
    pub fn assessment(&self, id: Uuid) -> Option<(&MainQuestion, &Assessment)> {
        self.questions.iter().find_map(|main| {
            let found = main.assessments.iter().find(|assessment| assessment.id == id)?;
            Some((main, found))
        })
    }

    /// The candidate's answers to a question, oldest first.
    pub fn answers(&self, position: u32) -> Vec<&str> {
        self.turns
            .iter()
            .filter(|turn| turn.view.position == position && turn.view.kind == TurnKind::Answer)
            .map(|turn| turn.view.text.as_str())
            .collect()
    }

    /// The follow-ups that were asked about a question, oldest first.
    pub fn probes(&self, position: u32) -> Vec<Probe> {
        let asked = |turn: &&Turn| turn.view.position == position && turn.view.kind == TurnKind::Probe;
        self.turns.iter().filter(asked).filter_map(|turn| turn.probe.clone()).collect()
    }

    /// Whether the intent of the open question may still be asked for.
    pub fn can_ask_intent(&self) -> bool {
        let position = self.position();
        self.open_question().is_some()
            && !self
                .turns
                .iter()
                .any(|turn| turn.view.position == position && turn.view.kind == TurnKind::Intent)
    }

    /// Seconds from the start to now or the end, pauses left out.
    pub fn elapsed_seconds(&self, now: DateTime<Utc>) -> u32 {
        elapsed_seconds(&self.row, now)
    }
}

/// Seconds from the start to now or the end, pauses left out. A clock that was set back counts as standing still.
pub fn elapsed_seconds(row: &interview::Model, now: DateTime<Utc>) -> u32 {
    let end = row.finished_at.or(row.paused_at).unwrap_or(now);
    let seconds = (end - row.started_at).num_seconds() - i64::from(row.paused_seconds);
    seconds.clamp(0, i64::from(u32::MAX)).try_into().unwrap_or(u32::MAX)
}
