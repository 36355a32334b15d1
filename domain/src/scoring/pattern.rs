//! The terms of a key point, compiled, and where a text says them.

use super::english;
use super::hangul;
use super::korean;
use super::korean_verbs;
use super::negation;
use super::terms::{self, Concept, keeps_meaning};
use super::text::{Script, Text, Token};

/// How alike the letters of two Korean words must be for one to be a slip of the other.
const SLIP: f32 = 0.6;
/// How many light words may stand inside a phrase.
const SKIPPED: usize = 2;

/// A term: any of its alternatives says it.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// As it is written in the file.
    pub source: String,
    alternatives: Vec<Alternative>,
}

#[derive(Clone, Debug)]
struct Alternative {
    words: Vec<Word>,
    /// Names of the whole phrase in the term table.
    concepts: Vec<Concept>,
    /// The phrase written as one word, when it is of one script.
    joined: Option<String>,
    script: Script,
    /// The question says it already.
    echo: bool,
}

/// One word of an alternative.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    script: Script,
    stem: String,
    concepts: Vec<Concept>,
    /// What a Hangul word must contain: itself, or its base when the base is long enough to be told apart.
    bases: Vec<String>,
    verbs: Vec<String>,
    jamo: Vec<u32>,
}

/// Where a text says a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// First and last word.
    pub first: usize,
    pub last: usize,
    pub sentence: usize,
    /// It only repeats the question.
    pub echo: bool,
}

impl Term {
    /// Compiles the alternatives of a term; `question` is the text whose words earn nothing.
    pub fn new(source: &str, question: &Text) -> Self {
        let alternatives = source
            .split('|')
            .map(Text::new)
            .filter(|text| !text.tokens.is_empty())
            .map(|text| Alternative::new(&text, question))
            .collect();
        Self { source: source.to_owned(), alternatives }
    }

    /// Every place where the text says the term, in order.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for alternative in &self.alternatives {
            alternative.find(text, &mut hits);
        }
        hits.sort_by_key(|hit| (hit.first, hit.last, hit.echo));
        hits.dedup_by_key(|hit| (hit.first, hit.last));
        hits
    }

    /// Every alternative is a word of the question.
    pub fn is_echo(&self) -> bool {
        self.alternatives.iter().all(|alternative| alternative.echo)
    }
}

impl Alternative {
    fn new(text: &Text, question: &Text) -> Self {
        let script = text.tokens[0].script;
        let uniform = text.tokens.iter().all(|token| token.script == script);
        let joined: String = text.tokens.iter().map(|token| token.text.as_str()).collect();
        let joined = match script {
            Script::Hangul if uniform && joined.chars().count() >= 3 => Some(joined),
            Script::Latin if uniform && joined.len() >= 5 => Some(english::stem(&joined)),
            _ => None,
        };
        let words = (0..text.tokens.len()).map(|place| Word::new(text, place)).collect();
        let mut alternative =
            Self { words, concepts: terms::table().of_term(&text.tokens), joined, script, echo: false };
        let mut in_question = Vec::new();
        alternative.find(question, &mut in_question);
        alternative.echo = !in_question.is_empty()
            || alternative
                .words
                .iter()
                .all(|word| (0..question.tokens.len()).any(|place| word.end_in(question, place).is_some()));
        alternative
    }

    fn find(&self, text: &Text, hits: &mut Vec<Hit>) {
        for first in 0..text.tokens.len() {
            if let Some(last) = self.last_in(text, first) {
                hits.push(Hit { first, last, sentence: text.tokens[first].sentence, echo: self.echo });
            }
        }
    }

    /// The last word of the phrase when it begins at `first`.
    fn last_in(&self, text: &Text, first: usize) -> Option<usize> {
        let named = text.concepts_at(first).find(|hit| self.concepts.contains(&hit.concept));
        if let Some(hit) = named.filter(|hit| hit.last > first || !text.tokens[first].named) {
            return Some(hit.last);
        }
        // One word of a name is not that word.
        if self.words.len() == 1 && text.tokens[first].named {
            return None;
        }
        self.words_in(text, first)
            .or_else(|| self.turned_in(text, first))
            .or_else(|| self.joined_in(text, first))
    }

