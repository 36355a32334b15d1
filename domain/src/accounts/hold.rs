//! Holding an account: its row, locked until a transaction ends.
//!
//! Whoever holds one does so before anything else in the transaction, and several in the order of their ids. Who began with something
//! of the person's and came to the account later would wait for somebody who holds the account and comes to that.

use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QuerySelect, Select};
use uuid::Uuid;

use crate::Problem;
use crate::app::App;
use crate::entities::user;
use crate::error::Error;

/// How often something is tried that the database gave up because of others.
const TRIES: u32 = 3;

/// What must not happen meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Nobody else changes the account, or holds it. Others go on adding to what is the person's.
    Account,
    /// Nobody adds anything to what is the person's either: for deleting it, and for what looks first at everything that is there.
    Everything,
}

/// The account, held until the transaction ends; none when it is gone.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    id: Uuid,
    hold: Hold,
) -> Result<Option<user::Model>, Error> {
    Ok(held(transaction, user::Entity::find_by_id(id), hold).one(transaction).await?)
}

/// The accounts that a query finds, to be held.
pub(crate) fn held(
    transaction: &DatabaseTransaction,
    query: Select<user::Entity>,
    hold: Hold,
) -> Select<user::Entity> {
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() != DbBackend::Postgres {
        return query;
    }
    query.lock(match hold {
        // Adding a row that belongs to a person locks the key of their account, which this leaves alone.
        Hold::Account => LockType::NoKeyUpdate,
        Hold::Everything => LockType::Update,
    })
}

/// Does what deletes a whole account, again when it met somebody who had begun with something of that person's: then each waits for
/// the other, and PostgreSQL makes one of the two give up.
///
/// # Errors
/// Those of the work.
pub(crate) async fn again<T, F>(app: &App, work: impl Fn() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    for _ in 1..TRIES {
        match work().await {
            Err(Error::Problem(Problem::Busy)) if !app.database.is_exclusive() => {}
            done => return done,
        }
    }
    work().await
}
