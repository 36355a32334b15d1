//! Whether a bank has words in a row that a text of somebody else's has, too.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use unicode_normalization::UnicodeNormalization;

use super::Finding;
use super::parse::parse_question;
use super::source::Source;

/// So many words in a row are no coincidence.
const RUN: usize = 8;
/// Bytes of a file of the corpus beyond which it is hardly text.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// A run of words in the bank.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The file, by its place in the list.
    source: usize,
    /// The first word of the run, by its place in the file.
    word: usize,
}

/// The words of the bank, and where each run of them begins.
struct Runs {
    paths: Vec<String>,
    words: Vec<Vec<String>>,
    /// By the run itself, so that two different ones never count as one.
    places: HashMap<String, Vec<Place>>,
}

/// Finds every run of eight words that a file of the bank shares with a text file below `corpus`. Case, punctuation and how letters are
/// put together do not matter. Each file of the bank is told once for each file of the corpus, with the first words.
///
/// # Errors
/// When a folder cannot be read.
pub fn copied(sources: &[Source], corpus: &Path) -> io::Result<Vec<Finding>> {
    let runs = Runs::of(sources);
    let mut findings = Vec::new();
    for file in files(corpus)? {
        if fs::metadata(&file)?.len() > FILE_MAX {
            continue;
        }
        let bytes = fs::read(&file)?;
        // What is no text has no words of anybody.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let name = file.strip_prefix(corpus).unwrap_or(&file).display().to_string();
        findings.extend(runs.shared_with(&text, &name));
    }
    findings.sort();
    Ok(findings)
}

impl Runs {
    fn of(sources: &[Source]) -> Self {
        let mut runs = Self { paths: Vec::new(), words: Vec::new(), places: HashMap::new() };
        for source in sources.iter().filter(|source| !source.is_topics() && !source.is_note()) {
            let Ok(question) = parse_question(&source.path, &source.text) else { continue };
            let points = question.points.iter().map(|point| point.say.as_str());
            let follow_ups = question.follow_ups.iter().map(|follow| follow.ask.as_str());
            let samples = question.samples.iter().map(|sample| sample.text.as_str());
            let passages = [
                question.question.as_str(),
                &question.intent,
                &question.model_answer,
                &question.misconception,
            ];
            let place = runs.paths.len();
            runs.paths.push(source.path.clone());
            let mut all = Vec::new();
            // A run ends with its passage.
            for passage in passages.into_iter().chain(points).chain(follow_ups).chain(samples) {
                let words = words(passage);
                for (word, run) in words.windows(RUN).enumerate() {
                    let place = Place { source: place, word: all.len() + word };
                    runs.places.entry(run.join(" ")).or_default().push(place);
                }
                all.extend(words);
            }
            runs.words.push(all);
        }
        runs
    }

    fn shared_with(&self, text: &str, name: &str) -> Vec<Finding> {
        let words = words(text);
        // For each file of the bank where its first shared run begins, and how many words are shared in a row from there.
        let mut found: HashMap<usize, (usize, usize)> = HashMap::new();
        for (at, run) in words.windows(RUN).enumerate() {
            let Some(places) = self.places.get(&run.join(" ")) else { continue };
            for place in places {
                found.entry(place.source).or_insert_with(|| {
                    let own = &self.words[place.source][place.word..];
                    let shared = own.iter().zip(&words[at..]).take_while(|(a, b)| a == b).count();
                    (place.word, shared)
                });
            }
        }
        let finding = |(source, (first, shared)): (usize, (usize, usize))| {
            let run = self.words[source][first..first + shared].join(" ");
            Finding {
                path: self.paths[source].clone(),
                message: format!("{shared} words in a row stand in `{name}`, too: `{run}`"),
            }
        };
        found.into_iter().map(finding).collect()
    }
}

/// The words of a text: runs of letters and digits, in lower case.
fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Every file below a folder, in the order of their paths. Links are not followed: they may lead round in a circle.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::parse::tests::DIRTY_READ_EN;

    fn found(text: &str) -> Vec<Finding> {
        let source = Source::new("database/dirty-read.en.md", DIRTY_READ_EN);
        Runs::of(&[source]).shared_with(text, "theirs.txt")
    }

    #[test]
    fn eight_words_in_a_row_are_told_with_their_file() {
        let theirs =
            "As they say: A DIRTY read - happens when\none transaction reads “data” that is not theirs.";
        let findings = found(theirs);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].path, "database/dirty-read.en.md");
        let words = "a dirty read happens when one transaction reads data that";
        assert_eq!(findings[0].message, format!("10 words in a row stand in `theirs.txt`, too: `{words}`"));
    }

    #[test]
    fn seven_words_are_not_told() {
        assert!(found("A dirty read happens when one transaction").is_empty());
        assert!(found("").is_empty());
        // The end of one passage and the beginning of the next are no run.
        assert!(found("which isolation level avoids it the interviewer wants to").is_empty());
    }

    #[test]
    fn korean_counts_by_its_words_however_it_is_encoded() {
        let text = "더티 리드는 한 트랜잭션이 아직 커밋되지 않은 다른 트랜잭션의 데이터를 읽는 현상입니다.";
        let decomposed: String = text.nfd().collect();
        assert_eq!(words(text), words(&decomposed));
        assert_eq!(words(text).len(), 12);
    }

    #[test]
    fn a_corpus_is_read_with_its_folders_and_what_is_no_text_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("inner")).expect("made");
        let theirs = "What is a dirty read, and which isolation level avoids it?";
        fs::write(folder.path().join("inner/theirs.md"), theirs).expect("written");
        fs::write(folder.path().join("picture.png"), [0xff, 0xfe, 0x00]).expect("written");
        let source = Source::new("database/dirty-read.en.md", DIRTY_READ_EN);
        let findings = copied(&[source], folder.path()).expect("read");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("`inner/theirs.md`"), "{findings:?}");
        assert!(copied(&[], &folder.path().join("nowhere")).is_err());
    }
}
