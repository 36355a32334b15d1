//! The commands that look after accounts.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail};
use domain::accounts::{NewAccount, service};
use domain::admin::service::{self as admin, By};
use domain::tokens::{self, NewToken, TokenDays};
use domain::{App, Error, Problem, Reason, Role};

use crate::config::{Config, Units, UserCommand};
use crate::links;

/// Runs a command and prints what came of it.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn run(app: &App, config: &Config, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::CreateAdmin { username, email } => {
            let username = create_admin(app, username, email).await?;
            println!("{username} is an administrator now");
        }
        UserCommand::SetLimit { username, units, action } => {
            let account = find(app, &username).await?;
            let (units, told) = match units {
                Units::Own(units) => (units.to_string(), format!("{units} a day")),
                Units::Default => (String::new(), "what everybody may".to_owned()),
            };
            let set = admin::set_limit(app, By::CommandLine, account.id, action.as_str(), &units);
            set.await.map_err(explain)?;
            println!("{}: {action}: {told}", account.username);
        }
        UserCommand::SetRole { username, role } => {
            let account = find(app, &username).await?;
            admin::set_role(app, By::CommandLine, account.id, role).await.map_err(explain)?;
            println!("{} has the role {role} now", account.username);
        }
        UserCommand::Ban { username, reason } => {
            let account = find(app, &username).await?;
            admin::ban(app, By::CommandLine, account.id, &reason).await.map_err(explain)?;
            println!("{} is suspended now", account.username);
        }
        UserCommand::Unban { username } => {
            let account = find(app, &username).await?;
            admin::unban(app, By::CommandLine, account.id).await.map_err(explain)?;
            println!("{} may sign in again", account.username);
        }
        UserCommand::ResetLink { username } => {
            let account = find(app, &username).await?;
            let token = admin::reset_link(app, By::CommandLine, account.id).await.map_err(explain)?;
            println!("{}/reset/{token}", origin(config));
        }
        UserCommand::Delete { username, really } => {
            let account = find(app, &username).await?;
            if really.trim().to_lowercase() != account.username.to_lowercase() {
                bail!("--really names another account; nothing was deleted");
            }
            let receipt = admin::delete(app, By::CommandLine, account.id).await.map_err(explain)?;
            println!("{} is deleted, with everything of it", account.username);
            println!("{}/receipts/{receipt}", origin(config));
        }
        UserCommand::CreateToken { username, scope } => {
            let viewer = service::viewer_by_name(app, &username).await.map_err(explain)?;
            let new = NewToken {
                name: "daedap user create-token".to_owned(),
                scope: scope.to_string(),
                expiry: TokenDays::Seven.to_string(),
            };
            println!("{}", tokens::service::create(app, &viewer, new).await.map_err(explain)?.secret);
        }
        UserCommand::List => {
            for account in service::list(app).await.map_err(explain)? {
                let since = account.created_at.format("%Y-%m-%d");
                let banned = if account.is_banned { "\tsuspended" } else { "" };
                println!("{}\t{}\t{}\t{since}{banned}", account.username, account.email, account.role);
            }
        }
    }
    Ok(())
}

/// Prints an invitation link.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn invite(app: &App, config: &Config, days: &str) -> anyhow::Result<()> {
    let token = admin::invite(app, By::CommandLine, days).await.map_err(explain)?;
    println!("{}/register?invitation={token}", origin(config));
    Ok(())
}

fn origin(config: &Config) -> String {
    links::origin(config.public_url.as_ref(), config.address)
}

async fn find(app: &App, username: &str) -> anyhow::Result<service::AccountLine> {
    service::find_by_name(app, username).await.map_err(explain)
}

/// Makes an administrator and returns the name of the account.
async fn create_admin(app: &App, username: String, email: Option<String>) -> anyhow::Result<String> {
    let existing = match service::find_by_name(app, &username).await {
        Err(Error::Problem(Problem::NotFound)) => None,
        found => Some(found.map_err(explain)?),
    };
    if let Some(account) = existing {
        // Anybody can register a name: whoever says an address as well means the person who has it.
        if email.is_some_and(|email| email.trim().to_lowercase() != account.email.to_lowercase()) {
            bail!(
                "{} has another e-mail address; leave --email out if you mean this account",
                account.username
            );
        }
        service::set_role(app, account.id, Role::Admin).await.map_err(explain)?;
        return Ok(account.username);
    }
    let Some(email) = email else {
        bail!("there is no account {username:?}; a new one needs --email");
    };
    let password = read_password()?;
    let password_confirmation = password.clone();
    let account = NewAccount { username, email, password, password_confirmation, language: String::new() };
    let admin = service::create(app, account, Role::Admin).await.map_err(explain)?;
    Ok(admin.viewer.username)
}

fn read_password() -> anyhow::Result<String> {
    if let Ok(password) = std::env::var("DAEDAP_ADMIN_PASSWORD") {
        return Ok(password);
    }
    if std::io::stdin().is_terminal() {
        eprint!("Password (it will be shown): ");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn explain(error: Error) -> anyhow::Error {
    match error {
        Error::Problem(Problem::NotFound) => anyhow::anyhow!("there is no such account"),
        Error::Problem(Problem::Invalid { field, reason }) => {
            anyhow::anyhow!("{field} is invalid: {}", self::reason(reason))
        }
        Error::Problem(problem) => anyhow::anyhow!("{problem}"),
        Error::Internal(error) => error,
    }
}

/// Why an input was refused, for an operator.
fn reason(reason: Reason) -> String {
    match reason {
        Reason::Empty => "it is empty".to_owned(),
        Reason::TooShort { min } => format!("it needs at least {min} characters"),
        Reason::TooLong { max } => format!("it may have at most {max} characters"),
        Reason::TooCommon => "it is too common, or the user name itself".to_owned(),
        Reason::Malformed | Reason::Different | Reason::NotOffered | Reason::Wrong | Reason::NothingToAsk => {
            "it is not of the right form".to_owned()
        }
    }
}
