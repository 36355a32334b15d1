//! Public profiles, from a scripted GitHub that answers, and one that does not.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use domain::accounts::service as accounts;
use domain::entities::{github_cache, user};
use domain::github::{Excluded, FactKind, GithubFailure, NameOrigin, Part, Profile, RepositoryFlag, service};
use domain::identities::attempt::Returned;
use domain::identities::service::{Arrival, arrive};
use domain::identities::{Found, Provider, Wish};
use domain::{InputField, Problem, Viewer};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::github::{GithubScript, ScriptedAccount};
use testkit::{Fixture, PASSWORD, each_database};

/// Account, list and events; languages, README and files of the five repositories that count.
const CALLS: usize = 3 + 5 * 3;

async fn looked_up(fixture: &Fixture, viewer: &Viewer, name: &str) -> Profile {
    service::profile(&fixture.app, viewer, name).await.expect("a profile")
}

async fn refused(fixture: &Fixture, viewer: &Viewer, name: &str) -> Problem {
    service::profile(&fixture.app, viewer, name).await.expect_err("no profile").into_problem()
}

/// Puts the clock so many hours after now.
fn later(fixture: &Fixture, hours: i64) -> DateTime<Utc> {
    let at = (Utc::now() + chrono::Duration::hours(hours)).trunc_subsecs(0);
    fixture.set_clock(&at.to_rfc3339());
    at
}

fn paths(fixture: &Fixture) -> Vec<String> {
    fixture.github.take_calls().into_iter().map(|call| call.path).collect()
}

#[tokio::test]
async fn a_profile_is_read_once_a_day_by_whoever_asks() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let first = looked_up(&fixture, &mina, "mina-dev").await;
        assert_eq!((first.user_name.as_str(), first.display_name.as_deref()), ("mina-dev", Some("김미나")));
        assert!(first.problems.is_empty() && first.repositories.len() == 8, "{first:?}");
        let calls = fixture.github.take_calls();
        assert_eq!((calls.len(), first.calls.made as usize), (CALLS, CALLS));
        assert!(calls.iter().all(|call| call.authorization.is_none()));
        assert_eq!((first.calls.most, first.calls.limit), (24, Some(60)));
        assert_eq!(first.calls.remaining, Some(60 - CALLS as u32));
        assert!(first.calls.resets_at.is_some_and(|at| at > Utc::now()));

        // Neither the case of a name nor who asks makes another one.
        for (viewer, name) in [(&mina, "mina-dev"), (&jun, " @Mina-Dev ")] {
            let again = looked_up(&fixture, viewer, name).await;
            assert_eq!((again.calls.made, again.languages), (0, first.languages.clone()));
        }
        assert!(paths(&fixture).is_empty());

        // A day later GitHub is asked whether it is what it was.
        let now = later(&fixture, 25);
        let next_day = looked_up(&fixture, &jun, "mina-dev").await;
        let statuses: Vec<u16> =
            fixture.github.take_calls().iter().map(|call| call.status.expect("answered")).collect();
        let same = statuses.iter().filter(|status| **status == 304).count();
        let absent = statuses.iter().filter(|status| **status == 404).count();
        assert_eq!((statuses.len(), same, absent), (CALLS, 15, 3), "{statuses:?}");
        assert_eq!((next_day.languages, next_day.fetched_at), (first.languages, now));
        assert_eq!(next_day.fresh_until, now + chrono::Duration::hours(24));
    })
    .await;
}

