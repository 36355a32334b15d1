//! Résumés and job postings: kept for one person alone, and read from files.

mod files;
mod hostile;

use domain::documents::{
    DOCUMENTS_MAX, DocumentEdit, DocumentKind, DocumentView, EditOutcome, FileKind, NewDocument, TEXT_MAX,
    service,
};
use domain::entities::document;
use domain::retention::service as retention;
use domain::{Error, InputField, Problem, Reason, Viewer, accounts};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

fn resume() -> NewDocument {
    NewDocument {
        kind: "resume".to_owned(),
        title: "이력서 2026".to_owned(),
        text: "결제 API를 3년 동안 맡았습니다.\n응답 시간을 40 % 줄였습니다.".to_owned(),
        file: Some(FileKind::Pdf),
    }
}

async fn kept(fixture: &Fixture, viewer: &Viewer, new: NewDocument) -> Uuid {
    service::create(&fixture.app, viewer, Uuid::now_v7(), new).await.expect("kept")
}

async fn read(fixture: &Fixture, viewer: &Viewer, id: Uuid) -> DocumentView {
    service::read(&fixture.app, viewer, id).await.expect("read")
}

fn edit(view: &DocumentView) -> DocumentEdit {
    DocumentEdit {
        revision: view.revision,
        kind: view.kind.to_string(),
        title: view.title.clone(),
        text: view.text.clone(),
    }
}

#[tokio::test]
async fn what_is_kept_can_be_read_and_listed() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let id = kept(&fixture, &viewer, resume()).await;
        let view = read(&fixture, &viewer, id).await;
        assert_eq!((view.kind, view.title.as_str()), (DocumentKind::Resume, "이력서 2026"));
        assert_eq!((view.text, view.file), (resume().text, Some(FileKind::Pdf)));
        assert_eq!((view.revision, view.deleted_at), (0, None));
        let posting =
            NewDocument { kind: "posting".to_owned(), title: "공고".to_owned(), file: None, ..resume() };
        let other = kept(&fixture, &viewer, posting).await;
        let listed = service::list(&fixture.app, &viewer).await.expect("listed");
        assert_eq!(listed.iter().map(|document| document.id).collect::<Vec<_>>(), [other, id]);
        assert_eq!(listed[1].characters, u32::try_from(resume().text.chars().count()).expect("few"));
    })
    .await;
}

