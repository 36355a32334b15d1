//! The field for a file whose text is read: with its limits, its progress, a way to give up, and what came of it.

use domain::Problem;
use domain::documents::{DocumentFault, FILE_MAX, PAGES_MAX, Parsed};
use leptos::html;
use leptos::prelude::*;

use super::upload;
use crate::ui::AtOnce;
use crate::{AppError, words};

/// What browsers offer to choose. What a file is its bytes say.
const ACCEPTED: &str = ".pdf,.docx,.txt,.md,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,text/plain";

/// What was read, and how the file is called.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFile {
    pub parsed: Parsed,
    /// Without what says of which kind it is.
    pub name: String,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Nothing is chosen.
    Empty,
    /// It is on its way, so many percent of it.
    Sending(u32),
    /// It is there, and being read.
    Reading,
    Read {
        name: String,
        pages: Option<u32>,
        characters: usize,
    },
    Failed(AppError),
}

#[derive(Clone, Copy)]
struct Field {
    stage: RwSignal<Stage>,
    input: NodeRef<html::Input>,
    /// False until the page is alive.
    ready: RwSignal<bool>,
    read: Callback<ReadFile>,
}

impl Field {
    fn is_busy(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Sending(_) | Stage::Reading))
    }

    fn choose(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        input.set_value("");
        if file.size() > f64::from(FILE_MAX) {
            let fault = DocumentFault::TooLarge;
            return self.stage.set(Stage::Failed(Problem::WrongDocument { fault }.into()));
        }
        self.stage.set(Stage::Sending(0));
        let name = file.name();
        let name = name.rsplit_once('.').map_or(name.as_str(), |(name, _)| name).to_owned();
        let told = move |percent| {
            let stage = if percent < 100 { Stage::Sending(percent) } else { Stage::Reading };
            // The page may have been left meanwhile.
            let _ = self.stage.try_set(stage);
        };
        upload::send(&file, told, move |answer| {
            let stage = match answer {
                Ok(parsed) => {
                    let (pages, characters) = (parsed.pages, parsed.text.chars().count());
                    self.read.try_run(ReadFile { parsed, name: name.clone() });
                    Stage::Read { name, pages, characters }
                }
                Err(error) => Stage::Failed(error),
            };
            let _ = self.stage.try_set(stage);
        });
    }

    fn cancel(self) {
        upload::give_up();
        self.stage.set(Stage::Empty);
        // The button is gone: the focus goes back to where it came from, once that is enabled again.
        if let Some(input) = self.input.get_untracked() {
            request_animation_frame(move || {
                let _ = input.focus();
            });
        }
    }
}

/// The field. `read` hears of every file that was read.
#[component]
pub fn FileField(read: Callback<ReadFile>) -> impl IntoView {
    let field = Field {
        stage: RwSignal::new(Stage::Empty),
        input: NodeRef::new(),
        ready: RwSignal::new(false),
        read,
    };
    Effect::new(move |_| field.ready.set(true));
    view! {
        <div class="field file-field">
            <label for="document-file">{tr!(documents.file)}</label>
            <p class="hint" id="document-file-hint">
                {tr!(documents.file_hint, size = FILE_MAX / 1024 / 1024, pages = PAGES_MAX)}
            </p>
            <input
                id="document-file"
                type="file"
                accept=ACCEPTED
                aria-describedby="document-file-hint"
                node_ref=field.input
                disabled=move || !field.ready.get() || field.is_busy()
                on:change=move |_| field.choose()
            />
            <p class="field-error" role="alert">{move || failure(field)}</p>
            <div class="file-stage" aria-live="polite">{move || stage_view(field)}</div>
        </div>
    }
    .at_once()
}

fn failure(field: Field) -> Option<String> {
    field.stage.with(|stage| match stage {
        Stage::Failed(AppError::Problem(Problem::SignInRequired)) => {
            Some(tr!(ui.signed_out_meanwhile).to_owned())
        }
        Stage::Failed(error) => Some(words::failure(error)),
        _ => None,
    })
}

fn stage_view(field: Field) -> AnyView {
    let under_way = move |told: &'static str, percent: Option<u32>| {
        view! {
            <p class="hint">{told}</p>
            <progress aria-label=told max="100" value=percent.map(|percent| percent.to_string())></progress>
            <p class="actions">
                <button type="button" class="button quiet small" on:click=move |_| field.cancel()>
                    {tr!(ui.cancel)}
                </button>
            </p>
        }
        .at_once()
    };
    match field.stage.get() {
        Stage::Empty | Stage::Failed(_) => ().at_once(),
        Stage::Sending(percent) => under_way(tr!(documents.sending), Some(percent)),
        Stage::Reading => under_way(tr!(documents.reading), None),
        Stage::Read { name, pages, characters } => {
            let told = match pages {
                Some(pages) => {
                    tr!(documents.read_pages, name = name, pages = pages, characters = characters)
                }
                None => tr!(documents.read_text, name = name, characters = characters),
            };
            view! { <p class="done">{told}</p> }.at_once()
        }
    }
}
