//! Logins at other providers: their buttons, linking them, and making an account of one.

#[cfg(not(target_family = "wasm"))]
mod browser_secret;
mod complete_page;
mod linked_logins;
mod provider_buttons;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod trouble;
mod trouble_page;

#[cfg(not(target_family = "wasm"))]
pub use browser_secret::{BrowserSecret, no_cookie as no_login_cookie};
pub use complete_page::complete_page;
pub use linked_logins::LinkedLogins;
pub use provider_buttons::{ProviderButtons, SignInAgain};
#[cfg(not(target_family = "wasm"))]
pub use rows::login_rows;
pub use server_fns::LoginRow;
pub use trouble::LoginTrouble;
pub use trouble_page::trouble_page;
