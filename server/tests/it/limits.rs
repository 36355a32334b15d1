//! Too much, and what makes no sense: refused by its own fault, never by an error of the server.

use axum::body::{Body, Bytes};
use futures::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::BODY_MAX;
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::calls::{CALLS, Effect, mutations};
use crate::client::Browser;
use crate::stored::{assert_same, everything};
use crate::world::{World, serve};

/// JSON of exactly so many bytes that says nothing.
fn padded(length: usize) -> Vec<u8> {
    let mut body = b"{}".to_vec();
    body.resize(length, b' ');
    body
}

/// The body in pieces, without a word about how long it is.
fn in_pieces(body: &[u8]) -> Body {
    let pieces: Vec<_> =
        body.chunks(10_000).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    Body::from_stream(stream::iter(pieces))
}

#[tokio::test]
async fn one_byte_too_many_is_refused_declared_or_not() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let paths: Vec<&str> = CALLS.iter().map(|call| call.path).chain(["/preferences", "/nowhere"]).collect();
    for path in paths {
        for content_type in
            ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        {
            let mut send = async |length: usize, declared: bool| {
                let mut request = browser.own(path).header(CONTENT_TYPE, content_type);
                let body = padded(length);
                if declared {
                    request = request.header(CONTENT_LENGTH, length);
                }
                let body = if declared { body.into() } else { in_pieces(&body) };
                browser.send(request.body(body).expect("a request")).await.status
            };
            for declared in [true, false] {
                let what = format!("{path} {content_type} {declared}");
                assert_eq!(send(BODY_MAX + 1, declared).await, StatusCode::PAYLOAD_TOO_LARGE, "{what}");
                let fits = send(BODY_MAX, declared).await;
                assert!(fits != StatusCode::PAYLOAD_TOO_LARGE && !fits.is_server_error(), "{what}: {fits}");
            }
        }
    }
}

#[tokio::test]
async fn a_declared_length_is_refused_before_the_body_comes() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for length in [BODY_MAX as u64 + 1, 300 * 1024 * 1024, u64::MAX] {
        let request = browser.own("/web/accounts/sign-in").header(CONTENT_LENGTH, length);
        let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let reply = browser.send(request.body(endless).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "{length}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_request() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let pieces = [Ok(Bytes::from_static(b"{\"username\":")), Err(std::io::Error::other("gone"))];
    let request = browser.own("/web/accounts/sign-in").body(Body::from_stream(stream::iter(pieces)));
    assert_eq!(browser.send(request.expect("a request")).await.status, StatusCode::BAD_REQUEST);
}

/// Bodies that nobody's page sends.
fn malformed() -> Vec<Vec<u8>> {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_object = format!("{}1{}", "{\"id\":".repeat(50_000), "}".repeat(50_000));
    let texts = [
        "",
        " ",
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "\"\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}}",
        "{\"id\":}",
        "{\"id\":null}",
        "{\"id\":\"\"}",
        "{\"id\":\"x\",\"id\":\"y\"}",
        "{\"account\":[]}",
        "{\"filter\":1}",
        "{\"username\":{\"a\":1},\"password\":[]}",
        "{\"username\":\"\\ud800\",\"password\":\"\\udfff\"}",
        "%zz=%",
        "a=b&c=d",
        "=&=&=",
        "--x\r\n\r\n",
        "--",
        "<xml/>",
        "\u{feff}{}",
        &deep,
        &deep_object,
    ];
    let mut bodies: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    bodies.push(vec![0xff, 0xfe, 0x00, 0x80]);
    bodies.push(b"{\"username\":\"\xff\",\"password\":\"\"}".to_vec());
    bodies.push(vec![0; 1000]);
    bodies
}