    /// Two Korean words the other way round: `따로 메모리를` for `메모리를 따로`.
    fn turned_in(&self, text: &Text, first: usize) -> Option<usize> {
        let [before, after] = self.words.as_slice() else { return None };
        if before.script != Script::Hangul || after.script != Script::Hangul {
            return None;
        }
        let end = after.end_in(text, first)?;
        text.tokens.get(end + 1).filter(|next| next.close)?;
        before.end_in(text, end + 1)
    }

    fn words_in(&self, text: &Text, first: usize) -> Option<usize> {
        let mut last = self.words.first()?.end_in(text, first)?;
        for word in &self.words[1..] {
            let mut place = last + 1;
            let mut skipped = 0;
            last = loop {
                let token = text.tokens.get(place).filter(|token| token.close)?;
                if let Some(end) = word.end_in(text, place) {
                    break end;
                }
                if !token.light || negation::is_negation(token) || skipped == SKIPPED {
                    return None;
                }
                skipped += 1;
                place += 1;
            };
        }
        Some(last)
    }

    /// The phrase written together or apart otherwise than in the file: `교착상태`, `dead lock`.
    fn joined_in(&self, text: &Text, first: usize) -> Option<usize> {
        let joined = self.joined.as_deref()?;
        let token = &text.tokens[first];
        if token.script != self.script {
            return None;
        }
        if self.script == Script::Latin {
            return if token.stem == joined && self.words.len() > 1 {
                Some(first)
            } else {
                (token.joined.as_deref() == Some(joined)).then_some(first + 1)
            };
        }
        if self.words.len() > 1 && holds(&token.text, joined) {
            return Some(first);
        }
        let mut together = token.text.clone();
        for (last, next) in text.tokens.iter().enumerate().skip(first + 1).take(3) {
            if !next.close || next.script != Script::Hangul || !joined.starts_with(&together) {
                return None;
            }
            together.push_str(&next.text);
            if together.starts_with(joined) {
                return Some(last);
            }
        }
        None
    }
}

impl Word {
    fn new(text: &Text, place: usize) -> Self {
        let token = &text.tokens[place];
        let concepts = terms::table().of_term(&text.tokens[place..=place]);
        let (bases, verbs, jamo) = match token.script {
            Script::Hangul => {
                (bases(&token.text), korean_verbs::term_verbs(&token.text), hangul::jamo(&token.text))
            }
            _ => (Vec::new(), Vec::new(), Vec::new()),
        };
        Self {
            text: token.text.clone(),
            script: token.script,
            stem: token.stem.clone(),
            concepts,
            bases,
            verbs,
            jamo,
        }
    }

    /// The last word of the text that this word stands for when it begins at `place`.
    fn end_in(&self, text: &Text, place: usize) -> Option<usize> {
        if let Some(hit) = text.concepts_at(place).find(|hit| self.concepts.contains(&hit.concept)) {
            return Some(hit.last);
        }
        let token = &text.tokens[place];
        let matches = token.script == self.script
            && match self.script {
                Script::Hangul => self.is_korean_form(token),
                Script::Latin => token.stem == self.stem || english::is_typo(&token.text, &self.text),
                Script::Digit | Script::Symbol | Script::Other => token.text == self.text,
            };
        matches.then_some(place)
    }

    fn is_korean_form(&self, token: &Token) -> bool {
        if self.verbs.iter().any(|verb| token.verbs.contains(verb)) {
            return true;
        }
        let short = self.text.chars().count() == 1;
        if short {
            return token.nouns.contains(&self.text)
                || token.verbs.iter().any(|verb| verb.strip_suffix('다') == Some(&self.text));
        }
        self.bases.iter().any(|base| holds(&token.text, base))
            || token.nouns.iter().any(|noun| self.is_slip(noun))
    }

