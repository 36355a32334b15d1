//! What drafts may be made of: company, role, job posting, and what the person tells of themselves.

use domain::letters::{FACTS_MAX, LENGTH_MAX, LENGTH_MIN, NAME_MAX, POSTING_MAX, Tone};
use leptos::prelude::*;

use super::area::{Area, Line};
use super::editor::Editor;
use crate::ui::AtOnce;

/// The part of the page where it is told.
#[component]
pub fn FactsPart(editor: Editor) -> impl IntoView {
    let ready = editor.ready;
    let (company, write_company) = editor.text(|content| &content.company, |content| &mut content.company);
    let (role, write_role) = editor.text(|content| &content.role, |content| &mut content.role);
    let (posting, write_posting) = editor.text(|content| &content.posting, |content| &mut content.posting);
    let (experiences, write_experiences) =
        editor.text(|content| &content.facts.experiences, |content| &mut content.facts.experiences);
    let (strengths, write_strengths) =
        editor.text(|content| &content.facts.strengths, |content| &mut content.facts.strengths);
    // Open while there is nothing in it yet.
    let open = editor.content.with_untracked(|content| content.facts.experiences.trim().is_empty());
    view! {
        <div class="letter-head">
            <Line id="letter-company" label=tr!(letters.company) text=company write=write_company ready max=NAME_MAX/>
            <Line id="letter-role" label=tr!(letters.role) text=role write=write_role ready max=NAME_MAX/>
        </div>
        <details class="letter-facts" open=open>
            <summary>{tr!(letters.facts)}</summary>
            <div class="stack">
                <p class="hint">{tr!(letters.facts_text)}</p>
                <Area
                    id="letter-experiences"
                    label=tr!(letters.experiences)
                    text=experiences
                    write=write_experiences
                    ready
                    rows=6
                    max=FACTS_MAX
                    hint=tr!(letters.experiences_hint)
                />
                <Area
                    id="letter-strengths"
                    label=tr!(letters.strengths)
                    text=strengths
                    write=write_strengths
                    ready
                    rows=3
                    max=FACTS_MAX
                />
                <Area
                    id="letter-posting"
                    label=tr!(letters.posting)
                    text=posting
                    write=write_posting
                    ready
                    rows=4
                    max=POSTING_MAX
                    hint=tr!(letters.posting_hint)
                />
                <div class="letter-head">
                    <ToneChoice editor/>
                    <LengthChoice editor/>
                </div>
            </div>
        </details>
    }
    .at_once()
}

fn name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => tr!(letters.tone_plain),
        Tone::Confident => tr!(letters.tone_confident),
        Tone::Warm => tr!(letters.tone_warm),
    }
}

#[component]
fn ToneChoice(editor: Editor) -> impl IntoView {
    let options = Tone::ALL
        .iter()
        .map(|tone| {
            let chosen = editor.content.with_untracked(|content| content.facts.tone) == *tone;
            view! { <option value=tone.as_str() selected=chosen>{name(*tone)}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(tone) = event_target_value(&event).parse::<Tone>() {
            editor.content.update(|content| content.facts.tone = tone);
        }
    };
    view! {
        <div class="field">
            <label for="letter-tone">{tr!(letters.tone)}</label>
            <select
                id="letter-tone"
                prop:value=move || editor.content.with(|content| content.facts.tone.as_str())
                disabled=move || !editor.ready.get()
                on:change=choose
            >
                {options}
            </select>
        </div>
    }
    .at_once()
}

#[component]
fn LengthChoice(editor: Editor) -> impl IntoView {
    let first = editor.content.with_untracked(|content| content.facts.length.to_string());
    let choose = move |event: leptos::ev::Event| {
        if let Ok(length) = event_target_value(&event).parse::<u32>() {
            let length = length.clamp(LENGTH_MIN, LENGTH_MAX);
            editor.content.update(|content| content.facts.length = length);
        }
    };
    view! {
        <div class="field">
            <label for="letter-length">{tr!(letters.length)}</label>
            <input
                id="letter-length"
                type="number"
                inputmode="numeric"
                min=LENGTH_MIN.to_string()
                max=LENGTH_MAX.to_string()
                step="50"
                value=first
                prop:value=move || editor.content.with(|content| content.facts.length.to_string())
                disabled=move || !editor.ready.get()
                on:change=choose
            />
        </div>
    }
    .at_once()
}
