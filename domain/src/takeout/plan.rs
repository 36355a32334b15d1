//! What of a file is to be stored, under which ids.
//!
//! What the person has already is left as it is. What has the id of something of somebody else's gets another one, wherever it is named;
//! whose it is, and that there is anything, nobody is told.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::FileFault;
use super::file::{CardFile, DocumentFile, EntryFile, LedgerFile};
use super::holdings::interviews_of;
use super::identity::{made_key, renamed, without_mark};
use super::letters;
use super::outline::{Head, Outline};
use super::past_questions;
use crate::Problem;
use crate::documents::DOCUMENTS_MAX;
use crate::entities::{
    document, drill_card, interview, interview_question, ledger_entry, notebook_entry, today_question,
};
use crate::error::Error;
use crate::interview::asked::made_row;

/// Ids in one query: databases take only so many values.
const AT_ONCE: usize = 500;

/// What is to be done with a file.
pub struct Plan {
    pub person: Uuid,
    /// Interviews of the file that are stored, by their id there.
    pub interviews: HashSet<Uuid>,
    /// Letters of the file that are stored, by their id there, and under which id.
    pub letters: HashMap<Uuid, Uuid>,
    /// Whether each of the others is stored, in the order of the file, and under which id.
    pub notebook: Vec<Option<Uuid>>,
    pub drill: Vec<Option<Uuid>>,
    pub today: Vec<bool>,
    pub ledger: Vec<Option<Uuid>>,
    pub documents: Vec<Option<Uuid>>,
    pub past_questions: Vec<Option<Uuid>>,
    /// What becomes of ids of interviews and of their questions. What is not in here stays.
    ids: HashMap<Uuid, Uuid>,
    /// Interviews that the person has, once everything is stored.
    owned: HashSet<Uuid>,
}

impl Plan {
    /// Looks up what is there already.
    ///
    /// # Errors
    /// Internal ones, [`Problem::WrongFile`] when ids of the file meet each other, and [`Problem::TooManyDocuments`].
    pub async fn of(
        connection: &impl ConnectionTrait,
        person: Uuid,
        outline: &Outline,
    ) -> Result<Self, Error> {
        let mut plan = Self {
            person,
            interviews: HashSet::new(),
            letters: letters::place(connection, person, &outline.letters).await?,
            notebook: Vec::new(),
            drill: Vec::new(),
            today: Vec::new(),
            ledger: Vec::new(),
            documents: Vec::new(),
            past_questions: past_questions::place(connection, person, &outline.past_questions).await?,
            ids: HashMap::new(),
            owned: HashSet::new(),
        };
        plan.place_interviews(connection, &outline.interviews).await?;
        plan.place_questions(connection, &outline.interviews).await?;
        plan.place_mentioned(connection, outline).await?;
        plan.place_notebook(connection, &outline.notebook).await?;
        plan.place_drill(connection, &outline.drill).await?;
        plan.place_ledger(connection, &outline.ledger).await?;
        plan.place_documents(connection, &outline.documents).await?;
        let days: Vec<NaiveDate> = today_question::Entity::find()
            .filter(today_question::Column::UserId.eq(person))
            .select_only()
            .column(today_question::Column::Day)
            .into_tuple()
            .all(connection)
            .await?;
        let days: HashSet<NaiveDate> = days.into_iter().collect();
        plan.today = outline.today.iter().map(|given| !days.contains(&given.day)).collect();
        Ok(plan)
    }

    /// How many rows the interviews become that are stored.
    pub fn rows(&self, outline: &Outline) -> usize {
        let stored = outline.interviews.iter().filter(|head| self.interviews.contains(&head.id));
        stored.map(|head| head.rows).sum()
    }

    /// What an id of the file is called here.
    pub fn id(&self, id: Uuid) -> Uuid {
        self.ids.get(&id).copied().unwrap_or(id)
    }

    /// The same for an interview that has to be there.
    pub fn owned_interview(&self, id: Option<Uuid>) -> Option<Uuid> {
        id.map(|id| self.id(id)).filter(|id| self.owned.contains(id))
    }

    /// What the key of a question is called here: a made question is named by its row.
    pub fn question_key(&self, key: &str) -> String {
        made_row(key).map_or_else(|| key.to_owned(), |row| made_key(self.id(row)))
    }

