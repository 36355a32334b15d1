//! What the addresses of past questions say.

use domain::past_questions::{PastFilter, PastStatus};
use leptos_router::params::ParamsMap;
use uuid::Uuid;

use crate::questions::address;

fn text(query: &ParamsMap, name: &str) -> Option<String> {
    query.get_str(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn page(query: &ParamsMap) -> u32 {
    text(query, "page").and_then(|page| page.parse().ok()).unwrap_or_default()
}

/// Which list is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The approved ones, from page 0.
    Approved(PastFilter, u32),
    /// The person's own.
    Own,
}

/// The address of the person's own.
pub const OWN: &str = "/past-questions?show=own";

impl Shown {
    /// Reads the address. What says nothing known lists the approved ones.
    pub fn from_query(query: &ParamsMap) -> Self {
        if text(query, "show").as_deref() == Some("own") {
            return Self::Own;
        }
        let filter = PastFilter {
            text: text(query, "q"),
            field: text(query, "field"),
            company: text(query, "company"),
            job: text(query, "job"),
        };
        Self::Approved(filter, page(query))
    }
}

/// The address of a page of the approved ones.
pub fn approved_address(filter: &PastFilter, page: u32) -> String {
    let page = (page > 0).then(|| page.to_string());
    let pairs = [
        ("q", filter.text.as_deref()),
        ("field", filter.field.as_deref()),
        ("company", filter.company.as_deref()),
        ("job", filter.job.as_deref()),
        ("page", page.as_deref()),
    ];
    address("/past-questions", &pairs)
}

/// What a moderator looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moderated {
    pub status: PastStatus,
    /// From 0.
    pub page: u32,
    /// The one whose forms are open.
    pub open: Option<Uuid>,
}

impl Moderated {
    /// Reads the address. What says nothing known lists those that wait.
    pub fn from_query(query: &ParamsMap) -> Self {
        Self {
            status: text(query, "status")
                .and_then(|word| word.parse().ok())
                .filter(|status| PastStatus::MODERATED.contains(status))
                .unwrap_or(PastStatus::Pending),
            page: page(query),
            open: text(query, "open").and_then(|id| id.parse().ok()),
        }
    }

    /// The address that says so.
    pub fn address(self) -> String {
        let page = (self.page > 0).then(|| self.page.to_string());
        let open = self.open.map(|id| id.simple().to_string());
        let pairs =
            [("status", Some(self.status.as_str())), ("page", page.as_deref()), ("open", open.as_deref())];
        address("/admin/past-questions", &pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        let mut query = ParamsMap::new();
        pairs.iter().for_each(|(name, value)| query.insert(*name, (*value).to_owned()));
        query
    }

    #[test]
    fn an_address_says_what_is_shown() {
        assert_eq!(Shown::from_query(&query(&[("show", "own")])), Shown::Own);
        assert_eq!(Shown::from_query(&query(&[])), Shown::Approved(PastFilter::default(), 0));
        let given = query(&[("q", " 캐시 "), ("company", "A&B"), ("page", "2")]);
        let filter = PastFilter {
            text: Some("캐시".to_owned()),
            company: Some("A&B".to_owned()),
            ..PastFilter::default()
        };
        assert_eq!(Shown::from_query(&given), Shown::Approved(filter.clone(), 2));
        let address = approved_address(&filter, 2);
        assert!(address.ends_with("&company=A%26B&page=2"), "{address}");
        assert_eq!(approved_address(&PastFilter::default(), 0), "/past-questions");
    }

    #[test]
    fn a_moderator_opens_one_of_a_list() {
        let id = Uuid::from_u128(7);
        let given = query(&[("status", "approved"), ("open", &id.to_string())]);
        let shown = Moderated::from_query(&given);
        assert_eq!(shown, Moderated { status: PastStatus::Approved, page: 0, open: Some(id) });
        let simple = id.simple();
        assert_eq!(shown.address(), format!("/admin/past-questions?status=approved&open={simple}"));
        assert_eq!(
            Moderated::from_query(&query(&[("status", "x"), ("open", "y")])).status,
            PastStatus::Pending
        );
    }
}
