//! Names of topics in the language of the page.

use domain::App;

use crate::i18n::Locale;
use crate::language::locale;

/// The names that go with topic ids. A topic that left the bank keeps its id as its name.
pub fn named(app: &App, ids: &[String]) -> Vec<String> {
    let locale = locale();
    ids.iter()
        .map(|id| match app.bank.topics().iter().find(|topic| topic.id == *id) {
            Some(topic) => match locale {
                Locale::ko => topic.ko.clone(),
                Locale::en => topic.en.clone(),
            },
            None => id.clone(),
        })
        .collect()
}