#[tokio::test]
async fn what_cannot_be_read_is_no_error_of_the_server() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let signed_in = world.signed_in("attacker").await;
    let before = everything(&world.fixture.app).await;
    let content_types = [
        Some("application/json"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data"),
        Some("multipart/form-data; boundary="),
        Some("multipart/form-data; boundary=x"),
        Some("text/plain; charset=utf-16"),
        Some("\u{1}"),
        None,
    ];
    for call in CALLS.iter().filter(|call| !call.path.ends_with("/sign-out")) {
        for body in malformed() {
            for content_type in content_types {
                let mut browser = signed_in.clone();
                let mut request = browser.own(call.path);
                if let Some(content_type) =
                    content_type.and_then(|text| http::HeaderValue::from_str(text).ok())
                {
                    request = request.header(CONTENT_TYPE, content_type);
                }
                let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
                let reply = browser.send(request.body(body.clone().into()).expect("a request")).await;
                // An empty object and its like are all that a call without arguments takes.
                let takes_nothing = (call.arguments)(Uuid::nil(), 0) == json!({})
                    || (matches!(call.path, "/web/interview/history" | "/web/progress/read")
                        && body == b"[{}]")
                    // Without an invitation it tells what holds for everybody.
                    || call.path == "/web/accounts/registration"
                    // It lists everything unless told otherwise.
                    || call.path == "/web/letters/list";
                assert!(
                    reply.status.is_client_error() || (takes_nothing && reply.status == StatusCode::OK),
                    "{} {content_type:?} {shown}: {}",
                    call.path,
                    reply.status
                );
                if reply.status == StatusCode::BAD_REQUEST {
                    assert_eq!(reply.json(), json!("unreadable"), "{}", call.path);
                }
            }
        }
        assert_same(&before, &everything(&world.fixture.app).await, call.path);
    }
}

#[tokio::test]
async fn plain_forms_that_cannot_be_read_are_no_error_of_the_server() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for path in ["/preferences", "/web/accounts/sign-out"] {
        for body in malformed() {
            for content_type in
                ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"]
            {
                let request = browser.own(path).header(CONTENT_TYPE, content_type);
                let reply = browser.send(request.body(body.clone().into()).expect("a request")).await;
                assert!(!reply.status.is_server_error(), "{path} {content_type}: {}", reply.status);
            }
        }
    }
}

#[tokio::test]
async fn an_over_long_answer_is_told_at_its_field_and_the_draft_stays() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        // Four bytes a character and twelve in this encoding: the body is far from its limit all the same.
        let long = |length: usize| "🦀".repeat(length);
        let answer = |text: &str| {
            json!({
                "id": world.interview, "turn_number": world.awaited, "request_id": Uuid::now_v7(), "text": text,
            })
        };
        let draft = json!({ "id": world.interview, "text": long(20_000) });
        assert_eq!(browser.call("/web/interview/save-draft", &draft).await.json(), json!({ "Ok": null }));
        let before = everything(&world.fixture.app).await;

        let too_long = json!({
            "problem": "invalid", "field": "answer", "reason": { "reason": "too-long", "max": 20_000 },
        });
        let told = browser.call("/web/interview/answer", &answer(&long(20_001))).await.told();
        assert_eq!(told, too_long);
        let draft = json!({ "id": world.interview, "text": long(20_001) });
        assert_eq!(browser.call("/web/interview/save-draft", &draft).await.told(), too_long);
        let empty = browser.call("/web/interview/answer", &answer(" \n\t ")).await.told();
        assert_eq!(empty, json!({ "problem": "invalid", "field": "answer", "reason": { "reason": "empty" } }));
        assert_same(&before, &everything(&world.fixture.app).await, "a refused answer");

        let taken = browser.call("/web/interview/answer", &answer(&long(20_000))).await;
        assert_eq!(taken.json(), json!({ "Ok": null }));
    })
    .await;
}

/// A sign-up whose other fields are fine.
fn account(field: &str, value: &str) -> Value {
    let mut account = json!({
        "username": "newcomer", "email": "newcomer@example.com", "password": PASSWORD,
        "password_confirmation": PASSWORD, "language": "ko",
    });
    account[field] = value.into();
    if field == "password" {
        account["password_confirmation"] = value.into();
    }
    json!({ "account": account })
}

