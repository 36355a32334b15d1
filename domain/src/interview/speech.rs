//! A turn of the interviewer: a task that owns its work. It goes on when the candidate's page is closed, and after a restart another one takes it up.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::builtin::{BuiltinInterviewer, say_in_words};
use super::feedback::builtin_label;
use super::rooms::Room;
use super::script::{self, Scene};
use super::store::{self, LEASE, Loaded, Turn};
use super::{
    Act, Interviewer, InterviewerKind, InterviewerLabel, Mode, QuestionBrief, QuestionStatus, Speaker,
    SpeechBrief, Spoken, Status, TurnKind, TurnStatus, Utterance, about, assessment, comparing, steps,
};
use crate::app::App;
use crate::entities::{interview, turn, user};
use crate::error::{Error, OrInternal};
use crate::material;
use crate::past_questions::past_of;
use crate::questions::Question;
use crate::quotas;
use crate::{ModelFailure, Problem};

/// How often the words so far are stored. A crash loses no more than this, and the turn is spoken again.
const STORE_EVERY: Duration = Duration::from_millis(400);

/// Starts speaking a turn. Several calls for one turn are as good as one.
pub fn spawn(app: &App, interview: Uuid, turn: Uuid) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        if let Err(Error::Internal(error)) = run(&app, interview, turn).await {
            tracing::error!(%interview, error = format!("{error:#}"), "a turn could not be spoken");
        }
    });
}

/// The built-in interviewer as it speaks in a room: at once for a program that waits, else at the pace that is set.
fn builtin_in(app: &App, room: &Room) -> Arc<dyn Interviewer> {
    match room.is_hurried() {
        true => Arc::new(BuiltinInterviewer::new(false)),
        false => app.builtin().clone(),
    }
}

/// The interviewer that an interview was set up with. When its model is no longer configured, the built-in one goes on.
pub fn interviewer_of(app: &App, label: &InterviewerLabel) -> Arc<dyn Interviewer> {
    match label.kind {
        InterviewerKind::Builtin => app.builtin().clone(),
        InterviewerKind::Model => app.interviewer().clone(),
    }
}

async fn run(app: &App, interview: Uuid, turn: Uuid) -> Result<(), Error> {
    if !claim(app, turn).await? {
        return Ok(());
    }
    let room = app.rooms.enter(interview);
    let outcome = speak_claimed(app, &room, interview, turn).await;
    room.end();
    outcome
}