    /// What the key of a ledger line is called here: it ends with the interview that the line is about.
    pub fn ledger_key(&self, line: &LedgerFile) -> String {
        match line.interview_id {
            Some(id) => line.key.replace(&id.to_string(), &self.id(id).to_string()),
            None => line.key.clone(),
        }
    }

    async fn place_interviews(
        &mut self,
        connection: &impl ConnectionTrait,
        heads: &[Head],
    ) -> Result<(), Error> {
        let mut found = Interviews::default();
        for heads in heads.chunks(AT_ONCE) {
            found.look_up(connection, self.person, heads.iter().map(|head| head.id)).await?;
            found.look_up_requests(connection, self.person, heads).await?;
        }
        let elsewhere: Vec<Uuid> =
            heads.iter().map(|head| head.id).filter(|id| found.others.contains(id)).collect();
        for ids in elsewhere.chunks(AT_ONCE) {
            let again = ids.iter().map(|id| renamed(self.person, *id));
            found.look_up(connection, self.person, again).await?;
        }
        for head in heads {
            let here = match found.others.contains(&head.id) {
                true => renamed(self.person, head.id),
                false => head.id,
            };
            if let Some(same) = found.own.get(&here).or(found.by_request.get(&head.request_id)) {
                self.ids.insert(head.id, *same);
            } else {
                self.ids.insert(head.id, here);
                self.interviews.insert(head.id);
            }
            self.owned.insert(self.id(head.id));
        }
        Ok(())
    }

    async fn place_questions(
        &mut self,
        connection: &impl ConnectionTrait,
        heads: &[Head],
    ) -> Result<(), Error> {
        for heads in heads.chunks(AT_ONCE) {
            let (added, kept): (Vec<&Head>, Vec<&Head>) =
                heads.iter().partition(|head| self.interviews.contains(&head.id));
            let here = kept.iter().map(|head| self.id(head.id));
            let rows = question_rows(connection, interview_question::Column::InterviewId, here).await?;
            let at: HashMap<(Uuid, i32), Uuid> =
                rows.into_iter().map(|(id, interview, position)| ((interview, position), id)).collect();
            for head in kept {
                let interview = self.id(head.id);
                for (position, id) in (0..).zip(&head.questions) {
                    if let Some(row) = at.get(&(interview, position)) {
                        self.ids.insert(*id, *row);
                    }
                }
            }
            let questions: Vec<Uuid> = added.iter().flat_map(|head| head.questions.iter().copied()).collect();
            for ids in questions.chunks(AT_ONCE) {
                let rows =
                    question_rows(connection, interview_question::Column::Id, ids.iter().copied()).await?;
                for (id, ..) in rows {
                    self.ids.insert(id, renamed(self.person, id));
                }
            }
        }
        Ok(())
    }

    /// Interviews and questions that are named in the file and do not stand in it: they were deleted, or somebody made them up.
    async fn place_mentioned(
        &mut self,
        connection: &impl ConnectionTrait,
        outline: &Outline,
    ) -> Result<(), Error> {
        let retakes = outline.interviews.iter().filter_map(|head| head.retake_of);
        let entries = outline.notebook.iter().map(|entry| entry.interview_id);
        let days = outline.today.iter().filter_map(|given| given.answered_interview_id);
        let lines = outline.ledger.iter().filter_map(|line| line.interview_id);
        let mentioned = retakes.chain(entries).chain(days).chain(lines);
        let mentioned: HashSet<Uuid> = mentioned.filter(|id| !self.ids.contains_key(id)).collect();
        let mentioned: Vec<Uuid> = mentioned.into_iter().collect();
        let mut found = Interviews::default();
        for ids in mentioned.chunks(AT_ONCE) {
            found.look_up(connection, self.person, ids.iter().copied()).await?;
        }
        self.owned.extend(found.own.keys());
        for id in found.others {
            self.ids.insert(id, renamed(self.person, id));
        }
        let keys = outline.notebook.iter().map(|entry| &entry.question_key);
        let keys = keys.chain(outline.drill.iter().map(|card| &card.question_key));
        let rows: HashSet<Uuid> =
            keys.filter_map(|key| made_row(key)).filter(|id| !self.ids.contains_key(id)).collect();
        let rows: Vec<Uuid> = rows.into_iter().collect();
        for ids in rows.chunks(AT_ONCE) {
            let others: Vec<Uuid> = interview_question::Entity::find()
                .filter(interview_question::Column::Id.is_in(ids.iter().copied()))
                .filter(interview_question::Column::InterviewId.not_in_subquery(interviews_of(self.person)))
                .select_only()
                .column(interview_question::Column::Id)
                .into_tuple()
                .all(connection)
                .await?;
            for id in others {
                self.ids.insert(id, renamed(self.person, id));
            }
        }
        Ok(())
    }

