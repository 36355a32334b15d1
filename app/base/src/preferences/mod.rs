//! Language and theme. Both are plain forms, so that they work on pages without any program.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use crate::i18n::Locale;
use crate::language::locale;
use crate::ui::AtOnce;

/// The cookie that holds the chosen language.
pub const LANGUAGE_COOKIE: &str = "daedap_language";
/// The cookie that holds the chosen theme.
pub const THEME_COOKIE: &str = "daedap_theme";

/// The themes that can be chosen, as words on the wire.
const THEMES: [&str; 3] = ["auto", "light", "dark"];

/// The theme of the page: fixed when it was loaded, like the language.
#[derive(Clone, Debug)]
pub struct Theme(pub String);

impl Theme {
    /// The word of a cookie, if it is one of ours.
    pub fn parse(word: Option<&str>) -> Self {
        let known = THEMES.into_iter().find(|theme| Some(*theme) == word);
        Self(known.unwrap_or(THEMES[0]).to_owned())
    }
}

/// The address that a change of preference leads back to.
#[component]
fn Next() -> impl IntoView {
    let url = use_url();
    let next = move || {
        url.with(|url| match url.search() {
            "" => url.path().to_owned(),
            search => format!("{}?{}", url.path(), search.trim_start_matches('?')),
        })
    };
    view! { <input type="hidden" name="next" value=next/> }
}

/// A button for each other language, named in that language.
#[component]
pub fn LanguageForm() -> impl IntoView {
    let (word, name) = match locale() {
        Locale::ko => ("en", "English"),
        Locale::en => ("ko", "한국어"),
    };
    view! {
        <form method="post" action="/preferences" class="preference">
            <Next/>
            <button class="plain" name="language" value=word lang=word>{name}</button>
        </form>
    }
    .at_once()
}

/// The three themes, the chosen one pressed.
#[component]
pub fn ThemeForm() -> impl IntoView {
    let chosen = use_context::<Theme>().map_or_else(String::new, |theme| theme.0);
    let buttons = THEMES
        .into_iter()
        .map(|theme| {
            let label = match theme {
                "light" => tr!(ui.theme_light),
                "dark" => tr!(ui.theme_dark),
                _ => tr!(ui.theme_auto),
            };
            view! {
                <button class="plain" name="theme" value=theme aria-pressed=(chosen == theme).to_string()>{label}</button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/preferences" class="preference themes">
            <span class="visually-hidden">{tr!(ui.theme)}</span>
            <Next/>
            {buttons}
        </form>
    }
    .at_once()
}
