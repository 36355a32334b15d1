//! The language of the page. It is fixed when the page is loaded; another language is another page load.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod server;

#[cfg(target_family = "wasm")]
pub use browser::locale;
#[cfg(not(target_family = "wasm"))]
pub use server::locale;
#[cfg(not(target_family = "wasm"))]
pub use server::{page_language, preferred_locale};

use domain::questions::Language;

use crate::i18n::Locale;

/// The language of the page as the domain names it.
pub fn language() -> Language {
    match locale() {
        Locale::ko => Language::Korean,
        Locale::en => Language::English,
    }
}

/// A text in the language of the page: `tr!(interview.send)`, or with values for its `{names}`:
/// `tr!(interview.progress, done = 2, all = 5)`. An unknown key does not compile.
#[macro_export]
macro_rules! tr {
    ($namespace:ident . $key:ident) => {
        ::leptos_i18n::td_string!($crate::language::locale(), $namespace.$key)
    };
    ($namespace:ident . $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::language::fill($crate::tr!($namespace.$key), &[$((stringify!($name), &($value).to_string())),+])
    };
}

/// Puts values where a text names them in braces.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, from_name)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = from_name.split_once('}') else {
            filled.push('{');
            rest = from_name;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::fill;

    #[test]
    fn values_stand_where_they_are_named() {
        assert_eq!(fill("{a}번 중 {b}번", &[("a", "5"), ("b", "2")]), "5번 중 2번");
        assert_eq!(fill("no names", &[("a", "5")]), "no names");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "x")]), "{b}");
    }

    /// The names in braces of every text, by key.
    fn names(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
        let mut names = BTreeMap::new();
        for file in std::fs::read_dir(folder).expect("the folder of a language") {
            let path = file.expect("a file of texts").path();
            let namespace = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("readable texts");
            let texts: BTreeMap<String, String> = serde_json::from_str(&text).expect("flat texts");
            for (key, text) in texts {
                let in_braces = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                    .collect();
                names.insert(format!("{namespace}.{key}"), in_braces);
            }
        }
        names
    }

    #[test]
    fn both_languages_have_the_same_keys_and_names() {
        let (mut korean, mut english) = (names("ko"), names("en"));
        assert!(korean.keys().eq(english.keys()));
        // Dates are put together from different parts.
        for texts in [&mut korean, &mut english] {
            texts.retain(|key, _| !matches!(key.as_str(), "words.date" | "words.clock"));
        }
        assert_eq!(korean, english);
    }
}