#[tokio::test]
async fn over_long_names_are_told_at_their_fields() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    let before = everything(&world.fixture.app).await;
    let address = format!("{}@example.com", "a".repeat(300));
    for (field, value, max) in [
        ("username", "a".repeat(33), 32),
        ("username", "가".repeat(100_000), 32),
        ("email", address, 254),
        ("password", "x".repeat(129), 128),
        ("password", "x".repeat(200_000), 128),
    ] {
        let told = browser.call("/web/accounts/register", &account(field, &value)).await.told();
        let reason = json!({ "reason": "too-long", "max": max });
        assert_eq!(told, json!({ "problem": "invalid", "field": field, "reason": reason }));
    }
    let edit = json!({ "edit": {
        "display_name": "a".repeat(41), "language": "ko", "time_zone": "Asia/Seoul", "fields": [],
    } });
    let told = browser.call("/web/accounts/save-profile", &edit).await.told();
    let reason = json!({ "reason": "too-long", "max": 40 });
    assert_eq!(told, json!({ "problem": "invalid", "field": "display_name", "reason": reason }));
    assert_same(&before, &everything(&world.fixture.app).await, "a refused name");
}

/// Texts that are characters and yet trouble databases and calendars.
const TROUBLE: &[&str] = &[
    "\u{0}",
    "a\u{0}b",
    "\u{1}\u{7f}",
    "\u{fffe}\u{ffff}",
    "\u{202e}",
    "%",
    "_",
    "'",
    "\"",
    "\\",
    "\\x00",
    "--",
    "'; DROP TABLE users; --",
    "{}",
    "[]",
    "null",
    "NaN",
    "-1",
    "99999999999999999999",
    "262142-12-31",
    "+262142-12-31",
    "-262143-01-01",
    "+294277-01-01",
    "-4714-01-01",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
];

