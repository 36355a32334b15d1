//! Documents as their owner reads them. Only the server knows the time zones.

use domain::documents::{DocumentSummary, DocumentView};

use super::server_fns::{DocumentPage, DocumentRow};
use crate::time::local_time;

/// A document of the list with its times on the wall clock of a time zone.
pub fn row(document: DocumentSummary, zone: &str) -> DocumentRow {
    DocumentRow {
        updated: local_time(document.updated_at, zone),
        deleted: document.deleted_at.map(|at| local_time(at, zone)),
        document,
    }
}

/// A document with its times on the wall clock of a time zone.
pub fn page(document: DocumentView, zone: &str) -> DocumentPage {
    DocumentPage {
        updated: local_time(document.updated_at, zone),
        deleted: document.deleted_at.map(|at| local_time(at, zone)),
        document,
    }
}
