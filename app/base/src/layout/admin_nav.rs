//! The ways between the pages of administrators.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::ui::AtOnce;

/// Stands above the heading of every page of administrators.
#[component]
pub fn AdminNav() -> impl IntoView {
    view! {
        <nav class="admin-nav" aria-label=tr!(admin.nav)>
            <ul class="links">
                <li><A href="/admin/users">{tr!(admin.users_title)}</A></li>
                <li><A href="/admin/ledger">{tr!(admin.ledger_title)}</A></li>
                <li><A href="/admin/settings">{tr!(admin.settings_title)}</A></li>
                <li><A href="/admin/audit">{tr!(admin.audit_title)}</A></li>
                <li><A href="/admin/score-check">{tr!(ui.nav_score_check)}</A></li>
                <li><A href="/admin/usage">{tr!(usage.title)}</A></li>
                <li><A href="/admin/past-questions">{tr!(past_questions.moderation)}</A></li>
            </ul>
        </nav>
    }
    .at_once()
}