    /// Spelt a little differently: `컴퍼넌트` for `컴포넌트`.
    fn is_slip(&self, noun: &str) -> bool {
        let (own, other) = (self.text.chars().count(), noun.chars().count());
        if own < 3 || own != other {
            return false;
        }
        let letters = hangul::jamo(noun);
        letters.first() == self.jamo.first()
            && letters.last() == self.jamo.last()
            && hangul::trigram_dice(&letters, &self.jamo) >= SLIP
    }
}

/// What a longer Hangul word must contain to be a form of the term.
fn bases(word: &str) -> Vec<String> {
    let count = |text: &str| text.chars().count();
    if count(word) < 2 {
        return Vec::new();
    }
    let mut found = vec![word.to_owned()];
    let noun = korean::term_noun(word);
    let noun = ['성', '적']
        .iter()
        .find_map(|suffix| noun.strip_suffix(*suffix))
        .filter(|base| count(base) >= 2)
        .unwrap_or(noun);
    if noun != word && count(noun) >= 2 {
        found.push(noun.to_owned());
    }
    if let Some(stem) = word.strip_suffix('다').filter(|stem| count(stem) >= 2) {
        found.push(stem.to_owned());
    }
    found
}

/// Whether a word contains the base in its own meaning.
fn holds(word: &str, base: &str) -> bool {
    word.match_indices(base).any(|(place, _)| keeps_meaning(word, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(term: &str, text: &str, expected: bool) {
        let term = Term::new(term, &Text::default());
        assert_eq!(!term.find(&Text::new(text)).is_empty(), expected, "{} in {text}", term.source);
    }

    #[test]
    fn finds_forms_of_korean_words() {
        check("트랜잭션", "트랜잭션들이 끝나면", true);
        check("트랜잭션", "transaction이 끝나면", true);
        check("커밋하다", "커밋했습니다", true);
        check("커밋되지", "커밋된 데이터", true);
        check("막다", "쓰기를 막아 줍니다", true);
        check("막", "쓰기를 막습니다", true);
        check("빠르다", "훨씬 빨라집니다", true);
        check("빠른", "속도가 빠릅니다", true);
        check("나누다", "작게 나눠서 처리", true);
        check("교착 상태", "교착상태가 됩니다", true);
        check("교착상태", "교착 상태가 됩니다", true);
        check("교착상태", "데드락이 납니다", true);
        check("멱등성", "멱등한 요청입니다", true);
        check("컴포넌트", "컴퍼넌트를 나눕니다", true);
        check("락", "락을 겁니다", true);
        check("락", "블락을 겁니다", false);
        check("메모리를 따로", "각각 따로 메모리를 씁니다", true);
        check("동기", "비동기로 처리", false);
        check("정규화", "반정규화를 합니다", false);
        check("상태", "무상태 프로토콜", false);
        check("일관성", "일반성이 있습니다", false);
    }

    #[test]
    fn finds_forms_of_english_words() {
        check("commit", "it committed", true);
        check("not committed", "it has not yet been committed", true);
        check("not committed", "it isn't committed", true);
        check("not committed", "it is committed", false);
        check("dead lock", "a deadlock", true);
        check("deadlock", "a dead-lock", true);
        check("rollback", "they rolled back", true);
        check("concurrency", "concurency issues", true);
        check("synchronous", "asynchronous", false);
        check("committed", "uncommitted", false);
        check("===", "use === here", true);
        check("O(1)", "it is O(1) on average", true);
        check("O(1)", "it is O(n) on average", false);
        check("commit", "at read committed", false);
        check("read committed", "at read committed", true);
        check("커밋된 읽기", "READ COMMITTED에서는", true);
        check("read uncommitted", "at read committed", false);
    }

    #[test]
    fn a_phrase_does_not_cross_punctuation() {
        check("read lock", "a read, lock", false);
        check("read lock", "a read lock", true);
    }

    #[test]
    fn words_of_the_question_are_an_echo() {
        let question = Text::new("트랜잭션 격리 수준이란 무엇인가요?");
        assert!(Term::new("격리", &question).is_echo());
        assert!(Term::new("transaction", &question).is_echo());
        assert!(!Term::new("격리|잠금", &question).is_echo());
    }
}
