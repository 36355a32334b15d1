//! Importing: choosing a file, looking at what it would do, and doing it.

use domain::Problem;
use domain::takeout::{FileFault, IMPORT_MAX, ImportView};
use leptos::html;
use leptos::prelude::*;
use web_sys::File;

use super::import_result::ImportTable;
use super::upload;
use crate::AppError;
use crate::ui::AtOnce;
use crate::words;

/// Where the file is sent to be looked at, and to be imported.
const PREVIEW: &str = "/account/import/preview";
const IMPORT: &str = "/account/import";

/// How far an import has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Nothing is chosen.
    Empty,
    /// The file is on its way, so many percent of it; the second time to be imported.
    Sending {
        percent: u32,
        importing: bool,
    },
    /// This is what it would do.
    Looked(ImportView),
    /// This is what it did.
    Done(ImportView),
    Failed(AppError),
}

#[derive(Clone, Copy)]
struct Import {
    stage: RwSignal<Stage>,
    input: NodeRef<html::Input>,
    /// False until the page is alive.
    ready: RwSignal<bool>,
}

impl Import {
    fn is_sending(self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Sending { .. }))
    }

    fn file(self) -> Option<File> {
        self.input.get_untracked()?.files()?.get(0)
    }

    fn choose(self) {
        match self.file() {
            None => self.stage.set(Stage::Empty),
            Some(file) if file.size() > f64::from(IMPORT_MAX) => {
                let fault = FileFault::TooLarge;
                self.stage.set(Stage::Failed(Problem::WrongFile { fault }.into()));
            }
            Some(file) => self.send(&file, PREVIEW, false),
        }
    }

    fn confirm(self) {
        match self.file() {
            Some(file) => self.send(&file, IMPORT, true),
            None => self.stage.set(Stage::Empty),
        }
    }

    fn send(self, file: &File, path: &str, importing: bool) {
        self.stage.set(Stage::Sending { percent: 0, importing });
        let told = move |percent| {
            // The page may have been left meanwhile.
            let _ = self.stage.try_set(Stage::Sending { percent, importing });
        };
        upload::send(path, file, told, move |answer| {
            let stage = match answer {
                Ok(view) if importing => Stage::Done(view),
                Ok(view) => Stage::Looked(view),
                Err(error) => Stage::Failed(error),
            };
            let _ = self.stage.try_set(stage);
        });
    }
}

/// The part of the page that brings a file back.
#[component]
pub fn ImportSection() -> impl IntoView {
    let import =
        Import { stage: RwSignal::new(Stage::Empty), input: NodeRef::new(), ready: RwSignal::new(false) };
    Effect::new(move |_| import.ready.set(true));
    view! {
        <section class="block import" aria-labelledby="import">
            <h2 id="import">{tr!(takeout.import_heading)}</h2>
            <p>{tr!(takeout.import_text)}</p>
            <div class="field">
                <label for="import-file">{tr!(takeout.file)}</label>
                <input
                    id="import-file"
                    type="file"
                    accept=".zip,application/zip"
                    aria-describedby="import-file-hint"
                    node_ref=import.input
                    disabled=move || !import.ready.get() || import.is_sending()
                    on:change=move |_| import.choose()
                />
                <p class="hint" id="import-file-hint">{tr!(takeout.file_hint, n = IMPORT_MAX / 1024 / 1024)}</p>
                <noscript class="form-notice">{tr!(ui.needs_scripts)}</noscript>
            </div>
            <p class="form-notice" role="alert">{move || failure(import)}</p>
            <div class="import-stage" aria-live="polite">{move || stage_view(import)}</div>
        </section>
    }
    .at_once()
}

fn failure(import: Import) -> Option<String> {
    import.stage.with(|stage| match stage {
        Stage::Failed(AppError::Problem(Problem::SignInRequired)) => {
            Some(tr!(ui.signed_out_meanwhile).to_owned())
        }
        Stage::Failed(error) => Some(words::failure(error)),
        _ => None,
    })
}

fn stage_view(import: Import) -> AnyView {
    match import.stage.get() {
        Stage::Empty | Stage::Failed(_) => ().at_once(),
        Stage::Sending { percent, importing } => {
            let told = if importing { tr!(takeout.importing) } else { tr!(takeout.looking) };
            view! {
                <p class="hint">{told}</p>
                <progress aria-label=told max="100" value=percent.to_string()></progress>
            }
            .at_once()
        }
        Stage::Looked(view) if view.changes_nothing() => {
            view! { <p>{tr!(takeout.nothing_new)}</p> }.at_once()
        }
        Stage::Looked(view) => view! {
            <h3>{tr!(takeout.looked)}</h3>
            <ImportTable view/>
            <p class="hint">{tr!(takeout.import_hint)}</p>
            <p class="actions">
                <button type="button" class="button" on:click=move |_| import.confirm()>{tr!(takeout.import)}</button>
            </p>
        }
        .at_once(),
        Stage::Done(view) => view! {
            <h3>{tr!(takeout.done)}</h3>
            <ImportTable view/>
            <p class="actions"><a class="button quiet" href="/interviews">{tr!(takeout.to_history)}</a></p>
        }
        .at_once(),
    }
}
