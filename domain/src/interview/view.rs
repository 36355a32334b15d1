//! What comes in and goes out about interviews.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::AssessmentView;
use crate::notebook::Mark;
use crate::questions::{Depth, Field, Kind, Language, Level, Topic};
use crate::rubric::CriterionId;
use crate::scoring::{Span, Verdict};
use crate::{ModelFailure, Problem};

crate::questions::words! {
    /// When the person reads the feedback.
    Mode {
        /// After each question.
        Coaching = "coaching",
        /// At the end, as in a real interview.
        Realistic = "realistic",
    }
}

crate::questions::words! {
    /// Where an interview stands.
    Status {
        Running = "running",
        /// 쉬어가기: the clock stands still and no answer is taken.
        Paused = "paused",
        Finished = "finished",
        /// The interviewer failed before its first word. The allowance was given back.
        Failed = "failed",
    }
}

crate::questions::words! {
    /// Where one main question of an interview stands.
    QuestionStatus {
        /// Not asked yet, and never asked when the interview ended early.
        Pending = "pending",
        /// The one that is being talked about.
        Open = "open",
        Answered = "answered",
        Skipped = "skipped",
    }
}

crate::questions::words! {
    /// Who speaks in a turn.
    Speaker {
        Interviewer = "interviewer",
        Candidate = "candidate",
    }
}

crate::questions::words! {
    /// What a turn does in the conversation.
    TurnKind {
        /// A main question, with the greeting before it when it is the first.
        Question = "question",
        /// A follow-up on what was said (꼬리질문).
        Probe = "probe",
        /// The candidate's words, to a question or a probe.
        Answer = "answer",
        /// The candidate leaves the question.
        Skip = "skip",
        /// The candidate asks why a question is asked.
        AskIntent = "ask-intent",
        /// The interviewer says why.
        Intent = "intent",
        /// The last words of the interviewer.
        Closing = "closing",
    }
}

crate::questions::words! {
    /// Whether a turn is still being spoken.
    TurnStatus {
        Running = "running",
        Done = "done",
        /// The interviewer failed in it. It can be tried again.
        Failed = "failed",
    }
}

crate::questions::words! {
    /// Which engine interviews.
    InterviewerKind {
        /// Rules over the question bank.
        Builtin = "builtin",
        /// A language model behind the OpenAI-compatible API.
        Model = "model",
    }
}

crate::questions::words! {
    /// How far the key points of an answer, or of a whole interview, were explained. Never a number:
    /// the built-in interviewer matches words and cannot grade. A point that was made partly counts half of its weight,
    /// one that was made only after a probe three quarters.
    Band {
        /// 설명 충분: every must-point and at least 85 % of the weight.
        Full = "full",
        /// 대체로: every must-point partly at least, and at least 60 % of the weight.
        Mostly = "mostly",
        /// 일부: at least 25 % of the weight.
        Some = "some",
        /// 더 연습.
        Practise = "practise",
        /// Nothing to judge: skipped, empty or too short.
        Unjudged = "unjudged",
    }
}

impl Band {
    /// The place of the band among the four, from 0 for the lowest. What was not judged counts as the lowest beside what was.
    pub const fn rank(self) -> u32 {
        match self {
            Self::Full => 3,
            Self::Mostly => 2,
            Self::Some => 1,
            Self::Practise | Self::Unjudged => 0,
        }
    }

    /// The band at that place.
    pub const fn of_rank(rank: u32) -> Self {
        match rank {
            0 => Self::Practise,
            1 => Self::Some,
            2 => Self::Mostly,
            _ => Self::Full,
        }
    }
}

/// What produced a text or a judgement, stored with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewerLabel {
    pub kind: InterviewerKind,
    /// The model's name; none for the built-in interviewer.
    pub model: Option<String>,
    /// Version of the prompt or of the built-in rules.
    pub version: String,
}

/// The setup of a new interview as it was chosen. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NewInterview {
    /// Made with the form: the same id starts the same interview once, however often it is sent.
    pub request_id: Uuid,
    pub field: String,
    /// Topic ids; none means all topics of the field.
    #[serde(default)]
    pub topics: Vec<String>,
    pub level: String,
    pub language: String,
    pub question_count: u32,
    pub mode: String,
}

