//! Signing a browser in and out, and its session as the owner of the account reads it.

use domain::Viewer;
use domain::accounts::service::SignedIn;
use domain::accounts::sessions::{SIGNED_IN_AT_KEY, key_hash};
use domain::accounts::{Proof, SessionView};
use domain::questions::Language;
use http::header::SET_COOKIE;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::server_fns::SessionRow;
use crate::context::{self, preference_cookie};
use crate::preferences::LANGUAGE_COOKIE;
use crate::session::{sign_in_session, store_failed};
use crate::time::{LocalTime, local_time};

/// The key under which the session stands in the table.
pub fn key(session: &Session) -> String {
    session.id().map_or_else(String::new, |id| key_hash(&id.to_string()))
}

/// A session as its owner reads it.
pub fn row(session: SessionView, zone: &str) -> SessionRow {
    let hour = |at: LocalTime| LocalTime { minute: 0, ..at };
    SessionRow {
        key: session.key,
        device: session.device,
        signed_in: session.signed_in_at.map(|at| local_time(at, zone)),
        last_seen: session.last_seen_at.map(|at| hour(local_time(at, zone))),
        current: session.current,
    }
}

/// What was typed to prove once more who it is, with the moment of the sign-in, which stands in for a password that there is not.
pub async fn proof<'a>(session: &Session, typed: &'a str) -> Result<Proof<'a>, domain::Error> {
    let signed_in_at = session.get(SIGNED_IN_AT_KEY).await.map_err(store_failed)?;
    Ok(Proof { typed, signed_in_at })
}

/// Signs the request's browser in and shows it the pages in the account's language.
pub async fn start(session: &Session, signed_in: &SignedIn) -> Result<(), domain::Error> {
    sign_in_session(session, signed_in, context::device(), context::app().now()).await?;
    keep_language(&signed_in.viewer);
    Ok(())
}

/// Shows this browser the pages in the person's language from now on.
pub fn keep_language(viewer: &Viewer) {
    let word = match viewer.language {
        Language::Korean => "ko",
        Language::English => "en",
    };
    let cookie = preference_cookie(LANGUAGE_COOKIE, word, expect_context());
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(SET_COOKIE, cookie);
    }
}
