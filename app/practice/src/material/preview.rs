//! A look at what would be asked about, before an interview is held.

use domain::material::{MaterialPreview, NewMaterials, StatementView};
use domain::questions::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cue::{kind_name, link_name};
use super::server_fns::preview_materials;
use crate::AppError;
use crate::error::flat;
use crate::ui::AtOnce;
use crate::words;

/// What was looked at: the materials, the language, and what came of it.
type Looked = ((NewMaterials, Language), Result<MaterialPreview, AppError>);

/// A button that looks, and what it has found. What belongs to another choice is not shown.
#[component]
pub fn Preview(chosen: RwSignal<NewMaterials>, language: Signal<Language>) -> impl IntoView {
    let looked = RwSignal::new(None::<Looked>);
    let looking = RwSignal::new(false);
    let press = move |_| {
        let (materials, language) = (chosen.get_untracked(), language.get_untracked());
        if looking.get_untracked() || materials.is_empty() {
            return;
        }
        looking.set(true);
        spawn_local(async move {
            let found = flat(preview_materials(materials.clone(), language.to_string()).await);
            // The page may have been left.
            let _ = looking.try_set(false);
            let _ = looked.try_set(Some(((materials, language), found)));
        });
    };
    let found = move || {
        let now = (chosen.get(), language.get());
        looked.with(|looked| {
            let (of, found) = looked.as_ref()?;
            (*of == now).then(|| match found {
                Ok(preview) => found_view(preview),
                Err(error) => {
                    view! { <p class="form-notice" role="alert">{words::failure(error)}</p> }.at_once()
                }
            })
        })
    };
    view! {
        <div class="preview">
            <button
                type="button"
                class="button quiet"
                disabled=move || looking.get() || chosen.with(NewMaterials::is_empty)
                aria-busy=move || looking.get().then_some("true")
                on:click=press
            >
                {move || if looking.get() { tr!(material.looking) } else { tr!(material.look) }}
            </button>
            <div aria-live="polite">{found}</div>
        </div>
    }
    .at_once()
}

fn found_view(preview: &MaterialPreview) -> AnyView {
    if preview.statements.is_empty() {
        return view! { <p class="hint">{tr!(material.nothing_found)}</p> }.at_once();
    }
    let shown = u32::try_from(preview.statements.len()).unwrap_or(u32::MAX);
    let more = (preview.found > shown).then(|| {
        view! { <p class="hint">{tr!(material.more, n = preview.found - shown)}</p> }
    });
    let rows = preview.statements.iter().map(|statement| statement_view(preview, statement)).collect_view();
    view! {
        <p class="found">{tr!(material.found, n = preview.found)}</p>
        <p class="hint">{tr!(material.found_hint)}</p>
        <div class="statements" tabindex="0" role="region" aria-label=tr!(material.found_label)>
            <ul>{rows}</ul>
        </div>
        {more}
    }
    .at_once()
}

fn statement_view(preview: &MaterialPreview, statement: &StatementView) -> impl IntoView + use<> {
    let of = preview.materials.get(statement.material as usize);
    let of = of.map(|material| format!("{} · {}", kind_name(material.kind), material.title));
    let links = statement.links.iter().map(|link| link_name(*link)).collect::<Vec<_>>().join(", ");
    view! {
        <li>
            <q class="evidence">{statement.quote.clone()}</q>
            <p class="hint">{of} " — " {links}</p>
        </li>
    }
}
