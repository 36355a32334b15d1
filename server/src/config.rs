//! What an operator can set: by option or by environment, checked before anything starts.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use domain::Role;
use domain::quotas::LimitedAction;
use domain::tokens::Scope;
use domain::usage::{PriceError, Prices};
use http::HeaderValue;
use ipnet::IpNet;
use url::Url;

use crate::mail_settings::MailSettings;
use crate::oauth::LoginSettings;

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

    /// Other sites whose pages may call the API, as origins separated by commas, for example https://app.example.com
    #[arg(long, env = "DAEDAP_CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin, global = true)]
    pub cors_origins: Vec<HeaderValue>,

    /// Calls of the API that an account may make a minute
    #[arg(long, env = "DAEDAP_API_RATE", default_value = "600", value_name = "CALLS", value_parser = rate, global = true)]
    pub api_rate: NonZeroU32,

    /// Interviews that a person may start a day
    #[arg(long, env = "DAEDAP_DAILY_LIMIT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=1000), global = true)]
    pub daily_limit: u32,

    /// Messages that a person may send to the chat of the API a day
    #[arg(long, env = "DAEDAP_CHAT_LIMIT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(0..=1000), global = true)]
    pub chat_limit: u32,

    /// Drafts and readings of cover letters that a person may ask the model for a day
    #[arg(long, env = "DAEDAP_LETTER_LIMIT", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=1000), global = true)]
    pub letter_limit: u32,

    /// Days after which everybody's interviews are deleted; administrators may set fewer. Without it each person decides, unless they do
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

    #[command(flatten)]
    pub logins: LoginSettings,

    #[command(flatten)]
    pub mail: MailSettings,
    /// What models cost, in US dollars per million prompt and completion tokens, for example gpt-4.1-mini=0.40/1.60,other=0.10/0.20
    #[arg(
        long,
        env = "DAEDAP_MODEL_PRICES",
        default_value = "",
        hide_default_value = true,
        value_name = "MODEL=PROMPT/COMPLETION",
        value_parser = model_prices,
        global = true
    )]
    pub model_prices: Prices,
    /// Name of the model that reads replies of the chat aloud; without it `espeak-ng` does, where it is installed
    #[arg(long, env = "OPENAI_SPEECH_MODEL", value_name = "NAME", global = true)]
    pub speech_model: Option<String>,

    /// Voice of that model
    #[arg(long, env = "OPENAI_SPEECH_VOICE", value_name = "NAME", global = true)]
    pub speech_voice: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve Daedap (the default)
    Serve,
    /// Bring the database up to date and end; `serve` does so by itself
    Migrate,
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Look after the question bank
    #[command(subcommand)]
    Questions(QuestionsCommand),
    /// Look after accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Print an invitation link, for one account while registration is by invitation
    Invite {
        /// How many days it works
        #[arg(long, value_name = "DAYS", default_value = "7", value_parser = ["1", "7", "30"])]
        days: String,
    },
    /// Copy the database into a new file, also while it is in use
    Backup {
        /// The file, which must not exist yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put a backup in the place of the database, which no program may use meanwhile
    Restore {
        /// A file that `backup` made
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Read a document from standard input, within hard limits, and write its text as JSON: how `serve` reads files
    #[command(hide = true)]
    ParseDocument,
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
    /// Set how often a person may do something a day
    SetLimit {
        #[arg(value_name = "USER NAME")]
        username: String,
        /// A number from 0 to 1000, or `default` for what holds for everybody
        #[arg(value_name = "UNITS", value_parser = units)]
        units: Units,
        /// What is limited
        #[arg(long, value_name = "ACTION", default_value = "interview", value_parser = action)]
        action: LimitedAction,
    },
    /// Give an account another role: member or admin
    SetRole {
        #[arg(value_name = "USER NAME")]
        username: String,
        #[arg(value_name = "ROLE", value_parser = role)]
        role: Role,
    },
    /// Suspend an account: its sessions and tokens end, and nobody signs in to it
    Ban {
        #[arg(value_name = "USER NAME")]
        username: String,
        /// Why, for other administrators
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Let a suspended account in again
    Unban {
        #[arg(value_name = "USER NAME")]
        username: String,
    },
    /// Print a link by which a person chooses a new password within 24 hours
    ResetLink {
        #[arg(value_name = "USER NAME")]
        username: String,
    },
    /// Delete an account and everything of it, for good
    Delete {
        #[arg(value_name = "USER NAME")]
        username: String,
        /// The user name once more
        #[arg(long, value_name = "USER NAME")]
        really: String,
    },
    /// Make an API token for somebody, good for a week, and print it
    CreateToken {
        #[arg(value_name = "USER NAME")]
        username: String,
        /// How far it reaches
        #[arg(long, default_value = "read", value_parser = scope)]
        scope: Scope,
    },
    /// List all accounts
    List,
}

/// A daily limit as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// What holds for everybody.
    Default,
    Own(u32),
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

/// An origin exactly as browsers send it.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let text = text.trim();
    let wrong = || "must be a bare origin in lower case, for example https://app.example.com".to_owned();
    let url: Url = text.parse().map_err(|_| wrong())?;
    let exact = matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text;
    if exact { HeaderValue::try_from(text).map_err(|_| wrong()) } else { Err(wrong()) }
}

fn scope(text: &str) -> Result<Scope, String> {
    text.parse().map_err(|_| "must be read, write or account".to_owned())
}

fn rate(text: &str) -> Result<NonZeroU32, String> {
    let number: Option<NonZeroU32> = text.parse().ok();
    number.filter(|number| number.get() <= 1_000_000).ok_or("must be from 1 to 1000000".to_owned())
}

fn time_zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "is not an IANA time zone such as Asia/Seoul".to_owned())
}

fn units(text: &str) -> Result<Units, String> {
    if text == "default" {
        return Ok(Units::Default);
    }
    match text.parse() {
        Ok(units @ 0..=1000) => Ok(Units::Own(units)),
        _ => Err("must be a number from 0 to 1000, or `default`".to_owned()),
    }
}

fn action(text: &str) -> Result<LimitedAction, String> {
    text.parse().map_err(|_| format!("must be one of: {}", words(LimitedAction::ALL)))
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| format!("must be one of: {}", words(Role::ALL)))
}

fn words<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn model_prices(text: &str) -> Result<Prices, PriceError> {
    text.parse()
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
        check(&["--chat-limit", "many"]);
        check(&["--letter-limit", "1001"]);
        check(&["--retention-max-days", "0"]);
        check(&["--time-zone", "Seoul"]);
        check(&["user", "set-limit", "mina", "5", "--action", "sleep"]);
        check(&["--trusted-proxies", "everybody"]);
        check(&["--cors-origins", "*"]);
        check(&["--cors-origins", "https://app.example.com/"]);
        check(&["--cors-origins", "https://app.example.com,app.example.org"]);
        check(&["--api-rate", "0"]);
        check(&["--openai-base-url", "file:///etc/passwd"]);
        check(&["--questions", "/nowhere"]);
        check(&["user", "set-limit", "mina", "-1"]);
        check(&["user", "set-limit", "mina", "1001"]);
        check(&["user", "set-limit", "mina", "5", "--action", "everything"]);
        check(&["user", "set-role", "mina", "owner"]);
        check(&["user", "ban", "mina"]);
        check(&["invite", "--days", "365"]);
        check(&["--model-prices", "gpt-4.1-mini"]);
    }
}