#[tokio::test]
async fn what_counts_is_measured_three_ways() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    let profile = looked_up(&fixture, &mina, "mina-dev").await;
    let languages = &profile.languages;
    assert_eq!((languages.read, languages.counted, languages.recent, languages.unread), (5, 5, 4, 0));
    assert_eq!(languages.excluded, Excluded { forks: 1, archived: 1, templates: 1 });
    let sum = |way: fn(&domain::github::LanguageShare) -> f64| languages.shares.iter().map(way).sum::<f64>();
    for sum in [sum(|share| share.by_bytes), sum(|share| share.by_repositories), sum(|share| share.recent)] {
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }
    let largest = &languages.shares[0];
    assert_eq!((largest.language.as_str(), largest.is_notebooks), ("Jupyter Notebook", true));
    assert!(largest.by_bytes <= 0.4 && largest.by_repositories == 0.2, "{largest:?}");
    let java = languages.shares.iter().find(|share| share.language == "Java").expect("Java");
    assert!(java.by_bytes > 0.0 && java.recent == 0.0, "{java:?}");
    assert!(
        !languages.shares.iter().any(|share| ["C", "JavaScript", "Go"].contains(&share.language.as_str()))
    );

    let flags = |name: &str| {
        let found = profile.repositories.iter().find(|repository| repository.name == name);
        found.expect("a repository").flags.clone()
    };
    assert_eq!(flags("linux"), [RepositoryFlag::Fork]);
    assert_eq!(flags("old-blog"), [RepositoryFlag::Archived]);
    assert_eq!(flags("service-template"), [RepositoryFlag::Template]);
    assert_eq!(flags("kaggle-titanic"), [RepositoryFlag::Notebooks, RepositoryFlag::Capped]);
    assert_eq!(flags("landing"), [RepositoryFlag::Generated]);
    assert!(flags("queue").is_empty());
    let queue = profile.repositories.iter().find(|repository| repository.name == "queue").expect("queue");
    let excerpt = queue.readme_excerpt.as_deref().expect("an excerpt");
    assert!(excerpt.starts_with("A job queue on PostgreSQL") && !excerpt.contains("cargo run"), "{excerpt}");

    let events = profile.activity.events.expect("events");
    assert_eq!(
        (events.pushes, events.pull_requests, events.reviews, events.issues, events.others),
        (2, 1, 1, 1, 1)
    );
    assert_eq!((profile.activity.months.len(), profile.activity.repositories), (12, 2));

    let facts = service::known_facts(&fixture.app, &mina).await.expect("the facts");
    assert_eq!(facts, domain::github::facts(&profile));
    let readme = facts.iter().find(|fact| fact.repository == "queue" && fact.kind == FactKind::Readme);
    assert!(readme.is_some_and(|fact| fact.text_en.contains("loses nothing when a worker is killed.")));
    assert!(
        facts
            .iter()
            .all(|fact| fact.repository != "linux" && fact.url.starts_with("https://github.example/"))
    );
}

#[tokio::test]
async fn no_profile_takes_more_calls_than_it_may() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    fixture.github.account(ScriptedAccount::prolific("prolific", 250));
    let profile = looked_up(&fixture, &mina, "prolific").await;
    assert_eq!((paths(&fixture).len(), profile.calls.made), (24, 24));
    // Two pages of the list; what was pushed to last is looked at closely.
    assert_eq!((profile.repositories.len(), profile.public_repositories), (200, 250));
    assert_eq!((profile.languages.read, profile.languages.counted, profile.languages.unread), (10, 200, 190));
    assert_eq!(
        profile.repositories.iter().filter(|repository| repository.readme_excerpt.is_some()).count(),
        6
    );
    assert!(profile.repositories[..10].iter().all(|repository| repository.is_read));
    // That there is more is no failure, and nothing is asked twice for it.
    assert!(profile.problems.is_empty(), "{:?}", profile.problems);
    assert_eq!(looked_up(&fixture, &mina, "prolific").await.calls.made, 0);

    let fixture = Fixture::sqlite(None).await;
    let with_token = fixture.with_github_token("ghp_secret").await;
    let mina = with_token.person("mina").await;
    with_token.github.account(ScriptedAccount::prolific("prolific", 250));
    with_token.github.set_remaining(5_000);
    let profile = looked_up(&with_token, &mina, "prolific").await;
    let calls = with_token.github.take_calls();
    assert_eq!((calls.len(), profile.calls.made, profile.calls.with_token), (60, 60, true));
    assert!(calls.iter().all(|call| call.authorization.as_deref() == Some("Bearer ghp_secret")));
    assert_eq!(profile.repositories.len(), 250);
}

/// Every way to fail, what it is told as, and how many calls it takes to see that.
const FAILURES: &[(GithubScript, GithubFailure, usize)] = &[
    (GithubScript::Limited, GithubFailure::Limited, 1),
    (GithubScript::LimitedByStatus, GithubFailure::Limited, 1),
    (GithubScript::SlowDown, GithubFailure::SlowDown, 1),
    (GithubScript::Abuse, GithubFailure::SlowDown, 1),
    (GithubScript::Refuse, GithubFailure::Refused, 1),
    (GithubScript::Fail, GithubFailure::OutOfOrder, CALLS),
    (GithubScript::Garbage, GithubFailure::Broken, CALLS),
    (GithubScript::HalfJson, GithubFailure::Broken, CALLS),
    (GithubScript::Flood, GithubFailure::TooLarge, CALLS),
    (GithubScript::RedirectAway, GithubFailure::Redirected, 1),
    (GithubScript::RedirectRound, GithubFailure::Redirected, 3),
];

