//! What the history's address says about which interviews to list.

use domain::interview::{Band, HistoryFilter};
use domain::questions::Field;
use leptos::prelude::*;
use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

use crate::ui::AtOnce;
use crate::words;

/// The filter's word for interviews that are not finished.
const RUNNING: &str = "running";

/// Reads the address.
pub fn from_query(query: &ParamsMap) -> HistoryFilter {
    let text =
        |name: &str| query.get_str(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    HistoryFilter {
        field: text("field"),
        result: text("result"),
        from: text("from"),
        to: text("to"),
        after: query.get_str("after").and_then(|id| id.parse().ok()),
    }
}

/// Whether anything but the page is asked for.
pub fn is_set(filter: &HistoryFilter) -> bool {
    HistoryFilter { after: None, ..filter.clone() } != HistoryFilter::default()
}

/// The address of a page of the history.
pub fn address(filter: &HistoryFilter) -> String {
    let after = filter.after.map(|id| id.to_string());
    let pairs = [
        ("field", &filter.field),
        ("result", &filter.result),
        ("from", &filter.from),
        ("to", &filter.to),
        ("after", &after),
    ];
    let pairs: Vec<String> = pairs
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", Url::escape(value.as_ref()?))))
        .collect();
    match pairs.is_empty() {
        true => "/interviews".to_owned(),
        false => format!("/interviews?{}", pairs.join("&")),
    }
}

/// The form that asks for other interviews. It is a plain one: its answers stand in the address.
#[component]
pub fn FilterForm(filter: HistoryFilter) -> impl IntoView {
    let chosen = filter.field.clone().unwrap_or_default();
    let fields = Field::ALL
        .iter()
        .map(|field| {
            view! {
                <option value=field.as_str() selected=field.as_str() == chosen>{words::field(*field)}</option>
            }
        })
        .collect_view();
    let chosen = filter.result.clone().unwrap_or_default();
    let results = [(RUNNING, tr!(history.result_running))]
        .into_iter()
        .chain(Band::ALL.iter().map(|band| (band.as_str(), words::band(*band))))
        .map(|(word, name)| view! { <option value=word selected=word == chosen>{name}</option> })
        .collect_view();
    let reset = is_set(&filter)
        .then(|| view! { <a class="button quiet" href="/interviews">{tr!(history.reset)}</a> });
    view! {
        <details class="filter-fold" open=is_set(&filter)>
            <summary>{tr!(history.filter)}</summary>
        <form class="filter" method="get" action="/interviews" role="search" aria-label=tr!(history.filter)>
            <label>
                <span>{tr!(history.from)}</span>
                <input type="date" name="from" value=filter.from.clone()/>
            </label>
            <label>
                <span>{tr!(history.to)}</span>
                <input type="date" name="to" value=filter.to.clone()/>
            </label>
            <label>
                <span>{tr!(history.field)}</span>
                <select name="field"><option value="">{tr!(history.all)}</option> {fields}</select>
            </label>
            <label>
                <span>{tr!(history.result)}</span>
                <select name="result"><option value="">{tr!(history.all)}</option> {results}</select>
            </label>
            <div class="actions">
                <button class="button quiet">{tr!(history.apply)}</button>
                {reset}
            </div>
        </form>
        </details>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked() {
        assert_eq!(address(&HistoryFilter::default()), "/interviews");
        let filter = HistoryFilter {
            field: Some("cs".to_owned()),
            to: Some("20260301".to_owned()),
            ..Default::default()
        };
        assert_eq!(address(&filter), "/interviews?field=cs&to=20260301");
        let mut query = ParamsMap::new();
        query.insert("field", "cs".to_owned());
        query.insert("from", " ".to_owned());
        query.insert("to", "20260301".to_owned());
        query.insert("after", "nonsense".to_owned());
        assert_eq!(from_query(&query), filter);
        assert!(is_set(&filter) && !is_set(&HistoryFilter::default()));
    }
}
