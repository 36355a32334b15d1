//! What an operator can set: by option or by environment, checked before anything starts.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;
use url::Url;

/// Daedap, a self-hosted mock-interview studio for developers.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Settings that hold for every command.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where everything is stored: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/daedap.db", value_parser = database_url, hide_env_values = true, global = true)]
    pub database_url: String,

    /// Where to listen
    #[arg(
        long = "addr",
        env = "DAEDAP_ADDR",
        default_value = "127.0.0.1:3000",
        value_name = "IP:PORT",
        global = true
    )]
    pub address: SocketAddr,

    /// The address under which browsers reach it; https turns on secure cookies and HSTS
    #[arg(long, env = "DAEDAP_PUBLIC_URL", value_name = "URL", value_parser = public_url, global = true)]
    pub public_url: Option<Url>,

    /// Proxies whose X-Forwarded-For is believed, as addresses or networks separated by commas
    #[arg(long, env = "DAEDAP_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network, global = true)]
    pub trusted_proxies: Vec<IpNet>,

    /// Interviews that a person may start a day
    #[arg(long, env = "DAEDAP_DAILY_LIMIT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=1000), global = true)]
    pub daily_limit: u32,

    /// Days after which everybody's interviews are deleted; without it each person decides
    #[arg(long, env = "DAEDAP_RETENTION_MAX_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650), global = true)]
    pub retention_max_days: Option<u32>,

    /// Time zone of new accounts, as an IANA name
    #[arg(long, env = "DAEDAP_TIME_ZONE", default_value = "Asia/Seoul", value_parser = time_zone, global = true)]
    pub time_zone: Tz,

    /// A folder of questions that are added to the built-in bank
    #[arg(long, env = "DAEDAP_QUESTIONS", value_name = "FOLDER", value_parser = folder, global = true)]
    pub questions: Option<PathBuf>,

    /// Key for the OpenAI-compatible API; without key and base URL the built-in interviewer is used
    #[arg(long, env = "OPENAI_API_KEY", hide_env_values = true, value_name = "KEY", global = true)]
    pub openai_api_key: Option<String>,

    /// Base URL of the OpenAI-compatible API, for example http://127.0.0.1:11434/v1
    #[arg(long, env = "OPENAI_BASE_URL", value_name = "URL", value_parser = base_url, global = true)]
    pub openai_base_url: Option<Url>,

    /// Name of the model
    #[arg(
        long = "model",
        env = "DAEDAP_MODEL",
        default_value = "gpt-4.1-mini",
        value_name = "NAME",
        global = true
    )]
    pub model: String,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve Daedap (the default)
    Serve,
    /// Bring the database up to date and end; `serve` does so by itself
    Migrate,
    /// Look after the question bank
    #[command(subcommand)]
    Questions(QuestionsCommand),
    /// Look after accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Run the configured scorer over graded answers, and tell how far it agrees with the graders
    ScoreCheck(ScoreCheckCommand),
}

#[derive(Debug, Args)]
pub struct ScoreCheckCommand {
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,

    /// Judge at most so many of the answers
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub answers: u32,

    /// Judge at most so many of them again, changed and repeatedly: about ten calls each with a model
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub variants: u32,
}

#[derive(Debug, Subcommand)]
pub enum QuestionsCommand {
    /// Check the built-in questions, or those of a folder
    Check {
        #[arg(value_name = "FOLDER", value_parser = folder)]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an administrator: of an account that is there, or of a new one, whose password is read from standard input or from
    /// DAEDAP_ADMIN_PASSWORD
    CreateAdmin {
        /// User name of the account, which keeps its password when it is there already
        #[arg(long, value_name = "NAME")]
        username: String,
        /// E-mail address of a new account
        #[arg(long, value_name = "ADDRESS")]
        email: Option<String>,
    },
    /// Set how many interviews a person may start a day
    SetLimit {
        #[arg(value_name = "USER NAME")]
        username: String,
        #[arg(value_name = "UNITS", value_parser = clap::value_parser!(u32).range(0..=1000))]
        daily_limit: u32,
    },
    /// List all accounts
    List,
}

impl Config {
    /// Whether browsers come by HTTPS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// The key, when one was given: an empty variable is none.
    pub fn api_key(&self) -> Option<&str> {
        self.openai_api_key.as_deref().map(str::trim).filter(|key| !key.is_empty())
    }
}

fn database_url(text: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    match known {
        true => Ok(text.to_owned()),
        false => Err("must begin with sqlite:// or postgres://".to_owned()),
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    let url = base_url(text)?;
    match url.path() == "/" && url.query().is_none() {
        true => Ok(url),
        false => Err("must be a bare origin, for example https://interview.example.com".to_owned()),
    }
}

fn base_url(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("{error}"))?;
    match matches!(url.scheme(), "http" | "https") && url.has_host() {
        true => Ok(url),
        false => Err("must begin with http:// or https://".to_owned()),
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| "must be an address or a network such as 10.0.0.0/8".to_owned())
}

fn time_zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "is not an IANA time zone such as Asia/Seoul".to_owned())
}

fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.is_dir() {
        true => Ok(path),
        false => Err("is not a folder".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_refused() {
        let check = |arguments: &[&str]| {
            let arguments = ["daedap"].iter().chain(arguments);
            assert!(Cli::try_parse_from(arguments.clone()).is_err(), "{arguments:?}");
        };
        check(&["--database-url", "mysql://x"]);
        check(&["--addr", "localhost"]);
        check(&["--public-url", "interview.example.com"]);
        check(&["--public-url", "https://example.com/daedap"]);
        check(&["--daily-limit", "-1"]);
        check(&["--retention-max-days", "0"]);
        check(&["--time-zone", "Seoul"]);
        check(&["--trusted-proxies", "everybody"]);
        check(&["--openai-base-url", "file:///etc/passwd"]);
        check(&["--questions", "/nowhere"]);
    }
}
