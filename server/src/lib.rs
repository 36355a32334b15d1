//! How Daedap is served: the router with everything around it, and the program's start and end.

mod address;
mod api;
mod assets;
pub mod backup;
mod body;
pub mod config;
mod connections;
mod csrf;
mod first_start;
mod headers;
mod health;
pub mod in_use;
mod links;
mod mail_settings;
pub mod oauth;
mod patience;
mod preferences;
mod problem;
mod receipts;
mod report_files;
mod room_events;
mod router;
pub mod score_check;
mod serve;
mod sessions;
mod shared_page;
mod start;
mod takeout;
pub mod telemetry;
pub mod users;
mod viewer;

pub use api::{document as openapi, v1_paths};
pub use body::BODY_MAX;
pub use router::{Serving, router};
pub use serve::serve;
pub use start::{migrate, start};
