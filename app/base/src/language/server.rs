//! On the server the request says the language.

use domain::questions::Language;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use leptos::prelude::use_context;

use crate::context::{self, cookie};
use crate::i18n::Locale;
use crate::preferences::LANGUAGE_COOKIE;

/// The language of the request that is being answered.
pub fn locale() -> Locale {
    use_context::<Locale>()
        .or_else(|| use_context::<Parts>().map(|parts| preferred_locale(&parts)))
        .unwrap_or_default()
}

/// What was chosen with a cookie, else what the person's profile says, else what the browser prefers.
pub fn preferred_locale(parts: &Parts) -> Locale {
    cookie(&parts.headers, LANGUAGE_COOKIE)
        .and_then(|word| word.parse().ok())
        .or_else(|| {
            context::viewer_of(parts).map(|viewer| match viewer.language {
                Language::Korean => Locale::ko,
                Language::English => Locale::en,
            })
        })
        .or_else(|| accepted(&parts.headers))
        .unwrap_or_default()
}

/// The language that a page of this request has, as the domain names it.
pub fn page_language(parts: &Parts) -> Language {
    match preferred_locale(parts) {
        Locale::ko => Language::Korean,
        Locale::en => Language::English,
    }
}

/// The first of our languages in the browser's order of preference.
fn accepted(headers: &HeaderMap) -> Option<Locale> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Locale)> = None;
    for entry in header.split(',').take(20) {
        let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = parameters.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let Ok(locale) = primary.parse::<Locale>() else { continue };
        if weight > 0.0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_order_decides() {
        let check = |header: &'static str, expected| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, http::HeaderValue::from_static(header))]);
            assert_eq!(accepted(&headers), expected, "{header}");
        };
        check("ko-KR,ko;q=0.9,en;q=0.8", Some(Locale::ko));
        check("en-GB,en;q=0.9,ko;q=0.8", Some(Locale::en));
        check("fr,ko;q=0.3,en;q=0.7", Some(Locale::en));
        check("fr-FR", None);
        check("en;q=0, ko;q=0.1", Some(Locale::ko));
        check("*", None);
    }
}
