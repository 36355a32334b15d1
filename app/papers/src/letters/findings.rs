//! What was found in a letter, by rules and by the model, with the words that each finding is about: they light up when it is pressed.

use domain::letters::checks::{Finding, FindingKind, Passage};
use domain::letters::proposals::{ProposalKind, ProposalStatus};
use domain::scoring::Span;
use leptos::ev;
use leptos::prelude::*;
use uuid::Uuid;

use super::editor::{Editor, told};
use super::proposal::PointsPart;
use crate::ui::AtOnce;
use crate::ui::pieces;

/// Something to look at in an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Note {
    name: String,
    todo: String,
    passage: Option<Passage>,
    by_model: bool,
}

/// What a finding is called, and what to do about it.
fn words_of(finding: &Finding) -> (String, String) {
    let detail = finding.detail.clone().unwrap_or_default();
    let (name, todo) = match finding.kind {
        FindingKind::NoSituation => (tr!(letters.no_situation), tr!(letters.no_situation_todo).to_owned()),
        FindingKind::NoAction => (tr!(letters.no_action), tr!(letters.no_action_todo).to_owned()),
        FindingKind::NoResult => (tr!(letters.no_result), tr!(letters.no_result_todo).to_owned()),
        FindingKind::NoNumber => (tr!(letters.no_number), tr!(letters.no_number_todo).to_owned()),
        FindingKind::OpenGap => (tr!(letters.open_gap), tr!(letters.open_gap_todo).to_owned()),
        FindingKind::Ownership => (tr!(letters.ownership), tr!(letters.ownership_todo).to_owned()),
        FindingKind::Cliche => (tr!(letters.cliche), tr!(letters.cliche_todo).to_owned()),
        FindingKind::OtherCompany => {
            (tr!(letters.other_company), tr!(letters.other_company_todo, name = detail))
        }
        FindingKind::BlindSchool => (tr!(letters.blind_school), tr!(letters.blind_todo).to_owned()),
        FindingKind::BlindFamily => (tr!(letters.blind_family), tr!(letters.blind_todo).to_owned()),
        FindingKind::BlindOrigin => (tr!(letters.blind_origin), tr!(letters.blind_todo).to_owned()),
        FindingKind::BlindPersonal => (tr!(letters.blind_personal), tr!(letters.blind_todo).to_owned()),
        FindingKind::Repetition => (tr!(letters.repetition), tr!(letters.repetition_todo, text = detail)),
        FindingKind::OverLimit => (tr!(letters.over_limit), tr!(letters.over_limit_todo, n = detail)),
        FindingKind::UnderLimit => (tr!(letters.under_limit), tr!(letters.under_limit_todo, n = detail)),
        FindingKind::Unanswered => (tr!(letters.unanswered), tr!(letters.unanswered_todo).to_owned()),
    };
    (name.to_owned(), todo)
}

/// Everything that was found in an answer and still holds: what was edited away is done.
fn notes(editor: Editor, id: Uuid, answer: &str) -> Vec<Note> {
    let holds = |passage: &Option<Passage>| passage.as_ref().is_none_or(|passage| passage.stands_in(answer));
    let mut notes: Vec<Note> = editor.findings.with(|findings| {
        let own = findings.iter().flatten().filter(|finding| finding.item_id == id);
        let own = own.filter(|finding| finding.kind != FindingKind::Unanswered || answer.trim().is_empty());
        own.filter(|finding| holds(&finding.passage))
            .map(|finding| {
                let (name, todo) = words_of(finding);
                Note { name, todo, passage: finding.passage.clone(), by_model: false }
            })
            .collect()
    });
    editor.proposals.with(|proposals| {
        let points = proposals.iter().filter(|proposal| proposal.kind == ProposalKind::Points);
        let own = points.flat_map(|proposal| &proposal.points).filter(|point| point.item_id == id);
        notes.extend(own.filter(|point| point.passage.stands_in(answer)).map(|point| Note {
            name: point.why.clone(),
            todo: point.todo.clone(),
            passage: Some(point.passage.clone()),
            by_model: true,
        }));
    });
    notes
}

/// The answer with its marks, and the findings as buttons.
#[component]
pub fn ItemNotes(editor: Editor, id: Uuid) -> impl IntoView {
    let pressed = RwSignal::new(None::<usize>);
    let shown = Memo::new(move |_| {
        let answer = editor
            .content
            .with(|content| content.item(id).map(|item| item.answer.clone()).unwrap_or_default());
        let notes = notes(editor, id, &answer);
        // Without notes the text is of no account here, and typing changes nothing.
        let answer = if notes.is_empty() { String::new() } else { answer };
        (answer, notes)
    });
    let part = move || {
        let (answer, notes) = shown.get();
        (!notes.is_empty()).then(|| view! { <Notes answer notes pressed/> })
    };
    view! { {part} }.at_once()
}

