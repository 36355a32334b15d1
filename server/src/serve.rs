//! Listening, and ending well.

use std::time::Duration;

use anyhow::Context;
use app_base::pages::Pages;
use domain::accounts::one_time_link;
use domain::interview::upkeep;
use domain::{App, audio, audit, github, idempotency, identities, receipts, retention, share, tokens};
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::router::{Serving, router};
use crate::sessions::DatabaseSessions;
use crate::start::start;
use crate::{connections, first_start};

/// How long running requests and turns have to end after SIGTERM. Containers are killed after 10 seconds.
const DRAIN: Duration = Duration::from_secs(9);

/// Serves until it is told to end.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn serve(config: Config, pages: Pages) -> anyhow::Result<()> {
    let logins = config.logins.logins(config.public_url.as_ref())?;
    let mail = config.mail.mail(config.public_url.as_ref())?;
    let app = start(&config).await?;
    let leptos = LeptosOptions::builder()
        .output_name("daedap")
        .site_addr(config.address)
        .site_root("target/site")
        .build();
    let public_url = config.public_url.clone();
    let serving = Serving {
        leptos,
        pages,
        public_url: config.public_url,
        trusted_proxies: config.trusted_proxies,
        logins,
        mail,
        api_rate: config.api_rate,
        cors_origins: config.cors_origins,
    };
    let router = router(app.clone(), serving);
    let listener = TcpListener::bind(config.address)
        .await
        .with_context(|| format!("cannot listen on {} (--addr or DAEDAP_ADDR)", config.address))?;
    tracing::info!(interviewer = ?app.interviewer().label().kind, "Daedap listens on http://{}", listener.local_addr()?);
    first_start::greet(&app, public_url.as_ref(), listener.local_addr()?).await;

    // Nobody waits for it: whoever searches before it is read reads it.
    let for_thread = app.clone();
    tokio::task::spawn_blocking(move || {
        for_thread.library();
    });
    let upkeep = tokio::spawn(upkeep::run(app.clone()));
    let hourly = tokio::spawn(forget_hourly(app.clone()));

    let mut serving = tokio::spawn(connections::serve(listener, router, app.shutdown.clone()));
    tokio::select! {
        () = told_to_end() => {}
        // It ends by itself only when it broke down.
        ended = &mut serving => return ended.context("serving failed"),
    }
    tracing::info!("ending: no new requests are taken");
    app.shutdown.cancel();
    let drained = async {
        if let Err(error) = serving.await {
            tracing::error!(%error, "serving failed");
        }
        app.tasks.close();
        app.tasks.wait().await;
    };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!("not everything ended in time; turns go on at the next start");
    }
    hourly.abort();
    upkeep.abort();
    Ok(())
}

/// Deletes what is over, and goes on until it is aborted.
async fn forget_hourly(app: App) {
    let sessions = DatabaseSessions::new(app.database.clone());
    loop {
        if let Err(error) = sessions.delete_expired().await {
            tracing::warn!(%error, "expired sessions could not be deleted");
        }
        if let Err(error) = share::service::delete_expired(&app).await {
            tracing::warn!(%error, "expired share links could not be deleted");
        }
        if let Err(error) = one_time_link::delete_expired(&app).await {
            tracing::warn!(%error, "expired one-time links could not be deleted");
        }
        if let Err(error) = identities::attempt::delete_expired(&app).await {
            tracing::warn!(%error, "sign-ins that nobody came back to could not be deleted");
        }
        if let Err(error) = identities::sign_up::delete_expired(&app).await {
            tracing::warn!(%error, "sign-ups that nobody finished could not be deleted");
        }
        if let Err(error) = idempotency::service::delete_expired(&app).await {
            tracing::warn!(%error, "expired replies could not be deleted");
        }
        if let Err(error) = tokens::service::delete_expired(&app).await {
            tracing::warn!(%error, "expired API tokens could not be deleted");
        }
        if let Err(error) = audio::service::delete_expired(&app).await {
            tracing::warn!(%error, "expired sounds could not be deleted");
        }
        if let Err(error) = receipts::service::delete_expired(&app).await {
            tracing::warn!(%error, "receipts that are over could not be deleted");
        }
        if let Err(error) = github::service::delete_expired(&app).await {
            tracing::warn!(%error, "answers of GitHub that are too old could not be deleted");
        }
        if let Err(error) = audit::service::delete_expired(&app).await {
            tracing::warn!(%error, "lines of the audit log that are too old could not be deleted");
        }
        if let Err(error) = retention::service::sweep(&app).await {
            tracing::warn!(%error, "interviews that are older than they are kept could not be deleted");
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
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
