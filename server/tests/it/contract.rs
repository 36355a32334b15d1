//! The contract of Mock-Interviewer, line by line: what its clients send, and what they rely on.

use axum::Router;
use axum::body::Body;
use domain::accounts::service as accounts;
use domain::entities::{api_token, user};
use domain::quotas::{self, LimitedAction};
use domain::tokens::{NewToken, service as tokens};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, StatusCode};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::{Browser, Reply};
use crate::stored::{assert_same, everything};
use crate::world::serve;

const REGISTER: &str = "/api/user/register/";
const LOGIN: &str = "/api/user/login/";
const LOGOUT: &str = "/api/user/logout/";
const CHAT: &str = "/api/chat/gpt/";
const LIMIT_REACHED: &str = "You have exceeded the chat request limit for today.";

/// A program on some machine, with the token that it was given.
struct Client {
    browser: Browser,
    key: Option<String>,
}

impl Client {
    fn new(router: &Router) -> Self {
        Self { browser: Browser::new(router), key: None }
    }

    fn with_key(router: &Router, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::new(router) }
    }

    async fn send(&mut self, method: Method, path: &str, kind: Option<&str>, body: impl Into<Body>) -> Reply {
        let mut request = self.browser.request(method, path);
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        if let Some(key) = &self.key {
            request = request.header(AUTHORIZATION, format!("Token {key}"));
        }
        self.browser.send(request.body(body.into()).expect("a request")).await
    }

    async fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some("application/json"), body.to_string()).await
    }

    async fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    async fn login(&mut self, name: &str, password: &str) -> String {
        let reply = self.post(LOGIN, &json!({ "username": name, "password": password })).await;
        assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
        assert_eq!(reply.json()["message"], "User logged in successfully.");
        let key = reply.json()["Token"].as_str().expect("a token").to_owned();
        self.key = Some(key.clone());
        key
    }
}

fn account(name: &str) -> Value {
    json!({ "username": name, "email": format!("{name}@example.com"), "password": PASSWORD })
}

#[track_caller]
fn assert_reply(reply: &Reply, status: u16, body: &Value) {
    assert_eq!((reply.status.as_u16(), &reply.json()), (status, body));
}

#[tokio::test]
async fn a_client_registers_signs_in_talks_and_leaves() {
    each_database(|fixture| async move {
        let router = serve(&fixture);
        let mut client = Client::new(&router);
        let mut new = account("mina");
        new["password2"] = json!(PASSWORD);
        let registered = client.post(REGISTER, &new).await;
        assert_reply(&registered, 201, &json!({ "message": "User registered successfully." }));
        assert!(registered.set_cookies().is_empty());

        let key = client.login("mina", PASSWORD).await;
        let nothing = json!({ "conversations": [], "count": 0, "limit": 5 });
        assert_reply(&client.get(CHAT).await, 200, &nothing);

        let started = client.post(CHAT, &json!({ "interview_topic": "React" })).await;
        assert_eq!(started.status, StatusCode::OK, "{started:?}");
        let greeting = started.json()["response"].as_str().expect("a text").to_owned();
        assert_eq!(
            started.json(),
            json!({ "response": greeting, "audio_url": null }),
            "nobody reads aloud here"
        );
        assert!(!greeting.is_empty());

        let went_on = client.post(CHAT, &json!({ "user_input": "네, 시작하겠습니다." })).await;
        let next = went_on.json()["response"].as_str().expect("a text").to_owned();
        let told = client.get(CHAT).await.json();
        assert_eq!((&told["count"], &told["limit"]), (&json!(2), &json!(5)));
        let said = told["conversations"].as_array().expect("a list");
        assert_eq!(said[0]["role"], "system");
        assert_eq!(
            said[1..],
            [
                json!({ "role": "assistant", "content": greeting }),
                json!({ "role": "user", "content": "네, 시작하겠습니다." }),
                json!({ "role": "assistant", "content": next }),
            ]
        );

        let left = client.get(LOGOUT).await;
        assert_reply(&left, 200, &json!({ "message": "User logged out successfully." }));
        for path in [CHAT, LOGOUT] {
            let refused = client.get(path).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
            assert!(refused.json()["detail"].is_string(), "{refused:?}");
            assert!(refused.header("www-authenticate").is_some());
        }
        let rows = api_token::Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
        assert!(rows.is_empty() && !format!("{rows:?}").contains(&key));
    })
    .await;
}

