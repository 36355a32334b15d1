//! Signing in at another provider: OAuth 2.0 with GitHub and Kakao, OpenID Connect with one server of the operator's choice.
//!
//! A press of a button goes out (`start.rs`), the browser comes back (`callback.rs`), and this server asks the provider who it is
//! (`provider.rs`, `oidc.rs`). What that means for an account is decided in `domain::identities`.

mod callback;
mod http_client;
mod oidc;
mod page;
mod provider;
mod settings;
mod start;

use std::sync::Arc;

use domain::identities::{OfferedLogin, Provider};

pub(crate) use callback::callback;
pub use settings::LoginSettings;
pub(crate) use start::start;

use provider::ConfiguredProvider;

/// The page that a provider sends a browser back to, as the router of the screens names it.
pub const CALLBACK: &str = "/oauth/{provider}/callback";

/// The providers that the operator configured. Cheap to clone.
#[derive(Clone, Default)]
pub struct Logins(Arc<[ConfiguredProvider]>);

impl Logins {
    /// What the screens offer.
    pub fn offered(&self) -> Vec<OfferedLogin> {
        self.0
            .iter()
            .map(|login| OfferedLogin { provider: login.provider, name: login.name.clone() })
            .collect()
    }

    fn find(&self, word: &str) -> Option<&ConfiguredProvider> {
        let provider: Provider = word.parse().ok()?;
        self.0.iter().find(|login| login.provider == provider)
    }
}
