//! Registering, signing in and signing out.

use app_base::context::ClientAddress;
use axum::extract::State;
use axum::{Extension, Json};
use domain::accounts::{NewAccount, service as accounts};
use domain::{App, tokens};
use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::Caller;
use super::error::Refusal;
use super::fields::Fields;

fn bad(sentence: &str) -> Refusal {
    Refusal::error(StatusCode::BAD_REQUEST, sentence)
}

/// Makes an account, if people may. Nobody is signed in by it.
///
/// # Errors
/// 400, 409 and 429 as the contract has them; those of the operator's choice who may register.
pub async fn register(
    State(app): State<App>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let (username, email, password) =
        (fields.text("username")?, fields.text("email")?, fields.text("password")?);
    let (Some(username), Some(email), Some(password)) = (username, email, password) else {
        return Err(bad("Username, password, and email are required."));
    };
    if fields.has("password2") && fields.text("password2")? != Some(password) {
        return Err(bad("Passwords do not match"));
    }
    let account = NewAccount {
        username: username.to_owned(),
        email: email.to_owned(),
        password: password.to_owned(),
        password_confirmation: password.to_owned(),
        language: language(&headers),
    };
    accounts::register(&app, account, address).await?;
    Ok((StatusCode::CREATED, Json(json!({ "message": "User registered successfully." }))))
}

/// The language that the client wants most. An account has one of its own later.
fn language(headers: &HeaderMap) -> String {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted.split(['-', ',', ';']).next().unwrap_or_default().trim().to_lowercase()
}

/// Makes a token for a name and its password, any number of times.
///
/// # Errors
/// 400, 401 and 429 as the contract has them.
pub async fn login(
    State(app): State<App>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let (Some(username), Some(password)) = (fields.text("username")?, fields.text("password")?) else {
        return Err(bad("Username and password are required."));
    };
    let signed_in = accounts::sign_in(&app, username, password, address).await?;
    let secret = tokens::service::create_for_sign_in(&app, &signed_in).await?;
    Ok(Json(json!({ "message": "User logged in successfully.", "Token": secret })))
}

/// Ends the token that it is called with. By GET too: the contract has it so, and no other site can add the token.
///
/// # Errors
/// 401 without a token that works.
pub async fn logout(State(app): State<App>, Caller(caller): Caller) -> Result<Json<Value>, Refusal> {
    tokens::service::revoke(&app, &caller.viewer, caller.token_id).await?;
    Ok(Json(json!({ "message": "User logged out successfully." })))
}
