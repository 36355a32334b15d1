//! Reading and writing settings by their keys. Another setting is another `Key`.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Registration;
use crate::app::App;
use crate::entities::setting;
use crate::error::{Error, OrInternal};

/// A setting: its name in the table, and what holds until somebody sets it.
pub struct Key<T> {
    pub name: &'static str,
    pub default: fn() -> T,
}

/// Who may make an account.
pub const REGISTRATION: Key<Registration> = Key { name: "registration", default: || Registration::Open };

/// Most days that interviews are kept, whatever a person chose; none leaves it to the person.
pub const RETENTION_MAX_DAYS: Key<Option<u32>> = Key { name: "retention-max-days", default: || None };

/// What holds.
///
/// # Errors
/// When the database does not answer, or the stored value is of another form than this version knows.
pub async fn read<T: DeserializeOwned>(connection: &impl ConnectionTrait, key: &Key<T>) -> Result<T, Error> {
    match setting::Entity::find_by_id(key.name).one(connection).await? {
        Some(row) => serde_json::from_value(row.value).or_internal("reading a setting"),
        None => Ok((key.default)()),
    }
}

/// Sets it, from the next time that it is read.
///
/// # Errors
/// Internal ones only.
pub async fn write<T: Serialize>(
    app: &App,
    connection: &impl ConnectionTrait,
    key: &Key<T>,
    value: &T,
) -> Result<(), Error> {
    setting::Entity::insert(setting::ActiveModel {
        key: Set(key.name.to_owned()),
        value: Set(serde_json::to_value(value).or_internal("storing a setting")?),
        updated_at: Set(app.now()),
    })
    .on_conflict(
        OnConflict::column(setting::Column::Key)
            .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
            .to_owned(),
    )
    .exec_without_returning(connection)
    .await?;
    Ok(())
}

/// Takes it back: its default holds again.
///
/// # Errors
/// Internal ones only.
pub async fn clear<T>(connection: &impl ConnectionTrait, key: &Key<T>) -> Result<(), Error> {
    setting::Entity::delete_by_id(key.name).exec(connection).await?;
    Ok(())
}

/// Who may make an account now.
///
/// # Errors
/// Internal ones only.
pub async fn registration(app: &App) -> Result<Registration, Error> {
    read(app.database.reader(), &REGISTRATION).await
}
