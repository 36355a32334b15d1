//! What a server function or a page being rendered can know about its request.

use std::net::IpAddr;

use domain::accounts::Device;
use domain::identities::OfferedLogin;
use domain::mail::Mail;
use domain::{Problem, Viewer};
use http::header::{COOKIE, HOST, LOCATION, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

use crate::AppError;
use crate::error::FormResult;

/// Server functions live under this path.
const SERVER_FUNCTIONS: &str = "/web/";

/// Who the session belongs to. The server puts it into the extensions of every request.
#[derive(Clone, Debug)]
pub struct CurrentViewer(pub Option<Viewer>);

/// Where the request came from. The server puts it into the extensions of every request.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub Option<IpAddr>);

/// Whether browsers come by HTTPS. The server provides it to every server function.
#[derive(Clone, Copy, Debug)]
pub struct Https(pub bool);

/// The providers that people can sign in with. The server provides it to every server function.
#[derive(Clone, Debug, Default)]
pub struct OfferedLogins(pub Vec<OfferedLogin>);

/// What sends letters, if the operator configured it. The server provides it to every server function.
#[derive(Clone, Debug, Default)]
pub struct Post(pub Option<Mail>);

/// The address under which browsers reach this installation, when the operator has said so.
#[derive(Clone, Debug)]
pub struct SiteUrl(pub Option<url::Url>);

impl SiteUrl {
    /// The host of this installation: as the operator has said it, else as the request names it.
    pub fn host(&self, headers: &HeaderMap) -> String {
        let told = self.0.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
        let asked = || Some(headers.get(HOST)?.to_str().ok()?.to_owned());
        told.or_else(asked).unwrap_or_default()
    }
}

/// The running application.
pub fn app() -> domain::App {
    expect_context()
}

/// The signed-in person of a request.
pub fn viewer_of(parts: &Parts) -> Option<Viewer> {
    parts.extensions.get::<CurrentViewer>().and_then(|current| current.0.clone())
}

/// The signed-in person, if any.
pub fn viewer_if_any() -> Option<Viewer> {
    use_context::<Parts>().as_ref().and_then(viewer_of)
}

/// The signed-in person.
///
/// # Errors
/// [`Problem::SignInRequired`] when nobody is signed in.
pub fn viewer() -> Result<Viewer, AppError> {
    viewer_if_any().ok_or_else(|| refuse(Problem::SignInRequired))
}

/// The host of this installation, as the person of the request reaches it.
pub fn site_host() -> String {
    let parts = use_context::<Parts>();
    let host = |site: SiteUrl| Some(site.host(&parts.as_ref()?.headers));
    use_context::<SiteUrl>().and_then(host).unwrap_or_default()
}

/// The address that attempts to sign in are counted by.
pub fn client_address() -> Option<IpAddr> {
    use_context::<Parts>()?.extensions.get::<ClientAddress>()?.0
}

/// The browser that the request comes from, as it calls itself.
pub fn device() -> Device {
    use_context::<Parts>()
        .and_then(|parts| Some(Device::of(parts.headers.get(USER_AGENT)?.to_str().ok()?)))
        .unwrap_or(Device::UNKNOWN)
}

/// The providers that people can sign in with.
pub fn offered_logins() -> Vec<OfferedLogin> {
    use_context::<OfferedLogins>().unwrap_or_default().0
}

/// What sends letters, if the operator configured it.
pub fn mail() -> Option<Mail> {
    use_context::<Post>().unwrap_or_default().0
}

/// The value of a cookie of the request.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A cookie that keeps a preference for a year. Only the server reads it.
pub fn preference_cookie(name: &str, word: &str, https: Https) -> Option<HeaderValue> {
    let secure = if https.0 { "; Secure" } else { "" };
    let cookie = format!("{name}={word}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// The result of a service for a page: every problem is an error with its HTTP status.
///
/// # Errors
/// The problem that the service met.
pub fn page<T>(result: Result<T, domain::Error>) -> Result<T, AppError> {
    result.map_err(|error| refuse(error.into_problem()))
}

/// The result of a service for a form: what the person can put right is data.
///
/// # Errors
/// The problems that no input can put right, with their HTTP status.
pub fn form<T>(result: Result<T, domain::Error>) -> FormResult<T> {
    match result.map_err(domain::Error::into_problem) {
        Ok(value) => Ok(Ok(value)),
        Err(
            problem @ (Problem::SignInRequired
            | Problem::Forbidden
            | Problem::NotFound
            | Problem::Busy
            | Problem::Internal),
        ) => Err(refuse(problem)),
        Err(problem) => Ok(Err(problem)),
    }
}

/// Gives the reply the status of the problem. A page that nobody may see unasked leads to the sign-in page instead.
fn refuse(problem: Problem) -> AppError {
    let rendering = use_context::<Parts>().filter(|parts| !parts.uri.path().starts_with(SERVER_FUNCTIONS));
    match (&problem, rendering) {
        (Problem::SignInRequired, Some(parts)) => redirect_to_login(&parts),
        _ => set_status(problem.status()),
    }
    AppError::Problem(problem)
}

/// Sets the HTTP status of the reply.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

/// Leads to the sign-in page, and from there back to the page that was asked for.
pub fn redirect_to_login(parts: &Parts) {
    let wanted = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let location = HeaderValue::from_str(&crate::viewer::login_path(wanted));
    if let (Some(response), Ok(location)) = (use_context::<ResponseOptions>(), location) {
        response.insert_header(LOCATION, location);
        response.set_status(StatusCode::FOUND);
    }
}
