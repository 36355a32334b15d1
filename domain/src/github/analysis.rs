//! From repositories to shares and activity. Pure, and the same for the same repositories at the same time.
//!
//! **What counts.** Repositories of the account's own that are no forks, not archived and no templates. Everything below is about these;
//! only the months count what was put to rest, too.
//!
//! **By bytes.** Let bᵢ be the bytes of all languages of repository i, as far as it was read, and n the number of those with bᵢ > 0.
//! No repository counts more than m = max(0.4, 1/n) of the whole: its weight is wᵢ = min(bᵢ, c), with the largest c for which
//! wᵢ ≤ m · Σw holds for all i. At most two repositories can exceed 0.4, so there are three cases. With the bytes in falling order
//! b₁ ≥ b₂ ≥ …, Rₖ the sum of all but the first k, and k the number of repositories that are cut,
//! c = m · (k·c + Rₖ), hence c = m · Rₖ / (1 − m·k), for the smallest k with bₖ₊₁ ≤ c. (With one repository there is nothing to cut;
//! with two, both count alike: c = b₂.) The share of language l is Σ wᵢ · (bᵢₗ / bᵢ) / Σ w.
//!
//! **By repositories.** The number of repositories whose main language is l, as a part of those that have one. The main language is the
//! one with the most bytes, or where they were not read the one that GitHub names.
//!
//! **Of the last 12 months.** By bytes again, of repositories that were pushed to within the last 365 days, with a cap of its own.
//! All bytes of such a repository count, older ones too: when which line was written is not known.
//!
//! **Notebooks** and **generated**: a repository is flagged when such files make up at least 20 % and 50 % of the bytes of its files, or,
//! for notebooks, that share of its languages. They stay in the shares, in which GitHub itself counts neither what is vendored nor what
//! it knows to be generated.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc};

use super::reply::Event;
use super::{
    Activity, EventCounts, Excluded, LanguageBytes, LanguageShare, Languages, MonthActivity, Repository,
    RepositoryFlag,
};

/// No repository counts more than this part of the whole, where there are enough of them.
pub const REPOSITORY_SHARE_MAX: f64 = 0.4;
/// From this part on notebooks are told.
const NOTEBOOKS_SHARE: f64 = 0.2;
/// From this part on files that programs wrote are told.
const GENERATED_SHARE: f64 = 0.5;
/// What GitHub calls the language of notebooks.
const NOTEBOOK_LANGUAGE: &str = "Jupyter Notebook";
const RECENT: Duration = Duration::days(365);
const MONTHS: u32 = 12;

/// How much each repository counts, from its bytes: see the head of this file. The weights are in the order of the bytes.
pub fn weights(bytes: &[u64]) -> Vec<f64> {
    let mut falling: Vec<f64> =
        bytes.iter().map(|bytes| *bytes as f64).filter(|bytes| *bytes > 0.0).collect();
    falling.sort_by(|a, b| b.total_cmp(a));
    let cut = cut(&falling);
    bytes.iter().map(|bytes| (*bytes as f64).min(cut)).collect()
}

/// The most that a repository counts, in bytes. They are in falling order, and all of them are positive.
fn cut(falling: &[f64]) -> f64 {
    match falling {
        [] | [_] => f64::INFINITY,
        [_, second] => *second,
        [first, second, rest @ ..] => {
            let max = REPOSITORY_SHARE_MAX;
            let without_two: f64 = rest.iter().sum();
            let without_one = without_two + second;
            if *first <= max * (without_one + first) {
                return f64::INFINITY;
            }
            let one = max * without_one / (1.0 - max);
            if *second <= one { one } else { max * without_two / (1.0 - 2.0 * max) }
        }
    }
}

/// The shares of all languages at a time.
pub fn languages(repositories: &[Repository], now: DateTime<Utc>) -> Languages {
    let counting: Vec<&Repository> = repositories.iter().filter(|repository| repository.counts()).collect();
    let read: Vec<&Repository> =
        counting.iter().copied().filter(|repository| repository.bytes() > 0).collect();
    let recent: Vec<&Repository> =
        read.iter().copied().filter(|repository| is_recent(repository, now)).collect();
    let main: Vec<&str> = counting.iter().filter_map(|repository| main_language(repository)).collect();
    let mut by_name: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
    for (language, share) in by_bytes(&read) {
        by_name.entry(language).or_default()[0] += share;
    }
    for language in main.iter().copied() {
        by_name.entry(language).or_default()[1] += 1.0 / main.len() as f64;
    }
    for (language, share) in by_bytes(&recent) {
        by_name.entry(language).or_default()[2] += share;
    }
    let mut shares: Vec<LanguageShare> = by_name
        .into_iter()
        .map(|(language, [by_bytes, by_repositories, recent])| LanguageShare {
            language: language.to_owned(),
            by_bytes,
            by_repositories,
            recent,
            is_notebooks: language == NOTEBOOK_LANGUAGE,
        })
        .collect();
    // Equal ones stay in the order of their names.
    shares.sort_by(|a, b| {
        b.by_bytes.total_cmp(&a.by_bytes).then(b.by_repositories.total_cmp(&a.by_repositories))
    });
    Languages {
        shares,
        read: number(read.len()),
        counted: number(main.len()),
        recent: number(recent.len()),
        unread: number(counting.iter().filter(|repository| !repository.is_read).count()),
        excluded: excluded(repositories),
    }
}

