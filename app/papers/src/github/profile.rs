//! A profile: whose it is, how old it is and what is missing, and then its parts.

use domain::github::{Profile, facts};
use domain::questions::Language;
use leptos::prelude::*;

use super::activity::ActivitySection;
use super::languages::LanguagesSection;
use super::repositories::RepositoriesSection;
use super::server_fns::{CallsRow, ProblemRow, ShownProfile};
use super::texts::{age, part, spoken};
use crate::addresses::setup_with_github;
use crate::language::language;
use crate::time::{Moment, local_date};
use crate::ui::AtOnce;
use crate::words;

/// Everything that is known of an account.
#[component]
pub fn ProfileView(shown: ShownProfile) -> impl IntoView {
    let ShownProfile { profile, age_minutes, problems, .. } = shown;
    let head = head(&profile);
    let to_interview = (!facts(&profile).is_empty()).then(|| {
        let href = setup_with_github(&profile.user_name);
        view! { <p class="actions"><a class="button" href=href>{tr!(github.to_interview)}</a></p> }
    });
    let read = match age(age_minutes) {
        None => tr!(github.read_now).to_owned(),
        Some(age) => tr!(github.read_ago, age = age),
    };
    let problems = (!problems.is_empty()).then(|| view! { <Problems problems/> });
    view! {
        <article class="profile" aria-labelledby="github-profile">
            {head}
            <p class="hint">{read}</p>
            {to_interview}
            {problems}
            <LanguagesSection languages=profile.languages.clone()/>
            <ActivitySection activity=profile.activity.clone()/>
            <RepositoriesSection repositories=profile.repositories.clone()/>
            <Facts profile/>
        </article>
    }
    .at_once()
}

fn head(profile: &Profile) -> AnyView {
    let name = profile.user_name.clone();
    let name = match profile.url.is_empty() {
        true => name.at_once(),
        false => {
            view! { <a href=profile.url.clone() rel="external noopener noreferrer">{name}</a> }.at_once()
        }
    };
    let display = profile.display_name.clone().map(|name| {
        let spoken = spoken(&name);
        view! { <p lang=spoken dir="auto">{name}</p> }
    });
    let since = profile.since.map(|since| {
        view! {
            <li>{tr!(github.since)} " " <Moment at=local_date(since.date_naive()) day_only=true/></li>
        }
    });
    view! {
        <header>
            <h2 id="github-profile">{name}</h2>
            {display}
            <ul class="profile-facts">
                <li>{tr!(github.repositories_count, n = profile.public_repositories)}</li>
                <li>{tr!(github.followers_count, n = profile.followers)}</li>
                {since}
            </ul>
        </header>
    }
    .at_once()
}

/// What GitHub did not give, why, and what is shown instead.
#[component]
fn Problems(problems: Vec<ProblemRow>) -> impl IntoView {
    let lines = problems.into_iter().map(|row| view! { <li>{problem(row)}</li> }).collect_view();
    view! {
        <section class="missing" aria-labelledby="github-missing">
            <h3 id="github-missing">{tr!(github.missing)}</h3>
            <ul>{lines}</ul>
        </section>
    }
    .at_once()
}

fn problem(row: ProblemRow) -> AnyView {
    let what = match row.times {
        0 | 1 => part(row.part).to_owned(),
        times => tr!(github.several, part = part(row.part), n = times),
    };
    let instead = match row.age_minutes {
        None => tr!(github.instead_nothing).to_owned(),
        Some(minutes) => match age(minutes) {
            None => tr!(github.instead_now).to_owned(),
            Some(age) => tr!(github.instead, age = age),
        },
    };
    let again = row.again.map(|at| view! { " " {tr!(github.again)} " " <Moment at/> });
    view! {
        <strong>{what}</strong> ": " {words::github_failure(row.failure)} " " {instead} {again}
    }
    .at_once()
}

/// What can be cited, in the language of the page.
#[component]
fn Facts(profile: Profile) -> impl IntoView {
    let facts = facts(&profile);
    if facts.is_empty() {
        return ().at_once();
    }
    let korean = language() == Language::Korean;
    let lines = facts.into_iter().map(|fact| {
        let text = if korean { fact.text_ko } else { fact.text_en };
        let spoken = spoken(&text);
        view! { <li lang=spoken>{text}</li> }
    });
    let lines = lines.collect_view();
    view! {
        <section aria-labelledby="github-facts">
            <h3 id="github-facts">{tr!(github.facts)}</h3>
            <p class="hint">{tr!(github.facts_hint)}</p>
            <details class="values">
                <summary>{tr!(github.show_facts)}</summary>
                <ul class="cited">{lines}</ul>
            </details>
        </section>
    }
    .at_once()
}

/// How many calls GitHub still lets this server make.
#[component]
pub fn CallsLine(row: CallsRow) -> impl IntoView {
    let CallsRow { calls, resets } = row;
    let most = tr!(github.calls_most, n = calls.most);
    let left = match (calls.remaining, calls.limit) {
        (Some(left), Some(all)) => Some(tr!(github.calls_left, left = left, all = all)),
        _ => None,
    };
    let resets = resets.map(|at| view! { " " {tr!(github.calls_reset)} " " <Moment at/> });
    view! { <p class="hint calls">{most} " " {left} {resets}</p> }.at_once()
}
