//! The services on fresh databases, with the real migrations. One binary, one file per feature.

mod accounts;
mod assessments;
mod drill;
mod interviews;
mod junk;
mod llm;
mod notebook;
mod privacy;
mod progress;
mod quotas;
mod retake;
mod retention;
mod rooms;
mod score_check;
mod share;
mod sittings;
mod takeout;
mod today;
