//! The built-in scorer: which key points an answer makes, where it makes them, and how alike two texts are.
//!
//! It needs no model, no network and no dictionary, and gives the same result on every run. It never says how
//! *good* an answer is: it finds evidence, and reports what it could not find.

mod view;

#[cfg(not(target_family = "wasm"))]
mod content;
#[cfg(not(target_family = "wasm"))]
mod english;
#[cfg(not(target_family = "wasm"))]
mod hangul;
#[cfg(not(target_family = "wasm"))]
mod key_points;
#[cfg(not(target_family = "wasm"))]
mod korean;
#[cfg(not(target_family = "wasm"))]
mod korean_verbs;
#[cfg(not(target_family = "wasm"))]
mod negation;
#[cfg(not(target_family = "wasm"))]
mod orders;
#[cfg(not(target_family = "wasm"))]
mod pattern;
#[cfg(not(target_family = "wasm"))]
mod similarity;
#[cfg(not(target_family = "wasm"))]
mod terms;
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
#[cfg(not(target_family = "wasm"))]
mod text;
#[cfg(not(target_family = "wasm"))]
mod topic;
#[cfg(not(target_family = "wasm"))]
mod trigrams;
#[cfg(not(target_family = "wasm"))]
mod words;

pub use view::{Coverage, PointCoverage, Span, Verdict};

#[cfg(not(target_family = "wasm"))]
pub use {
    content::{ContentWord, content_words},
    key_points::{GroupTrace, KeyPoints, PointTrace, TermTrace, cover},
    orders::{is_order, sentence_around},
    similarity::similarity,
    terms::technical_terms,
    topic::is_about,
    trigrams::{Rarity, Trigrams},
    words::{SearchWord, search_words, trigrams_of},
};
