//! What the pages about logins ask of the server.

use domain::identities::{NewIdentityAccount, OfferedLogin, Provider, Unfinished};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// A provider in somebody's profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginRow {
    pub provider: Provider,
    /// What people call it.
    pub name: String,
    /// Whether somebody can sign in with it now.
    pub offered: bool,
    pub linked: Option<LinkedLogin>,
}

/// A login that opens the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkedLogin {
    pub label: String,
    pub at: LocalTime,
}

/// Somebody whom a provider knows and who has no account yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnfinishedPage {
    pub unfinished: Unfinished,
    /// What people call the provider.
    pub name: String,
}

/// The providers that people can sign in with.
#[server(prefix = "/web", endpoint = "identities/offered", input = Json, output = Json)]
pub async fn offered() -> Result<Vec<OfferedLogin>, AppError> {
    Ok(crate::context::offered_logins())
}

/// What a provider said about whoever has this browser.
#[server(prefix = "/web", endpoint = "identities/unfinished", input = Json, output = Json)]
pub async fn read_unfinished() -> Result<UnfinishedPage, AppError> {
    use crate::context;
    let app = context::app();
    let secret = crate::browser_secret::of_request();
    let unfinished = match secret {
        Some(browser) => domain::identities::sign_up::unfinished(&app, &browser.secret).await,
        None => Err(domain::Problem::NotFound.into()),
    };
    let unfinished = context::page(unfinished)?;
    let login = context::offered_logins().into_iter().find(|login| login.provider == unfinished.provider);
    let name = login.map_or_else(|| unfinished.provider.to_string(), |login| login.name);
    Ok(UnfinishedPage { unfinished, name })
}

/// Makes the account without a password, signs its owner in, and says which page to go on to.
#[server(prefix = "/web", endpoint = "identities/finish", input = Json, output = Json)]
pub async fn finish(account: NewIdentityAccount) -> FormResult<String> {
    use crate::accounts::session;
    use crate::context;
    let (app, address) = (context::app(), context::client_address());
    context::form(
        async {
            let browser = crate::browser_secret::of_request().ok_or(domain::Problem::NotFound)?;
            let session = crate::session::of_request()?;
            let invitation = browser.invitation.as_deref();
            let (signed_in, next) =
                domain::identities::sign_up::finish(&app, &browser.secret, invitation, account, address)
                    .await?;
            session::start(&session, &signed_in).await?;
            crate::browser_secret::forget();
            let next = next.as_deref().and_then(crate::viewer::next_after_sign_in);
            Ok(next.unwrap_or("/interviews/new").to_owned())
        }
        .await,
    )
}

/// Takes a login away from the viewer's account.
#[server(prefix = "/web", endpoint = "identities/unlink", input = Json, output = Json)]
pub async fn unlink(provider: Provider) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::identities::service::unlink(&app, &viewer, provider).await)
}
