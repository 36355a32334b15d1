//! Asking for something changes nothing.

use axum::body::Body;
use http::header::ACCEPT;
use http::{Method, StatusCode};
use testkit::each_database;

use crate::calls::{CALLS, PAGES, ROUTES};
use crate::client::PAGE;
use crate::stored::{assert_same, everything};
use crate::world::World;

#[tokio::test]
async fn no_safe_request_writes() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let before = everything(&world.fixture.app).await;
        let functions = CALLS.iter().map(|call| call.path);
        let pages = PAGES.iter().map(|(path, _)| *path);
        let routes = ROUTES.iter().map(|(path, ..)| *path);
        let paths: Vec<&str> =
            functions.chain(pages).chain(routes).chain(["/nowhere", "/web/nowhere"]).collect();
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            for path in &paths {
                for id in [world.interview, world.finished] {
                    let path = world.address(path, id);
                    // What the function behind a POST would take, in the address.
                    let query =
                        format!("id={id}&turn_number={}&text=x&action=finish&password=x", world.awaited);
                    let request = browser
                        .request(method.clone(), &format!("{path}?{query}"))
                        .header(ACCEPT, PAGE)
                        .header("sec-fetch-site", "cross-site");
                    let request = request.body(Body::empty()).expect("a request");
                    // Not read to its end: a stream has none.
                    let response = browser.open(request).await;
                    assert!(!response.status().is_server_error(), "{method} {path} {}", response.status());
                    if path.starts_with("/web/") {
                        let refused = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND];
                        assert!(
                            refused.contains(&response.status()),
                            "{method} {path} {}",
                            response.status()
                        );
                    }
                    assert!(response.headers().get("set-cookie").is_none(), "{method} {path}");
                }
            }
            assert_same(&before, &everything(&world.fixture.app).await, method.as_str());
        }
        assert!(browser.is_signed_in().await);
    })
    .await;
}