/// Fewest main questions of an interview.
pub const QUESTIONS_MIN: u32 = 3;
/// Most main questions of an interview.
pub const QUESTIONS_MAX: u32 = 10;
/// Most follow-ups to one main question.
pub const PROBES_MAX: u32 = 3;
/// Most characters of one answer.
pub const ANSWER_MAX: u32 = 20_000;

/// What can be set up here and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetupOptions {
    pub interviewer: InterviewerLabel,
    pub fields: Vec<FieldOption>,
}

/// A field that can be interviewed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldOption {
    pub field: Field,
    pub topics: Vec<TopicOption>,
    /// Whether a model makes up questions where the bank has too few, so that counts do not limit.
    pub unlimited: bool,
}

/// A topic that can be interviewed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicOption {
    pub id: String,
    pub ko: String,
    pub en: String,
    /// Questions that fit, per level and language.
    pub available: Vec<Availability>,
}

/// How many questions of a topic fit a level, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    pub level: Level,
    pub language: Language,
    pub questions: u32,
}

impl FieldOption {
    /// Questions that fit the level, the language and the chosen topics; no topic means all.
    pub fn available(&self, level: Level, language: Language, topics: &[String]) -> u32 {
        if self.unlimited {
            return QUESTIONS_MAX;
        }
        self.topics
            .iter()
            .filter(|topic| topics.is_empty() || topics.contains(&topic.id))
            .flat_map(|topic| &topic.available)
            .filter(|available| available.level == level && available.language == language)
            .map(|available| available.questions)
            .sum()
    }
}

/// An interview in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterviewSummary {
    pub id: Uuid,
    pub field: Field,
    pub topics: Vec<String>,
    pub level: Level,
    pub language: Language,
    pub mode: Mode,
    pub status: Status,
    pub interviewer: InterviewerLabel,
    pub question_count: u32,
    /// Main questions that were answered or skipped.
    pub questions_done: u32,
    /// None until it is finished.
    pub band: Option<Band>,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// The interview that this one repeats. It may have been deleted since.
    pub retake_of: Option<Uuid>,
}

/// Which interviews to list. Everything empty lists all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HistoryFilter {
    /// A word of [`Field`].
    #[serde(default)]
    pub field: Option<String>,
    /// A word of [`Band`], or `running` for those that are not finished.
    #[serde(default)]
    pub result: Option<String>,
    /// First day, in the person's time zone, as `YYYY-MM-DD`.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day, in the person's time zone, as `YYYY-MM-DD`.
    #[serde(default)]
    pub to: Option<String>,
    /// The last interview of the page before.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// A page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryPage {
    pub interviews: Vec<InterviewSummary>,
    /// To be sent as [`HistoryFilter::after`] for the next page; none on the last.
    pub next: Option<Uuid>,
}

/// Everything that the interview room shows when it is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomView {
    pub interview: InterviewSummary,
    /// Position of the open question, from 0; equal to the count when none is left.
    pub position: u32,
    /// Seconds spent so far, pauses left out.
    pub elapsed_seconds: u32,
    pub turns: Vec<TurnView>,
    /// Feedback that may be read now: in coaching mode, on the questions that are closed.
    pub feedback: Vec<QuestionFeedback>,
    /// What was typed and not sent yet.
    pub draft: String,
    /// Whether the intent of the open question was not asked for yet.
    pub can_ask_intent: bool,
}

impl RoomView {
    /// The number that the next turn of the candidate will get, when it is the candidate's turn.
    pub fn awaited_turn(&self) -> Option<u32> {
        let last = self.turns.last()?;
        let interviewer_is_done = last.speaker == Speaker::Interviewer && last.status == TurnStatus::Done;
        (interviewer_is_done && self.interview.status == Status::Running && last.kind != TurnKind::Closing)
            .then_some(last.number + 1)
    }
}

