//! Signing up and in, and what a person keeps about themselves.

use std::net::IpAddr;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, QueryFilter, QueryOrder, SqlErr,
};
use uuid::Uuid;

use super::hold::{Hold, again, hold};
use super::one_time_link::{self, LinkPurpose};
use super::proof::Proof;
use super::{
    DisplayName, EmailAddress, NewAccount, Password, ProfileEdit, ProfileView, Username, registration,
};
use crate::admin::{self, service::By};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::user;
use crate::error::{Error, OrInternal};
use crate::identities::NewIdentityAccount;
use crate::questions::{Field, Language};
use crate::{InputField, Problem, Reason, Role, Viewer, past_questions, receipts, takeout};

/// A person who has just proved who they are: what the session has to remember.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    /// A session with another number is dead.
    pub credentials_rev: i32,
}

/// Makes an account of the role member, when whoever may register is allowed to.
///
/// # Errors
/// As [`register_invited`].
pub async fn register(app: &App, account: NewAccount, address: Option<IpAddr>) -> Result<SignedIn, Error> {
    register_invited(app, account, None, address).await
}

/// The same with an invitation, which is used up if one is needed.
///
/// # Errors
/// [`Problem::RegistrationClosed`], [`Problem::InvitationNeeded`]; [`Problem::Invalid`], [`Problem::Taken`] on `username` or
/// `email`; [`Problem::TooManyAttempts`].
pub async fn register_invited(
    app: &App,
    account: NewAccount,
    invitation: Option<&str>,
    address: Option<IpAddr>,
) -> Result<SignedIn, Error> {
    app.throttle.sign_up(address)?;
    // Whoever may not register costs no hash.
    registration::may_register(app, invitation).await?;
    let new = prepare(app, account, Role::Member).await?;
    let transaction = app.database.begin().await?;
    registration::admit(app, &transaction, invitation).await?;
    match new.insert(&transaction).await {
        Ok(row) => {
            transaction.commit().await?;
            signed_in(row)
        }
        Err(error) => {
            // The invitation works again.
            transaction.rollback().await?;
            Err(new.explain(app, error).await)
        }
    }
}

/// Makes an account of any role: for the operator's command line.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Taken`] on `username` or `email`.
pub async fn create(app: &App, account: NewAccount, role: Role) -> Result<SignedIn, Error> {
    let new = prepare(app, account, role).await?;
    let transaction = app.database.begin().await?;
    match new.insert(&transaction).await {
        Ok(row) => {
            let details = serde_json::json!({ "role": role });
            audit::write(app, &transaction, None, AuditAction::AccountCreated, Some(row.id), details).await?;
            transaction.commit().await?;
            signed_in(row)
        }
        Err(error) => {
            transaction.rollback().await?;
            Err(new.explain(app, error).await)
        }
    }
}

/// An account that only has to be stored: everything about it was checked, and the password is hashed.
pub(crate) struct Prepared {
    username: Username,
    email: EmailAddress,
    row: user::ActiveModel,
}

/// Checks a sign-up and hashes its password.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Taken`] on `username` or `email`.
pub(super) async fn prepare(app: &App, account: NewAccount, role: Role) -> Result<Prepared, Error> {
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
    Ok(prepared(app, username, email, password_hash, language, role))
}

/// Checks a sign-up without a password: another login opens the account.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::Taken`] on `username` or `email`.
pub(crate) async fn prepare_without_password(
    app: &App,
    account: NewIdentityAccount,
) -> Result<Prepared, Error> {
    let username = Username::parse(&account.username)?;
    let email = EmailAddress::parse(&account.email)?;
    let language = account.language.parse().unwrap_or(Language::Korean);
    if let Some(field) = taken(app.database.reader(), &username, &email).await? {
        return Err(Problem::Taken { field }.into());
    }
    // No password fits what is no hash.
    Ok(prepared(app, username, email, String::new(), language, Role::Member))
}

fn prepared(
    app: &App,
    username: Username,
    email: EmailAddress,
    password_hash: String,
    language: Language,
    role: Role,
) -> Prepared {
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
        banned_at: Set(None),
        ban_reason: Set(None),
        retention_days: Set(None),
        github_name: Set(None),
    };
    Prepared { username, email, row }
}

impl Prepared {
    /// Stores it. A failure is for [`Prepared::explain`], once the transaction is rolled back.
    pub(crate) async fn insert(&self, transaction: &impl ConnectionTrait) -> Result<user::Model, DbErr> {
        self.row.clone().insert(transaction).await
    }

    /// What a failure to store it means. Somebody may have been faster: which of the two it is, the rows say; the text of the error
    /// differs between databases.
    pub(crate) async fn explain(&self, app: &App, error: DbErr) -> Error {
        if !matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return error.into();
        }
        match taken(app.database.writer(), &self.username, &self.email).await {
            Ok(field) => Problem::Taken { field: field.unwrap_or(InputField::Username) }.into(),
            Err(error) => error,
        }
    }
}

