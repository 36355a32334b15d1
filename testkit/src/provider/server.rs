//! The handlers.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Form, Json, Query, Request, State};
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::keys::Keys;
use super::script::{Person, ProviderScript};
use super::{CLIENT_ID, CLIENT_SECRET, Grant, Shared};

type Fields = HashMap<String, String>;

/// Serves for ever.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let calls = Router::new()
        .route("/login/oauth/access_token", post(exchange))
        .route("/oauth/token", post(exchange))
        .route("/token", post(exchange))
        .route("/api/v3/user", get(github_user))
        .route("/api/v3/user/emails", get(github_emails))
        .route("/v2/user/me", get(kakao_user))
        .layer(from_fn_with_state(Arc::clone(&shared), misbehave));
    let router = Router::new()
        .route("/login/oauth/authorize", get(authorize))
        .route("/oauth/authorize", get(authorize))
        .route("/authorize", get(authorize))
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/jwks", get(keys))
        .route("/_script", post(choose_script))
        .route("/_person", post(choose_person))
        .merge(calls)
        .with_state(shared);
    // It ends with its task only.
    let _ = axum::serve(listener, router).await;
}

/// What goes wrong with the calls of a server, whatever they ask for.
async fn misbehave(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let script = shared.state().script;
    match script {
        ProviderScript::Fail => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        ProviderScript::Garbage => Html("<h1>secret-of-the-provider</h1>").into_response(),
        ProviderScript::Flood => {
            let without_end = futures::stream::repeat_with(|| {
                Ok::<_, std::convert::Infallible>(Bytes::from_static(&[b' '; 16 << 10]))
            });
            Body::from_stream(without_end).into_response()
        }
        ProviderScript::Stall => std::future::pending().await,
        ProviderScript::Redirect => {
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, "/elsewhere")]).into_response()
        }
        _ => next.run(request).await,
    }
}

/// The page where a person says yes or no. Nobody is asked: the script knows.
async fn authorize(State(shared): State<Arc<Shared>>, Query(query): Query<Fields>) -> Response {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    let is_whole = value("client_id") == CLIENT_ID
        && value("response_type") == "code"
        && value("code_challenge_method") == "S256"
        && !value("code_challenge").is_empty()
        && !value("state").is_empty();
    if !is_whole {
        return (StatusCode::BAD_REQUEST, "the request is not whole").into_response();
    }
    let (redirect, state) = (value("redirect_uri"), value("state"));
    let mut shared = shared.state();
    let script = shared.script;
    let answer = match script {
        ProviderScript::Decline => "error=access_denied".to_owned(),
        ProviderScript::AuthorizeError => "error=server_error&error_description=%3Cscript%3E".to_owned(),
        _ => {
            shared.count += 1;
            let code = format!("code-{}", shared.count);
            let grant = Grant {
                redirect: redirect.clone(),
                challenge: value("code_challenge"),
                nonce: query.get("nonce").cloned(),
                person: shared.person.clone(),
            };
            shared.codes.insert(code.clone(), grant);
            format!("code={code}")
        }
    };
    (StatusCode::FOUND, [(LOCATION, format!("{redirect}?{answer}&state={state}"))]).into_response()
}

/// Whether the client has proved who it is, in a header or in the body.
fn is_client(headers: &HeaderMap, fields: &Fields) -> bool {
    let in_header = || {
        let encoded = headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        Some(text == format!("{CLIENT_ID}:{CLIENT_SECRET}"))
    };
    let in_body = fields.get("client_id").map(String::as_str) == Some(CLIENT_ID)
        && fields.get("client_secret").map(String::as_str) == Some(CLIENT_SECRET);
    in_body || in_header() == Some(true)
}

async fn exchange(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    let mut state = shared.state();
    state.exchanges += 1;
    if !is_client(&headers, &fields) {
        return refused("invalid_client");
    }
    let grant = fields.get("code").and_then(|code| state.codes.remove(code));
    let Some(grant) = grant.filter(|_| state.script != ProviderScript::RefuseCode) else {
        return refused("invalid_grant");
    };
    let verifier = fields.get("code_verifier").cloned().unwrap_or_default();
    let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier)) == grant.challenge;
    if !proved || fields.get("redirect_uri") != Some(&grant.redirect) {
        return refused("invalid_grant");
    }
    state.count += 1;
    let token = format!("token-{}", state.count);
    state.tokens.insert(token.clone(), grant.person.clone());
    let mut answer = json!({ "access_token": token, "token_type": "bearer", "expires_in": 3600 });
    if grant.nonce.is_some() && state.script != ProviderScript::NoIdToken {
        answer["id_token"] = json!(id_token(&shared, state.script, &grant));
    }
    Json(answer).into_response()
}

fn id_token(shared: &Shared, script: ProviderScript, grant: &Grant) -> String {
    let now = chrono::Utc::now().timestamp();
    let mut claims = json!({
        "iss": shared.base, "aud": CLIENT_ID, "sub": format!("subject-{}", grant.person.id),
        "exp": now + 300, "iat": now, "nonce": grant.nonce,
        "preferred_username": grant.person.name, "email": grant.person.email,
        "email_verified": grant.person.verified,
    });
    match script {
        ProviderScript::WrongNonce => claims["nonce"] = json!("another"),
        ProviderScript::WrongAudience => claims["aud"] = json!("another"),
        ProviderScript::WrongIssuer => claims["iss"] = json!("https://evil.example"),
        ProviderScript::Expired => claims["exp"] = json!(now - 600),
        ProviderScript::Unsigned => return Keys::unsigned(&claims),
        _ => {}
    }
    shared.keys.sign(&claims, script != ProviderScript::WrongSignature)
}

/// Whose access token a call carries.
fn person_of(shared: &Shared, headers: &HeaderMap) -> Result<Person, StatusCode> {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let person = token.and_then(|token| shared.state().tokens.get(token).cloned());
    person.ok_or(StatusCode::UNAUTHORIZED)
}

async fn github_user(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    let person = person_of(&shared, &headers)?;
    Ok(Json(json!({ "id": person.id, "login": person.name, "email": null })))
}

async fn github_emails(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    let person = person_of(&shared, &headers)?;
    let one = |email| json!({ "email": email, "primary": true, "verified": person.verified });
    Ok(Json(person.email.iter().map(one).collect()))
}

async fn kakao_user(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Value>, StatusCode> {
    let person = person_of(&shared, &headers)?;
    Ok(Json(json!({
        "id": person.id,
        "kakao_account": {
            "email": person.email, "is_email_verified": person.verified,
            "profile": { "nickname": person.name },
        },
    })))
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let base = &shared.base;
    Json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/jwks"),
    }))
}

async fn keys(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(shared.keys.set())
}

async fn choose_script(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> StatusCode {
    let Some(script) = body["name"].as_str().and_then(ProviderScript::named) else {
        return StatusCode::NOT_FOUND;
    };
    shared.state().script = script;
    StatusCode::NO_CONTENT
}

async fn choose_person(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> StatusCode {
    let (Some(id), Some(name)) = (body["id"].as_u64(), body["name"].as_str()) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    let email = body["email"].as_str().map(str::to_owned);
    let verified = body["verified"].as_bool().unwrap_or(true);
    shared.state().person = Person { id, name: name.to_owned(), email, verified };
    StatusCode::NO_CONTENT
}
