//! What stands above every page.

use domain::Role;
use leptos::prelude::*;
use leptos_router::components::A;

use super::preparation::{PreparationList, PreparationMenu};
use crate::preferences::{LanguageForm, ThemeForm};
use crate::ui::AtOnce;
use crate::viewer::use_viewer;

/// The wordmark and the ways to the pages; a menu where there is little room.
#[component]
pub fn Header() -> impl IntoView {
    let viewer = use_viewer();
    let role = viewer.with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.role));
    view! {
        <a class="skip-link" href="#main">{tr!(ui.skip)}</a>
        <header class="site-header">
            <a class="wordmark" href="/" rel="external">
                <span lang="ko">"대답"</span>
                " "
                <span class="latin" lang="en">"Daedap"</span>
            </a>
            <nav class="wide" aria-label=tr!(ui.main_navigation)>
                <Links role in_line=true/>
            </nav>
            <button type="button" class="menu-button plain" popovertarget="menu">{tr!(ui.menu)}</button>
            <div id="menu" class="menu" popover="auto">
                <nav aria-label=tr!(ui.menu)>
                    <Links role in_line=false/>
                </nav>
                <div class="preferences">
                    <ThemeForm/>
                    <LanguageForm/>
                </div>
            </div>
        </header>
    }
    .at_once()
}

/// The ways to the pages. In a line some of them stand behind one word; below each other there is room for all.
#[component]
fn Links(role: Option<Role>, in_line: bool) -> impl IntoView {
    if let Some(role) = role {
        let admin =
            (role == Role::Admin).then(|| view! { <li><A href="/admin/users">{tr!(ui.nav_admin)}</A></li> });
        let preparation = match in_line {
            true => view! { <PreparationMenu/> }.at_once(),
            false => view! { <PreparationList/> }.at_once(),
        };
        view! {
            <ul class="links">
                <li><A href="/interviews/new" exact=true>{tr!(ui.nav_new)}</A></li>
                <li><A href="/interviews" exact=true>{tr!(ui.nav_history)}</A></li>
                <li>{preparation}</li>
                <li><A href="/progress">{tr!(ui.nav_progress)}</A></li>
                <li><A href="/allowance">{tr!(ui.nav_allowance)}</A></li>
                <li><A href="/profile">{tr!(ui.nav_profile)}</A></li>
                {admin}
                <li>
                    <form method="post" action="/web/accounts/sign-out">
                        <button class="plain">{tr!(ui.sign_out)}</button>
                    </form>
                </li>
            </ul>
        }
        .at_once()
    } else {
        view! {
            <ul class="links">
                <li><A href="/login">{tr!(ui.sign_in)}</A></li>
                <li><A href="/register">{tr!(ui.sign_up)}</A></li>
            </ul>
        }
        .at_once()
    }
}
