//! Past questions: handing them in, moderating them, and being asked them.

mod companies;
mod keys;

use domain::accounts::service as accounts;
use domain::admin::service::{By, set_role};
use domain::audit::{AuditAction, AuditFilter, service as audit};
use domain::entities::past_question;
use domain::interview::{NewInterview, NewPractice, RoomAction, service as interviews};
use domain::past_questions::{
    A_DAY_MAX, AnswerKey, Approval, NewPastQuestion, PastDetails, PastFilter, PastStatus, WAITING_MAX,
    past_key, service,
};
use domain::questions::{Language, SimilarPlace};
use domain::{App, Error, InputField, Problem, Reason, Role, Viewer};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

const ASKED: &str = "결제 서비스에서 같은 요청이 두 번 들어오면 어떻게 처리하시겠어요?";
fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

fn details(question: &str) -> PastDetails {
    PastDetails {
        question: question.to_owned(),
        language: "ko".to_owned(),
        field: "backend".to_owned(),
        level: "junior".to_owned(),
        topic: String::new(),
        company: "가나 소프트".to_owned(),
        job: "백엔드 개발자".to_owned(),
        asked_on: "2026-03".to_owned(),
        source: "직접 받은 질문".to_owned(),
        source_url: String::new(),
    }
}

fn new(question: &str) -> NewPastQuestion {
    NewPastQuestion { request_id: Uuid::now_v7(), details: details(question) }
}

async fn admin(fixture: &Fixture) -> Viewer {
    let viewer = fixture.person("moderator").await;
    set_role(&fixture.app, By::CommandLine, viewer.id, Role::Admin).await.expect("an administrator");
    Viewer { role: Role::Admin, ..viewer }
}

async fn added(app: &App, viewer: &Viewer, question: &str) -> Uuid {
    service::add(app, viewer, new(question)).await.expect("added").past.id
}

async fn approved(app: &App, moderator: &Viewer, id: Uuid) -> Approval {
    let waiting = service::moderation(app, moderator, PastStatus::Pending, 0).await.expect("read");
    let found = waiting.questions.iter().find(|waiting| waiting.past.id == id).expect("waiting");
    let details = details(&found.past.question);
    service::approve(app, moderator, id, PastStatus::Pending, &details).await.expect("approved")
}

async fn listed(app: &App, viewer: &Viewer, filter: PastFilter) -> Vec<Uuid> {
    let page = service::list(app, viewer, &filter, 0).await.expect("read");
    assert_eq!(page.total as usize, page.questions.len());
    page.questions.into_iter().map(|question| question.id).collect()
}

async fn practised(app: &App, viewer: &Viewer, id: Uuid) -> Result<Uuid, Error> {
    let practice = NewPractice {
        request_id: Uuid::now_v7(),
        question_ids: vec![past_key(id)],
        language: "ko".to_owned(),
        mode: "coaching".to_owned(),
    };
    interviews::practise(app, viewer, practice).await
}

#[tokio::test]
async fn nobody_reads_one_before_it_is_approved_and_everybody_does_afterwards() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, other, moderator) =
            (fixture.person("mina").await, fixture.person("other").await, admin(&fixture).await);
        let form = new(ASKED);
        let one = service::add(app, &mina, form.clone()).await.expect("added");
        assert_eq!((one.status, one.past.company.as_str()), (PastStatus::Pending, "가나 소프트"));
        let again = service::add(app, &mina, form).await.expect("the same");
        assert_eq!(again.past.id, one.past.id, "a form that is sent twice adds one");
        let id = one.past.id;
        for viewer in [&mina, &other] {
            assert!(listed(app, viewer, PastFilter::default()).await.is_empty());
            assert_eq!(problem(service::read(app, viewer, id).await), Some(Problem::NotFound));
            assert_eq!(problem(practised(app, viewer, id).await), Some(Problem::NoQuestions));
        }
        assert_eq!(service::own(app, &mina).await.expect("read").len(), 1);
        assert!(service::own(app, &other).await.expect("read").is_empty());

        assert_eq!(approved(app, &moderator, id).await, Approval::WithoutKey);
        assert_eq!(listed(app, &other, PastFilter::default()).await, [id]);
        let page = service::read(app, &other, id).await.expect("read");
        assert!(!page.past.judged && page.model_answer_html.is_empty());
        assert_eq!(service::own(app, &mina).await.expect("read")[0].status, PastStatus::Approved);
        let lines = audit::list(app, &moderator, &AuditFilter::default()).await.expect("read").lines;
        let line =
            lines.iter().find(|line| line.action == AuditAction::PastQuestionApproved).expect("a line");
        assert!(!format!("{line:?}").contains("결제"), "the log says nothing that was written");
    })
    .await;
}

