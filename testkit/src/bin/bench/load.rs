//! A few connections that ask for one page again and again.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::ensure;
use futures::future::try_join_all;

use crate::client::{Connection, Request};
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
}

/// Loads a page. Every reply must be one, and of a like size.
pub async fn run(address: SocketAddr, request: &Request, bytes: usize) -> anyhow::Result<Load> {
    ask_again_and_again(address, request, bytes, WARM_UP).await?;
    let started = Instant::now();
    let mut times = ask_again_and_again(address, request, bytes, DURATION).await?;
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    Ok(Load {
        rate: Figure::Rate(rate),
        p50: Figure::Time(percentile(&mut times, 50)),
        p99: Figure::Time(percentile(&mut times, 99)),
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
