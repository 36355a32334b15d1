//! Links as their owner reads them. Only the server knows the time zones.

use domain::share::ShareView;

use super::server_fns::ShareRow;
use crate::time::local_time;

/// A link with its times on the wall clock of a time zone.
pub fn row(share: &ShareView, zone: &str) -> ShareRow {
    ShareRow {
        id: share.id,
        with_name: share.with_name,
        with_material: share.with_material,
        created: local_time(share.created_at, zone),
        expires: local_time(share.expires_at, zone),
    }
}
