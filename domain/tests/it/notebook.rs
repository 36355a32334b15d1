//! The notebook: filled by interviews, with a star and a memo that are nobody else's.

use domain::interview::{Band, QuestionStatus, RoomAction, service as interviews};
use domain::notebook::{MEMO_MAX, MemoOutcome, NotebookEntry, NotebookFilter, Target, service};
use domain::{Error, InputField, Problem, Reason, Viewer};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::sittings::{OFF_TOPIC, ask, model_answer, question_asked};

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

async fn entries(fixture: &Fixture, viewer: &Viewer, filter: NotebookFilter) -> Vec<NotebookEntry> {
    service::list(&fixture.app, viewer, filter, None, 0).await.expect("read").entries
}

/// An interview in which the first question is explained, the second missed and the third skipped.
async fn sit(fixture: &Fixture, viewer: &Viewer) -> Uuid {
    let (id, mut room) = fixture.interview(viewer, fixture.setup("ko")).await;
    while let Some(number) = room.awaited_turn() {
        let text = match room.position {
            0 => model_answer(fixture, &room),
            1 => OFF_TOPIC.to_owned(),
            _ => {
                interviews::act(&fixture.app, viewer, id, number, RoomAction::Skip).await.expect("skipped");
                room = fixture.quiet(viewer, id).await;
                continue;
            }
        };
        room = fixture.answer(viewer, id, &text).await;
    }
    id
}

#[tokio::test]
async fn an_interview_fills_it() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let id = sit(&fixture, &viewer).await;
        let report = interviews::report(&fixture.app, &viewer, id).await.expect("a report");
        let all = entries(&fixture, &viewer, NotebookFilter::All).await;
        assert_eq!(all.len(), 3);
        for (position, (band, missed)) in
            [(Some(Band::Full), false), (Some(Band::Practise), true), (None, true)].into_iter().enumerate()
        {
            let asked = &report.questions[position];
            let entry = all.iter().find(|entry| entry.question == asked.question).expect("an entry");
            assert_eq!((entry.band, entry.missed, entry.times_asked), (band, missed, 1), "{entry:?}");
            let link = entry.report.expect("the report");
            assert_eq!((link.interview, link.position), (id, asked.position));
            assert_eq!(Some(&entry.question_key), asked.question_id.as_ref());
            assert!(entry.topic.is_some());
        }
        assert_eq!(entries(&fixture, &viewer, NotebookFilter::Missed).await.len(), 2);
        assert!(entries(&fixture, &viewer, NotebookFilter::Favourites).await.is_empty());
        assert!(entries(&fixture, &viewer, NotebookFilter::Memos).await.is_empty());
        let of =
            |field: &'static str| service::list(&fixture.app, &viewer, NotebookFilter::All, Some(field), 0);
        assert_eq!(of("cs").await.expect("read").entries.len(), 3);
        assert!(of("backend").await.expect("read").entries.is_empty());
        let second = service::list(&fixture.app, &viewer, NotebookFilter::All, None, 1).await.expect("read");
        assert!(second.entries.is_empty() && !second.more);

        // Page by page, by whatever size, nothing is left out or comes twice.
        let (mut walked, mut after) = (vec![], None);
        loop {
            let (page, next) =
                service::list_after(&fixture.app, &viewer, NotebookFilter::All, None, after, 1)
                    .await
                    .expect("read");
            assert_eq!(page.len(), 1);
            walked.extend(page);
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(walked, all);

        // The entries outlive the interview, and lead nowhere then.
        interviews::delete(&fixture.app, &viewer, id).await.expect("deleted");
        let left = entries(&fixture, &viewer, NotebookFilter::All).await;
        assert!(left.len() == 3 && left.iter().all(|entry| entry.report.is_none()));
    })
    .await;
}

#[tokio::test]
async fn what_is_explained_later_is_missed_no_more_and_both_answers_can_be_read() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (first, room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let question = question_asked(&fixture, &room);
        fixture.answer(&viewer, first, "모르겠습니다.").await;
        interviews::act(&fixture.app, &viewer, first, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(&viewer, first).await;
        let missed = entries(&fixture, &viewer, NotebookFilter::Missed).await;
        assert_eq!((missed.len(), missed[0].band), (1, Some(Band::Unjudged)), "too short explains nothing");

        let (second, _) = ask(&fixture, &viewer, &question.id).await;
        let text = domain::markup::plain(&question.model_answer);
        while fixture.quiet(&viewer, second).await.awaited_turn().is_some() {
            fixture.answer(&viewer, second, &text).await;
        }
        let all = entries(&fixture, &viewer, NotebookFilter::All).await;
        let entry = all.iter().find(|entry| entry.question_key == question.id).expect("an entry");
        assert_eq!((entry.band, entry.missed, entry.times_asked), (Some(Band::Full), false, 2));
        assert_eq!(entry.id, missed[0].id);

        let read = service::read(&fixture.app, &viewer, entry.id).await.expect("read");
        assert!(!read.intent_html.is_empty() && !read.model_answer_html.is_empty());
        let found: Vec<_> = read
            .answers
            .iter()
            .map(|answer| (answer.report.map(|link| link.interview), answer.band))
            .collect();
        assert_eq!(found, [(Some(second), Some(Band::Full)), (Some(first), Some(Band::Unjudged))]);
        assert!(read.answers.iter().all(|answer| answer.status == QuestionStatus::Answered));
        assert_eq!(read.answers[0].answers[0], text);
        assert_eq!(read.answers[1].answers, ["모르겠습니다."]);
    })
    .await;
}

