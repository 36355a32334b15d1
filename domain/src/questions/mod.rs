//! The question bank: what is asked, what a good answer says, and how to go on from there.

mod field;
mod question;
mod topic;
mod view;

#[cfg(not(target_family = "wasm"))]
mod bank;
#[cfg(not(target_family = "wasm"))]
mod check;
#[cfg(not(target_family = "wasm"))]
mod check_points;
#[cfg(not(target_family = "wasm"))]
mod copied;
#[cfg(not(target_family = "wasm"))]
mod duplicates;
#[cfg(not(target_family = "wasm"))]
mod library;
#[cfg(not(target_family = "wasm"))]
mod parse;
#[cfg(not(target_family = "wasm"))]
mod search;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod source;
#[cfg(not(target_family = "wasm"))]
mod topics;

pub(crate) use field::words;
pub use field::{Depth, Field, Kind, Language, Level};
#[cfg(not(target_family = "wasm"))]
pub(crate) use library::{ASKED, NAMED, SAID};
pub use question::{FollowUp, Point, Question, Sample, TermGroup, When};
pub use topic::Topic;
pub use view::{
    BankFilter, BankPage, BankQuestion, BankQuestionPage, QUESTIONS_PAGE, SEARCH_MAX, SimilarPlace,
    SimilarQuestion,
};

#[cfg(not(target_family = "wasm"))]
pub use {
    bank::{Bank, BankError, topic_of},
    check::{Finding, check},
    check_points::{describe, without_marks},
    copied::copied,
    duplicates::{Pair, limit, pairs},
    library::{Library, NEAREST, Shelved, Wanted},
    parse::{ParseError, parse_question},
    search::{Passage, SearchIndex},
    source::{Source, embedded, read_directory},
    topics::parse_topics,
};
