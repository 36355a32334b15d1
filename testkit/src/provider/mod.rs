//! A scripted provider of logins: GitHub, Kakao and an OpenID Connect server in one, on the loopback address only. It keeps to the rules
//! of OAuth 2.0 where a client could break them (one use of a code, PKCE, exact redirects), and breaks them itself as it is told to.

mod keys;
mod script;
mod server;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use script::{Person, ProviderScript};

/// What clients are configured with.
pub const CLIENT_ID: &str = "daedap-tests";
pub const CLIENT_SECRET: &str = "provider-secret-canary";

/// A running provider. It ends when it is dropped.
#[derive(Debug)]
pub struct ScriptedProvider {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

/// What the handlers and the test share.
#[derive(Debug)]
struct Shared {
    base: String,
    keys: keys::Keys,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    script: ProviderScript,
    person: Person,
    /// Codes that were given out and not used, with what they were given for.
    codes: HashMap<String, Grant>,
    /// Access tokens, and whose they are.
    tokens: HashMap<String, Person>,
    count: u64,
    exchanges: u32,
}

/// What a code was given for.
#[derive(Clone, Debug)]
struct Grant {
    redirect: String,
    challenge: String,
    nonce: Option<String>,
    person: Person,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ScriptedProvider {
    /// Starts on a free port, where a person called mina says yes to everything.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts on this port.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let state = State {
            script: ProviderScript::Approve,
            person: Person::default(),
            codes: HashMap::new(),
            tokens: HashMap::new(),
            count: 0,
            exchanges: 0,
        };
        let base = format!("http://{address}");
        let shared = Arc::new(Shared { base, keys: keys::Keys::new(), state: Mutex::new(state) });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, server })
    }

    /// Root of all three providers.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happens from now on.
    pub fn script(&self, script: ProviderScript) {
        self.shared.state().script = script;
    }

    /// Who is signed in at the provider from now on.
    pub fn person(&self, person: Person) {
        self.shared.state().person = person;
    }

    /// How often a code was presented.
    pub fn exchanges(&self) -> u32 {
        self.shared.state().exchanges
    }

    /// Serves until the task is ended from outside.
    ///
    /// # Errors
    /// When the server broke down.
    pub async fn serve_on(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)
    }
}

impl Drop for ScriptedProvider {
    fn drop(&mut self) {
        self.server.abort();
    }
}
