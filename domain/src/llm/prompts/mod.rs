//! The prompts: one file per purpose, its version in the first line.

use crate::questions::{Language, Level};
use crate::usage::Purpose;

/// A prompt file.
#[derive(Clone, Copy, Debug)]
pub struct Prompt {
    pub version: &'static str,
    /// What calls with it are counted as.
    pub purpose: Purpose,
    template: &'static str,
}

/// How an interviewer speaks, in Korean.
pub const SPEAK_KOREAN: Prompt = Prompt::parse(Purpose::Speak, include_str!("speak.ko.md"));
/// How an interviewer speaks, in English.
pub const SPEAK_ENGLISH: Prompt = Prompt::parse(Purpose::Speak, include_str!("speak.en.md"));
/// How answers are judged.
pub const ASSESS: Prompt = Prompt::parse(Purpose::Assess, include_str!("assess.md"));
/// What is added when a candidate disagrees with a judgement.
pub const DISPUTE: Prompt = Prompt::parse(Purpose::Dispute, include_str!("dispute.md"));
/// How answers are rated by the rubric.
pub const RATE: Prompt = Prompt::parse(Purpose::Rate, include_str!("rate.md"));
/// How a question is made.
pub const QUESTION: Prompt = Prompt::parse(Purpose::Question, include_str!("question.md"));
/// How an answer of a letter is drafted.
pub const LETTER_DRAFT: Prompt = Prompt::parse(Purpose::LetterDraft, include_str!("letter_draft.md"));
/// How a letter is read for what to improve.
pub const LETTER_POINTS: Prompt = Prompt::parse(Purpose::LetterPoints, include_str!("letter_points.md"));

impl Prompt {
    const fn parse(purpose: Purpose, file: &'static str) -> Self {
        let bytes = file.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b'\n' {
            end += 1;
        }
        let (line, template) = file.split_at(end);
        let (key, version) = line.split_at("version: ".len());
        assert!(key.len() == "version: ".len() && !version.is_empty(), "a prompt begins with its version");
        Self { version, purpose, template }
    }

    /// The text with `{{name}}` replaced by the value of that name. Values are not searched again.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let mut filled = String::with_capacity(self.template.len());
        let mut rest = self.template.trim();
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once("}}") else {
                filled.push_str("{{");
                rest = after;
                continue;
            };
            let value = values.iter().find(|(key, _)| *key == name);
            debug_assert!(value.is_some(), "no value for {name}");
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

/// The versions of all prompts of an interview, stored with everything that a model produced.
pub fn versions() -> String {
    [SPEAK_KOREAN, ASSESS, DISPUTE, RATE, QUESTION].map(|prompt| prompt.version).join(" ")
}

/// The versions of the prompts for letters, stored with everything that is proposed to one.
pub fn letter_versions() -> String {
    [LETTER_DRAFT, LETTER_POINTS].map(|prompt| prompt.version).join(" ")
}

/// The name of a language for a prompt in English.
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::Korean => "Korean (한국어, polite 존댓말)",
        Language::English => "English",
    }
}

/// The name of a level in a prompt.
pub fn level_name(language: Language, level: Level) -> &'static str {
    let (korean, english) = match level {
        Level::Entry => ("신입", "entry level (no job yet)"),
        Level::Junior => ("주니어(1~3년)", "junior (one to three years)"),
        Level::Mid => ("미들(4~7년)", "mid level (four to seven years)"),
        Level::Senior => ("시니어(8년 이상)", "senior (eight years or more)"),
    };
    match language {
        Language::Korean => korean,
        Language::English => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_of_a_prompt_have_one_version() {
        assert_eq!(SPEAK_KOREAN.version, SPEAK_ENGLISH.version);
        assert_eq!(versions(), "speak/1 assess/1 dispute/1 rate/1 question/1");
    }

    #[test]
    fn a_purpose_is_called_as_its_file() {
        for prompt in [SPEAK_KOREAN, SPEAK_ENGLISH, ASSESS, DISPUTE, RATE, QUESTION, LETTER_DRAFT, LETTER_POINTS] {
            assert_eq!(prompt.version.split('/').next(), Some(prompt.purpose.as_str()));
        }
    }

    #[test]
    fn values_are_not_searched_again() {
        let prompt = Prompt::parse(Purpose::Trial, "version: test/1\nA {{a}} and {{b}}.");
        assert_eq!(prompt.fill(&[("a", "{{b}}"), ("b", "x")]), "A {{b}} and x.");
    }
}
