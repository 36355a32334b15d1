//! A server in a process of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::client::{Connection, page};
use crate::table::Figure;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Linux counts processor time for programs in hundredths of a second.
const TICKS: u64 = 100;

/// A running server. It is killed when it is dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to its first page.
    pub start_took: Figure,
}

impl Server {
    /// Daedap on a database, with the built-in interviewer or with the model at a base URL.
    pub async fn daedap(binary: &Path, database_url: &str, model: Option<&str>) -> anyhow::Result<Self> {
        let address = free_address().await?;
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .env("DATABASE_URL", database_url)
            .env("DAEDAP_ADDR", address.to_string())
            .env("RUST_LOG", "error")
            .env_remove("DAEDAP_PUBLIC_URL")
            .env_remove("OPENAI_API_KEY")
            .env_remove("OPENAI_BASE_URL");
        if let Some(model) = model {
            command.env("OPENAI_BASE_URL", model);
        }
        Self::start(command, address).await
    }

    /// The floor, with a page of so many bytes.
    pub async fn floor(bytes: usize) -> anyhow::Result<Self> {
        let address = free_address().await?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["floor", "--port", &address.port().to_string(), "--bytes", &bytes.to_string()]);
        Self::start(command, address).await
    }

    async fn start(mut command: Command, address: SocketAddr) -> anyhow::Result<Self> {
        let started = Instant::now();
        let mut child = command.kill_on_drop(true).spawn().context("starting a server")?;
        while started.elapsed() < PATIENCE {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.page(page("/")?).await.is_ok()
            {
                return Ok(Self { child, address, start_took: Figure::Time(started.elapsed()) });
            }
            if let Some(status) = child.try_wait()? {
                bail!("the server ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        bail!("the server did not answer within {PATIENCE:?}")
    }

    /// Memory that is really in use, as the system counts it.
    pub fn memory(&self) -> anyhow::Result<Figure> {
        let id = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(Figure::Bytes(kibibytes * 1024))
    }

    /// Processor time that it has used so far, all threads together.
    pub fn processor_time(&self) -> anyhow::Result<Duration> {
        let id = self.child.id().context("the server has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        // Behind the name, which may hold anything: from the third field on, the 14th and 15th count.
        let (_, fields) = stat.rsplit_once(')').context("a process")?;
        let ticks: u64 =
            fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        Ok(Duration::from_millis(ticks * 1_000 / TICKS))
    }
}

/// A port that nobody used a moment ago.
async fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?.local_addr()?)
}
