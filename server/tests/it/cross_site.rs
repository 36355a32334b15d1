//! No other site makes a browser change anything here, whatever it sends and however it dresses it.

use axum::body::Body;
use http::header::{CONTENT_TYPE, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;
use testkit::{Fixture, each_database};

use crate::calls::{CALLS, mutations};
use crate::client::{Browser, HOST_NAME};
use crate::stored::{assert_same, everything};
use crate::world::{World, serving_https};

/// What browsers add to a request that another site made them send.
fn foreign_headers() -> Vec<HeaderMap> {
    let check = |pairs: &[(&'static str, &str)]| -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"))
        };
        pairs.iter().map(pair).collect()
    };
    vec![
        check(&[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]),
        check(&[("origin", "https://evil.example")]),
        check(&[("origin", "null")]),
        check(&[("origin", "null"), ("sec-fetch-site", "cross-site")]),
        check(&[("sec-fetch-site", "cross-site")]),
        check(&[("sec-fetch-site", "same-site")]),
        check(&[("origin", &format!("http://sub.{HOST_NAME}")), ("sec-fetch-site", "same-site")]),
        check(&[("origin", &format!("http://{HOST_NAME}:8080"))]),
        check(&[("origin", &format!("http://{HOST_NAME}.evil.example"))]),
        check(&[("origin", "not a URL")]),
        // A browser so old that it says nothing.
        check(&[]),
    ]
}

/// What a page can make a browser send without asking first, and more.
const CONTENT_TYPES: [Option<&str>; 6] = [
    Some("text/plain"),
    Some("application/x-www-form-urlencoded"),
    Some("multipart/form-data; boundary=x"),
    Some("multipart/form-data"),
    Some("application/json"),
    None,
];

fn body(path: &str, world: &World, content_type: Option<&str>) -> Body {
    let call = CALLS.iter().find(|call| call.path == path);
    let arguments = call.map_or(Value::Null, |call| (call.arguments)(world.interview, world.awaited));
    match content_type {
        Some("application/x-www-form-urlencoded") => "language=en&theme=dark".into(),
        Some(multipart) if multipart.starts_with("multipart") => {
            format!("--x\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\n{arguments}\r\n--x--\r\n")
                .into()
        }
        _ => arguments.to_string().into(),
    }
}

#[tokio::test]
async fn another_site_changes_nothing() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let (cookies, before) = (browser.cookies.clone(), everything(&world.fixture.app).await);
        for path in mutations() {
            for headers in foreign_headers() {
                for content_type in CONTENT_TYPES {
                    let mut request = browser.request(Method::POST, path);
                    request.headers_mut().expect("headers").extend(headers.clone());
                    if let Some(content_type) = content_type {
                        request = request.header(CONTENT_TYPE, content_type);
                    }
                    let body = body(path, &world, content_type);
                    let reply = browser.send(request.body(body).expect("a request")).await;
                    let what = format!("{path} {headers:?} {content_type:?}");
                    assert_eq!(reply.status, StatusCode::FORBIDDEN, "{what}");
                    assert!(reply.set_cookies().is_empty(), "{what}");
                }
            }
            assert_same(&before, &everything(&world.fixture.app).await, path);
        }
        assert_eq!(browser.cookies, cookies);
    })
    .await;
}

#[tokio::test]
async fn a_guest_is_not_signed_in_by_another_site() {
    // Being signed in as the attacker without noticing is an attack, too.
    let world = World::new(Fixture::sqlite(None).await).await;
    let before = everything(&world.fixture.app).await;
    for headers in foreign_headers().into_iter().filter(|headers| !headers.is_empty()) {
        let mut guest = world.nobody();
        let mut request = guest.request(Method::POST, "/web/accounts/sign-in");
        request.headers_mut().expect("headers").extend(headers.clone());
        let body = body("/web/accounts/sign-in", &world, None);
        let reply = guest.send(request.body(body).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(guest.cookies.is_empty());
    }
    assert_same(&before, &everything(&world.fixture.app).await, "a foreign sign-in");
}

#[tokio::test]
async fn behind_https_only_the_public_origin_is_ours() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let router = server::router(world.fixture.app.clone(), serving_https());
    let mut browser = Browser::secure(&router);
    browser.sign_in("victim").await;
    for (origin, expected) in [
        (format!("https://{HOST_NAME}"), StatusCode::OK),
        (format!("http://{HOST_NAME}"), StatusCode::FORBIDDEN),
        (format!("https://{HOST_NAME}:444"), StatusCode::FORBIDDEN),
        ("https://evil.example".to_owned(), StatusCode::FORBIDDEN),
    ] {
        let request = browser.request(Method::POST, "/web/accounts/profile").header(ORIGIN, &origin);
        let reply = browser.send(request.body("{}".into()).expect("a request")).await;
        assert_eq!(reply.status, expected, "{origin}");
    }
}

#[tokio::test]
async fn a_content_type_opens_no_other_way() {
    // The guard does not look at it, so nothing else may decide by it either: same origin, same answer.
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/html"]
    {
        let request = browser.own("/web/interview/save-draft").header(CONTENT_TYPE, content_type);
        let reply = browser.send(request.body("language=en&id=1".into()).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{content_type}");
    }
}
