//! Language and theme, kept in cookies. A plain form, so that it works where no script runs.

use app_base::context::Https;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::questions::Language;
use http::header::SET_COOKIE;
use serde::Deserialize;

/// The form, as typed. Each field may be missing.
#[derive(Deserialize)]
pub struct Preferences {
    language: Option<String>,
    theme: Option<String>,
    next: Option<String>,
}

/// Remembers the choice and goes back to the page it was made on.
pub async fn choose(State(https): State<Https>, Form(form): Form<Preferences>) -> Response {
    let next = form.next.as_deref().and_then(app_base::local_path::local_path).unwrap_or("/");
    let mut response = Redirect::to(next).into_response();
    let language = form.language.filter(|word| word.parse::<Language>().is_ok());
    let theme = form.theme.filter(|word| matches!(word.as_str(), "auto" | "light" | "dark"));
    for (name, value) in
        [(app_base::preferences::LANGUAGE_COOKIE, language), (app_base::preferences::THEME_COOKIE, theme)]
    {
        if let Some(cookie) = value.and_then(|word| app_base::context::preference_cookie(name, &word, https))
        {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}
