//! Counting what is stored of a person.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::Holdings;
use crate::entities::{
    assessment, document, drill_card, interview, ledger_entry, letter, notebook_entry, past_question, share,
    today_question, turn,
};
use crate::error::Error;

/// How much is stored of a person, by kind.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn holdings(connection: &impl ConnectionTrait, person: Uuid) -> Result<Holdings, Error> {
    let count = |rows: u64| u32::try_from(rows).unwrap_or(u32::MAX);
    let own = || interviews_of(person);
    let interviews = interview::Entity::find().filter(interview::Column::UserId.eq(person));
    let turns = turn::Entity::find().filter(turn::Column::InterviewId.in_subquery(own()));
    let assessments = assessment::Entity::find().filter(assessment::Column::InterviewId.in_subquery(own()));
    let letters = letter::Entity::find().filter(letter::Column::UserId.eq(person));
    let shares = share::Entity::find().filter(share::Column::InterviewId.in_subquery(own()));
    let notebook = notebook_entry::Entity::find().filter(notebook_entry::Column::UserId.eq(person));
    let cards = drill_card::Entity::find().filter(drill_card::Column::UserId.eq(person));
    let days = today_question::Entity::find().filter(today_question::Column::UserId.eq(person));
    let ledger = ledger_entry::Entity::find().filter(ledger_entry::Column::UserId.eq(person));
    let documents = document::Entity::find().filter(document::Column::UserId.eq(person));
    let past = past_question::Entity::find().filter(past_question::Column::UserId.eq(person));
    Ok(Holdings {
        interviews: count(interviews.count(connection).await?),
        turns: count(turns.count(connection).await?),
        assessments: count(assessments.count(connection).await?),
        letters: count(letters.count(connection).await?),
        notebook_entries: count(notebook.count(connection).await?),
        drill_cards: count(cards.count(connection).await?),
        today_questions: count(days.count(connection).await?),
        ledger_entries: count(ledger.count(connection).await?),
        shares: count(shares.count(connection).await?),
        documents: count(documents.count(connection).await?),
        past_questions: count(past.count(connection).await?),
    })
}

/// The ids of a person's interviews, as a part of another query.
pub(super) fn interviews_of(person: Uuid) -> SelectStatement {
    interview::Entity::find()
        .filter(interview::Column::UserId.eq(person))
        .select_only()
        .column(interview::Column::Id)
        .into_query()
}
