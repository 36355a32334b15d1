//! Somebody who does something all the time, one thing after the other, until the program is gone.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::notes::{Doubt, Notes};
use crate::support::{Person, Program, Said, awaited};

/// Interviews that one person has open at a time.
const OPEN: usize = 3;

/// A person, what they remember, and their moods.
pub struct Life {
    pub person: Person,
    pub notes: Notes,
    random: StdRng,
}

impl Life {
    pub async fn begin(program: &Program, name: &str, seed: u64) -> Self {
        let person = Person::register(program, name).await;
        Self { person, notes: Notes::default(), random: StdRng::seed_from_u64(seed) }
    }

    /// After a restart: sends again what got no answer, with the same ids.
    pub async fn come_back(&mut self, program: &Program) {
        self.person = self.person.at(program);
        let Some(doubt) = self.notes.doubt.take() else { return };
        let said = self.send(&doubt).await;
        match (&doubt, &said) {
            (Doubt::Delete(_), Said::No(404, _)) => {}
            (_, Said::Yes(_)) => {}
            other => panic!("sent again, it is refused: {other:?}"),
        }
        self.notes.learn(doubt, &said);
    }

    /// Does one thing after the other until one of them gets no answer.
    pub async fn live(&mut self, killed: &CancellationToken) {
        let mut listening = None;
        while !killed.is_cancelled() {
            let Some(doubt) = self.choose().await else { break };
            // Somebody listens to one of the rooms all the time.
            if let (None, Some(&interview)) = (&listening, self.notes.interviews().last()) {
                let person = self.person.clone();
                listening = Some(tokio::spawn(async move {
                    let Some(mut events) = person.try_to_listen(interview, None).await else { return };
                    while events.next().await.is_some() {}
                }));
            }
            let said = self.send(&doubt).await;
            if said == Said::Nothing {
                self.notes.doubt = Some(doubt);
                break;
            }
            self.notes.learn(doubt, &said);
        }
        if let Some(listening) = listening {
            listening.abort();
        }
    }

    /// What to do next; none when the program is gone.
    async fn choose(&mut self) -> Option<Doubt> {
        let interviews = self.notes.interviews();
        if interviews.is_empty() || (interviews.len() < OPEN && self.random.random_bool(0.2)) {
            return Some(Doubt::Start(Uuid::now_v7()));
        }
        let interview = interviews[self.random.random_range(0..interviews.len())];
        if interviews.len() == OPEN && self.random.random_bool(0.1) {
            return Some(Doubt::Delete(interview));
        }
        let room = match self.person.room(interview).await {
            Said::Nothing => return None,
            said => said.yes(),
        };
        Some(self.choose_in(interview, &room))
    }

    fn choose_in(&mut self, interview: Uuid, room: &Value) -> Doubt {
        let mark = Uuid::now_v7();
        let draft = Doubt::Draft { interview, text: format!("쓰다가 만 글 {mark}") };
        match (awaited(room), self.random.random_range(0..10)) {
            (Some(number), 0..5) => {
                let text = format!("인덱스는 조회를 빠르게 하지만 쓰기가 느려집니다. {mark}");
                Doubt::Answer { interview, number, request: mark, text }
            }
            (Some(number), 5) => Doubt::Act { interview, number, action: "skip" },
            (Some(number), 6) => Doubt::Act { interview, number, action: "ask-intent" },
            (None, 0..2) => Doubt::Act { interview, number: 0, action: "stop" },
            (None, 2) => Doubt::Act { interview, number: 0, action: "finish" },
            _ => draft,
        }
    }

    async fn send(&self, doubt: &Doubt) -> Said {
        let person = &self.person;
        match doubt {
            Doubt::Start(request) => person.start(*request).await,
            Doubt::Answer { interview, number, request, text } => {
                person.answer(*interview, *number, *request, text).await
            }
            Doubt::Draft { interview, text } => person.save_draft(*interview, text).await,
            Doubt::Delete(interview) => person.ask("interview/delete", json!({ "id": interview })).await,
            Doubt::Act { interview, number, action } => match person.act(*interview, *number, action).await {
                // Done already, before the crash or by the turn itself.
                Said::No(200, problem) if problem["problem"] == "out-of-date" => Said::Yes(Value::Null),
                said => said,
            },
        }
    }
}
