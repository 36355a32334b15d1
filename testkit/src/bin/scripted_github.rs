//! The scripted GitHub as a program, for journeys through the browser.

use anyhow::Context;
use clap::Parser;
use testkit::github::ScriptedGithub;
use tokio::io::AsyncReadExt;

/// A scripted GitHub on the loopback address.
#[derive(Debug, Parser)]
struct Arguments {
    /// 0 takes a free one, which is printed. `POST /_script {"name": …}` and `POST /_remaining {"remaining": …}` direct it.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// End when the parent closes the standard input, or ends.
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let github = ScriptedGithub::start_on(arguments.port).await.context("binding the port")?;
    println!("listening on {}", github.base_url());
    tokio::select! {
        served = github.serve_on() => served.context("serving"),
        () = standard_input_closes(), if arguments.until_stdin_closes => Ok(()),
    }
}

async fn standard_input_closes() {
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while matches!(input.read(&mut ignored).await, Ok(1..)) {}
}
