//! Cover letters: kept, saved without overwriting, taken back, proposed to, and nobody else's.

mod proposals;

use domain::letters::{
    ChangedLetter, Counting, LETTERS_MAX, LetterContent, LetterItem, LetterSort, Limit, NewLetter,
    SaveOutcome, VersionKind, service,
};
use domain::questions::Language;
use domain::{Error, InputField, Problem, Viewer};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

pub fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

pub fn item(question: &str, answer: &str) -> LetterItem {
    LetterItem {
        id: Uuid::now_v7(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        limit: None,
        tip: String::new(),
    }
}

pub fn content(title: &str, company: &str, answer: &str) -> LetterContent {
    LetterContent {
        title: title.to_owned(),
        company: company.to_owned(),
        items: vec![item("지원 동기", answer)],
        ..LetterContent::empty(Language::Korean)
    }
}

pub async fn made(fixture: &Fixture, viewer: &Viewer, content: LetterContent) -> Uuid {
    let new = NewLetter { request_id: Uuid::now_v7(), content };
    service::create(&fixture.app, viewer, new).await.expect("a letter")
}

fn save(revision: u32, content: &LetterContent) -> ChangedLetter {
    ChangedLetter { revision, content: content.clone(), drafted: false, overwrites: false }
}

async fn saved(fixture: &Fixture, viewer: &Viewer, id: Uuid, save: ChangedLetter) -> u32 {
    match service::save(&fixture.app, viewer, id, save).await.expect("saved") {
        SaveOutcome::Saved { revision, .. } => revision,
        SaveOutcome::ChangedElsewhere(theirs) => panic!("changed elsewhere to {theirs:?}"),
    }
}

async fn titles(fixture: &Fixture, viewer: &Viewer, search: &str, sort: LetterSort) -> Vec<String> {
    let page = service::list(&fixture.app, viewer, search, sort, 0).await.expect("listed");
    assert_eq!(page.found as usize, page.letters.len());
    page.letters.into_iter().map(|letter| letter.title).collect()
}

#[tokio::test]
async fn a_letter_is_made_once_listed_searched_and_sorted() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let new = NewLetter {
            request_id: Uuid::now_v7(),
            content: content("나 지도", "하늘지도", "답 하나"),
        };
        let id = service::create(&fixture.app, &mina, new.clone()).await.expect("made");
        assert_eq!(service::create(&fixture.app, &mina, new).await.expect("the same"), id);
        let mut limited = content("가 은행", "Blue_Bank 100%", "가나다라");
        limited.items[0].limit = Some(Limit { max: 3, counting: Counting::USUAL });
        limited.items.push(item("포부", " "));
        made(&fixture, &mina, limited).await;
        made(&fixture, &jun, content("준의 글", "하늘지도", "남의 답")).await;

        assert_eq!(titles(&fixture, &mina, "", LetterSort::Updated).await, ["가 은행", "나 지도"]);
        assert_eq!(titles(&fixture, &mina, "", LetterSort::Title).await, ["가 은행", "나 지도"]);
        assert_eq!(titles(&fixture, &mina, "하늘 지도", LetterSort::Updated).await, ["나 지도"]);
        assert_eq!(titles(&fixture, &mina, "blue_bank 100%", LetterSort::Updated).await, ["가 은행"]);
        // The signs of a pattern stand for themselves.
        assert_eq!(titles(&fixture, &mina, "%", LetterSort::Updated).await, ["가 은행"]);
        assert!(titles(&fixture, &mina, "\\", LetterSort::Updated).await.is_empty());
        let page = service::list(&fixture.app, &mina, "", LetterSort::Title, 0).await.expect("listed");
        let counts: Vec<_> =
            page.letters.iter().map(|letter| (letter.items, letter.answered, letter.over)).collect();
        assert_eq!(counts, [(2, 1, 1), (1, 1, 0)]);

        let (first, place) = service::list_after(&fixture.app, &mina, "", None, 1).await.expect("listed");
        let (second, end) = service::list_after(&fixture.app, &mina, "", place, 1).await.expect("listed");
        assert_eq!((first[0].title.as_str(), second[0].title.as_str()), ("가 은행", "나 지도"));
        assert!(place.is_some() && end.is_none());
    })
    .await;
}

