//! Cover letters in a takeout: one file each, with the whole history. What is proposed to a letter and not decided on is left out.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FileFault;
use super::archive::Archive;
use super::check;
use super::identity::renamed;
use crate::entities::{letter, letter_version};
use crate::error::{Error, OrInternal};
use crate::interview::store::{signed, unsigned};
use crate::letters::service::store;
use crate::letters::{LETTERS_MAX, LetterContent, VERSIONS_MAX, VersionKind, export, parse_content};

/// Most letters in a file: each may bring a text to read along.
pub const FILES_MAX: usize = LETTERS_MAX as usize;
/// Ids in one query: databases take only so many values.
const AT_ONCE: usize = 500;

/// Where a letter stands. Names come from ids alone.
pub fn letter_file(id: Uuid) -> String {
    format!("letters/{id}.json")
}

/// The letter that a name stands for, if it is one of ours to the letter.
pub fn letter_of(name: &str) -> Option<Uuid> {
    let id: Uuid = name.strip_prefix("letters/")?.strip_suffix(".json")?.parse().ok()?;
    (letter_file(id) == name).then_some(id)
}

/// `letters/<id>.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterFile {
    pub id: Uuid,
    pub request_id: Uuid,
    pub revision: u32,
    pub content: LetterContent,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// The oldest first.
    pub versions: Vec<VersionFile>,
}

/// What a letter was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionFile {
    pub id: Uuid,
    pub kind: VersionKind,
    pub revision: u32,
    pub content: LetterContent,
    pub begun_at: DateTime<Utc>,
    pub saved_at: DateTime<Utc>,
}

/// What is known of a letter before it is stored.
#[derive(Clone, Copy, Debug)]
pub struct LetterHead {
    pub id: Uuid,
    pub request_id: Uuid,
}

