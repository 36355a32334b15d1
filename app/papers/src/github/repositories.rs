//! The repositories of a profile with what they say of themselves.

use domain::github::{FileShare, Repository};
use leptos::prelude::*;

use super::texts::{flag, percent, spoken};
use crate::time::{Moment, local_date};
use crate::ui::{AtOnce, Empty};

/// Repositories that stand on the page at once.
const SHOWN: usize = 10;
/// Languages of one that are named.
const NAMED: usize = 4;

/// What was pushed to last; the others behind a press.
#[component]
pub fn RepositoriesSection(repositories: Vec<Repository>) -> impl IntoView {
    if repositories.is_empty() {
        let next = vec![("#github_name", tr!(github.another)), ("/documents", tr!(material.to_documents))];
        return view! {
            <section aria-labelledby="github-repositories">
                <h3 id="github-repositories">{tr!(github.repositories)}</h3>
                <Empty text=tr!(github.no_repositories) next/>
            </section>
        }
        .at_once();
    }
    let mut first = repositories;
    let rest = first.split_off(first.len().min(SHOWN));
    let more = (!rest.is_empty()).then(|| {
        let count = rest.len();
        view! {
            <details class="values">
                <summary>{tr!(github.more_repositories, n = count)}</summary>
                <ul class="repositories">{rest.into_iter().map(entry).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <section aria-labelledby="github-repositories">
            <h3 id="github-repositories">{tr!(github.repositories)}</h3>
            <p class="hint">{tr!(github.repositories_hint)}</p>
            <ul class="repositories">{first.into_iter().map(entry).collect_view()}</ul>
            {more}
        </section>
    }
    .at_once()
}

fn entry(repository: Repository) -> AnyView {
    let mix = mix(&repository);
    let notebooks = some(repository.notebooks)
        .map(|(n, part)| view! { <li>{tr!(github.files_notebooks, n = n, part = part)}</li> });
    let generated = some(repository.generated)
        .map(|(n, part)| view! { <li>{tr!(github.files_generated, n = n, part = part)}</li> });
    let Repository { name, url, description, pushed_at, stars, readme_excerpt, flags, .. } = repository;
    let name = match url.is_empty() {
        true => name.at_once(),
        false => view! { <a href=url rel="external noopener noreferrer">{name}</a> }.at_once(),
    };
    let flags = flags.into_iter().map(|mark| view! { <span class="tag">{flag(mark)}</span> }).collect_view();
    let description = description.map(|text| {
        let spoken = spoken(&text);
        view! { <p lang=spoken dir="auto">{text}</p> }
    });
    let mix = mix.map(|mix| view! { <li>{mix}</li> });
    let pushed = pushed_at.map(|at| {
        view! {
            <li>{tr!(github.pushed)} " " <Moment at=local_date(at.date_naive()) day_only=true/></li>
        }
    });
    let stars = (stars > 0).then(|| view! { <li>{tr!(github.stars, n = stars)}</li> });
    let excerpt = readme_excerpt.map(|text| {
        let spoken = spoken(&text);
        view! {
            <figure class="readme">
                <figcaption>"README"</figcaption>
                <blockquote lang=spoken dir="auto">{text}</blockquote>
            </figure>
        }
    });
    view! {
        <li>
            <h4>{name}</h4>
            <p class="tags">{flags}</p>
            {description}
            <ul class="profile-facts">{mix} {pushed} {stars} {notebooks} {generated}</ul>
            {excerpt}
        </li>
    }
    .at_once()
}

/// Files of a kind, also where they are too few for a mark: how many, and which part of all bytes.
fn some(files: Option<FileShare>) -> Option<(u32, String)> {
    files.filter(|files| files.files > 0).map(|files| (files.files, percent(files.share)))
}

/// The languages with their shares, or the main one where they were not read.
fn mix(repository: &Repository) -> Option<String> {
    let all = repository.bytes();
    if all == 0 {
        return repository.main_language.clone();
    }
    let named = repository.languages.iter().take(NAMED);
    let named: Vec<String> = named
        .map(|language| format!("{} {}", language.language, percent(language.bytes as f64 / all as f64)))
        .collect();
    Some(named.join(" · "))
}
