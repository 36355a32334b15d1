//! Making, listing and revoking API tokens, and finding out whom one stands for.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::{CreatedToken, NewToken, Scope, TOKENS_MAX, TokenDays, TokenOrigin, TokenView, secret};
use crate::accounts;
use crate::accounts::hold::{Hold, hold};
use crate::accounts::service::SignedIn;
use crate::app::App;
use crate::entities::{api_token, user};
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Most characters of a name.
const NAME_MAX: u32 = 40;
/// What a token is called that came about by signing in. The screens have words of their own.
const SIGN_IN_NAME: &str = "API sign-in";
/// Days that a token works which came about by signing in: as long as a session.
const SIGN_IN_DAYS: i64 = 30;
/// Most tokens of one person that came about by signing in. One more takes the place of the oldest.
const SIGN_INS_MAX: u64 = 10;

/// Whom a secret stands for.
#[derive(Clone, Debug)]
pub struct Authenticated {
    pub viewer: Viewer,
    pub scope: Scope,
    pub token_id: Uuid,
}

/// Makes a token.
///
/// # Errors
/// [`Problem::Invalid`] on `name`, `scope` or `expiry`; [`Problem::TooManyTokens`].
pub async fn create(app: &App, viewer: &Viewer, new: NewToken) -> Result<CreatedToken, Error> {
    let name = parse_name(&new.name)?;
    let not_offered = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    let scope: Scope = new.scope.parse().map_err(|_| not_offered(InputField::Scope))?;
    let days: TokenDays = new.expiry.parse().map_err(|_| not_offered(InputField::Expiry))?;
    let transaction = app.database.begin().await?;
    // Locked, so that two calls at once do not both find room for one more.
    let person = lock_person(&transaction, viewer.id).await?;
    let made = live(app, &person).filter(api_token::Column::Origin.eq(TokenOrigin::Person.as_str()));
    if made.count(&transaction).await? >= u64::from(TOKENS_MAX) {
        return Err(Problem::TooManyTokens { max: TOKENS_MAX }.into());
    }
    let expires_at = days.count().map(|days| app.now() + Duration::days(days.into()));
    let token = Token { name: &name, scope, origin: TokenOrigin::Person, expires_at };
    let created = insert(app, &transaction, &person, person.credentials_rev, token).await?;
    transaction.commit().await?;
    Ok(created)
}

/// Makes the token of a program that has just signed in with name and password, and returns its secret. Beyond a handful of them the
/// oldest one ends.
///
/// # Errors
/// Internal ones only.
pub async fn create_for_sign_in(app: &App, signed_in: &SignedIn) -> Result<String, Error> {
    let transaction = app.database.begin().await?;
    let person = lock_person(&transaction, signed_in.viewer.id).await?;
    let kept: Vec<Uuid> = live(app, &person)
        .filter(api_token::Column::Origin.eq(TokenOrigin::SignIn.as_str()))
        .order_by_desc(api_token::Column::Id)
        .limit(SIGN_INS_MAX - 1)
        .select_only()
        .column(api_token::Column::Id)
        .into_tuple()
        .all(&transaction)
        .await?;
    api_token::Entity::delete_many()
        .filter(api_token::Column::UserId.eq(person.id))
        .filter(api_token::Column::Origin.eq(TokenOrigin::SignIn.as_str()))
        .filter(api_token::Column::Id.is_not_in(kept))
        .exec(&transaction)
        .await?;
    let expires_at = Some(app.now() + Duration::days(SIGN_IN_DAYS));
    let token = Token { name: SIGN_IN_NAME, scope: Scope::Write, origin: TokenOrigin::SignIn, expires_at };
    // The number that was proved: when the password changed meanwhile, the token never works.
    let created = insert(app, &transaction, &person, signed_in.credentials_rev, token).await?;
    transaction.commit().await?;
    Ok(created.secret)
}

/// The viewer's tokens that work now, newest first.
///
/// # Errors
/// Internal ones only.
pub async fn list(app: &App, viewer: &Viewer) -> Result<Vec<TokenView>, Error> {
    let reader = app.database.reader();
    let person = user::Entity::find_by_id(viewer.id).one(reader).await?.ok_or(Problem::SignInRequired)?;
    let rows = live(app, &person).order_by_desc(api_token::Column::Id).all(reader).await?;
    rows.into_iter().map(view).collect()
}

/// Ends a token: whoever shows it is nobody from now on.
///
/// # Errors
/// [`Problem::NotFound`], also when it is somebody else's.
pub async fn revoke(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = api_token::Entity::delete_many()
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 { Err(Problem::NotFound.into()) } else { Ok(()) }
}

