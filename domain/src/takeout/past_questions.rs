//! Past questions in a takeout. What comes back is its person's alone and waits for nobody: no file approves anything, gets round the
//! number of those that wait, or puts anything before moderators. What became of one stays where moderators decided it, and is told.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FileFault;
use super::check;
use super::identity::renamed;
use crate::entities::past_question;
use crate::error::{Error, OrInternal};
use crate::past_questions::{Details, PastStatus, is_well_formed};

/// Where they stand. Not in files of the first version.
pub const PAST_QUESTIONS: &str = "past-questions.json";
/// Most in a file, and of a person by importing.
pub const FILES_MAX: usize = 5_000;
/// Most characters of a topic's id.
const TOPIC_MAX: usize = 100;
/// Ids in one query, and rows in one statement: databases take only so many values.
const AT_ONCE: usize = 200;

const READING: &str = "reading what is exported";

/// One of `past-questions.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastFile {
    pub id: Uuid,
    pub request_id: Uuid,
    pub details: Details,
    pub created_at: DateTime<Utc>,
}

/// A person's past questions, the oldest first.
pub async fn rows(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<PastFile>, Error> {
    let rows = past_question::Entity::find()
        .filter(past_question::Column::UserId.eq(person))
        .order_by_asc(past_question::Column::Id)
        .all(connection)
        .await?;
    let file = |row: past_question::Model| {
        Ok(PastFile {
            id: row.id,
            request_id: row.request_id,
            details: Details {
                question: row.question,
                language: row.language.parse().or_internal(READING)?,
                field: row.field.parse().or_internal(READING)?,
                level: row.level.parse().or_internal(READING)?,
                topic: row.topic,
                company: row.company,
                job: row.job,
                asked_on: row.asked_on,
                source: row.source,
                source_url: row.source_url,
            },
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(file).collect()
}

/// Whether they are as somebody could have handed them in.
pub fn check(files: &[PastFile]) -> check::Checked {
    let (mut ids, mut requests) = (HashSet::new(), HashSet::new());
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let is_ours = |file: &PastFile| {
        let topic = file.details.topic.as_deref();
        ids.insert(file.id)
            && requests.insert(file.request_id)
            && is_well_formed(&file.details)
            && topic.is_none_or(|topic| topic.len() <= TOPIC_MAX && topic.chars().all(plain))
    };
    if files.len() > FILES_MAX || !files.iter().all(is_ours) {
        return Err(FileFault::Malformed);
    }
    files.iter().try_for_each(|file| check::time(file.created_at))
}

/// Which of them are stored, in the order of the file, and under which id: those that the person does not have, by their id or by what
/// they were handed in under.
pub async fn place(
    connection: &impl ConnectionTrait,
    person: Uuid,
    files: &[PastFile],
) -> Result<Vec<Option<Uuid>>, Error> {
    let own: Vec<(Uuid, Uuid)> = past_question::Entity::find()
        .filter(past_question::Column::UserId.eq(person))
        .select_only()
        .columns([past_question::Column::Id, past_question::Column::RequestId])
        .into_tuple()
        .all(connection)
        .await?;
    let (own, requests): (HashSet<Uuid>, HashSet<Uuid>) = own.into_iter().unzip();
    let mut others: HashSet<Uuid> = HashSet::new();
    for files in files.chunks(AT_ONCE) {
        // Approved ones may be nobody's any more.
        let not_own = Condition::any()
            .add(past_question::Column::UserId.is_null())
            .add(past_question::Column::UserId.ne(person));
        let found: Vec<Uuid> = past_question::Entity::find()
            .filter(past_question::Column::Id.is_in(files.iter().map(|file| file.id)))
            .filter(not_own)
            .select_only()
            .column(past_question::Column::Id)
            .into_tuple()
            .all(connection)
            .await?;
        others.extend(found);
    }
    let place = |file: &PastFile| {
        let here = if others.contains(&file.id) { renamed(person, file.id) } else { file.id };
        let is_here = own.contains(&here) || requests.contains(&file.request_id);
        (!is_here).then_some(here)
    };
    Ok(files.iter().map(place).collect())
}

/// Stores those that are placed.
pub async fn insert(
    connection: &impl ConnectionTrait,
    person: Uuid,
    files: &[PastFile],
    placed: &[Option<Uuid>],
) -> Result<(), Error> {
    let rows = files.iter().zip(placed).filter_map(|(file, id)| {
        let details = file.details.clone();
        Some(past_question::ActiveModel {
            id: Set((*id)?),
            user_id: Set(Some(person)),
            request_id: Set(file.request_id),
            language: Set(details.language.to_string()),
            field: Set(details.field.to_string()),
            topic: Set(details.topic),
            level: Set(details.level.to_string()),
            company: Set(details.company),
            job: Set(details.job),
            asked_on: Set(details.asked_on),
            source: Set(details.source),
            source_url: Set(details.source_url),
            question: Set(details.question),
            status: Set(PastStatus::Kept.to_string()),
            reason: Set(None),
            answer_key: Set(None),
            by_model: Set(false),
            rev: Set(1),
            created_at: Set(file.created_at),
            updated_at: Set(file.created_at),
            decided_at: Set(None),
        })
    });
    let rows: Vec<past_question::ActiveModel> = rows.collect();
    for rows in rows.chunks(AT_ONCE) {
        past_question::Entity::insert_many(rows.to_vec()).exec_without_returning(connection).await?;
    }
    Ok(())
}