#[tokio::test]
async fn every_failure_is_told_when_there_is_nothing_to_show() {
    for (script, failure, _) in FAILURES {
        let fixture = Fixture::sqlite(None).await;
        let mina = fixture.person("mina").await;
        fixture.github.script(*script);
        let problem = refused(&fixture, &mina, "mina-dev").await;
        let Problem::GithubUnavailable { reason, resets_at } = problem else {
            panic!("{script:?} {problem:?}")
        };
        assert_eq!(reason, *failure, "{script:?}");
        let waits = matches!(failure, GithubFailure::Limited | GithubFailure::SlowDown);
        assert_eq!(resets_at.is_some_and(|at| at > Utc::now()), waits, "{script:?}");
        let rows = github_cache::Entity::find().count(fixture.app.database.reader()).await.expect("counted");
        assert_eq!(rows, 0, "{script:?}: nothing of a failure is kept");
        // The account is all that was asked for.
        assert!(paths(&fixture).iter().all(|path| path.starts_with("/users/mina-dev")), "{script:?}");
        assert_eq!(service::view(&fixture.app, &mina).await.expect("the page").user_name, None);
    }
}

#[tokio::test]
async fn what_was_kept_is_shown_with_every_failure() {
    for (script, failure, calls) in FAILURES {
        let fixture = Fixture::sqlite(None).await;
        let mina = fixture.person("mina").await;
        let before = later(&fixture, 0);
        let first = looked_up(&fixture, &mina, "mina-dev").await;
        fixture.github.take_calls();
        later(&fixture, 25);
        fixture.github.script(*script);
        let shown = looked_up(&fixture, &mina, "mina-dev").await;
        // A README is read as it is, so that a page would be one; everything else is found out.
        let failed_parts: Vec<Part> = shown.problems.iter().map(|problem| problem.part).collect();
        assert!(failed_parts.starts_with(&[Part::Account, Part::Repositories, Part::Activity]), "{script:?}");
        assert!(
            shown.problems.iter().all(|problem| problem.failure == *failure),
            "{script:?} {:?}",
            shown.problems
        );
        assert!(shown.problems.iter().all(|problem| problem.shown_from == Some(before)), "{script:?}");
        assert_eq!((&shown.languages, shown.fetched_at), (&first.languages, before), "{script:?}");
        assert_eq!(paths(&fixture).len(), *calls, "{script:?}: a failure of all calls ends the look-up");

        // When it is over all is well again.
        later(&fixture, 27);
        fixture.github.script(GithubScript::Answer);
        let well = looked_up(&fixture, &mina, "mina-dev").await;
        assert_eq!((well.problems, well.languages), (Vec::new(), first.languages), "{script:?}");
    }
}

#[tokio::test]
async fn an_account_that_is_gone_is_shown_as_it_was_for_a_week() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    let first = looked_up(&fixture, &mina, "mina-dev").await;
    paths(&fixture);
    fixture.github.close("mina-dev");
    later(&fixture, 25);
    let shown = looked_up(&fixture, &mina, "mina-dev").await;
    assert_eq!(paths(&fixture), ["/users/mina-dev"]);
    assert_eq!((shown.problems[0].part, shown.problems[0].failure), (Part::Account, GithubFailure::NotFound));
    assert_eq!((shown.languages, shown.repositories), (first.languages, first.repositories));
    later(&fixture, 8 * 24);
    let unknown = Problem::GithubUnavailable { reason: GithubFailure::NotFound, resets_at: None };
    assert_eq!(refused(&fixture, &mina, "mina-dev").await, unknown);
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    for script in [GithubScript::Stall, GithubScript::StallInside] {
        let fixture = Fixture::sqlite(None).await.with_github_patience(Duration::from_millis(300)).await;
        let mina = fixture.person("mina").await;
        fixture.github.script(script);
        let problem = refused(&fixture, &mina, "mina-dev").await;
        let expected = Problem::GithubUnavailable { reason: GithubFailure::TimedOut, resets_at: None };
        assert_eq!(problem, expected, "{script:?}");
        assert_eq!(paths(&fixture).len(), 1, "{script:?}");
    }
}