#[component]
fn Notes(answer: String, notes: Vec<Note>, pressed: RwSignal<Option<usize>>) -> impl IntoView {
    let spans: Vec<(usize, Span)> = notes
        .iter()
        .enumerate()
        .filter_map(|(place, note)| {
            let Passage { start, end, .. } = note.passage.as_ref()?;
            Some((place, Span { answer: 0, start: *start, end: *end }))
        })
        .collect();
    let text = pieces(&answer, 0, &spans)
        .into_iter()
        .map(|piece| {
            if piece.verdicts.is_empty() {
                return piece.text.at_once();
            }
            let places = piece.verdicts;
            let active = move || pressed.get().is_some_and(|pressed| places.contains(&pressed));
            view! { <mark class:active=active>{piece.text}</mark> }.at_once()
        })
        .collect_view();
    let count = tr!(letters.n_findings, n = notes.len());
    let rows = notes
        .into_iter()
        .enumerate()
        .map(|(place, note)| {
            let press = move |event: ev::MouseEvent| {
                pressed.update(|pressed| *pressed = (*pressed != Some(place)).then_some(place));
                reveal(event_target(&event));
            };
            let quote = note.passage.as_ref().map(|passage| {
                view! { <span class="note-quote">{format!("“{}”", shortened(&passage.quote))}</span> }
            });
            let by = note.by_model.then(|| view! { <span class="tag">{tr!(letters.by_model)}</span> });
            view! {
                <li>
                    <button
                        type="button"
                        class="plain note-name"
                        aria-pressed=move || (pressed.get() == Some(place)).to_string()
                        on:click=press
                    >
                        {note.name} " " {by}
                    </button>
                    {quote}
                    <p class="hint">{note.todo}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="item-notes" aria-label=tr!(letters.findings)>
            <p class="notes-count">{count}</p>
            <p class="checked-text">{text}</p>
            <ul class="note-list">{rows}</ul>
        </section>
    }
    .at_once()
}

/// The beginning of a long quote.
fn shortened(quote: &str) -> String {
    const MOST: usize = 60;
    match quote.chars().count() > MOST {
        true => format!("{}…", quote.chars().take(MOST).collect::<String>()),
        false => quote.to_owned(),
    }
}

/// Scrolls to the words that the press lights up, as far as needed.
fn reveal(button: web_sys::Element) {
    request_animation_frame(move || {
        let notes = button.closest(".item-notes").ok().flatten();
        let words = notes.and_then(|notes| notes.query_selector("mark.active").ok().flatten());
        if let Some(words) = words {
            let how = web_sys::ScrollIntoViewOptions::new();
            how.set_block(web_sys::ScrollLogicalPosition::Nearest);
            words.scroll_into_view_with_scroll_into_view_options(&how);
        }
    });
}

/// Where the letter is checked.
#[component]
pub fn CheckPart(editor: Editor) -> impl IntoView {
    let told_findings = move || {
        editor.findings.with(|findings| {
            findings.as_ref().map(|found| match found.len() {
                0 => tr!(letters.nothing_to_fix).to_owned(),
                n => tr!(letters.found_in_all, n = n),
            })
        })
    };
    let reads = editor.model.with_value(Option::is_some);
    let running = move || {
        editor.proposals.with(|proposals| {
            proposals.iter().any(|proposal| {
                proposal.kind == ProposalKind::Points && proposal.status == ProposalStatus::Running
            })
        })
    };
    view! {
        <section class="letter-check" aria-labelledby="letter-check">
            <h2 id="letter-check">{tr!(letters.check_title)}</h2>
            <p class="hint">{tr!(letters.check_text)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    disabled=move || !editor.ready.get() || editor.checking.get()
                    aria-busy=move || editor.checking.get().then_some("true")
                    on:click=move |_| editor.check()
                >
                    {move || if editor.checking.get() { tr!(letters.checking) } else { tr!(letters.check) }}
                </button>
                <p class="done" role="status">{told_findings}</p>
            </div>
            <p class="field-error" role="alert">{move || editor.check_failure.get().as_ref().map(told)}</p>
            {reads.then(|| view! { <PointsPart editor running=Signal::derive(running)/> })}
        </section>
    }
    .at_once()
}