#[tokio::test]
async fn paths_work_with_and_without_their_last_slash() {
    let fixture = Fixture::sqlite(None).await;
    let router = serve(&fixture);
    for (number, slash) in ["", "/"].into_iter().enumerate() {
        let mut client = Client::new(&router);
        let name = format!("mina{number}");
        let path = |path: &str| format!("{}{slash}", path.trim_end_matches('/'));
        assert_eq!(client.post(&path(REGISTER), &account(&name)).await.status, StatusCode::CREATED);
        let reply = client.post(&path(LOGIN), &json!({ "username": name, "password": PASSWORD })).await;
        client.key = reply.json()["Token"].as_str().map(str::to_owned);
        assert_eq!(client.get(&path(CHAT)).await.status, StatusCode::OK);
        let started = client.post(&path(CHAT), &json!({ "interview_topic": "OS" })).await;
        assert_eq!(started.status, StatusCode::OK);
        let left = client.send(Method::POST, &path(LOGOUT), None, Body::empty()).await;
        assert_reply(&left, 200, &json!({ "message": "User logged out successfully." }));
    }
}

#[tokio::test]
async fn registrations_that_cannot_be_taken() {
    each_database(|fixture| async move {
        fixture.person("taken").await;
        let router = serve(&fixture);
        let mut client = Client::new(&router);
        let before = everything(&fixture.app).await;
        let required = json!({ "error": "Username, password, and email are required." });
        for missing in ["username", "email", "password"] {
            for nothing in [None, Some(Value::Null), Some(json!(""))] {
                let mut body = account("mina");
                match nothing {
                    None => drop(body.as_object_mut().expect("an object").remove(missing)),
                    Some(value) => body[missing] = value,
                }
                assert_reply(&client.post(REGISTER, &body).await, 400, &required);
            }
            let mut body = account("mina");
            body[missing] = json!(7);
            let error = format!("{missing} must be a text.");
            assert_reply(&client.post(REGISTER, &body).await, 400, &json!({ "error": error }));
        }
        for different in ["another horse", ""] {
            let mut body = account("mina");
            body["password2"] = json!(different);
            let told = json!({ "error": "Passwords do not match" });
            assert_reply(&client.post(REGISTER, &body).await, 400, &told);
        }
        let taken = json!({ "error": "Username already exists.", "message": "Username already exists." });
        assert_reply(&client.post(REGISTER, &account("Taken")).await, 409, &taken);
        let mut body = account("mina");
        body["email"] = json!("TAKEN@example.com");
        assert_reply(&client.post(REGISTER, &body).await, 409, &taken);
        for (name, value, sentence) in [
            ("password", "short", "The password must have at least 8 characters."),
            (
                "password",
                "password123",
                "This password is too easy to guess. Please choose one that is neither common nor your name.",
            ),
            ("username", "ab", "The username must have at least 3 characters."),
            ("username", "a b", "The username may hold letters, digits and the characters _ - . only."),
            ("email", "mina", "The email must be an address such as mina@example.com."),
        ] {
            let mut body = account("mina");
            body[name] = json!(value);
            assert_reply(&client.post(REGISTER, &body).await, 400, &json!({ "error": sentence }));
        }
        assert_same(&before, &everything(&fixture.app).await, "a refused registration");
    })
    .await;
}

#[tokio::test]
async fn what_is_in_the_body_besides_gives_nobody_anything() {
    let fixture = Fixture::sqlite(None).await;
    let mut client = Client::new(&serve(&fixture));
    let mut body = account("mina");
    for (name, value) in [("role", json!("admin")), ("is_staff", json!(true)), ("limit", json!(1000))] {
        body[name] = value;
    }
    assert_eq!(client.post(REGISTER, &body).await.status, StatusCode::CREATED);
    let rows = user::Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
    assert_eq!(rows[0].role, "member");
}

