//! What the account pages ask of the server.

use domain::accounts::{Device, NewAccount, ProfileEdit, ProfileView, RegistrationView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::identities::LoginRow;
use crate::json::Json;
use crate::time::LocalTime;

/// The profile, and what can be chosen in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfilePage {
    pub profile: ProfileView,
    /// IANA names.
    pub zones: Vec<String>,
    pub logins: Vec<LoginRow>,
    pub sessions: Vec<SessionRow>,
}

/// A signed-in browser with its times on the wall clock of its owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names the session and opens nothing.
    pub key: String,
    pub device: Device,
    pub signed_in: Option<LocalTime>,
    /// The hour, not the minute.
    pub last_seen: Option<LocalTime>,
    pub current: bool,
}

/// Whether whoever asks may make an account, with the invitation that the address of the page has.
#[server(prefix = "/web", endpoint = "accounts/registration", input = Json, output = Json)]
pub async fn registration(invitation: Option<String>) -> Result<RegistrationView, AppError> {
    use crate::context;
    let app = context::app();
    context::page(domain::accounts::registration::view(&app, invitation.as_deref()).await)
}

/// Looks whether a link makes the first administrator.
#[server(prefix = "/web", endpoint = "accounts/setup", input = Json, output = Json)]
pub async fn setup(token: String) -> Result<(), AppError> {
    use crate::context;
    let app = context::app();
    context::page(domain::accounts::first_admin::check(&app, &token).await)
}

/// Makes the first administrator and signs them in.
#[server(prefix = "/web", endpoint = "accounts/set-up", input = Json, output = Json)]
pub async fn set_up(token: String, account: NewAccount) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    use domain::accounts::first_admin;
    let (app, address) = (context::app(), context::client_address());
    context::form(
        async {
            let session = crate::session::of_request()?;
            let signed_in = first_admin::set_up(&app, &token, account, address).await?;
            session::start(&session, &signed_in).await
        }
        .await,
    )
}

/// Makes an account and signs its owner in. An invitation is used up where one is needed.
#[server(prefix = "/web", endpoint = "accounts/register", input = Json, output = Json)]
pub async fn register(account: NewAccount, invitation: Option<String>) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, address) = (context::app(), context::client_address());
    context::form(
        async {
            let session = crate::session::of_request()?;
            let registered =
                domain::accounts::service::register_invited(&app, account, invitation.as_deref(), address);
            let signed_in = registered.await?;
            session::start(&session, &signed_in).await
        }
        .await,
    )
}

/// Signs in, under a new session id.
#[server(prefix = "/web", endpoint = "accounts/sign-in", input = Json, output = Json)]
pub async fn sign_in(username: String, password: String) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, address) = (context::app(), context::client_address());
    context::form(
        async {
            let session = crate::session::of_request()?;
            let signed_in = domain::accounts::service::sign_in(&app, &username, &password, address).await?;
            session::start(&session, &signed_in).await
        }
        .await,
    )
}

/// Called by a plain form, so that it works on pages without any program.
#[server(prefix = "/web", endpoint = "accounts/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::context;
    let ended = async { crate::session::sign_out_session(&crate::session::of_request()?).await }.await;
    context::page(ended)?;
    leptos_axum::redirect("/");
    Ok(())
}

/// The profile page.
#[server(prefix = "/web", endpoint = "accounts/profile", input = Json, output = Json)]
pub async fn profile() -> Result<ProfilePage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let profile = context::page(domain::accounts::service::profile(&app, &viewer).await)?;
    let zones =
        crate::time::ZONES.iter().map(|zone| zone.name().to_owned()).filter(|name| name.contains('/'));
    let zones = zones.chain(["UTC".to_owned()]).collect();
    let logins = context::page(domain::identities::service::list(&app, &viewer).await)?;
    let key = crate::accounts::session::key(&context::page(crate::session::of_request())?);
    let sessions = context::page(domain::accounts::sessions::list(&app, &viewer, &key).await)?;
    Ok(ProfilePage {
        logins: crate::identities::login_rows(logins, context::offered_logins(), &profile.time_zone),
        sessions: sessions
            .into_iter()
            .map(|session| crate::accounts::session::row(session, &profile.time_zone))
            .collect(),
        profile,
        zones,
    })
}

