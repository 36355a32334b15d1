//! A letter that is being written: one content, and everything on the page reads from it and writes into it.

use domain::Problem;
use domain::letters::checks::Finding;
use domain::letters::proposals::ProposalView;
use domain::letters::{ITEMS_MAX, Letter, LetterContent, LetterItem, LetterView, Limit};
use domain::questions::Language;
use domain::quotas::AllowanceView;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::server_fns::check_letter;
use crate::AppError;
use crate::error::flat;

/// How far saving is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    Saved,
    Unsaved,
    Saving,
    /// It will be tried again.
    Failed(AppError),
    /// It was changed elsewhere, to this. Nothing is saved until the person has decided.
    Conflict(Box<Letter>),
}

/// The page of one letter. Everything that happens on it goes through here.
#[derive(Clone, Copy)]
pub struct Editor {
    pub id: Uuid,
    /// The page is alive.
    pub ready: RwSignal<bool>,
    /// What is written now.
    pub content: RwSignal<LetterContent>,
    /// What the server has, as far as this page knows, and its revision.
    pub stored: RwSignal<LetterContent>,
    pub revision: RwSignal<u32>,
    pub state: RwSignal<SaveState>,
    /// What the next save says about itself: a draft was taken over; what was written elsewhere gives way.
    pub drafted: StoredValue<bool>,
    pub overwrites: StoredValue<bool>,
    pub(super) in_flight: StoredValue<bool>,
    pub(super) timer: StoredValue<Option<TimeoutHandle>>,
    /// When the first stroke fell that the server does not know.
    pub(super) unsaved_since: StoredValue<Option<f64>>,
    /// Attempts that failed in a row.
    pub(super) failures: StoredValue<usize>,
    /// What waits for the next save to succeed.
    pub(super) waiting: StoredValue<Vec<Callback<()>>>,
    /// Name of the model that drafts and reads.
    pub model: StoredValue<Option<String>>,
    pub allowance: RwSignal<AllowanceView>,
    pub proposals: RwSignal<Vec<ProposalView>>,
    /// What is being asked for, and what the last attempt to ask met, each for an item or for all of them.
    pub asking: RwSignal<Option<Option<Uuid>>>,
    pub refused: RwSignal<Option<(Option<Uuid>, AppError)>>,
    /// What the last check found; none before one.
    pub findings: RwSignal<Option<Vec<Finding>>>,
    pub checking: RwSignal<bool>,
    pub check_failure: RwSignal<Option<AppError>>,
}

impl Editor {
    /// The editor of a letter as the server told it.
    pub fn new(view: LetterView) -> Self {
        let LetterView { letter, model, allowance, proposals } = view;
        Self {
            id: letter.id,
            ready: RwSignal::new(false),
            content: RwSignal::new(letter.content.clone()),
            stored: RwSignal::new(letter.content),
            revision: RwSignal::new(letter.revision),
            state: RwSignal::new(SaveState::Saved),
            drafted: StoredValue::new(false),
            overwrites: StoredValue::new(false),
            in_flight: StoredValue::new(false),
            timer: StoredValue::new(None),
            unsaved_since: StoredValue::new(None),
            failures: StoredValue::new(0),
            waiting: StoredValue::new(Vec::new()),
            model: StoredValue::new(model),
            allowance: RwSignal::new(allowance),
            proposals: RwSignal::new(proposals),
            asking: RwSignal::new(None),
            refused: RwSignal::new(None),
            findings: RwSignal::new(None),
            checking: RwSignal::new(false),
            check_failure: RwSignal::new(None),
        }
    }

    /// The language that the letter is written in.
    pub fn language(self) -> Language {
        self.content.with(|content| content.language)
    }

    /// A part of the letter as a text that can be read and written.
    pub fn text(
        self,
        read: fn(&LetterContent) -> &String,
        write: fn(&mut LetterContent) -> &mut String,
    ) -> (Signal<String>, Callback<String>) {
        let text = Memo::new(move |_| self.content.with(|content| read(content).clone()));
        let written = Callback::new(move |text: String| {
            self.content.update(|content| *write(content) = text);
        });
        (text.into(), written)
    }

    /// The same of an item. One that is gone has none.
    pub fn item_text(
        self,
        id: Uuid,
        read: fn(&LetterItem) -> &String,
        write: fn(&mut LetterItem) -> &mut String,
    ) -> (Signal<String>, Callback<String>) {
        let text = Memo::new(move |_| {
            self.content.with(|content| content.item(id).map(|item| read(item).clone()).unwrap_or_default())
        });
        let written = Callback::new(move |text: String| self.change_item(id, |item| *write(item) = text));
        (text.into(), written)
    }

    /// Changes an item.
    pub fn change_item(self, id: Uuid, change: impl FnOnce(&mut LetterItem)) {
        self.content.update(|content| {
            if let Some(item) = content.items.iter_mut().find(|item| item.id == id) {
                change(item);
            }
        });
    }

    /// Adds an item at the end. It does nothing when there are as many as can be.
    pub fn add_item(self, question: &str, answer: &str, tip: &str, limit: Option<Limit>) {
        self.content.update(|content| {
            if content.items.len() < ITEMS_MAX as usize {
                content.items.push(LetterItem {
                    id: Uuid::now_v7(),
                    question: question.to_owned(),
                    answer: answer.to_owned(),
                    limit,
                    tip: tip.to_owned(),
                });
            }
        });
    }

    /// Takes an item out. What it was is in the history.
    pub fn remove_item(self, id: Uuid) {
        self.content.update(|content| content.items.retain(|item| item.id != id));
    }

    /// Moves an item by one place, up or down.
    pub fn move_item(self, id: Uuid, up: bool) {
        self.content.update(|content| {
            let Some(at) = content.items.iter().position(|item| item.id == id) else { return };
            let other = if up { at.checked_sub(1) } else { Some(at + 1) };
            if let Some(other) = other.filter(|other| *other < content.items.len()) {
                content.items.swap(at, other);
            }
        });
    }

    /// Looks for what the rules find in the letter as it is written now.
    pub fn check(self) {
        if self.checking.get_untracked() {
            return;
        }
        self.checking.set(true);
        self.check_failure.set(None);
        let content = self.content.get_untracked();
        spawn_local(async move {
            let found = flat(check_letter(self.id, content).await);
            if self.checking.try_set(false).is_some() {
                return; // The page was left.
            }
            match found {
                Ok(found) => self.findings.set(Some(found)),
                Err(error) => self.check_failure.set(Some(error)),
            }
        });
    }
}

/// What is told of a failure. What was written is still there.
pub fn told(error: &AppError) -> String {
    match error {
        AppError::Problem(Problem::SignInRequired) => tr!(ui.signed_out_meanwhile).to_owned(),
        AppError::Problem(Problem::NotFound) => tr!(letters.gone).to_owned(),
        AppError::Problem(Problem::QuotaReached { .. }) => tr!(letters.quota_reached).to_owned(),
        AppError::Problem(Problem::OutOfDate) => tr!(letters.already_running).to_owned(),
        error => crate::words::failure(error),
    }
}
