//! The languages of public code as a picture and as a table: three shares side by side.
//!
//! As in the chart of results there is no `viewBox`: places are shares of the picture and sizes are pixels. Every value stands beside its
//! bar, so there is nothing to point at.

use domain::github::{LanguageShare, Languages};
use leptos::prelude::*;

use super::texts::percent;
use crate::ui::AtOnce;

/// Languages that have bars of their own. The others share the last ones.
const DRAWN_MAX: usize = 8;
/// Height of a bar and of its line, in pixels.
const BAR: u32 = 12;
const LINE: u32 = 18;

/// The three ways to count: their classes, in the order of their bars.
const WAYS: [&str; 3] = ["by-bytes", "by-repositories", "recent"];

fn names() -> [&'static str; 3] {
    [tr!(github.by_bytes), tr!(github.by_repositories), tr!(github.recent)]
}

const fn values(share: &LanguageShare) -> [f64; 3] {
    [share.by_bytes, share.by_repositories, share.recent]
}

/// The chart with what it counts, and its values as a table.
#[component]
pub fn LanguagesSection(languages: Languages) -> impl IntoView {
    let body = match languages.shares.is_empty() {
        true => view! { <p class="empty">{tr!(github.no_languages)}</p> }.at_once(),
        false => view! {
            <Chart languages=languages.clone()/>
            <Table shares=languages.shares.clone()/>
        }
        .at_once(),
    };
    view! {
        <section aria-labelledby="github-languages">
            <h3 id="github-languages">{tr!(github.languages)}</h3>
            {body}
            {basis(&languages)}
        </section>
    }
    .at_once()
}

#[component]
fn Chart(languages: Languages) -> impl IntoView {
    let rows = drawn(&languages.shares).into_iter().map(row).collect_view();
    let legend = WAYS
        .into_iter()
        .zip(names())
        .map(|(class, name)| view! { <li class=class>{name}</li> })
        .collect_view();
    view! {
        <figure class="shares">
            <figcaption><strong>{tr!(github.not_skill)}</strong></figcaption>
            <ul class="shares-legend" aria-hidden="true">{legend}</ul>
            <ul class="shares-rows">{rows}</ul>
        </figure>
    }
    .at_once()
}

/// A language with its three values.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    name: String,
    is_notebooks: bool,
    values: [f64; 3],
}

/// The largest languages, and the others as one.
fn drawn(shares: &[LanguageShare]) -> Vec<Drawn> {
    let own = if shares.len() > DRAWN_MAX { DRAWN_MAX - 1 } else { shares.len() };
    let (shown, rest) = shares.split_at(own);
    let mut drawn: Vec<Drawn> = shown
        .iter()
        .map(|share| Drawn {
            name: share.language.clone(),
            is_notebooks: share.is_notebooks,
            values: values(share),
        })
        .collect();
    if !rest.is_empty() {
        let sums = rest
            .iter()
            .map(values)
            .fold([0.0; 3], |sums, values| std::array::from_fn(|way| sums[way] + values[way]));
        drawn.push(Drawn { name: tr!(github.other_languages).to_owned(), is_notebooks: false, values: sums });
    }
    drawn
}

fn row(drawn: Drawn) -> impl IntoView {
    let Drawn { name, is_notebooks, values } = drawn;
    let label = said(&name, values);
    let bars = WAYS.into_iter().zip(values).zip(0_u32..).map(|((class, value), place)| {
        let top = place * LINE;
        let width = format!("{:.2}%", value.clamp(0.0, 1.0) * 100.0);
        view! {
            // The numbers stand right of the bars, at the end of the outer picture.
            <svg class="shares-bar" x="0" y=top.to_string() width="86%" height=BAR.to_string()>
                <rect class="whole" x="0" y="0" width="100%" height=BAR.to_string()/>
                <rect class=class x="0" y="0" width=width height=BAR.to_string()/>
            </svg>
            <text x="100%" y=(top + BAR - 1).to_string() text-anchor="end">{percent(value)}</text>
        }
    });
    let bars = bars.collect_view();
    let marked = is_notebooks.then(|| view! { " " <span class="tag">{tr!(github.flag_notebooks)}</span> });
    view! {
        <li>
            <p class="language">{name} {marked}</p>
            <svg class="shares-bars" role="img" aria-label=label height=(3 * LINE).to_string()>{bars}</svg>
        </li>
    }
}

/// What the bars of a language say.
fn said(name: &str, values: [f64; 3]) -> String {
    let each: Vec<String> =
        names().into_iter().zip(values).map(|(way, value)| format!("{way} {}", percent(value))).collect();
    format!("{name}: {}", each.join(", "))
}

/// The values of the chart, for all languages.
#[component]
fn Table(shares: Vec<LanguageShare>) -> impl IntoView {
    let heads = names().map(|name| view! { <th scope="col" class="number">{name}</th> });
    let rows = shares.into_iter().map(|share| {
        let cells = values(&share).map(|value| view! { <td class="number">{percent(value)}</td> });
        view! {
            <tr>
                <th scope="row">{share.language}</th>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="values">
            <summary>{tr!(github.as_table)}</summary>
            <div class="table-frame" tabindex="0" role="region" aria-label=tr!(github.languages)>
                <table>
                    <caption>{tr!(github.languages_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(github.column_language)}</th>
                            {heads.into_iter().collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .at_once()
}

/// What was counted, and what was not.
fn basis(languages: &Languages) -> AnyView {
    let counted =
        tr!(github.basis, read = languages.read, counted = languages.counted, recent = languages.recent);
    let excluded = languages.excluded;
    let left_out = excluded.forks + excluded.archived + excluded.templates;
    let left_out = (left_out > 0).then(|| {
        tr!(
            github.left_out,
            forks = excluded.forks,
            archived = excluded.archived,
            templates = excluded.templates
        )
    });
    let unread = (languages.unread > 0).then(|| tr!(github.unread, n = languages.unread));
    let notebooks =
        languages.shares.iter().any(|share| share.is_notebooks).then(|| tr!(github.notebooks_hint));
    view! {
        <p class="hint">{counted} " " {tr!(github.capped_hint)} " " {left_out} " " {unread} " " {notebooks}</p>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(language: &str, by_bytes: f64) -> LanguageShare {
        LanguageShare {
            language: language.to_owned(),
            by_bytes,
            by_repositories: by_bytes / 2.0,
            recent: 0.0,
            is_notebooks: false,
        }
    }

    #[test]
    fn many_languages_share_the_last_bars() {
        let few: Vec<LanguageShare> = (0..8).map(|_| share("Rust", 0.125)).collect();
        assert_eq!(drawn(&few).len(), 8);
        let many: Vec<LanguageShare> = (0..16).map(|_| share("Rust", 0.0625)).collect();
        let bars = drawn(&many);
        assert_eq!((bars.len(), bars[7].name.as_str()), (8, "그 밖의 언어"));
        assert_eq!(bars[7].values, [0.5625, 0.28125, 0.0]);
        assert!(drawn(&[]).is_empty());
    }

    #[test]
    fn bars_say_all_three_shares() {
        assert_eq!(said("Rust", [0.4, 0.2, 1.0]), "Rust: 바이트 40%, 저장소 수 20%, 최근 12개월 100%");
    }
}
