//! Looking through the bank: what is listed, what a question's page says, and what the viewer has noted and said.

use domain::interview::{NewPractice, QuestionStatus, RoomAction, service as interviews};
use domain::notebook::{NotebookFilter, Target, service as notebook};
use domain::questions::service::{browse, read};
use domain::questions::{BankFilter, Field, Language, QUESTIONS_PAGE};
use domain::{Error, Problem};
use testkit::each_database;
use uuid::Uuid;

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

fn filter(text: &str, field: &str, topic: &str, level: &str, kind: &str) -> BankFilter {
    let some = |word: &str| (!word.is_empty()).then(|| word.to_owned());
    BankFilter {
        text: some(text),
        field: some(field),
        topic: some(topic),
        level: some(level),
        kind: some(kind),
    }
}

#[tokio::test]
async fn the_bank_is_listed_page_by_page_and_filtered() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let page = |filter: &BankFilter, page| browse(&fixture.app, &viewer, filter, Language::Korean, page);
        let first = page(&BankFilter::default(), 0);
        assert_eq!(first.questions.len(), QUESTIONS_PAGE as usize);
        let mut ids = Vec::new();
        for number in 0..=first.total / QUESTIONS_PAGE {
            ids.extend(
                page(&BankFilter::default(), number).questions.into_iter().map(|question| question.id),
            );
        }
        assert_eq!(ids.len(), first.total as usize);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), first.total as usize, "nothing comes twice");
        assert!(page(&BankFilter::default(), u32::MAX).questions.is_empty());

        let cs = page(&filter("", "cs", "os", "junior", "concept"), 0);
        assert!(cs.total > 0 && cs.total < first.total);
        assert!(
            cs.questions
                .iter()
                .all(|question| question.topic.field == Field::Cs && question.topic.id == "os")
        );
        // What nobody knows filters nothing.
        assert_eq!(page(&filter("", "cooking", "nowhere", "x", "y"), 0).total, first.total);

        let found = page(&filter("교착 상태를", "", "", "", ""), 0);
        assert_eq!(found.questions[0].id, "os/deadlock");
        assert_eq!(
            page(&filter("교착 상태를", "frontend", "", "", ""), 0).questions.first().map(|q| &q.id),
            None
        );
        let english =
            browse(&fixture.app, &viewer, &filter("교착 상태", "", "", "", ""), Language::English, 0);
        assert_eq!(english.questions[0].language, Language::English);
    })
    .await;
}

#[tokio::test]
async fn a_question_is_shown_with_what_its_reader_noted_and_said() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (viewer, other) = (fixture.person("mina").await, fixture.person("other").await);
        let id = "os/deadlock";
        let page = read(app, &viewer, id, Language::Korean).await.expect("read");
        assert!(page.answers.is_empty() && !page.mark.favourite);
        assert_eq!(page.languages, [Language::Korean, Language::English]);
        assert!(!page.intent_html.is_empty() && !page.model_answer_html.is_empty());
        assert!(!page.misconception_html.is_empty() && !page.sources.is_empty());
        assert!(page.follow_ups.len() >= 3);

        // A star and a memo before it was ever asked.
        let target = page.mark.target;
        assert_eq!(target, Target::Question { key: id.to_owned(), language: Language::Korean });
        notebook::set_favourite(app, &viewer, target.clone(), true).await.expect("starred");
        notebook::save_memo(app, &viewer, target, "", "네 가지 조건").await.expect("saved");
        let mark = read(app, &viewer, id, Language::Korean).await.expect("read").mark;
        assert_eq!((mark.favourite, mark.memo.as_str()), (true, "네 가지 조건"));
        let english = read(app, &viewer, id, Language::English).await.expect("read");
        assert_eq!((english.mark.memo.as_str(), english.question.language), ("", Language::English));
        let listed =
            notebook::list(app, &viewer, NotebookFilter::Memos, None, 0).await.expect("read").entries;
        assert_eq!((listed.len(), listed[0].times_asked, listed[0].report), (1, 0, None));
        let theirs = read(app, &other, id, Language::Korean).await.expect("read");
        assert!(!theirs.mark.favourite && theirs.mark.memo.is_empty() && theirs.answers.is_empty());

        // Practised, it is the same entry, and the answer stands on the page.
        let practice = NewPractice {
            request_id: Uuid::now_v7(),
            question_ids: vec![id.to_owned()],
            language: "ko".to_owned(),
            mode: "coaching".to_owned(),
        };
        let interview = interviews::practise(app, &viewer, practice).await.expect("begun");
        fixture.answer(&viewer, interview, "서로가 쥔 자원을 기다리며 멈추는 상태입니다.").await;
        interviews::act(app, &viewer, interview, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(&viewer, interview).await;
        let after = read(app, &viewer, id, Language::Korean).await.expect("read");
        assert_eq!((after.answers.len(), after.mark.memo.as_str()), (1, "네 가지 조건"));
        assert_eq!(after.answers[0].status, QuestionStatus::Answered);
        assert_eq!(after.answers[0].report.map(|report| report.interview), Some(interview));
        let all = notebook::list(app, &viewer, NotebookFilter::All, None, 0).await.expect("read").entries;
        assert_eq!(all.iter().filter(|entry| entry.question_key == id).count(), 1);
        assert!(read(app, &other, id, Language::Korean).await.expect("read").answers.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_bank_does_not_have_is_not_found() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        for id in ["os/nothing", "", "os/deadlock\0", "past:x", "../os/deadlock"] {
            assert_eq!(
                problem(read(app, &viewer, id, Language::Korean).await),
                Some(Problem::NotFound),
                "{id}"
            );
            let target = Target::Question { key: id.to_owned(), language: Language::Korean };
            let starred = notebook::set_favourite(app, &viewer, target, true).await;
            assert_eq!(problem(starred), Some(Problem::NotFound), "{id}");
        }
        assert!(
            notebook::list(app, &viewer, NotebookFilter::All, None, 0)
                .await
                .expect("read")
                .entries
                .is_empty()
        );
    })
    .await;
}
