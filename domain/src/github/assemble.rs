//! From what a look-up found to the profile that is shown.

use chrono::{DateTime, Utc};

use super::analysis::{activity, flag, languages};
use super::look_up::{Found, Looked};
use super::readme::says_generated;
use super::reply::LanguageMap;
use super::{Calls, LanguageBytes, Profile, Repository, RepositoryFlag, kept};

/// The profile at a time. `calls` is what GitHub lets this server do.
pub fn assemble(found: Found, calls: Calls, now: DateTime<Utc>) -> Profile {
    let Found { account, repositories, events, problems, oldest, is_whole, calls_made } = found;
    let mut repositories: Vec<Repository> = repositories.into_iter().map(repository).collect();
    flag(&mut repositories);
    Profile {
        user_name: account.login,
        display_name: account.name,
        url: account.html_url,
        since: account.created_at,
        public_repositories: account.public_repos,
        followers: account.followers,
        fetched_at: oldest,
        // What is missing is asked for at once.
        fresh_until: if is_whole { oldest + kept::FRESH } else { now },
        languages: languages(&repositories, now),
        activity: activity(&repositories, events.as_deref(), now),
        repositories,
        calls: Calls { made: calls_made, ..calls },
        problems,
    }
}

fn repository(looked: Looked) -> Repository {
    let Looked { listed, languages, readme, files } = looked;
    let generated = readme.as_ref().is_some_and(|readme| readme.says_generated)
        || listed.description.as_deref().is_some_and(says_generated);
    let marks = [
        (listed.fork, RepositoryFlag::Fork),
        (listed.archived, RepositoryFlag::Archived),
        (listed.is_template, RepositoryFlag::Template),
        (generated, RepositoryFlag::Generated),
    ];
    // An empty repository, or one whose files GitHub did not tell.
    let files = files.filter(|files| files.all.files > 0);
    Repository {
        name: listed.name,
        url: listed.html_url,
        description: listed.description,
        main_language: listed.language,
        is_read: languages.is_some(),
        languages: languages.map(most_first).unwrap_or_default(),
        created_at: listed.created_at,
        pushed_at: listed.pushed_at,
        stars: listed.stargazers_count,
        topics: listed.topics,
        readme_excerpt: readme.and_then(|readme| readme.excerpt),
        notebooks: files.map(|files| files.share(files.notebooks)),
        generated: files.map(|files| files.share(files.generated)),
        flags: marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, flag)| flag).collect(),
    }
}

fn most_first(languages: LanguageMap) -> Vec<LanguageBytes> {
    let mut all: Vec<LanguageBytes> =
        languages.into_iter().map(|(language, bytes)| LanguageBytes { language, bytes }).collect();
    all.sort_by_key(|language| std::cmp::Reverse(language.bytes));
    all
}
