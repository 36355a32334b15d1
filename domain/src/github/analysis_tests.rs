//! What the analysis promises, over repositories of every kind.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::analysis::{REPOSITORY_SHARE_MAX, activity, flag, languages, weights};
use super::reply::{Event, Place};
use super::{
    EventCounts, Excluded, FileShare, LanguageBytes, LanguageShare, Languages, MonthActivity, Repository,
    RepositoryFlag,
};

fn at(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().expect("a moment")
}

fn repository(languages: &[(&str, u64)], flags: &[RepositoryFlag]) -> Repository {
    let bytes =
        |(language, bytes): &(&str, u64)| LanguageBytes { language: (*language).to_owned(), bytes: *bytes };
    Repository {
        name: "queue".to_owned(),
        url: String::new(),
        description: None,
        main_language: languages.first().map(|(language, _)| (*language).to_owned()),
        languages: languages.iter().map(bytes).collect(),
        is_read: true,
        created_at: None,
        pushed_at: Some(at("2026-11-01")),
        stars: 0,
        topics: Vec::new(),
        readme_excerpt: None,
        notebooks: None,
        generated: None,
        flags: flags.to_vec(),
    }
}

/// Repositories of every kind, the same for the same seed.
fn anything(seed: u64) -> Vec<Repository> {
    let mut random = StdRng::seed_from_u64(seed);
    let all = ["Rust", "Go", "Kotlin", "Jupyter Notebook", "HTML"];
    let mut one = |_: u64| {
        let mut languages = Vec::new();
        for language in all {
            if random.random_bool(0.4) {
                languages.push((language, 10_u64.pow(random.random_range(0..8))));
            }
        }
        let flags = [RepositoryFlag::Fork, RepositoryFlag::Archived, RepositoryFlag::Template];
        let flags: Vec<_> = flags.into_iter().filter(|_| random.random_bool(0.15)).collect();
        let pushed = at("2026-11-22") - Duration::days(random.random_range(0..800));
        Repository { pushed_at: Some(pushed), ..repository(&languages, &flags) }
    };
    let count = seed % 9;
    (0..count).map(&mut one).collect()
}

fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn sums(languages: &Languages) -> [f64; 3] {
    let ways: [fn(&LanguageShare) -> f64; 3] =
        [|share| share.by_bytes, |share| share.by_repositories, |share| share.recent];
    ways.map(|way| languages.shares.iter().map(way).sum())
}

#[test]
fn shares_sum_to_one_or_to_nothing() {
    for seed in 0..500 {
        let languages = languages(&anything(seed), at("2026-11-22"));
        let bases = [languages.read, languages.counted, languages.recent];
        for (sum, base) in sums(&languages).into_iter().zip(bases) {
            let expected = if base > 0 { 1.0 } else { 0.0 };
            assert!((sum - expected).abs() < 1e-9, "{seed}: {sum} of {base} {languages:?}");
        }
        let within = |share: f64| (0.0..=1.0 + 1e-9).contains(&share);
        assert!(
            languages
                .shares
                .iter()
                .all(|one| { within(one.by_bytes) && within(one.by_repositories) && within(one.recent) })
        );
    }
}

#[test]
fn no_repository_counts_more_than_the_cap() {
    let mut random = StdRng::seed_from_u64(7);
    for _ in 0..2_000 {
        let count = random.random_range(1..8);
        let bytes: Vec<u64> = (0..count).map(|_| 10_u64.pow(random.random_range(0..9))).collect();
        let weights = weights(&bytes);
        let whole: f64 = weights.iter().sum();
        let most = REPOSITORY_SHARE_MAX.max(1.0 / count as f64);
        for (weight, bytes) in weights.iter().zip(&bytes) {
            assert!(weight / whole <= most + 1e-9, "{bytes:?} {weights:?}");
            assert!(*weight <= *bytes as f64 && *weight > 0.0);
        }
        // Cutting no more than needed: whatever is cut stands at the cap.
        let cut = weights.iter().zip(&bytes).filter(|(weight, bytes)| **weight < **bytes as f64);
        for (weight, _) in cut {
            assert!(weight / whole >= most - 1e-9, "{bytes:?} {weights:?}");
        }
    }
}

#[test]
fn the_cap_by_hand() {
    let check = |bytes: &[u64], expected: &[f64]| {
        let rounded: Vec<f64> = weights(bytes).into_iter().map(rounded).collect();
        assert_eq!(rounded, expected, "{bytes:?}");
    };
    check(&[], &[]);
    check(&[0], &[0.0]);
    check(&[7], &[7.0]);
    check(&[9, 3], &[3.0, 3.0]);
    check(&[4, 3, 3], &[4.0, 3.0, 3.0]);
    check(&[900, 3, 3], &[4.0, 3.0, 3.0]);
    check(&[900, 700, 5], &[10.0, 10.0, 5.0]);
    check(&[5, 0, 900, 700], &[5.0, 0.0, 10.0, 10.0]);
}

