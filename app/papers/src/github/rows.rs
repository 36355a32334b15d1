//! Ages and times as the person reads them. Only the server knows the time zones, and what time it is for both sides.

use chrono::{DateTime, Utc};
use domain::github::{Calls, GithubView, Profile};

use super::server_fns::{CallsRow, GithubPage, ProblemRow, ShownProfile};
use crate::time::local_time;

/// The page at a time, in a time zone.
pub fn page(view: GithubView, now: DateTime<Utc>, zone: &str) -> GithubPage {
    GithubPage {
        user_name: view.user_name,
        origin: view.origin,
        host: view.host,
        calls: calls(view.calls, zone),
        shown: view.profile.map(|profile| shown(profile, now, zone)),
    }
}

/// A profile at a time, in a time zone.
pub fn shown(profile: Profile, now: DateTime<Utc>, zone: &str) -> ShownProfile {
    let problems = profile.problems.iter().map(|problem| ProblemRow {
        part: problem.part,
        failure: problem.failure,
        times: problem.times,
        again: problem.again_at.map(|at| local_time(at, zone)),
        age_minutes: problem.shown_from.map(|from| minutes(now, from)),
    });
    ShownProfile {
        problems: problems.collect(),
        age_minutes: minutes(now, profile.fetched_at),
        calls: calls(profile.calls, zone),
        profile,
    }
}

fn calls(calls: Calls, zone: &str) -> CallsRow {
    CallsRow { resets: calls.resets_at.map(|at| local_time(at, zone)), calls }
}

fn minutes(now: DateTime<Utc>, then: DateTime<Utc>) -> u32 {
    u32::try_from((now - then).num_minutes().max(0)).unwrap_or(u32::MAX)
}
