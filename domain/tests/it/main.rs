//! The services on fresh databases, with the real migrations. One binary, one file per feature.

mod accounts;
mod interviews;
mod junk;
mod llm;
mod privacy;
mod quotas;
mod rooms;
mod score_check;
mod share;
