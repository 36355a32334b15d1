//! Pages on the way to a provider and back, where the router of the screens is not asked.

use app_base::login_trouble::LoginTrouble;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{Html, IntoResponse, Response};
use domain::identities::{Provider, Trouble};
use domain::questions::Language;
use http::request::Parts;
use http::{Method, StatusCode};
use leptos::prelude::provide_context;
use url::Url;

use crate::router::AppState;

/// The page that says why it does not go on, with a way that does.
pub async fn trouble(state: AppState, mut parts: Parts, provider: &str, trouble: Trouble) -> Response {
    let AppState { app, leptos, pages, logins, .. } = state;
    let login = logins.find(provider);
    let provider: Option<Provider> = login.map(|login| login.provider);
    parts.method = Method::GET;
    parts.extensions.insert(LoginTrouble { trouble, provider, name: login.map(|login| login.name.clone()) });
    let render = leptos_axum::render_app_async_with_context(
        move || provide_context(app.clone()),
        move || (pages.render)(leptos.clone()),
    );
    let mut response = render(Request::from_parts(parts, Body::empty())).await.into_response();
    *response.status_mut() = StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::BAD_REQUEST);
    response
}

/// The page that leads on to the provider. It is no redirect: browsers hold those that follow a form to the `form-action` of its page,
/// all along the way, and through which hosts a provider leads is not known.
pub fn on_the_way(language: Language, name: &str, to: &Url) -> Response {
    let (name, to) = (escaped(name), escaped(to.as_str()));
    let (word, title, text) = match language {
        Language::Korean => ("ko", format!("{name} 로그인"), format!("{name} 로그인 화면으로 이어 가기")),
        Language::English => ("en", format!("Sign in with {name}"), format!("Go on to {name}")),
    };
    Html(format!(
        "<!DOCTYPE html><html lang=\"{word}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\"></head>\
         <body><p><a href=\"{to}\">{text}</a></p></body></html>"
    ))
    .into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_leaves_its_attribute() {
        assert_eq!(escaped("a&b\"c'<d>"), "a&amp;b&quot;c&#39;&lt;d&gt;");
    }
}