/// Ids of a person's letters, the oldest first.
pub async fn ids(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Uuid>, Error> {
    let ids = letter::Entity::find()
        .filter(letter::Column::UserId.eq(person))
        .order_by_asc(letter::Column::Id)
        .select_only()
        .column(letter::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids)
}

/// A letter with its history. None when it was deleted meanwhile.
pub async fn row(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> Result<Option<LetterFile>, Error> {
    let owned = letter::Entity::find_by_id(id).filter(letter::Column::UserId.eq(person));
    let Some(row) = owned.one(connection).await? else { return Ok(None) };
    let versions = letter_version::Entity::find()
        .filter(letter_version::Column::LetterId.eq(id))
        .order_by_asc(letter_version::Column::Id)
        .all(connection)
        .await?;
    let version = |row: letter_version::Model| {
        Ok(VersionFile {
            id: row.id,
            kind: row.kind.parse().or_internal("reading what is exported")?,
            revision: unsigned(row.revision),
            content: store::content(&row.content)?,
            begun_at: row.begun_at,
            saved_at: row.saved_at,
        })
    };
    Ok(Some(LetterFile {
        id: row.id,
        request_id: row.request_id,
        revision: unsigned(row.revision),
        content: store::content(&row.content)?,
        created_at: row.created_at,
        updated_at: row.updated_at,
        versions: versions.into_iter().map(version).collect::<Result<_, Error>>()?,
    }))
}

/// A letter to be read by people.
pub fn markdown(file: &LetterFile) -> String {
    export::markdown(&file.content)
}

/// What is known of every letter of a file, once all of them were read and checked.
///
/// # Errors
/// What is wrong with one of them.
pub fn heads(archive: &mut Archive) -> Result<Vec<LetterHead>, FileFault> {
    let mut requests = HashSet::new();
    let mut heads = Vec::new();
    for id in archive.letters.clone() {
        let file = read(archive, id)?;
        if !requests.insert(file.request_id) {
            return Err(FileFault::Malformed);
        }
        heads.push(LetterHead { id, request_id: file.request_id });
    }
    Ok(heads)
}

/// One letter, read and checked.
///
/// # Errors
/// What is wrong with it.
pub fn read(archive: &mut Archive, id: Uuid) -> Result<LetterFile, FileFault> {
    let file: LetterFile = archive.read_letter(id)?;
    let mut versions = HashSet::new();
    let is_ours = file.id == id
        && is_storable(&file.content)
        && file.versions.len() <= VERSIONS_MAX as usize
        && file.versions.iter().all(|version| versions.insert(version.id) && is_storable(&version.content));
    if !is_ours {
        return Err(FileFault::Malformed);
    }
    let times = file.versions.iter().flat_map(|version| [version.begun_at, version.saved_at]);
    times.chain([file.created_at, file.updated_at]).try_for_each(check::time)?;
    let counts = file.versions.iter().map(|version| version.revision);
    counts.chain([file.revision]).try_for_each(check::count)?;
    Ok(file)
}

/// Whether a content could have been saved here, to the letter.
fn is_storable(content: &LetterContent) -> bool {
    parse_content(content.clone()).is_ok_and(|parsed| parsed == *content)
}

/// Which letters are stored, and under which id: those that the person does not have, by their id or by what they were asked for under.
pub async fn place(
    connection: &impl ConnectionTrait,
    person: Uuid,
    heads: &[LetterHead],
) -> Result<HashMap<Uuid, Uuid>, Error> {
    let own: Vec<(Uuid, Uuid)> = letter::Entity::find()
        .filter(letter::Column::UserId.eq(person))
        .select_only()
        .columns([letter::Column::Id, letter::Column::RequestId])
        .into_tuple()
        .all(connection)
        .await?;
    let (own, requests): (HashSet<Uuid>, HashSet<Uuid>) = own.into_iter().unzip();
    let mut others: HashSet<Uuid> = HashSet::new();
    for heads in heads.chunks(AT_ONCE) {
        let found: Vec<Uuid> = letter::Entity::find()
            .filter(letter::Column::Id.is_in(heads.iter().map(|head| head.id)))
            .filter(letter::Column::UserId.ne(person))
            .select_only()
            .column(letter::Column::Id)
            .into_tuple()
            .all(connection)
            .await?;
        others.extend(found);
    }
    let place = |head: &LetterHead| {
        let here = if others.contains(&head.id) { renamed(person, head.id) } else { head.id };
        let is_here = own.contains(&here) || requests.contains(&head.request_id);
        (!is_here).then_some((head.id, here))
    };
    Ok(heads.iter().filter_map(place).collect())
}

/// Stores a letter under an id.
pub async fn insert(
    connection: &impl ConnectionTrait,
    person: Uuid,
    here: Uuid,
    file: LetterFile,
) -> Result<(), Error> {
    letter::Entity::insert(letter::ActiveModel {
        id: Set(here),
        user_id: Set(person),
        request_id: Set(file.request_id),
        revision: Set(signed(file.revision)),
        title: Set(file.content.title.clone()),
        company: Set(file.content.company.clone()),
        role: Set(file.content.role.clone()),
        content: Set(store::json(&file.content)?),
        created_at: Set(file.created_at),
        updated_at: Set(file.updated_at),
    })
    .exec_without_returning(connection)
    .await?;
    let taken: Vec<Uuid> = letter_version::Entity::find()
        .filter(letter_version::Column::Id.is_in(file.versions.iter().map(|version| version.id)))
        .select_only()
        .column(letter_version::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    for version in file.versions {
        let id = if taken.contains(&version.id) { renamed(person, version.id) } else { version.id };
        letter_version::Entity::insert(letter_version::ActiveModel {
            id: Set(id),
            letter_id: Set(here),
            kind: Set(version.kind.to_string()),
            revision: Set(signed(version.revision)),
            content: Set(store::json(&version.content)?),
            begun_at: Set(version.begun_at),
            saved_at: Set(version.saved_at),
        })
        .exec_without_returning(connection)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_are_letters() {
        let id = Uuid::from_u128(7);
        assert_eq!(letter_of(&letter_file(id)), Some(id));
        for name in [
            "letters/../account.json",
            "letters/x.json",
            "interviews/00000000-0000-0000-0000-000000000007.json",
        ] {
            assert_eq!(letter_of(name), None, "{name}");
        }
    }
}
