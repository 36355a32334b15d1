//! What a person was told, and whether the database agrees.

use std::collections::{HashMap, HashSet};

use domain::entities::{interview, ledger_entry, turn};
use uuid::Uuid;

use crate::support::{Said, Stored};

/// Something that was sent. As long as no answer comes, nobody knows whether it was done.
#[derive(Clone, Debug)]
pub enum Doubt {
    /// With the request id of the form.
    Start(Uuid),
    Answer {
        interview: Uuid,
        number: u64,
        request: Uuid,
        text: String,
    },
    Draft {
        interview: Uuid,
        text: String,
    },
    Delete(Uuid),
    Act {
        interview: Uuid,
        number: u64,
        action: &'static str,
    },
}

/// Everything that was acknowledged, and the one thing that was not.
#[derive(Default)]
pub struct Notes {
    /// Interviews by their request id, deleted ones too.
    started: HashMap<Uuid, Uuid>,
    deleted: HashSet<Uuid>,
    /// Text and interview by request id.
    answers: HashMap<Uuid, (Uuid, String)>,
    drafts: HashMap<Uuid, String>,
    pub doubt: Option<Doubt>,
}

/// The rows that notes are compared with.
pub struct Rows {
    interviews: Vec<interview::Model>,
    turns: Vec<turn::Model>,
    ledger: Vec<ledger_entry::Model>,
}

impl Rows {
    pub async fn read(stored: &Stored) -> Self {
        Self {
            interviews: stored.interviews().await,
            turns: stored.turns().await,
            ledger: stored.ledger().await,
        }
    }
}

impl Notes {
    /// Interviews that exist, oldest first.
    pub fn interviews(&self) -> Vec<Uuid> {
        let mut there: Vec<Uuid> =
            self.started.values().copied().filter(|id| !self.deleted.contains(id)).collect();
        there.sort();
        there
    }

    /// Takes note of an answer to something that was sent.
    pub fn learn(&mut self, sent: Doubt, said: &Said) {
        match (sent, said) {
            (Doubt::Start(request), Said::Yes(_)) => {
                self.started.insert(request, said.clone().id());
            }
            (Doubt::Answer { interview, request, text, .. }, Said::Yes(_)) => {
                self.drafts.insert(interview, String::new());
                self.answers.insert(request, (interview, text));
            }
            (Doubt::Draft { interview, text }, Said::Yes(_)) => {
                self.drafts.insert(interview, text);
            }
            (Doubt::Delete(interview), Said::Yes(_) | Said::No(404, _)) => {
                self.deleted.insert(interview);
            }
            // Skipping and finishing clear the draft.
            (Doubt::Act { interview, .. }, Said::Yes(_)) => {
                self.drafts.remove(&interview);
            }
            // The turn was over or not yet: another tab, as it were.
            (_, Said::No(200, problem)) if problem["problem"] == "out-of-date" => {}
            (sent, said) => panic!("{sent:?} is refused: {said:?}"),
        }
    }

    /// Panics unless everything that was acknowledged is there exactly once, and what was not is there once at most.
    pub fn check(&self, rows: &Rows, when: &str) {
        let in_doubt = match &self.doubt {
            Some(Doubt::Delete(interview)) => Some(*interview),
            _ => None,
        };
        for (request, id) in &self.started {
            let found = rows.interviews.iter().filter(|row| row.request_id == *request).count();
            let expected = usize::from(!self.deleted.contains(id));
            assert!(found == expected || in_doubt == Some(*id), "{when}: {id} is there {found} times");
            let paid = rows.ledger.iter().filter(|line| line.interview_id == Some(*id) && line.units == 1);
            assert_eq!(paid.count(), 1, "{when}: {id} was paid once");
        }
        for (request, (interview, text)) in &self.answers {
            if self.deleted.contains(interview) || in_doubt == Some(*interview) {
                continue;
            }
            let found: Vec<&turn::Model> =
                rows.turns.iter().filter(|row| row.request_id == Some(*request)).collect();
            assert_eq!(found.len(), 1, "{when}: answer {request} is there once");
            assert_eq!(found[0].text, *text, "{when}: answer {request} is whole");
        }
        self.check_doubt(rows, when);
        self.check_drafts(rows, when);
    }

    fn check_doubt(&self, rows: &Rows, when: &str) {
        match &self.doubt {
            Some(Doubt::Start(request)) => {
                let found = rows.interviews.iter().filter(|row| row.request_id == *request).count();
                assert!(found <= 1, "{when}: {request} was started {found} times");
            }
            Some(Doubt::Answer { request, .. }) => {
                let found = rows.turns.iter().filter(|row| row.request_id == Some(*request)).count();
                assert!(found <= 1, "{when}: {request} was taken {found} times");
            }
            _ => {}
        }
    }

    fn check_drafts(&self, rows: &Rows, when: &str) {
        for (interview, draft) in &self.drafts {
            let Some(row) = rows.interviews.iter().find(|row| row.id == *interview) else { continue };
            let may_be = match &self.doubt {
                Some(Doubt::Draft { interview: other, text }) if other == interview => Some(text.as_str()),
                Some(Doubt::Answer { interview: other, .. } | Doubt::Act { interview: other, .. })
                    if other == interview =>
                {
                    Some("")
                }
                _ => None,
            };
            assert!(
                row.draft == *draft || may_be == Some(&row.draft),
                "{when}: the draft is {:?}",
                row.draft
            );
        }
    }
}
