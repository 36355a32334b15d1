//! Signing up and in, and what a person keeps about themselves.

use std::net::IpAddr;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::{DisplayName, EmailAddress, NewAccount, Password, ProfileEdit, ProfileView, Username};
use crate::app::App;
use crate::entities::user;
use crate::error::{Error, OrInternal};
use crate::questions::{Field, Language};
use crate::{InputField, Problem, Reason, Role, Viewer, receipts, takeout};

/// A person who has just proved who they are: what the session has to remember.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    /// A session with another number is dead.
    pub credentials_rev: i32,
}

/// Makes an account of the role member.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Taken`] on `username` or `email`, [`Problem::TooManyAttempts`].
pub async fn register(app: &App, account: NewAccount, address: Option<IpAddr>) -> Result<SignedIn, Error> {
    app.throttle.sign_up(address)?;
    create(app, account, Role::Member).await
}

/// Makes an account of any role: for the operator's command line.
///
/// # Errors
/// As [`register`].
pub async fn create(app: &App, account: NewAccount, role: Role) -> Result<SignedIn, Error> {
    let username = Username::parse(&account.username)?;
    let email = EmailAddress::parse(&account.email)?;
    let password =
        Password::parse_confirmed(&account.password, &account.password_confirmation, username.as_str())?;
    let language = account.language.parse().unwrap_or(Language::Korean);
    // Looked up before the costly hash; the constraint decides below.
    if let Some(field) = taken(app.database.reader(), &username, &email).await? {
        return Err(Problem::Taken { field }.into());
    }
    let password_hash = app.passwords.hash(password).await?;
    let row = user::ActiveModel {
        id: Set(Uuid::now_v7()),
        username: Set(username.as_str().to_owned()),
        username_key: Set(username.key()),
        email: Set(email.as_str().to_owned()),
        email_key: Set(email.key()),
        password_hash: Set(password_hash),
        credentials_rev: Set(0),
        display_name: Set(username.as_str().to_owned()),
        language: Set(language.to_string()),
        time_zone: Set(app.settings.time_zone.name().to_owned()),
        fields: Set(serde_json::json!([])),
        role: Set(role.to_string()),
        created_at: Set(app.now()),
        retention_days: Set(None),
    };
    match row.insert(app.database.writer()).await {
        Ok(row) => signed_in(row),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            // Somebody was faster. Which of the two it is, the rows say; the text of the error differs between databases.
            let field =
                taken(app.database.writer(), &username, &email).await?.unwrap_or(InputField::Username);
            Err(Problem::Taken { field }.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Checks a user name (or an e-mail address) and its password.
///
/// # Errors
/// [`Problem::WrongCredentials`], the same for an unknown name; [`Problem::TooManyAttempts`].
pub async fn sign_in(
    app: &App,
    name: &str,
    password: &str,
    address: Option<IpAddr>,
) -> Result<SignedIn, Error> {
    // PostgreSQL refuses to look for a NUL. No name and no address has a space.
    let key = name.trim().to_lowercase().replace('\0', " ");
    app.throttle.attempt(&key, address)?;
    // A longer one belongs to nobody; it is not hashed, so that it costs nothing.
    let password: String = password.chars().take(129).collect();
    let row = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(&key).or(user::Column::EmailKey.eq(&key)))
        .one(app.database.reader())
        .await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone());
    match (app.passwords.verify(&password, hash).await?, row) {
        (true, Some(row)) => signed_in(row),
        _ => Err(Problem::WrongCredentials.into()),
    }
}

/// Whom a session stands for, if it still does.
///
/// # Errors
/// Internal ones only.
pub async fn resume(app: &App, user_id: Uuid, credentials_rev: i32) -> Result<Option<Viewer>, Error> {
    user::Entity::find_by_id(user_id)
        .filter(user::Column::CredentialsRev.eq(credentials_rev))
        .one(app.database.reader())
        .await?
        .map(viewer)
        .transpose()
}

/// The viewer's profile.
///
/// # Errors
/// Internal ones only.
pub async fn profile(app: &App, viewer: &Viewer) -> Result<ProfileView, Error> {
    let row = find(app, viewer).await?;
    let fields: Vec<String> = serde_json::from_value(row.fields).or_internal("reading a profile")?;
    Ok(ProfileView {
        username: row.username,
        email: row.email,
        display_name: row.display_name,
        language: row.language.parse().or_internal("reading a profile")?,
        time_zone: row.time_zone,
        fields: fields.iter().filter_map(|field| field.parse().ok()).collect(),
    })
}

/// Changes the profile, all of it or nothing.
///
/// # Errors
/// [`Problem::Invalid`].
pub async fn save_profile(app: &App, viewer: &Viewer, edit: ProfileEdit) -> Result<Viewer, Error> {
    let display_name = DisplayName::parse(&edit.display_name)?;
    let not_offered = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    let language: Language = edit.language.parse().map_err(|_| not_offered(InputField::Language))?;
    let zone: chrono_tz::Tz = edit.time_zone.parse().map_err(|_| not_offered(InputField::TimeZone))?;
    let fields = edit
        .fields
        .iter()
        .map(|field| field.parse())
        .collect::<Result<Vec<Field>, _>>()
        .map_err(|_| not_offered(InputField::Fields))?;
    user::Entity::update_many()
        .col_expr(user::Column::DisplayName, Expr::value(display_name.as_str()))
        .col_expr(user::Column::Language, Expr::value(language.as_str()))
        .col_expr(user::Column::TimeZone, Expr::value(zone.name()))
        .col_expr(
            user::Column::Fields,
            Expr::value(serde_json::to_value(fields).or_internal("saving a profile")?),
        )
        .filter(user::Column::Id.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    self::viewer(find(app, viewer).await?)
}

/// Changes the password. Every session but the one that gets the returned number is dead.
///
/// # Errors
/// [`Problem::Invalid`] on `current_password`, `password` or `password_confirmation`; [`Problem::TooManyAttempts`].
pub async fn change_password(
    app: &App,
    viewer: &Viewer,
    current: &str,
    password: &str,
    confirmation: &str,
) -> Result<SignedIn, Error> {
    prove(app, viewer, InputField::CurrentPassword, current).await?;
    let password = Password::parse_confirmed(password, confirmation, &viewer.username)?;
    let password_hash = app.passwords.hash(password).await?;
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(user::Column::CredentialsRev, Expr::col(user::Column::CredentialsRev).add(1))
        .filter(user::Column::Id.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    signed_in(find(app, viewer).await?)
}

/// Deletes the account and everything of it, and returns the id of the receipt.
///
/// # Errors
/// [`Problem::Invalid`] on `password`; [`Problem::TooManyAttempts`].
pub async fn delete(app: &App, viewer: &Viewer, password: &str) -> Result<Uuid, Error> {
    prove(app, viewer, InputField::Password, password).await?;
    let transaction = app.database.begin().await?;
    let mut account = user::Entity::find_by_id(viewer.id);
    // Nothing comes in between counting and deleting. SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        account = account.lock_exclusive();
    }
    account.one(&transaction).await?.ok_or(Problem::SignInRequired)?;
    let deleted = takeout::holdings(&transaction, viewer.id).await?;
    user::Entity::delete_by_id(viewer.id).exec(&transaction).await?;
    let receipt = receipts::service::write(app, &transaction, deleted).await?;
    transaction.commit().await?;
    app.database.forget_deleted().await?;
    Ok(receipt)
}

/// An account in the operator's list.
#[derive(Clone, Debug)]
pub struct AccountLine {
    pub id: Uuid,
    pub username: String,
    pub email: String,
    pub role: Role,
    pub created_at: chrono::DateTime<chrono::Utc>,
}

/// Every account, oldest first: for the operator's command line.
///
/// # Errors
/// Internal ones only.
pub async fn list(app: &App) -> Result<Vec<AccountLine>, Error> {
    user::Entity::find()
        .order_by_asc(user::Column::Id)
        .all(app.database.reader())
        .await?
        .into_iter()
        .map(line)
        .collect()
}

/// The account of a user name: for the operator's command line.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn find_by_name(app: &App, username: &str) -> Result<AccountLine, Error> {
    let row = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(username.trim().to_lowercase()))
        .one(app.database.reader())
        .await?;
    line(row.ok_or(Problem::NotFound)?)
}

