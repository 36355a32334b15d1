//! The approved past questions in memory: read and indexed anew when one has changed, whichever node changed it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::row::{self, Stored};
use super::{CompanyOption, PastStatus};
use crate::app::App;
use crate::entities::past_question;
use crate::error::{Error, OrInternal};
use crate::interview::{Availability, select};
use crate::questions::{ASKED, Field, Language, Level, NAMED, Passage, SAID, SearchIndex};
use crate::scoring::Trigrams;

/// Keeps what was read last. One reads it again, others wait for that.
#[derive(Debug, Default)]
pub struct PastLibrary(Mutex<Option<Arc<Approved>>>);

/// The approved past questions at a moment, the latest first.
#[derive(Debug)]
pub struct Approved {
    seen: Seen,
    entries: Vec<Entry>,
    index: SearchIndex,
}

/// One of them, ready to be asked and to be compared.
#[derive(Clone, Debug)]
pub struct Entry {
    pub stored: Stored,
    pub trigrams: Trigrams,
}

/// What differs as soon as an approved one is added, changed or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    count: u64,
    changed_at: Option<DateTime<Utc>>,
}

fn approved() -> Select<past_question::Entity> {
    past_question::Entity::find().filter(past_question::Column::Status.eq(PastStatus::Approved.as_str()))
}

async fn seen(connection: &impl ConnectionTrait) -> Result<Seen, Error> {
    let changed_at = approved()
        .select_only()
        .column(past_question::Column::UpdatedAt)
        .order_by_desc(past_question::Column::UpdatedAt)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(Seen { count: approved().count(connection).await?, changed_at })
}

impl PastLibrary {
    /// The approved ones as they are now.
    ///
    /// # Errors
    /// Internal ones only.
    pub(super) async fn read(&self, app: &App) -> Result<Arc<Approved>, Error> {
        let connection = app.database.reader();
        let mut kept = self.0.lock().await;
        // Before the rows: what changes in between is read again the next time.
        let seen = seen(connection).await?;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.seen == seen) {
            return Ok(kept.clone());
        }
        let rows = approved()
            .order_by_desc(past_question::Column::AskedOn)
            .order_by_desc(past_question::Column::Id)
            .all(connection)
            .await?;
        let stored: Vec<Stored> =
            rows.into_iter().map(|row| row::stored(&app.bank, row)).collect::<Result<_, _>>()?;
        // Reading many words keeps a thread busy.
        let for_thread = app.clone();
        let read = tokio::task::spawn_blocking(move || Approved::of(&for_thread, seen, stored));
        let read = Arc::new(read.await.or_internal("indexing past questions")?);
        *kept = Some(read.clone());
        Ok(read)
    }
}

impl Approved {
    fn of(app: &App, seen: Seen, stored: Vec<Stored>) -> Self {
        let index = SearchIndex::of(stored.iter().map(passages));
        // Not before there is one: reading the whole bank is for nothing then.
        let entry = |stored: Stored| Entry {
            trigrams: app.library().weigh(&stored.view.question, stored.view.language),
            stored,
        };
        Self { seen, index, entries: stored.into_iter().map(entry).collect() }
    }

    /// All of them, or what a search finds, the best first.
    pub fn find(&self, text: Option<&str>) -> Vec<&Entry> {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                let found = self.index.search(text);
                found.into_iter().filter_map(|place| self.entries.get(place as usize)).collect()
            }
            None => self.entries.iter().collect(),
        }
    }

    /// The one of that id.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.stored.view.id == id)
    }

    /// Those of a field in a language, on one of the topics when some are named.
    pub fn pool(&self, field: Field, language: Language, topics: &[String]) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| {
            let view = &entry.stored.view;
            let topic = view.topic.as_ref();
            view.field == field
                && view.language == language
                && (topics.is_empty() || topic.is_some_and(|topic| topics.contains(&topic.id)))
        })
    }

    /// The companies that they name, each with how many of its questions suit which interviews, in alphabetical order.
    pub fn companies(&self) -> Vec<CompanyOption> {
        let mut groups: BTreeMap<(&str, Field), Vec<&Entry>> = BTreeMap::new();
        for entry in &self.entries {
            let view = &entry.stored.view;
            groups.entry((view.company.as_str(), view.field)).or_default().push(entry);
        }
        let option = |((company, field), entries): ((&str, Field), Vec<&Entry>)| CompanyOption {
            company: company.to_owned(),
            field,
            available: suiting(&entries),
        };
        groups.into_iter().map(option).collect()
    }

    /// Every value that one of their columns has, in alphabetical order.
    pub fn values(&self, of: impl Fn(&Entry) -> &str) -> Vec<String> {
        let mut values: Vec<String> = self.entries.iter().map(|entry| of(entry).to_owned()).collect();
        values.sort();
        values.dedup();
        values
    }
}

/// How many suit an interview, where there are any.
fn suiting(entries: &[&Entry]) -> Vec<Availability> {
    let mut found = Vec::new();
    for &language in Language::ALL {
        for &level in Level::ALL {
            let suits = |entry: &&&Entry| {
                entry.stored.view.language == language && select::suits(&entry.stored.question, level)
            };
            let questions = u32::try_from(entries.iter().filter(suits).count()).unwrap_or(u32::MAX);
            if questions > 0 {
                found.push(Availability { level, language, questions });
            }
        }
    }
    found
}

fn passages(stored: &Stored) -> Vec<Passage<'_>> {
    let view = &stored.view;
    let mut passages: Vec<Passage<'_>> =
        vec![(view.question.as_str(), ASKED), (view.company.as_str(), ASKED), (view.job.as_str(), NAMED)];
    if let Some(topic) = &view.topic {
        passages.extend([(topic.ko.as_str(), NAMED), (topic.en.as_str(), NAMED)]);
    }
    passages.push((stored.question.model_answer.as_str(), SAID));
    passages
}