/// Takes the turn for this task, unless another one has it.
async fn claim(app: &App, turn: Uuid) -> Result<bool, Error> {
    let now = app.now();
    let claimed = turn::Entity::update_many()
        .col_expr(turn::Column::LeasedUntil, Expr::value(now + LEASE))
        .col_expr(turn::Column::Attempt, Expr::col(turn::Column::Attempt).add(1))
        .col_expr(turn::Column::Text, Expr::value(""))
        .filter(turn::Column::Id.eq(turn))
        .filter(turn::Column::Status.eq(TurnStatus::Running.as_str()))
        .filter(
            Condition::any().add(turn::Column::LeasedUntil.is_null()).add(turn::Column::LeasedUntil.lt(now)),
        )
        .exec(app.database.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

async fn speak_claimed(app: &App, room: &Room, interview: Uuid, turn: Uuid) -> Result<(), Error> {
    let mut loaded = store::read_any(&app.database, interview).await?;
    let Some(view) = loaded.turns.iter().find(|other| other.id == turn).map(|turn| turn.view.clone()) else {
        return Ok(());
    };
    let stop = room.begin(view.number, view.attempt);
    let task = Task { app, room, stop: &stop, interview, turn, attempt: view.attempt };

    if loaded.summary.mode == Mode::Coaching {
        task.wait_for_feedback().await?;
    }
    let mut interviewer = interviewer_of(app, &loaded.summary.interviewer);
    if interviewer.label().kind == InterviewerKind::Builtin {
        interviewer = builtin_in(app, room);
    }
    loop {
        if task.owning(fill_open_question(app, &loaded, interviewer.as_ref(), &stop)).await? {
            loaded = store::read_any(&app.database, interview).await?;
        }
        let Some(current) = loaded.turns.iter().find(|other| other.id == turn) else { return Ok(()) };
        let brief = brief(app, &loaded, current).await?;
        match task.hear(interviewer.as_ref(), &brief).await? {
            Heard::Said(words, by) => return task.finish(&loaded, &brief, words, &by).await,
            Heard::Failed(failure) => return task.fail(&loaded, &brief, failure).await,
            Heard::MoveOn => {
                loaded = task.move_on_instead(&loaded).await?;
                // What is left to say is fixed; the model has said what it thinks of it.
                interviewer = builtin_in(app, room);
                if loaded.summary.mode == Mode::Coaching {
                    task.wait_for_feedback().await?;
                }
            }
        }
    }
}

/// Makes the open question up when the bank had none. Says whether it did. A candidate who stops the turn gets one of the bank's,
/// when it has any.
async fn fill_open_question(
    app: &App,
    loaded: &Loaded,
    interviewer: &dyn Interviewer,
    stop: &CancellationToken,
) -> Result<bool, Error> {
    let Some(open) = loaded.open_question() else { return Ok(false) };
    if let Some(cue) = open.cue.as_ref().filter(|cue| cue.by.is_none()) {
        return about::settle(app, loaded, open, cue, interviewer, stop).await;
    }
    if open.question.is_some() {
        return Ok(false);
    }
    let summary = &loaded.summary;
    let names = summary.topics.iter().filter_map(|topic| app.bank.topic(topic));
    let brief = QuestionBrief {
        field: summary.field,
        level: summary.level,
        language: summary.language,
        topics: names.map(|topic| topic.name(summary.language).to_owned()).collect(),
        // They stand among the rules of a prompt, where no word of the person's material belongs, and none of a past question's.
        avoid: loaded
            .questions
            .iter()
            .filter_map(|other| other.question.as_ref())
            .filter(|other| past_of(&other.id).is_none())
            .map(|other| material::neutral(other).unwrap_or(&other.question).to_owned())
            .collect(),
    };
    let banked = bank_question(app, loaded);
    let made = tokio::select! {
        made = interviewer.make_question(&brief) => made.map_err(|failure| {
            tracing::warn!(interview = %loaded.row.id, ?failure, "the model made no question; the bank fills in");
        }),
        () = stop.cancelled(), if banked.is_some() => Err(()),
    };
    let Some(question) = made.ok().or(banked) else { return Ok(false) };
    steps::store_question(app.database.writer(), open.id, &question).await?;
    Ok(true)
}

/// Any question of the field that this interview has not asked.
fn bank_question(app: &App, loaded: &Loaded) -> Option<Question> {
    let asked = |id: &str| loaded.questions.iter().any(|other| other.question_id.as_deref() == Some(id));
    app.bank
        .questions(loaded.summary.language, Some(loaded.summary.field), None, None)
        .find(|question| !asked(&question.id))
        .map(|question| question.as_ref().clone())
}

/// What the interviewer has to know for a turn.
async fn brief(app: &App, loaded: &Loaded, turn: &Turn) -> Result<SpeechBrief, Error> {
    let position = turn.view.position;
    let before = loaded.turns.iter().rfind(|other| other.view.number < turn.view.number);
    let act = match (turn.view.kind, &turn.probe) {
        (TurnKind::Probe, Some(probe)) => Act::Probe(probe.clone()),
        (TurnKind::Closing, _) => Act::Close { early: position < loaded.summary.question_count },
        _ if before.is_none() => Act::Greet,
        _ => Act::MoveOn { skipped: before.is_some_and(|before| before.view.kind == TurnKind::Skip) },
    };
    let probed = matches!(act, Act::Probe(_));
    let talked_about = if probed { Some(position) } else { position.checked_sub(1) };
    let exchange =
        talked_about.map(|position| exchange(loaded, position, turn.view.number)).unwrap_or_default();
    let question = loaded.questions.get(position as usize).and_then(|main| main.question.clone());
    let coverage = question
        .as_ref()
        .filter(|_| probed)
        .and_then(|question| steps::coverage(question, &loaded.answers(position)));
    let candidate_name = candidate_name(app, loaded).await?;
    let scene = Scene {
        language: loaded.summary.language,
        field: loaded.summary.field,
        candidate_name: &candidate_name,
        question_count: loaded.summary.question_count,
        turn: turn.view.number,
    };
    Ok(SpeechBrief {
        field: loaded.summary.field,
        level: loaded.summary.level,
        language: loaded.summary.language,
        script: script::words(&scene, &act),
        question_count: loaded.summary.question_count,
        position,
        act,
        question,
        exchange,
        coverage,
        candidate_name,
        read_out: read_out(loaded),
    })
}

/// What the interviewer says in words of others: those of the person's material, and past questions.
fn read_out(loaded: &Loaded) -> Vec<String> {
    let quotes = loaded.questions.iter().filter_map(|main| main.cue.as_ref()).map(|cue| cue.quote.clone());
    let asked = loaded.questions.iter().filter_map(|main| main.question.as_ref());
    let past = asked.filter(|asked| past_of(&asked.id).is_some()).map(|asked| asked.question.clone());
    quotes.chain(past).collect()
}

async fn candidate_name(app: &App, loaded: &Loaded) -> Result<String, Error> {
    let row = user::Entity::find_by_id(loaded.row.user_id).one(app.database.reader()).await?;
    Ok(row.ok_or(Problem::NotFound)?.display_name)
}

/// What was said about a question before a turn.
fn exchange(loaded: &Loaded, position: u32, before: u32) -> Vec<Utterance> {
    loaded
        .turns
        .iter()
        .filter(|turn| {
            turn.view.position == position && turn.view.number < before && !turn.view.text.is_empty()
        })
        .map(|turn| Utterance {
            by_candidate: turn.view.speaker == Speaker::Candidate,
            text: turn.view.text.clone(),
        })
        .collect()
}

/// What came of letting the interviewer speak.
enum Heard {
    /// The words, without a main question, and who said them.
    Said(String, InterviewerLabel),
    MoveOn,
    Failed(ModelFailure),
}

/// The running turn of this task.
struct Task<'a> {
    app: &'a App,
    room: &'a Room,
    stop: &'a CancellationToken,
    interview: Uuid,
    turn: Uuid,
    attempt: u32,
}

impl Task<'_> {
    /// Waits for something slow and keeps the turn leased meanwhile.
    async fn owning<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        // Polled side by side: the work may hold the only connection that the renewal waits for.
        let renewing = async {
            let mut renew = tokio::time::interval(Duration::from_secs(5));
            renew.tick().await;
            loop {
                renew.tick().await;
                if let Err(error) = self.store("").await {
                    return error;
                }
            }
        };
        tokio::select! {
            done = work => done,
            error = renewing => Err(error),
        }
    }

    /// Waits for the feedback that is due, unless the candidate has heard enough: it is written in any case.
    async fn wait_for_feedback(&self) -> Result<(), Error> {
        let written = assessment::spawn_due(self.app, self.interview);
        self.owning(async {
            tokio::select! {
                // What went wrong in it is in the log.
                _ = written => {}
                () = self.stop.cancelled() => {}
            }
            Ok(())
        })
        .await
    }

    async fn hear(&self, interviewer: &dyn Interviewer, brief: &SpeechBrief) -> Result<Heard, Error> {
        let (sender, mut receiver) = mpsc::channel(32);
        let speaking = interviewer.speak(brief, sender);
        tokio::pin!(speaking);
        let mut ended = None;
        let mut store = tokio::time::interval(STORE_EVERY);
        let mut renewed = tokio::time::Instant::now();
        let mut stored = 0;
        loop {
            tokio::select! {
                biased;
                () = self.stop.cancelled() => break,
                words = receiver.recv() => match words {
                    // PostgreSQL cannot store a NUL.
                    Some(words) => self.room.say(&words.replace('\0', "")),
                    None if ended.is_some() => break,
                    None => ended = Some((&mut speaking).await),
                },
                outcome = &mut speaking, if ended.is_none() => ended = Some(outcome),
                _ = store.tick() => {
                    let text = self.room.spoken();
                    if text.len() > stored || renewed.elapsed() > Duration::from_secs(5) {
                        stored = text.len();
                        renewed = tokio::time::Instant::now();
                        if !self.store(&text).await? {
                            // Finished or deleted by somebody else: nobody listens any more.
                            return Ok(Heard::Said(text, interviewer.label()));
                        }
                    }
                }
            }
        }
        let words = self.room.spoken();
        let label = interviewer.label();
        let scripted = || Heard::Said(brief.script.clone(), builtin_label());
        Ok(match ended {
            Some(Ok(Spoken::Said)) => Heard::Said(words, label),
            Some(Ok(Spoken::MoveOn)) => Heard::MoveOn,
            // A greeting or a transition that broke off is complete enough: the question follows.
            Some(Err(_)) if !words.is_empty() && !matches!(brief.act, Act::Probe(_)) => {
                Heard::Said(words, label)
            }
            // Nothing is lost when the words between two questions come from the script.
            Some(Err(_)) if !matches!(brief.act, Act::Probe(_) | Act::Greet) => scripted(),
            Some(Err(failure)) => Heard::Failed(failure),
            None if label.kind == InterviewerKind::Builtin => scripted(),
            None => match whole_sentences(&words) {
                Some(sentences) => Heard::Said(sentences, label),
                None => scripted(),
            },
        })
    }

    /// Stores the words so far and renews the lease. False when the turn is not this task's any more.
    async fn store(&self, text: &str) -> Result<bool, Error> {
        let mut update = self.mine().col_expr(turn::Column::LeasedUntil, Expr::value(self.app.now() + LEASE));
        if !text.is_empty() {
            update = update.col_expr(turn::Column::Text, Expr::value(text));
        }
        Ok(update.exec(self.app.database.writer()).await?.rows_affected == 1)
    }

    fn mine(&self) -> sea_orm::UpdateMany<turn::Entity> {
        turn::Entity::update_many()
            .filter(turn::Column::Id.eq(self.turn))
            .filter(turn::Column::Status.eq(TurnStatus::Running.as_str()))
            .filter(turn::Column::Attempt.eq(store::signed(self.attempt)))
    }

    /// Adds the main question, if one follows, and ends the turn.
    async fn finish(
        &self,
        loaded: &Loaded,
        brief: &SpeechBrief,
        words: String,
        by: &InterviewerLabel,
    ) -> Result<(), Error> {
        let mut text = words.trim().to_owned();
        let follows = matches!(brief.act, Act::Greet | Act::MoveOn { .. });
        if let Some(question) = loaded.spoken_question(brief.position).filter(|_| follows) {
            // The person sees what will be stored: what was spoken may have ended in blanks.
            let spoken = self.room.spoken();
            let tail = match text.strip_prefix(spoken.trim_end()) {
                Some(rest) => format!("{rest}\n\n{question}"),
                None => format!("\n\n{question}"),
            };
            self.pace(&tail).await;
            text = format!("{text}\n\n{question}");
        } else if follows {
            return self.fail(loaded, brief, ModelFailure::Broken).await;
        }
        let transaction = self.app.database.begin().await?;
        let ended = self
            .mine()
            .col_expr(turn::Column::Status, Expr::value(TurnStatus::Done.as_str()))
            .col_expr(turn::Column::Text, Expr::value(text))
            .col_expr(
                turn::Column::SpokenBy,
                Expr::value(serde_json::to_value(by).or_internal("storing a label")?),
            )
            .col_expr(turn::Column::LeasedUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
            .exec(&transaction)
            .await?;
        if ended.rows_affected == 1 && matches!(brief.act, Act::Close { .. }) {
            self.finish_interview(&transaction).await?;
            assessment::settle(&transaction, self.interview).await?;
        }
        transaction.commit().await?;
        // In a realistic interview the feedback is written while the candidate thinks about the next question.
        assessment::spawn_due(self.app, self.interview);
        if matches!(brief.act, Act::Close { .. }) {
            comparing::spawn_due(self.app, self.interview);
        }
        Ok(())
    }

    async fn pace(&self, text: &str) {
        let (sender, mut receiver) = mpsc::channel(32);
        let paced = self.app.settings.paces_words && !self.room.is_hurried();
        let saying = async move { say_in_words(text, paced, &sender).await };
        let hearing = async {
            while let Some(words) = receiver.recv().await {
                self.room.say(&words);
            }
        };
        tokio::select! {
            ((), ()) = futures::future::join(saying, hearing) => {}
            () = self.stop.cancelled() => {}
        }
    }

    async fn finish_interview(&self, connection: &impl ConnectionTrait) -> Result<(), Error> {
        interview::Entity::update_many()
            .col_expr(interview::Column::Status, Expr::value(Status::Finished.as_str()))
            .col_expr(interview::Column::FinishedAt, Expr::value(self.app.now()))
            .filter(interview::Column::Id.eq(self.interview))
            .exec(connection)
            .await?;
        Ok(())
    }

    /// Ends the turn as failed. When it is the very first, the interview never began: the unit goes back.
    async fn fail(&self, loaded: &Loaded, brief: &SpeechBrief, failure: ModelFailure) -> Result<(), Error> {
        tracing::warn!(interview = %self.interview, ?failure, "the interviewer failed");
        let problem = serde_json::to_value(Problem::ModelUnavailable { reason: failure })
            .or_internal("storing a problem")?;
        let transaction = self.app.database.begin().await?;
        let failed = self
            .mine()
            .col_expr(turn::Column::Status, Expr::value(TurnStatus::Failed.as_str()))
            .col_expr(turn::Column::Problem, Expr::value(problem))
            .col_expr(turn::Column::LeasedUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
            .exec(&transaction)
            .await?;
        if failed.rows_affected == 1 && brief.act == Act::Greet {
            interview::Entity::update_many()
                .col_expr(interview::Column::Status, Expr::value(Status::Failed.as_str()))
                .filter(interview::Column::Id.eq(self.interview))
                .exec(&transaction)
                .await?;
            quotas::service::give_back(self.app, &transaction, loaded.row.user_id, self.interview).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The interviewer wants to move on instead of probing: rewrites this turn accordingly.
    async fn move_on_instead(&self, before: &Loaded) -> Result<Loaded, Error> {
        let transaction = self.app.database.begin().await?;
        let loaded = store::lock_any(&transaction, before.row.id).await?;
        let status = QuestionStatus::Answered;
        let (kind, position) = steps::move_on(&transaction, &loaded, status, self.app.now()).await?;
        self.mine()
            .col_expr(turn::Column::Kind, Expr::value(kind.as_str()))
            .col_expr(turn::Column::Position, Expr::value(store::signed(position)))
            .col_expr(turn::Column::Probe, Expr::value(Option::<serde_json::Value>::None))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        self.room.notify();
        store::read_any(&self.app.database, before.row.id).await
    }
}

/// The text up to its last whole sentence; none when there is not one.
fn whole_sentences(text: &str) -> Option<String> {
    let end = text.rfind(['.', '?', '!', '。', '？'])?;
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    Some(text[..end].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::whole_sentences;

    #[test]
    fn a_text_is_cut_behind_its_last_sentence() {
        let check =
            |text: &str, expected: Option<&str>| assert_eq!(whole_sentences(text).as_deref(), expected);
        check("네, 그렇군요. 그럼 다", Some("네, 그렇군요."));
        check("왜 그런가요？ 그", Some("왜 그런가요？"));
        check("Well", None);
        check("", None);
    }
}