#[tokio::test]
async fn signing_in_is_possible_any_number_of_times_and_only_with_the_password() {
    each_database(|fixture| async move {
        fixture.person("mina").await;
        let router = serve(&fixture);
        let mut client = Client::new(&router);
        let required = json!({ "error": "Username and password are required." });
        for body in
            [json!({}), json!({ "username": "mina" }), json!({ "password": PASSWORD, "username": "" })]
        {
            assert_reply(&client.post(LOGIN, &body).await, 400, &required);
        }
        let wrong = json!({ "error": "Invalid credentials." });
        for name in ["mina", "nobody"] {
            let body = json!({ "username": name, "password": "wrong horse battery" });
            assert_reply(&client.post(LOGIN, &body).await, 401, &wrong);
        }
        let mut keys = Vec::new();
        for _ in 0..3 {
            keys.push(client.login("mina", PASSWORD).await);
        }
        for key in &keys {
            assert_eq!(Client::with_key(&router, key).get(CHAT).await.status, StatusCode::OK);
        }
        let rows = api_token::Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
        assert_eq!(rows.len(), 3);
        assert!(keys.iter().all(|key| !format!("{rows:?}").contains(key.as_str())));
    })
    .await;
}

#[tokio::test]
async fn guesses_are_slowed_down_as_on_the_pages() {
    let fixture = Fixture::sqlite(None).await;
    fixture.person("mina").await;
    let mut client = Client::new(&serve(&fixture));
    let guess = json!({ "username": "mina", "password": "wrong horse battery" });
    for _ in 0..10 {
        assert_eq!(client.post(LOGIN, &guess).await.status, StatusCode::UNAUTHORIZED);
    }
    let refused = client.post(LOGIN, &guess).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.json()["error"].as_str().is_some_and(|error| error.starts_with("Too many attempts.")));
    let seconds: u32 = refused.header("retry-after").and_then(|text| text.parse().ok()).expect("seconds");
    assert!((1..=60).contains(&seconds));
}

#[tokio::test]
async fn bodies_of_the_wrong_kind_are_refused() {
    each_database(|fixture| async move {
        fixture.person("mina").await;
        let router = serve(&fixture);
        let mut client = Client::new(&router);
        let before = everything(&fixture.app).await;
        let fine = account("newcomer").to_string();
        let form = "username=newcomer&email=newcomer%40example.com&password=correct+horse+battery";
        // What a page of another site can send without asking.
        for (kind, body) in [
            (Some("text/plain"), fine.as_str()),
            (Some("text/plain;application/json"), fine.as_str()),
            (None, fine.as_str()),
            (Some("application/x-www-form-urlencoded"), form),
            (Some("multipart/form-data; boundary=application/json"), fine.as_str()),
        ] {
            for path in [REGISTER, LOGIN] {
                let refused = client.send(Method::POST, path, kind, body.to_owned()).await;
                assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind:?} {path}");
                assert!(refused.json()["error"].is_string());
            }
        }
        let json_kind = Some("application/json; charset=utf-8");
        for broken in ["{", "[]", "\"mina\"", "null", "\u{feff}", "{\"username\":}", "{\"a\":\"\\ud800\"}"] {
            for path in [REGISTER, LOGIN] {
                let refused = client.send(Method::POST, path, json_kind, broken.to_owned()).await;
                assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{broken} {path}");
                assert!(refused.json()["error"].is_string());
            }
        }
        for path in [REGISTER, LOGIN] {
            let empty = client.send(Method::POST, path, None, Body::empty()).await;
            assert_eq!(empty.status, StatusCode::BAD_REQUEST, "{path}");
        }
        assert_same(&before, &everything(&fixture.app).await, "a body of the wrong kind");
        assert_eq!(client.send(Method::POST, REGISTER, json_kind, fine).await.status, StatusCode::CREATED);
    })
    .await;
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    let fixture = Fixture::sqlite(None).await;
    let router = serve(&fixture);
    let mut client = Client::new(&router);
    for (path, methods) in [
        (REGISTER, vec![Method::GET, Method::PUT, Method::DELETE]),
        (LOGIN, vec![Method::GET, Method::PATCH]),
        (LOGOUT, vec![Method::PUT, Method::DELETE]),
        (CHAT, vec![Method::PUT, Method::DELETE]),
    ] {
        for method in methods {
            let refused = client.send(method.clone(), path, None, Body::empty()).await;
            assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(refused.json()["error"].is_string());
            assert!(refused.header("allow").is_some(), "{method} {path}");
        }
    }
    let unknown = client.get("/api/user/").await;
    assert_eq!((unknown.status, unknown.json()), (StatusCode::NOT_FOUND, json!({ "problem": "not-found" })));
}

