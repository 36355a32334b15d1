//! Addresses of pages that other features lead to, and the ids in them.

use domain::past_questions::PastQuestion;
use domain::questions::Field;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::location::Url;
use uuid::Uuid;

/// The interview that the address names. What is no id names the interview that nobody has, so that the server answers to both alike.
pub fn id_in_path() -> impl Fn() -> Uuid + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())).unwrap_or_default()
}

/// The address of the setup with a field and one of its topics chosen.
pub fn setup_address(field: Option<Field>, topic: Option<&str>) -> String {
    match (field, topic) {
        (None, _) => "/interviews/new".to_owned(),
        (Some(field), None) => format!("/interviews/new?field={field}"),
        (Some(field), Some(topic)) => format!("/interviews/new?field={field}&topic={}", Url::escape(topic)),
    }
}

/// The address of the setup with the company of a past question chosen, for an interview that can ask it.
pub fn company_address(past: &PastQuestion) -> String {
    let of_field = setup_address(Some(past.field), None);
    let company = Url::escape(&past.company);
    format!("{of_field}&level={}&language={}&company={company}", past.level, past.language)
}

/// The address of the setup with a letter chosen.
pub fn setup_with_letter(letter: Uuid) -> String {
    format!("/interviews/new?letter={letter}")
}

/// The address of the setup with a document chosen.
pub fn setup_with_document(document: Uuid) -> String {
    format!("/interviews/new?document={document}")
}

/// The address of the setup with an account at GitHub chosen.
pub fn setup_with_github(name: &str) -> String {
    format!("/interviews/new?github={}", Url::escape(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_it_chooses() {
        assert_eq!(setup_address(None, Some("os")), "/interviews/new");
        assert_eq!(setup_address(Some(Field::Cs), None), "/interviews/new?field=cs");
        assert_eq!(setup_address(Some(Field::Cs), Some("os")), "/interviews/new?field=cs&topic=os");
    }

    #[test]
    fn an_address_names_one_thing() {
        let id = Uuid::from_u128(7);
        assert_eq!(setup_with_letter(id), format!("/interviews/new?letter={id}"));
        assert_eq!(setup_with_document(id), format!("/interviews/new?document={id}"));
        assert_eq!(setup_with_github("mina"), "/interviews/new?github=mina");
        assert!(setup_with_github("a&b=c").ends_with("?github=a%26b%3Dc"));
    }
}
