//! Faults that the running program survives. Every test starts the real binary on the loopback address, on a database of its own.

mod backup;
mod commands;
mod configuration;
mod crashes;
mod database_away;
mod documents;
mod draining;
mod first_admin;
mod full_disk;
mod logins;
mod postgres_away;
mod privacy;
mod quota;
mod refunds;
mod slow_connections;
mod slow_readers;
mod stop;
mod support;
