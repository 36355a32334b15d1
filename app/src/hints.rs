//! Which parts of the program a page needs, so that the browser fetches them together with the first one rather than after it.
//!
//! Leptos has such hints, too. It adds them when the page is written and no longer runs in a context of its own, so under load
//! they end up in pages that other people asked for.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

/// The parts of the program that belong to each lazy route, by the name of its view.
#[derive(Clone, Debug, Default)]
pub struct Hints(Arc<HashMap<String, Vec<String>>>);

/// The script that loads the parts. The web build always calls it so.
const LOADER: &str = "/pkg/__wasm_split.______________________.js";

impl Hints {
    /// Reads the manifest of the web build. Without one there are no hints.
    pub fn parse(manifest: &str) -> Self {
        let parts: HashMap<String, Vec<String>> = serde_json::from_str(manifest).unwrap_or_default();
        let named = parts.into_iter().filter_map(|(view, parts)| {
            let (name, _) = view.trim_start_matches('_').split_once("_view_")?;
            Some((name.to_owned(), parts))
        });
        Self(Arc::new(named.collect()))
    }

    /// The parts that the page at a path needs.
    fn parts(&self, path: &str) -> &[String] {
        view_of(path).and_then(|view| self.0.get(view)).map_or(&[], Vec::as_slice)
    }
}

/// The lazy view of a path, in the order of `routes.rs`. The landing page has no program.
fn view_of(path: &str) -> Option<&'static str> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    Some(match segments.as_slice() {
        ["register"] => "register_route",
        ["login"] => "login_route",
        ["interviews"] => "history_route",
        ["interviews", "new"] => "setup_route",
        ["interviews", _] => "room_route",
        ["interviews", _, "report"] => "report_route",
        ["allowance"] => "allowance_route",
        ["profile"] => "profile_route",
        _ => return None,
    })
}

/// The hints for the page at a path.
pub fn links(path: &str) -> impl IntoView + use<> {
    let hints: Hints = use_context().unwrap_or_default();
    let parts = hints.parts(path);
    let loader =
        (!parts.is_empty()).then(|| view! { <link rel="modulepreload" href=LOADER crossorigin=""/> });
    let parts = parts
        .iter()
        .map(|part| {
            let address = format!("/pkg/{part}.wasm");
            view! { <link rel="preload" href=address r#as="fetch" r#type="application/wasm" crossorigin=""/> }
        })
        .collect_view();
    view! {
        {loader}
        {parts}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_the_parts_of_its_own_view() {
        let hints = Hints::parse(
            r#"{ "__room_route_view_17467239865676072167": ["chunk_1", "split___room_route_view_17467239865676072167"],
                 "__history_route_view_13152236757364309352": ["chunk_2"] }"#,
        );
        let check = |path: &str, expected: &[&str]| assert_eq!(hints.parts(path), expected, "{path}");
        check(
            "/interviews/01a1fdda-59bd-7061-a2ae-439b0c3a1b2c",
            &["chunk_1", "split___room_route_view_17467239865676072167"],
        );
        check("/interviews", &["chunk_2"]);
        check("/interviews/", &["chunk_2"]);
        check("/interviews/new", &[]);
        check("/", &[]);
        check("/nowhere/at/all", &[]);
    }

    #[test]
    fn a_build_without_parts_has_no_hints() {
        assert!(Hints::parse("").parts("/interviews").is_empty());
        assert!(Hints::parse("{}").parts("/interviews").is_empty());
    }
}
