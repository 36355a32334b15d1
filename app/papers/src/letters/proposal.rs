//! A proposal on the page: asked for, arriving, compared with what is there, and decided on.

use domain::InputField;
use domain::interview::InterviewerKind;
use domain::letters::diff::diff;
use domain::letters::proposals::{INSTRUCTION_MAX, ProposalKind, ProposalStatus, ProposalView};
use leptos::html::Textarea;
use leptos::prelude::*;
use uuid::Uuid;

use super::changes::DiffText;
use super::editor::{Editor, told};
use super::item_limit::name as measure_name;
use crate::ui::AtOnce;
use crate::{AppError, words};

/// Writing one item with help.
#[component]
pub fn ItemProposal(editor: Editor, id: Uuid) -> impl IntoView {
    let proposal = Memo::new(move |_| editor.proposal(ProposalKind::Draft, Some(id)));
    // Another one in its place is shown anew; more words of the same one are not.
    let stage = Memo::new(move |_| proposal.get().map(|proposal| (proposal.id, proposal.status)));
    let part = move || match stage.get() {
        Some((_, ProposalStatus::Running)) => view! { <Arriving editor proposal/> }.at_once(),
        Some(_) => proposal.get_untracked().map(|proposal| view! { <Decide editor id proposal/> }).at_once(),
        None => ().at_once(),
    };
    view! {
        <div class="item-help">
            <Asking editor id/>
            {part}
        </div>
    }
    .at_once()
}

/// Whether something is asked for, or on its way, for this item.
fn is_busy(editor: Editor, item: Option<Uuid>, kind: ProposalKind) -> bool {
    let runs = editor.proposal(kind, item).is_some_and(|proposal| proposal.status == ProposalStatus::Running);
    runs || editor.asking.get() == Some(item)
}

/// What the last attempt to ask met.
fn refusal(editor: Editor, item: Option<Uuid>) -> Option<String> {
    editor.refused.with(|refused| {
        refused.as_ref().filter(|(of, _)| *of == item).map(|(_, error)| match error.field() {
            Some(InputField::Instruction) => words::failure(error),
            _ => told(error),
        })
    })
}

/// The buttons that ask for a draft, and with a model the field that says what is to be different.
#[component]
fn Asking(editor: Editor, id: Uuid) -> impl IntoView {
    let writes = editor.model.with_value(Option::is_some);
    let field = NodeRef::<Textarea>::new();
    let busy = Memo::new(move |_| is_busy(editor, Some(id), ProposalKind::Draft));
    let closed = move || !editor.ready.get() || busy.get();
    let instruction = move || field.get_untracked().map(|field| field.value()).unwrap_or_default();
    let ask = move |_| editor.propose(Some(id), String::new());
    let revise = move |_| editor.propose(Some(id), instruction());
    let draft = if writes { tr!(letters.draft) } else { tr!(letters.outline) };
    let pending = if writes { tr!(letters.drafting) } else { tr!(letters.outlining) };
    let instruct = writes.then(|| {
        view! {
            <details class="instruct">
                <summary>{tr!(letters.instruct)}</summary>
                <div class="field">
                    <label for=format!("instruction-{id}")>{tr!(letters.instruction)}</label>
                    <textarea
                        id=format!("instruction-{id}")
                        rows="2"
                        maxlength=INSTRUCTION_MAX.to_string()
                        placeholder=tr!(letters.instruction_example)
                        node_ref=field
                    ></textarea>
                </div>
                <button type="button" class="button quiet small" disabled=closed on:click=revise>
                    {tr!(letters.revise)}
                </button>
            </details>
        }
    });
    let left = writes.then(|| {
        view! {
            <span class="hint">
                {move || editor.allowance.with(|allowance| tr!(letters.left, n = allowance.left()))}
            </span>
        }
    });
    view! {
        <div class="actions">
            <button
                type="button"
                class="button quiet small"
                disabled=closed
                aria-busy=move || busy.get().then_some("true")
                on:click=ask
            >
                {move || if busy.get() { pending } else { draft }}
            </button>
            {left}
        </div>
        {instruct}
        <p class="field-error" role="alert">{move || refusal(editor, Some(id))}</p>
    }
    .at_once()
}

/// Who made a proposal, in words.
fn made_by(proposal: &ProposalView) -> String {
    match (proposal.by.kind, &proposal.by.model) {
        (InterviewerKind::Builtin, _) => tr!(letters.by_rules).to_owned(),
        (InterviewerKind::Model, Some(model)) => tr!(letters.by_model_named, model = model),
        (InterviewerKind::Model, None) => tr!(letters.by_model).to_owned(),
    }
}

/// A draft on its way.
#[component]
fn Arriving(editor: Editor, proposal: Memo<Option<ProposalView>>) -> impl IntoView {
    let text = move || proposal.with(|proposal| proposal.as_ref().map(|proposal| proposal.text.clone()));
    let stop = move |_| {
        if let Some(id) = proposal.with_untracked(|proposal| proposal.as_ref().map(|proposal| proposal.id)) {
            editor.stop(id);
        }
    };
    view! {
        <section class="proposal" aria-label=tr!(letters.proposal)>
            <p class="notes-count" role="status">{tr!(letters.arriving)}</p>
            <p class="proposal-text" aria-busy="true">{text}</p>
            <button type="button" class="button quiet small" on:click=stop>{tr!(letters.stop)}</button>
        </section>
    }
    .at_once()
}

