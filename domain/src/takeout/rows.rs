//! From the tables to the files.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::file::{
    AccountFile, AssessmentFile, CardFile, DocumentFile, Ended, EntryFile, InstallationFile, InterviewFile,
    LedgerFile, LimitFile, LoginFile, MaterialFile, OverrideFile, PastQuestionFile, QuestionFile, Settled,
    ShareFile, TodayFile, TokenFile, TurnFile, UsedFile,
};
use super::holdings::interviews_of;
use super::identity::without_mark;
use crate::entities::{
    action_limit, allowance, api_token, assessment, document, drill_card, identity, interview,
    interview_question, ledger_entry, material_check, notebook_entry, overrides, past_question, share,
    today_question, turn, user,
};
use crate::error::{Error, OrInternal};
use crate::interview::store::unsigned;
use crate::interview::{Band, QuestionStatus, Status, TurnKind, TurnStatus, feedback};
use crate::material;
use crate::questions::Field;
use crate::retention::RetentionChoice;

const READING: &str = "reading what is exported";

fn json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(value).or_internal(READING)
}

fn word<T: std::str::FromStr<Err = crate::UnknownWord>>(word: &str) -> Result<T, Error> {
    word.parse().or_internal(READING)
}

/// The account.
pub fn account(row: user::Model) -> Result<AccountFile, Error> {
    let fields: Vec<String> = json(row.fields)?;
    Ok(AccountFile {
        username: row.username,
        email: row.email,
        display_name: row.display_name,
        language: word(&row.language)?,
        time_zone: row.time_zone,
        fields: fields.iter().filter_map(|field| field.parse::<Field>().ok()).collect(),
        retention: RetentionChoice::of_days(row.retention_days),
        github_name: row.github_name,
    })
}

