//! `daedap questions check`: says what is wrong with the questions of the bank, or of a folder.

use std::path::Path;

use anyhow::Context;
use domain::questions::{
    Bank, Language, Question, check as findings, copied, embedded, limit, pairs, read_directory,
};

/// Prints the findings, and says whether there are none.
///
/// # Errors
/// When a folder cannot be read.
pub fn check(folder: Option<&Path>, corpus: Option<&Path>, nearest: u32) -> anyhow::Result<bool> {
    let sources = match folder {
        Some(folder) => read_directory(folder)?,
        None => embedded(),
    };
    let mut found = findings(&sources);
    if let Some(corpus) = corpus {
        found.extend(copied(&sources, corpus).context("cannot read the corpus (--corpus)")?);
        found.sort();
    }
    for finding in &found {
        println!("{finding}");
    }
    println!("{} files, {} findings", sources.len(), found.len());
    // A folder with faults may be no whole bank.
    if let Ok(bank) = Bank::from_sources(&sources)
        && nearest > 0
    {
        let questions: Vec<&Question> = bank.all().map(AsRef::as_ref).collect();
        for &language in Language::ALL {
            println!("{language}: {:.2} counts as one question", limit(language));
            for pair in pairs(&questions, language, 0.0).iter().take(nearest as usize) {
                println!("  {:.3} {} / {}", pair.alike, pair.one.id, pair.other.id);
            }
        }
    }
    Ok(found.is_empty())
}
