/// In the browser it is the reply that could not be read; its status is known already.
pub const fn blame_the_request() {}
