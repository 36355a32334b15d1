//! The document around the app.

use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};

use app_base::context::cookie;
use app_base::hints;
use app_base::i18n::{I18nLocaleTrait, Locale};
use app_base::language::preferred_locale;
use app_base::preferences::{THEME_COOKIE, Theme};

use crate::App;

/// Renders a whole page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let parts = use_context::<Parts>();
    let locale: Locale = parts.as_ref().map(preferred_locale).unwrap_or_default();
    provide_context(locale);
    let theme = parts.as_ref().map(|parts| Theme::parse(cookie(&parts.headers, THEME_COOKIE)).0);
    // The landing page is only read: it needs no program.
    let path = parts.map_or_else(String::new, |parts| parts.uri.path().to_owned());
    let scripts = (path != "/").then({
        let options = options.clone();
        || view! { <AutoReload options=options.clone()/> <HydrationScripts options/> {hints::links(&path)} }
    });
    set_policy();
    view! {
        <!DOCTYPE html>
        <html lang=locale.as_str() data-theme=theme.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                {theme_colors(theme.as_deref())}
                <meta name="description" content=tr!(ui.description)/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/site.webmanifest"/>
                <HashedStylesheet options id="style"/>
                {scripts}
                <MetaTags/>
            </head>
            <body>
                <App/>
                // Behind the content, so that the first paint does not wait for it.
                <link rel="stylesheet" href="/fonts/pretendard.css"/>
            </body>
        </html>
    }
}

/// The colour of the browser's own frame: that of the paper.
fn theme_colors(theme: Option<&str>) -> impl IntoView + use<> {
    const LIGHT: &str = "#fbfaf7";
    const DARK: &str = "#16181b";
    // The view language knows no `media` on this element.
    let color = |media: Option<&'static str>, color| {
        view! { <meta name="theme-color" content=color/> }.attr("media", media)
    };
    match theme {
        Some("light") => vec![color(None, LIGHT)],
        Some("dark") => vec![color(None, DARK)],
        _ => vec![
            color(Some("(prefers-color-scheme: light)"), LIGHT),
            color(Some("(prefers-color-scheme: dark)"), DARK),
        ],
    }
}

/// Allows the page its own files and the scripts that carry its nonce, and nothing else.
fn set_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    // Only `cargo leptos watch` has another port to listen to.
    let watching = if std::env::var_os("LEPTOS_WATCH").is_some() { " ws:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; connect-src 'self'{watching}; manifest-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
