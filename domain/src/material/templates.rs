//! The questions that rules ask about a statement: one for each link, in the form of the bank. Their key points are looked for like
//! those of the bank, and no word of a person stands in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Link;
use crate::questions::{Language, Level, Question, parse_question};

/// What the id of such a question begins with. The bank has no colon in its ids.
const MARK: &str = "material:";

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((
            concat!("about/", $name, ".ko.md"),
            include_str!(concat!("templates/about/", $name, ".ko.md")),
        ), (
            concat!("about/", $name, ".en.md"),
            include_str!(concat!("templates/about/", $name, ".en.md")),
        )),+]
    };
}

/// Path and text of each file.
const FILES: &[(&str, &str)] =
    files!["evidence", "own-part", "basis", "alternative", "failure", "change", "why-us", "why-now", "fit",];

static TEMPLATES: LazyLock<HashMap<(Link, Language), Question>> = LazyLock::new(|| {
    let parsed = FILES.iter().filter_map(|(path, text)| {
        let question = parse_question(path, text).ok()?;
        let link: Link = question.id.strip_prefix("about/")?.parse().ok()?;
        Some(((link, question.language), question))
    });
    parsed.collect()
});

/// The question that goes along a link, as it is asked at a level. None never is, which a test holds.
pub fn about(link: Link, language: Language, level: Level) -> Option<Question> {
    let template = TEMPLATES.get(&(link, language))?;
    Some(Question { id: format!("{MARK}{link}"), level, samples: Vec::new(), ..template.clone() })
}

/// The words of a question about a material that have none of that material in them. None for all other questions.
///
/// A model may have put the question into words of its own, with the person's in them: those belong neither among the rules of a prompt
/// nor into a report that others read.
pub fn neutral(question: &Question) -> Option<&'static str> {
    let link: Link = question.id.strip_prefix(MARK)?.parse().ok()?;
    TEMPLATES.get(&(link, question.language)).map(|template| template.question.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Kind, Source, check};

    #[test]
    fn every_link_has_a_question_in_both_languages() {
        for link in Link::ALL {
            for language in Language::ALL {
                let question = about(*link, *language, Level::Senior).expect("a question");
                assert_eq!((question.level, question.kind), (Level::Senior, Kind::Experience));
                assert_eq!(neutral(&question), Some(question.question.as_str()));
                let in_words_of_a_model =
                    Question { question: "3만 건은 어떻게?".to_owned(), ..question.clone() };
                assert_eq!(neutral(&in_words_of_a_model), Some(question.question.as_str()));
            }
        }
        assert_eq!(TEMPLATES.len(), FILES.len());
    }

    #[test]
    fn the_questions_pass_the_check_of_the_bank() {
        let topics = Source::new("topics.toml", include_str!("templates/topics.toml"));
        let files = FILES.iter().map(|(path, text)| Source::new(*path, *text));
        let sources: Vec<Source> = std::iter::once(topics).chain(files).collect();
        assert_eq!(check(&sources), []);
    }

    #[test]
    fn a_question_of_the_bank_is_about_no_material() {
        assert_eq!(neutral(&crate::interview::samples::question()), None);
    }
}
