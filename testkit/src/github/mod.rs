//! A scripted GitHub on the loopback address only: the calls of the REST API that profiles are read with, with its limits and versions of
//! answers. It breaks the rules as it is told to.

mod account;
mod script;
mod server;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use account::{ScriptedAccount, ScriptedRepository};
pub use script::GithubScript;

/// Calls an hour that it allows.
pub const LIMIT: u32 = 60;

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct ScriptedGithub {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

/// What the handlers and the test share.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    script: GithubScript,
    accounts: Vec<ScriptedAccount>,
    remaining: u32,
    calls: Vec<GithubCall>,
}

/// A call that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GithubCall {
    /// With its query.
    pub path: String,
    pub authorization: Option<String>,
    /// What it was answered with; none while it is not, or never will be.
    pub status: Option<u16>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ScriptedGithub {
    /// Starts on a free port, with the account [`ScriptedAccount::mina`].
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
            script: GithubScript::Answer,
            accounts: vec![ScriptedAccount::mina()],
            remaining: LIMIT,
            calls: Vec::new(),
        };
        let shared = Arc::new(Shared { state: Mutex::new(state) });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, server })
    }

    /// Root of the API.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happens from now on.
    pub fn script(&self, script: GithubScript) {
        self.shared.state().script = script;
    }

    /// Adds an account, or puts it in the place of one of that name.
    pub fn account(&self, account: ScriptedAccount) {
        let mut state = self.shared.state();
        state.accounts.retain(|known| !known.login.eq_ignore_ascii_case(&account.login));
        state.accounts.push(account);
    }

    /// Closes an account.
    pub fn close(&self, login: &str) {
        self.shared.state().accounts.retain(|known| known.login != login);
    }

    /// How many calls are left of this hour.
    pub fn set_remaining(&self, remaining: u32) {
        self.shared.state().remaining = remaining;
    }

    /// The calls that came in since the last time, the oldest first.
    pub fn take_calls(&self) -> Vec<GithubCall> {
        std::mem::take(&mut self.shared.state().calls)
    }

    /// Serves until the task is ended from outside.
    ///
    /// # Errors
    /// When the server broke down.
    pub async fn serve_on(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)
    }
}

impl Drop for ScriptedGithub {
    fn drop(&mut self) {
        self.server.abort();
    }
}
