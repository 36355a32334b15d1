//! Addresses that a visitor may be sent on to.

/// The path, if it leads to a page of this site and nowhere else.
pub fn local_path(path: &str) -> Option<&str> {
    let stays = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    stays.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_pages_of_this_site_pass() {
        for path in ["/", "/interviews/new", "/interviews?field=cs&from=2026-01-01"] {
            assert_eq!(local_path(path), Some(path));
        }
        for path in [
            "",
            "interviews",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(local_path(path), None, "{path}");
        }
    }
}