#[tokio::test]
async fn they_are_searched_and_filtered_by_company_and_job() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
        let mut ids = Vec::new();
        for (question, company, job) in [
            (ASKED, "가나 소프트", "백엔드 개발자"),
            ("리액트에서 상태를 어디에 두는지 설명해 주세요.", "다라 테크", "프론트엔드 개발자"),
            ("캐시를 비우는 기준을 말씀해 주시겠어요?", "가나 소프트", "플랫폼 개발자"),
        ] {
            let details =
                PastDetails { company: company.to_owned(), job: job.to_owned(), ..details(question) };
            let id = added(app, &mina, question).await;
            service::approve(app, &moderator, id, PastStatus::Pending, &details).await.expect("approved");
            ids.push(id);
        }
        let text = |text: &str| PastFilter { text: Some(text.to_owned()), ..PastFilter::default() };
        assert_eq!(listed(app, &mina, text("결제를")).await, [ids[0]]);
        assert_eq!(listed(app, &mina, text("react")).await, [ids[1]]);
        assert_eq!(listed(app, &mina, text("다라")).await, [ids[1]]);
        let company = PastFilter { company: Some("가나 소프트".to_owned()), ..PastFilter::default() };
        assert_eq!(listed(app, &mina, company.clone()).await.len(), 2);
        let both = PastFilter { job: Some("플랫폼 개발자".to_owned()), ..company };
        assert_eq!(listed(app, &mina, both).await, [ids[2]]);
        let nothing = PastFilter { field: Some("cs".to_owned()), ..PastFilter::default() };
        assert!(listed(app, &mina, nothing).await.is_empty());
        let page = service::list(app, &mina, &PastFilter::default(), 0).await.expect("read");
        assert_eq!(page.companies, ["가나 소프트", "다라 테크"]);
        assert_eq!(page.jobs.len(), 3);
        assert!(
            service::list(app, &mina, &PastFilter::default(), u32::MAX)
                .await
                .expect("read")
                .questions
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_rejected_one_is_read_by_its_person_with_the_reason() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, other, moderator) =
            (fixture.person("mina").await, fixture.person("other").await, admin(&fixture).await);
        let id = added(app, &mina, ASKED).await;
        let reject = |seen, reason| service::reject(app, &moderator, id, seen, reason);
        let empty = Problem::Invalid { field: InputField::Rejection, reason: Reason::Empty };
        assert_eq!(problem(reject(PastStatus::Pending, " ").await), Some(empty));
        reject(PastStatus::Pending, "회사 비밀이 담겨 있어요.").await.expect("rejected");
        // Somebody else had decided meanwhile.
        assert_eq!(problem(reject(PastStatus::Pending, "다시").await), Some(Problem::OutOfDate));
        let own = service::own(app, &mina).await.expect("read");
        assert_eq!(
            (own[0].status, own[0].reason.as_deref()),
            (PastStatus::Rejected, Some("회사 비밀이 담겨 있어요."))
        );
        assert!(listed(app, &other, PastFilter::default()).await.is_empty());

        // A moderator may change the mind, and an approved one may be taken back.
        service::approve(app, &moderator, id, PastStatus::Rejected, &details(ASKED)).await.expect("approved");
        assert_eq!(service::own(app, &mina).await.expect("read")[0].reason, None);
        assert_eq!(listed(app, &other, PastFilter::default()).await, [id]);
        reject(PastStatus::Approved, "출처를 알 수 없어요.").await.expect("taken back");
        assert!(listed(app, &other, PastFilter::default()).await.is_empty());

        assert_eq!(problem(service::withdraw(app, &other, id).await), Some(Problem::NotFound));
        service::withdraw(app, &mina, id).await.expect("withdrawn");
        assert!(service::own(app, &mina).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_administrators_moderate() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let mina = fixture.person("mina").await;
        let id = added(app, &mina, ASKED).await;
        let forbidden = Some(Problem::Forbidden);
        let seen = PastStatus::Pending;
        assert_eq!(problem(service::moderation(app, &mina, seen, 0).await), forbidden);
        assert_eq!(problem(service::edit(app, &mina, id, seen, &details(ASKED)).await), forbidden);
        assert_eq!(problem(service::approve(app, &mina, id, seen, &details(ASKED)).await), forbidden);
        assert_eq!(problem(service::reject(app, &mina, id, seen, "왜").await), forbidden);
        assert_eq!(problem(service::save_key(app, &mina, id, &AnswerKey::default()).await), forbidden);
        assert_eq!(problem(service::make_key(app, &mina, id).await), forbidden);
        assert_eq!(service::own(app, &mina).await.expect("read")[0].status, PastStatus::Pending);
    })
    .await;
}

