//! Past questions of the company and the job that somebody applies for.

use domain::entities::interview_question;
use domain::interview::{NewInterview, service as interviews};
use domain::letters::{LetterContent, LetterItem, NewLetter, service as letters};
use domain::material::NewMaterials;
use domain::past_questions::{PastDetails, PastStatus, past_key, service};
use domain::questions::{Field, Language, Level};
use domain::{InputField, Problem, Reason, Viewer};
use sea_orm::EntityTrait;
use testkit::{Fixture, each_database};
use uuid::Uuid;

use super::{added, admin, details, problem};

const COMPANY: &str = "가나 소프트";

/// Approves a past question on the back end and returns its id.
async fn approved(
    fixture: &Fixture,
    moderator: &Viewer,
    company: &str,
    job: &str,
    level: &str,
    question: &str,
) -> Uuid {
    let id = added(&fixture.app, moderator, question).await;
    let details = PastDetails {
        company: company.to_owned(),
        job: job.to_owned(),
        level: level.to_owned(),
        ..details(question)
    };
    service::approve(&fixture.app, moderator, id, PastStatus::Pending, &details).await.expect("approved");
    id
}

/// Six of other companies, so that which ones are asked is no accident, and then one of the company and one of the job.
async fn collected(fixture: &Fixture, moderator: &Viewer) -> (Uuid, Uuid) {
    for number in 0..6 {
        let question = format!("{number}번째 회사에서 물은 질문이에요. 데이터를 어떻게 나누시겠어요?");
        let company = format!("다른 회사 {number}");
        approved(fixture, moderator, &company, "데이터 분석가", "junior", &question).await;
    }
    let question = "이 회사에서 물은 질문이에요. 주문이 몰리면 어떻게 하시겠어요?";
    let of_company = approved(fixture, moderator, COMPANY, "서버 개발자", "junior", question).await;
    let question = "같은 직무에서 물은 질문이에요. 장애를 어떻게 알아차리시나요?";
    let of_job = approved(fixture, moderator, "라마 테크", "플랫폼 엔지니어", "junior", question).await;
    (of_company, of_job)
}

fn on_back_end(fixture: &Fixture) -> NewInterview {
    NewInterview { field: "backend".to_owned(), ..fixture.setup("ko") }
}

/// The past questions that an interview of the person asks.
async fn asked(fixture: &Fixture, viewer: &Viewer, setup: NewInterview) -> Vec<String> {
    let (id, _) = fixture.interview(viewer, setup).await;
    let rows = interview_question::Entity::find().all(fixture.app.database.reader()).await.expect("read");
    let of_interview = rows.into_iter().filter(|row| row.interview_id == id);
    of_interview.filter_map(|row| row.question_id).filter(|id| id.starts_with("past:")).collect()
}

#[tokio::test]
async fn a_chosen_company_is_asked_for_first() {
    each_database(|fixture| async move {
        let moderator = admin(&fixture).await;
        let (of_company, _) = collected(&fixture, &moderator).await;
        for name in ["mina", "other", "third"] {
            let viewer = fixture.person(name).await;
            let setup = NewInterview { company: Some(format!(" {COMPANY} ")), ..on_back_end(&fixture) };
            let asked = asked(&fixture, &viewer, setup).await;
            assert!(asked.contains(&past_key(of_company)), "{name}: {asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_brings_the_past_questions_of_its_company_and_job() {
    each_database(|fixture| async move {
        let moderator = admin(&fixture).await;
        let (of_company, of_job) = collected(&fixture, &moderator).await;
        for (name, company, role, expected) in
            [("mina", "(주)가나소프트", "", of_company), ("other", "바사 전자", "플랫폼 개발자", of_job)]
        {
            let viewer = fixture.person(name).await;
            let content = LetterContent {
                company: company.to_owned(),
                role: role.to_owned(),
                items: vec![LetterItem {
                    id: Uuid::from_u128(1),
                    question: "가장 어려웠던 일은 무엇인가요?".to_owned(),
                    answer: "저희 팀은 주문 서비스에 레디스를 도입해 조회 시간을 40% 줄였습니다.".to_owned(),
                    limit: None,
                    tip: String::new(),
                }],
                ..LetterContent::empty(Language::Korean)
            };
            let new = NewLetter { request_id: Uuid::now_v7(), content };
            let letter = letters::create(&fixture.app, &viewer, new).await.expect("a letter");
            let materials = NewMaterials { letters: vec![letter], ..NewMaterials::default() };
            // One of three is about the letter, so that two are left.
            let asked = asked(&fixture, &viewer, NewInterview { materials, ..on_back_end(&fixture) }).await;
            assert_eq!(asked, [past_key(expected)], "{company} {role}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_company_with_questions_for_the_interview_can_be_chosen() {
    each_database(|fixture| async move {
        let moderator = admin(&fixture).await;
        let viewer = fixture.person("mina").await;
        let question = "경력자에게만 물은 질문이에요. 조직을 어떻게 나누시겠어요?";
        let id = approved(&fixture, &moderator, COMPANY, "백엔드 개발자", "senior", question).await;
        let offered = service::companies(&fixture.app, &viewer).await.expect("read");
        assert_eq!(offered.len(), 1);
        assert_eq!((offered[0].company.as_str(), offered[0].field), (COMPANY, Field::Backend));
        assert_eq!(offered[0].available(Level::Senior, Language::Korean), 1);
        assert_eq!(offered[0].available(Level::Entry, Language::Korean), 0);
        assert_eq!(offered[0].available(Level::Senior, Language::English), 0);

        let refused = Problem::Invalid { field: InputField::Company, reason: Reason::NotOffered };
        let with =
            |company: &str| NewInterview { company: Some(company.to_owned()), ..on_back_end(&fixture) };
        for setup in [
            with("없는 회사"),
            NewInterview { level: "entry".to_owned(), ..with(COMPANY) },
            NewInterview { field: "cs".to_owned(), ..with(COMPANY) },
        ] {
            let started = interviews::start(&fixture.app, &viewer, setup.clone()).await;
            assert_eq!(problem(started), Some(refused.clone()), "{setup:?}");
        }
        let (_, room) = fixture.interview(&viewer, with("  ")).await;
        assert_eq!(room.turns.len(), 1, "none was chosen");

        service::withdraw(&fixture.app, &moderator, id).await.expect("withdrawn");
        assert_eq!(service::companies(&fixture.app, &viewer).await.expect("read"), []);
    })
    .await;
}
