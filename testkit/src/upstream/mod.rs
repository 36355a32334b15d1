//! A scripted model server: OpenAI-compatible, on the loopback address only, and as badly behaved as it is told to be.

mod calls;
mod connection;
mod letters;
mod natural;
mod script;
mod server;
mod speech;
mod steps;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use calls::{Calls, Recorded};
pub use script::{Interruption, Reply, Script};
pub use speech::SpeechScript;

/// A running upstream. It ends when it is dropped.
#[derive(Debug)]
pub struct ScriptedUpstream {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

/// What the handlers and the test share.
#[derive(Debug)]
struct Shared {
    counter: calls::Counter,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// One script per call, used up first.
    queue: VecDeque<Script>,
    /// The script of all other calls.
    default: Script,
    /// What becomes of texts that are to be read aloud.
    speech: SpeechScript,
    requests: Vec<Recorded>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ScriptedUpstream {
    /// Starts on a free port, with [`Script::natural`] for every call.
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
            queue: VecDeque::new(),
            default: Script::natural(),
            speech: SpeechScript::Silence,
            requests: Vec::new(),
        };
        let shared = Arc::new(Shared { counter: calls::Counter::default(), state: Mutex::new(state) });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, server })
    }

    /// What clients are configured with.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The next call that has no script yet gets this one.
    pub fn push(&self, script: impl Into<Script>) {
        self.shared.state().queue.push_back(script.into());
    }

    /// Every call without a script of its own gets this one.
    pub fn always(&self, script: impl Into<Script>) {
        self.shared.state().default = script.into();
    }

    /// Every text that is to be read aloud from now on gets this.
    pub fn speech(&self, script: SpeechScript) {
        self.shared.state().speech = script;
    }

    /// Everything that arrived, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.state().requests.clone()
    }

    /// How many calls there were, and how they ended.
    pub fn calls(&self) -> Calls {
        self.shared.counter.calls()
    }

    /// Waits until the counts are as wanted. Tells whether they were in time.
    pub async fn calls_become(&self, within: Duration, wanted: impl Fn(Calls) -> bool) -> bool {
        let check = async {
            while !wanted(self.calls()) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(within, check).await.is_ok()
    }

    /// Serves until the task is ended from outside.
    ///
    /// # Errors
    /// When the server broke down.
    pub async fn serve_on(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)
    }
}

impl Drop for ScriptedUpstream {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A base URL where nobody listens.
///
/// # Errors
/// When no port can be bound for a moment.
pub async fn nobody_listens() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    Ok(format!("http://{}/v1", listener.local_addr()?))
}