#[tokio::test]
async fn two_pages_do_not_overwrite_each_other() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        let one = content("글", "", "처음 쓴 답변입니다.");
        let id = made(&fixture, &mina, one.clone()).await;
        let mut here = one.clone();
        here.items[0].answer = "이 탭에서 고친 답변입니다.".to_owned();
        let mut there = one.clone();
        there.items[0].answer = "다른 탭에서 고친 답변입니다.".to_owned();
        assert_eq!(saved(&fixture, &mina, id, save(1, &there)).await, 2);
        // A reply that was lost: what is stored already was saved.
        assert_eq!(saved(&fixture, &mina, id, save(1, &there)).await, 2);
        let outcome = service::save(&fixture.app, &mina, id, save(1, &here)).await.expect("answered");
        let SaveOutcome::ChangedElsewhere(theirs) = outcome else { panic!("{outcome:?}") };
        assert_eq!((theirs.revision, &theirs.content), (2, &there));
        assert_eq!(service::find(&fixture.app, &mina, id).await.expect("read").content, there);

        // Who has seen both may decide; what gives way stays a version.
        let decided = ChangedLetter { overwrites: true, ..save(2, &here) };
        assert_eq!(saved(&fixture, &mina, id, decided).await, 3);
        let versions = service::versions(&fixture.app, &mina, id).await.expect("the history");
        let mut kept = Vec::new();
        for version in &versions {
            let read = service::read_version(&fixture.app, &mina, version.id).await.expect("a version");
            kept.push(read.content.items[0].answer.clone());
        }
        let all = [&here, &there, &one].map(|content| content.items[0].answer.clone());
        assert_eq!(kept, all);
    })
    .await;
}