#[tokio::test]
async fn a_chat_wants_one_of_two_texts_and_somebody_who_sends_it() {
    each_database(|fixture| async move {
        fixture.person("mina").await;
        let router = serve(&fixture);
        let mut client = Client::new(&router);
        let bodies = [
            json!({}),
            json!({ "interview_topic": "", "user_input": "" }),
            json!({ "interview_topic": null }),
            json!({ "interview_topic": "React", "user_input": "네" }),
            json!({ "interview_topic": 3 }),
            json!({ "user_input": ["네"] }),
            json!({ "interview_topic": "x".repeat(201) }),
            json!({ "interview_topic": "   " }),
            json!({ "user_input": "said before there is a topic" }),
        ];
        for body in &bodies {
            let refused = client.post(CHAT, body).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
            assert!(refused.json()["detail"].is_string());
        }
        client.login("mina", PASSWORD).await;
        for body in &bodies {
            let refused = client.post(CHAT, body).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{body}");
            assert!(refused.json()["error"].is_string(), "{body}");
        }
        assert_eq!(client.get(CHAT).await.json()["count"], 0);
        // Clients of forms send both and leave one empty.
        let started = client.post(CHAT, &json!({ "interview_topic": "React", "user_input": "" })).await;
        assert_eq!(started.status, StatusCode::OK);
        let long = client.post(CHAT, &json!({ "user_input": "가".repeat(20_001) })).await;
        assert_reply(&long, 400, &json!({ "error": "The user_input must have at most 20000 characters." }));
    })
    .await;
}

#[tokio::test]
async fn over_the_limit_nothing_more_is_taken() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let limit = 3;
        quotas::service::set_limit(&fixture.app, viewer.id, LimitedAction::Chat, limit).await.expect("set");
        let router = serve(&fixture);
        let key = Client::new(&router).login("mina", PASSWORD).await;
        let sent = (0..12).map(|number| {
            let mut client = Client::with_key(&router, &key);
            async move { client.post(CHAT, &json!({ "interview_topic": format!("OS {number}") })).await }
        });
        let replies = futures::future::join_all(sent).await;
        let (taken, refused): (Vec<_>, Vec<_>) =
            replies.into_iter().partition(|reply| reply.status == StatusCode::OK);
        assert_eq!(taken.len(), limit as usize);
        for reply in refused {
            assert_reply(&reply, 429, &json!({ "error": LIMIT_REACHED }));
            assert!(reply.header("retry-after").is_some());
        }
        let mut client = Client::with_key(&router, &key);
        let refused = client.post(CHAT, &json!({ "user_input": "네" })).await;
        assert_reply(&refused, 429, &json!({ "error": LIMIT_REACHED }));
        let told = client.get(CHAT).await.json();
        assert_eq!((&told["count"], &told["limit"]), (&json!(limit), &json!(limit)));
    })
    .await;
}

#[tokio::test]
async fn a_key_goes_as_far_as_its_scope_and_no_longer_than_it_works() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let router = serve(&fixture);
        let made = async |scope: &str| {
            let new = NewToken { name: "t".to_owned(), scope: scope.to_owned(), expiry: "never".to_owned() };
            tokens::create(&fixture.app, &viewer, new).await.expect("a token")
        };
        let (read, write) = (made("read").await, made("write").await);
        let mut reader = Client::with_key(&router, &read.secret);
        assert_eq!(reader.get(CHAT).await.status, StatusCode::OK);
        let refused = reader.post(CHAT, &json!({ "interview_topic": "OS" })).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.json()["detail"].is_string());

        // Both names of the scheme.
        let request = reader.browser.request(Method::GET, CHAT);
        let request = request.header(AUTHORIZATION, format!("Bearer {}", write.secret));
        let reply = reader.browser.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::OK);

        tokens::revoke(&fixture.app, &viewer, read.token.id).await.expect("revoked");
        assert_eq!(reader.get(CHAT).await.status, StatusCode::UNAUTHORIZED);
        let mut writer = Client::with_key(&router, &write.secret);
        assert_eq!(writer.get(CHAT).await.status, StatusCode::OK);
        let new = "another horse battery";
        accounts::change_password(&fixture.app, &viewer, PASSWORD, new, new).await.expect("changed");
        assert_eq!(writer.get(CHAT).await.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn a_session_opens_nothing_here() {
    let fixture = Fixture::sqlite(None).await;
    fixture.person("mina").await;
    let router = serve(&fixture);
    let mut browser = Browser::new(&router);
    browser.sign_in("mina").await;
    assert!(browser.session().is_some());
    for path in [CHAT, LOGOUT] {
        assert_eq!(browser.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert!(browser.is_signed_in().await, "nor is it ended here");
}
