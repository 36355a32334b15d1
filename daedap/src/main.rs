//! The program `daedap`.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};
use server::config::{Cli, Command, QuestionsCommand};
use server::{
    backup, in_use, migrate, parse_document, questions, score_check, serve, start, telemetry, users,
};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    if matches!(cli.command, Some(Command::ParseDocument)) {
        return parse_document::run();
    }
    telemetry::init();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("daedap: {}", one_line(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}

/// Bad configuration is one line that says which value is wrong and why.
fn refuse(error: &clap::Error) -> ExitCode {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        error.exit();
    }
    eprintln!("daedap: {}", one_line(&wrong_value(error)));
    ExitCode::from(2)
}

/// The setting by both of its names, its value unless it is secret, and the reason.
fn wrong_value(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    let argument = text(ContextKind::InvalidArg);
    let mut command = Cli::command();
    command.build();
    let known = command.get_arguments().find(|known| known.to_string() == argument);
    let environment = known.and_then(|known| known.get_env()).map(|name| name.to_string_lossy());
    let name = match environment {
        Some(environment) => format!("{argument} or {environment}"),
        None => argument.to_owned(),
    };
    let value = match known.is_some_and(|known| known.is_hide_env_values_set()) {
        true => "the value".to_owned(),
        false => format!("{:?}", text(ContextKind::InvalidValue)),
    };
    let reason =
        std::error::Error::source(error).map_or("it is missing".to_owned(), |reason| reason.to_string());
    format!("wrong {name}: {value}: {reason}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::main]
async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let command = cli.command.unwrap_or(Command::Serve);
    // Held to the end: a restore takes the database from nobody who uses it.
    let _in_use = match command {
        Command::Restore { .. } | Command::Questions(_) => None,
        _ => in_use::share(&cli.config.database_url)?,
    };
    match command {
        Command::Serve => serve(cli.config, app::pages()).await?,
        Command::Migrate => migrate(&cli.config).await?,
        // It needs nothing of what stands here, and has ended already.
        Command::ParseDocument => {}
        Command::Openapi => println!("{:#}", server::openapi()),
        Command::Questions(QuestionsCommand::Check { folder, corpus, nearest }) => {
            if !questions::check(folder.as_deref(), corpus.as_deref(), nearest)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Backup { file } => backup::back_up(&cli.config, &file).await?,
        Command::Restore { file } => backup::restore(&cli.config, &file).await?,
        Command::ScoreCheck(command) => {
            let app = start(&cli.config).await?;
            let held = score_check::run(&app, &command).await;
            // The last calls are still being counted.
            app.tasks.close();
            app.tasks.wait().await;
            if !held? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::User(command) => users::run(&start(&cli.config).await?, &cli.config, command).await?,
        Command::Invite { days } => users::invite(&start(&cli.config).await?, &cli.config, &days).await?,
    }
    Ok(ExitCode::SUCCESS)
}
