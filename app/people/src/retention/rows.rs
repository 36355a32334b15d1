//! The choices as their owner reads them. Only the server knows the time zones.

use domain::retention::RetentionView;

use super::server_fns::{RetentionPage, RetentionRow};
use crate::time::local_time;

/// What is chosen and offered, with its times on the wall clock of a time zone.
pub fn page(view: RetentionView, zone: &str) -> RetentionPage {
    let row = |effect: domain::retention::RetentionEffect| RetentionRow {
        choice: effect.choice,
        strikes: effect.strikes,
        letters: effect.letters,
        documents: effect.documents,
        next: effect.next_at.map(|at| local_time(at, zone)),
    };
    RetentionPage {
        chosen: view.chosen,
        maximum: view.maximum,
        rows: view.effects.into_iter().map(row).collect(),
    }
}
