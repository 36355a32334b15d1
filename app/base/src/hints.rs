//! Which parts of the program a page needs, so that the browser fetches them together with the first one rather than after it.
//!
//! Leptos has such hints, too. It adds them when the page is written and no longer runs in a context of its own, so under load
//! they end up in pages that other people asked for.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

/// The files of each part of the program, by the part's name in `routes.rs`.
#[derive(Clone, Debug, Default)]
pub struct Hints(Arc<HashMap<String, Vec<String>>>);

/// The script that loads the parts. The web build always calls it so.
const LOADER: &str = "/pkg/__wasm_split.______________________.js";

impl Hints {
    /// Reads the manifest of the web build. Without one there are no hints.
    pub fn parse(manifest: &str) -> Self {
        let parts: HashMap<String, Vec<String>> = serde_json::from_str(manifest).unwrap_or_default();
        let named = parts.into_iter().filter_map(|(part, files)| {
            let (name, _) = part.rsplit_once('_')?;
            Some((name.to_owned(), files))
        });
        Self(Arc::new(named.collect()))
    }

    /// The files that the page at a path needs.
    fn files(&self, path: &str) -> &[String] {
        part_of(path).and_then(|part| self.0.get(part)).map_or(&[], Vec::as_slice)
    }
}

/// The part that shows a path, as `routes.rs` has it. The landing page has no program.
fn part_of(path: &str) -> Option<&'static str> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    Some(match segments.as_slice() {
        ["register" | "login" | "rubric"] | ["setup", _] => "doors",
        ["interviews", id] if *id != "new" => "room",
        ["interviews" | "progress" | "drill" | "notebook" | "share" | "allowance" | "profile", ..] => "desk",
        ["letters" | "documents" | "github" | "questions" | "past-questions", ..] => "papers",
        ["admin", ..] => "office",
        _ => return None,
    })
}

/// The hints for the page at a path.
pub fn links(path: &str) -> impl IntoView + use<> {
    let hints: Hints = use_context().unwrap_or_default();
    let files = hints.files(path);
    let loader =
        (!files.is_empty()).then(|| view! { <link rel="modulepreload" href=LOADER crossorigin=""/> });
    let files = files
        .iter()
        .map(|file| {
            let address = format!("/pkg/{file}.wasm");
            view! { <link rel="preload" href=address r#as="fetch" r#type="application/wasm" crossorigin=""/> }
        })
        .collect_view();
    view! {
        {loader}
        {files}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_the_files_of_its_own_part() {
        let hints = Hints::parse(
            r#"{ "room_17467239865676072167": ["chunk_1", "split_room_17467239865676072167"],
                 "desk_13152236757364309352": ["chunk_2"], "office_881": ["chunk_3"] }"#,
        );
        let check = |path: &str, expected: &[&str]| assert_eq!(hints.files(path), expected, "{path}");
        let room = "/interviews/01a1fdda-59bd-7061-a2ae-439b0c3a1b2c";
        check(room, &["chunk_1", "split_room_17467239865676072167"]);
        check(&format!("{room}/report"), &["chunk_2"]);
        check(&format!("{room}/compare/{}", uuid::Uuid::nil()), &["chunk_2"]);
        check("/interviews", &["chunk_2"]);
        check("/interviews/", &["chunk_2"]);
        check("/interviews/new", &["chunk_2"]);
        check("/progress", &["chunk_2"]);
        check("/drill", &["chunk_2"]);
        check("/notebook", &["chunk_2"]);
        check("/share/0123abcd", &["chunk_2"]);
        check("/admin/score-check", &["chunk_3"]);
        check("/login", &[]);
        check("/", &[]);
        check("/nowhere/at/all", &[]);
    }

    #[test]
    fn a_build_without_parts_has_no_hints() {
        assert!(Hints::parse("").files("/interviews").is_empty());
        assert!(Hints::parse("{}").files("/interviews").is_empty());
    }
}
