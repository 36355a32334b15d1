//! Listening, and ending well.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use axum::serve::ListenerExt;
use domain::interview::upkeep;
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::router::{Serving, router};
use crate::sessions::DatabaseSessions;
use crate::start::start;

/// How long running requests and turns have to end after SIGTERM.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until it is told to end.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let app = start(&config).await?;
    let leptos = LeptosOptions::builder()
        .output_name("daedap")
        .site_addr(config.address)
        .site_root("target/site")
        .build();
    let serving = Serving { leptos, public_url: config.public_url, trusted_proxies: config.trusted_proxies };
    let router = router(app.clone(), serving);
    let listener = TcpListener::bind(config.address)
        .await
        .with_context(|| format!("cannot listen on {} (--addr or DAEDAP_ADDR)", config.address))?;
    tracing::info!(interviewer = ?app.interviewer().label().kind, "Daedap listens on http://{}", listener.local_addr()?);
    // Without this a small reply waits for the one before it to be acknowledged.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });

    let upkeep = tokio::spawn(upkeep::run(app.clone()));
    let sessions = DatabaseSessions::new(app.database.clone());
    let hourly = tokio::spawn(async move {
        loop {
            if let Err(error) = sessions.delete_expired().await {
                tracing::warn!(%error, "expired sessions could not be deleted");
            }
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
    });

    let shutdown = app.shutdown.clone();
    let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            told_to_end().await;
            tracing::info!("ending: no new requests are taken");
            shutdown.cancel();
        });
    let server = async { server.await.context("serving failed") };
    tokio::select! {
        result = server => result?,
        () = async { app.shutdown.cancelled().await; tokio::time::sleep(DRAIN).await } => {
            tracing::warn!("some requests did not end in time");
        }
    }
    // Turns that do not end in time are taken up by the next start.
    app.tasks.close();
    if tokio::time::timeout(DRAIN, app.tasks.wait()).await.is_err() {
        tracing::warn!("some turns did not end in time; they go on at the next start");
    }
    hourly.abort();
    upkeep.abort();
    Ok(())
}

async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be caught");
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
