//! A question for the unit tests of this feature.

use crate::questions::{Depth, FollowUp, Kind, Language, Level, Point, Question, When};

/// A question that the rules are tried on.
pub fn question() -> Question {
    let group = |terms: &[&str]| terms.iter().map(|term| (*term).to_owned()).collect::<Vec<_>>();
    let follow = |depth, when: When, ask: &str| FollowUp { depth, when, ask: ask.to_owned() };
    Question {
        id: "database/dirty-read".to_owned(),
        rev: 1,
        language: Language::English,
        level: Level::Junior,
        kind: Kind::Concept,
        minutes: 4,
        tags: vec![],
        sources: vec!["https://www.postgresql.org/docs/current/transaction-iso.html".to_owned()],
        points: vec![
            Point {
                id: "uncommitted".to_owned(),
                weight: 3,
                must: true,
                say: "It sees data that another transaction has not committed.".to_owned(),
                accept: vec![group(&["read|see", "uncommitted|not committed|not yet committed"])],
                trap: vec![],
            },
            Point {
                id: "level".to_owned(),
                weight: 2,
                must: false,
                say: "Read committed prevents it.".to_owned(),
                accept: vec![group(&["read committed", "prevent|avoid|stop"])],
                trap: vec![],
            },
            Point {
                id: "statement".to_owned(),
                weight: 1,
                must: false,
                say: "Each statement sees a snapshot of committed rows.".to_owned(),
                accept: vec![group(&["statement", "version|snapshot"])],
                trap: vec![],
            },
        ],
        follow_ups: vec![
            follow(
                Depth::Mechanism,
                When::Missing("uncommitted".to_owned()),
                "In what state is the data when it is read?",
            ),
            follow(Depth::Define, When::Always, "What does isolation mean at all?"),
            follow(Depth::Tradeoff, When::Covered("uncommitted".to_owned()), "When would you accept it?"),
            follow(Depth::Failure, When::Always, "What goes wrong in a report because of it?"),
        ],
        samples: vec![],
        question: "What is a dirty read, and which isolation level stops it?".to_owned(),
        intent: "Whether you know what isolation is for.".to_owned(),
        model_answer: "A dirty read …".to_owned(),
        misconception: "…".to_owned(),
    }
}
