//! The scripted model server as a program, for journeys through the browser and for the bench.

use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use testkit::upstream::{Script, ScriptedUpstream};
use tokio::io::AsyncReadExt;

/// A scripted model server on the loopback address.
#[derive(Debug, Parser)]
struct Arguments {
    /// 0 takes a free one, which is printed.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The script of every call. `POST /_script {"name": …}` changes it.
    #[arg(long, default_value = "natural", value_parser = clap::builder::PossibleValuesParser::new(Script::NAMES))]
    script: String,
    /// Pause before each token, on top of the script.
    #[arg(long)]
    token_delay_ms: Option<u64>,
    /// End when the parent closes the standard input, or ends.
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut script = Script::named(&arguments.script).context("no such script")?;
    if let Some(delay) = arguments.token_delay_ms {
        script = script.token_delay(Duration::from_millis(delay));
    }
    let upstream = ScriptedUpstream::start_on(arguments.port).await.context("binding the port")?;
    upstream.always(script);
    println!("listening on {}", upstream.base_url());
    tokio::select! {
        served = upstream.serve_on() => served.context("serving"),
        () = standard_input_closes(), if arguments.until_stdin_closes => Ok(()),
    }
}

async fn standard_input_closes() {
    let mut input = tokio::io::stdin();
    let mut ignored = [0; 1024];
    while matches!(input.read(&mut ignored).await, Ok(1..)) {}
}
