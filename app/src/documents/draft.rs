//! What was typed and not saved yet. It is kept in this browser, under the name of its person, until it is saved or given up.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::accounts::use_viewer;
use crate::ui::{recall, remember};

/// The fields of a form about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub kind: String,
    pub title: String,
    pub text: String,
}

/// Where the draft of a form is kept.
#[derive(Clone, Copy, Debug)]
pub struct DraftKey(StoredValue<String>);

impl DraftKey {
    /// That of a form on the page of the signed-in person.
    pub fn of(form: &str) -> Self {
        let person = use_viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.id));
        Self(StoredValue::new(format!("daedap-{form}-{}", person.unwrap_or_default())))
    }

    /// Keeps it.
    pub fn keep(self, draft: &Draft) {
        if let Ok(json) = serde_json::to_string(draft) {
            remember(&self.0.get_value(), Some(&json));
        }
    }

    /// What was kept.
    pub fn kept(self) -> Option<Draft> {
        serde_json::from_str(&recall(&self.0.get_value())?).ok()
    }

    /// Gives it up.
    pub fn forget(self) {
        if let Some(key) = self.0.try_get_value() {
            remember(&key, None);
        }
    }
}