#[tokio::test]
async fn the_same_request_keeps_one_document() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let request = Uuid::now_v7();
        let (one, two) = tokio::join!(
            service::create(&fixture.app, &viewer, request, resume()),
            service::create(&fixture.app, &viewer, request, resume()),
        );
        assert_eq!(one.expect("kept"), two.expect("kept"));
        assert_eq!(service::list(&fixture.app, &viewer).await.expect("listed").len(), 1);
        // The id of a request means something for its person alone.
        let other = fixture.person("jun").await;
        service::create(&fixture.app, &other, request, resume()).await.expect("kept");
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_saved_once_and_overwrites_nothing() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let id = kept(&fixture, &viewer, resume()).await;
        let before = read(&fixture, &viewer, id).await;
        let mut first = edit(&before);
        first.title = "새 이력서".to_owned();
        first.text.push_str("\r\n세 번째 줄");
        first.kind = "posting".to_owned();
        let saved = service::update(&fixture.app, &viewer, id, first.clone()).await.expect("saved");
        let EditOutcome::Saved(saved) = saved else { panic!("{saved:?}") };
        assert_eq!(
            (saved.revision, saved.kind, saved.title.as_str()),
            (1, DocumentKind::Posting, "새 이력서")
        );
        assert!(saved.text.ends_with("\n세 번째 줄"));
        assert_eq!(read(&fixture, &viewer, id).await, saved);
        // The reply was lost: sent again it is the same.
        let again = service::update(&fixture.app, &viewer, id, first).await.expect("saved");
        assert_eq!(again, EditOutcome::Saved(saved.clone()));
        // Another page knows the first revision.
        let mut late = edit(&before);
        late.text = "다른 글".to_owned();
        let refused = service::update(&fixture.app, &viewer, id, late.clone()).await.expect("answered");
        assert_eq!(refused, EditOutcome::ChangedElsewhere(saved.clone()));
        assert_eq!(read(&fixture, &viewer, id).await, saved);
        late.revision = saved.revision;
        let over = service::update(&fixture.app, &viewer, id, late).await.expect("saved");
        assert!(matches!(over, EditOutcome::Saved(view) if view.text == "다른 글" && view.revision == 2));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_at_its_field() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let check = async |new: NewDocument, field: InputField, reason: Reason| {
            let refused = service::create(&fixture.app, &viewer, Uuid::now_v7(), new).await;
            assert_eq!(problem(refused), Some(Problem::Invalid { field, reason }));
        };
        let kind = NewDocument { kind: "letter".to_owned(), ..resume() };
        check(kind, InputField::Kind, Reason::NotOffered).await;
        check(NewDocument { title: " \0".to_owned(), ..resume() }, InputField::Title, Reason::Empty).await;
        let long = NewDocument { title: "가".repeat(101), ..resume() };
        check(long, InputField::Title, Reason::TooLong { max: 100 }).await;
        check(NewDocument { text: "\n \n".to_owned(), ..resume() }, InputField::Text, Reason::Empty).await;
        let long = NewDocument { text: "가".repeat(TEXT_MAX as usize + 1), ..resume() };
        check(long, InputField::Text, Reason::TooLong { max: TEXT_MAX }).await;
        assert_eq!(document::Entity::find().count(fixture.app.database.reader()).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_person_has_so_many_documents() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        for _ in 1..DOCUMENTS_MAX {
            kept(&fixture, &viewer, resume()).await;
        }
        let (one, two) = tokio::join!(
            service::create(&fixture.app, &viewer, Uuid::now_v7(), resume()),
            service::create(&fixture.app, &viewer, Uuid::now_v7(), resume()),
        );
        let refused = [problem(one), problem(two)];
        assert!(refused.contains(&None), "{refused:?}");
        assert!(refused.contains(&Some(Problem::TooManyDocuments { max: DOCUMENTS_MAX })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_reads_changes_or_deletes_it() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let id = kept(&fixture, &mina, resume()).await;
        let before = read(&fixture, &mina, id).await;
        assert_eq!(problem(service::read(&fixture.app, &jun, id).await), Some(Problem::NotFound));
        let change = service::update(&fixture.app, &jun, id, edit(&before)).await;
        assert_eq!(problem(change), Some(Problem::NotFound));
        assert_eq!(problem(service::delete(&fixture.app, &jun, id).await), Some(Problem::NotFound));
        assert!(service::list(&fixture.app, &jun).await.expect("listed").is_empty());
        assert_eq!(read(&fixture, &mina, id).await, before);
        service::delete(&fixture.app, &mina, id).await.expect("deleted");
        assert_eq!(problem(service::read(&fixture.app, &mina, id).await), Some(Problem::NotFound));
        assert_eq!(problem(service::delete(&fixture.app, &mina, id).await), Some(Problem::NotFound));
    })
    .await;
}

#[tokio::test]
async fn it_goes_with_the_account() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        kept(&fixture, &viewer, resume()).await;
        accounts::service::delete(&fixture.app, &viewer, PASSWORD).await.expect("deleted");
        assert_eq!(document::Entity::find().count(fixture.app.database.reader()).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_changes_goes_when_interviews_go() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-01T00:00:00Z");
        let (left, touched) =
            (kept(&fixture, &viewer, resume()).await, kept(&fixture, &viewer, resume()).await);
        let other = fixture.person("jun").await;
        let others = kept(&fixture, &other, resume()).await;
        retention::choose(&fixture.app, &viewer, "30").await.expect("chosen");
        let deleted_at = read(&fixture, &viewer, left).await.deleted_at;
        assert_eq!(deleted_at, Some("2026-12-01T00:00:00Z".parse().expect("a time")));
        fixture.set_clock("2026-11-20T00:00:00Z");
        let mut change = edit(&read(&fixture, &viewer, touched).await);
        change.title = "고친 이력서".to_owned();
        service::update(&fixture.app, &viewer, touched, change).await.expect("saved");
        fixture.set_clock("2026-11-30T23:00:00Z");
        assert_eq!(retention::sweep(&fixture.app).await.expect("looked"), 0);
        fixture.set_clock("2026-12-01T01:00:00Z");
        let told = retention::view(&fixture.app, &viewer).await.expect("told");
        let month = told.effects.iter().find(|effect| effect.choice.days() == Some(30)).expect("offered");
        assert_eq!(month.documents, 1);
        assert_eq!(retention::sweep(&fixture.app).await.expect("looked"), 1);
        assert_eq!(problem(service::read(&fixture.app, &viewer, left).await), Some(Problem::NotFound));
        read(&fixture, &viewer, touched).await;
        read(&fixture, &other, others).await;
    })
    .await;
}