    async fn place_notebook(
        &mut self,
        connection: &impl ConnectionTrait,
        entries: &[EntryFile],
    ) -> Result<(), Error> {
        let own: Vec<(Uuid, String, String)> = notebook_entry::Entity::find()
            .filter(notebook_entry::Column::UserId.eq(self.person))
            .select_only()
            .columns([
                notebook_entry::Column::Id,
                notebook_entry::Column::QuestionKey,
                notebook_entry::Column::Language,
            ])
            .into_tuple()
            .all(connection)
            .await?;
        let ids: HashSet<Uuid> = own.iter().map(|(id, ..)| *id).collect();
        let mut keys: HashSet<(String, String)> =
            own.into_iter().map(|(_, key, language)| (key, language)).collect();
        let mut others = HashSet::new();
        for entries in entries.chunks(AT_ONCE) {
            let found: Vec<Uuid> = notebook_entry::Entity::find()
                .filter(notebook_entry::Column::Id.is_in(entries.iter().map(|entry| entry.id)))
                .filter(notebook_entry::Column::UserId.ne(self.person))
                .select_only()
                .column(notebook_entry::Column::Id)
                .into_tuple()
                .all(connection)
                .await?;
            others.extend(found);
        }
        let placed = entries.iter().map(|entry| {
            let key = (self.question_key(&entry.question_key), entry.language.to_string());
            self.place(entry.id, &ids, &others, &mut keys, key)
        });
        let placed = placed.collect();
        self.notebook = placed;
        Ok(())
    }

    async fn place_drill(
        &mut self,
        connection: &impl ConnectionTrait,
        cards: &[CardFile],
    ) -> Result<(), Error> {
        let own: Vec<(Uuid, String, String, String)> = drill_card::Entity::find()
            .filter(drill_card::Column::UserId.eq(self.person))
            .select_only()
            .columns([
                drill_card::Column::Id,
                drill_card::Column::QuestionKey,
                drill_card::Column::PointId,
                drill_card::Column::Language,
            ])
            .into_tuple()
            .all(connection)
            .await?;
        let ids: HashSet<Uuid> = own.iter().map(|(id, ..)| *id).collect();
        let mut keys: HashSet<(String, String, String)> =
            own.into_iter().map(|(_, key, point, language)| (key, point, language)).collect();
        let mut others = HashSet::new();
        for cards in cards.chunks(AT_ONCE) {
            let found: Vec<Uuid> = drill_card::Entity::find()
                .filter(drill_card::Column::Id.is_in(cards.iter().map(|card| card.id)))
                .filter(drill_card::Column::UserId.ne(self.person))
                .select_only()
                .column(drill_card::Column::Id)
                .into_tuple()
                .all(connection)
                .await?;
            others.extend(found);
        }
        let placed = cards.iter().map(|card| {
            let key =
                (self.question_key(&card.question_key), card.point_id.clone(), card.language.to_string());
            self.place(card.id, &ids, &others, &mut keys, key)
        });
        let placed = placed.collect();
        self.drill = placed;
        Ok(())
    }

    async fn place_ledger(
        &mut self,
        connection: &impl ConnectionTrait,
        lines: &[LedgerFile],
    ) -> Result<(), Error> {
        let own: Vec<(Uuid, String)> = ledger_entry::Entity::find()
            .filter(ledger_entry::Column::UserId.eq(self.person))
            .select_only()
            .columns([ledger_entry::Column::Id, ledger_entry::Column::IdempotencyKey])
            .into_tuple()
            .all(connection)
            .await?;
        let ids: HashSet<Uuid> = own.iter().map(|(id, _)| *id).collect();
        let mut keys: HashSet<String> =
            own.into_iter().map(|(_, key)| without_mark(&key).to_owned()).collect();
        let mut others = HashSet::new();
        for lines in lines.chunks(AT_ONCE) {
            let found: Vec<Uuid> = ledger_entry::Entity::find()
                .filter(ledger_entry::Column::Id.is_in(lines.iter().map(|line| line.id)))
                .filter(ledger_entry::Column::UserId.ne(self.person))
                .select_only()
                .column(ledger_entry::Column::Id)
                .into_tuple()
                .all(connection)
                .await?;
            others.extend(found);
        }
        let placed = lines.iter().map(|line| {
            let key = without_mark(&self.ledger_key(line)).to_owned();
            self.place(line.id, &ids, &others, &mut keys, key)
        });
        let placed = placed.collect();
        self.ledger = placed;
        Ok(())
    }

