//! Where a reply may lead: to a page of this site, whatever the request says.

use http::header::{ACCEPT, CONTENT_TYPE, REFERER};
use http::{Method, StatusCode};
use testkit::Fixture;

use crate::calls::{CALLS, Encoding, mutations};
use crate::client::{Browser, PAGE};
use crate::markup::Page;
use crate::world::{World, serve};

/// Addresses that look like ours and lead elsewhere, or nowhere good.
const HOSTILE: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "",
    " ",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    "/\u{0}/evil.example",
    "/\r\nSet-Cookie: x=y",
];

/// Addresses that stay, however they look.
const HARMLESS: &[&str] = &[
    "/",
    "/interviews/new",
    "/interviews?field=cs&from=2026-01-01",
    "/%5cevil.example",
    "/%2f/evil.example",
    "/%09/evil.example",
    "/@evil.example",
    "/login?next=%2F%2Fevil.example",
    "/a//evil.example",
];

#[tokio::test]
async fn a_choice_leads_back_to_a_page_of_ours_only() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for next in HOSTILE {
        let reply = browser.submit("/preferences", &[("theme", "dark"), ("next", next)]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, Some("/")), "{next:?}");
    }
    for next in HARMLESS {
        let reply = browser.submit("/preferences", &[("theme", "dark"), ("next", next)]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, Some(*next)), "{next:?}");
    }
}

#[tokio::test]
async fn only_words_that_are_offered_become_cookies() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for word in ["", "fr", "EN", "en; Domain=evil.example", "en\r\nSet-Cookie: x=y", "<script>", "dark light"]
    {
        let reply = browser.submit("/preferences", &[("language", word), ("theme", word)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{word:?}");
        assert!(reply.set_cookies().is_empty(), "{word:?}");
    }
    let reply =
        browser.submit("/preferences", &[("language", "en"), ("theme", "dark"), ("role", "admin")]).await;
    assert_eq!(reply.set_cookies().len(), 2);
    let page = browser.get("/").await;
    assert!(page.text().contains("<html lang=\"en\" data-theme=\"dark\""), "{}", page.text());
    // A cookie that somebody else wrote is no choice.
    browser.cookies.insert("daedap_language".to_owned(), "\"><script>".to_owned());
    browser.cookies.insert("daedap_theme".to_owned(), "\"><script>".to_owned());
    assert!(!browser.get("/").await.text().contains("\"><script>"));
}

#[tokio::test]
async fn no_page_offers_a_way_to_another_site() {
    let world = World::new(Fixture::sqlite(None).await).await;
    for next in HOSTILE.iter().chain(HARMLESS) {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        for path in
            [format!("/login?next={next}"), format!("/register?next={next}"), format!("/?next={next}")]
        {
            let reply = world.nobody().get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            Page::of(&reply).assert_tame(&path);
        }
    }
    // Addresses of pages that look like another site's.
    for path in
        ["//evil.example", "//evil.example/interviews", "/interviews//evil.example", "/\\evil.example"]
    {
        let reply = world.nobody().get(path).await;
        if let Some(location) = reply.location() {
            assert!(location.starts_with("/login?next="), "{path} leads to {location}");
        }
        Page::of(&reply).assert_tame(path);
    }
}

#[tokio::test]
async fn a_plain_form_is_not_sent_back_to_a_foreign_referrer() {
    let world = World::new(Fixture::sqlite(None).await).await;
    for (referrer, signed_in) in
        [("https://evil.example/x", true), ("https://evil.example/x", false), ("/\\evil.example", true)]
    {
        let mut browser = world.nobody();
        for call in CALLS {
            for arguments in [(call.arguments)(uuid::Uuid::nil(), 1).to_string(), "nonsense".to_owned()] {
                // Signing in is limited, and one of the calls signs out.
                if browser.is_signed_in().await != signed_in {
                    browser = match signed_in {
                        true => world.signed_in("attacker").await,
                        false => world.nobody(),
                    };
                }
                if matches!(call.path, "/web/accounts/delete" | "/web/accounts/change-password") && signed_in
                {
                    continue;
                }
                let content_type = match call.encoding {
                    Encoding::Json => "application/json",
                    Encoding::Form => "application/x-www-form-urlencoded",
                };
                let request = browser
                    .own(call.path)
                    .header(ACCEPT, PAGE)
                    .header(CONTENT_TYPE, content_type)
                    .header(REFERER, referrer);
                let reply = browser.send(request.body(arguments.clone().into()).expect("a request")).await;
                let headers = format!("{:?}", reply.headers);
                assert!(!headers.contains("evil.example"), "{call:?} {headers}");
                assert!(!headers.contains("__err"), "{call:?} {headers}");
                assert!(matches!(reply.location(), None | Some("/")), "{call:?} {headers}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_of_an_address_is_not_shown() {
    // Server functions leave their errors in addresses; anybody can write an address.
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let path = "/login?__path=/web/accounts/sign-in&__err=WW91IHdlcmUgaGFja2Vk&error=You+were+hacked";
    let reply = browser.get(path).await;
    for words in ["You were hacked", "WW91IHdlcmUgaGFja2Vk\"<"] {
        assert!(!reply.text().contains(&format!(">{words}")), "{words}");
    }
}

#[tokio::test]
async fn only_the_routes_of_the_table_take_a_post() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let known: Vec<&str> = mutations().collect();
    for path in
        ["/", "/login", "/register", "/profile", "/interviews", "/interviews/new", "/healthz", "/readyz"]
    {
        assert!(!known.contains(&path));
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let request = browser.request(method.clone(), path).header("sec-fetch-site", "same-origin");
            let reply = browser.send(request.body("".into()).expect("a request")).await;
            assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}
