//! What is special about the page of a share link: its address is its key.

/// What stands before the token.
const PREFIX: &str = "/share/";

/// What stands before the token of a sound.
const AUDIO: &str = "/api/audio/";

/// Whether a path leads to a shared report.
pub fn is_at(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// A path as it may stand in the log: without the token of a share link, which is as good as the report itself.
pub fn without_token(path: &str) -> &str {
    if path.starts_with(AUDIO) {
        return "/api/audio/(token)";
    }
    if is_at(path) { "/share/(token)" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_left_in_a_path() {
        let check = |path: &str, expected: &str| assert_eq!(without_token(path), expected);
        check("/share/0123abcd", "/share/(token)");
        check("/share/0123abcd/", "/share/(token)");
        check("/api/audio/0123abcd", "/api/audio/(token)");
        check("/web/share/read", "/web/share/read");
        check("/interviews", "/interviews");
    }
}