/// Checks a user name (or an e-mail address) and its password.
///
/// # Errors
/// [`Problem::WrongCredentials`], the same for an unknown name; [`Problem::Banned`] once the password was right;
/// [`Problem::TooManyAttempts`].
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
        .filter(user::Column::BannedAt.is_null())
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
        has_password: !row.password_hash.is_empty(),
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

/// Changes the password, or sets the first one. Every session but the one that gets the returned number is dead.
///
/// # Errors
/// [`Problem::Invalid`] on `current_password`, `password` or `password_confirmation`, and on `username` for an account without a
/// password; [`Problem::SignInAgain`]; [`Problem::TooManyAttempts`].
pub async fn change_password(
    app: &App,
    viewer: &Viewer,
    proof: impl Into<Proof<'_>>,
    password: &str,
    confirmation: &str,
) -> Result<SignedIn, Error> {
    prove(app, viewer, InputField::CurrentPassword, proof.into()).await?;
    let password = Password::parse_confirmed(password, confirmation, &viewer.username)?;
    let password_hash = app.passwords.hash(password).await?;
    let transaction = app.database.begin().await?;
    hold(&transaction, viewer.id, Hold::Account).await?.ok_or(Problem::SignInRequired)?;
    set_password(&transaction, viewer.id, password_hash).await?;
    transaction.commit().await?;
    signed_in(find(app, viewer).await?)
}

/// Gives an account that is held another password. All its sessions and tokens end, and so do links that would set one.
pub(super) async fn set_password(
    transaction: &DatabaseTransaction,
    user_id: Uuid,
    password_hash: String,
) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(user::Column::CredentialsRev, Expr::col(user::Column::CredentialsRev).add(1))
        .filter(user::Column::Id.eq(user_id))
        .exec(transaction)
        .await?;
    one_time_link::revoke_all(transaction, LinkPurpose::PasswordReset, user_id).await
}

/// Deletes the account and everything of it, and returns the id of the receipt.
///
/// # Errors
/// [`Problem::Invalid`] on `password`, or on `username` for an account without one; [`Problem::SignInAgain`];
/// [`Problem::TooManyAttempts`]; [`Problem::LastAdmin`].
pub async fn delete(app: &App, viewer: &Viewer, proof: impl Into<Proof<'_>>) -> Result<Uuid, Error> {
    prove(app, viewer, InputField::Password, proof.into()).await?;
    let receipt = again(app, || delete_once(app, viewer.id)).await?;
    app.database.forget_deleted().await?;
    Ok(receipt)
}

async fn delete_once(app: &App, id: Uuid) -> Result<Uuid, Error> {
    let transaction = app.database.begin().await?;
    // Whoever leaves is asked for nobody's permission, but leaves somebody behind who looks after the others.
    admin::service::another_admin_stays(&transaction, id).await?;
    // Nothing comes in between counting and deleting.
    hold(&transaction, id, Hold::Everything).await?.ok_or(Problem::SignInRequired)?;
    past_questions::service::release(&transaction, id).await?;
    let deleted = takeout::holdings(&transaction, id).await?;
    user::Entity::delete_by_id(id).exec(&transaction).await?;
    let receipt = receipts::service::write(app, &transaction, deleted).await?;
    transaction.commit().await?;
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
    pub is_banned: bool,
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

/// Whom a user name stands for, to act on their behalf: for the operator's command line.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn viewer_by_name(app: &App, username: &str) -> Result<Viewer, Error> {
    let row = user::Entity::find()
        .filter(user::Column::UsernameKey.eq(username.trim().to_lowercase()))
        .one(app.database.reader())
        .await?;
    viewer(row.ok_or(Problem::NotFound)?)
}

/// Gives an account another role, from its next request on: for the operator's command line.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::LastAdmin`].
pub async fn set_role(app: &App, id: Uuid, role: Role) -> Result<(), Error> {
    admin::service::set_role(app, By::CommandLine, id, role).await
}

fn line(row: user::Model) -> Result<AccountLine, Error> {
    Ok(AccountLine {
        id: row.id,
        role: row.role.parse().or_internal("reading an account")?,
        username: row.username,
        email: row.email,
        created_at: row.created_at,
        is_banned: row.banned_at.is_some(),
    })
}

/// Lets the viewer prove to be the owner once more, before something that cannot be undone.
async fn prove(app: &App, viewer: &Viewer, field: InputField, proof: Proof<'_>) -> Result<(), Error> {
    app.throttle.attempt(&viewer.username.to_lowercase(), None)?;
    let hash = find(app, viewer).await?.password_hash;
    if hash.is_empty() {
        return Ok(proof.without_password(viewer, app.now())?);
    }
    let password: String = proof.typed.chars().take(129).collect();
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

/// The one way from an account to somebody who acts for it: whoever is suspended gets no further.
pub(crate) fn signed_in(row: user::Model) -> Result<SignedIn, Error> {
    if row.banned_at.is_some() {
        return Err(Problem::Banned.into());
    }
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