/// Something said in an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurnView {
    /// Order within the interview, from 0.
    pub number: u32,
    /// The main question that it belongs to.
    pub position: u32,
    pub speaker: Speaker,
    pub kind: TurnKind,
    pub status: TurnStatus,
    /// How often the interviewer began this turn. A new attempt starts the text afresh.
    pub attempt: u32,
    /// Plain text, complete when the turn is done.
    pub text: String,
    /// Set when the turn failed.
    pub problem: Option<Problem>,
    pub at: DateTime<Utc>,
}

/// The feedback on one main question of an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionFeedback {
    pub position: u32,
    /// None while it is being written.
    pub feedback: Option<Feedback>,
}

/// A judgement of the answers to one main question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    pub by: InterviewerLabel,
    /// Set when a model should have judged and could not, so that the built-in interviewer did.
    pub instead_of_model: Option<ModelFailure>,
    pub band: Band,
    /// The band before any probe; none where there was no probe.
    #[serde(default)]
    pub band_before_probes: Option<Band>,
    /// Fewer than about eight content words: nothing is said about the points.
    pub too_short: bool,
    /// Hardly any words have to do with the question: no point is credited.
    #[serde(default)]
    pub off_topic: bool,
    pub points: Vec<PointFeedback>,
    /// Words of the model. The built-in interviewer has none.
    pub comment: Option<Comment>,
    /// Levels by the rubric, from a model alone.
    #[serde(default)]
    pub rating: Option<Rating>,
}

/// What a model holds of an answer by the rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// Version of the rubric.
    pub rubric: String,
    /// Every criterion that applies; empty when the model failed.
    pub criteria: Vec<CriterionFeedback>,
    /// Why there are none.
    pub failure: Option<ModelFailure>,
}

/// How far one criterion is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionFeedback {
    pub id: CriterionId,
    /// 1 to 5. None when no words of the answer prove a level: that is no low level.
    pub level: Option<u8>,
    /// The words that prove it.
    pub spans: Vec<Span>,
    /// What makes it this level, and what the next one would need.
    pub reason: String,
}

/// What was found of one key point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointFeedback {
    pub id: String,
    /// The point in one sentence.
    pub say: String,
    pub weight: u32,
    pub must: bool,
    pub verdict: Verdict,
    /// Where in the answers it stands: `answer` counts the candidate's answers to this question from 0.
    pub spans: Vec<Span>,
    /// Found only in an answer to a probe.
    pub after_probe: bool,
    /// The words stand near a negation or match a common misconception, and were not confirmed.
    pub doubtful: bool,
}

/// A model's words on the answers to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    pub good: String,
    pub improve: String,
    /// The sentence to fix first. Its quote stands in the answer to the letter.
    pub sentence: Option<SentenceFix>,
}

/// One sentence of an answer and a better one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentenceFix {
    pub quote: String,
    pub better: String,
}

/// A rating as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatingView {
    /// Version of the rubric.
    pub rubric: String,
    pub criteria: Vec<CriterionView>,
    /// Weighted mean of the levels, 1 to 5; none where too few of them are proven, or where numbers are not shown.
    pub total: Option<f32>,
    pub numbers: Numbers,
    /// Why there are no criteria.
    pub failure: Option<ModelFailure>,
}

/// A criterion as it is shown, in the language of the interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionView {
    pub name: String,
    /// None where nothing proves a level, or where numbers are not shown.
    pub level: Option<u8>,
    /// What an answer of this level is like; none where nothing proves a level.
    pub anchor: Option<String>,
    pub spans: Vec<Span>,
    pub reason: String,
}

crate::questions::words! {
    /// Whether levels are shown as numbers, or in words alone.
    Numbers {
        /// The scorer agrees with the graders of the golden set well enough.
        Shown = "shown",
        /// Nobody has checked this scorer yet.
        Unchecked = "unchecked",
        /// It was checked, and does not agree well enough.
        Unreliable = "unreliable",
    }
}

/// The report on a finished interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    pub interview: InterviewSummary,
    /// Seconds from the first question to the end, pauses left out.
    pub elapsed_seconds: u32,
    pub tally: PointTally,
    /// By topic, in the order in which they came.
    pub competencies: Vec<Competency>,
    /// At most three.
    pub advice: Vec<Advice>,
    pub questions: Vec<ReportQuestion>,
}