/// Parts of the whole, by language. They sum to 1 unless there is nothing.
fn by_bytes<'a>(repositories: &[&'a Repository]) -> Vec<(&'a str, f64)> {
    let bytes: Vec<u64> = repositories.iter().map(|repository| repository.bytes()).collect();
    let weights = weights(&bytes);
    let whole: f64 = weights.iter().sum();
    let mut shares = Vec::new();
    for ((repository, weight), bytes) in repositories.iter().copied().zip(weights).zip(bytes) {
        let part = weight / whole / bytes as f64;
        let of_language = |one: &'a LanguageBytes| (one.language.as_str(), one.bytes as f64 * part);
        shares.extend(repository.languages.iter().map(of_language));
    }
    shares
}

fn main_language(repository: &Repository) -> Option<&str> {
    let most = repository.languages.iter().max_by_key(|language| language.bytes);
    most.map(|language| language.language.as_str()).or(repository.main_language.as_deref())
}

fn is_recent(repository: &Repository, now: DateTime<Utc>) -> bool {
    repository.pushed_at.is_some_and(|pushed| pushed >= now - RECENT)
}

fn excluded(repositories: &[Repository]) -> Excluded {
    let mut excluded = Excluded::default();
    for repository in repositories {
        let has = |flag| repository.flags.contains(&flag);
        if has(RepositoryFlag::Fork) {
            excluded.forks += 1;
        } else if has(RepositoryFlag::Archived) {
            excluded.archived += 1;
        } else if has(RepositoryFlag::Template) {
            excluded.templates += 1;
        }
    }
    excluded
}

/// Adds the flags that come of numbers: notebooks, generated files, and what is cut. Texts that say that a program wrote something have
/// led to theirs before.
pub fn flag(repositories: &mut [Repository]) {
    for repository in repositories.iter_mut() {
        let in_languages = share_of(repository, NOTEBOOK_LANGUAGE) >= NOTEBOOKS_SHARE;
        let in_files = repository.notebooks.is_some_and(|files| files.share >= NOTEBOOKS_SHARE);
        if in_languages || in_files {
            add(repository, RepositoryFlag::Notebooks);
        }
        if repository.generated.is_some_and(|files| files.share >= GENERATED_SHARE) {
            add(repository, RepositoryFlag::Generated);
        }
    }
    let mut counting: Vec<&mut Repository> =
        repositories.iter_mut().filter(|repository| repository.counts() && repository.bytes() > 0).collect();
    let bytes: Vec<u64> = counting.iter().map(|repository| repository.bytes()).collect();
    for ((repository, weight), bytes) in counting.iter_mut().zip(weights(&bytes)).zip(&bytes) {
        if weight < *bytes as f64 {
            add(repository, RepositoryFlag::Capped);
        }
    }
}

fn add(repository: &mut Repository, flag: RepositoryFlag) {
    if !repository.flags.contains(&flag) {
        repository.flags.push(flag);
    }
}

fn share_of(repository: &Repository, language: &str) -> f64 {
    let bytes = repository.languages.iter().find(|one| one.language == language).map_or(0, |one| one.bytes);
    bytes as f64 / repository.bytes().max(1) as f64
}

/// What was done in public: by month from the repositories, and from the events where they were read.
pub fn activity(repositories: &[Repository], events: Option<&[Event]>, now: DateTime<Utc>) -> Activity {
    let own: Vec<&Repository> =
        repositories.iter().filter(|repository| !repository.flags.contains(&RepositoryFlag::Fork)).collect();
    let this_month = month_of(now);
    let months = (0..MONTHS).rev().filter_map(|back| this_month.checked_sub_months(Months::new(back)));
    let in_month = |month: NaiveDate, at: fn(&Repository) -> Option<DateTime<Utc>>| {
        number(own.iter().filter(|repository| at(repository).map(month_of) == Some(month)).count())
    };
    let months = months.map(|month| MonthActivity {
        month,
        begun: in_month(month, |repository| repository.created_at),
        pushed: in_month(month, |repository| repository.pushed_at),
    });
    let mut places: Vec<&str> =
        events.unwrap_or_default().iter().map(|event| event.repo.name.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    Activity {
        months: months.collect(),
        events: events.map(counts),
        events_since: events
            .and_then(|events| events.iter().map(|event| event.created_at.date_naive()).min()),
        repositories: number(places.len()),
    }
}

fn counts(events: &[Event]) -> EventCounts {
    let mut counts = EventCounts::default();
    for event in events {
        let count = match event.kind.as_str() {
            "PushEvent" => &mut counts.pushes,
            "PullRequestEvent" => &mut counts.pull_requests,
            "PullRequestReviewEvent" | "PullRequestReviewCommentEvent" => &mut counts.reviews,
            "IssuesEvent" | "IssueCommentEvent" => &mut counts.issues,
            _ => &mut counts.others,
        };
        *count += 1;
    }
    counts
}

fn month_of(at: DateTime<Utc>) -> NaiveDate {
    let day = at.date_naive();
    day.with_day(1).unwrap_or(day)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
