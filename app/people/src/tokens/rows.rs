//! Tokens as their owner reads them. Only the server knows the time zones.

use domain::tokens::TokenView;

use super::server_fns::TokenRow;
use crate::time::local_time;

/// A token with its times on the wall clock of a time zone.
pub fn row(token: TokenView, zone: &str) -> TokenRow {
    TokenRow {
        created: local_time(token.created_at, zone),
        expires: token.expires_at.map(|at| local_time(at, zone)),
        last_used: token.last_used_at.map(|at| local_time(at, zone)),
        token,
    }
}
