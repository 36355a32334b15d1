//! From one installation to another, and back.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::documents::{DOCUMENTS_MAX, NewDocument, TEXT_MAX, service as documents};
use domain::drill::{Rating, service as drill};
use domain::entities::{allowance, assessment, drill_card, interview, share, turn, user};
use domain::interview::{NewAssessment, RoomAction, service as interviews};
use domain::past_questions::{PastDetails, PastStatus, WAITING_MAX, service as past_questions};
use domain::retention::service as retention;
use domain::takeout::{Coverage, FileFault, TABLES, Tally, service};
use domain::{Problem, Role, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use super::{OFF_TOPIC, exported, features, furnished, imported, json, settled, unzipped, with, zipped};

#[tokio::test]
async fn what_was_exported_comes_out_of_another_installation_to_the_byte() {
    each_database(|fixture| async move {
        let (viewer, finished, running) = furnished(&fixture, "mina").await;
        let app = &fixture.app;
        let edit = ProfileEdit {
            display_name: "김미나".to_owned(),
            language: "en".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            fields: vec!["backend".to_owned(), "cs".to_owned()],
        };
        let viewer = accounts::save_profile(app, &viewer, edit).await.expect("saved");
        retention::choose(app, &viewer, "365").await.expect("chosen");
        let due = drill::due(app, &viewer).await.expect("the drill").card.expect("a card");
        drill::review(app, &viewer, due.id, due.reps, Rating::Hard).await.expect("reviewed");
        let zip = exported(app, &viewer).await;

        for other in [Some(Fixture::sqlite(None).await), Fixture::postgres(None).await].into_iter().flatten()
        {
            let newcomer = other.person("mina").await;
            let before = service::preview(&other.app, &newcomer, zip.clone()).await.expect("looked at");
            let done = imported(&other.app, &newcomer, &zip).await;
            assert_eq!(before, done, "what is told before is what is done");
            assert_eq!(done.interviews, Tally { added: 2, skipped: 0 });
            assert_eq!(done.letters, Tally { added: 1, skipped: 0 });
            assert!(done.profile && done.from.is_none() && done.drill_cards.added > 0);
            assert_eq!(done.documents, Tally { added: 1, skipped: 0 });
            assert_eq!(done.past_questions, Tally { added: 1, skipped: 0 });
            let again = exported(&other.app, &newcomer).await;
            let (here, there) = (features(&zip), features(&again));
            assert!(here.keys().eq(there.keys()), "{:?} {:?}", here.keys(), there.keys());
            for (name, content) in &here {
                let (one, two) = (String::from_utf8_lossy(content), String::from_utf8_lossy(&there[name]));
                assert_eq!(one, two, "{name}");
            }
            // Twice is once.
            let twice = imported(&other.app, &newcomer, &zip).await;
            assert!(twice.changes_nothing(), "{twice:?}");
            assert_eq!(features(&exported(&other.app, &newcomer).await), there);
            // It is all there for its person: reports, answers, cards.
            for id in [finished, running] {
                interviews::report(&other.app, &newcomer, id).await.expect("a report");
            }
            let report = interviews::report(&other.app, &newcomer, finished).await.expect("a report");
            assert_eq!(report.questions[0].turns[0].text, OFF_TOPIC);
        }
        // Where it came from nothing changes either.
        assert!(imported(app, &viewer, &zip).await.changes_nothing());
    })
    .await;
}

#[tokio::test]
async fn a_file_of_the_first_version_has_no_documents() {
    let fixture = Fixture::sqlite(None).await;
    let (viewer, ..) = furnished(&fixture, "mina").await;
    let zip = with(&exported(&fixture.app, &viewer).await, "manifest.json", |file| {
        file["version"] = 1.into();
        file["counts"].as_object_mut().expect("counts").remove("documents");
    });
    let mut files = unzipped(&zip);
    files.remove("documents.json");
    let other = Fixture::sqlite(None).await;
    let jun = other.person("jun").await;
    let done = imported(&other.app, &jun, &zipped(&files)).await;
    assert_eq!((done.interviews.added, done.documents), (2, Tally::default()));
}

#[tokio::test]
async fn a_past_question_comes_back_approved_by_nobody() {
    each_database(|fixture| async move {
        let (app, mina, boss) =
            (&fixture.app, furnished(&fixture, "mina").await.0, fixture.person("boss").await);
        accounts::set_role(app, boss.id, Role::Admin).await.expect("an administrator");
        let boss = Viewer { role: Role::Admin, ..boss };
        let waiting = past_questions::moderation(app, &boss, PastStatus::Pending, 0).await.expect("read");
        let past = &waiting.questions.first().expect("mina's").past;
        let details = PastDetails {
            question: past.question.clone(),
            language: "ko".to_owned(),
            field: "cs".to_owned(),
            level: "junior".to_owned(),
            topic: String::new(),
            company: past.company.clone(),
            job: past.job.clone(),
            asked_on: "2026-03".to_owned(),
            source: past.source.clone(),
            source_url: String::new(),
        };
        past_questions::approve(app, &boss, past.id, PastStatus::Pending, &details).await.expect("approved");
        let zip = exported(app, &mina).await;
        let files = unzipped(&zip);
        assert_eq!(json(&files, "installation.json")["past_questions"][0]["status"], "approved");

        // Somebody else brings it here as their own, and no file says more than that.
        let jun = fixture.person("jun").await;
        assert_eq!(imported(app, &jun, &zip).await.past_questions.added, 1);
        let own = past_questions::own(app, &jun).await.expect("listed");
        assert_eq!(own.iter().map(|one| one.status).collect::<Vec<_>>(), [PastStatus::Kept]);
        let id = own[0].past.id;
        assert_ne!(id, past.id, "mina's stays mina's");
        let problem = |result: Result<_, domain::Error>| result.err().map(domain::Error::into_problem);
        let kept = past_questions::moderation(app, &boss, PastStatus::Kept, 0).await.map(|_| ());
        assert_eq!(problem(kept), Some(Problem::NotFound));
        let approved = past_questions::approve(app, &boss, id, PastStatus::Kept, &details).await.map(|_| ());
        assert_eq!(problem(approved), Some(Problem::NotFound));
        assert_eq!(problem(past_questions::hand_in(app, &mina, id).await), Some(Problem::NotFound));
        // Handed in it waits like any other, and importing it again changes nothing about that.
        for _ in 0..2 {
            past_questions::hand_in(app, &jun, id).await.expect("handed in");
        }
        assert!(imported(app, &jun, &zip).await.changes_nothing());
        let waiting = past_questions::moderation(app, &boss, PastStatus::Pending, 0).await.expect("read");
        assert_eq!(waiting.questions.iter().map(|one| one.past.id).collect::<Vec<_>>(), [id]);
        for (key, put) in [("status", "approved"), ("reason", "x")] {
            let crafted = with(&zip, "past-questions.json", |file| file[0][key] = put.into());
            let refused = service::import(app, &jun, crafted).await.expect_err("refused").into_problem();
            assert_eq!(refused, Problem::WrongFile { fault: FileFault::Malformed }, "{key}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_has_more_past_questions_waiting_by_importing_them() {
    let fixture = Fixture::sqlite(None).await;
    let (mina, ..) = furnished(&fixture, "mina").await;
    let zip = with(&exported(&fixture.app, &mina).await, "past-questions.json", |file| {
        let one = file[0].clone();
        let copy = |_| {
            let mut copy = one.clone();
            copy["id"] = serde_json::json!(Uuid::now_v7());
            copy["request_id"] = serde_json::json!(Uuid::now_v7());
            copy
        };
        *file = (0..=WAITING_MAX).map(copy).collect();
    });
    let other = Fixture::sqlite(None).await;
    let jun = other.person("jun").await;
    imported(&other.app, &jun, &zip).await;
    let own = past_questions::own(&other.app, &jun).await.expect("listed");
    let (last, others) = own.split_last().expect("some");
    for one in others {
        past_questions::hand_in(&other.app, &jun, one.past.id).await.expect("there is room");
    }
    let refused = past_questions::hand_in(&other.app, &jun, last.past.id).await.expect_err("refused");
    assert_eq!(refused.into_problem(), Problem::TooManyWaiting { max: WAITING_MAX });
}

#[tokio::test]
async fn documents_of_one_character_come_back() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    // As many and as long as somebody may have: they pack to nearly nothing.
    for number in 0..DOCUMENTS_MAX {
        let new = NewDocument {
            kind: "resume".to_owned(),
            title: format!("이력서 {number}"),
            text: "가".repeat(TEXT_MAX as usize),
            file: None,
        };
        documents::create(&fixture.app, &mina, Uuid::now_v7(), new).await.expect("kept");
    }
    let zip = exported(&fixture.app, &mina).await;
    assert!(zip.len() < 1024 * 1024, "{} bytes", zip.len());
    let other = Fixture::sqlite(None).await;
    let jun = other.person("jun").await;
    let done = imported(&other.app, &jun, &zip).await;
    assert_eq!(done.documents, Tally { added: DOCUMENTS_MAX, skipped: 0 });
    let again = exported(&other.app, &jun).await;
    assert!(unzipped(&again)["documents.json"] == unzipped(&zip)["documents.json"], "another text");
}

#[tokio::test]
async fn nobody_has_more_documents_by_importing_them() {
    let fixture = Fixture::sqlite(None).await;
    let (viewer, ..) = furnished(&fixture, "mina").await;
    let zip = exported(&fixture.app, &viewer).await;
    let other = Fixture::sqlite(None).await;
    let jun = other.person("jun").await;
    for number in 0..DOCUMENTS_MAX {
        let new = NewDocument {
            kind: "posting".to_owned(),
            title: format!("공고 {number}"),
            text: "백엔드 개발자".to_owned(),
            file: None,
        };
        documents::create(&other.app, &jun, Uuid::now_v7(), new).await.expect("kept");
    }
    let refused = service::import(&other.app, &jun, zip).await.expect_err("refused");
    assert_eq!(refused.into_problem(), Problem::TooManyDocuments { max: DOCUMENTS_MAX });
    assert_eq!(interview::Entity::find().count(other.app.database.reader()).await.expect("counted"), 0);
}

#[tokio::test]
async fn the_same_data_make_the_same_files() {
    let fixture = Fixture::sqlite(None).await;
    fixture.set_clock("2026-11-21T15:00:00Z");
    let (viewer, ..) = furnished(&fixture, "mina").await;
    let (one, other) = (exported(&fixture.app, &viewer).await, exported(&fixture.app, &viewer).await);
    assert_eq!(one, other);
    let names: Vec<String> = unzipped(&one).into_keys().collect();
    assert!(names.iter().all(|name| name.is_ascii()), "{names:?}");
}

#[tokio::test]
async fn an_export_can_be_read_and_holds_no_secret() {
    each_database(|fixture| async move {
        let (viewer, finished, running) = furnished(&fixture, "mina").await;
        let files = unzipped(&exported(&fixture.app, &viewer).await);
        let text = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
        assert!(text(&format!("interviews/{finished}.md")).contains(OFF_TOPIC));
        assert!(!files.contains_key(&format!("interviews/{running}.md")), "it has no report yet");
        assert!(text("notebook.md").contains("> 메모 😀\n> # 제목"));
        assert!(text("documents.md").contains("> 결제 API를 맡았습니다.\n> # 제목"));
        let going_on = json(&files, &format!("interviews/{running}.json"));
        assert_eq!((&going_on["status"], &going_on["draft"]), (&"finished".into(), &"쓰던 글".into()));
        let told = json(&files, "installation.json");
        assert_eq!(told["shares"][0]["interview_id"], finished.to_string());
        let manifest = json(&files, "manifest.json");
        assert_eq!((&manifest["counts"]["interviews"], &manifest["role"]), (&2.into(), &"member".into()));

        let database = fixture.app.database.reader();
        let account = user::Entity::find_by_id(viewer.id).one(database).await.expect("read").expect("mina");
        let link = share::Entity::find().one(database).await.expect("read").expect("a link");
        for (name, content) in &files {
            let content = String::from_utf8_lossy(content);
            for secret in [&account.password_hash, &link.token_hash] {
                assert!(!content.contains(secret.as_str()), "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_table_is_in_an_export_or_says_why_not() {
    each_database(|fixture| async move {
        let connection = fixture.app.database.reader();
        let backend = connection.get_database_backend();
        let ask = async |sql: String| -> Vec<String> {
            let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("asked");
            rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
        };
        let exclusive = fixture.app.database.is_exclusive();
        let mut names = ask(match exclusive {
            true => "SELECT name FROM sqlite_master WHERE type = 'table'".to_owned(),
            false => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'".to_owned(),
        })
        .await;
        names.retain(|name| !name.starts_with("sqlite_") && name != "seaql_migrations");
        names.sort();
        let known: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, known, "a table is missing in domain/src/takeout/coverage.rs");
        for (table, coverage) in TABLES {
            let columns = ask(match exclusive {
                true => format!("SELECT name FROM pragma_table_info('{table}')"),
                false => format!(
                    "SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = '{table}'"
                ),
            })
            .await;
            let owned = columns.iter().any(|column| column == "user_id" || column == "interview_id");
            assert!(!owned || *coverage != Coverage::Nobodys, "{table} belongs to a person");
        }
        // What is listed as exported is in the file, of somebody who has something of everything.
        let (viewer, finished, about) = furnished(&fixture, "mina").await;
        // The answers are compared with the material once it is over.
        interviews::act(&fixture.app, &viewer, about, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(&viewer, about).await;
        settled(&fixture.app).await;
        let files = unzipped(&exported(&fixture.app, &viewer).await);
        let interview = json(&files, &format!("interviews/{finished}.json"));
        let about = json(&files, &format!("interviews/{about}.json"));
        let name = files.keys().find(|name| name.starts_with("letters/") && name.ends_with(".json"));
        let letter = json(&files, name.expect("a letter"));
        for (table, coverage) in TABLES {
            let Coverage::Imported(file) = coverage else { continue };
            let content = match *table {
                "turns" => interview["turns"].clone(),
                "assessments" => interview["questions"][0]["assessments"].clone(),
                "overrides" => interview["questions"][0]["overrides"].clone(),
                "interview_questions" => interview["questions"].clone(),
                "interviews" => interview["id"].clone(),
                "interview_materials" => about["materials"].clone(),
                "material_checks" => about["compared"].clone(),
                "letters" => letter["content"].clone(),
                "letter_versions" => letter["versions"][1].clone(),
                _ => json(&files, file),
            };
            assert!(content.to_string().len() > 10, "{table} is empty in {file}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_gives_no_right_no_unit_and_no_work() {
    each_database(|fixture| async move {
        let (viewer, finished, _) = furnished(&fixture, "mina").await;
        accounts::set_role(&fixture.app, viewer.id, Role::Admin).await.expect("an administrator");
        let zip = exported(&fixture.app, &viewer).await;
        let other = Fixture::sqlite(None).await;
        let jun = other.person("jun").await;
        let done = imported(&other.app, &jun, &zip).await;
        assert_eq!(done.from.as_deref(), Some("mina"));
        let database = other.app.database.reader();
        let row = user::Entity::find_by_id(jun.id).one(database).await.expect("read").expect("jun");
        assert_eq!(
            (row.role.as_str(), row.username.as_str(), row.email.as_str()),
            ("member", "jun", "jun@example.com")
        );
        assert!(accounts::sign_in(&other.app, "jun", PASSWORD, None).await.is_ok());
        assert_eq!(allowance::Entity::find().count(database).await.expect("counted"), 0);
        assert_eq!(share::Entity::find().count(database).await.expect("counted"), 0);
        let running = turn::Entity::find().filter(turn::Column::Status.ne("done"));
        assert_eq!(running.count(database).await.expect("counted"), 0);
        let due = assessment::Entity::find().filter(assessment::Column::Due.eq(true));
        assert_eq!(due.count(database).await.expect("counted"), 0);
        let open =
            interview::Entity::find().filter(interview::Column::Status.is_not_in(["finished", "failed"]));
        assert_eq!(open.count(database).await.expect("counted"), 0);
        let left =
            domain::quotas::service::allowance(&other.app, &jun, domain::quotas::LimitedAction::Interview);
        assert_eq!(left.await.expect("an allowance").used, 0);
        // It is there for jun as if it had happened here, and can be judged again by the built-in interviewer.
        let again = NewAssessment { position: 0, known: 2, dispute: None };
        interviews::assess_again(&other.app, &jun, finished, again).await.expect("asked for");
        settled(&other.app).await;
        let report = interviews::report(&other.app, &jun, finished).await.expect("a report");
        assert_eq!(report.questions[0].feedback.as_ref().expect("feedback").by.model, None);
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_somebody_else_gets_another_id_everywhere() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, finished, _) = furnished(&fixture, "mina").await;
        let zip = exported(app, &mina).await;
        let jun = fixture.person("jun").await;
        let done = imported(app, &jun, &zip).await;
        assert_eq!(done.interviews, Tally { added: 2, skipped: 0 });
        assert_eq!(done.ledger_entries.skipped, 0);
        // Mina's own is as it was.
        assert_eq!(features(&exported(app, &mina).await), features(&zip));
        let files = unzipped(&exported(app, &jun).await);
        let all: String =
            files.values().map(|content| String::from_utf8_lossy(content).into_owned()).collect();
        assert!(!all.contains(&finished.to_string()), "an id of mina's is left");
        let own: Vec<interview::Model> = interview::Entity::find()
            .filter(interview::Column::UserId.eq(jun.id))
            .all(app.database.reader())
            .await
            .expect("read");
        assert_eq!(own.len(), 2);
        let noted = json(&files, "notebook.json");
        let named: Vec<_> =
            noted.as_array().expect("entries").iter().map(|entry| &entry["interview_id"]).collect();
        assert!(!named.is_empty());
        for id in named {
            assert!(own.iter().any(|row| *id == row.id.to_string()), "{id} is none of jun's");
        }
        let lines = json(&files, "ledger.json");
        for line in lines.as_array().expect("lines") {
            let (key, id) =
                (line["key"].as_str().expect("a key"), line["interview_id"].as_str().expect("an id"));
            assert!(key.ends_with(id), "{key} is about {id}");
        }
        let cards = drill_card::Entity::find().filter(drill_card::Column::UserId.eq(jun.id));
        assert!(cards.count(app.database.reader()).await.expect("counted") > 0);
        // And the same the next time.
        assert!(imported(app, &jun, &zip).await.changes_nothing());
        // A deletion of one leaves the other.
        accounts::delete(app, &jun, PASSWORD).await.expect("deleted");
        interviews::report(app, &mina, finished).await.expect("still there");
    })
    .await;
}

#[tokio::test]
async fn two_imports_at_once_are_one() {
    each_database(|fixture| async move {
        let other = Fixture::sqlite(None).await;
        let (viewer, ..) = furnished(&other, "mina").await;
        let zip = exported(&other.app, &viewer).await;
        let jun = fixture.person("jun").await;
        let (one, two) = tokio::join!(
            service::import(&fixture.app, &jun, zip.clone()),
            service::import(&fixture.app, &jun, zip.clone())
        );
        let added = one.expect("imported").interviews.added + two.expect("imported").interviews.added;
        assert_eq!(added, 2);
    })
    .await;
}

#[tokio::test]
async fn exports_are_few() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    for _ in 0..5 {
        exported(&fixture.app, &viewer).await;
    }
    let refused = service::export(&fixture.app, &viewer).await.err().map(domain::Error::into_problem);
    assert!(matches!(refused, Some(Problem::TooManyAttempts { .. })), "{refused:?}");
}
