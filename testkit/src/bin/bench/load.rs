//! A few connections that ask for one page again and again.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::ensure;
use futures::future::try_join_all;

use crate::client::{Connection, Request};
use crate::process::Server;
use crate::table::{Figure, percentile};

/// Connections at the same time.
const CONNECTIONS: usize = 16;
const WARM_UP: Duration = Duration::from_secs(1);
const DURATION: Duration = Duration::from_secs(5);

/// What came of it.
pub struct Load {
    pub rate: Figure,
    pub p50: Figure,
    pub p99: Figure,
    /// Processor time of the server for one page: hardly depends on what else the machine does.
    pub processor_time: Figure,
}

/// Loads a page. Every reply must be one, and of a like size.
pub async fn run(server: &Server, request: &Request, bytes: usize) -> anyhow::Result<Load> {
    ask_again_and_again(server.address, request, bytes, WARM_UP).await?;
    let (started, before) = (Instant::now(), server.processor_time()?);
    let mut times = ask_again_and_again(server.address, request, bytes, DURATION).await?;
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    let used = server.processor_time()?.saturating_sub(before);
    Ok(Load {
        rate: Figure::Rate(rate),
        p50: Figure::Time(percentile(&mut times, 50)),
        p99: Figure::Time(percentile(&mut times, 99)),
        processor_time: Figure::Time(used.div_f64(times.len().max(1) as f64)),
    })
}

async fn ask_again_and_again(
    address: SocketAddr,
    request: &Request,
    bytes: usize,
    duration: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let end = Instant::now() + duration;
    let asking = (0..CONNECTIONS).map(|_| async move {
        let mut connection = Connection::open(address).await?;
        let mut times = Vec::new();
        while Instant::now() < end {
            let begun = Instant::now();
            let body = connection.page(request.clone()).await?;
            times.push(begun.elapsed());
            // Less would be another page. Hints to load parts of the program ahead make it longer at times.
            ensure!(body.len() * 2 >= bytes, "{} bytes rather than {bytes}", body.len());
        }
        Ok(times)
    });
    Ok(try_join_all(asking).await?.into_iter().flatten().collect())
}
