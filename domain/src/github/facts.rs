//! What is true of somebody's repositories, as sentences that a question can cite.

use super::{Fact, FactKind, FileShare, Profile, Repository, RepositoryFlag};

/// Languages below this share of a repository are not named.
const NAMED_SHARE: f64 = 0.05;
/// Most languages of a repository that are named.
const NAMED_MAX: usize = 3;
/// Stars that are worth a word.
const STARS_MIN: u32 = 10;
/// Longest quote of a README, in characters.
const QUOTE_MAX: usize = 160;
/// Kinds of files below this share are not worth a word.
const FILES_SHARE: f64 = 0.2;

/// The facts of a profile: of what was pushed to last first. Nothing is said of copies of others' work, nor of what is made to be copied.
pub fn facts(profile: &Profile) -> Vec<Fact> {
    let own = profile.repositories.iter().filter(|repository| {
        !repository.flags.iter().any(|flag| matches!(flag, RepositoryFlag::Fork | RepositoryFlag::Template))
    });
    own.flat_map(of_repository).collect()
}

fn of_repository(repository: &Repository) -> Vec<Fact> {
    let name = &repository.name;
    let mut facts = Vec::new();
    let mut say = |kind, text_ko, text_en| {
        facts.push(Fact { repository: name.clone(), url: repository.url.clone(), kind, text_ko, text_en });
    };
    if let Some(mix) = mix(repository) {
        say(
            FactKind::Languages,
            format!("저장소 ‘{name}’의 코드는 {mix}로 되어 있어요."),
            format!("The code of “{name}” is {mix}."),
        );
    }
    if let Some(description) = repository.description.as_deref() {
        let quote = quote(description);
        say(
            FactKind::Description,
            format!("저장소 ‘{name}’의 설명에는 “{quote}”라고 적혀 있어요."),
            format!("The description of “{name}” says “{quote}”."),
        );
    }
    if let Some(readme) = repository.readme_excerpt.as_deref() {
        let quote = quote(readme);
        say(
            FactKind::Readme,
            format!("저장소 ‘{name}’의 README에는 “{quote}”라고 적혀 있어요."),
            format!("The README of “{name}” says “{quote}”."),
        );
    }
    if let Some(pushed) = repository.pushed_at {
        let (ko, en) = (pushed.format("%Y년 %-m월"), pushed.format("%Y-%m"));
        say(
            FactKind::Activity,
            format!("저장소 ‘{name}’의 마지막 푸시는 {ko}이에요."),
            format!("“{name}” was last pushed to in {en}."),
        );
    }
    if repository.stars >= STARS_MIN {
        let stars = repository.stars;
        say(
            FactKind::Stars,
            format!("저장소 ‘{name}’에는 별이 {stars}개 있어요."),
            format!("“{name}” has {stars} stars."),
        );
    }
    if let Some(files) = large(repository.notebooks) {
        say(
            FactKind::Notebooks,
            format!(
                "저장소 ‘{name}’에는 노트북 파일이 {}개 있고, 파일 크기의 {}를 차지해요.",
                files.files,
                percent(files.share)
            ),
            format!("“{name}” has notebooks ({}), {} of its size.", files.files, percent(files.share)),
        );
    }
    if let Some(files) = large(repository.generated) {
        say(
            FactKind::Generated,
            format!(
                "저장소 ‘{name}’에는 프로그램이 만든 것으로 보이는 파일이 {}개 있고, 파일 크기의 {}를 차지해요.",
                files.files,
                percent(files.share)
            ),
            format!(
                "“{name}” has files that a program seems to have written ({}), {} of its size.",
                files.files,
                percent(files.share)
            ),
        );
    }
    facts
}

