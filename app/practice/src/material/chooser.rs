//! The part of the setup where material is chosen.

use domain::InputField;
use domain::documents::DocumentKind;
use domain::material::{DOCUMENTS_MAX, LETTERS_MAX, MaterialChoices, MaterialKind, NewMaterials, mix};
use domain::questions::Language;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

use super::cue::kind_name;
use super::preview::Preview;
use crate::ui::{AtOnce, FieldError, FormState, described_by};

/// What an address of the setup names (`?letter=…&document=…&github=…`), where it is the person's.
pub fn preselected(choices: &MaterialChoices, query: &ParamsMap) -> NewMaterials {
    let named = |key: &str| query.get_str(key).and_then(|id| id.parse::<Uuid>().ok());
    let letter = named("letter").filter(|id| choices.letters.iter().any(|letter| letter.id == *id));
    let document = named("document").filter(|id| choices.documents.iter().any(|document| document.id == *id));
    NewMaterials {
        letters: letter.into_iter().collect(),
        documents: document.into_iter().collect(),
        github: query.get_str("github").map(str::to_owned),
    }
}

/// Letters, documents and a name at GitHub, all of them optional, and a look at what would be asked.
#[component]
pub fn MaterialChoice(
    choices: MaterialChoices,
    chosen: RwSignal<NewMaterials>,
    form: FormState,
    /// The language of the interview.
    language: Signal<Language>,
    /// How many questions it is to have.
    questions: Signal<u32>,
) -> impl IntoView {
    let MaterialChoices { letters, documents } = choices;
    let letters: Vec<(Uuid, String, String)> = letters
        .into_iter()
        .map(|letter| (letter.id, titled(letter.title, &letter.company), letter.company))
        .collect();
    let documents: Vec<(Uuid, String, String)> = documents
        .into_iter()
        .map(|document| {
            let kind = match document.kind {
                DocumentKind::Resume => MaterialKind::Resume,
                DocumentKind::Posting => MaterialKind::Posting,
            };
            (document.id, document.title, kind_name(kind).to_owned())
        })
        .collect();
    let none = letters.is_empty() && documents.is_empty();
    let nothing = none.then(|| {
        view! {
            <p class="hint">
                {tr!(material.none)} " "
                <a href="/letters">{tr!(material.to_letters)}</a> " · "
                <a href="/documents">{tr!(material.to_documents)}</a>
            </p>
        }
    });
    let mixed = move || {
        let questions = questions.get();
        let own = mix(questions, u32::MAX);
        chosen
            .with(|chosen| !chosen.is_empty())
            .then(|| tr!(material.mix, own = own, bank = questions.saturating_sub(own)))
    };
    let github = InputField::GithubName.as_str();
    view! {
        <fieldset class="field material-choice">
            <legend>{tr!(material.title)}</legend>
            <p class="hint">{tr!(material.lead)}</p>
            {nothing}
            <Ticks
                legend=tr!(material.letters)
                rows=letters
                most=LETTERS_MAX
                list=List { of: |materials| &materials.letters, change: |materials| &mut materials.letters }
                chosen
            />
            <Ticks
                legend=tr!(material.documents)
                rows=documents
                most=DOCUMENTS_MAX
                list=List { of: |materials| &materials.documents, change: |materials| &mut materials.documents }
                chosen
            />
            <div class="field">
                <label for=github>{tr!(material.github)}</label>
                <p class="hint" id=format!("{github}-hint")>{tr!(material.github_hint)}</p>
                <input
                    id=github
                    name=github
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="none"
                    maxlength="40"
                    aria-describedby=described_by(github)
                    aria-invalid=move || form.is_wrong(InputField::GithubName).then_some("true")
                    prop:value=move || chosen.with(|chosen| chosen.github.clone().unwrap_or_default())
                    on:input=move |event| {
                        let name = event_target_value(&event);
                        chosen.update(|chosen| chosen.github = (!name.is_empty()).then_some(name));
                    }
                />
                <FieldError field=InputField::GithubName form/>
            </div>
            <p class="mix" role="status">{mixed}</p>
            <FieldError field=InputField::Materials form/>
            <Preview chosen language/>
        </fieldset>
    }
    .at_once()
}

/// A letter without a title is known by its company.
fn titled(title: String, company: &str) -> String {
    match (title.trim().is_empty(), company.trim().is_empty()) {
        (false, _) => title,
        (true, false) => company.to_owned(),
        (true, true) => tr!(material.untitled).to_owned(),
    }
}

/// One of the two lists of ids.
#[derive(Clone, Copy)]
struct List {
    of: fn(&NewMaterials) -> &Vec<Uuid>,
    change: fn(&mut NewMaterials) -> &mut Vec<Uuid>,
}

/// A list to tick, up to so many at once.
#[component]
fn Ticks(
    legend: &'static str,
    /// Id, title, and what else is to be known.
    rows: Vec<(Uuid, String, String)>,
    most: u32,
    list: List,
    chosen: RwSignal<NewMaterials>,
) -> impl IntoView {
    let empty = rows.is_empty();
    let full = move || chosen.with(|chosen| (list.of)(chosen).len() >= most as usize);
    let ticks = rows
        .into_iter()
        .map(|(id, title, more)| {
            let ticked = move || chosen.with(|chosen| (list.of)(chosen).contains(&id));
            let toggle = move |_| {
                chosen.update(|chosen| {
                    let ids = (list.change)(chosen);
                    match ids.iter().position(|known| *known == id) {
                        Some(place) => {
                            ids.remove(place);
                        }
                        None => ids.push(id),
                    }
                });
            };
            let more = (!more.is_empty() && more != title).then(|| view! { <small>{more}</small> });
            view! {
                <label class="choice">
                    <input
                        type="checkbox"
                        prop:checked=ticked
                        disabled=move || full() && !ticked()
                        on:change=toggle
                    />
                    <span>{title} " " {more}</span>
                </label>
            }
        })
        .collect_view();
    (!empty).then(|| {
        view! {
            <fieldset class="ticks">
                <legend>{legend} " " <small>{tr!(material.most, n = most)}</small></legend>
                <div class="choices">{ticks}</div>
            </fieldset>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::material::LetterChoice;

    use super::*;

    #[test]
    fn an_address_chooses_what_is_the_persons_alone() {
        let own = Uuid::from_u128(7);
        let choices = MaterialChoices {
            letters: vec![LetterChoice { id: own, title: "편지".to_owned(), company: String::new() }],
            documents: vec![],
        };
        let chosen = |letter: &str, github: &str| {
            let mut query = ParamsMap::new();
            query.insert("letter", letter.to_owned());
            if !github.is_empty() {
                query.insert("github", github.to_owned());
            }
            preselected(&choices, &query)
        };
        assert_eq!(chosen(&own.to_string(), "").letters, [own]);
        assert_eq!(chosen(&Uuid::from_u128(8).to_string(), "").letters, Vec::<Uuid>::new());
        assert_eq!(chosen("x", "mina").github(), Some("mina"));
        assert!(chosen("x", "").is_empty());
    }
}