#[tokio::test]
async fn writing_on_is_one_version_and_an_older_one_can_be_taken_back() {
    each_database(|fixture| async move {
        fixture.set_clock("2026-11-22T00:00:00Z");
        let mina = fixture.person("mina").await;
        let mut now = content("글", "", "");
        let id = made(&fixture, &mina, now.clone()).await;
        let mut revision = 1;
        for answer in ["저는", "저는 지도를", "저는 지도를 좋아해서 매일 그립니다."] {
            now.items[0].answer = answer.to_owned();
            revision = saved(&fixture, &mina, id, save(revision, &now)).await;
        }
        let kinds = async || -> Vec<VersionKind> {
            let versions = service::versions(&fixture.app, &mina, id).await.expect("the history");
            versions.into_iter().map(|version| version.kind).collect()
        };
        assert_eq!(kinds().await, [VersionKind::Edited, VersionKind::Created]);
        fixture.set_clock("2026-11-22T00:11:00Z");
        let old = now.clone();
        now.items.clear();
        revision = saved(&fixture, &mina, id, save(revision, &now)).await;
        assert_eq!(kinds().await, [VersionKind::Edited, VersionKind::Edited, VersionKind::Created]);

        let versions = service::versions(&fixture.app, &mina, id).await.expect("the history");
        assert_eq!((versions[0].characters, versions[1].characters), (0, 20));
        let stale = service::restore_version(&fixture.app, &mina, versions[1].id, revision - 1).await;
        assert!(matches!(stale, Ok(SaveOutcome::ChangedElsewhere(_))), "{stale:?}");
        let restored = service::restore_version(&fixture.app, &mina, versions[1].id, revision).await;
        assert!(matches!(restored, Ok(SaveOutcome::Saved { .. })), "{restored:?}");
        assert_eq!(service::find(&fixture.app, &mina, id).await.expect("read").content, old);
        assert_eq!(kinds().await[0], VersionKind::Restored);

        // No more than so many, and the oldest go first.
        for number in 0..40 {
            now.title = format!("글 {number}");
            let revision = service::find(&fixture.app, &mina, id).await.expect("read").revision;
            saved(&fixture, &mina, id, ChangedLetter { drafted: true, ..save(revision, &now) }).await;
        }
        let kinds = kinds().await;
        assert_eq!(kinds.len(), 30);
        assert!(kinds.iter().all(|kind| *kind == VersionKind::Drafted));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_at_its_field() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        let id = made(&fixture, &mina, content("글", "", "답")).await;
        let long = content(&"가".repeat(101), "", "답");
        let refused = problem(service::save(&fixture.app, &mina, id, save(1, &long)).await);
        assert_eq!(refused.and_then(|problem| problem.field()), Some(InputField::Title));
        let dirty = content("글", "", "가\0나\r\n다");
        saved(&fixture, &mina, id, save(1, &dirty)).await;
        let stored = service::find(&fixture.app, &mina, id).await.expect("read").content;
        assert_eq!(stored.items[0].answer, "가나\n다");

        for _ in 1..LETTERS_MAX {
            made(&fixture, &mina, LetterContent::empty(Language::Korean)).await;
        }
        let new = NewLetter { request_id: Uuid::now_v7(), content: LetterContent::empty(Language::Korean) };
        let full = problem(service::create(&fixture.app, &mina, new).await);
        assert_eq!(full, Some(Problem::TooManyLetters { max: LETTERS_MAX }));
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_a_letter_of_its_own() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    let id = made(&fixture, &mina, content("글", "하늘지도", "답")).await;
    let request = Uuid::now_v7();
    let copy = service::duplicate(&fixture.app, &mina, id, request).await.expect("copied");
    assert_eq!(service::duplicate(&fixture.app, &mina, id, request).await.expect("the same"), copy);
    service::delete(&fixture.app, &mina, id).await.expect("deleted");
    let copy = service::find(&fixture.app, &mina, copy).await.expect("still there");
    assert_eq!((copy.content.title.as_str(), copy.content.items[0].answer.as_str()), ("글 (사본)", "답"));
}

#[tokio::test]
async fn the_company_of_another_letter_is_found_in_this_one() {
    let fixture = Fixture::sqlite(None).await;
    let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
    made(&fixture, &mina, content("은행", "푸른은행", "답")).await;
    made(&fixture, &jun, content("남의 것", "붉은은행", "답")).await;
    let now = content("지도", "하늘지도", "푸른은행과 붉은은행은 다릅니다.");
    let id = made(&fixture, &mina, now.clone()).await;
    let found = service::check(&fixture.app, &mina, id, now).await.expect("checked");
    let named: Vec<_> = found.iter().filter_map(|finding| finding.detail.as_deref()).collect();
    assert_eq!(named, ["푸른은행"]);
}

#[tokio::test]
async fn nobody_else_reads_or_changes_a_letter_and_it_goes_with_the_account() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let now = content("비밀", "하늘지도", "비밀 답변");
        let id = made(&fixture, &mina, now.clone()).await;
        let version = service::versions(&fixture.app, &mina, id).await.expect("the history")[0].id;
        let app = &fixture.app;
        let gone = Some(Problem::NotFound);
        assert_eq!(problem(service::read(app, &jun, id).await), gone);
        assert_eq!(problem(service::save(app, &jun, id, save(1, &now)).await), gone);
        assert_eq!(problem(service::duplicate(app, &jun, id, Uuid::now_v7()).await), gone);
        assert_eq!(problem(service::check(app, &jun, id, now.clone()).await), gone);
        assert_eq!(problem(service::versions(app, &jun, id).await), gone);
        assert_eq!(problem(service::read_version(app, &jun, version).await), gone);
        assert_eq!(problem(service::restore_version(app, &jun, version, 1).await), gone);
        assert_eq!(problem(service::delete(app, &jun, id).await), gone);
        assert!(titles(&fixture, &jun, "", LetterSort::Updated).await.is_empty());

        domain::accounts::service::delete(app, &mina, PASSWORD).await.expect("deleted");
        use domain::entities::{letter, letter_version};
        use sea_orm::{EntityTrait, PaginatorTrait};
        let database = app.database.reader();
        assert_eq!(letter::Entity::find().count(database).await.expect("counted"), 0);
        assert_eq!(letter_version::Entity::find().count(database).await.expect("counted"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_nobody_changes_goes_when_interviews_do() {
    each_database(|fixture| async move {
        fixture.set_clock("2026-01-01T00:00:00Z");
        let mina = fixture.person("mina").await;
        let (old, fresh) = (content("오래된 글", "", "답"), content("고친 글", "", "답"));
        made(&fixture, &mina, old).await;
        let changed = made(&fixture, &mina, fresh.clone()).await;
        domain::retention::service::choose(&fixture.app, &mina, "30").await.expect("chosen");
        fixture.set_clock("2026-01-20T00:00:00Z");
        let now = LetterContent { role: "백엔드".to_owned(), ..fresh };
        saved(&fixture, &mina, changed, save(1, &now)).await;
        fixture.set_clock("2026-02-05T00:00:00Z");
        let view = domain::retention::service::view(&fixture.app, &mina).await.expect("told");
        let month = view.effects.iter().find(|effect| effect.choice == view.chosen).expect("chosen");
        assert_eq!((month.strikes, month.letters), (0, 1));
        assert_eq!(domain::retention::service::sweep(&fixture.app).await.expect("swept"), 1);
        assert_eq!(titles(&fixture, &mina, "", LetterSort::Updated).await, ["고친 글"]);
    })
    .await;
}
