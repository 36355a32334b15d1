//! From finished interviews to the points of the chart.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ProgressFilter, ScorePoint, Scores};
use crate::interview::Band;
use crate::interview::feedback::{self, Outcome};
use crate::questions::{Field, Topic, topic_of};

/// A finished interview, as far as progress asks.
pub struct Finished {
    pub id: Uuid,
    pub field: Field,
    /// The person's day on which it ended.
    pub day: NaiveDate,
    /// Those that were asked, in their order.
    pub questions: Vec<Asked>,
}

/// A main question that was asked, and how it went.
pub struct Asked {
    /// None when a model made it up: it belongs to no topic.
    pub question_id: Option<String>,
    pub outcome: Outcome,
}

impl Asked {
    /// The id of its topic.
    pub fn topic(&self) -> Option<&str> {
        self.question_id.as_deref().map(topic_of)
    }
}

/// The chart of a choice. A choice that says nothing known chooses nothing.
pub fn scores(interviews: &[Finished], topics: &[Topic], filter: &ProgressFilter) -> Scores {
    let field: Option<Field> = filter.field.as_deref().and_then(|word| word.parse().ok());
    let chosen =
        topics.iter().find(|topic| Some(topic.field) == field && Some(&topic.id) == filter.topic.as_ref());
    let has_field = |offered: &Field| {
        Some(*offered) == field || interviews.iter().any(|interview| interview.field == *offered)
    };
    let has_topic = |offered: &&Topic| {
        let asked = || interviews.iter().flat_map(|interview| &interview.questions);
        Some(offered.field) == field
            && (Some(*offered) == chosen
                || asked().any(|question| question.topic() == Some(offered.id.as_str())))
    };
    let topic = chosen.map(|topic| topic.id.clone());
    Scores {
        fields: Field::ALL.iter().copied().filter(has_field).collect(),
        field,
        topics: topics.iter().filter(has_topic).cloned().collect(),
        points: interviews
            .iter()
            .filter(|interview| field.is_none_or(|field| interview.field == field))
            .filter_map(|interview| point(interview, topic.as_deref()))
            .collect(),
        topic,
    }
}

/// The point of an interview, or of its questions on one topic. None when none of them could be judged.
fn point(interview: &Finished, topic: Option<&str>) -> Option<ScorePoint> {
    let outcomes: Vec<Outcome> = interview
        .questions
        .iter()
        .filter(|question| topic.is_none() || question.topic() == topic)
        .map(|question| question.outcome)
        .collect();
    let ranks = feedback::ranks(&outcomes)?;
    Some(ScorePoint {
        interview_id: interview.id,
        day: interview.day,
        mean: mean(&ranks),
        band: feedback::mean_band(&ranks),
        worst: Band::of_rank(ranks.iter().copied().min()?),
        best: Band::of_rank(ranks.iter().copied().max()?),
        questions: u32::try_from(ranks.len()).unwrap_or(u32::MAX),
    })
}

/// The mean of ranks. Nothing has the mean of the lowest.
pub fn mean(ranks: &[u32]) -> f32 {
    let sum: u32 = ranks.iter().sum();
    sum as f32 / ranks.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::QuestionStatus::{Answered, Skipped};

    fn topic(id: &str, field: Field) -> Topic {
        Topic { id: id.to_owned(), field, ko: id.to_owned(), en: id.to_owned() }
    }

    fn interview(field: Field, day: &str, questions: &[(&str, Outcome)]) -> Finished {
        Finished {
            id: Uuid::nil(),
            field,
            day: day.parse().expect("a day"),
            questions: questions
                .iter()
                .map(|(id, outcome)| Asked { question_id: Some((*id).to_owned()), outcome: *outcome })
                .collect(),
        }
    }

    fn filter(field: &str, topic: Option<&str>) -> ProgressFilter {
        ProgressFilter { field: Some(field.to_owned()), topic: topic.map(str::to_owned) }
    }

    fn history() -> Vec<Finished> {
        let full = (Answered, Some(Band::Full));
        let some = (Answered, Some(Band::Some));
        let nothing = (Answered, Some(Band::Unjudged));
        vec![
            interview(
                Field::Cs,
                "2026-11-01",
                &[("os/a", full), ("os/b", some), ("network/a", (Skipped, None))],
            ),
            interview(Field::Backend, "2026-11-02", &[("http/a", some)]),
            interview(Field::Cs, "2026-11-03", &[("os/c", nothing), ("network/b", full)]),
            interview(Field::Cs, "2026-11-04", &[("os/d", (Skipped, None))]),
        ]
    }

    fn topics() -> Vec<Topic> {
        vec![
            topic("os", Field::Cs),
            topic("network", Field::Cs),
            topic("unasked", Field::Cs),
            topic("http", Field::Backend),
        ]
    }

    #[test]
    fn a_point_has_its_mean_its_spread_and_what_is_behind_it() {
        let scores = scores(&history(), &topics(), &ProgressFilter::default());
        assert_eq!(scores.fields, [Field::Cs, Field::Backend]);
        assert!(scores.topics.is_empty());
        let found: Vec<_> = scores
            .points
            .iter()
            .map(|point| (point.mean, point.band, point.worst, point.best, point.questions))
            .collect();
        // The last interview has no answer that could be judged, and no point.
        assert_eq!(
            found,
            [
                (4.0 / 3.0, Band::Some, Band::Practise, Band::Full, 3),
                (1.0, Band::Some, Band::Some, Band::Some, 1),
                (1.5, Band::Mostly, Band::Practise, Band::Full, 2),
            ]
        );
    }

    #[test]
    fn a_field_and_a_topic_choose() {
        let days = |filter| -> Vec<String> {
            let scores = scores(&history(), &topics(), &filter);
            scores.points.iter().map(|point| point.day.to_string()).collect()
        };
        assert_eq!(days(filter("cs", None)), ["2026-11-01", "2026-11-03"]);
        assert_eq!(days(filter("backend", None)), ["2026-11-02"]);
        assert_eq!(days(filter("cs", Some("os"))), ["2026-11-01"]);
        assert_eq!(days(filter("cs", Some("network"))), ["2026-11-03"]);
        assert!(days(filter("cs", Some("unasked"))).is_empty());
        let of_topic = scores(&history(), &topics(), &filter("cs", Some("os")));
        assert_eq!((of_topic.points[0].questions, of_topic.points[0].worst), (2, Band::Some));
        assert_eq!(of_topic.topics, [topic("os", Field::Cs), topic("network", Field::Cs)]);
    }

    #[test]
    fn what_is_not_known_chooses_nothing() {
        let history = history();
        let chosen = |filter| {
            let scores = scores(&history, &topics(), &filter);
            (scores.field, scores.topic, scores.points.len())
        };
        assert_eq!(chosen(filter("cooking", Some("os"))), (None, None, 3));
        assert_eq!(
            chosen(filter("cs", Some("http"))),
            (Some(Field::Cs), None, 2),
            "a topic of another field"
        );
        let empty = scores(&history, &topics(), &filter("ml", None));
        assert_eq!(empty.fields, [Field::Cs, Field::Backend, Field::Ml], "what is chosen can be seen");
        assert!(empty.points.is_empty());
    }
}
