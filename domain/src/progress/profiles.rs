//! The weak points: how the last questions of each topic went.

use std::collections::HashMap;

use super::scores::{Finished, mean};
use super::{PROFILE_QUESTIONS, TopicProfile, Trend};
use crate::interview::Band;
use crate::interview::feedback::{self, Outcome};
use crate::questions::Topic;

/// Questions that are compared with the ones before them. With fewer before, there is nothing to compare.
const RECENT: usize = 3;
/// How far two means of ranks lie apart before anything is said about it: half a band.
const NOTABLE: f32 = 0.5;

/// A profile for each topic that was asked about, the weakest first. The interviews come oldest first.
pub fn profiles(interviews: &[Finished], topics: &[Topic]) -> Vec<TopicProfile> {
    let mut newest_first: HashMap<&str, Vec<Outcome>> = HashMap::new();
    for question in interviews.iter().rev().flat_map(|interview| interview.questions.iter().rev()) {
        let Some(topic) = question.topic() else { continue };
        let outcomes = newest_first.entry(topic).or_default();
        if outcomes.len() < PROFILE_QUESTIONS as usize {
            outcomes.push(question.outcome);
        }
    }
    let mut profiles: Vec<(f32, TopicProfile)> = topics
        .iter()
        .filter_map(|topic| Some(profile(topic, newest_first.get(topic.id.as_str())?)))
        .collect();
    profiles.sort_by(|(left, a), (right, b)| left.total_cmp(right).then(b.questions.cmp(&a.questions)));
    profiles.into_iter().map(|(_, profile)| profile).collect()
}

/// A profile, and what it is ordered by.
fn profile(topic: &Topic, newest_first: &[Outcome]) -> (f32, TopicProfile) {
    let ranks = feedback::ranks(newest_first);
    let profile = TopicProfile {
        topic: topic.clone(),
        band: ranks.as_deref().map_or(Band::Unjudged, feedback::mean_band),
        questions: u32::try_from(newest_first.len()).unwrap_or(u32::MAX),
        trend: ranks.as_deref().and_then(trend),
    };
    (ranks.as_deref().map_or(f32::INFINITY, mean), profile)
}

fn trend(newest_first: &[u32]) -> Option<Trend> {
    let (recent, before) = newest_first.split_at_checked(RECENT)?;
    if before.len() < RECENT {
        return None;
    }
    let change = mean(recent) - mean(before);
    Some(if change >= NOTABLE {
        Trend::Rising
    } else if change <= -NOTABLE {
        Trend::Falling
    } else {
        Trend::Steady
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::scores::Asked;
    use super::*;
    use crate::interview::QuestionStatus::{Answered, Skipped};
    use crate::questions::Field;

    fn topics() -> Vec<Topic> {
        ["os", "network", "database", "unasked"]
            .map(|id| Topic { id: id.to_owned(), field: Field::Cs, ko: id.to_owned(), en: id.to_owned() })
            .to_vec()
    }

    fn interview(questions: &[(&str, Option<Band>)]) -> Finished {
        Finished {
            id: Uuid::nil(),
            field: Field::Cs,
            day: "2026-11-01".parse().expect("a day"),
            questions: questions
                .iter()
                .map(|(topic, band)| Asked {
                    question_id: Some(format!("{topic}/q")),
                    outcome: (if band.is_some() { Answered } else { Skipped }, *band),
                })
                .collect(),
        }
    }

    #[test]
    fn the_weakest_topic_comes_first_and_what_nobody_judged_last() {
        let history = [
            interview(&[("database", None), ("os", Some(Band::Full))]),
            interview(&[("network", Some(Band::Full)), ("network", None), ("gone", Some(Band::Full))]),
        ];
        let found: Vec<_> = profiles(&history, &topics())
            .into_iter()
            .map(|profile| (profile.topic.id, profile.band, profile.questions, profile.trend))
            .collect();
        assert_eq!(
            found,
            [
                ("network".to_owned(), Band::Mostly, 2, None),
                ("os".to_owned(), Band::Full, 1, None),
                ("database".to_owned(), Band::Unjudged, 1, None),
            ]
        );
    }

    #[test]
    fn only_the_last_ten_questions_count() {
        let old = vec![("os", Some(Band::Practise)); 5];
        let new = vec![("os", Some(Band::Full)); 10];
        let found = profiles(&[interview(&old), interview(&new)], &topics());
        assert_eq!((found[0].band, found[0].questions), (Band::Full, 10));
    }

    #[test]
    fn a_trend_compares_the_last_three_with_those_before() {
        assert_eq!(trend(&[3, 3, 3]), None);
        assert_eq!(trend(&[3, 3, 3, 0, 0]), None, "two are too few to compare with");
        assert_eq!(trend(&[3, 2, 3, 1, 2, 1]), Some(Trend::Rising));
        assert_eq!(trend(&[1, 1, 1, 3, 3, 3, 3]), Some(Trend::Falling));
        assert_eq!(trend(&[2, 2, 1, 1, 2, 2]), Some(Trend::Steady));
    }
}
