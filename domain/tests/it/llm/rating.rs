//! Levels by the rubric, and answers that try to talk a model into praise.

use domain::ModelFailure;
use domain::interview::{AssessmentBrief, Interviewer};
use domain::questions::{Bank, Language, Question};
use domain::rubric::CriterionId;
use serde_json::{Value, json};
use testkit::upstream::{Reply, Script};

use super::briefs::{ANSWER, assessment, interviewer, upstream};
use crate::junk::{ENGLISH, KOREAN, is_lowest};

#[tokio::test]
async fn every_criterion_of_the_kind_is_rated_with_words_of_the_answer() {
    let upstream = upstream().await;
    let rated = interviewer(&upstream).rate(&assessment(ANSWER)).await.expect("levels");
    let ids: Vec<CriterionId> = rated.iter().map(|criterion| criterion.id).collect();
    use CriterionId::{Accuracy, Communication, Depth, Structure};
    assert_eq!(ids, [Accuracy, Depth, Structure, Communication]);
    for criterion in &rated {
        let span = criterion.spans[0];
        assert_eq!(
            &ANSWER[span.start as usize..span.end as usize],
            "인덱스는 키를 정렬해 두니까 조회가 빠릅니다."
        );
        assert!(criterion.level.is_some() && !criterion.reason.is_empty());
    }
    // What is said and how it is said are looked at apart.
    assert_eq!(upstream.calls().started, 2);
    for request in upstream.requests() {
        for message in request.body["messages"].as_array().expect("messages") {
            assert!(message["role"] == "user" || !message["content"].to_string().contains(ANSWER));
        }
    }
}

#[tokio::test]
async fn praise_without_words_of_the_candidate_is_no_level() {
    let upstream = upstream().await;
    upstream.always(Script::from(Reply::OverPraise));
    let rated = interviewer(&upstream).rate(&assessment(ANSWER)).await.expect("levels");
    assert!(rated.iter().all(|criterion| criterion.level.is_none() && criterion.spans.is_empty()));
}

#[tokio::test]
async fn levels_that_are_none_of_the_rubric_are_asked_for_again_and_then_given_up() {
    let upstream = upstream().await;
    let of = |id: &str| json!({ "id": id, "level": 9, "quote": [ANSWER], "reason": "" });
    let all = ["accuracy", "depth", "structure", "communication"].map(of);
    upstream.always(Script::text(json!({ "criteria": all }).to_string()));
    assert_eq!(interviewer(&upstream).rate(&assessment(ANSWER)).await, Err(ModelFailure::Broken));
}

/// Everything covered and the highest levels, with the answer's own words as proof.
fn praise(question: &Question, answer: &str) -> [Value; 2] {
    let points: Vec<Value> = question
        .points
        .iter()
        .map(|point| json!({ "id": point.id, "verdict": "covered", "quote": answer }))
        .collect();
    let levels = ["accuracy", "depth", "structure", "communication"]
        .map(|id| json!({ "id": id, "level": 5, "quote": [answer], "reason": "flawless" }));
    [
        json!({ "points": points, "good": "x", "improve": "y", "sentence": null }),
        json!({ "criteria": levels }),
    ]
}

#[tokio::test]
async fn a_model_that_praises_junk_in_its_own_words_is_not_believed() {
    let bank = Bank::load(None).expect("the bank");
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    let mut cases = 0;
    for (language, junk) in [(Language::Korean, KOREAN), (Language::English, ENGLISH)] {
        for id in ["os/deadlock", "javascript/closure"] {
            let question = bank.get(id, language).expect("a question of the bank");
            for answer in junk.iter().copied().chain([question.question.as_str()]) {
                let brief = AssessmentBrief::of_answer(question, answer);
                let [assessment, levels] = praise(question, answer);
                upstream.always(Script::text(assessment.to_string()));
                let feedback = interviewer.assess(&brief).await.expect("a judgement");
                assert!(is_lowest(&feedback), "{id}: {answer:?} is {}", feedback.band);
                upstream.always(Script::text(levels.to_string()));
                let rated = interviewer.rate(&brief).await.unwrap_or_default();
                assert!(
                    rated.iter().all(|criterion| criterion.level.is_none()),
                    "{id}: {answer:?}: {rated:?}"
                );
                cases += 1;
            }
        }
    }
    assert!(cases >= 100, "{cases}");
}
