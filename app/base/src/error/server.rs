use crate::context::set_status;

/// The server could not read what was asked.
pub fn blame_the_request() {
    set_status(400);
}