#[tokio::test]
async fn no_text_breaks_a_database() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut awaited = world.awaited;
        for trouble in TROUBLE {
            let answer = json!({
                "id": world.interview, "turn_number": awaited, "request_id": Uuid::now_v7(), "text": trouble,
            });
            let filter = json!({ "filter": {
                "field": trouble, "result": trouble, "from": trouble, "to": trouble, "after": null,
            } });
            let interview = json!({ "interview": {
                "request_id": Uuid::now_v7(), "field": trouble, "topics": [trouble], "level": trouble,
                "language": trouble, "question_count": 3, "mode": trouble,
            } });
            let edit = json!({ "edit": {
                "display_name": trouble, "language": trouble, "time_zone": trouble, "fields": [trouble],
            } });
            let named = json!({ "edit": {
                "display_name": trouble, "language": "ko", "time_zone": "Asia/Seoul", "fields": [],
            } });
            let password = json!({ "current": trouble, "password": trouble, "confirmation": trouble });
            for (path, arguments) in [
                ("/web/interview/save-draft", json!({ "id": world.interview, "text": trouble })),
                ("/web/interview/answer", answer),
                ("/web/interview/history", filter),
                ("/web/drill/check", json!({ "id": world.card, "text": trouble })),
                ("/web/drill/list", json!({ "field": trouble })),
                ("/web/notebook/list", json!({ "filter": trouble, "field": trouble, "page": u32::MAX })),
                (
                    "/web/notebook/save-memo",
                    json!({ "target": { "entry": world.entry }, "before": trouble, "memo": trouble }),
                ),
                ("/web/interview/start", interview),
                ("/web/accounts/save-profile", edit),
                ("/web/accounts/save-profile", named),
                ("/web/accounts/change-password", password),
            ] {
                let reply = browser.call(path, &arguments).await;
                assert_eq!(reply.status, StatusCode::OK, "{path} {trouble:?} {reply:?}");
            }
            for account in [account("username", trouble), account("email", &format!("{trouble}@example.com"))]
            {
                let reply = world.nobody().call("/web/accounts/register", &account).await;
                assert_eq!(reply.status, StatusCode::OK, "{trouble:?} {reply:?}");
            }
            let signed_in = world.nobody().try_sign_in(trouble, trouble).await;
            assert_eq!(signed_in.status, StatusCode::OK, "{trouble:?}");
            let room = world.fixture.quiet(&world.victim, world.interview).await;
            match room.awaited_turn() {
                Some(number) => awaited = number,
                None => awaited += 1,
            }
            let encoded: String = url::form_urlencoded::byte_serialize(trouble.as_bytes()).collect();
            for path in [
                format!("/interviews?from={encoded}"),
                format!("/interviews?to={encoded}"),
                format!("/interviews?field={encoded}&result={encoded}&after={encoded}"),
                format!("/interviews/{}", encoded.replace('+', "%20")),
            ] {
                let status = browser.get(&path).await.status;
                assert!(!status.is_server_error(), "{path}: {status}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn numbers_beyond_their_type_are_refused() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    for number in [json!(-1), json!(4_294_967_296_u64), json!(1.5), json!("1"), json!(1e300), Value::Null] {
        let answer = json!({
            "id": world.interview, "turn_number": number, "request_id": Uuid::now_v7(), "text": "x",
        });
        let reply = browser.call("/web/interview/answer", &answer).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{number}");
    }
    for number in [0, 4, 1_000_000, u32::MAX] {
        let answer = json!({
            "id": world.interview, "turn_number": number, "request_id": Uuid::now_v7(), "text": "x",
        });
        let told = browser.call("/web/interview/answer", &answer).await.told();
        assert_eq!(told, json!({ "problem": "out-of-date" }), "{number}");
    }
    for count in [0, 2, 11, u32::MAX] {
        let interview = json!({ "interview": {
            "request_id": Uuid::now_v7(), "field": "cs", "topics": [], "level": "junior", "language": "ko",
            "question_count": count, "mode": "coaching",
        } });
        let told = browser.call("/web/interview/start", &interview).await.told();
        assert_eq!(told["field"], "question_count", "{count}");
    }
}

#[tokio::test]
async fn every_mutation_is_among_those_that_were_tried() {
    // Guards the filters above: a mutation that is no server function needs its own malformed bodies.
    let functions: Vec<&str> =
        CALLS.iter().filter(|call| call.effect == Effect::Writes).map(|call| call.path).collect();
    let others: Vec<&str> = mutations().filter(|path| !functions.contains(path)).collect();
    // The way to a provider is tried in `logins.rs`, files in `takeout.rs` and `documents.rs`.
    assert_eq!(
        others,
        [
            "/preferences",
            "/oauth/{provider}/start",
            "/account/import/preview",
            "/account/import",
            "/documents/parse"
        ]
    );
}

#[tokio::test]
async fn addresses_that_make_no_sense_are_pages_that_are_not_there() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let unknown = Uuid::now_v7();
    for id in
        ["x", "0", "new-one", "%00", "%ff%fe", "00000000-0000-0000-0000-000000000000", &unknown.to_string()]
    {
        for path in [format!("/interviews/{id}"), format!("/interviews/{id}/report")] {
            let reply = browser.get(&path).await;
            assert!(
                matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
                "{path} {}",
                reply.status
            );
        }
        let events = browser.get(&format!("/interviews/{id}/events")).await;
        assert!(events.status.is_client_error(), "{id} {}", events.status);
    }
    let id = world.interview;
    for path in ["/interviews/x/y/z", "/interview", "/web", "/web/", "/web/accounts", "/LOGIN", "/login/"] {
        let status = browser.get(path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let long = format!("/{}", "a".repeat(50_000));
    assert!(browser.get(&long).await.status.is_client_error());
    let request = browser
        .request(Method::POST, &format!("/interviews/{id}/events"))
        .header("sec-fetch-site", "same-origin");
    let reply = browser.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
}