/// Changes the profile, all of it or nothing.
#[server(prefix = "/web", endpoint = "accounts/save-profile", input = Json, output = Json)]
pub async fn save_profile(edit: ProfileEdit) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let saved = domain::accounts::service::save_profile(&app, &viewer, edit).await;
    context::form(saved.map(|viewer| crate::accounts::session::keep_language(&viewer)))
}

/// Changes the password, or sets the first one. This browser stays signed in, all others are signed out. `current` is the password, or
/// the user name of an account that has none.
#[server(prefix = "/web", endpoint = "accounts/change-password", input = Json, output = Json)]
pub async fn change_password(current: String, password: String, confirmation: String) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(
        async {
            let session = crate::session::of_request()?;
            let proof = session::proof(&session, &current).await?;
            let changed =
                domain::accounts::service::change_password(&app, &viewer, proof, &password, &confirmation);
            session::start(&session, &changed.await?).await
        }
        .await,
    )
}

/// Deletes the account and everything of it, and says which receipt there is for it. `password` is the user name for an account that has
/// none.
#[server(prefix = "/web", endpoint = "accounts/delete", input = Json, output = Json)]
pub async fn delete_account(password: String) -> FormResult<Uuid> {
    use crate::accounts::session;
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(
        async {
            let session = crate::session::of_request()?;
            let proof = session::proof(&session, &password).await?;
            let receipt = domain::accounts::service::delete(&app, &viewer, proof).await?;
            crate::session::sign_out_session(&session).await?;
            Ok(receipt)
        }
        .await,
    )
}

/// Signs one of the viewer's browsers out. One that is out already stays so.
#[server(prefix = "/web", endpoint = "accounts/end-session", input = Json, output = Json)]
pub async fn end_session(key: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::accounts::sessions::end(&app, &viewer, &key).await.map(|_| ()))
}

/// Signs all of the viewer's browsers out but this one.
#[server(prefix = "/web", endpoint = "accounts/end-other-sessions", input = Json, output = Json)]
pub async fn end_other_sessions() -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(
        async {
            let key = session::key(&crate::session::of_request()?);
            domain::accounts::sessions::end_others(&app, &viewer, &key).await
        }
        .await,
    )
}

/// Whether a link for a new password can be sent by mail.
#[server(prefix = "/web", endpoint = "accounts/can-send", input = Json, output = Json)]
pub async fn can_send() -> Result<bool, AppError> {
    Ok(crate::context::mail().is_some())
}

/// Sends a link for a new password, if an account has the address. Nobody is told whether one has.
#[server(prefix = "/web", endpoint = "accounts/ask-reset", input = Json, output = Json)]
pub async fn ask_reset(email: String) -> FormResult<()> {
    use crate::context;
    let (app, address) = (context::app(), context::client_address());
    context::form(match context::mail() {
        Some(mail) => domain::accounts::reset::ask(&app, &mail, &email, address),
        None => Err(domain::Problem::NotFound.into()),
    })
}

/// Whether a link for a new password works. It is not used up.
#[server(prefix = "/web", endpoint = "accounts/reset-link", input = Json, output = Json)]
pub async fn reset_link(token: String) -> Result<(), AppError> {
    use crate::context;
    use domain::accounts::one_time_link::{self, LinkPurpose};
    let app = context::app();
    context::page(match one_time_link::is_live(&app, LinkPurpose::PasswordReset, &token).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(domain::Problem::NotFound.into()),
        Err(error) => Err(error),
    })
}

/// Sets a new password by a link, which is used up.
#[server(prefix = "/web", endpoint = "accounts/reset", input = Json, output = Json)]
pub async fn reset_password(token: String, password: String, confirmation: String) -> FormResult<()> {
    use crate::context;
    let app = context::app();
    context::form(domain::accounts::reset::redeem(&app, &token, &password, &confirmation).await)
}
