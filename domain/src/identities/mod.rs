//! An identity: who somebody is at another provider, which signs them in here.
//!
//! It is the pair of provider and subject and nothing else. An e-mail address, verified or not, never links anything by itself.

mod view;

pub use view::{
    IdentityView, LoginsView, NewIdentityAccount, OfferedLogin, Provider, Trouble, Unfinished, Wish,
};

#[cfg(not(target_family = "wasm"))]
pub mod attempt;
#[cfg(not(target_family = "wasm"))]
mod found;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
pub mod sign_up;

#[cfg(not(target_family = "wasm"))]
pub use found::Found;
