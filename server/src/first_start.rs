//! What an installation without an administrator says at its start.

use std::io::Write;
use std::net::SocketAddr;

use domain::App;
use domain::accounts::first_admin;
use url::Url;

use crate::links;

/// Prints the link that makes the first administrator, while there is none. It goes to standard output and not to the log, which
/// may be kept and be read by others. Without it the program serves all the same: the command line makes an administrator, too.
pub async fn greet(app: &App, public_url: Option<&Url>, address: SocketAddr) {
    let token = match first_admin::offer(app).await {
        Ok(Some(token)) => token,
        Ok(None) => return,
        Err(error) => {
            tracing::warn!(%error, "no link for the first administrator could be made");
            return;
        }
    };
    let origin = links::origin(public_url, address);
    let mut out = std::io::stdout().lock();
    let told = writeln!(
        out,
        "There is no administrator yet. Whoever opens this address within 24 hours becomes the first one:\n{origin}/setup/{token}"
    );
    if let Err(error) = told.and_then(|()| out.flush()) {
        tracing::warn!(%error, "the link for the first administrator could not be printed");
    }
}
