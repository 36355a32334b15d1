//! The editor of one letter.

use domain::letters::export::title;
use domain::letters::{LetterView, NAME_MAX};
use domain::questions::Language;
use leptos::prelude::*;
use leptos_meta::Title;

use super::add_item::AddItem;
use super::area::Line;
use super::conflict::Conflict;
use super::editor::Editor;
use super::facts::FactsPart;
use super::findings::CheckPart;
use super::history::History;
use super::item_card::ItemCard;
use super::save_line::SaveLine;
use super::server_fns::read_letter;
use super::tools::Tools;
use crate::addresses::id_in_path;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/letters/:id`, for its owner.
pub fn letter_page() -> AnyView {
    let page = Resource::new(id_in_path(), read_letter);
    loaded(page, 8, move |view| view! { <LetterEditor view/> }.at_once())
}

#[component]
fn LetterEditor(view: LetterView) -> impl IntoView {
    let editor = Editor::new(view);
    editor.keep_saved();
    editor.hear_running();
    let name = move || editor.content.with(|content| title(content).to_owned());
    let (text, write) = editor.text(|content| &content.title, |content| &mut content.title);
    let ids = Memo::new(move |_| {
        editor.content.with(|content| content.items.iter().map(|item| item.id).collect::<Vec<_>>())
    });
    let none =
        move || ids.with(Vec::is_empty).then(|| view! { <p class="empty">{tr!(letters.no_items)}</p> });
    view! {
        <Title text=name/>
        <div class="page letter">
            <p><a href="/letters">{tr!(letters.to_list)}</a></p>
            <h1>{name}</h1>
            <SaveLine editor/>
            <Conflict editor/>
            <Tools editor/>
            <div class="letter-head">
                <Line
                    id="letter-title"
                    label=tr!(letters.letter_title)
                    text
                    write
                    ready=editor.ready
                    max=NAME_MAX
                />
                <LanguageChoice editor/>
            </div>
            <FactsPart editor/>
            <section class="letter-items" aria-labelledby="letter-items">
                <h2 id="letter-items">{tr!(letters.items)}</h2>
                {none}
                <ol class="item-list">
                    <For each=move || ids.get() key=|id| *id children=move |id| view! { <ItemCard editor id/> }/>
                </ol>
                <AddItem editor/>
            </section>
            <CheckPart editor/>
            <History editor/>
        </div>
    }
    .at_once()
}

#[component]
fn LanguageChoice(editor: Editor) -> impl IntoView {
    let options = Language::ALL
        .iter()
        .map(|language| {
            let chosen = editor.content.with_untracked(|content| content.language) == *language;
            view! {
                <option value=language.as_str() lang=language.as_str() selected=chosen>{words::language(*language)}</option>
            }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(language) = event_target_value(&event).parse::<Language>() {
            editor.content.update(|content| content.language = language);
        }
    };
    view! {
        <div class="field">
            <label for="letter-language">{tr!(letters.written_in)}</label>
            <select
                id="letter-language"
                prop:value=move || editor.language().as_str()
                disabled=move || !editor.ready.get()
                on:change=choose
            >
                {options}
            </select>
        </div>
    }
    .at_once()
}
