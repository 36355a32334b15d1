//! GitHub's answers, cut to what is kept of them. All of it was written by others: texts are shortened, and names that lead into an
//! address are checked.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::files::{Files, count};

/// Most things of a kind that one answer holds: GitHub's own maximum for a page.
pub const PAGE: usize = 100;

const NAME_MAX: usize = 100;
const DESCRIPTION_MAX: usize = 300;
const TOPICS_MAX: usize = 20;
const LANGUAGES_MAX: usize = 100;
/// Most files of a tree that are looked at: as many as GitHub tells of one.
const FILES_MAX: usize = 100_000;

/// An account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub login: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub html_url: String,
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub public_repos: u32,
    #[serde(default)]
    pub followers: u32,
}

/// A repository in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    pub name: String,
    #[serde(default)]
    pub html_url: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub fork: bool,
    #[serde(default)]
    pub archived: bool,
    #[serde(default)]
    pub is_template: bool,
    #[serde(default)]
    pub stargazers_count: u32,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub default_branch: Option<String>,
    #[serde(default)]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub pushed_at: Option<DateTime<Utc>>,
}

/// Something that an account did in public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    #[serde(rename = "type")]
    pub kind: String,
    pub created_at: DateTime<Utc>,
    #[serde(default)]
    pub repo: Place,
}

/// Where it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    #[serde(default)]
    pub name: String,
}

/// Bytes by language.
pub type LanguageMap = BTreeMap<String, u64>;

/// One line of at most so many characters, without what turns letters around or cannot be seen.
pub fn line(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let visible = |character: &char| !character.is_control() && !is_invisible(*character);
    let line: String = words.join(" ").chars().filter(visible).collect();
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// Marks that change the direction of text, or that nobody sees.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn optional_line(text: Option<String>, most: usize) -> Option<String> {
    text.map(|text| line(&text, most)).filter(|text| !text.is_empty())
}

/// The address of a page, if it is one that a browser may be led to.
fn page(url: &str) -> String {
    let fits = |url: &reqwest::Url| url.scheme() == "https" && url.has_host();
    reqwest::Url::parse(url).ok().filter(fits).map(String::from).unwrap_or_default()
}

/// Whether a name of a repository is one segment of an address: letters of ASCII, digits, `-`, `_` and `.`.
fn is_repository(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !name.is_empty() && name.len() <= NAME_MAX && name.bytes().all(fits) && name != "." && name != ".."
}

pub fn account(body: &[u8]) -> Option<Account> {
    let account: Account = serde_json::from_slice(body).ok()?;
    Some(Account {
        login: line(&account.login, NAME_MAX),
        name: optional_line(account.name, NAME_MAX),
        html_url: page(&account.html_url),
        ..account
    })
}

/// The repositories of a page. One that cannot be read, or is nobody's to see, is left out.
pub fn repositories(body: &[u8]) -> Option<Vec<Listed>> {
    let listed: Vec<Value> = serde_json::from_slice(body).ok()?;
    let listed = listed.into_iter().take(PAGE).filter_map(|value| serde_json::from_value(value).ok());
    let public = listed.filter(|one: &Listed| !one.private && is_repository(&one.name));
    Some(public.map(tidy).collect())
}

fn tidy(listed: Listed) -> Listed {
    let topics = listed.topics.iter().take(TOPICS_MAX).map(|topic| line(topic, NAME_MAX));
    Listed {
        html_url: page(&listed.html_url),
        description: optional_line(listed.description, DESCRIPTION_MAX),
        language: optional_line(listed.language, NAME_MAX),
        topics: topics.filter(|topic| !topic.is_empty()).collect(),
        default_branch: listed
            .default_branch
            .filter(|branch| !branch.is_empty() && line(branch, 255) == *branch),
        ..listed
    }
}

