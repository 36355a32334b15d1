//! Every route and everything that stands around it.

use std::num::NonZeroU32;
use std::sync::Arc;

use app_base::context::Https;
use app_base::context::OfferedLogins;
use app_base::context::Post;
use app_base::context::SiteUrl;
use app_base::pages::Pages;
use axum::Router;
use axum::extract::{FromRef, Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::App;
use domain::mail::Mail;
use http::HeaderValue;
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use leptos::context::provide_context;
use leptos_axum::LeptosRoutes;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::trace::TraceLayer;
use url::Url;

use crate::oauth::Logins;
use crate::{
    address, api, assets, body, csrf, documents, headers, health, letter_events, letter_files, oauth,
    patience, preferences, receipts, report_files, room_events, sessions, shared_page, takeout, viewer,
};

/// What the router needs besides the application.
#[derive(Clone)]
pub struct Serving {
    pub leptos: LeptosOptions,
    pub pages: Pages,
    pub public_url: Option<Url>,
    pub trusted_proxies: Vec<IpNet>,
    /// The providers that people can sign in with.
    pub logins: Logins,
    /// What sends letters.
    pub mail: Option<Mail>,
    /// Calls of the API that an account may make a minute.
    pub api_rate: NonZeroU32,
    /// Other sites whose pages may call the API.
    pub cors_origins: Vec<HeaderValue>,
}

impl Serving {
    fn https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }
}

#[derive(Clone, FromRef)]
pub(crate) struct AppState {
    pub app: App,
    pub leptos: LeptosOptions,
    pub pages: Pages,
    pub https: Https,
    pub logins: Logins,
    pub site: SiteUrl,
}

/// The whole of Daedap as one service.
pub fn router(app: App, serving: Serving) -> Router {
    let https = serving.https();
    // Its files are part of the program. Where Leptos finds none it gives no hints of its own, which end up in the wrong pages.
    let mut leptos = serving.leptos.clone();
    leptos.site_root = "/nowhere".into();
    let logins = serving.logins;
    let state = AppState {
        app: app.clone(),
        leptos: leptos.clone(),
        pages: serving.pages,
        https: Https(https),
        logins: logins.clone(),
        site: SiteUrl(serving.public_url.clone()),
    };
    let proxies: Arc<[IpNet]> = serving.trusted_proxies.into();
    let api = api::router(app.clone(), serving.public_url.clone(), serving.api_rate)
        .layer(from_fn_with_state(proxies.clone(), address::locate));

    let pages = {
        let (provided, hints, site) = (app.clone(), assets::hints(), state.site.clone());
        let (offered, mail) = (OfferedLogins(logins.offered()), Post(serving.mail));
        let context = move || {
            provide_context(offered.clone());
            provide_context(mail.clone());
            provide_context(provided.clone());
            provide_context(hints.clone());
            provide_context(Https(https));
            provide_context(site.clone());
        };
        let options = leptos;
        // Who comes back from a provider is taken in before a page is shown.
        let routes = (serving.pages.routes)(vec![oauth::CALLBACK.to_owned()]);
        Router::new()
            .leptos_routes_with_context(&state, routes, context, move || {
                (serving.pages.render)(options.clone())
            })
            .route(oauth::CALLBACK, get(oauth::callback))
            .route("/oauth/{provider}/start", post(oauth::start))
            .route("/interviews/{id}/events", get(room_events::listen))
            .route("/interviews/{id}/report.md", get(report_files::markdown))
            .route("/interviews/{id}/report.json", get(report_files::json))
            .route("/letters/{id}/letter.md", get(letter_files::markdown))
            .route("/letters/{id}/letter.txt", get(letter_files::plain))
            .route("/letters/proposals/{id}/events", get(letter_events::listen))
            .route("/preferences", post(preferences::choose))
            .route("/account/export.zip", get(takeout::export))
            .route(takeout::PREVIEW, post(takeout::preview))
            .route(takeout::IMPORT, post(takeout::import))
            .route(documents::PARSE, post(documents::parse))
            .route("/receipts/{receipt}/receipt.json", get(receipts::json))
            .fallback(missing_page)
            .layer(from_fn_with_state(app.clone(), viewer::identify))
            .layer(sessions::layer(app.database.clone(), https))
            .layer(from_fn_with_state(https, sessions::complete_removal))
            .layer(from_fn_with_state(proxies, address::locate))
            .layer(from_fn_with_state(serving.public_url, csrf::guard))
            .layer(from_fn(patience::limit))
    };
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .merge(pages)
        .with_state(state)
        // Beside the pages: no session, no cookie and so no power for another site.
        .nest("/api", api)
        .layer(from_fn(assets_first))
        .layer(from_fn(body::read))
        .layer(from_fn(api::problem::complete))
        .layer(compression())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(api::cors::rules(&serving.cors_origins), api::cors::apply))
        .layer(from_fn_with_state(https, headers::add))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            // The path alone: a query may hold what a person typed.
            let path = shared_page::without_token(request.uri().path());
            tracing::debug_span!("request", method = %request.method(), path)
        }))
}

/// Compresses what gains by it. Event streams and what is compressed already are left alone, and sounds: players ask for parts of them.
fn compression() -> CompressionLayer<impl Predicate> {
    let sounds = NotForContentType::const_new("audio/");
    let takeouts = NotForContentType::const_new("application/zip");
    CompressionLayer::new()
        .quality(tower_http::CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(sounds).and(takeouts))
}

/// Files need no session and no page.
async fn assets_first(request: Request, next: axum::middleware::Next) -> Response {
    if request.method().is_safe()
        && let Some(file) = assets::find(request.uri(), request.headers())
    {
        return file;
    }
    next.run(request).await
}

/// The page that says that there is no such page.
async fn missing_page(State(state): State<AppState>, request: Request) -> Response {
    let AppState { app, leptos, pages, .. } = state;
    let render = leptos_axum::render_app_async_with_context(
        move || provide_context(app.clone()),
        move || (pages.render)(leptos.clone()),
    );
    let mut response = render(request).await.into_response();
    if response.status() == http::StatusCode::OK {
        *response.status_mut() = http::StatusCode::NOT_FOUND;
    }
    response
}
