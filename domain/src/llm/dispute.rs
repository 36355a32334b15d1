//! Reading answers again because the candidate disagrees. What is claimed in a dispute proves nothing; words of the answers do.

use serde_json::{Value, json};

use super::assess::{judged, material, rules, schema};
use super::client::{Client, delimited};
use super::json::{Schema, ask, text};
use super::prompts::{DISPUTE, language_name};
use crate::ModelFailure;
use crate::interview::{AssessmentBrief, Feedback, InterviewerLabel};

/// Most characters of the reply.
const REPLY_MAX: usize = 800;

/// Judges again and answers with reasons. Without enough words to judge no model is asked, and the built-in judgement stands.
pub async fn reconsider(
    client: &Client,
    label: InterviewerLabel,
    brief: &AssessmentBrief,
    reason: &str,
    before: &Feedback,
) -> Result<(Feedback, Option<String>), ModelFailure> {
    // Words that the built-in scorer holds for off the topic are read: it may be what the dispute is about.
    if brief.is_too_short() || brief.question.points.is_empty() {
        return Ok((brief.builtin.clone(), None));
    }
    let schema = Schema {
        purpose: DISPUTE.purpose,
        name: "dispute",
        schema: with_reply(schema(&brief.question.points)),
    };
    let rules = format!("{}\n\n{}", rules(brief), disputed(brief, before));
    let material = format!("{}\n{}", material(brief), delimited("dispute", "", reason));
    let checked = |object: Value| {
        let reply = text(&object["reply"], REPLY_MAX);
        if reply.is_empty() {
            return Err("`reply` is empty.".to_owned());
        }
        Ok((judged(&object, label.clone(), brief)?, Some(reply)))
    };
    ask(client, &rules, &material, &schema, checked).await
}

fn disputed(brief: &AssessmentBrief, before: &Feedback) -> String {
    let before: Vec<String> =
        before.points.iter().map(|point| format!("- {}: {}", point.id, point.verdict)).collect();
    DISPUTE.fill(&[("language", language_name(brief.language)), ("before", &before.join("\n"))])
}

fn with_reply(mut schema: Value) -> Value {
    schema["properties"]["reply"] = json!({ "type": "string" });
    if let Some(required) = schema["required"].as_array_mut() {
        required.push(json!("reply"));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::feedback::from_coverage;
    use crate::llm::samples::brief;
    use crate::scoring::{KeyPoints, cover};

    #[test]
    fn the_reason_stands_in_the_material_and_the_earlier_judgement_among_the_rules() {
        let brief = brief(&["커밋되지 않은 값을 읽는 현상이고, 되돌려지면 없던 값을 본 것이 됩니다."]);
        let key_points = KeyPoints::new(&brief.question);
        let before = from_coverage(&brief.question, &cover(&key_points, &[]));
        let disputed = disputed(&brief, &before);
        for point in &brief.question.points {
            assert!(disputed.contains(&format!("- {}: not-found", point.id)), "{disputed}");
        }
        assert!(!disputed.contains("되돌려지면"));
        let schema = with_reply(schema(&brief.question.points));
        assert!(schema["required"].as_array().expect("a list").contains(&json!("reply")));
    }
}