pub fn events(body: &[u8]) -> Option<Vec<Event>> {
    let events: Vec<Value> = serde_json::from_slice(body).ok()?;
    let events = events.into_iter().take(PAGE).filter_map(|value| serde_json::from_value(value).ok());
    let tidy = |event: Event| Event {
        kind: line(&event.kind, NAME_MAX),
        repo: Place { name: line(&event.repo.name, 2 * NAME_MAX) },
        ..event
    };
    Some(events.map(tidy).collect())
}

pub fn languages(body: &[u8]) -> Option<LanguageMap> {
    let languages: BTreeMap<String, u64> = serde_json::from_slice(body).ok()?;
    let tidy = |(language, bytes): (String, u64)| (line(&language, NAME_MAX), bytes.min(1 << 50));
    let named =
        languages.into_iter().map(tidy).filter(|(language, bytes)| !language.is_empty() && *bytes > 0);
    Some(named.take(LANGUAGES_MAX).collect())
}

pub fn files(body: &[u8]) -> Option<Files> {
    #[derive(Deserialize)]
    struct Tree {
        tree: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        path: String,
        #[serde(default)]
        size: Option<u64>,
    }
    // Folders have no size.
    let tree: Tree = serde_json::from_slice(body).ok()?;
    let files = tree.tree.iter().take(FILES_MAX);
    Some(count(files.filter_map(|entry| Some((entry.path.as_str(), entry.size?)))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_short_and_holds_nothing_hidden() {
        assert_eq!(line("  a \n b\t c ", 10), "a b c");
        assert_eq!(line("\u{202e}evil\u{2066}\u{7}\u{0}", 10), "evil");
        assert_eq!(line(&"가".repeat(20), 5), "가가가가가…");
        assert_eq!(line("word word", 5), "word…");
    }

    #[test]
    fn what_is_no_name_or_not_public_is_no_repository() {
        let names = |list: Value| -> Option<Vec<String>> {
            let found = repositories(&serde_json::to_vec(&list).expect("JSON"))?;
            Some(found.into_iter().map(|listed| listed.name).collect())
        };
        let list = json!([
            { "name": "queue", "html_url": "https://github.com/mina/queue", "owner": { "login": "mina" } },
            { "name": "../../user" },
            { "name": ".." },
            { "name": "a/b" },
            { "name": "" },
            { "name": "secret", "private": true },
            { "name": "wrong", "stargazers_count": "many" },
            { "no": "name" },
            7,
        ]);
        assert_eq!(names(list), Some(vec!["queue".to_owned()]));
        assert_eq!(names(json!({ "message": "Not Found" })), None);
        assert_eq!(repositories(b"<html>"), None);
    }

    #[test]
    fn a_page_is_one_that_a_browser_may_open() {
        assert_eq!(page("https://github.com/mina"), "https://github.com/mina");
        for wrong in [
            "javascript:alert(1)",
            "http://github.com/mina",
            "data:text/html,x",
            "//github.com",
            "",
            "file:///etc/passwd",
        ] {
            assert_eq!(page(wrong), "", "{wrong}");
        }
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was() {
        let body = json!([{ "name": "q", "topics": ["rust", " "], "description": " a  queue ", "size": 3 }]);
        let found = repositories(&serde_json::to_vec(&body).expect("JSON")).expect("a page");
        let kept = serde_json::to_value(&found).expect("JSON");
        assert_eq!(serde_json::from_value::<Vec<Listed>>(kept).expect("as it was"), found);
        assert_eq!(found[0].topics, ["rust"]);
        assert_eq!(found[0].description.as_deref(), Some("a queue"));
    }

    #[test]
    fn languages_are_bytes_by_name() {
        let expected = LanguageMap::from([("Rust".to_owned(), 10)]);
        assert_eq!(languages(br#"{"Rust": 10, "Shell": 0, " ": 5}"#), Some(expected));
        assert_eq!(languages(br#"{"Rust": -1}"#), None);
        assert_eq!(languages(b"[]"), None);
    }
}
