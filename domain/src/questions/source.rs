//! A file of the question bank as text, wherever it was read from.

use std::borrow::Cow;
use std::path::Path;
use std::{fs, io};

/// One file: its path below the root of the bank, with forward slashes, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub path: String,
    pub text: Cow<'static, str>,
}

impl Source {
    /// A file of that path and text.
    pub fn new(path: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// A description of the bank for people rather than a part of it.
    pub fn is_note(&self) -> bool {
        self.path.rsplit('/').next() == Some("README.md")
    }

    /// The list of topics rather than a question.
    pub fn is_topics(&self) -> bool {
        self.path == "topics.toml"
    }
}

const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/questions_files.rs"));

/// The bank that was compiled in.
pub fn embedded() -> Vec<Source> {
    EMBEDDED.iter().map(|&(path, text)| Source::new(path, text)).collect()
}

/// Reads every `.md` and `.toml` file below `root`, in the order of their paths.
pub fn read_directory(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    read_folder(root, "", &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn read_folder(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), sources)?;
        } else if name.ends_with(".md") || name.ends_with(".toml") {
            let text = fs::read_to_string(entry.path())
                .map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?;
            sources.push(Source::new(path, text));
        }
    }
    Ok(())
}
