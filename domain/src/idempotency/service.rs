//! Keeping requests by their keys. A request is written down before its work begins and its reply after: when the program dies in
//! between, the work is taken up under the same id once its lease is over.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, UpdateMany};
use uuid::Uuid;

use super::{Claim, Key, Reply};
use crate::Problem;
use crate::app::App;
use crate::entities::idempotency_key as row;
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;

/// How long one may be at work before another may take it up. No request takes as long.
const LEASE: Duration = Duration::seconds(60);
/// How long a reply is kept.
const KEPT: Duration = Duration::hours(24);
/// Most requests of one person that are kept: ten thousand replies a day are more than anybody practises.
pub const KEYS_MAX: u64 = 10_000;
/// Seconds after which some of them may be forgotten.
const COME_BACK: u32 = 3_600;

/// Finds out what is to be done with a request, and takes the work when it is to be done. `request` is everything that makes it this
/// one, in parts.
///
/// # Errors
/// [`Problem::TooManyAttempts`] for a new key when too many are kept.
pub async fn claim(app: &App, viewer: &Viewer, key: &Key, request: &[&[u8]]) -> Result<Claim, Error> {
    let (now, writer) = (app.now(), app.database.writer());
    row::Entity::delete_many()
        .filter(row::Column::UserId.eq(viewer.id))
        .filter(row::Column::KeyHash.eq(key.hash()))
        .filter(row::Column::ExpiresAt.lte(now))
        .exec(writer)
        .await?;
    let new = row::Model {
        user_id: viewer.id,
        key_hash: key.hash().to_owned(),
        request_hash: key.mark(request),
        request_id: Uuid::now_v7(),
        leased_until: now + LEASE,
        reply: None,
        expires_at: now + KEPT,
    };
    if insert(app, &new).await? {
        let own = row::Entity::find().filter(row::Column::UserId.eq(viewer.id));
        if own.count(writer).await? <= KEYS_MAX {
            return Ok(Claim::Work(new.request_id));
        }
        row::Entity::delete_by_id((viewer.id, new.key_hash)).exec(writer).await?;
        return Err(Problem::TooManyAttempts { retry_after_seconds: COME_BACK }.into());
    }
    let known = row::Entity::find_by_id((viewer.id, key.hash().to_owned())).one(writer).await?;
    let Some(known) = known else {
        // It was forgotten between the two: whoever asks again finds it new.
        return Ok(Claim::UnderWay { retry_after_seconds: 1 });
    };
    if known.request_hash != new.request_hash {
        return Ok(Claim::OtherRequest);
    }
    if let Some(sealed) = &known.reply {
        let opened = key.open(sealed).ok_or_else(|| anyhow::anyhow!("a kept reply cannot be opened"))?;
        return Ok(Claim::Done(serde_json::from_slice(&opened).or_internal("reading a kept reply")?));
    }
    if known.leased_until > now || !take_up(app, &known, now).await? {
        let left = (known.leased_until - now).num_seconds();
        return Ok(Claim::UnderWay { retry_after_seconds: u32::try_from(left).unwrap_or(0).max(1) });
    }
    Ok(Claim::Work(known.request_id))
}

/// Keeps the reply to a request, to be told again.
///
/// # Errors
/// Internal ones only.
pub async fn keep(app: &App, viewer: &Viewer, key: &Key, reply: &Reply) -> Result<(), Error> {
    let text = serde_json::to_vec(reply).or_internal("keeping a reply")?;
    let sealed = key.seal(&text).ok_or_else(|| anyhow::anyhow!("a reply could not be sealed"))?;
    of(viewer, key).col_expr(row::Column::Reply, Expr::value(sealed)).exec(app.database.writer()).await?;
    Ok(())
}

/// Lets the work be taken up again at once: it failed for no reason of the request's own.
///
/// # Errors
/// Internal ones only.
pub async fn give_up(app: &App, viewer: &Viewer, key: &Key) -> Result<(), Error> {
    of(viewer, key)
        .col_expr(row::Column::LeasedUntil, Expr::value(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// Forgets what is over: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// Writes a request down unless its key is there already; says whether it was written. Of two at once only one is.
async fn insert(app: &App, new: &row::Model) -> Result<bool, Error> {
    let added = row::Entity::insert(row::ActiveModel {
        user_id: Set(new.user_id),
        key_hash: Set(new.key_hash.clone()),
        request_hash: Set(new.request_hash.clone()),
        request_id: Set(new.request_id),
        leased_until: Set(new.leased_until),
        reply: Set(None),
        expires_at: Set(new.expires_at),
    })
    .on_conflict(
        OnConflict::columns([row::Column::UserId, row::Column::KeyHash])
            .do_nothing_on([row::Column::UserId])
            .to_owned(),
    )
    .exec_without_returning(app.database.writer())
    .await
    .map_err(Error::adding_to_account)?;
    Ok(added == 1)
}

/// Takes the work up whose lease is over. Of two at once only one finds the lease as it was.
async fn take_up(app: &App, known: &row::Model, now: DateTime<Utc>) -> Result<bool, Error> {
    let taken = row::Entity::update_many()
        .col_expr(row::Column::LeasedUntil, Expr::value(now + LEASE))
        .filter(row::Column::UserId.eq(known.user_id))
        .filter(row::Column::KeyHash.eq(known.key_hash.as_str()))
        .filter(row::Column::LeasedUntil.eq(known.leased_until))
        .filter(row::Column::Reply.is_null())
        .exec(app.database.writer())
        .await?;
    Ok(taken.rows_affected == 1)
}

fn of(viewer: &Viewer, key: &Key) -> UpdateMany<row::Entity> {
    row::Entity::update_many()
        .filter(row::Column::UserId.eq(viewer.id))
        .filter(row::Column::KeyHash.eq(key.hash()))
        .filter(row::Column::Reply.is_null())
}
