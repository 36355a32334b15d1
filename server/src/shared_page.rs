//! What is special about a page whose address is its key: a shared report, and the pages of links that work once.

/// What stands before the token, and the path as it may stand in the log.
const PAGES: &[(&str, &str)] =
    &[("/share/", "/share/(token)"), ("/reset/", "/reset/(token)"), ("/setup/", "/setup/(token)")];

/// Whether the address of a page is its key.
pub fn is_at(path: &str) -> bool {
    PAGES.iter().any(|(prefix, _)| path.starts_with(prefix))
}

/// A path as it may stand in the log: without a token, which is as good as what it opens.
pub fn without_token(path: &str) -> &str {
    PAGES.iter().find(|(prefix, _)| path.starts_with(prefix)).map_or(path, |page| page.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_left_in_a_path() {
        let check = |path: &str, expected: &str| assert_eq!(without_token(path), expected);
        check("/share/0123abcd", "/share/(token)");
        check("/share/0123abcd/", "/share/(token)");
        check("/setup/0123abcd", "/setup/(token)");
        check("/reset/0123abcd", "/reset/(token)");
        check("/web/share/read", "/web/share/read");
        check("/interviews", "/interviews");
    }
}
