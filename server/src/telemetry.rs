//! The log: readable lines on standard error, `RUST_LOG` chooses what.

use tracing_subscriber::EnvFilter;

/// Begins to log.
pub fn init() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        // It would say on standard error that standard error cannot be written to, and panic: a full disk would end requests.
        .log_internal_errors(false)
        .init();
}
