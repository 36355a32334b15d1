//! What comes in and goes out of the chat.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::questions::Language;

/// Most characters of a topic.
pub const TOPIC_MAX: u32 = 200;

/// A message as it was sent. Parsed by the service.
#[derive(Clone, Debug)]
pub enum NewMessage {
    /// What the next interview is to be about. It ends the one that goes on.
    Topic(String),
    /// What the candidate says. When the interview is over, it begins the next one on the same topic.
    Input(String),
}

/// What the interviewer said to a message.
#[derive(Clone, Debug)]
pub struct Said {
    pub text: String,
    pub language: Language,
    /// The interview that it was said in.
    pub interview: Uuid,
}

crate::questions::words! {
    /// Who speaks in a conversation.
    ChatRole {
        /// Nobody: a note on what follows.
        System = "system",
        Assistant = "assistant",
        User = "user",
    }
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    pub role: ChatRole,
    pub content: String,
}

/// What was said in the chat, of a long one the end, and how much of today's allowance is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Oldest first; the first is a note. Empty before the first interview.
    pub messages: Vec<ChatMessage>,
    /// Messages that count for today.
    pub used: u32,
    pub limit: u32,
}
