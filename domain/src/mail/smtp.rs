//! Letters by SMTP.

use std::time::Duration;

use anyhow::{anyhow, bail};
use async_trait::async_trait;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Message, Tokio1Executor};

use super::Carrier;

/// How long the server may take for one step of the conversation.
const STEP: Duration = Duration::from_secs(10);
/// How long for all of it.
const WHOLE: Duration = Duration::from_secs(60);

/// An SMTP server.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// # Errors
    /// When the URL cannot be used.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        // The error of the crate may repeat the URL, and with it the password.
        let Ok(builder) = AsyncSmtpTransport::<Tokio1Executor>::from_url(url) else {
            bail!("it is not of the form smtps://USER:PASSWORD@HOST[:PORT]");
        };
        Ok(Self(builder.timeout(Some(STEP)).build()))
    }
}

#[async_trait]
impl Carrier for Smtp {
    async fn carry(&self, message: Message) -> anyhow::Result<()> {
        match tokio::time::timeout(WHOLE, self.0.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(anyhow!("the mail server {}", what(&error))),
            Err(_) => bail!("the mail server took too long"),
        }
    }
}

/// What went wrong, without the words of the server: they often repeat the address.
fn what(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("refused with {code}"),
        None if error.is_timeout() => "did not answer in time".to_owned(),
        None if error.is_tls() => "could not be trusted (TLS)".to_owned(),
        None if error.is_response() => "answered what cannot be read".to_owned(),
        None if error.is_client() => "was not what the settings say".to_owned(),
        None => "could not be reached, or broke off".to_owned(),
    }
}
