//! One item of a letter: question, answer with its count, limit, tip, and what is proposed and found.

use domain::letters::{ANSWER_MAX, QUESTION_MAX};
use leptos::html::Textarea;
use leptos::prelude::*;
use uuid::Uuid;

use super::area::Area;
use super::editor::Editor;
use super::findings::ItemNotes;
use super::item_limit::{Counter, LimitChoice, is_over};
use super::proposal::ItemProposal;
use crate::ui::{AtOnce, Dialog, copy_text};

/// An item.
#[component]
pub fn ItemCard(editor: Editor, id: Uuid) -> impl IntoView {
    let place = Memo::new(move |_| {
        editor.content.with(|content| {
            let at = content.items.iter().position(|item| item.id == id).unwrap_or(0);
            (at + 1, content.items.len())
        })
    });
    let heading = move || tr!(letters.item_number, n = place.get().0);
    let (question, write_question) = editor.item_text(id, |item| &item.question, |item| &mut item.question);
    let (answer, write_answer) = editor.item_text(id, |item| &item.answer, |item| &mut item.answer);
    let over = is_over(editor, id);
    let field = NodeRef::<Textarea>::new();
    let removing = RwSignal::new(false);
    let closed = move || !editor.ready.get();
    view! {
        <li class="letter-item" id=format!("item-{id}")>
            <div class="item-line">
                <h3>{heading}</h3>
                <div class="actions item-moves">
                    <button
                        type="button"
                        class="plain"
                        aria-label=move || tr!(letters.move_up, n = place.get().0)
                        disabled=move || closed() || place.get().0 == 1
                        on:click=move |_| editor.move_item(id, true)
                    >
                        "↑"
                    </button>
                    <button
                        type="button"
                        class="plain"
                        aria-label=move || tr!(letters.move_down, n = place.get().0)
                        disabled=move || closed() || place.get().0 == place.get().1
                        on:click=move |_| editor.move_item(id, false)
                    >
                        "↓"
                    </button>
                    <CopyAnswer field/>
                    <button
                        type="button"
                        class="plain delete"
                        aria-label=move || tr!(letters.remove_item, n = place.get().0)
                        disabled=closed
                        on:click=move |_| removing.set(true)
                    >
                        {tr!(letters.remove)}
                    </button>
                </div>
            </div>
            <Area
                id=format!("question-{id}")
                label=tr!(letters.question)
                text=question
                write=write_question
                ready=editor.ready
                rows=2
                max=QUESTION_MAX
            />
            <Tip editor id/>
            <Area
                id=format!("answer-{id}")
                label=tr!(letters.answer)
                text=answer
                write=write_answer
                ready=editor.ready
                rows=8
                max=ANSWER_MAX
                described_by=format!("count-{id}")
                invalid=over
                node=field
            />
            <Counter editor id/>
            <LimitChoice editor id/>
            <ItemProposal editor id/>
            <ItemNotes editor id/>
            <Removing editor id open=removing/>
        </li>
    }
    .at_once()
}

/// The tip, read, and written where one wants to.
#[component]
fn Tip(editor: Editor, id: Uuid) -> impl IntoView {
    let (tip, write_tip) = editor.item_text(id, |item| &item.tip, |item| &mut item.tip);
    let shown = move || {
        let tip = tip.get();
        (!tip.trim().is_empty()).then(|| view! { <p class="item-tip">{tip}</p> })
    };
    view! {
        {shown}
        <details class="tip">
            <summary>{tr!(letters.edit_tip)}</summary>
            <Area
                id=format!("tip-{id}")
                label=tr!(letters.tip)
                text=tip
                write=write_tip
                ready=editor.ready
                rows=2
                max=QUESTION_MAX
            />
        </details>
    }
    .at_once()
}

/// Copies the answer, to be pasted into a form.
#[component]
fn CopyAnswer(field: NodeRef<Textarea>) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let done = field.get_untracked().is_some_and(|field| copy_text(&field));
        copied.set(Some(done));
    };
    let told =
        move || copied.get().map(|done| if done { tr!(letters.copied) } else { tr!(letters.not_copied) });
    view! {
        <button type="button" class="plain" on:click=copy>{tr!(letters.copy)}</button>
        <span class="done" role="status">{told}</span>
    }
    .at_once()
}

/// Asks before an item goes.
#[component]
fn Removing(editor: Editor, id: Uuid, open: RwSignal<bool>) -> impl IntoView {
    let remove = move |_| {
        open.set(false);
        editor.remove_item(id);
    };
    view! {
        <Dialog open title=tr!(letters.remove_title).to_owned()>
            <p>{tr!(letters.remove_text)}</p>
            <div class="actions">
                <button type="button" class="button danger" on:click=remove>{tr!(letters.remove)}</button>
                <button type="button" class="button quiet" on:click=move |_| open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
