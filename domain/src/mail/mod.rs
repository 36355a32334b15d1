//! Letters: what Daedap sends by e-mail, in plain text, to one person at a time.

mod file;
pub mod letters;
mod smtp;

use std::fmt;
use std::sync::Arc;

use anyhow::{Context, bail};
use async_trait::async_trait;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;

use crate::accounts::EmailAddress;

/// A letter to one person. It has no `Debug`, so that it cannot reach a log.
pub struct Letter {
    pub to: EmailAddress,
    pub subject: String,
    pub text: String,
}

/// What carries letters: an SMTP server, or a folder.
#[async_trait]
trait Carrier: Send + Sync {
    /// Hands a letter over. Errors name neither the person nor what the letter says.
    async fn carry(&self, message: Message) -> anyhow::Result<()>;
}

/// The operator's way of sending letters.
#[derive(Clone)]
pub struct Mail {
    carrier: Arc<dyn Carrier>,
    from: Mailbox,
    /// Links in letters begin with it, and never with what a request claims.
    public_url: Arc<str>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mail").finish_non_exhaustive()
    }
}

impl Mail {
    /// Sends by `smtps://USER:PASSWORD@HOST`, `smtp://…` or into `file:///FOLDER`, from an address such as
    /// `Daedap <no-reply@example.com>`. Nothing is contacted yet.
    ///
    /// # Errors
    /// When the URL or the address cannot be used. The password is not repeated.
    pub fn new(url: &str, from: &str, public_url: &str) -> anyhow::Result<Self> {
        let from = from.parse().ok().context("the sender (DAEDAP_MAIL_FROM) is no e-mail address")?;
        let carrier: Arc<dyn Carrier> = match url.split_once("://") {
            Some(("smtp" | "smtps", _)) => Arc::new(smtp::Smtp::new(url)?),
            Some(("file", folder)) => Arc::new(file::Folder::new(folder)?),
            _ => bail!("it must begin with smtps://, smtp:// or file://"),
        };
        Ok(Self { carrier, from, public_url: public_url.trim_end_matches('/').into() })
    }

    /// The full address of one of our pages.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// When the carrier does not take it. The error names neither the person nor what the letter says.
    pub async fn send(&self, letter: Letter) -> anyhow::Result<()> {
        let to = letter.to.as_str().parse().ok().context("the address cannot be written into a letter")?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .ok()
            .context("the letter cannot be put together")?;
        self.carrier.carry(message).await
    }
}
