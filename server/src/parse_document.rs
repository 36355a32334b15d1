//! `daedap parse-document`: the process that reads a file of somebody. It takes the file from its standard input and writes JSON to its
//! standard output. Before it looks at a byte it gives up everything that reading does not need.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use domain::documents::{self, FILE_MAX, Reader, UNLIMITED};

/// The word that makes the program do this and nothing else.
pub const COMMAND: &str = "parse-document";

/// This program, in a process of its own for every file.
pub fn reader() -> Reader {
    // Also when the file was replaced by a newer one meanwhile.
    let running = PathBuf::from("/proc/self/exe");
    let program = match running.exists() {
        true => running,
        false => std::env::current_exe().unwrap_or_else(|_| "daedap".into()),
    };
    Reader::process(program, &[COMMAND])
}

/// Reads the file, within its limits.
pub fn run() -> ExitCode {
    if let Err(error) = limit() {
        eprintln!("daedap: cannot limit itself: {error}");
        return UNLIMITED.into();
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(u64::from(FILE_MAX) + 1).read_to_end(&mut bytes);
    let written = read.and_then(|_| writeln!(std::io::stdout().lock(), "{}", documents::answer(bytes)));
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Leaves so much memory and so much of a core, and no files, no other processes and no picture of the memory in a crash.
#[cfg(unix)]
fn limit() -> std::io::Result<()> {
    use documents::{CORE_SECONDS, MEMORY_MAX};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let to = |resource: Resource, most: u64| -> std::io::Result<()> {
        let given = getrlimit(resource).maximum.map_or(most, |given| given.min(most));
        Ok(setrlimit(resource, Rlimit { current: Some(given), maximum: Some(given) })?)
    };
    to(Resource::As, MEMORY_MAX)?;
    to(Resource::Cpu, CORE_SECONDS.into())?;
    to(Resource::Core, 0)?;
    to(Resource::Fsize, 0)?;
    to(Resource::Nproc, 0)?;
    // Its three pipes are open already.
    to(Resource::Nofile, 3)
}

/// Here the time alone is limited, by whoever waits.
#[cfg(not(unix))]
fn limit() -> std::io::Result<()> {
    Ok(())
}