/// The languages of a repository with their shares, the most first, such as `62% Rust, 30% TypeScript`.
fn mix(repository: &Repository) -> Option<String> {
    let all = repository.bytes();
    let named: Vec<String> = repository
        .languages
        .iter()
        .map(|language| (language, language.bytes as f64 / all.max(1) as f64))
        .filter(|(_, share)| *share >= NAMED_SHARE)
        .take(NAMED_MAX)
        .map(|(language, share)| format!("{} {}", language.language, percent(share)))
        .collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn large(files: Option<FileShare>) -> Option<FileShare> {
    files.filter(|files| files.files > 0 && files.share >= FILES_SHARE)
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// The first sentence, or as much of the first words as fits.
fn quote(text: &str) -> String {
    let end = text
        .char_indices()
        .zip(text.chars().skip(1).map(Some).chain([None]))
        .find(|((_, mark), next)| ".!?。".contains(*mark) && next.is_none_or(char::is_whitespace))
        .map_or(text.len(), |((start, mark), _)| start + mark.len_utf8());
    let sentence = text[..end].trim();
    if sentence.chars().count() <= QUOTE_MAX {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(QUOTE_MAX).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;
    use crate::github::{Activity, Calls, LanguageBytes, Languages};

    fn repository(name: &str) -> Repository {
        Repository {
            name: name.to_owned(),
            url: format!("https://github.com/mina/{name}"),
            description: None,
            main_language: None,
            languages: Vec::new(),
            is_read: true,
            created_at: None,
            pushed_at: None,
            stars: 0,
            topics: Vec::new(),
            readme_excerpt: None,
            notebooks: None,
            generated: None,
            flags: Vec::new(),
        }
    }

    fn profile(repositories: Vec<Repository>) -> Profile {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 0, 0, 0).single().expect("a moment");
        Profile {
            user_name: "mina".to_owned(),
            display_name: None,
            url: "https://github.com/mina".to_owned(),
            since: None,
            public_repositories: 1,
            followers: 0,
            fetched_at: now,
            fresh_until: now,
            languages: Languages::default(),
            repositories,
            activity: Activity::default(),
            calls: Calls::default(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn a_fact_names_its_repository_in_both_languages() {
        let bytes = |language: &str, bytes| LanguageBytes { language: language.to_owned(), bytes };
        let queue = Repository {
            languages: vec![bytes("Rust", 620), bytes("TypeScript", 340), bytes("Shell", 40)],
            pushed_at: Utc.with_ymd_and_hms(2026, 5, 3, 0, 0, 0).single(),
            stars: 41,
            readme_excerpt: Some("A queue v1.2 that survives crashes. It is fast.".to_owned()),
            notebooks: Some(FileShare { files: 2, share: 0.1 }),
            generated: Some(FileShare { files: 7, share: 0.31 }),
            ..repository("queue")
        };
        let facts = facts(&profile(vec![queue]));
        let said: Vec<(FactKind, &str, &str)> =
            facts.iter().map(|fact| (fact.kind, fact.text_ko.as_str(), fact.text_en.as_str())).collect();
        assert_eq!(
            said,
            [
                (
                    FactKind::Languages,
                    "저장소 ‘queue’의 코드는 Rust 62%, TypeScript 34%로 되어 있어요.",
                    "The code of “queue” is Rust 62%, TypeScript 34%."
                ),
                (
                    FactKind::Readme,
                    "저장소 ‘queue’의 README에는 “A queue v1.2 that survives crashes.”라고 적혀 있어요.",
                    "The README of “queue” says “A queue v1.2 that survives crashes.”."
                ),
                (
                    FactKind::Activity,
                    "저장소 ‘queue’의 마지막 푸시는 2026년 5월이에요.",
                    "“queue” was last pushed to in 2026-05."
                ),
                (FactKind::Stars, "저장소 ‘queue’에는 별이 41개 있어요.", "“queue” has 41 stars."),
                (
                    FactKind::Generated,
                    "저장소 ‘queue’에는 프로그램이 만든 것으로 보이는 파일이 7개 있고, 파일 크기의 31%를 차지해요.",
                    "“queue” has files that a program seems to have written (7), 31% of its size."
                ),
            ]
        );
        assert!(facts.iter().all(|fact| fact.url == "https://github.com/mina/queue"));
    }

    #[test]
    fn nothing_is_said_of_the_work_of_others() {
        let described =
            |flags| Repository { description: Some("A kernel".to_owned()), flags, ..repository("x") };
        assert_eq!(facts(&profile(vec![described(vec![RepositoryFlag::Fork])])), []);
        assert_eq!(facts(&profile(vec![described(vec![RepositoryFlag::Template])])), []);
        assert_eq!(facts(&profile(vec![described(vec![RepositoryFlag::Archived])])).len(), 1);
    }

    #[test]
    fn a_quote_is_a_sentence_or_ends_between_words() {
        let check = |text: &str, expected: &str| assert_eq!(quote(text), expected);
        check("Fast. Small.", "Fast.");
        check("Version 1.2 is out", "Version 1.2 is out");
        check("빠른 대기열이에요. 작아요.", "빠른 대기열이에요.");
        check("", "");
        let long = "word ".repeat(60);
        let cut = quote(&long);
        assert!(cut.ends_with("word…") && cut.chars().count() <= QUOTE_MAX + 1, "{cut}");
        assert_eq!(quote(&"가".repeat(300)).chars().count(), QUOTE_MAX + 1);
    }
}
