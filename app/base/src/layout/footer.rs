//! What stands below every page.

use leptos::prelude::*;

use crate::preferences::{LanguageForm, ThemeForm};
use crate::ui::AtOnce;

/// What Daedap is, and the preferences.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>{tr!(ui.footer)}</p>
            <div class="about">
                <a href="/rubric">{tr!(ui.how_judged)}</a>
                <a href="/api/docs" rel="external">{tr!(ui.for_programs)}</a>
                <a href="/privacy">{tr!(ui.privacy)}</a>
            </div>
            <div class="preferences">
                <ThemeForm/>
                <LanguageForm/>
            </div>
        </footer>
    }
    .at_once()
}
