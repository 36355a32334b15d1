//! The drill: the card that comes next, or when it comes, and all cards below.

use domain::drill::CardCounts;
use leptos::html::H2;
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

use super::card::{Card, Start};
use super::card_list::{AllCards, Shelf};
use super::server_fns::{DrillPage, due};
use crate::time::{LocalTime, Moment};
use crate::ui::{AtOnce, loaded};

/// `/drill`, for members.
pub fn drill_page() -> AnyView {
    let page = Resource::new(|| (), |()| due());
    let shelf = Shelf::new();
    let start = RwSignal::new(Start::default());
    let shown = RwSignal::new(None);
    let next = Callback::new(move |()| {
        page.refetch();
        shelf.refetch();
    });
    let removed = Callback::new(move |id| {
        shelf.refetch();
        // Another card keeps what was written to it.
        if shown.get_untracked() == Some(id) {
            start.set(Start { moved: true, ..Start::default() });
            page.refetch();
        }
    });
    view! {
        <Title text=tr!(drill.title)/>
        <div class="page drill">
            <h1>{tr!(drill.title)}</h1>
            {loaded(page, 6, move |now| view! { <Now now start shown next/> }.at_once())}
            <AllCards shelf removed/>
        </div>
    }
    .at_once()
}

#[component]
fn Now(
    now: DrillPage,
    start: RwSignal<Start>,
    /// The card on the page.
    shown: RwSignal<Option<Uuid>>,
    next: Callback<()>,
) -> impl IntoView {
    let DrillPage { drill, next_at } = now;
    let Start { moved, note, .. } = start.get_untracked();
    shown.set(drill.card.as_ref().map(|card| card.id));
    let note = view! { <p class="note" role="status">{note}</p> };
    match drill.card {
        Some(card) => view! {
            <p class="drill-due">{tr!(drill.due, n = drill.due)} " " <Counts counts=drill.counts/></p>
            {note}
            <Card card start next/>
        }
        .at_once(),
        None => view! {
            {note}
            <NothingDue counts=drill.counts next_at focus=moved/>
        }
        .at_once(),
    }
}

#[component]
fn Counts(counts: CardCounts) -> impl IntoView {
    let text = tr!(drill.counts, new = counts.new, learning = counts.learning, review = counts.review);
    view! { <span class="hint">{text}</span> }
}

#[component]
fn NothingDue(counts: CardCounts, next_at: Option<LocalTime>, focus: bool) -> impl IntoView {
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| focus) {
            // It fails only for elements that cannot have the focus.
            let _ = heading.focus();
        }
    });
    let (title, text) = match counts.all() {
        0 => (tr!(drill.none_title), tr!(drill.none_text)),
        _ => (tr!(drill.done_title), tr!(drill.done_text)),
    };
    let next_at = next_at.map(|at| view! { <p class="drill-next">{tr!(drill.next_at)} " " <Moment at/></p> });
    let counts = (counts.all() > 0).then(|| view! { <p><Counts counts/></p> });
    view! {
        <section class="empty">
            <h2 node_ref=heading tabindex="-1">{title}</h2>
            <p>{text}</p>
            {next_at}
            {counts}
            <p class="actions">
                <a class="button" href="/interviews/new">{tr!(ui.nav_new)}</a>
                <a class="button quiet" href="/notebook">{tr!(drill.to_notebook)}</a>
            </p>
        </section>
    }
    .at_once()
}
