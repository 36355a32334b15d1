//! What the address of a list says about which lines to show.

use domain::admin::{LedgerFilter, UserFilter};
use domain::audit::AuditFilter;
use leptos_router::location::Url;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

fn text(query: &ParamsMap, name: &str) -> Option<String> {
    query.get_str(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn after(query: &ParamsMap) -> Option<Uuid> {
    query.get_str("after").and_then(|id| id.parse().ok())
}

fn address(path: &str, pairs: &[(&str, Option<&str>)], after: Option<Uuid>) -> String {
    let after = after.map(|id| id.to_string());
    let pairs: Vec<String> = pairs
        .iter()
        .copied()
        .chain([("after", after.as_deref())])
        .filter_map(|(name, value)| Some(format!("{name}={}", Url::escape(value?))))
        .collect();
    match pairs.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", pairs.join("&")),
    }
}

/// Reads the address of the list of accounts.
pub fn user_filter(query: &ParamsMap) -> UserFilter {
    UserFilter { text: text(query, "q"), after: after(query) }
}

/// The address of a page of accounts.
pub fn users_address(filter: &UserFilter) -> String {
    address("/admin/users", &[("q", filter.text.as_deref())], filter.after)
}

/// Reads the address of the ledger.
pub fn ledger_filter(query: &ParamsMap) -> LedgerFilter {
    LedgerFilter { who: text(query, "who"), action: text(query, "action"), after: after(query) }
}

/// The address of a page of the ledger.
pub fn ledger_address(filter: &LedgerFilter) -> String {
    let pairs = [("who", filter.who.as_deref()), ("action", filter.action.as_deref())];
    address("/admin/ledger", &pairs, filter.after)
}

/// Reads the address of the audit log.
pub fn audit_filter(query: &ParamsMap) -> AuditFilter {
    AuditFilter { action: text(query, "action"), after: after(query) }
}

/// The address of a page of the audit log.
pub fn audit_address(filter: &AuditFilter) -> String {
    address("/admin/audit", &[("action", filter.action.as_deref())], filter.after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked() {
        let mut query = ParamsMap::new();
        query.insert("q", " mina ".to_owned());
        query.insert("who", "mina".to_owned());
        query.insert("action", String::new());
        query.insert("after", "nonsense".to_owned());
        let users = user_filter(&query);
        assert_eq!(users, UserFilter { text: Some("mina".to_owned()), after: None });
        assert_eq!(users_address(&users), "/admin/users?q=mina");
        assert_eq!(users_address(&UserFilter::default()), "/admin/users");
        let after = Some(Uuid::nil());
        let ledger = LedgerFilter { after, ..ledger_filter(&query) };
        let nil = "00000000%2D0000%2D0000%2D0000%2D000000000000";
        assert_eq!(ledger_address(&ledger), format!("/admin/ledger?who=mina&after={nil}"));
        let audit = AuditFilter { action: Some("banned".to_owned()), ..audit_filter(&query) };
        assert_eq!(audit_address(&audit), "/admin/audit?action=banned");
    }
}
