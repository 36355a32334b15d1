//! PostgreSQL: a fresh database on the server that the tests were given, or a server of one's own that can be stopped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use uuid::Uuid;

/// The URL of a new, empty database; none where the tests were given no server.
pub async fn fresh_database() -> Option<String> {
    let Ok(server) = std::env::var("DAEDAP_TEST_POSTGRES") else {
        eprintln!("not run on PostgreSQL: DAEDAP_TEST_POSTGRES names no server (see scripts/postgres)");
        return None;
    };
    Some(database_on(&server).await)
}

async fn database_on(server: &str) -> String {
    let name = format!("faults_{}", Uuid::now_v7().simple());
    let connection = sea_orm::Database::connect(server).await.expect("PostgreSQL answers");
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    connection.close().await.expect("closed");
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{name}")
}

/// A PostgreSQL server of one's own.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts one where PostgreSQL is installed.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os("DAEDAP_TEST_POSTGRES").is_none(),
                "PostgreSQL is tested, but its programs are not found"
            );
            eprintln!("not run on PostgreSQL: it is not installed");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = port.expect("a free port").port();
        let folder = TempDir::with_prefix("daedap-postgres-").expect("a temporary folder");
        let cluster = Self { folder, programs, port };
        if is_root() {
            let owned = Command::new("chown").arg("nobody").arg(cluster.folder.path()).status();
            assert!(owned.expect("chown").success(), "the folder could not be handed over");
        }
        cluster.run("initdb", &["-D", &cluster.data(), "-U", "daedap", "--auth=trust"]);
        cluster.begin();
        Some(cluster)
    }

    /// Starts the server again.
    pub fn begin(&self) {
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["-D", &self.data(), "-l", &log, "-w", "-o", &options, "start"]);
    }

    /// Stops the server as for a restart: connections are broken off.
    pub fn stop(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "fast", "-w", "stop"]);
    }

    /// The URL of a new, empty database on it.
    pub async fn database(&self) -> String {
        database_on(&format!("postgres://daedap@127.0.0.1:{}/postgres", self.port)).await
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let done = self.command(program, arguments).status().expect("PostgreSQL's programs run");
        assert!(done.success(), "{program} {arguments:?}: {done}");
    }

    /// The server refuses to run as root.
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let path = self.programs.join(program);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "nobody", "--"]).arg(path);
                command
            }
            false => Command::new(path),
        };
        command.args(arguments).current_dir(self.folder.path());
        command.stdin(std::process::Stdio::null());
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = ["-D", &self.data(), "-m", "immediate", "stop"];
        let _ = self.command("pg_ctl", &stop).status();
    }
}

/// The folder of the newest installed version.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    installed.sort();
    installed.reverse();
    std::env::split_paths(&path).chain(installed).find(|folder| folder.join("initdb").exists())
}

pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().is_ok_and(|metadata| metadata.uid() == 0)
}