#[tokio::test]
async fn so_many_wait_and_so_many_come_within_a_day() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, other, moderator) =
            (fixture.person("mina").await, fixture.person("other").await, admin(&fixture).await);
        fixture.set_clock("2026-11-22T01:00:00Z");
        let mut ids = Vec::new();
        for number in 0..A_DAY_MAX {
            if number == WAITING_MAX {
                let waiting =
                    service::add(app, &mina, new("하나 더 받은 질문이에요. 어떻게 하시겠어요?")).await;
                assert_eq!(problem(waiting), Some(Problem::TooManyWaiting { max: WAITING_MAX }));
                for id in ids.drain(..) {
                    service::reject(app, &moderator, id, PastStatus::Pending, "중복")
                        .await
                        .expect("rejected");
                }
            }
            ids.push(added(app, &mina, &format!("{number}번째로 받은 질문이에요. 어떻게 하시겠어요?")).await);
        }
        service::reject(app, &moderator, ids[0], PastStatus::Pending, "중복").await.expect("rejected");
        fixture.set_clock("2026-11-22T02:00:00Z");
        let more = service::add(app, &mina, new(ASKED)).await;
        let retry_after_seconds = 23 * 60 * 60;
        assert_eq!(problem(more), Some(Problem::TooManyAttempts { retry_after_seconds }));
        added(app, &other, ASKED).await;
        fixture.set_clock("2026-11-23T01:00:01Z");
        added(app, &mina, ASKED).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_nearly_the_same_is_shown_while_adding() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
        let similar = |text: &'static str| service::similar(app, &mina, text, Language::Korean);
        let of_bank = similar("프로세스와 스레드의 차이점은 무엇인가요?").await.expect("looked up");
        assert_eq!(of_bank[0].place, SimilarPlace::Bank("os/process-vs-thread".to_owned()));
        let id = added(app, &mina, ASKED).await;
        assert!(
            similar(ASKED)
                .await
                .expect("looked up")
                .iter()
                .all(|found| found.place != SimilarPlace::Past(id))
        );
        approved(app, &moderator, id).await;
        let found =
            similar("결제 서비스에서 같은 요청이 두 번 오면 어떻게 처리하나요?").await.expect("looked up");
        assert_eq!(found[0].place, SimilarPlace::Past(id));
        assert!(found[0].percent >= 50, "{found:?}");
        assert!(similar("기린은 어디에 사나요?").await.expect("looked up").is_empty());
        // Moderators see the same, without the one that they look at.
        let page = service::moderation(app, &moderator, PastStatus::Approved, 0).await.expect("read");
        assert!(page.questions[0].similar.iter().all(|found| found.place != SimilarPlace::Past(id)));
    })
    .await;
}

#[tokio::test]
async fn approved_ones_are_among_the_questions_of_their_field() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
        let id = added(app, &mina, ASKED).await;
        let asked_in = async |field: &str| {
            let setup = NewInterview { field: field.to_owned(), ..fixture.setup("ko") };
            let (interview, _) = fixture.interview(&mina, setup).await;
            interviews::act(app, &mina, interview, 0, RoomAction::Finish).await.expect("finished");
            let rows = domain::entities::interview_question::Entity::find()
                .all(app.database.reader())
                .await
                .expect("read");
            rows.iter().any(|row| row.interview_id == interview && row.question_id == Some(past_key(id)))
        };
        assert!(!asked_in("backend").await, "it is not approved yet");
        approved(app, &moderator, id).await;
        assert!(asked_in("backend").await);
        assert!(!asked_in("frontend").await);
    })
    .await;
}

#[tokio::test]
async fn with_the_account_goes_what_was_not_approved() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, other, moderator) =
            (fixture.person("mina").await, fixture.person("other").await, admin(&fixture).await);
        let kept = added(app, &mina, ASKED).await;
        approved(app, &moderator, kept).await;
        added(app, &mina, "아직 아무도 읽지 않은 질문이에요. 어떻게 하시겠어요?").await;
        accounts::delete(app, &mina, PASSWORD).await.expect("deleted");
        let rows = past_question::Entity::find().all(app.database.reader()).await.expect("read");
        assert_eq!(rows.iter().map(|row| (row.id, row.user_id)).collect::<Vec<_>>(), [(kept, None)]);
        assert_eq!(listed(app, &other, PastFilter::default()).await, [kept]);
        let page = service::moderation(app, &moderator, PastStatus::Approved, 0).await.expect("read");
        assert_eq!(page.questions[0].contributor, None);
        // Taken back, it is gone: nobody is left to read why.
        service::reject(app, &moderator, kept, PastStatus::Approved, "출처 불명").await.expect("taken back");
        assert_eq!(past_question::Entity::find().count(app.database.reader()).await.expect("counted"), 0);
    })
    .await;
}
