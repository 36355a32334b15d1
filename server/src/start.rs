//! From a configuration to a running application.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use domain::audio::{Espeak, ModelVoice, SpeechSynthesizer, VoiceConfig};
use domain::database::Database;
use domain::interview::Interviewer;
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::privacy::{Purpose, Recipient};
use domain::questions::Bank;
use domain::{App, Parts, Settings};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait};

use crate::config::Config;
use crate::parse_document;

/// Serialises migrations of several nodes. Any number that nothing else on the server locks.
const MIGRATION_LOCK: i64 = 0x00da_eda9;

/// Whom a key alone means.
const OPENAI_HOST: &str = "api.openai.com";

const DATABASE: &str = "cannot use the database (--database-url or DATABASE_URL)";
const MIGRATION: &str = "cannot bring the database up to date (--database-url or DATABASE_URL)";

/// How long a PostgreSQL server that was started at the same time may take to answer.
const WAIT: Duration = Duration::from_secs(10);

/// Puts the application together, its database up to date.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn start(config: &Config) -> anyhow::Result<App> {
    migrate(config).await?;
    assemble(config).await
}

/// Puts the application together on a database that is up to date already.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn assemble(config: &Config) -> anyhow::Result<App> {
    let bank = Bank::load(config.questions.as_deref())
        .context("cannot use the questions (--questions or DAEDAP_QUESTIONS)")?;
    Ok(App::new(Parts {
        database: Database::connect(&config.database_url).await.context(DATABASE)?,
        bank,
        model: model(config)?,
        voices: voices(config)?,
        documents: parse_document::reader(),
        github: config.github.client(&config.logins)?,
        settings: Settings {
            daily_limit: config.daily_limit,
            chat_limit: config.chat_limit,
            letter_limit: config.letter_limit,
            time_zone: config.time_zone,
            paces_words: true,
            model_prices: config.model_prices.clone(),
            recipients: recipients(config),
            retention_max_days: config.retention_max_days,
        },
        clock: Arc::new(chrono::Utc::now),
    }))
}

/// Everybody outside this server to whom something is sent, for the privacy page. Whatever is added here that sends anything away has to
/// stand in it.
fn recipients(config: &Config) -> Vec<Recipient> {
    let mut recipients = Vec::new();
    if config.api_key().is_some() || config.openai_base_url.is_some() {
        let host = config.openai_base_url.as_ref().and_then(|url| url.host_str());
        recipients.push(Recipient {
            purpose: Purpose::Model,
            host: host.unwrap_or(OPENAI_HOST).to_owned(),
            name: Some(config.model.clone()),
        });
        if let Some(model) = named(&config.speech_model) {
            let host = host.unwrap_or(OPENAI_HOST).to_owned();
            recipients.push(Recipient { purpose: Purpose::Speech, host, name: Some(model) });
        }
    }
    if let Some(host) = config.mail.host() {
        recipients.push(Recipient { purpose: Purpose::Mail, host, name: None });
    }
    for (host, name) in config.logins.hosts() {
        recipients.push(Recipient { purpose: Purpose::Login, host, name: Some(name) });
    }
    if let Some(host) = config.github.host(&config.logins) {
        recipients.push(Recipient { purpose: Purpose::Github, host, name: None });
    }
    recipients
}

/// A setting that says something: an empty one is none.
fn named(setting: &Option<String>) -> Option<String> {
    setting.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The model that the operator named, if any.
fn model(config: &Config) -> anyhow::Result<Option<Arc<dyn Interviewer>>> {
    if config.api_key().is_none() && config.openai_base_url.is_none() {
        return Ok(None);
    }
    let mut settings = ModelConfig::new(config.model.clone());
    settings.base_url =
        config.openai_base_url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
    settings.api_key = config.api_key().map(|key| key.to_owned().into());
    let interviewer = ModelInterviewer::new(settings)
        .context("cannot use the model (OPENAI_API_KEY, OPENAI_BASE_URL, DAEDAP_MODEL)")?;
    Ok(Some(Arc::new(interviewer)))
}

/// Whoever reads aloud what the interviewer says: the model that the operator named, then the program that is installed.
fn voices(config: &Config) -> anyhow::Result<Vec<Arc<dyn SpeechSynthesizer>>> {
    let mut voices: Vec<Arc<dyn SpeechSynthesizer>> = Vec::new();
    if let Some(model) = named(&config.speech_model) {
        let mut settings = VoiceConfig::new(model);
        settings.voice = named(&config.speech_voice);
        settings.base_url =
            config.openai_base_url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
        settings.api_key = config.api_key().map(|key| key.to_owned().into());
        let voice = ModelVoice::new(settings)
            .context("cannot use the speech model (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_SPEECH_MODEL)")?;
        voices.push(Arc::new(voice));
    }
    if let Some(espeak) = Espeak::find() {
        voices.push(Arc::new(espeak));
    }
    Ok(voices)
}

/// Brings the database up to date.
///
/// # Errors
/// When it cannot be reached or changed.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    if !config.database_url.starts_with("postgres") {
        let database = Database::connect(&config.database_url).await.context(DATABASE)?;
        return Migrator::up(database.writer(), None).await.context(MIGRATION);
    }
    // The migrator takes no lock of its own. A session-level one needs one connection for everything.
    let mut options = ConnectOptions::new(&config.database_url);
    options.max_connections(1).acquire_timeout(WAIT).connect_timeout(WAIT).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await;
    let connection = connection.context("cannot connect to PostgreSQL").context(DATABASE)?;
    connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
    let migrated = Migrator::up(&connection, None).await;
    connection.execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})")).await?;
    connection.close().await?;
    migrated.context(MIGRATION)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::config::Cli;

    /// The hosts that the privacy page names for looking up profiles.
    fn github(arguments: &[&str]) -> Vec<String> {
        let cli = Cli::try_parse_from(["daedap"].iter().chain(arguments)).expect("a configuration");
        let told = recipients(&cli.config).into_iter();
        told.filter(|recipient| recipient.purpose == Purpose::Github)
            .map(|recipient| recipient.host)
            .collect()
    }

    #[test]
    fn the_privacy_page_names_the_host_of_profiles_only_while_they_are_looked_up() {
        assert_eq!(github(&["--github-profiles", ""]), ["api.github.com"]);
        assert_eq!(github(&["--github-profiles", "https://git.example/api/v3"]), ["git.example"]);
        assert!(github(&["--github-profiles", "off"]).is_empty());
    }
}
