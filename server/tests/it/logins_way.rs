//! The way to a provider and back, as a browser goes it, with a scripted provider at its end.

use axum::Router;
use axum::body::Body;
use http::header::ACCEPT;
use http::{Method, StatusCode};
use server::oauth::LoginSettings;
use server::{Serving, router};
use testkit::Fixture;
use testkit::provider::{CLIENT_ID, CLIENT_SECRET, ScriptedProvider};
use url::Url;

use crate::client::{Browser, HOST_NAME, PAGE, Reply};
use crate::world::serving;

/// All providers, in the words of their addresses.
pub const PROVIDERS: [&str; 3] = ["github", "kakao", "oidc"];

/// Serves with all three providers, which are one.
pub fn serve_with(fixture: &Fixture, provider: &ScriptedProvider) -> Router {
    serve_at(fixture, &provider.base_url())
}

/// Serves with providers at a base address.
pub fn serve_at(fixture: &Fixture, base: &str) -> Router {
    let some = |text: &str| Some(text.to_owned());
    let settings = LoginSettings {
        github_client_id: some(CLIENT_ID),
        github_client_secret: some(CLIENT_SECRET),
        github_url: base.to_owned(),
        kakao_client_id: some(CLIENT_ID),
        kakao_client_secret: some(CLIENT_SECRET),
        kakao_url: base.to_owned(),
        kakao_api_url: base.to_owned(),
        oidc_issuer: some(base),
        oidc_client_id: some(CLIENT_ID),
        oidc_client_secret: some(CLIENT_SECRET),
        oidc_name: some("School"),
        ..LoginSettings::default()
    };
    let public: Url = format!("http://{HOST_NAME}").parse().expect("a URL");
    let logins = settings.logins(Some(&public)).expect("configured");
    router(fixture.app.clone(), Serving { public_url: Some(public), logins, ..serving() })
}

/// Presses the button of a provider.
pub async fn set_out(browser: &mut Browser, provider: &str, fields: &[(&str, &str)]) -> Reply {
    browser.submit(&format!("/oauth/{provider}/start"), fields).await
}

/// The address at the provider that a page leads on to.
pub fn leads_to(reply: &Reply) -> Url {
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    let (_, rest) = reply.text().split_once("<a href=\"").expect("a link");
    let (address, _) = rest.split_once('"').expect("an end");
    address.replace("&amp;", "&").parse().expect("an address")
}

/// Lets the provider answer, and returns the path that it sends the browser back to.
pub async fn at_provider(address: Url) -> String {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    let reply = client.build().expect("a client").get(address).send().await.expect("an answer");
    assert_eq!(reply.status(), StatusCode::FOUND);
    let back = reply.headers()["location"].to_str().expect("readable");
    let path = back.strip_prefix(&format!("http://{HOST_NAME}")).expect("back to us, to the letter");
    path.to_owned()
}

/// Follows a link from another site.
pub async fn come_back(browser: &mut Browser, path: &str) -> Reply {
    let request =
        browser.request(Method::GET, path).header(ACCEPT, PAGE).header("sec-fetch-site", "cross-site");
    browser.send(request.body(Body::empty()).expect("a request")).await
}

/// The whole way.
pub async fn go(browser: &mut Browser, provider: &str, fields: &[(&str, &str)]) -> Reply {
    let page = set_out(browser, provider, fields).await;
    let back = at_provider(leads_to(&page)).await;
    come_back(browser, &back).await
}
