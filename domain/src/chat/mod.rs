//! The chat: how a program holds interviews, message by message. Each interview is one like any other, and is in the history.

mod view;

pub use view::{ChatMessage, ChatRole, Conversation, NewMessage, Said, TOPIC_MAX};

#[cfg(not(target_family = "wasm"))]
mod names;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod topic;
