//! A topic: the folder that questions are filed in, with its field and its names.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::field::{Field, Language};

/// What a group of questions is about. Its identifier is the name of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub field: Field,
    /// Korean name.
    pub ko: String,
    /// English name.
    pub en: String,
}

impl Topic {
    /// The name in one language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Korean => &self.ko,
            Language::English => &self.en,
        }
    }
}
