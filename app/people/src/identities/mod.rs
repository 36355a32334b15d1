//! Logins at other providers: their buttons, linking them, and making an account of one.

mod complete_page;
mod linked_logins;
mod provider_buttons;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod trouble_page;

pub use complete_page::complete_page;
pub use linked_logins::LinkedLogins;
pub use provider_buttons::{ProviderButtons, SignInAgain};
#[cfg(not(target_family = "wasm"))]
pub use rows::login_rows;
pub use server_fns::LoginRow;
pub use trouble_page::trouble_page;
