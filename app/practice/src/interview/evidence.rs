//! Which words of an answer stand behind a verdict: shown while it is pointed at, and kept when it is pressed.

use leptos::ev;
use leptos::prelude::*;

use crate::ui::AtOnce;

/// The verdict of one question whose words are shown. Verdicts are counted: first the key points, then the criteria.
#[derive(Clone, Copy)]
pub struct Evidence {
    pointed_at: RwSignal<Option<usize>>,
    pressed: RwSignal<Option<usize>>,
}

impl Evidence {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        Self { pointed_at: RwSignal::new(None), pressed: RwSignal::new(None) }
    }

    /// The verdict whose words are shown now.
    pub fn shown(self) -> Option<usize> {
        self.pointed_at.get().or_else(|| self.pressed.get())
    }

    fn press(self, verdict: usize) {
        self.pressed.update(|pressed| *pressed = (*pressed != Some(verdict)).then_some(verdict));
    }
}

/// A verdict in words. With evidence it is a button that shows where it stands in the answers.
#[component]
pub fn Verdict(
    text: String,
    class: &'static str,
    /// The evidence of the question, and the place of this verdict in it.
    evidence: Option<(Evidence, usize)>,
) -> impl IntoView {
    let Some((evidence, place)) = evidence else {
        return view! { <span class=class>{text}</span> }.at_once();
    };
    let press = move |event: ev::MouseEvent| {
        evidence.press(place);
        reveal(event_target(&event));
    };
    view! {
        <button
            type="button"
            class=format!("{class} shows-words")
            title=tr!(report.show_words)
            aria-pressed=move || (evidence.pressed.get() == Some(place)).to_string()
            on:mouseenter=move |_| evidence.pointed_at.set(Some(place))
            on:mouseleave=move |_| evidence.pointed_at.set(None)
            on:click=press
        >
            {text}
        </button>
    }
    .at_once()
}

/// Scrolls to the words that the press shows, as far as needed.
fn reveal(button: web_sys::Element) {
    request_animation_frame(move || {
        let question = button.closest(".report-question").ok().flatten();
        let words = question.and_then(|question| question.query_selector("mark.active").ok().flatten());
        if let Some(words) = words {
            let how = web_sys::ScrollIntoViewOptions::new();
            how.set_block(web_sys::ScrollLogicalPosition::Nearest);
            words.scroll_into_view_with_scroll_into_view_options(&how);
        }
    });
}
