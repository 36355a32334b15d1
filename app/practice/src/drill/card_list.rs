//! All cards, with the way to delete one.

use domain::questions::Field;
use leptos::prelude::*;
use uuid::Uuid;

use super::server_fns::{CardList, CardRow, list_cards, remove_card};
use crate::AppError;
use crate::language::language;
use crate::time::Moment;
use crate::ui::{AtOnce, Removal, RemovalDialog, loaded_or};
use crate::words;

/// Which cards are listed, and the list.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// A word of `Field`; empty means all.
    field: RwSignal<String>,
    after: RwSignal<Option<Uuid>>,
    list: Resource<Result<CardList, AppError>>,
}

impl Shelf {
    /// All of them, from the newest.
    pub fn new() -> Self {
        let (field, after) = (RwSignal::new(String::new()), RwSignal::new(None));
        let list = Resource::new(
            move || (Some(field.get()).filter(|field| !field.is_empty()), after.get()),
            |(field, after)| list_cards(field, after),
        );
        Self { field, after, list }
    }

    /// Asks again for what is listed.
    pub fn refetch(self) {
        self.list.refetch();
    }
}

/// The cards, folded away.
#[component]
pub fn AllCards(shelf: Shelf, removed: Callback<Uuid>) -> impl IntoView {
    let removal = Removal::new();
    let fields = Field::ALL
        .iter()
        .map(|field| view! { <option value=field.as_str()>{words::field(*field)}</option> })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        shelf.after.set(None);
        shelf.field.set(event_target_value(&event));
    };
    view! {
        <section aria-labelledby="all-cards">
            <details class="all-cards">
                <summary><h2 id="all-cards">{tr!(drill.all)}</h2></summary>
                <label class="field">
                    <span>{tr!(history.field)}</span>
                    <select on:change=choose>
                        <option value="">{tr!(history.all)}</option>
                        {fields}
                    </select>
                </label>
                {loaded_or(shelf.list, 3, move |list| view! { <List list shelf removal/> }.at_once(), |error| {
                                view! { <p class="form-notice" role="alert">{words::failure(&error)}</p> }.at_once()
                            })}
            </details>
            <RemovalDialog
                removal
                title=tr!(drill.remove_title)
                text=tr!(drill.remove_text)
                confirm=tr!(drill.remove)
                remove=remove_card
                removed
            />
        </section>
    }
    .at_once()
}

#[component]
fn List(list: CardList, shelf: Shelf, removal: Removal) -> impl IntoView {
    if list.rows.is_empty() {
        return view! { <p class="empty">{tr!(drill.no_cards)}</p> }.at_once();
    }
    let first = shelf.after.get_untracked().map(|_| {
        view! {
            <button type="button" class="button quiet" on:click=move |_| shelf.after.set(None)>{tr!(drill.newest)}</button>
        }
    });
    let more = list.next.map(|next| {
        view! {
            <button type="button" class="button quiet" on:click=move |_| shelf.after.set(Some(next))>{tr!(history.more)}</button>
        }
    });
    let rows = list.rows.into_iter().map(|row| view! { <Row row removal/> }).collect_view();
    view! {
        <ul class="card-list">{rows}</ul>
        <p class="actions">{first} {more}</p>
    }
    .at_once()
}

#[component]
fn Row(row: CardRow, removal: Removal) -> impl IntoView {
    let CardRow { card, due } = row;
    let id = card.id;
    let topic = match &card.topic {
        Some(topic) => topic.name(language()).to_owned(),
        None => words::field(card.field).to_owned(),
    };
    let must = card.must.then(|| view! { <span class="tag">{tr!(interview.must)}</span> });
    let times = tr!(drill.times, missed = card.missed, made = card.made);
    let label = card.say.clone();
    let name = format!("{}: {label}", tr!(drill.remove));
    view! {
        <li>
            <p class="facts">{topic} " · " {words::card_state(card.state)} " · " {tr!(drill.due_at)} " " <Moment at=due/></p>
            <p>{card.question}</p>
            <p class="drill-say">{card.say} " " {must}</p>
            <p class="facts">{times}</p>
            <button type="button" class="plain delete" aria-label=name on:click=move |_| removal.ask(id, label.clone())>
                {tr!(drill.remove)}
            </button>
        </li>
    }
    .at_once()
}
