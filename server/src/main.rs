//! The program `daedap`.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use server::config::{Cli, Command, QuestionsCommand};
use server::{migrate, serve, start, telemetry, users};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    telemetry::init();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("daedap: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Bad configuration is one line that says which value is wrong and why.
fn refuse(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        let text = error.to_string();
        eprintln!("daedap: {}", text.lines().next().unwrap_or_default().trim_start_matches("error: "));
        return ExitCode::from(2);
    }
    error.exit()
}

#[tokio::main]
async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(cli.config).await?,
        Command::Migrate => migrate(&cli.config).await?,
        Command::Questions(QuestionsCommand::Check { folder }) => {
            let sources = match folder {
                Some(folder) => domain::questions::read_directory(&folder)?,
                None => domain::questions::embedded(),
            };
            let findings = domain::questions::check(&sources);
            for finding in &findings {
                println!("{finding}");
            }
            println!("{} files, {} findings", sources.len(), findings.len());
            if !findings.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::User(command) => users::run(&start(&cli.config).await?, command).await?,
    }
    Ok(ExitCode::SUCCESS)
}
