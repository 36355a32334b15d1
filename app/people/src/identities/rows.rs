//! Logins as their owner reads them. Only the server knows the time zones.

use domain::identities::{LoginsView, OfferedLogin};

use super::server_fns::{LinkedLogin, LoginRow};
use crate::time::local_time;

/// Every provider that is offered or linked. One that is linked and no longer offered can still be taken away.
pub fn login_rows(logins: LoginsView, offered: Vec<OfferedLogin>, zone: &str) -> Vec<LoginRow> {
    let linked = |provider| {
        let identity = logins.identities.iter().find(|identity| identity.provider == provider)?;
        Some(LinkedLogin { label: identity.label.clone(), at: local_time(identity.linked_at, zone) })
    };
    let gone = logins
        .identities
        .iter()
        .filter(|identity| offered.iter().all(|login| login.provider != identity.provider))
        .map(|identity| LoginRow {
            provider: identity.provider,
            name: identity.provider.to_string(),
            offered: false,
            linked: linked(identity.provider),
        });
    let gone: Vec<LoginRow> = gone.collect();
    let there = offered.into_iter().map(|login| LoginRow {
        linked: linked(login.provider),
        provider: login.provider,
        name: login.name,
        offered: true,
    });
    there.chain(gone).collect()
}
