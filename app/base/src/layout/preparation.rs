//! The ways to what one prepares with: papers of one's own, and questions.

use leptos::ev;
use leptos::html::Details;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use leptos_router::components::A;
use wasm_bindgen::JsCast;

use crate::ui::AtOnce;

/// One below the other, under a heading.
#[component]
pub fn PreparationList() -> impl IntoView {
    view! {
        <p class="nav-group-name" id="menu-preparation">{tr!(ui.nav_prepare)}</p>
        <ul class="links" aria-labelledby="menu-preparation">
            <Ways/>
        </ul>
    }
    .at_once()
}

/// Behind one word, so that everything fits into a line. It opens without a script, and with one it closes by itself: when the focus
/// goes elsewhere, at a press anywhere else, and with Escape.
#[component]
pub fn PreparationMenu() -> impl IntoView {
    let menu = NodeRef::<Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let leaves = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        menu.get_untracked().zip(node).is_some_and(|(menu, node)| !menu.contains(Some(&node)))
    };
    Effect::new(move |_| {
        let pressed = window_event_listener(ev::click, move |event| {
            if leaves(event.target()) {
                close();
            }
        });
        on_cleanup(move || WindowListenerHandle::remove(pressed));
    });
    let focus_goes = move |event: ev::FocusEvent| {
        // Some browsers give the focus to nothing while a link is being pressed.
        if leaves(event.related_target()) {
            close();
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.get_untracked().filter(|menu| menu.open() && event.key() == "Escape") else {
            return;
        };
        menu.set_open(false);
        if let Ok(Some(summary)) = menu.query_selector("summary") {
            // It can have the focus: it had it when it was pressed.
            let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! {
        <details class="nav-group" node_ref=menu on:focusout=focus_goes on:keydown=key>
            <summary>{tr!(ui.nav_prepare)}</summary>
            <ul class="links" on:click=move |_| close()>
                <Ways/>
            </ul>
        </details>
    }
    .at_once()
}

#[component]
fn Ways() -> impl IntoView {
    view! {
        <li><A href="/letters">{tr!(ui.nav_letters)}</A></li>
        <li><A href="/documents">{tr!(ui.nav_documents)}</A></li>
        <li><A href="/github">{tr!(github.title)}</A></li>
        <li><A href="/questions">{tr!(questions.title)}</A></li>
        <li><A href="/past-questions">{tr!(past_questions.title)}</A></li>
    }
    .at_once()
}