/// An interview with everything in it. None when it was deleted meanwhile.
pub async fn interview(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> Result<Option<InterviewFile>, Error> {
    let owned = interview::Entity::find_by_id(id).filter(interview::Column::UserId.eq(person));
    let Some(row) = owned.one(connection).await? else { return Ok(None) };
    let turns = turn::Entity::find()
        .filter(turn::Column::InterviewId.eq(id))
        .order_by_asc(turn::Column::Number)
        .all(connection)
        .await?
        .into_iter()
        // What was not said, or failed before its first word, is nothing that was said.
        .filter(|turn| turn.status == TurnStatus::Done.as_str() || !turn.text.is_empty())
        .map(turn_file)
        .collect::<Result<Vec<_>, _>>()?;
    let questions = questions(connection, id, &turns).await?;
    let materials = material::service::load(connection, id).await?;
    let check = material_check::Entity::find_by_id(id).one(connection).await?;
    let compared = check.and_then(|check| check.found).map(json).transpose()?;
    let materials = materials
        .into_iter()
        .map(|given| MaterialFile { kind: given.kind, title: given.title, text: given.text })
        .collect();
    Ok(Some(InterviewFile { materials, compared, ..assemble(row, questions, turns)? }))
}

fn assemble(
    row: interview::Model,
    questions: Vec<QuestionFile>,
    turns: Vec<TurnFile>,
) -> Result<InterviewFile, Error> {
    let status: Status = word(&row.status)?;
    let goes_on = matches!(status, Status::Running | Status::Paused);
    let open = questions.get(unsigned(row.position) as usize);
    // As when somebody finishes early: a question that was answered is done.
    let done_early = goes_on && open.is_some_and(|open| open.status == Settled::Answered);
    let band = match &row.band {
        Some(band) => Some(word(band)?),
        None if status == Status::Failed => None,
        None => Some(overall(&questions)),
    };
    let stopped_at = || row.paused_at.or(turns.last().map(|turn| turn.created_at)).unwrap_or(row.started_at);
    Ok(InterviewFile {
        id: row.id,
        request_id: row.request_id,
        field: word(&row.field)?,
        topics: json(row.topics)?,
        level: word(&row.level)?,
        language: word(&row.language)?,
        mode: word(&row.mode)?,
        status: if status == Status::Failed { Ended::Failed } else { Ended::Finished },
        interviewer: json(row.interviewer)?,
        position: unsigned(row.position) + u32::from(done_early),
        band,
        started_at: row.started_at,
        finished_at: row.finished_at.or_else(|| goes_on.then(stopped_at)),
        draft: row.draft,
        paused_seconds: unsigned(row.paused_seconds),
        retake_of: row.retake_of,
        chat_topic: row.chat_topic,
        questions,
        turns,
        materials: Vec::new(),
        compared: None,
    })
}

fn overall(questions: &[QuestionFile]) -> Band {
    let outcomes: Vec<feedback::Outcome> = questions
        .iter()
        .map(|question| {
            (question.status.into(), question.assessments.last().map(|given| given.feedback.band))
        })
        .collect();
    feedback::overall(&outcomes)
}

async fn questions(
    connection: &impl ConnectionTrait,
    interview: Uuid,
    turns: &[TurnFile],
) -> Result<Vec<QuestionFile>, Error> {
    let rows = interview_question::Entity::find()
        .filter(interview_question::Column::InterviewId.eq(interview))
        .order_by_asc(interview_question::Column::Position)
        .all(connection)
        .await?;
    let mut assessments: HashMap<i32, Vec<AssessmentFile>> = HashMap::new();
    let given = assessment::Entity::find()
        .filter(assessment::Column::InterviewId.eq(interview))
        .order_by_asc(assessment::Column::Position)
        .order_by_asc(assessment::Column::Number);
    for row in given.all(connection).await? {
        let Some(feedback) = row.feedback else { continue };
        assessments.entry(row.position).or_default().push(AssessmentFile {
            occasion: word(&row.occasion)?,
            feedback: json(feedback)?,
            dispute: row.dispute,
            reply: row.reply.map(json).transpose()?,
            created_at: row.created_at,
        });
    }
    let mut held: HashMap<i32, Vec<OverrideFile>> = HashMap::new();
    let said = overrides::Entity::find()
        .filter(overrides::Column::InterviewId.eq(interview))
        .order_by_asc(overrides::Column::Position)
        .order_by_asc(overrides::Column::PointId);
    for row in said.all(connection).await? {
        let held = held.entry(row.position).or_default();
        held.push(OverrideFile { point_id: row.point_id, created_at: row.created_at });
    }
    // Databases sort texts each in their own way.
    held.values_mut().for_each(|held| held.sort_by(|one, other| one.point_id.cmp(&other.point_id)));
    rows.into_iter()
        .map(|row| {
            let answered = turns
                .iter()
                .any(|turn| turn.kind == TurnKind::Answer && turn.position == unsigned(row.position));
            Ok(QuestionFile {
                id: row.id,
                status: settled(word(&row.status)?, answered),
                question_id: row.question_id,
                question: row.question.map(json).transpose()?,
                cue: row.cue.map(json).transpose()?,
                assessments: assessments.remove(&row.position).unwrap_or_default(),
                overrides: held.remove(&row.position).unwrap_or_default(),
            })
        })
        .collect()
}

/// As when somebody finishes early.
const fn settled(status: QuestionStatus, answered: bool) -> Settled {
    match status {
        QuestionStatus::Pending => Settled::Pending,
        QuestionStatus::Skipped => Settled::Skipped,
        QuestionStatus::Answered => Settled::Answered,
        QuestionStatus::Open if answered => Settled::Answered,
        QuestionStatus::Open => Settled::Skipped,
    }
}

fn turn_file(row: turn::Model) -> Result<TurnFile, Error> {
    Ok(TurnFile {
        number: unsigned(row.number),
        position: unsigned(row.position),
        speaker: word(&row.speaker)?,
        kind: word(&row.kind)?,
        text: row.text,
        probe: row.probe.map(json).transpose()?,
        spoken_by: row.spoken_by.map(json).transpose()?,
        created_at: row.created_at,
    })
}

/// The notebook.
pub async fn notebook(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<EntryFile>, Error> {
    let rows = notebook_entry::Entity::find()
        .filter(notebook_entry::Column::UserId.eq(person))
        .order_by_asc(notebook_entry::Column::Id)
        .all(connection)
        .await?;
    let entry = |row: notebook_entry::Model| {
        Ok(EntryFile {
            id: row.id,
            question_key: row.question_key,
            language: word(&row.language)?,
            field: word(&row.field)?,
            topic: row.topic,
            question: row.question,
            interview_id: row.interview_id,
            position: unsigned(row.position),
            last_band: row.last_band.as_deref().map(word).transpose()?,
            missed: row.missed,
            times_asked: unsigned(row.times_asked),
            favourite: row.favourite,
            memo: row.memo,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(entry).collect()
}

/// The cards of the drill.
pub async fn drill(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<CardFile>, Error> {
    let rows = drill_card::Entity::find()
        .filter(drill_card::Column::UserId.eq(person))
        .order_by_asc(drill_card::Column::Id)
        .all(connection)
        .await?;
    let card = |row: drill_card::Model| {
        Ok(CardFile {
            id: row.id,
            question_key: row.question_key,
            point_id: row.point_id,
            language: word(&row.language)?,
            field: word(&row.field)?,
            topic: row.topic,
            question: row.question,
            intent: row.intent,
            say: row.say,
            must: row.must,
            weight: unsigned(row.weight),
            made_question: row.made_question.map(json).transpose()?,
            missed: unsigned(row.missed),
            made: unsigned(row.made),
            last_verdict: word(&row.last_verdict)?,
            state: word(&row.state)?,
            due_at: row.due_at,
            stability: row.stability,
            difficulty: row.difficulty,
            reviews: unsigned(row.reps),
            lapses: unsigned(row.lapses),
            last_review_at: row.last_review_at,
            begun_at: row.begun_at,
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(card).collect()
}

/// The days on which something was done about today's question.
pub async fn today(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<TodayFile>, Error> {
    let rows = today_question::Entity::find()
        .filter(today_question::Column::UserId.eq(person))
        .order_by_asc(today_question::Column::Day)
        .all(connection)
        .await?;
    let day = |row: today_question::Model| TodayFile {
        day: row.day,
        question_id: row.question_id,
        swaps: unsigned(row.swaps),
        answered_interview_id: row.answered_interview_id,
    };
    Ok(rows.into_iter().map(day).collect())
}

/// The ledger.
pub async fn ledger(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<LedgerFile>, Error> {
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::UserId.eq(person))
        .order_by_asc(ledger_entry::Column::Id)
        .all(connection)
        .await?;
    let line = |row: ledger_entry::Model| {
        Ok(LedgerFile {
            id: row.id,
            action: word(&row.action)?,
            reason: word(&row.reason)?,
            units: row.units,
            interview_id: row.interview_id,
            day: row.day,
            key: without_mark(&row.idempotency_key).to_owned(),
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(line).collect()
}

/// Résumés and job postings.
pub async fn documents(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<DocumentFile>, Error> {
    let rows = document::Entity::find()
        .filter(document::Column::UserId.eq(person))
        .order_by_asc(document::Column::Id)
        .all(connection)
        .await?;
    let file = |row: document::Model| {
        Ok(DocumentFile {
            id: row.id,
            request_id: row.request_id,
            kind: word(&row.kind)?,
            title: row.title,
            text: row.text,
            file: row.file.as_deref().map(word).transpose()?,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(file).collect()
}

/// What means something on this installation alone.
pub async fn installation(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<InstallationFile, Error> {
    let shares = share::Entity::find()
        .filter(share::Column::InterviewId.in_subquery(interviews_of(person)))
        .order_by_asc(share::Column::Id)
        .all(connection)
        .await?;
    let tokens = api_token::Entity::find()
        .filter(api_token::Column::UserId.eq(person))
        .order_by_asc(api_token::Column::Id)
        .all(connection)
        .await?;
    let logins = identity::Entity::find()
        .filter(identity::Column::UserId.eq(person))
        .order_by_asc(identity::Column::Provider)
        .order_by_asc(identity::Column::Subject)
        .all(connection)
        .await?;
    let limits = action_limit::Entity::find()
        .filter(action_limit::Column::UserId.eq(person))
        .order_by_asc(action_limit::Column::Action)
        .all(connection)
        .await?;
    let used = allowance::Entity::find()
        .filter(allowance::Column::UserId.eq(person))
        .order_by_asc(allowance::Column::Day)
        .order_by_asc(allowance::Column::Action)
        .all(connection)
        .await?;
    let past_questions = past_question::Entity::find()
        .filter(past_question::Column::UserId.eq(person))
        .order_by_asc(past_question::Column::Id)
        .all(connection)
        .await?;
    let past_question =
        |row: past_question::Model| PastQuestionFile { id: row.id, status: row.status, reason: row.reason };
    let share = |row: share::Model| ShareFile {
        interview_id: row.interview_id,
        with_name: row.with_name,
        with_material: row.with_material,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    let token = |row: api_token::Model| TokenFile {
        name: row.name,
        scope: row.scope,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
    };
    let login = |row: identity::Model| LoginFile {
        provider: row.provider,
        subject: row.subject,
        label: row.label,
        linked_at: row.linked_at,
    };
    Ok(InstallationFile {
        shares: shares.into_iter().map(share).collect(),
        tokens: tokens.into_iter().map(token).collect(),
        logins: logins.into_iter().map(login).collect(),
        limits: limits
            .into_iter()
            .map(|row| LimitFile { action: row.action, daily_limit: row.daily_limit })
            .collect(),
        used: used
            .into_iter()
            .map(|row| UsedFile { day: row.day, action: row.action, used: row.used })
            .collect(),
        past_questions: past_questions.into_iter().map(past_question).collect(),
    })
}

/// The moment at which an account was made, and what it may do.
pub fn made(row: &user::Model) -> Result<(DateTime<Utc>, crate::Role), Error> {
    Ok((row.created_at, word(&row.role)?))
}