#[tokio::test]
async fn a_star_and_a_memo_stand_in_the_report_and_in_the_notebook() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let app = &fixture.app;
        let id = sit(&fixture, &viewer).await;
        let target = Target::Asked { interview: id, position: 1 };
        service::set_favourite(app, &viewer, target.clone(), true).await.expect("starred");
        let saved = service::save_memo(app, &viewer, target, "", "다시 볼 것\0").await.expect("saved");
        assert_eq!(saved, MemoOutcome::Saved);
        let report = interviews::report(app, &viewer, id).await.expect("a report");
        let marks: Vec<_> = report
            .questions
            .iter()
            .filter_map(|question| question.own.as_ref())
            .map(|own| (own.mark.favourite, own.mark.memo.as_str()))
            .collect();
        assert_eq!(marks, [(false, ""), (true, "다시 볼 것"), (false, "")]);

        let starred = entries(&fixture, &viewer, NotebookFilter::Favourites).await;
        let with_memo = entries(&fixture, &viewer, NotebookFilter::Memos).await;
        assert_eq!((starred.len(), &starred), (1, &with_memo));
        let entry = Target::Entry(starred[0].id);
        service::set_favourite(app, &viewer, entry.clone(), false).await.expect("taken away");
        assert!(entries(&fixture, &viewer, NotebookFilter::Favourites).await.is_empty());

        // Two pages that both have read the first memo.
        let save = |before: &'static str, memo: &'static str| {
            service::save_memo(app, &viewer, entry.clone(), before, memo)
        };
        assert_eq!(save("다시 볼 것", "첫째").await.expect("saved"), MemoOutcome::Saved);
        let second = save("다시 볼 것", "둘째").await.expect("told");
        assert_eq!(second, MemoOutcome::ChangedElsewhere("첫째".to_owned()));
        // A reply that was lost: the same again is no conflict.
        assert_eq!(save("다시 볼 것", "첫째").await.expect("saved"), MemoOutcome::Saved);
        assert_eq!(save("첫째", "둘째").await.expect("saved"), MemoOutcome::Saved);
        assert_eq!(save("둘째", " \n ").await.expect("saved"), MemoOutcome::Saved);
        assert!(entries(&fixture, &viewer, NotebookFilter::Memos).await.is_empty());

        let most = MEMO_MAX as usize;
        let long = service::save_memo(app, &viewer, entry.clone(), "", &"가".repeat(most + 1)).await;
        let reason = Reason::TooLong { max: MEMO_MAX };
        assert_eq!(problem(long), Some(Problem::Invalid { field: InputField::Memo, reason }));
        service::save_memo(app, &viewer, entry, "", &"가".repeat(most)).await.expect("saved");
    })
    .await;
}

#[tokio::test]
async fn an_entry_can_be_forgotten_and_comes_back() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let id = sit(&fixture, &viewer).await;
        let missed = entries(&fixture, &viewer, NotebookFilter::Missed).await;
        for entry in &missed {
            service::forget(&fixture.app, &viewer, entry.id).await.expect("forgotten");
            let again = service::forget(&fixture.app, &viewer, entry.id).await;
            assert_eq!(problem(again), Some(Problem::NotFound));
        }
        assert_eq!(entries(&fixture, &viewer, NotebookFilter::All).await.len(), 1);
        // A star in the report takes it up again.
        let target = Target::Asked { interview: id, position: 2 };
        service::set_favourite(&fixture.app, &viewer, target, true).await.expect("starred");
        assert_eq!(entries(&fixture, &viewer, NotebookFilter::Favourites).await.len(), 1);
        domain::accounts::service::delete(&fixture.app, &viewer, PASSWORD).await.expect("deleted");
        assert!(entries(&fixture, &viewer, NotebookFilter::All).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_notebook_is_nobody_elses() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (victim, attacker) = (fixture.person("victim").await, fixture.person("attacker").await);
        let id = sit(&fixture, &victim).await;
        let before = entries(&fixture, &victim, NotebookFilter::All).await;
        let entry = before[0].id;
        let not_found = Some(Problem::NotFound);
        for target in [Target::Entry(entry), Target::Asked { interview: id, position: 0 }] {
            let favourite = service::set_favourite(app, &attacker, target.clone(), true).await;
            assert_eq!(problem(favourite), not_found);
            assert_eq!(problem(service::save_memo(app, &attacker, target, "", "x").await), not_found);
        }
        assert_eq!(problem(service::read(app, &attacker, entry).await), not_found);
        assert_eq!(problem(service::forget(app, &attacker, entry).await), not_found);
        assert!(entries(&fixture, &attacker, NotebookFilter::All).await.is_empty());
        assert_eq!(entries(&fixture, &victim, NotebookFilter::All).await, before);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_told_of_a_question_that_was_not_asked_yet() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let star = |position| {
            let target = Target::Asked { interview: id, position };
            service::set_favourite(&fixture.app, &viewer, target, true)
        };
        assert_eq!(problem(star(1).await), Some(Problem::NotFound));
        assert_eq!(problem(star(99).await), Some(Problem::NotFound));
        star(0).await.expect("the open one");
        let all = entries(&fixture, &viewer, NotebookFilter::All).await;
        assert_eq!((all.len(), all[0].times_asked, all[0].missed), (1, 0, false));
        assert!(all[0].report.is_none(), "the interview goes on");
    })
    .await;
}
