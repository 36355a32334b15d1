//! Cover letters: one that nobody has changed for as long as interviews are kept goes with them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::app::App;
use crate::entities::letter;
use crate::error::Error;

/// When each letter of a person was changed last.
pub async fn changed(connection: &impl ConnectionTrait, person: Uuid) -> Result<Vec<DateTime<Utc>>, Error> {
    let times = letter::Entity::find()
        .filter(letter::Column::UserId.eq(person))
        .select_only()
        .column(letter::Column::UpdatedAt)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(times)
}

/// Deletes the letters of some people that were not changed since a moment. Says how many.
pub async fn delete_old(app: &App, people: SelectStatement, before: DateTime<Utc>) -> Result<u64, Error> {
    let deleted = letter::Entity::delete_many()
        .filter(letter::Column::UserId.in_subquery(people))
        .filter(letter::Column::UpdatedAt.lt(before))
        .exec(app.database.writer())
        .await?;
    Ok(deleted.rows_affected)
}
