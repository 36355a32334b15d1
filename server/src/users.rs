//! The commands that look after accounts.

use std::io::{BufRead, IsTerminal};

use anyhow::Context;
use domain::accounts::{NewAccount, service};
use domain::quotas::{self, LimitedAction};
use domain::{App, Error, Problem, Role};

use crate::config::UserCommand;

/// Runs a command and prints what came of it.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn run(app: &App, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::CreateAdmin { username, email } => {
            let password = read_password()?;
            let account = NewAccount {
                username,
                email,
                password_confirmation: password.clone(),
                password,
                language: String::new(),
            };
            let admin = service::create(app, account, Role::Admin).await.map_err(explain)?;
            println!("{} is an administrator now", admin.viewer.username);
        }
        UserCommand::SetLimit { username, daily_limit } => {
            let account = service::find_by_name(app, &username).await.map_err(explain)?;
            quotas::service::set_limit(app, account.id, LimitedAction::Interview, daily_limit)
                .await
                .map_err(explain)?;
            println!("{} may start {daily_limit} interviews a day now", account.username);
        }
        UserCommand::List => {
            for account in service::list(app).await.map_err(explain)? {
                let since = account.created_at.format("%Y-%m-%d");
                println!("{}\t{}\t{}\t{since}", account.username, account.email, account.role);
            }
        }
    }
    Ok(())
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
        Error::Problem(problem) => anyhow::anyhow!("{problem}"),
        Error::Internal(error) => error,
    }
}
