//! What the notebook's address says about which entries to list.

use domain::notebook::NotebookFilter;
use domain::questions::Field;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::ui::AtOnce;
use crate::words;

/// Which entries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub filter: NotebookFilter,
    pub field: Option<Field>,
    /// From 0.
    pub page: u32,
}

impl Shown {
    /// Reads the address. What says nothing known lists what was missed.
    pub fn from_query(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default();
        Self {
            filter: text("show").parse().unwrap_or(NotebookFilter::Missed),
            field: text("field").parse().ok(),
            page: text("page").parse().unwrap_or(0),
        }
    }

    /// The address that says so.
    pub fn address(self) -> String {
        let field = self.field.map(|field| format!("&field={field}")).unwrap_or_default();
        let page = if self.page > 0 { format!("&page={}", self.page) } else { String::new() };
        format!("/notebook?show={}{field}{page}", self.filter)
    }
}

fn name(filter: NotebookFilter) -> &'static str {
    match filter {
        NotebookFilter::Missed => tr!(notebook.show_missed),
        NotebookFilter::Favourites => tr!(notebook.show_favourites),
        NotebookFilter::Memos => tr!(notebook.show_memos),
        NotebookFilter::All => tr!(notebook.show_all),
    }
}

/// Links to the other lists, and the form that asks for a field. It is a plain one: its answer stands in the address.
#[component]
pub fn Tabs(shown: Shown) -> impl IntoView {
    let tabs = NotebookFilter::ALL
        .iter()
        .map(|filter| {
            let href = Shown { filter: *filter, page: 0, ..shown }.address();
            let current = (*filter == shown.filter).then_some("page");
            view! { <li><a href=href aria-current=current>{name(*filter)}</a></li> }
        })
        .collect_view();
    let fields = Field::ALL
        .iter()
        .map(|field| {
            view! {
                <option value=field.as_str() selected=shown.field == Some(*field)>{words::field(*field)}</option>
            }
        })
        .collect_view();
    view! {
        <nav aria-label=tr!(notebook.lists)>
            <ul class="tabs">{tabs}</ul>
        </nav>
        <form class="field-filter" method="get" action="/notebook" role="search" aria-label=tr!(notebook.by_field)>
            <input type="hidden" name="show" value=shown.filter.as_str()/>
            <label>
                <span class="visually-hidden">{tr!(history.field)}</span>
                <select name="field"><option value="">{tr!(notebook.all_fields)}</option> {fields}</select>
            </label>
            <button class="button quiet">{tr!(history.apply)}</button>
        </form>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_shown() {
        let shown = |pairs: &[(&str, &str)]| {
            let mut query = ParamsMap::new();
            pairs.iter().for_each(|(name, value)| query.insert((*name).to_owned(), (*value).to_owned()));
            Shown::from_query(&query)
        };
        let first = Shown { filter: NotebookFilter::Missed, field: None, page: 0 };
        assert_eq!(shown(&[]), first);
        assert_eq!(shown(&[("show", "x"), ("field", ""), ("page", "-1")]), first);
        let other = Shown { filter: NotebookFilter::Memos, field: Some(Field::Cs), page: 2 };
        assert_eq!(shown(&[("show", "memos"), ("field", "cs"), ("page", "2")]), other);
        assert_eq!(first.address(), "/notebook?show=missed");
        assert_eq!(other.address(), "/notebook?show=memos&field=cs&page=2");
    }
}
