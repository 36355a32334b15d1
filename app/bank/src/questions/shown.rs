//! What the address of the bank says about which questions to list.

use domain::questions::{BankFilter, Field, Language, Topic};
use leptos::prelude::*;
use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

use crate::language::language;
use crate::ui::AtOnce;
use crate::words;

/// Which questions are listed, and in which language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub filter: BankFilter,
    /// None for that of the page.
    pub language: Option<Language>,
    /// From 0.
    pub page: u32,
}

impl Shown {
    /// Reads the address. What says nothing known lists everything.
    pub fn from_query(query: &ParamsMap) -> Self {
        let text = |name: &str| {
            query.get_str(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Self {
            filter: BankFilter {
                text: text("q"),
                field: text("field"),
                topic: text("topic"),
                level: text("level"),
                kind: text("kind"),
            },
            language: text("lang").and_then(|word| word.parse().ok()),
            page: text("page").and_then(|page| page.parse().ok()).unwrap_or_default(),
        }
    }

    /// The address that says so.
    pub fn address(&self) -> String {
        let page = (self.page > 0).then(|| self.page.to_string());
        let filter = &self.filter;
        let pairs = [
            ("q", filter.text.as_deref()),
            ("field", filter.field.as_deref()),
            ("topic", filter.topic.as_deref()),
            ("level", filter.level.as_deref()),
            ("kind", filter.kind.as_deref()),
            ("lang", self.language.map(Language::as_str)),
            ("page", page.as_deref()),
        ];
        address("/questions", &pairs)
    }
}

/// An address with what is asked for behind it.
pub fn address(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", Url::escape(value.as_ref()?))))
        .collect();
    match pairs.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", pairs.join("&")),
    }
}

/// The address of a question in a language.
pub fn question_address(id: &str, shown_in: Language) -> String {
    let other = (shown_in != language()).then(|| shown_in.as_str());
    address(&format!("/questions/{id}"), &[("lang", other)])
}

/// The topics to choose from, below the names of their fields.
#[component]
pub fn TopicOptions(topics: Vec<Topic>, chosen: Option<String>) -> impl IntoView {
    let group = |field: &Field| {
        let options: Vec<_> = topics
            .iter()
            .filter(|topic| topic.field == *field)
            .map(|topic| {
                let selected = chosen.as_deref() == Some(topic.id.as_str());
                view! { <option value=topic.id.clone() selected=selected>{topic.name(language()).to_owned()}</option> }
            })
            .collect();
        (!options.is_empty()).then(|| view! { <optgroup label=words::field(*field)>{options}</optgroup> })
    };
    Field::ALL.iter().map(group).collect_view().at_once()
}

/// The ways to the page before and the page after, and where one is. `address` says where a page is, from 0.
#[component]
pub fn Pages(
    page: u32,
    total: u32,
    size: u32,
    address: impl Fn(u32) -> String,
    /// What the list is called, for those who cannot see where it stands.
    label: &'static str,
) -> impl IntoView {
    let pages = total.div_ceil(size);
    if pages < 2 {
        return ().at_once();
    }
    let link = |page: u32, text: &'static str| {
        let href = address(page);
        view! { <a class="button quiet" href=href>{text}</a> }
    };
    // An address may name a page behind the last.
    let before = page.checked_sub(1).map(|before| link(before.min(pages - 1), tr!(questions.page_before)));
    let after = (page + 1 < pages).then(|| link(page + 1, tr!(questions.page_after)));
    view! {
        <nav class="pages" aria-label=label>
            {before}
            <span class="hint">{tr!(questions.page_of, n = page + 1, all = pages)}</span>
            {after}
        </nav>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_shown() {
        let mut query = ParamsMap::new();
        for (name, value) in
            [("q", " 교착 상태 "), ("field", "cs"), ("level", ""), ("lang", "en"), ("page", "2")]
        {
            query.insert(name, value.to_owned());
        }
        let shown = Shown::from_query(&query);
        assert_eq!(shown.filter.text.as_deref(), Some("교착 상태"));
        assert_eq!(
            (shown.filter.level.as_ref(), shown.language, shown.page),
            (None, Some(Language::English), 2)
        );
        let address = shown.address();
        assert!(address.starts_with("/questions?q=%EA%B5%90"), "{address}");
        assert!(address.ends_with("&field=cs&lang=en&page=2"), "{address}");
        assert_eq!(Shown::default().address(), "/questions");
        let mut nonsense = ParamsMap::new();
        nonsense.insert("page", "-1".to_owned());
        nonsense.insert("lang", "xx".to_owned());
        assert_eq!(Shown::from_query(&nonsense), Shown::default());
    }
}
