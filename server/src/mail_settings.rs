//! What the operator sets about letters.

use anyhow::{Context, bail};
use clap::Args;
use domain::mail::Mail;
use url::Url;

/// How letters are sent. None are until the server is set.
#[derive(Clone, Debug, Default, Args)]
pub struct MailSettings {
    /// What sends mail: smtps://USER:PASSWORD@HOST, smtp://HOST:PORT?tls=required, or file:///FOLDER for trials
    #[arg(long, env = "DAEDAP_SMTP_URL", hide_env_values = true, value_name = "URL", global = true)]
    pub smtp_url: Option<String>,

    /// Sender of mail, such as "Daedap <no-reply@example.com>"
    #[arg(long, env = "DAEDAP_MAIL_FROM", value_name = "ADDRESS", global = true)]
    pub mail_from: Option<String>,
}

impl MailSettings {
    /// The host that letters are handed to. A folder is none.
    pub fn host(&self) -> Option<String> {
        let url: Url = self.smtp_url.as_deref()?.trim().parse().ok()?;
        url.host_str().filter(|host| !host.is_empty()).map(str::to_owned)
    }

    /// What sends letters, if it is configured. Nothing is contacted yet.
    ///
    /// # Errors
    /// With one line when something is missing or cannot be used. The password is not repeated.
    pub fn mail(&self, public_url: Option<&Url>) -> anyhow::Result<Option<Mail>> {
        let set = |setting: &Option<String>| {
            setting.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(url) = set(&self.smtp_url) else { return Ok(None) };
        let Some(from) = set(&self.mail_from) else {
            bail!("DAEDAP_SMTP_URL is set without DAEDAP_MAIL_FROM, the sender of mail");
        };
        let public_url = public_url.context("DAEDAP_SMTP_URL needs DAEDAP_PUBLIC_URL, for links in mail")?;
        let mail = Mail::new(&url, &from, public_url.as_str());
        Ok(Some(mail.context("cannot send mail (DAEDAP_SMTP_URL, DAEDAP_MAIL_FROM)")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_and_what_is_secret_is_not() {
        let public: Url = "https://daedap.example".parse().expect("a URL");
        let check = |url: &str, from: &str, public: Option<&Url>, named: &str| {
            let settings = MailSettings { smtp_url: Some(url.to_owned()), mail_from: Some(from.to_owned()) };
            let line = format!("{:#}", settings.mail(public).expect_err("refused"));
            assert!(line.contains(named) && !line.contains("hidden"), "{line}");
        };
        let (url, from) = ("smtps://mina:hidden@mail.example.com", "no-reply@example.com");
        check(url, "", Some(&public), "DAEDAP_MAIL_FROM");
        check(url, from, None, "DAEDAP_PUBLIC_URL");
        check(url, "nonsense", Some(&public), "DAEDAP_MAIL_FROM");
        check("imap://mina:hidden@mail.example.com", from, Some(&public), "smtps://");
        check("smtps://mina:hidden@", from, Some(&public), "DAEDAP_SMTP_URL");
        check("file://folder", from, Some(&public), "file:///");
        assert!(MailSettings::default().mail(None).expect("nothing to configure").is_none());
        let whole = MailSettings { smtp_url: Some(url.to_owned()), mail_from: Some(from.to_owned()) };
        assert!(whole.mail(Some(&public)).expect("configured").is_some());
    }
}
