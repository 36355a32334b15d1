//! The services on fresh databases, with the real migrations. One binary, one file per feature.

mod accounts;
mod admin;
mod assessments;
mod audio;
mod chat;
mod drill;
mod idempotency;
mod identities;
mod interviews;
mod junk;
mod llm;
mod notebook;
mod privacy;
mod progress;
mod quotas;
mod registration;
mod resets;
mod retake;
mod rooms;
mod score_check;
mod share;
mod sittings;
mod today;
mod tokens;
mod usage;