#[test]
fn what_is_excluded_changes_no_share() {
    for seed in 0..300 {
        let all = anything(seed);
        let own: Vec<Repository> = all.iter().filter(|one| one.counts()).cloned().collect();
        let (with, without) = (languages(&all, at("2026-11-22")), languages(&own, at("2026-11-22")));
        assert_eq!((with.shares, with.read, with.counted), (without.shares, without.read, without.counted));
        let Excluded { forks, archived, templates } = with.excluded;
        assert_eq!(u64::from(forks + archived + templates), (all.len() - own.len()) as u64);
        let mut flagged = all.clone();
        flag(&mut flagged);
        assert!(flagged.iter().all(|one| one.counts() || !one.flags.contains(&RepositoryFlag::Capped)));
    }
}

#[test]
fn the_three_ways_differ_where_the_repositories_do() {
    let old = Repository { pushed_at: Some(at("2024-01-01")), ..repository(&[("Java", 800)], &[]) };
    let unread = Repository { is_read: false, languages: Vec::new(), ..repository(&[("Go", 1)], &[]) };
    let all = [
        old.clone(),
        old,
        repository(&[("Rust", 300), ("Shell", 100)], &[]),
        unread,
        repository(&[("C", 1_000_000)], &[RepositoryFlag::Fork]),
    ];
    let found = languages(&all, at("2026-11-22"));
    let said: Vec<(&str, f64, f64, f64)> = found
        .shares
        .iter()
        .map(|one| {
            (one.language.as_str(), rounded(one.by_bytes), rounded(one.by_repositories), rounded(one.recent))
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Java", 0.8, 0.5, 0.0),
            ("Rust", 0.15, 0.25, 0.75),
            ("Shell", 0.05, 0.0, 0.25),
            ("Go", 0.0, 0.25, 0.0)
        ]
    );
    assert_eq!((found.read, found.counted, found.recent, found.unread), (3, 4, 1, 1));
    assert_eq!(found.excluded, Excluded { forks: 1, ..Excluded::default() });
}

#[test]
fn notebooks_and_generated_files_are_flagged_and_the_largest_is_marked() {
    let files = |share| Some(FileShare { files: 1, share });
    let mut all = vec![
        repository(&[("Jupyter Notebook", 90_000), ("Python", 100)], &[]),
        Repository { notebooks: files(0.2), ..repository(&[("Python", 500)], &[]) },
        Repository { generated: files(0.5), ..repository(&[("Go", 500)], &[RepositoryFlag::Generated]) },
        Repository { generated: files(0.49), notebooks: files(0.1), ..repository(&[("Go", 400)], &[]) },
    ];
    flag(&mut all);
    let flags: Vec<&[RepositoryFlag]> = all.iter().map(|one| one.flags.as_slice()).collect();
    let expected: [&[RepositoryFlag]; 4] = [
        &[RepositoryFlag::Notebooks, RepositoryFlag::Capped],
        &[RepositoryFlag::Notebooks],
        &[RepositoryFlag::Generated],
        &[],
    ];
    assert_eq!(flags, expected);
    assert!(languages(&all, at("2026-11-22")).shares.iter().any(|share| share.is_notebooks));
}

#[test]
fn activity_goes_twelve_months_back() {
    let event = |kind: &str, day: &str, place: &str| Event {
        kind: kind.to_owned(),
        created_at: at(day),
        repo: Place { name: place.to_owned() },
    };
    let events = [
        event("PushEvent", "2026-11-20", "mina/queue"),
        event("PushEvent", "2026-11-02", "mina/queue"),
        event("IssueCommentEvent", "2026-11-05", "other/lib"),
        event("WatchEvent", "2026-11-05", "other/lib"),
    ];
    let all = [
        Repository { created_at: Some(at("2025-12-31")), ..repository(&[], &[]) },
        Repository { created_at: Some(at("2025-11-30")), ..repository(&[], &[RepositoryFlag::Archived]) },
        repository(&[], &[RepositoryFlag::Fork]),
    ];
    let found = activity(&all, Some(&events), at("2026-11-22"));
    assert_eq!(found.months.len(), 12);
    let month = |day: &str| day.parse::<NaiveDate>().expect("a day");
    assert_eq!(found.months[0], MonthActivity { month: month("2025-12-01"), begun: 1, pushed: 0 });
    assert_eq!(found.months[11], MonthActivity { month: month("2026-11-01"), begun: 0, pushed: 2 });
    let expected = EventCounts { pushes: 2, issues: 1, others: 1, ..EventCounts::default() };
    assert_eq!((found.events, found.repositories), (Some(expected), 2));
    assert_eq!(found.events_since, Some(month("2026-11-02")));
    assert_eq!(activity(&[], None, at("2026-11-22")).events, None);
}
