//! Whether an answer is about what was asked at all.
//!
//! Many key points can be said in words that fit other subjects, too: an answer about one lock seems to make points about another.
//! What belongs to a question is what its own texts talk about.

use std::collections::HashSet;

use super::terms::Concept;
use super::text::{Script, Text, Token};
use crate::questions::{Kind, Question, without_marks};

/// Beginnings of Korean words that fit every subject.
const COMMON_KOREAN: &str =
    "상황 경우 여러 가지 가장 좋 중요 필요 다르 다릅 달라 많 보면 봅니다 내용 부분 사람";
/// English words that fit every subject.
const COMMON_ENGLISH: &str = "one ones two three four first second other others another way ways thing things case cases situation \
    situations best better good important different many much more most less few people need needs really something whole work \
    works when then while where each every same any all some only even still also both such just like time times kind part parts \
    point points say says let okay know get gets got go goes make makes made take takes use uses used using give gives keep keeps";

/// The words of everything that the bank says about a question.
#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    bases: HashSet<String>,
    concepts: HashSet<Concept>,
}

impl Topic {
    /// What belongs to a question. None where everybody tells a story of their own.
    pub fn of(question: &Question) -> Option<Self> {
        let told = told(question)?;
        Some(Self::new(&[&told, &Text::new(&question.question)]))
    }

    /// The words of these texts.
    fn new(texts: &[&Text]) -> Self {
        let mut topic = Self::default();
        for text in texts {
            topic.bases.extend(
                text.tokens.iter().filter(|token| counts(token)).map(|token| token.base().to_owned()),
            );
            topic.concepts.extend(text.concepts.iter().map(|hit| hit.concept));
        }
        topic
    }

    /// The share of the answers' words of meaning that belong to the topic, from 0 to 1; 0 without any.
    pub fn share(&self, texts: &[Text]) -> f32 {
        let (mut words, mut own) = (0u32, 0u32);
        for text in texts {
            let mut of_concept = vec![false; text.tokens.len()];
            for hit in text.concepts.iter().filter(|hit| self.concepts.contains(&hit.concept)) {
                of_concept[hit.first..=hit.last].fill(true);
            }
            for (token, of_concept) in text.tokens.iter().zip(of_concept).filter(|(token, _)| counts(token)) {
                words += 1;
                own += u32::from(of_concept || self.bases.contains(token.base()));
            }
        }
        if words == 0 { 0.0 } else { own as f32 / words as f32 }
    }
}

/// Whether words have to do with what there is to say to a question, beyond the words of the question itself.
/// A model that praises an answer may point to any of its words; these alone can prove anything.
pub fn is_about(question: &Question, words: &str) -> bool {
    let Some(told) = told(question) else { return true };
    let (topic, asked) = (Topic::new(&[&told]), Topic::new(&[&Text::new(&question.question)]));
    let words = Text::new(words);
    let concepts = words.concepts.iter().map(|hit| hit.concept);
    words
        .tokens
        .iter()
        .filter(|token| counts(token))
        .map(Token::base)
        .any(|base| topic.bases.contains(base) && !asked.bases.contains(base))
        || concepts
            .into_iter()
            .any(|concept| topic.concepts.contains(&concept) && !asked.concepts.contains(&concept))
}

/// What the bank says to a question. None when it says nothing, or nothing that every answer would have in common.
fn told(question: &Question) -> Option<Text> {
    let points = question.points.iter().map(|point| point.say.as_str());
    let told = [question.model_answer.as_str(), &question.misconception].into_iter().chain(points);
    let told: Vec<String> = told.map(without_marks).collect();
    // Of a past question without a key nothing is known but what it asks: nobody can say that an answer misses it.
    let tells = told.iter().any(|text| !text.trim().is_empty());
    (tells && question.kind != Kind::Experience).then(|| Text::new(&told.join("\n")))
}

/// Words that say something about a subject, and not about every one.
fn counts(token: &Token) -> bool {
    let common = match token.script {
        Script::Hangul => COMMON_KOREAN.split_whitespace().any(|beginning| token.text.starts_with(beginning)),
        Script::Latin => COMMON_ENGLISH.split_whitespace().any(|common| common == token.text),
        Script::Digit => true,
        Script::Symbol | Script::Other => false,
    };
    !token.light && !common
}
