//! The program under test: started on a free port, watched, ended by signals.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use testkit::upstream::ScriptedUpstream;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};

/// The binary that was built for this test.
const BINARY: &str = env!("CARGO_BIN_EXE_daedap");

/// How long the program may take to listen, on a busy machine.
const START: Duration = Duration::from_secs(30);

/// How the program is started. Nothing of the test's own environment reaches it.
#[derive(Clone, Debug)]
pub struct Start {
    environment: Vec<(String, String)>,
    /// A command that ends in executing its arguments.
    wrapper: Vec<String>,
    binary: PathBuf,
}

impl Start {
    /// On this database and on a free port.
    pub fn on(database_url: &str) -> Self {
        let start = Self { environment: vec![], wrapper: vec![], binary: BINARY.into() };
        start.set("DATABASE_URL", database_url).set("DAEDAP_ADDR", "127.0.0.1:0")
    }

    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.retain(|(other, _)| other != name);
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// With this model server as the interviewer.
    #[must_use]
    pub fn model(self, upstream: &ScriptedUpstream) -> Self {
        self.set("OPENAI_BASE_URL", upstream.base_url()).set("DAEDAP_MODEL", "scripted")
    }

    /// Through a command that ends in executing its arguments.
    #[must_use]
    pub fn through(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(|&word| word.to_owned()).collect();
        self
    }

    /// From a copy of the binary, for people who may not read the folder that it was built in.
    #[must_use]
    pub fn copied_to(mut self, folder: &Path) -> Self {
        let copy = folder.join("daedap");
        std::fs::copy(BINARY, &copy).expect("a copy of the binary");
        self.binary = copy;
        self
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut words = self.wrapper.iter().map(PathBuf::from).chain([self.binary.clone()]);
        let mut command = Command::new(words.next().expect("a program"));
        command.args(words).args(arguments);
        command.env_clear().envs(self.environment.iter().cloned());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.current_dir(std::env::temp_dir());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Runs a command of the program to its end.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output();
        let output = tokio::time::timeout(START, output).await;
        output.unwrap_or_else(|_| panic!("{arguments:?} does not end")).expect("the program runs")
    }

    /// A port that was chosen beforehand, once somebody listens there: for a program whose log cannot be read.
    fn answers_at(&self) -> Option<SocketAddr> {
        let (_, address) = self.environment.iter().find(|(name, _)| name == "DAEDAP_ADDR")?;
        let address: SocketAddr = address.parse().ok().filter(|address: &SocketAddr| address.port() > 0)?;
        std::net::TcpStream::connect(address).ok().map(|_| address)
    }

    /// Serves, and waits until it listens.
    pub async fn serve(&self) -> Program {
        let mut child = self.command(&["serve"]).spawn().expect("the program starts");
        let log = Log::default();
        let stdout = child.stdout.take().expect("piped");
        let stderr = child.stderr.take().expect("piped");
        log.collect(stdout);
        log.collect(stderr);
        let listening = async {
            loop {
                if let Some(address) = log.address().or_else(|| self.answers_at()) {
                    return address;
                }
                if let Ok(Some(status)) = child.try_wait() {
                    panic!("the program ended at once with {status}:\n{}", log.text());
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let listening = tokio::time::timeout(START, listening).await;
        let address = listening.unwrap_or_else(|_| panic!("it does not listen:\n{}", log.text()));
        Program { child, address, log }
    }
}

/// A program that serves. It is killed when it is dropped.
pub struct Program {
    child: Child,
    pub address: SocketAddr,
    log: Log,
}

impl Program {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn pid(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// Everything that it wrote so far.
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Ends it as a power cut does.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        signal(self.pid(), "TERM");
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self, within: Duration) -> ExitStatus {
        let ended = tokio::time::timeout(within, self.child.wait()).await;
        ended.unwrap_or_else(|_| panic!("it does not end:\n{}", self.log())).expect("an exit status")
    }

    /// Memory that it has in use, in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
        kilobytes * 1024
    }
}

/// Sends a signal to a process.
fn signal(pid: u32, name: &str) {
    let sent = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {pid}")]).status();
    assert!(sent.expect("a shell").success(), "{name} could not be sent to {pid}");
}

/// What the program writes, on both streams.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn collect(&self, stream: impl AsyncRead + Unpin + Send + 'static) {
        let log = self.clone();
        tokio::spawn(async move {
            let mut stream = BufReader::new(stream);
            let mut line = Vec::new();
            while matches!(stream.read_until(b'\n', &mut line).await, Ok(1..)) {
                let mut text = log.0.lock().unwrap_or_else(PoisonError::into_inner);
                text.push_str(&String::from_utf8_lossy(&line));
                line.clear();
            }
        });
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn address(&self) -> Option<SocketAddr> {
        let text = self.text();
        let (_, rest) = text.split_once("listens on http://")?;
        rest.split(char::is_whitespace).next()?.parse().ok()
    }
}
