//! What differs between two letters, part by part, and how that is shown.

use domain::letters::LetterContent;
use domain::letters::diff::{Change, Piece, diff};
use leptos::prelude::*;

use crate::ui::AtOnce;

/// A part that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartChange {
    pub name: String,
    pub pieces: Vec<Piece>,
}

/// The parts that differ, in the order of the page.
pub fn changes(before: &LetterContent, after: &LetterContent) -> Vec<PartChange> {
    let mut changes = Vec::new();
    let mut compare = |name: String, before: &str, after: &str| {
        if before != after {
            changes.push(PartChange { name, pieces: diff(before, after) });
        }
    };
    for (name, before, after) in [
        (tr!(letters.letter_title), &before.title, &after.title),
        (tr!(letters.company), &before.company, &after.company),
        (tr!(letters.role), &before.role, &after.role),
        (tr!(letters.posting), &before.posting, &after.posting),
        (tr!(letters.experiences), &before.facts.experiences, &after.facts.experiences),
        (tr!(letters.strengths), &before.facts.strengths, &after.facts.strengths),
    ] {
        compare(name.to_owned(), before, after);
    }
    let none = String::new();
    for (number, item) in (1..).zip(&after.items) {
        let other = before.item(item.id);
        let name = |part: &str| format!("{number}. {part}");
        let text = |read: fn(&domain::letters::LetterItem) -> &String| other.map_or(&none, read);
        compare(name(tr!(letters.question)), text(|item| &item.question), &item.question);
        compare(name(tr!(letters.answer)), text(|item| &item.answer), &item.answer);
        compare(name(tr!(letters.tip)), text(|item| &item.tip), &item.tip);
    }
    for (number, item) in (1..).zip(&before.items) {
        if after.item(item.id).is_none() {
            let text = format!("{}\n{}", item.question, item.answer);
            compare(tr!(letters.removed_item, n = number), &text, "");
        }
    }
    changes
}

/// A text with what goes and what comes. Both are told by words too, not by colour alone.
#[component]
pub fn DiffText(pieces: Vec<Piece>) -> impl IntoView {
    let shown = pieces
        .into_iter()
        .map(|piece| match piece.change {
            Change::Same => piece.text.at_once(),
            Change::Removed => view! {
                <del><span class="visually-hidden">{tr!(letters.removed)} " "</span>{piece.text}</del>
            }
            .at_once(),
            Change::Added => view! {
                <ins><span class="visually-hidden">{tr!(letters.added)} " "</span>{piece.text}</ins>
            }
            .at_once(),
        })
        .collect_view();
    view! { <div class="diff-text">{shown}</div> }.at_once()
}

/// All that differs.
#[component]
pub fn Changes(parts: Vec<PartChange>) -> impl IntoView {
    if parts.is_empty() {
        return view! { <p class="hint">{tr!(letters.no_changes)}</p> }.at_once();
    }
    let parts = parts
        .into_iter()
        .map(|part| {
            view! {
                <div class="part-change">
                    <h4>{part.name}</h4>
                    <DiffText pieces=part.pieces/>
                </div>
            }
        })
        .collect_view();
    view! { <div class="part-changes">{parts}</div> }.at_once()
}
