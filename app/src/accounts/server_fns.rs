//! What the account pages ask of the server.

use domain::accounts::{NewAccount, ProfileEdit, ProfileView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;

/// The profile, and what can be chosen in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProfilePage {
    pub profile: ProfileView,
    /// IANA names.
    pub zones: Vec<String>,
}

/// Makes an account and signs its owner in.
#[server(prefix = "/web", endpoint = "accounts/register", input = Json, output = Json)]
pub async fn register(account: NewAccount) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, address) = (context::app(), context::client_address());
    context::form(
        async {
            let session = session::session()?;
            let signed_in = domain::accounts::service::register(&app, account, address).await?;
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
            let session = session::session()?;
            let signed_in = domain::accounts::service::sign_in(&app, &username, &password, address).await?;
            session::start(&session, &signed_in).await
        }
        .await,
    )
}

/// Called by a plain form, so that it works on pages without any program.
#[server(prefix = "/web", endpoint = "accounts/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::accounts::session;
    use crate::context;
    let ended = async { session::sign_out_session(&session::session()?).await }.await;
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
    Ok(ProfilePage { profile, zones: zones.chain(["UTC".to_owned()]).collect() })
}

/// Changes the profile, all of it or nothing.
#[server(prefix = "/web", endpoint = "accounts/save-profile", input = Json, output = Json)]
pub async fn save_profile(edit: ProfileEdit) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let saved = domain::accounts::service::save_profile(&app, &viewer, edit).await;
    context::form(saved.map(|viewer| crate::accounts::session::keep_language(&viewer)))
}

/// Changes the password. This browser stays signed in, all others are signed out.
#[server(prefix = "/web", endpoint = "accounts/change-password", input = Json, output = Json)]
pub async fn change_password(current: String, password: String, confirmation: String) -> FormResult<()> {
    use crate::accounts::session;
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(
        async {
            let session = session::session()?;
            let changed =
                domain::accounts::service::change_password(&app, &viewer, &current, &password, &confirmation);
            session::start(&session, &changed.await?).await
        }
        .await,
    )
}

/// Deletes the account and everything of it. Says which receipt there is for it.
#[server(prefix = "/web", endpoint = "accounts/delete", input = Json, output = Json)]
pub async fn delete_account(password: String) -> FormResult<Uuid> {
    use crate::accounts::session;
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(
        async {
            let session = session::session()?;
            let receipt = domain::accounts::service::delete(&app, &viewer, &password).await?;
            session::sign_out_session(&session).await?;
            Ok(receipt)
        }
        .await,
    )
}