/// Gives an account another role, from its next request on: for the operator's command line.
///
/// # Errors
/// Internal ones only.
pub async fn set_role(app: &App, id: Uuid, role: Role) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(user::Column::Role, Expr::value(role.as_str()))
        .filter(user::Column::Id.eq(id))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

fn line(row: user::Model) -> Result<AccountLine, Error> {
    Ok(AccountLine {
        id: row.id,
        role: row.role.parse().or_internal("reading an account")?,
        username: row.username,
        email: row.email,
        created_at: row.created_at,
    })
}

/// Lets the viewer prove to be the owner once more, before something that cannot be undone.
async fn prove(app: &App, viewer: &Viewer, field: InputField, password: &str) -> Result<(), Error> {
    app.throttle.attempt(&viewer.username.to_lowercase(), None)?;
    let password: String = password.chars().take(129).collect();
    let hash = find(app, viewer).await?.password_hash;
    match app.passwords.verify(&password, Some(hash)).await? {
        true => Ok(()),
        false => Err(Problem::Invalid { field, reason: Reason::Wrong }.into()),
    }
}

async fn find(app: &App, viewer: &Viewer) -> Result<user::Model, Error> {
    let row = user::Entity::find_by_id(viewer.id).one(app.database.writer()).await?;
    Ok(row.ok_or(Problem::SignInRequired)?)
}

/// Which of the two another account has.
async fn taken(
    connection: &impl ConnectionTrait,
    username: &Username,
    email: &EmailAddress,
) -> Result<Option<InputField>, Error> {
    let row = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(username.key()).or(user::Column::EmailKey.eq(email.key())))
        .one(connection)
        .await?;
    Ok(row.map(|row| match row.username_key == username.key() {
        true => InputField::Username,
        false => InputField::Email,
    }))
}

fn signed_in(row: user::Model) -> Result<SignedIn, Error> {
    Ok(SignedIn { credentials_rev: row.credentials_rev, viewer: viewer(row)? })
}

fn viewer(row: user::Model) -> Result<Viewer, Error> {
    Ok(Viewer {
        id: row.id,
        language: row.language.parse().or_internal("reading an account")?,
        role: row.role.parse().or_internal("reading an account")?,
        username: row.username,
        display_name: row.display_name,
        time_zone: row.time_zone,
    })
}