#[tokio::test]
async fn a_github_that_is_away_or_switched_off_is_told() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    // An address that was free a moment ago: nobody listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let away = fixture.with_github_at(format!("http://{}", free.expect("a port"))).await;
    let expected = Problem::GithubUnavailable { reason: GithubFailure::Unreachable, resets_at: None };
    assert_eq!(refused(&away, &mina, "mina-dev").await, expected);
    let off = fixture.without_github().await;
    let expected = Problem::GithubUnavailable { reason: GithubFailure::SwitchedOff, resets_at: None };
    assert_eq!(refused(&off, &mina, "mina-dev").await, expected);
    assert_eq!(service::view(&off.app, &mina).await.expect("the page").host, "");
    assert!(paths(&fixture).is_empty());
}

#[tokio::test]
async fn no_call_is_made_before_the_limit_is_over() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    fixture.github.set_remaining(6);
    let profile = looked_up(&fixture, &mina, "mina-dev").await;
    // Calls that were under way at once may still come through.
    let made = paths(&fixture).len();
    assert!((6..=9).contains(&made), "{made}");
    assert_eq!(profile.calls.remaining, Some(0));
    let limited: u32 = profile.problems.iter().map(|problem| problem.times).sum();
    assert_eq!(limited as usize, CALLS - made, "what is missing is told: {:?}", profile.problems);
    assert!(profile.problems.iter().all(|problem| {
        problem.failure == GithubFailure::Limited
            && problem.again_at.is_some()
            && problem.shown_from.is_none()
    }));
    assert!(profile.fresh_until <= fixture.app.now());
    // Nobody gets through until then, whatever the name.
    let other = refused(&fixture, &mina, "somebody-else").await;
    assert!(matches!(
        other,
        Problem::GithubUnavailable { reason: GithubFailure::Limited, resets_at: Some(_) }
    ));
    assert!(paths(&fixture).is_empty());
    // Then the rest is read, and no more than that.
    fixture.github.set_remaining(60);
    later(&fixture, 1);
    let whole = looked_up(&fixture, &mina, "mina-dev").await;
    assert!(whole.problems.is_empty(), "{:?}", whole.problems);
    assert_eq!(paths(&fixture).len(), CALLS - made);
}

#[tokio::test]
async fn what_fails_for_one_repository_leaves_the_rest() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    fixture.github.script(GithubScript::FailClosely);
    let profile = looked_up(&fixture, &mina, "mina-dev").await;
    let told: Vec<(Part, u32)> =
        profile.problems.iter().map(|problem| (problem.part, problem.times)).collect();
    assert_eq!(told, [(Part::Languages, 5), (Part::Readmes, 5), (Part::Files, 5)]);
    assert_eq!((profile.languages.read, profile.languages.counted, profile.languages.unread), (0, 5, 5));
    assert!(
        profile.languages.shares.iter().all(|share| share.by_bytes == 0.0 && share.by_repositories > 0.0)
    );
    paths(&fixture);
    fixture.github.script(GithubScript::Answer);
    let whole = looked_up(&fixture, &mina, "mina-dev").await;
    assert!(whole.problems.is_empty() && whole.languages.read == 5, "{:?}", whole.problems);
    assert!(
        paths(&fixture).iter().all(|path| path.starts_with("/repos/")),
        "only what was missing is asked for"
    );
}

#[tokio::test]
async fn what_has_moved_on_the_same_host_is_found() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    fixture.github.script(GithubScript::RedirectHere);
    let profile = looked_up(&fixture, &mina, "mina-dev").await;
    // Each redirect is a call, too.
    let calls = paths(&fixture);
    assert!(calls.len() <= 24 && calls.iter().any(|path| path.starts_with("/moved/users/")), "{calls:?}");
    assert_eq!((profile.user_name.as_str(), profile.repositories.len()), ("mina-dev", 8));
}

#[tokio::test]
async fn a_name_is_never_a_path() {
    let fixture = Fixture::sqlite(None).await;
    let mina = fixture.person("mina").await;
    for name in
        ["", "../repos/mina-dev/queue", "mina-dev/repos", "mina-dev?x=1", "mina%2Fdev", "a b", "김미나", "."]
    {
        let problem = refused(&fixture, &mina, name).await;
        assert_eq!(problem.field(), Some(InputField::GithubName), "{name}");
        let kept = service::kept_profile(&fixture.app, &mina, name).await.expect_err("refused");
        assert_eq!(kept.into_problem(), problem);
    }
    let unknown = Problem::GithubUnavailable { reason: GithubFailure::NotFound, resets_at: None };
    assert_eq!(refused(&fixture, &mina, "nobody-of-that-name").await, unknown);
    assert_eq!(paths(&fixture), ["/users/nobody-of-that-name"]);
}

