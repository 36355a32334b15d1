//! Reads one question file: TOML front matter between `+++` lines, then four sections by heading.

use serde::Deserialize;

use super::field::{Kind, Language, Level};
use super::question::{FollowUp, Point, Question, Sample};

/// Why a file is not a question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct ParseError {
    pub path: String,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    id: String,
    lang: Language,
    level: Level,
    kind: Kind,
    minutes: u32,
    #[serde(default)]
    tags: Vec<String>,
    sources: Vec<String>,
    rev: u32,
    #[serde(default)]
    point: Vec<Point>,
    #[serde(default)]
    follow: Vec<FollowUp>,
    #[serde(default)]
    sample: Vec<Sample>,
}

/// The four sections of a file in their order.
const SECTIONS: usize = 4;

fn headings(language: Language) -> [&'static str; SECTIONS] {
    match language {
        Language::Korean => ["질문", "의도", "모범 답안", "흔한 오해"],
        Language::English => ["Question", "Intent", "Model answer", "Common misconception"],
    }
}

/// Parses the text of the file at `path`, for example `database/dirty-read.en.md`.
///
/// Checks the form only: what the file says is checked by [`check`](super::check::check).
pub fn parse_question(path: &str, text: &str) -> Result<Question, ParseError> {
    parse(path, text).map_err(|reason| ParseError { path: path.to_owned(), reason })
}

