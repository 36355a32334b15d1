//! In the browser the page itself says its language.

use std::cell::OnceCell;

use crate::i18n::Locale;

thread_local! {
    static LOCALE: OnceCell<Locale> = const { OnceCell::new() };
}

/// The language that the server rendered the page in.
pub fn locale() -> Locale {
    LOCALE.with(|locale| {
        *locale.get_or_init(|| {
            leptos::prelude::document()
                .document_element()
                .and_then(|html| html.get_attribute("lang"))
                .and_then(|lang| lang.parse().ok())
                .unwrap_or_default()
        })
    })
}