#[tokio::test]
async fn of_many_at_once_one_asks() {
    let fixture = Fixture::sqlite(None).await;
    let mut people = Vec::new();
    for number in 0..8 {
        people.push(fixture.person(&format!("person-{number}")).await);
    }
    let all = people.iter().map(|viewer| looked_up(&fixture, viewer, "mina-dev"));
    let profiles = futures::future::join_all(all).await;
    assert_eq!(paths(&fixture).len(), CALLS);
    assert_eq!(profiles.iter().filter(|profile| profile.calls.made > 0).count(), 1);
    assert!(profiles.iter().all(|profile| profile.languages == profiles[0].languages));
}

#[tokio::test]
async fn one_person_does_not_use_up_what_all_have() {
    let fixture = Fixture::sqlite(None).await;
    let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
    looked_up(&fixture, &mina, "mina-dev").await;
    for number in 1..6 {
        refused(&fixture, &mina, &format!("nobody-{number}")).await;
    }
    let problem = refused(&fixture, &mina, "nobody-6").await;
    assert!(matches!(problem, Problem::TooManyAttempts { .. }), "{problem:?}");
    // What is kept costs nothing, and others go on.
    assert_eq!(looked_up(&fixture, &mina, "mina-dev").await.calls.made, 0);
    let unknown = refused(&fixture, &jun, "nobody-7").await;
    assert!(matches!(unknown, Problem::GithubUnavailable { reason: GithubFailure::NotFound, .. }));
}

#[tokio::test]
async fn the_last_name_is_the_persons_own_and_can_be_forgotten() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let begun = async |viewer: &Viewer| {
            let view = service::view(app, viewer).await.expect("the page");
            assert_eq!(view.host, "127.0.0.1");
            (view.user_name, view.origin, view.profile.is_some())
        };
        assert_eq!(begun(&mina).await, (None, None, false));
        let returned = Returned {
            provider: Provider::Github,
            wish: Wish::Link,
            next: None,
            user_id: Some(mina.id),
            verifier: String::new(),
            nonce: String::new(),
        };
        let found = Found::new(Provider::Github, "7", Some("mina-dev"), None).expect("somebody");
        let linked = arrive(app, Some(&mina), &returned, found, "secret", None).await.expect("taken in");
        assert!(matches!(linked, Arrival::Linked));
        let name = || Some("mina-dev".to_owned());
        assert_eq!(begun(&mina).await, (name(), Some(NameOrigin::Linked), false));
        assert!(paths(&fixture).is_empty(), "looking at the page asks nothing of GitHub");

        looked_up(&fixture, &mina, "Mina-Dev").await;
        assert_eq!(begun(&mina).await, (name(), Some(NameOrigin::LookedUp), true));
        assert_eq!(begun(&jun).await, (None, None, false));
        service::forget(app, &mina).await.expect("forgotten");
        assert_eq!(begun(&mina).await, (name(), Some(NameOrigin::Linked), true));
        assert!(service::known_facts(app, &mina).await.expect("the facts").is_empty());

        looked_up(&fixture, &mina, "mina-dev").await;
        accounts::delete(app, &mina, PASSWORD).await.expect("deleted");
        let rows = user::Entity::find().all(app.database.reader()).await.expect("the accounts");
        assert!(rows.iter().all(|row| row.github_name.is_none()));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_for_longer_than_a_week() {
    each_database(|fixture| async move {
        let mina = fixture.person("mina").await;
        looked_up(&fixture, &mina, "mina-dev").await;
        let rows = async || {
            github_cache::Entity::find().count(fixture.app.database.reader()).await.expect("counted")
        };
        assert_eq!(rows().await as usize, CALLS);
        later(&fixture, 6 * 24);
        service::delete_expired(&fixture.app).await.expect("swept");
        assert_eq!(rows().await as usize, CALLS);
        assert!(service::view(&fixture.app, &mina).await.expect("the page").profile.is_some());
        later(&fixture, 7 * 24 + 1);
        // Not even before it is swept.
        assert!(service::view(&fixture.app, &mina).await.expect("the page").profile.is_none());
        service::delete_expired(&fixture.app).await.expect("swept");
        assert_eq!(rows().await, 0);
    })
    .await;
}