fn parse(path: &str, text: &str) -> Result<Question, String> {
    let (id, language) = name_of(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (matter, body) = split_front_matter(&text)?;
    let matter: FrontMatter = toml::from_str(matter).map_err(|error| error.to_string().trim().to_owned())?;
    if matter.id != id {
        return Err(format!("the id `{}` differs from the path, which says `{id}`", matter.id));
    }
    if matter.lang != language {
        return Err(format!("`lang` is `{}` but the name of the file says `{language}`", matter.lang));
    }
    let [question, intent, model_answer, misconception] = split_sections(body, headings(language))?;
    Ok(Question {
        id: matter.id,
        rev: matter.rev,
        language,
        level: matter.level,
        kind: matter.kind,
        minutes: matter.minutes,
        tags: matter.tags,
        sources: matter.sources,
        points: matter.point,
        follow_ups: matter.follow,
        samples: matter.sample,
        question,
        intent,
        model_answer,
        misconception,
    })
}

/// The identifier and the language that a path stands for.
fn name_of(path: &str) -> Result<(String, Language), String> {
    const FORM: &str = "the path is not `<topic>/<slug>.<ko|en>.md`";
    let stem = path.strip_suffix(".md").ok_or(FORM)?;
    let (id, language) = stem.rsplit_once('.').ok_or(FORM)?;
    let language = language.parse().map_err(|_| FORM)?;
    let (topic, slug) = id.split_once('/').ok_or(FORM)?;
    if !is_slug(topic) || !is_slug(slug) {
        return Err(format!("{FORM} of lower case letters, digits and hyphens"));
    }
    Ok((id.to_owned(), language))
}

/// Whether a word is made of lower case letters, digits and single inner hyphens.
pub(super) fn is_slug(word: &str) -> bool {
    !word.is_empty()
        && word.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn split_front_matter(text: &str) -> Result<(&str, &str), String> {
    let rest = text.strip_prefix("+++\n").ok_or("the first line is not `+++`")?;
    let end = rest.find("\n+++\n").ok_or("no second `+++` line ends the front matter")?;
    Ok((&rest[..end], &rest[end + "\n+++\n".len()..]))
}

fn split_sections(body: &str, headings: [&str; SECTIONS]) -> Result<[String; SECTIONS], String> {
    let mut sections: [Option<String>; SECTIONS] = Default::default();
    let mut current = None;
    let mut in_code = false;
    for line in body.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if !in_code && let Some(heading) = line.strip_prefix("# ") {
            let heading = heading.trim();
            let index = headings
                .iter()
                .position(|known| *known == heading)
                .ok_or_else(|| format!("`# {heading}` is none of the headings {headings:?}"))?;
            if sections[index].is_some() {
                return Err(format!("`# {heading}` stands twice"));
            }
            sections[index] = Some(String::new());
            current = Some(index);
            continue;
        }
        match current.and_then(|index| sections[index].as_mut()) {
            Some(section) => {
                section.push_str(line);
                section.push('\n');
            }
            None if line.trim().is_empty() => {}
            None => return Err(format!("text before the first heading: `{}`", line.trim())),
        }
    }
    let mut texts: [String; SECTIONS] = Default::default();
    for (index, section) in sections.into_iter().enumerate() {
        let section = section.ok_or_else(|| format!("`# {}` is missing", headings[index]))?;
        let section = section.trim();
        if section.is_empty() {
            return Err(format!("`# {}` is empty", headings[index]));
        }
        texts[index] = section.to_owned();
    }
    Ok(texts)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::questions::{Depth, When};

    /// A valid English file, the one of the README.
    pub const DIRTY_READ_EN: &str = r##"+++
id = "database/dirty-read"
lang = "en"
level = "junior"
kind = "concept"
minutes = 4
tags = ["transaction", "isolation"]
sources = ["https://www.postgresql.org/docs/current/transaction-iso.html"]
rev = 1

[[point]]
id = "uncommitted"
weight = 3
must = true
say = "A dirty read sees data that another transaction has written but not committed."
accept = [
  ["read|see", "uncommitted|not committed"],
  ["before|prior", "commit", "other|another|concurrent"],
]

[[point]]
id = "rollback"
weight = 2
must = false
say = "If the writer rolls back, the reader has used data that never existed."
accept = [["rollback|roll back|abort|undo", "never existed|gone|wrong|invalid|disappear"]]

[[point]]
id = "level"
weight = 2
must = false
say = "Read committed and every stricter level prevents it."
accept = [["read committed", "prevent|avoid|forbid|stop"]]

[[follow]]
depth = "mechanism"
when = "missing:uncommitted"
ask = "What is the state of the data at the moment it is read?"

[[follow]]
depth = "failure"
when = "covered:uncommitted"
ask = "What goes wrong for the reader?"

[[follow]]
depth = "trade-off"
when = "always"
ask = "What does a stricter level cost?"

[[sample]]
text = "It means that I see a row another transaction has not committed yet."
expect = ["uncommitted"]

[[sample]]
text = "It is when you read something dirty from the database."
expect = []
+++

# Question

What is a dirty read, and which isolation level avoids it?

# Intent

The interviewer wants to know whether you can name the danger behind the word.

# Model answer

A dirty read happens when one transaction reads data that another transaction has written but not committed. If that
transaction is rolled back, the reader has used a value that never existed. The level read committed prevents it.

# Common misconception

Many think that it needs a crash. A plain rollback is enough.
"##;

    #[test]
    fn reads_a_whole_file() {
        let question = parse_question("database/dirty-read.en.md", DIRTY_READ_EN).expect("valid");
        assert_eq!(question.language, Language::English);
        assert_eq!(question.points.len(), 3);
        assert_eq!(question.points[0].accept[0], ["read|see", "uncommitted|not committed"]);
        assert_eq!(question.follow_ups[0].when, When::Missing("uncommitted".to_owned()));
        assert_eq!(question.follow_ups[2].depth, Depth::Tradeoff);
        assert!(question.question.starts_with("What is") && question.question.ends_with("avoids it?"));
        assert!(question.misconception.ends_with("enough."));
    }

    #[test]
    fn windows_line_ends_change_nothing() {
        let windows = format!("\u{feff}{}", DIRTY_READ_EN.replace('\n', "\r\n"));
        assert_eq!(
            parse_question("database/dirty-read.en.md", &windows),
            parse_question("database/dirty-read.en.md", DIRTY_READ_EN)
        );
    }

    #[track_caller]
    fn check_error(path: &str, text: &str, expected: &str) {
        let error = parse_question(path, text).expect_err("must be refused").to_string();
        assert!(error.starts_with(path), "{error}");
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn says_what_is_wrong() {
        let path = "database/dirty-read.en.md";
        check_error("dirty-read.en.md", DIRTY_READ_EN, "the path is not");
        check_error("database/dirty-read.md", DIRTY_READ_EN, "the path is not");
        check_error("database/Dirty.en.md", DIRTY_READ_EN, "the path is not");
        check_error("database/other.en.md", DIRTY_READ_EN, "differs from the path");
        check_error("database/dirty-read.ko.md", DIRTY_READ_EN, "the name of the file says");
        check_error(path, "# Question\n", "first line");
        check_error(path, "+++\nid = 1\n", "second `+++`");
        check_error(path, &DIRTY_READ_EN.replace("rev = 1", "rev = 1\ncolour = 2"), "colour");
        check_error(path, &DIRTY_READ_EN.replace("weight = 3", "weight = 3\nheavy = true"), "heavy");
        check_error(path, &DIRTY_READ_EN.replace("\"junior\"", "\"guru\""), "guru");
        check_error(path, &DIRTY_READ_EN.replace("\"always\"", "\"sometimes\""), "sometimes");
        check_error(path, &DIRTY_READ_EN.replace("# Intent", "# Intention"), "`# Intention` is none of");
        check_error(path, &DIRTY_READ_EN.replace("# Intent\n", ""), "`# Intent` is missing");
        check_error(path, &format!("{DIRTY_READ_EN}# Intent\nagain\n"), "stands twice");
    }

    #[test]
    fn a_heading_in_a_code_block_is_text() {
        let text = DIRTY_READ_EN.replace("Many think", "```\n# Intent\n```\n\nMany think");
        assert!(
            parse_question("database/dirty-read.en.md", &text)
                .expect("valid")
                .misconception
                .contains("# Intent")
        );
    }
}