/// A draft that has come, beside what is there. Nothing is replaced before it is accepted.
#[component]
fn Decide(editor: Editor, id: Uuid, proposal: ProposalView) -> impl IntoView {
    let by = made_by(&proposal);
    let failed = (proposal.status == ProposalStatus::Failed).then(|| {
        let why = proposal.problem.clone().map(|problem| words::failure(&AppError::Problem(problem)));
        let why = why.unwrap_or_else(|| tr!(letters.stopped_early).to_owned());
        let rest = if proposal.text.is_empty() { tr!(letters.nothing_came) } else { tr!(letters.part_came) };
        view! { <p class="form-notice" role="alert">{why} " " {rest}</p> }
    });
    let numbers: Vec<String> = proposal.unsupplied.iter().map(|passage| passage.quote.clone()).collect();
    let numbers = (!numbers.is_empty()).then(|| {
        view! {
            <p class="form-notice" role="alert">
                {tr!(letters.unsupplied, numbers = numbers.join(", "))}
            </p>
        }
    });
    let (proposal_id, text) = (proposal.id, StoredValue::new(proposal.text));
    let has_text = text.with_value(|text| !text.is_empty());
    let pieces = move || {
        let answer = editor
            .content
            .with(|content| content.item(id).map(|item| item.answer.clone()).unwrap_or_default());
        let pieces = text.with_value(|text| diff(&answer, text));
        view! { <DiffText pieces/> }
    };
    let fits = move || {
        let limit = editor.content.with(|content| content.item(id).and_then(|item| item.limit))?;
        let length = text.with_value(|text| domain::letters::count::count(text, limit.counting));
        let how = measure_name(limit.counting.measure);
        let told = tr!(letters.proposal_count, n = length, max = limit.max, how = how);
        let class = if length > limit.max { "wrong" } else { "hint" };
        Some(view! { <p class=class>{told}</p> })
    };
    let accept = move |_| text.with_value(|text| editor.accept(proposal_id, id, text));
    let shown = has_text.then(|| {
        view! {
            <p class="hint">{tr!(letters.compare_text)}</p>
            {pieces}
            {fits}
        }
    });
    let take = has_text.then(|| {
        view! { <button type="button" class="button small" on:click=accept>{tr!(letters.accept)}</button> }
    });
    view! {
        <section class="proposal" aria-label=tr!(letters.proposal)>
            <p class="notes-count"><span class="tag">{by}</span></p>
            {failed}
            {numbers}
            {shown}
            <div class="actions">
                {take}
                <button type="button" class="button quiet small" on:click=move |_| editor.dismiss(proposal_id)>
                    {tr!(letters.reject)}
                </button>
            </div>
        </section>
    }
    .at_once()
}

/// Asking the model to read the letter. Its points stand at the answers that they are about.
#[component]
pub fn PointsPart(editor: Editor, running: Signal<bool>) -> impl IntoView {
    let busy = move || running.get() || editor.asking.get() == Some(None);
    let result = move || {
        let proposal = editor.proposal(ProposalKind::Points, None)?;
        let by = made_by(&proposal);
        let text = match (proposal.status, proposal.points.len()) {
            (ProposalStatus::Running, _) => tr!(letters.reading).to_owned(),
            (ProposalStatus::Failed, _) => match proposal.problem.clone() {
                Some(problem) => words::failure(&AppError::Problem(problem)),
                None => tr!(letters.stopped_early).to_owned(),
            },
            (ProposalStatus::Done, 0) => tr!(letters.no_points).to_owned(),
            (ProposalStatus::Done, n) => tr!(letters.n_points, n = n),
        };
        let id = proposal.id;
        let end = match proposal.status {
            ProposalStatus::Running => view! {
                <button type="button" class="plain" on:click=move |_| editor.stop(id)>{tr!(letters.stop)}</button>
            }
            .at_once(),
            _ => view! {
                <button type="button" class="plain" on:click=move |_| editor.dismiss(id)>
                    {tr!(letters.forget_points)}
                </button>
            }
            .at_once(),
        };
        Some(view! {
            <p role="status">{text} " " <span class="tag">{by}</span></p>
            {end}
        })
    };
    view! {
        <div class="actions">
            <button
                type="button"
                class="button quiet"
                disabled=move || !editor.ready.get() || busy()
                aria-busy=move || busy().then_some("true")
                on:click=move |_| editor.propose(None, String::new())
            >
                {tr!(letters.ask_points)}
            </button>
            <span class="hint">
                {move || editor.allowance.with(|allowance| tr!(letters.left, n = allowance.left()))}
            </span>
        </div>
        <div class="actions">{result}</div>
        <p class="field-error" role="alert">{move || refusal(editor, None)}</p>
    }
    .at_once()
}
