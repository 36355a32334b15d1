//! What a person can do with profiles: look one up, see what is kept, and have the name forgotten.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::assemble::assemble;
use super::look_up::{LookUp, Outcome};
use super::refusal::Refusal;
use super::{Client, Fact, GithubFailure, GithubView, NameOrigin, Profile, UserName, facts, kept};
use crate::Problem;
use crate::app::App;
use crate::entities::{identity, user};
use crate::error::Error;
use crate::identities::Provider;
use crate::viewer::Viewer;

/// The profile of an account at GitHub. GitHub is asked for what is older than a day or missing; what it does not give is shown as it was
/// kept, and told in the profile. The name is remembered as the viewer's last one.
///
/// # Errors
/// [`Problem::Invalid`] for what is no name; [`Problem::TooManyAttempts`]; [`Problem::GithubUnavailable`] when there is nothing to show.
pub async fn profile(app: &App, viewer: &Viewer, user_name: &str) -> Result<Profile, Error> {
    let profile = look_up(app, viewer, user_name).await?;
    remember(app, viewer, Some(&profile.user_name)).await?;
    Ok(profile)
}

/// The same without remembering the name: whoever may only look changes nothing.
///
/// # Errors
/// As [`profile`].
pub(crate) async fn look_up(app: &App, viewer: &Viewer, user_name: &str) -> Result<Profile, Error> {
    let name = UserName::parse(user_name)?;
    let client = client(app)?;
    // Who waits here finds what the one before has fetched.
    let turn = app.github.turn(&name).await;
    let profile = match stored(app, client, &name).await? {
        Some(profile) if profile.fresh_until > app.now() => profile,
        _ => {
            app.github.admit(viewer.id)?;
            match LookUp::new(app, client, &name, true).run().await? {
                Outcome::Found(found) => assemble(*found, app.github.calls(app.now()), app.now()),
                Outcome::Nothing(refusal) => return Err(unavailable(refusal)),
            }
        }
    };
    drop(turn);
    Ok(profile)
}

/// What is kept of an account, however old. GitHub is not asked.
///
/// # Errors
/// [`Problem::Invalid`] for what is no name.
pub async fn kept_profile(app: &App, _viewer: &Viewer, user_name: &str) -> Result<Option<Profile>, Error> {
    let name = UserName::parse(user_name)?;
    match &app.github.client {
        Some(client) => stored(app, client, &name).await,
        None => Ok(None),
    }
}

/// What the page begins with: the name that was looked up last or is linked, and what is kept of it.
///
/// # Errors
/// [`Problem::SignInRequired`] when the account is gone.
pub async fn view(app: &App, viewer: &Viewer) -> Result<GithubView, Error> {
    let linked = linked(app, viewer).await?;
    let (user_name, origin) = match last_name(app, viewer).await? {
        Some(name) => (Some(name), Some(NameOrigin::LookedUp)),
        None => (linked.clone(), linked.as_ref().map(|_| NameOrigin::Linked)),
    };
    let profile = match &user_name {
        Some(name) => kept_profile(app, viewer, name).await?,
        None => None,
    };
    Ok(GithubView {
        user_name,
        origin,
        linked,
        profile,
        calls: app.github.calls(app.now()),
        host: app.github.client.as_ref().map_or_else(String::new, Client::host),
    })
}

/// What can be cited of the profile that the viewer looked up last, as far as it is kept.
///
/// # Errors
/// [`Problem::SignInRequired`] when the account is gone.
pub async fn known_facts(app: &App, viewer: &Viewer) -> Result<Vec<Fact>, Error> {
    let Some(name) = last_name(app, viewer).await? else { return Ok(Vec::new()) };
    let profile = kept_profile(app, viewer, &name).await?;
    Ok(profile.as_ref().map(facts).unwrap_or_default())
}

/// Forgets which name the viewer looked up. What GitHub said about it is public, is not theirs, and goes within a week.
///
/// # Errors
/// Internal ones only.
pub async fn forget(app: &App, viewer: &Viewer) -> Result<(), Error> {
    remember(app, viewer, None).await
}

/// Removes answers that are too old to be shown: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    kept::delete_expired(app).await
}

fn client(app: &App) -> Result<&Client, Problem> {
    app.github
        .client
        .as_ref()
        .ok_or(Problem::GithubUnavailable { reason: GithubFailure::SwitchedOff, resets_at: None })
}

fn unavailable(refusal: Option<Refusal>) -> Error {
    // Without a refusal there was no call left, which a new look-up has.
    let Refusal { failure, again_at } = refusal.unwrap_or(GithubFailure::Broken.into());
    Problem::GithubUnavailable { reason: failure, resets_at: again_at }.into()
}

async fn stored(app: &App, client: &Client, name: &UserName) -> Result<Option<Profile>, Error> {
    match LookUp::new(app, client, name, false).run().await? {
        Outcome::Found(found) => Ok(Some(assemble(*found, app.github.calls(app.now()), app.now()))),
        Outcome::Nothing(_) => Ok(None),
    }
}

/// The name that the viewer looked up last, if it still is one.
async fn last_name(app: &App, viewer: &Viewer) -> Result<Option<String>, Error> {
    let account = user::Entity::find_by_id(viewer.id).one(app.database.reader()).await?;
    let account = account.ok_or(Problem::SignInRequired)?;
    Ok(account.github_name.filter(|name| UserName::parse(name).is_ok()))
}

/// The account at GitHub that signs the viewer in, where what it is called is a name.
async fn linked(app: &App, viewer: &Viewer) -> Result<Option<String>, Error> {
    let row = identity::Entity::find()
        .filter(identity::Column::UserId.eq(viewer.id))
        .filter(identity::Column::Provider.eq(Provider::Github.as_str()))
        .one(app.database.reader())
        .await?;
    Ok(row.map(|row| row.label).filter(|label| UserName::parse(label).is_ok()))
}

async fn remember(app: &App, viewer: &Viewer, name: Option<&str>) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(user::Column::GithubName, Expr::value(name.map(str::to_owned)))
        .filter(user::Column::Id.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    Ok(())
}