/// How far the questions of one topic were explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Competency {
    /// None for questions that a model made up: they belong to the field alone.
    pub topic: Option<Topic>,
    pub band: Band,
    /// Questions behind it, skipped ones included.
    pub questions: u32,
}

/// Below so many questions a competency says little.
pub const CONFIDENT_QUESTIONS: u32 = 4;

crate::questions::words! {
    /// What would help.
    AdviceKind {
        /// Answer a question that was skipped.
        Answer = "answer",
        /// Say more than a few words.
        Longer = "longer",
        /// Answer what was asked.
        Reread = "reread",
        /// Explain a point that was left out.
        Explain = "explain",
        /// Say the rest of a point.
        Complete = "complete",
    }
}

/// One thing to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advice {
    /// The question that it is about.
    pub position: u32,
    pub kind: AdviceKind,
    /// The key point, if it is about one.
    pub point: Option<String>,
}

/// How long the answers to a question took, and how much was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// From what was asked to the answer, all answers together. None when the interview was paused.
    pub seconds: Option<u32>,
    /// Without blanks.
    pub characters: u32,
    /// Hangul syllables.
    pub syllables: u32,
    pub words: u32,
}

/// How many key points of the answered questions were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointTally {
    pub covered: u32,
    pub partly: u32,
    pub not_found: u32,
}

/// One main question in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportQuestion {
    pub position: u32,
    pub status: QuestionStatus,
    /// The bank's id, or none when a model made the question.
    pub question_id: Option<String>,
    pub question: String,
    pub level: Level,
    pub kind: Kind,
    /// Markdown rendered to safe HTML, like the two below.
    pub intent_html: String,
    pub model_answer_html: String,
    pub misconception_html: String,
    pub sources: Vec<String>,
    /// Answers and probes in order; intents and skips are left out.
    pub turns: Vec<TurnView>,
    pub pace: Pace,
    /// The last judgement that is written. None when there was no answer, or while the first is being written.
    pub feedback: Option<Feedback>,
    /// The levels of the feedback in words, when a model gave some.
    pub rating: Option<RatingView>,
    /// A judgement is being written now.
    pub feedback_pending: bool,
    /// What nobody but the owner sees.
    pub own: Option<OwnPart>,
}

/// What a report tells its owner alone about a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnPart {
    /// Every judgement, oldest first.
    pub assessments: Vec<AssessmentView>,
    /// Ids of the key points that the person holds for made.
    pub overridden: Vec<String>,
    /// The band with those; none when the person holds nothing for made.
    pub band_with_overrides: Option<Band>,
    /// The star and the memo in the notebook.
    pub mark: Mark,
}

/// What the room hears while it is open.
///
/// It is written as `{"delta": {…}}`: a tag among the fields would bring a second parser of every field into the WASM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomEvent {
    /// A turn exists: a new one, or one that was missed. Its text may be incomplete.
    Started { turn: TurnView },
    /// More words of a running turn: they go after the first `offset` bytes of the text of that attempt.
    Delta { number: u32, attempt: u32, offset: u32, text: String },
    /// The turn is whole.
    Finished { turn: TurnView },
    /// The interviewer failed in this turn.
    Failed { turn: TurnView },
    /// Feedback on a question may be read, or is being written.
    Scored { feedback: QuestionFeedback },
    /// Status, position or clock changed.
    Changed { status: Status, position: u32, elapsed_seconds: u32, can_ask_intent: bool },
}

/// What the candidate does in the room, all at the turn that the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomAction {
    Skip,
    AskIntent,
    Pause,
    Resume,
    /// End the interview now.
    Finish,
    /// Let the interviewer say the rest of its turn at once.
    Stop,
    /// Try a failed turn again.
    Retry,
    /// Try a failed turn again, and go on with the built-in interviewer from here.
    RetryBuiltin,
}

/// Words that go with the depth of a probe, for prompts and labels.
impl Depth {
    /// Depths from the shallowest to the deepest.
    pub fn rank(self) -> usize {
        Self::ALL.iter().position(|depth| *depth == self).unwrap_or_default()
    }
}
