//! What a program does with an account as a whole: sessions, logins, files, retention, and what is left when it is gone.

use axum::body::Body;
use domain::takeout::IMPORT_MAX;
use domain::tokens::Scope;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};

use crate::program::{Program, problem};
use crate::stored::{assert_same, everything};
use crate::world::{SECRET, World, serve};

const EXPORT: &str = "/api/v1/account/export.zip";
const IMPORTS: [&str; 2] = ["/api/v1/account/import/preview", "/api/v1/account/import"];

async fn victim(world: &World, scope: Scope) -> Program {
    Program::new(&world.router, &world.fixture.app, &world.victim, scope).await
}

#[tokio::test]
async fn browsers_are_listed_and_signed_out() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Account).await;
        let (mut first, mut second) = (world.signed_in("victim").await, world.signed_in("victim").await);
        let mut other = world.signed_in("attacker").await;
        let listed = program.get("/api/v1/account/sessions").await.json();
        let rows = listed["items"].as_array().expect("a list").clone();
        assert_eq!((rows.len(), &listed["next"]), (2, &Value::Null));
        assert!(rows.iter().all(|row| row["current"] == false), "a token is no session: {rows:?}");
        let key = rows[0]["key"].as_str().expect("a key");
        for expected in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
            let ended =
                program.call(Method::DELETE, &format!("/api/v1/account/sessions/{key}"), &Value::Null).await;
            assert_eq!(ended.status, expected, "{ended:?}");
        }
        let nul = program.call(Method::DELETE, "/api/v1/account/sessions/%00", &Value::Null).await;
        assert_eq!(nul.status, StatusCode::NOT_FOUND);
        let profile = "/web/accounts/profile";
        let alive =
            [first.call(profile, &json!({})).await.status, second.call(profile, &json!({})).await.status];
        assert_eq!(alive.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{alive:?}");
        let all = program.call(Method::DELETE, "/api/v1/account/sessions", &Value::Null).await;
        assert_eq!(all.status, StatusCode::NO_CONTENT);
        for browser in [&mut first, &mut second] {
            assert_eq!(browser.call(profile, &json!({})).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(other.call(profile, &json!({})).await.status, StatusCode::OK, "the attacker stays");
        assert_eq!(program.get("/api/v1/account/sessions").await.json()["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn logins_are_listed_and_unlinked() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Account).await;
        let logins = program.get("/api/v1/account/logins").await.json();
        assert_eq!(logins["has_password"], true);
        assert_eq!(logins["identities"][0]["provider"], "github");
        assert!(!logins.to_string().contains("subject"), "{logins}");
        let unlink = async |provider: &str| {
            let path = format!("/api/v1/account/logins/{provider}");
            program.call(Method::DELETE, &path, &Value::Null).await.status
        };
        assert_eq!(unlink("kakao").await, StatusCode::NOT_FOUND);
        assert_eq!(unlink("nonsense").await, StatusCode::NOT_FOUND);
        assert_eq!(unlink("github").await, StatusCode::NO_CONTENT);
        assert_eq!(unlink("github").await, StatusCode::NOT_FOUND);
        assert_eq!(program.get("/api/v1/account/logins").await.json()["identities"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_takeout_goes_from_one_installation_to_another() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let reader = victim(&world, Scope::Read).await;
        let held = reader.get("/api/v1/account/holdings").await.json();
        assert_eq!(held["interviews"], 2);
        let zip = reader.get(EXPORT).await;
        assert_eq!(zip.status, StatusCode::OK);
        assert_eq!(zip.header("content-type"), Some("application/zip"));
        assert_eq!(zip.header("cache-control"), Some("no-store"));
        assert!(zip.header("content-disposition").is_some_and(|name| name.starts_with("attachment; ")));

        let other = Fixture::sqlite(None).await;
        let newcomer = other.person("victim").await;
        let router = serve(&other);
        let reading = Program::new(&router, &other.app, &newcomer, Scope::Read).await;
        let holder = Program::new(&router, &other.app, &newcomer, Scope::Account).await;
        let looked = reading.post_file(IMPORTS[0], zip.body.clone()).await;
        assert_eq!(looked.status, StatusCode::OK, "{looked:?}");
        assert_eq!(looked.json()["interviews"], json!({ "added": 2, "skipped": 0 }));
        assert_eq!(
            reading.get("/api/v1/account/holdings").await.json()["interviews"],
            0,
            "nothing is stored"
        );
        assert_eq!(reading.post_file(IMPORTS[1], zip.body.clone()).await.status, StatusCode::FORBIDDEN);
        let done = holder.post_file(IMPORTS[1], zip.body.clone()).await;
        assert_eq!((done.status, done.json()), (StatusCode::OK, looked.json()));
        let report = reading.get(&format!("/api/v1/interviews/{}/report", world.finished)).await;
        assert!(report.status == StatusCode::OK && report.text().contains(SECRET));
    })
    .await;
}

#[tokio::test]
async fn a_key_changes_nothing_about_an_import() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let program = victim(&world, Scope::Account).await;
    let zip = program.get(EXPORT).await.body;
    let other = Fixture::sqlite(None).await;
    let newcomer = other.person("victim").await;
    let newcomer = Program::new(&serve(&other), &other.app, &newcomer, Scope::Account).await;
    for expected in [json!({ "added": 2, "skipped": 0 }), json!({ "added": 0, "skipped": 2 })] {
        let request = newcomer.request(Method::POST, IMPORTS[1]).header(CONTENT_TYPE, "application/zip");
        let request = request.header("idempotency-key", "one").body(zip.clone().into());
        let reply = newcomer.send(request.expect("a request")).await;
        assert_eq!((reply.status, &reply.json()["interviews"]), (StatusCode::OK, &expected));
        assert_eq!(reply.header("idempotency-replayed"), None);
    }
    // The key is still free, and the description does not promise what is not kept.
    let retaken = newcomer.post_once("/api/v1/today/swaps", "one", &json!({ "swaps": 0 })).await;
    assert_eq!(retaken.status, StatusCode::OK, "{retaken:?}");
    let described = server::openapi();
    for path in IMPORTS {
        assert_eq!(described["paths"][path]["post"]["parameters"], Value::Null, "{path}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_imported_is_a_problem_that_says_why() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let program = victim(&world, Scope::Account).await;
    let before = everything(&world.fixture.app).await;
    for path in IMPORTS {
        let send = async |kind: Option<&str>, length: Option<u32>, body: &'static str| {
            let mut request = program.request(Method::POST, path);
            if let Some(kind) = kind {
                request = request.header(CONTENT_TYPE, kind);
            }
            if let Some(length) = length {
                request = request.header(CONTENT_LENGTH, length);
            }
            let reply = program.send(request.body(Body::from(body)).expect("a request")).await;
            assert!(reply.header("ratelimit-limit").is_some(), "{reply:?}");
            assert_eq!(problem(&reply), "wrong-file");
            (reply.status.as_u16(), reply.json()["fault"].clone())
        };
        let zip = Some("application/zip");
        assert_eq!(send(None, None, "PK").await, (415, json!("not-zip")), "{path}");
        assert_eq!(send(Some("application/json"), None, "{}").await, (415, json!("not-zip")), "{path}");
        assert_eq!(send(zip, None, "no file").await, (415, json!("not-zip")), "{path}");
        assert_eq!(send(zip, None, "PK\u{3}\u{4} and no more").await, (422, json!("damaged")), "{path}");
        let declared = send(zip, Some(IMPORT_MAX + 1), "PK").await;
        assert_eq!(declared, (413, json!("too-large")), "{path}");
    }
    assert_same(&before, &everything(&world.fixture.app).await, "a file that is no takeout");
    // A neighbour takes no more than any other call.
    let neighbour = program.post_file("/api/v1/account/import/", vec![0; server::BODY_MAX + 1]).await;
    assert_eq!(neighbour.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn exports_by_programs_are_as_few_as_those_by_pages() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let program = victim(&world, Scope::Read).await;
    let mut browser = world.signed_in("victim").await;
    for _ in 0..4 {
        assert_eq!(program.get(EXPORT).await.status, StatusCode::OK);
    }
    assert_eq!(browser.get("/account/export.zip").await.status, StatusCode::OK);
    let refused = program.get(EXPORT).await;
    assert_eq!(
        (refused.status, problem(&refused)),
        (StatusCode::TOO_MANY_REQUESTS, "too-many-attempts".to_owned())
    );
    assert!(refused.header("retry-after").is_some());
}

#[tokio::test]
async fn retention_is_chosen_as_on_the_page() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Account).await;
        let before = program.get("/api/v1/account/retention").await.json();
        assert_eq!((&before["chosen"], &before["maximum"]), (&json!("never"), &Value::Null));
        let choose = async |retention: &str| {
            let body = json!({ "retention": retention });
            program.call(Method::PUT, "/api/v1/account/retention", &body).await
        };
        let chosen = choose("90").await;
        assert_eq!((chosen.status, &chosen.json()["chosen"]), (StatusCode::OK, &json!("90")));
        let refused = choose("31").await;
        assert_eq!((refused.status.as_u16(), problem(&refused)), (422, "invalid".to_owned()));
        assert_eq!(refused.json()["field"], "retention");
        assert_eq!(program.get("/api/v1/account/retention").await.json(), chosen.json());
    })
    .await;
}

#[tokio::test]
async fn what_is_left_of_an_account_is_a_receipt() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Account).await;
        let held = program.get("/api/v1/account/holdings").await.json();
        // The past question that was approved stays, without its person.
        let mut deleted = held.clone();
        assert_eq!(held["past_questions"], 2);
        deleted["past_questions"] = json!(1);
        let wrong =
            program.call(Method::POST, "/api/v1/account/deletion", &json!({ "password": "no" })).await;
        assert_eq!((wrong.status.as_u16(), &wrong.json()["field"]), (422, &json!("password")));
        let gone =
            program.call(Method::POST, "/api/v1/account/deletion", &json!({ "password": PASSWORD })).await;
        assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
        assert_eq!(program.get("/api/v1/privacy").await.status, StatusCode::UNAUTHORIZED);
        let body = gone.json();
        let receipt = body["receipt"].as_str().expect("a receipt");
        let plain = world.nobody().get(&format!("/receipts/{receipt}/receipt.json")).await.json();
        assert_eq!(plain["deleted"], deleted);
        let somebody = Program::new(&world.router, &world.fixture.app, &world.attacker, Scope::Read).await;
        let read = somebody.get(&format!("/api/v1/receipts/{receipt}")).await.json();
        assert_eq!((&read["id"], &read["deleted"]), (&json!(receipt), &deleted));
        let unknown = somebody.get("/api/v1/receipts/00000000-0000-4000-8000-000000000000").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_does_not_leave_by_either_door() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        world.make_admin(world.victim.id).await;
        let program = victim(&world, Scope::Account).await;
        let mut browser = world.signed_in("victim").await;
        let password = json!({ "password": PASSWORD });
        let refused = program.call(Method::POST, "/api/v1/account/deletion", &password).await;
        assert_eq!((refused.status, problem(&refused)), (StatusCode::CONFLICT, "last-admin".to_owned()));
        let told = browser.call("/web/accounts/delete", &password).await.told();
        assert_eq!(told, json!({ "problem": "last-admin" }));
        assert_eq!(program.get("/api/v1/account").await.status, StatusCode::OK, "all of it is there");

        world.make_admin(world.attacker.id).await;
        let gone = program.call(Method::POST, "/api/v1/account/deletion", &password).await;
        assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn a_program_learns_who_receives_something() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let facts = victim(&world, Scope::Read).await.get("/api/v1/privacy").await.json();
    assert_eq!((&facts["stored_in"], &facts["recipients"]), (&json!("sqlite"), &json!([])));
    let other = Fixture::sqlite(Some(crate::hostile::HostileModel::interviewer())).await;
    let person = other.person("mina").await;
    let program = Program::new(&serve(&other), &other.app, &person, Scope::Read).await;
    let facts = program.get("/api/v1/privacy").await.json();
    assert_eq!(facts["recipients"][0]["host"], "model.example");
}