    async fn place_documents(
        &mut self,
        connection: &impl ConnectionTrait,
        files: &[DocumentFile],
    ) -> Result<(), Error> {
        let own: Vec<(Uuid, Uuid)> = document::Entity::find()
            .filter(document::Column::UserId.eq(self.person))
            .select_only()
            .columns([document::Column::Id, document::Column::RequestId])
            .into_tuple()
            .all(connection)
            .await?;
        let held = own.len();
        let ids: HashSet<Uuid> = own.iter().map(|(id, _)| *id).collect();
        let mut keys: HashSet<Uuid> = own.into_iter().map(|(_, request)| request).collect();
        // A file has a few of them at most.
        let others: Vec<Uuid> = document::Entity::find()
            .filter(document::Column::Id.is_in(files.iter().map(|file| file.id)))
            .filter(document::Column::UserId.ne(self.person))
            .select_only()
            .column(document::Column::Id)
            .into_tuple()
            .all(connection)
            .await?;
        let others: HashSet<Uuid> = others.into_iter().collect();
        let placed = files.iter().map(|file| self.place(file.id, &ids, &others, &mut keys, file.request_id));
        let placed: Vec<Option<Uuid>> = placed.collect();
        let added = placed.iter().flatten().count();
        if added > 0 && held + added > DOCUMENTS_MAX as usize {
            return Err(Problem::TooManyDocuments { max: DOCUMENTS_MAX }.into());
        }
        self.documents = placed;
        Ok(())
    }

    /// Under which id something is stored; none when the person has it already, by its id or by what it is about.
    fn place<K: Hash + Eq>(
        &self,
        id: Uuid,
        own: &HashSet<Uuid>,
        others: &HashSet<Uuid>,
        keys: &mut HashSet<K>,
        key: K,
    ) -> Option<Uuid> {
        let here = if others.contains(&id) { renamed(self.person, id) } else { id };
        (!own.contains(&here) && keys.insert(key)).then_some(here)
    }
}

/// What is known of interviews that are there already.
#[derive(Default)]
struct Interviews {
    own: HashMap<Uuid, Uuid>,
    by_request: HashMap<Uuid, Uuid>,
    others: HashSet<Uuid>,
}

impl Interviews {
    async fn look_up(
        &mut self,
        connection: &impl ConnectionTrait,
        person: Uuid,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<(), Error> {
        let rows: Vec<(Uuid, Uuid)> = interview::Entity::find()
            .filter(interview::Column::Id.is_in(ids))
            .select_only()
            .columns([interview::Column::Id, interview::Column::UserId])
            .into_tuple()
            .all(connection)
            .await?;
        for (id, owner) in rows {
            match owner == person {
                true => {
                    self.own.insert(id, id);
                }
                false => {
                    self.others.insert(id);
                }
            }
        }
        Ok(())
    }

    async fn look_up_requests(
        &mut self,
        connection: &impl ConnectionTrait,
        person: Uuid,
        heads: &[Head],
    ) -> Result<(), Error> {
        let rows: Vec<(Uuid, Uuid)> = interview::Entity::find()
            .filter(interview::Column::UserId.eq(person))
            .filter(Expr::col(interview::Column::RequestId).is_in(heads.iter().map(|head| head.request_id)))
            .select_only()
            .columns([interview::Column::RequestId, interview::Column::Id])
            .into_tuple()
            .all(connection)
            .await?;
        self.by_request.extend(rows);
        Ok(())
    }
}

/// Id, interview and position of questions that are there already.
async fn question_rows(
    connection: &impl ConnectionTrait,
    column: interview_question::Column,
    ids: impl Iterator<Item = Uuid>,
) -> Result<Vec<(Uuid, Uuid, i32)>, Error> {
    let rows = interview_question::Entity::find()
        .filter(column.is_in(ids))
        .select_only()
        .columns([
            interview_question::Column::Id,
            interview_question::Column::InterviewId,
            interview_question::Column::Position,
        ])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows)
}

/// Ids of the file that meet each other once they are stored: nobody's export has such.
pub const fn clash() -> Problem {
    Problem::WrongFile { fault: FileFault::Malformed }
}
