//! What comes in and goes out about the drill.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::questions::{Field, Language, Topic};
use crate::scoring::{Span, Verdict};

crate::questions::words! {
    /// How well a point came to mind, as the person says.
    #[schema(as = RecallRating)]
    Rating {
        Again = "again",
        Hard = "hard",
        Good = "good",
        Easy = "easy",
    }
}

crate::questions::words! {
    /// How far a card has come.
    CardState {
        /// Never reviewed.
        New = "new",
        /// Comes back within minutes.
        Learning = "learning",
        /// Comes back after days.
        Review = "review",
        /// Was known once, and forgotten.
        Relearning = "relearning",
    }
}

/// Most characters of what is written to a card.
pub const RECALL_MAX: u32 = 5_000;

/// Where the person stands, and the card that comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DrillView {
    /// Cards that may be reviewed now.
    pub due: u32,
    pub counts: CardCounts,
    /// None when nothing is due.
    pub card: Option<CardView>,
    /// When the next card comes; none when one is due, or when there are none.
    pub next_at: Option<DateTime<Utc>>,
}

/// All cards, by how far they have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CardCounts {
    pub new: u32,
    /// Learning, for the first time or again.
    pub learning: u32,
    pub review: u32,
}

impl CardCounts {
    /// All of them.
    pub const fn all(self) -> u32 {
        self.new + self.learning + self.review
    }
}

/// A card before its point is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CardView {
    pub id: Uuid,
    /// Reviews so far, to be sent with the next.
    pub reps: u32,
    pub field: Field,
    pub topic: Option<Topic>,
    /// The language of the question.
    pub language: Language,
    pub question: String,
    pub must: bool,
    /// How often the point was missed in an interview.
    pub missed: u32,
}

/// A card with its point shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckedCard {
    /// The point in one sentence.
    pub say: String,
    /// None when nothing was written, or when the question is not known any more.
    pub found: Option<FoundPoint>,
    /// None where nothing was found out.
    pub suggested: Option<Rating>,
    /// All four, from the shortest.
    pub choices: Vec<Choice>,
    /// Markdown rendered to safe HTML, like the one below. Empty when it is not known any more.
    pub model_answer_html: String,
    pub intent_html: String,
}

/// What the built-in scorer finds of the point in what was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoundPoint {
    pub verdict: Verdict,
    pub spans: Vec<Span>,
}

/// A rating, and when the card would come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RecallChoice)]
pub struct Choice {
    pub rating: Rating,
    /// Seconds from now.
    pub seconds: u32,
}

/// A page of the cards, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CardPage {
    pub cards: Vec<CardSummary>,
    /// To be sent for the next page; none on the last.
    pub next: Option<Uuid>,
}

/// A card in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CardSummary {
    pub id: Uuid,
    pub field: Field,
    pub topic: Option<Topic>,
    pub question: String,
    pub say: String,
    pub must: bool,
    pub state: CardState,
    pub due_at: DateTime<Utc>,
    /// How often the point was missed in an interview, and how often it was made.
    pub missed: u32,
    pub made: u32,
}
