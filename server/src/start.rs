//! From a configuration to a running application.

use std::sync::Arc;

use anyhow::Context;
use domain::database::Database;
use domain::interview::Interviewer;
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::questions::Bank;
use domain::{App, Parts, Settings};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait};

use crate::config::Config;

/// Serialises migrations of several nodes. Any number that nothing else on the server locks.
const MIGRATION_LOCK: i64 = 0x00da_eda9;

/// Puts the application together, its database up to date.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn start(config: &Config) -> anyhow::Result<App> {
    migrate(config).await?;
    let bank = Bank::load(config.questions.as_deref()).context("cannot use the questions")?;
    Ok(App::new(Parts {
        database: Database::connect(&config.database_url).await?,
        bank,
        model: model(config)?,
        settings: Settings {
            daily_limit: config.daily_limit,
            time_zone: config.time_zone,
            paces_words: true,
        },
        clock: Arc::new(chrono::Utc::now),
    }))
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
    Ok(Some(Arc::new(ModelInterviewer::new(settings)?)))
}

/// Brings the database up to date.
///
/// # Errors
/// When it cannot be reached or changed.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    if !config.database_url.starts_with("postgres") {
        let database = Database::connect(&config.database_url).await?;
        return Migrator::up(database.writer(), None).await.context("cannot bring the database up to date");
    }
    // The migrator takes no lock of its own. A session-level one needs one connection for everything.
    let mut options = ConnectOptions::new(&config.database_url);
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await.context("cannot connect to PostgreSQL")?;
    connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
    let migrated = Migrator::up(&connection, None).await;
    connection.execute_unprepared(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})")).await?;
    connection.close().await?;
    migrated.context("cannot bring the database up to date")
}
