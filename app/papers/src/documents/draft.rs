//! What was typed and not saved yet. It is kept in this browser, under the names of its person and of its tab, until it is saved or given
//! up: two tabs with the same form never write over each other. What another tab has kept, or one that is closed, is offered.

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ui::{AtOnce, recall, recall_in_tab, remember, remember_in_tab, remembered};
use crate::viewer::use_viewer;

/// Where a tab keeps what it is called.
const TAB: &str = "daedap-tab";
/// Most characters of a text without a title that are told.
const TOLD: usize = 40;

/// The fields of a form about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub kind: String,
    pub title: String,
    pub text: String,
}

impl Draft {
    /// Whether nothing was typed that somebody could miss.
    fn is_blank(&self) -> bool {
        self.title.trim().is_empty() && self.text.trim().is_empty()
    }

    /// What it is told by: its title, or how its text begins.
    fn name(&self) -> String {
        let told = if self.title.trim().is_empty() { &self.text } else { &self.title };
        let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(TOLD) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        }
    }
}

/// Where the draft of a form is kept.
#[derive(Clone, Copy, Debug)]
pub struct DraftKey {
    /// Of the form, before the name of the tab.
    form: StoredValue<String>,
    /// How this tab is called; empty until it is asked for.
    tab: StoredValue<String>,
}

impl DraftKey {
    /// That of a form on the page of the signed-in person.
    pub fn of(form: &str) -> Self {
        let person = use_viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.id));
        let form = format!("daedap-{form}-{}.", person.unwrap_or_default());
        Self { form: StoredValue::new(form), tab: StoredValue::new(String::new()) }
    }

    /// Keeps it, if there is anything in it.
    pub fn keep(self, draft: &Draft) {
        if draft.is_blank() {
            return self.forget();
        }
        if let (Some(key), Ok(json)) = (self.own(), serde_json::to_string(draft)) {
            remember(&key, Some(&json));
        }
    }

    /// What this tab has kept.
    pub fn kept(self) -> Option<Draft> {
        read(&self.own()?)
    }

    /// Gives it up.
    pub fn forget(self) {
        if let Some(key) = self.own() {
            remember(&key, None);
        }
    }

    /// Takes the name of this tab for this page. A tab that was duplicated brings its name along: the page that had it before takes
    /// another one, and keeps under that what `typed` keeps.
    pub fn claim(self, typed: impl Fn() + 'static) {
        let Some(tab) = self.tab() else { return };
        let claimed = claim_of(&tab);
        // The pages of other tabs hear of it, this one does not; nothing of it is to stay.
        remember(&claimed, Some("1"));
        remember(&claimed, None);
        let heard = window_event_listener(ev::storage, move |event: web_sys::StorageEvent| {
            let Some(own) = self.tab.try_get_value() else { return };
            if event.new_value().is_some() && event.key().is_some_and(|key| key == claim_of(&own)) {
                self.rename();
                typed();
            }
        });
        on_cleanup(move || WindowListenerHandle::remove(heard));
    }

    /// What other tabs have kept of this form, and those that are closed: the latest, with where it is kept.
    fn elsewhere(self) -> Option<(String, Draft)> {
        let own = self.own()?;
        let mut keys = remembered(&self.form.try_get_value()?);
        keys.retain(|key| *key != own);
        // The names of tabs are in the order of time.
        keys.sort_unstable();
        let mut drafts = keys.into_iter().rev().filter_map(|key| read(&key).map(|draft| (key, draft)));
        drafts.find(|(_, draft)| !draft.is_blank())
    }

    fn own(self) -> Option<String> {
        Some(format!("{}{}", self.form.try_get_value()?, self.tab()?))
    }

    fn tab(self) -> Option<String> {
        let known = self.tab.try_get_value()?;
        if !known.is_empty() {
            return Some(known);
        }
        match recall_in_tab(TAB) {
            Some(tab) => {
                self.tab.set_value(tab.clone());
                Some(tab)
            }
            None => Some(self.rename()),
        }
    }

    /// Calls this tab something else.
    fn rename(self) -> String {
        let tab = Uuid::now_v7().to_string();
        remember_in_tab(TAB, &tab);
        self.tab.set_value(tab.clone());
        tab
    }
}

fn claim_of(tab: &str) -> String {
    format!("{TAB}-{tab}")
}

fn read(key: &str) -> Option<Draft> {
    serde_json::from_str(&recall(key)?).ok()
}

/// What was typed elsewhere and is offered here.
#[derive(Clone, Copy)]
pub struct Elsewhere {
    key: DraftKey,
    found: RwSignal<Option<(String, Draft)>>,
}

impl Elsewhere {
    /// Nothing yet.
    pub fn new(key: DraftKey) -> Self {
        Self { key, found: RwSignal::new(None) }
    }

    /// Looks what there is. What is the same as `stored` is nothing that anybody could miss.
    pub fn look(self, stored: Option<&Draft>) {
        while let Some((key, draft)) = self.key.elsewhere() {
            if Some(&draft) != stored {
                return self.found.set(Some((key, draft)));
            }
            remember(&key, None);
        }
        self.found.set(None);
    }
}

/// Offers it, while `open`: `take` puts it into the form, where it is this tab's from then on.
#[component]
pub fn Offer(
    elsewhere: Elsewhere,
    #[prop(into)] open: Signal<bool>,
    take: Callback<Draft>,
    #[prop(optional)] stored: Option<RwSignal<Draft>>,
) -> impl IntoView {
    let next = move || match stored {
        Some(stored) => stored.with_untracked(|stored| elsewhere.look(Some(stored))),
        None => elsewhere.look(None),
    };
    let taken = move |_| {
        let Some((key, draft)) = elsewhere.found.get_untracked() else { return };
        take.run(draft);
        remember(&key, None);
        next();
    };
    let dropped = move |_| {
        if let Some((key, _)) = elsewhere.found.get_untracked() {
            remember(&key, None);
        }
        next();
    };
    let offered = move || {
        let found = elsewhere.found.get().filter(|_| open.get());
        found.map(|(_, draft)| {
            view! {
                <div class="note-block" role="status">
                    <p>{tr!(documents.elsewhere, name = draft.name())}</p>
                    <p class="actions">
                        <button type="button" class="button quiet small" on:click=taken>
                            {tr!(documents.take_up)}
                        </button>
                        <button type="button" class="button quiet small" on:click=dropped>
                            {tr!(documents.drop_elsewhere)}
                        </button>
                    </p>
                </div>
            }
            .at_once()
        })
    };
    view! { {offered} }.at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, text: &str) -> Draft {
        Draft { kind: "resume".to_owned(), title: title.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_draft_is_told_by_its_title_or_by_how_it_begins() {
        assert_eq!(draft(" 이력서 ", "글").name(), "이력서");
        assert_eq!(draft(" ", "첫 줄\n둘째 줄").name(), "첫 줄 둘째 줄");
        assert_eq!(draft("", &"가".repeat(100)).name(), format!("{}…", "가".repeat(40)));
        assert!(draft(" ", "\n").is_blank() && !draft("", "글").is_blank());
    }
}
