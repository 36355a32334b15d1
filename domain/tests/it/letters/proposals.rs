//! What is proposed to letters: outlines without a model, drafts and points with one, and what a model that misbehaves costs.

use std::sync::Arc;
use std::time::Duration;

use domain::entities::letter_proposal;
use domain::interview::{Interviewer, InterviewerKind, upkeep};
use domain::letters::proposals::{
    NewProposal, ProposalEvent, ProposalListener, ProposalStatus, ProposalView, service,
};
use domain::letters::{ChangedLetter, Facts, LetterContent, service as letters};
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::quotas::{EntryReason, LimitedAction, service as quotas};
use domain::{InputField, ModelFailure, Problem, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use testkit::upstream::{Interruption, Reply, Script, ScriptedUpstream};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use super::{content, made, problem};
use crate::llm::{impatient, interviewer, upstream};

const EXPERIENCE: &str = "동아리에서 지도 화면이 느려지는 문제를 맡았습니다. 로그를 분석해 캐시를 도입했습니다. 그 결과 신고가 줄었습니다.";

/// A letter with an experience to draw on. Says the letter and its item.
async fn letter(fixture: &Fixture, viewer: &Viewer) -> (Uuid, Uuid) {
    let facts = Facts { experiences: EXPERIENCE.to_owned(), ..Facts::default() };
    let mut now =
        LetterContent { facts, ..content("글", "하늘지도", "저는 지도를 좋아합니다.") };
    now.items[0].question = "직무역량을 기른 경험".to_owned();
    let item = now.items[0].id;
    (made(fixture, viewer, now).await, item)
}

fn draft(item: Uuid, instruction: &str) -> NewProposal {
    NewProposal {
        request_id: Uuid::now_v7(),
        kind: "draft".to_owned(),
        item_id: Some(item),
        instruction: instruction.to_owned(),
    }
}

fn points() -> NewProposal {
    NewProposal {
        request_id: Uuid::now_v7(),
        kind: "points".to_owned(),
        item_id: None,
        instruction: String::new(),
    }
}

/// Hears a proposal to its end: what came, and what came of it.
async fn heard(fixture: &Fixture, viewer: &Viewer, id: Uuid, since: Option<u32>) -> (String, ProposalView) {
    let listening = async {
        let mut listener = ProposalListener::new(&fixture.app, viewer, id, since).await.expect("a listener");
        let mut text = String::new();
        loop {
            match listener.next().await.expect("it goes on").1 {
                ProposalEvent::Delta { text: more, .. } => text.push_str(&more),
                ProposalEvent::Ended { proposal } => {
                    assert!(listener.next().await.is_none(), "nothing comes after the end");
                    return (text, *proposal);
                }
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), listening).await.expect("heard in time")
}

async fn with_model(upstream: &ScriptedUpstream) -> (Fixture, Viewer) {
    let model: Arc<dyn Interviewer> = Arc::new(interviewer(upstream));
    let fixture = Fixture::sqlite(Some(model)).await;
    let viewer = fixture.person("mina").await;
    (fixture, viewer)
}

/// The same with a model that nobody gives up on soon.
async fn with_patience(upstream: &ScriptedUpstream) -> (Fixture, Viewer) {
    let patience = Duration::from_secs(30);
    let config = ModelConfig {
        first_token_timeout: patience,
        idle_timeout: patience,
        ..impatient(upstream.base_url())
    };
    let model: Arc<dyn Interviewer> =
        Arc::new(ModelInterviewer::new(config).expect("a usable configuration"));
    let fixture = Fixture::sqlite(Some(model)).await;
    let viewer = fixture.person("mina").await;
    (fixture, viewer)
}

async fn used(fixture: &Fixture, viewer: &Viewer) -> u32 {
    quotas::allowance(&fixture.app, viewer, LimitedAction::LetterDraft).await.expect("an allowance").used
}

async fn reasons(fixture: &Fixture, viewer: &Viewer) -> Vec<EntryReason> {
    let lines = quotas::ledger(&fixture.app, viewer).await.expect("the ledger");
    lines.into_iter().rev().map(|line| line.reason).collect()
}

#[tokio::test]
async fn without_a_model_an_outline_of_the_persons_words_is_there_at_once() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        let (letter, item) = letter(&fixture, &mina).await;
        let new = draft(item, "");
        let proposal = service::propose(&fixture.app, &mina, letter, new.clone()).await.expect("an outline");
        assert_eq!((proposal.status, proposal.by.kind), (ProposalStatus::Done, InterviewerKind::Builtin));
        assert!(proposal.text.contains("로그를 분석해 캐시를 도입했습니다."), "{}", proposal.text);
        assert!(proposal.text.contains("[수치 필요]"), "{}", proposal.text);
        let again = service::propose(&fixture.app, &mina, letter, new).await.expect("the same");
        assert_eq!(again.id, proposal.id);
        assert_eq!(used(&fixture, &mina).await, 0);
        assert!(reasons(&fixture, &mina).await.is_empty());

        // The letter is as it was, and another outline takes the place of the first.
        let now = letters::read(&fixture.app, &mina, letter).await.expect("read");
        assert_eq!(now.letter.content.items[0].answer, "저는 지도를 좋아합니다.");
        assert_eq!((now.proposals.len(), now.model), (1, None));
        let other = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("an outline");
        assert_ne!(other.id, proposal.id);
        let now = letters::read(&fixture.app, &mina, letter).await.expect("read");
        assert_eq!(now.proposals.iter().map(|proposal| proposal.id).collect::<Vec<_>>(), [other.id]);
        service::dismiss(&fixture.app, &mina, other.id).await.expect("dismissed");
        assert_eq!(problem(service::read(&fixture.app, &mina, other.id).await), Some(Problem::NotFound));

        for (new, field) in [(draft(item, "더 짧게"), InputField::Instruction), (points(), InputField::Kind)]
        {
            let refused = problem(service::propose(&fixture.app, &mina, letter, new).await);
            assert_eq!(refused.and_then(|problem| problem.field()), Some(field));
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_streams_in_and_uses_one_unit() {
    let upstream = upstream().await;
    // Late enough for somebody to listen from the first word.
    upstream.always(Script { first_delay: Duration::from_millis(500), ..Script::natural() });
    let (fixture, mina) = with_patience(&upstream).await;
    let (letter, item) = letter(&fixture, &mina).await;
    let new = draft(item, "");
    let begun = service::propose(&fixture.app, &mina, letter, new.clone()).await.expect("begun");
    let (text, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!(done.status, ProposalStatus::Done);
    assert_eq!(text.trim(), done.text);
    assert!(done.text.contains("캐시를 도입했습니다.") && done.text.contains("[수치 필요]"), "{}", done.text);
    assert_eq!(
        (done.by.model.as_deref(), done.by.version.as_str()),
        (Some("scripted"), "letter-draft/1 letter-points/1")
    );
    assert!(done.unsupplied.is_empty());
    // Coming back later tells the rest, from any place of the text.
    let (rest, _) = heard(&fixture, &mina, begun.id, Some(3)).await;
    assert!(rest.is_empty(), "the end has all of it");

    service::propose(&fixture.app, &mina, letter, new).await.expect("the same");
    assert_eq!((used(&fixture, &mina).await, upstream.requests().len()), (1, 1));
    assert_eq!(reasons(&fixture, &mina).await, [EntryReason::Proposed]);
    let request = &upstream.requests()[0].body;
    assert_eq!(request["stream"], true);
    for message in request["messages"].as_array().expect("messages") {
        let content = message["content"].as_str().expect("a text");
        assert!(message["role"] == "user" || !content.contains("캐시"), "{content}");
    }

    // An instruction revises what is there.
    let revised =
        service::propose(&fixture.app, &mina, letter, draft(item, "결과부터")).await.expect("begun");
    let (text, _) = heard(&fixture, &mina, revised.id, None).await;
    assert!(text.starts_with("(결과부터)"), "{text}");
    assert_eq!(used(&fixture, &mina).await, 2);
}

#[tokio::test]
async fn a_number_that_nobody_told_is_flagged() {
    let upstream = upstream().await;
    upstream.always(Script::from(Reply::OverPraise));
    let (fixture, mina) = with_model(&upstream).await;
    let (letter, item) = letter(&fixture, &mina).await;
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    let (_, done) = heard(&fixture, &mina, begun.id, None).await;
    let quotes: Vec<_> = done.unsupplied.iter().map(|passage| passage.quote.as_str()).collect();
    assert_eq!(quotes, ["987배"]);
    assert!(done.unsupplied[0].stands_in(&done.text));
}

#[tokio::test]
async fn points_quote_the_letter_or_do_not_count() {
    let upstream = upstream().await;
    let (fixture, mina) = with_model(&upstream).await;
    let (letter, item) = letter(&fixture, &mina).await;
    let begun = service::propose(&fixture.app, &mina, letter, points()).await.expect("begun");
    let (_, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!(done.status, ProposalStatus::Done);
    let [point] = done.points.as_slice() else { panic!("{done:?}") };
    assert_eq!((point.item_id, point.passage.quote.as_str()), (item, "저는 지도를 좋아합니다."));

    // Words that stand nowhere are told back once, and then refused; nothing of use came, so it costs nothing.
    upstream.always(Script::from(Reply::OverPraise));
    let begun = service::propose(&fixture.app, &mina, letter, points()).await.expect("begun");
    let (_, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!(done.status, ProposalStatus::Failed);
    assert_eq!(done.problem, Some(Problem::ModelUnavailable { reason: ModelFailure::Broken }));
    assert_eq!((used(&fixture, &mina).await, upstream.requests().len()), (1, 3));
}

#[tokio::test]
async fn a_draft_without_a_word_costs_nothing_and_half_a_draft_stands() {
    let upstream = upstream().await;
    let (fixture, mina) = with_model(&upstream).await;
    let (letter, item) = letter(&fixture, &mina).await;
    upstream.always(Script::status(401));
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    let (text, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!((text.as_str(), done.status), ("", ProposalStatus::Failed));
    assert_eq!(done.problem, Some(Problem::ModelUnavailable { reason: ModelFailure::Refused }));
    assert_eq!(used(&fixture, &mina).await, 0);
    assert_eq!(reasons(&fixture, &mina).await, [EntryReason::Proposed, EntryReason::Refunded]);

    upstream.always(Script::tokens(["저는 ", "캐시를 ", "도입"]).interrupt_after(2, Interruption::Reset));
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    let (_, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!((done.status, done.text.as_str()), (ProposalStatus::Failed, "저는 캐시를"));
    assert_eq!(used(&fixture, &mina).await, 1);
}

#[tokio::test]
async fn a_draft_can_be_stopped_and_what_has_come_stands() {
    let upstream = upstream().await;
    upstream.always(Script::tokens(["저는 ", "캐시를"]).interrupt_after(1, Interruption::OnlyComments));
    let (fixture, mina) = with_patience(&upstream).await;
    let (letter, item) = letter(&fixture, &mina).await;
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    // One at a time for an item.
    let second = problem(service::propose(&fixture.app, &mina, letter, draft(item, "")).await);
    assert_eq!(second, Some(Problem::OutOfDate));
    let mut listener = ProposalListener::new(&fixture.app, &mina, begun.id, None).await.expect("a listener");
    assert!(matches!(listener.next().await, Some((_, ProposalEvent::Delta { at: 0, .. }))));
    service::stop(&fixture.app, &mina, begun.id).await.expect("stopped");
    let (_, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!((done.status, done.text.as_str(), done.problem), (ProposalStatus::Done, "저는", None));
    assert!(upstream.calls_become(Duration::from_secs(2), |calls| calls.aborted == 1).await);
    assert_eq!(used(&fixture, &mina).await, 1);
}

#[tokio::test]
async fn starting_and_stopping_asks_the_model_no_more_often_than_the_allowance_says() {
    let upstream = upstream().await;
    upstream.always(Script::natural().first_delay(Duration::from_secs(25)));
    let (fixture, mina) = with_patience(&upstream).await;
    quotas::set_limit(&fixture.app, mina.id, LimitedAction::LetterDraft, 3).await.expect("set");
    let (letter, item) = letter(&fixture, &mina).await;
    // Stopped before its first word, dismissed, and points stopped while the model thinks.
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    service::stop(&fixture.app, &mina, begun.id).await.expect("stopped");
    let (text, done) = heard(&fixture, &mina, begun.id, None).await;
    assert_eq!((text.as_str(), done.status, done.problem), ("", ProposalStatus::Failed, None));
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    service::dismiss(&fixture.app, &mina, begun.id).await.expect("dismissed");
    let begun = service::propose(&fixture.app, &mina, letter, points()).await.expect("begun");
    service::stop(&fixture.app, &mina, begun.id).await.expect("stopped");
    heard(&fixture, &mina, begun.id, None).await;

    assert_eq!(used(&fixture, &mina).await, 3);
    let refused = problem(service::propose(&fixture.app, &mina, letter, draft(item, "")).await);
    assert!(matches!(refused, Some(Problem::QuotaReached { .. })), "{refused:?}");
    assert_eq!(reasons(&fixture, &mina).await, [EntryReason::Proposed; 3]);
}

#[tokio::test]
async fn a_letter_keeps_no_proposals_to_items_that_it_no_longer_has() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        let (id, item) = letter(&fixture, &mina).await;
        let first = service::propose(app, &mina, id, draft(item, "")).await.expect("an outline");
        let view = letters::read(app, &mina, id).await.expect("read");
        let mut content = view.letter.content;
        content.items[0].id = Uuid::now_v7();
        let other = content.items[0].id;
        let save =
            ChangedLetter { revision: view.letter.revision, content, drafted: false, overwrites: false };
        letters::save(app, &mina, id, save).await.expect("saved");
        let second = service::propose(app, &mina, id, draft(other, "")).await.expect("an outline");
        let proposals = letters::read(app, &mina, id).await.expect("read").proposals;
        assert_eq!(proposals.iter().map(|proposal| proposal.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!(problem(service::read(app, &mina, first.id).await), Some(Problem::NotFound));
    })
    .await;
}

#[tokio::test]
async fn what_a_crash_leaves_is_settled_and_paid_back() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        let (letter, item) = letter(&fixture, &mina).await;
        let outline =
            service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("an outline");
        // As a task leaves it that is gone: running, without a word, long ago.
        letter_proposal::Entity::update_many()
            .col_expr(letter_proposal::Column::Status, Expr::value("running"))
            .col_expr(letter_proposal::Column::Text, Expr::value(""))
            .col_expr(letter_proposal::Column::LeasedUntil, Expr::value(chrono_of("2026-01-01T00:00:00Z")))
            .filter(letter_proposal::Column::Id.eq(outline.id))
            .exec(fixture.app.database.writer())
            .await
            .expect("changed");
        upkeep::take_up(&fixture.app).await.expect("taken up");
        let settled = service::read(&fixture.app, &mina, outline.id).await.expect("read");
        assert_eq!(settled.status, ProposalStatus::Failed);
        assert_eq!(settled.problem, Some(Problem::ModelUnavailable { reason: ModelFailure::Unreachable }));
    })
    .await;
}

fn chrono_of(moment: &str) -> sea_orm::prelude::DateTimeUtc {
    moment.parse().expect("a moment")
}

#[tokio::test]
async fn the_allowance_holds() {
    let upstream = upstream().await;
    let (fixture, mina) = with_model(&upstream).await;
    quotas::set_limit(&fixture.app, mina.id, LimitedAction::LetterDraft, 1).await.expect("set");
    let (letter, item) = letter(&fixture, &mina).await;
    let begun = service::propose(&fixture.app, &mina, letter, draft(item, "")).await.expect("begun");
    heard(&fixture, &mina, begun.id, None).await;
    let refused = problem(service::propose(&fixture.app, &mina, letter, draft(item, "")).await);
    assert!(matches!(refused, Some(Problem::QuotaReached { .. })), "{refused:?}");
    // What was there is still there.
    assert_eq!(letters::read(&fixture.app, &mina, letter).await.expect("read").proposals.len(), 1);
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test]
async fn nobody_else_hears_or_ends_a_proposal_and_it_goes_with_the_account() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let (letter, item) = letter(&fixture, &mina).await;
        let app = &fixture.app;
        let outline = service::propose(app, &mina, letter, draft(item, "")).await.expect("an outline");
        let gone = Some(Problem::NotFound);
        assert_eq!(problem(service::propose(app, &jun, letter, draft(item, "")).await), gone);
        assert_eq!(problem(service::read(app, &jun, outline.id).await), gone);
        assert_eq!(problem(service::stop(app, &jun, outline.id).await), gone);
        assert_eq!(problem(service::dismiss(app, &jun, outline.id).await), gone);
        assert_eq!(problem(ProposalListener::new(app, &jun, outline.id, None).await.map(|_| ())), gone);
        domain::accounts::service::delete(app, &mina, PASSWORD).await.expect("deleted");
        let left = letter_proposal::Entity::find().count(app.database.reader()).await.expect("counted");
        assert_eq!(left, 0);
    })
    .await;
}
