//! What the archive's address says about which letters to list.

use domain::letters::{LetterSort, NAME_MAX};
use leptos::prelude::*;
use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

use crate::ui::AtOnce;

/// Which letters are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub text: String,
    pub sort: LetterSort,
    /// From 0.
    pub page: u32,
}

impl Search {
    /// Reads the address. What says nothing known lists everything, what was changed last first.
    pub fn from_query(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default();
        Self {
            text: text("q").trim().to_owned(),
            sort: text("sort").parse().unwrap_or(LetterSort::Updated),
            page: text("page").parse().unwrap_or(0),
        }
    }

    /// The address of another page of the same list.
    pub fn address(&self, page: u32) -> String {
        let text = match self.text.is_empty() {
            true => String::new(),
            false => format!("&q={}", Url::escape(&self.text)),
        };
        let page = if page > 0 { format!("&page={page}") } else { String::new() };
        format!("/letters?sort={}{text}{page}", self.sort)
    }
}

fn name(sort: LetterSort) -> &'static str {
    match sort {
        LetterSort::Updated => tr!(letters.sort_updated),
        LetterSort::Created => tr!(letters.sort_created),
        LetterSort::Title => tr!(letters.sort_title),
        LetterSort::Company => tr!(letters.sort_company),
    }
}

/// The form that searches and sorts. It is a plain one: its answers stand in the address.
#[component]
pub fn SearchForm(search: Search) -> impl IntoView {
    let sorts = LetterSort::ALL
        .iter()
        .map(|sort| {
            view! { <option value=sort.as_str() selected=*sort == search.sort>{name(*sort)}</option> }
        })
        .collect_view();
    let reset = (!search.text.is_empty())
        .then(|| view! { <a class="button quiet" href="/letters">{tr!(letters.search_reset)}</a> });
    view! {
        <form class="letter-search" method="get" action="/letters" role="search" aria-label=tr!(letters.search)>
            <label>
                <span>{tr!(letters.search_label)}</span>
                <input type="search" name="q" value=search.text maxlength=NAME_MAX.to_string()/>
            </label>
            <label>
                <span>{tr!(letters.sort)}</span>
                <select name="sort">{sorts}</select>
            </label>
            <div class="actions">
                <button class="button quiet">{tr!(letters.search)}</button>
                {reset}
            </div>
        </form>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_searched() {
        let search = |pairs: &[(&str, &str)]| {
            let mut query = ParamsMap::new();
            pairs.iter().for_each(|(name, value)| query.insert((*name).to_owned(), (*value).to_owned()));
            Search::from_query(&query)
        };
        let all = Search { text: String::new(), sort: LetterSort::Updated, page: 0 };
        assert_eq!(search(&[]), all);
        assert_eq!(search(&[("q", "  "), ("sort", "x"), ("page", "-1")]), all);
        assert_eq!(all.address(0), "/letters?sort=updated");
        let some = Search { text: "map".to_owned(), sort: LetterSort::Title, page: 2 };
        assert_eq!(search(&[("q", "map"), ("sort", "title"), ("page", "2")]), some);
        assert_eq!(some.address(3), "/letters?sort=title&q=map&page=3");
    }
}
