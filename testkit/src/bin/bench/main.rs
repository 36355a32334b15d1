//! Prints what Daedap costs, each figure beside a floor that is measured in the same run: a bare axum server, or a direct call.

mod client;
mod documents;
mod floor;
mod load;
mod process;
mod table;
mod tokens;
mod visitor;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use axum::http::header::ACCEPT_ENCODING;
use clap::{Parser, Subcommand};
use domain::interview::{Band, InterviewerKind, InterviewerLabel, Mode, Status};
use domain::questions::{Field, Language, Level};
use sea_orm::{ActiveValue::Set, EntityTrait};
use testkit::Fixture;
use uuid::Uuid;

use crate::client::page;
use crate::process::Server;
use crate::table::Table;
use crate::visitor::Visitor;

/// Interviews in the history that is read.
const INTERVIEWS: usize = 1_000;
/// When an idle program's memory is looked at.
const IDLE: Duration = Duration::from_secs(10);
/// How often a start is timed.
const STARTS: usize = 5;
/// The person who is measured.
const NAME: &str = "bench";

/// What Daedap costs.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure this program.
    Run {
        #[arg(env = "DAEDAP_BINARY")]
        binary: PathBuf,
    },
    /// Serve nothing but one page of so many bytes: what everything is compared with.
    Floor {
        #[arg(long)]
        port: u16,
        #[arg(long)]
        bytes: usize,
    },
}

fn main() -> anyhow::Result<()> {
    let several = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The client takes one core at most, and leaves the rest to the server.
    let one = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match Arguments::parse().command {
        Command::Run { binary } => one.block_on(run(&binary)),
        Command::Floor { port, bytes } => several.block_on(floor::serve(port, bytes)),
    }
}

async fn run(binary: &Path) -> anyhow::Result<()> {
    let mut table = Table::new();
    let fixture = Fixture::sqlite(None).await;
    fixture.person(NAME).await;
    fill_history(&fixture).await.context("filling the history")?;

    starts(&mut table, binary, &fixture.url).await.context("timing starts")?;
    let daedap = Server::daedap(binary, &fixture.url, None).await?;
    let floor = Server::floor(1_024).await?;
    tokio::time::sleep(IDLE).await;
    table.add("memory when idle for 10 s", daedap.memory()?, floor.memory()?);
    drop(floor);

    let visitor = Visitor::sign_in(daedap.address, NAME).await?;
    throughput(&mut table, &daedap, "landing page", page("/")?).await?;
    throughput(&mut table, &daedap, "history of 1,000", visitor.get("/interviews")?).await?;
    table.note("memory after that", daedap.memory()?);
    drop(daedap);

    documents::measure(&mut table, binary).await.context("measuring documents")?;
    tokens::measure(&mut table, binary).await.context("measuring tokens")?;
    table.print();
    Ok(())
}

/// Interviews that were held long ago, one a day.
async fn fill_history(fixture: &Fixture) -> anyhow::Result<()> {
    let person = domain::accounts::service::find_by_name(&fixture.app, NAME).await?;
    let label =
        InterviewerLabel { kind: InterviewerKind::Builtin, model: None, version: "rules/1".to_owned() };
    let label = serde_json::to_value(label)?;
    let now = fixture.app.now();
    let rows: Vec<_> = (0..INTERVIEWS)
        .map(|number| {
            let started_at = now - chrono::Duration::days(i64::try_from(INTERVIEWS - number).unwrap_or(0));
            domain::entities::interview::ActiveModel {
                id: Set(Uuid::now_v7()),
                user_id: Set(person.id),
                request_id: Set(Uuid::now_v7()),
                field: Set(Field::ALL[number % 3].to_string()),
                topics: Set(serde_json::json!([])),
                level: Set(Level::Junior.to_string()),
                language: Set(Language::Korean.to_string()),
                mode: Set(Mode::Coaching.to_string()),
                question_count: Set(3),
                status: Set(Status::Finished.to_string()),
                interviewer: Set(label.clone()),
                position: Set(3),
                band: Set(Some(Band::ALL[number % 4].to_string())),
                draft: Set(String::new()),
                started_at: Set(started_at),
                finished_at: Set(Some(started_at + chrono::Duration::minutes(20))),
                paused_at: Set(None),
                paused_seconds: Set(0),
                retake_of: Set(None),
                chat_topic: Set(None),
                imported: Set(false),
            }
        })
        .collect();
    for some in rows.chunks(200) {
        domain::entities::interview::Entity::insert_many(some.to_vec())
            .exec_without_returning(fixture.app.database.writer())
            .await?;
    }
    Ok(())
}

/// From the start of the process to the first page: on a new database, and on one that is up to date.
async fn starts(table: &mut Table, binary: &Path, url: &str) -> anyhow::Result<()> {
    let (mut bare, mut new, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        bare.push(Server::floor(1_024).await?.start_took);
        let folder = tempfile::tempdir()?;
        let url_of_new = format!("sqlite://{}/daedap.db", folder.path().display());
        new.push(Server::daedap(binary, &url_of_new, None).await?.start_took);
        known.push(Server::daedap(binary, url, None).await?.start_took);
    }
    let bare = table::median(&mut bare);
    table.add("start to the first page", table::median(&mut known), bare);
    table.add("the same on a new database", table::median(&mut new), bare);
    Ok(())
}

/// How often a page can be had, against one of the same size that is only sent. Browsers take it compressed, so that is measured too.
async fn throughput(
    table: &mut Table,
    daedap: &Server,
    name: &str,
    request: client::Request,
) -> anyhow::Result<()> {
    let mut compressed = request.clone();
    compressed.headers_mut().insert(ACCEPT_ENCODING, "gzip, br".parse()?);
    for (name, request) in [(name.to_owned(), request), (format!("{name}, brotli"), compressed)] {
        let bytes = client::Connection::open(daedap.address).await?.page(request.clone()).await?.len();
        let floor = Server::floor(bytes).await?;
        let bare = load::run(&floor, &page("/")?, bytes).await.context("loading the floor")?;
        drop(floor);
        let own = load::run(daedap, &request, bytes).await.with_context(|| format!("loading {name}"))?;
        table.note(&format!("{name}: size"), table::Figure::Bytes(bytes as u64));
        table.add(&format!("{name}: rate"), own.rate, bare.rate);
        table.add(&format!("{name}: p50"), own.p50, bare.p50);
        table.add(&format!("{name}: p99"), own.p99, bare.p99);
        table.add(&format!("{name}: processor"), own.processor_time, bare.processor_time);
    }
    Ok(())
}
