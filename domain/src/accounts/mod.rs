//! An account: a person with a name, a password and preferences.

mod device;
mod input;
mod view;

pub use device::{Browser, Device, System};
pub use input::{DisplayName, EmailAddress, Password, Username};
pub use view::{NewAccount, ProfileEdit, ProfileView, RegistrationView, SessionView};

#[cfg(not(target_family = "wasm"))]
pub mod first_admin;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod hold;
#[cfg(not(target_family = "wasm"))]
pub mod one_time_link;
#[cfg(not(target_family = "wasm"))]
pub mod password;
#[cfg(not(target_family = "wasm"))]
mod proof;
#[cfg(not(target_family = "wasm"))]
pub mod registration;
#[cfg(not(target_family = "wasm"))]
pub mod reset;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
pub mod sessions;
#[cfg(not(target_family = "wasm"))]
pub mod throttle;
#[cfg(not(target_family = "wasm"))]
mod zone;

#[cfg(not(target_family = "wasm"))]
pub use {proof::Proof, zone::zone};