/// Whom a secret stands for, if it does. It needs no viewer: having the secret is the proof.
///
/// # Errors
/// Internal ones only.
pub async fn authenticate(app: &App, secret: &str) -> Result<Option<Authenticated>, Error> {
    if !secret::is_one(secret) {
        return Ok(None);
    }
    let row = api_token::Entity::find()
        .filter(api_token::Column::TokenHash.eq(secret::hash(secret)))
        .filter(works_at(app.now()))
        .one(app.database.reader())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(viewer) = accounts::service::resume(app, row.user_id, row.credentials_rev).await? else {
        return Ok(None);
    };
    note_use(app, &row).await;
    let scope = row.scope.parse().or_internal("reading a token")?;
    Ok(Some(Authenticated { viewer, scope, token_id: row.id }))
}

/// Removes tokens that are over, by their time or by a change of password: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    let outdated = Query::select()
        .column((user::Entity, user::Column::Id))
        .from(user::Entity)
        .and_where(
            Expr::col((user::Entity, user::Column::Id))
                .equals((api_token::Entity, api_token::Column::UserId)),
        )
        .and_where(
            Expr::col((user::Entity, user::Column::CredentialsRev))
                .gt(Expr::col((api_token::Entity, api_token::Column::CredentialsRev))),
        )
        .to_owned();
    api_token::Entity::delete_many()
        .filter(Condition::any().add(api_token::Column::ExpiresAt.lte(app.now())).add(Expr::exists(outdated)))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// A token to be written.
struct Token<'a> {
    name: &'a str,
    scope: Scope,
    origin: TokenOrigin,
    expires_at: Option<DateTime<Utc>>,
}

async fn insert(
    app: &App,
    transaction: &DatabaseTransaction,
    person: &user::Model,
    credentials_rev: i32,
    token: Token<'_>,
) -> Result<CreatedToken, Error> {
    let secret = secret::new();
    let row = api_token::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(person.id),
        name: Set(token.name.to_owned()),
        scope: Set(token.scope.to_string()),
        origin: Set(token.origin.to_string()),
        token_hash: Set(secret::hash(&secret)),
        credentials_rev: Set(credentials_rev),
        expires_at: Set(token.expires_at),
        last_used_at: Set(None),
        created_at: Set(app.now()),
    };
    let row = row.insert(transaction).await?;
    Ok(CreatedToken { token: view(row)?, secret })
}

/// Writes down that a token is used, once an hour: reading stays reading, and costs no write lock. Nothing depends on it, so a database
/// that takes no writes keeps nobody out.
async fn note_use(app: &App, row: &api_token::Model) {
    let now = app.now();
    let an_hour_ago = now - Duration::hours(1);
    if row.last_used_at.is_some_and(|at| at > an_hour_ago) {
        return;
    }
    let noted = api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(now))
        .filter(api_token::Column::Id.eq(row.id))
        .filter(
            Condition::any()
                .add(api_token::Column::LastUsedAt.is_null())
                .add(api_token::Column::LastUsedAt.lte(an_hour_ago)),
        )
        .exec(app.database.writer())
        .await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of a token could not be written down");
    }
}

/// The person's account, held until the transaction ends.
async fn lock_person(transaction: &DatabaseTransaction, id: Uuid) -> Result<user::Model, Error> {
    Ok(hold(transaction, id, Hold::Account).await?.ok_or(Problem::SignInRequired)?)
}

/// The tokens of a person that work now.
fn live(app: &App, person: &user::Model) -> Select<api_token::Entity> {
    api_token::Entity::find()
        .filter(api_token::Column::UserId.eq(person.id))
        .filter(api_token::Column::CredentialsRev.eq(person.credentials_rev))
        .filter(works_at(app.now()))
}

fn works_at(now: DateTime<Utc>) -> Condition {
    Condition::any().add(api_token::Column::ExpiresAt.is_null()).add(api_token::Column::ExpiresAt.gt(now))
}

fn parse_name(text: &str) -> Result<String, Problem> {
    let invalid = |reason| Err(Problem::Invalid { field: InputField::Name, reason });
    let name = text.trim();
    if name.is_empty() {
        return invalid(Reason::Empty);
    }
    if name.chars().take(NAME_MAX as usize + 1).count() > NAME_MAX as usize {
        return invalid(Reason::TooLong { max: NAME_MAX });
    }
    if name.chars().any(char::is_control) {
        return invalid(Reason::Malformed);
    }
    Ok(name.to_owned())
}

fn view(row: api_token::Model) -> Result<TokenView, Error> {
    Ok(TokenView {
        id: row.id,
        name: row.name,
        scope: row.scope.parse().or_internal("reading a token")?,
        origin: row.origin.parse().or_internal("reading a token")?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
    })
}
