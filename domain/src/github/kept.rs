//! GitHub's answers as they are kept: by their address, for a week. After a day they are asked for again, by the version that is known.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::entities::github_cache;
use crate::error::{Error, OrInternal};

/// How long an answer is believed without asking.
pub const FRESH: Duration = Duration::hours(24);
/// How long it is kept to be shown when GitHub does not answer.
pub const KEPT: Duration = Duration::days(7);

/// An answer that was kept.
pub struct Kept<T> {
    pub value: T,
    pub etag: Option<String>,
    pub fetched_at: DateTime<Utc>,
}

/// What is kept under an address. What another version of Daedap kept in another form is as good as nothing.
pub async fn read<T: DeserializeOwned>(app: &App, url: &str) -> Result<Option<Kept<T>>, Error> {
    let row = github_cache::Entity::find_by_id(url.to_owned())
        .filter(github_cache::Column::FetchedAt.gt(app.now() - KEPT))
        .one(app.database.reader())
        .await?;
    Ok(row.and_then(|row| {
        let value = serde_json::from_value(row.value).ok()?;
        Some(Kept { value, etag: row.etag, fetched_at: row.fetched_at })
    }))
}

/// Keeps an answer.
pub async fn write<T: Serialize>(app: &App, url: &str, etag: Option<String>, value: &T) -> Result<(), Error> {
    let row = github_cache::ActiveModel {
        url: Set(url.to_owned()),
        etag: Set(etag),
        value: Set(serde_json::to_value(value).or_internal("keeping an answer of GitHub")?),
        fetched_at: Set(app.now()),
    };
    github_cache::Entity::insert(row)
        .on_conflict(
            OnConflict::column(github_cache::Column::Url)
                .update_columns([
                    github_cache::Column::Etag,
                    github_cache::Column::Value,
                    github_cache::Column::FetchedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(app.database.writer())
        .await?;
    Ok(())
}

/// An answer is what it was.
pub async fn confirm(app: &App, url: &str) -> Result<(), Error> {
    github_cache::Entity::update_many()
        .col_expr(github_cache::Column::FetchedAt, Expr::value(app.now()))
        .filter(github_cache::Column::Url.eq(url))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// Removes what is too old to be shown.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    github_cache::Entity::delete_many()
        .filter(github_cache::Column::FetchedAt.lte(app.now() - KEPT))
        .exec(app.database.writer())
        .await?;
    Ok(())
}
