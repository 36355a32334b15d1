//! What the program proposes to a letter: a draft of one answer, or points to improve. A proposal is made by a task of the server, which
//! no page that leaves ends, and waits until the person decides. Nothing of it enters the letter by itself.

mod view;

#[cfg(not(target_family = "wasm"))]
mod brief;
#[cfg(not(target_family = "wasm"))]
mod listen;
#[cfg(not(target_family = "wasm"))]
mod running;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod work;

pub use view::*;

#[cfg(not(target_family = "wasm"))]
pub(crate) use work::{release_own, settle_left};
#[cfg(not(target_family = "wasm"))]
pub use {brief::DraftBrief, listen::ProposalListener, running::Running};
