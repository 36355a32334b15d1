//! A text as the scorer sees it: folded words with their place in the original.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::terms::{self, Concept, ConceptHit};
use super::{english, hangul, korean, korean_verbs};

/// A sentence without a full stop, as speech recognition writes it, is cut after so many words.
const LONGEST_SENTENCE: usize = 40;
/// Letters after which a word without end is cut: what is done with a word grows faster than its length.
const LONGEST_WORD: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Hangul,
    Latin,
    Digit,
    /// Operators that are spoken of, such as `===`.
    Symbol,
    Other,
}

/// One word of one script.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// NFKC, lower case.
    pub text: String,
    pub script: Script,
    /// Byte offsets into the original.
    pub start: usize,
    pub end: usize,
    pub sentence: usize,
    /// Nothing but blank space stands between this word and the one before.
    pub close: bool,
    /// Says nothing about a subject: articles, auxiliaries, `것`.
    pub light: bool,
    /// The stem of a Latin word; of others the text.
    pub stem: String,
    /// The stem of this and the next Latin word written as one (`dead lock`).
    pub joined: Option<String>,
    /// Possible noun and verb bases of a Hangul word.
    pub nouns: Vec<String>,
    pub verbs: Vec<String>,
    /// Part of a name of several words, such as `read committed`.
    pub named: bool,
    /// A particle was split off or belongs to the word: a sign of a sentence rather than a list.
    pub inflected: bool,
}

impl Token {
    /// The word without its endings.
    pub fn base(&self) -> &str {
        match self.script {
            Script::Hangul => korean::base(&self.text),
            Script::Latin | Script::Digit | Script::Symbol | Script::Other => &self.stem,
        }
    }
}

/// A whole text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub tokens: Vec<Token>,
    /// Concepts of the term table, ordered by their first word.
    pub concepts: Vec<ConceptHit>,
}

impl Text {
    /// Reads a text: words, sentences, concepts.
    pub fn new(text: &str) -> Self {
        let mut tokens = Reader::new(text).read();
        for place in 1..tokens.len() {
            let (before, after) = (&tokens[place - 1], &tokens[place]);
            if before.script == Script::Latin && after.script == Script::Latin && after.close {
                let joined = english::stem(&format!("{}{}", before.text, after.text));
                tokens[place - 1].joined = Some(joined);
            }
        }
        for token in tokens.iter_mut().filter(|token| token.script == Script::Hangul) {
            if terms::table().begins_with_noun(&token.text) {
                token.verbs.clear();
            }
        }
        let concepts = terms::table().find(&tokens);
        for hit in concepts.iter().filter(|hit| terms::table().is_name(hit)) {
            for token in &mut tokens[hit.first..=hit.last] {
                token.named = true;
            }
        }
        Self { tokens, concepts }
    }

    /// The concepts whose first word is at `place`.
    pub fn concepts_at(&self, place: usize) -> impl Iterator<Item = &ConceptHit> {
        let from = self.concepts.partition_point(|hit| hit.first < place);
        self.concepts[from..].iter().take_while(move |hit| hit.first == place)
    }

    /// The concepts that the word at `place` takes part in.
    pub fn concepts_over(&self, place: usize) -> impl Iterator<Item = Concept> {
        let over = self.concepts.iter().filter(move |hit| hit.first <= place && place <= hit.last);
        over.map(|hit| hit.concept)
    }

    /// Words that carry meaning.
    pub fn content_words(&self) -> usize {
        self.tokens.iter().filter(|token| !token.light && token.script != Script::Digit).count()
    }
}

/// A folded letter and the bytes of the original that it came from.
#[derive(Clone, Copy)]
struct Letter {
    folded: char,
    start: usize,
    end: usize,
}

fn fold(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (start, cluster) in text.grapheme_indices(true) {
        let end = start + cluster.len();
        for folded in cluster.nfkc().flat_map(char::to_lowercase) {
            let folded = if matches!(folded, '’' | '‘' | '`' | '´') { '\'' } else { folded };
            if !matches!(folded, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') {
                letters.push(Letter { folded, start, end });
            }
        }
    }
    letters
}

fn script_of(letter: char) -> Option<Script> {
    if hangul::is_hangul(letter) {
        Some(Script::Hangul)
    } else if letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&letter) {
        Some(Script::Latin)
    } else if letter.is_ascii_digit() {
        Some(Script::Digit)
    } else if letter.is_alphanumeric() {
        Some(Script::Other)
    } else {
        None
    }
}

/// Reads folded letters into words.
struct Reader {
    letters: Vec<Letter>,
    place: usize,
    tokens: Vec<Token>,
    sentence: usize,
    words_in_sentence: usize,
    sentence_over: bool,
    close: bool,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self {
            letters: fold(text),
            place: 0,
            tokens: Vec::new(),
            sentence: 0,
            words_in_sentence: 0,
            sentence_over: false,
            close: false,
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.place + ahead).map(|letter| letter.folded)
    }

    fn read(mut self) -> Vec<Token> {
        while let Some(letter) = self.peek(0) {
            match script_of(letter) {
                Some(script) => self.word(script),
                None if self.symbol() => {}
                None => self.gap(letter),
            }
        }
        self.tokens
    }

    fn gap(&mut self, letter: char) {
        let before_blank = self.peek(1).is_none_or(|next| next.is_whitespace() || "\"')]*_".contains(next));
        match letter {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '!' | '?' | '。' | '…' => self.sentence_over = true,
            '.' if before_blank && !self.after_abbreviation() => self.sentence_over = true,
            _ => {}
        }
        // O(1) is one expression; a remark in brackets is not part of the phrase before it.
        let opens_call = letter == '('
            && self
                .place
                .checked_sub(1)
                .is_some_and(|before| script_of(self.letters[before].folded).is_some());
        if !letter.is_whitespace() && !"-_/".contains(letter) && !opens_call {
            self.close = false;
        }
        self.place += 1;
    }

    fn after_abbreviation(&self) -> bool {
        self.tokens.last().is_some_and(|token| {
            token.script == Script::Latin
                && (token.text.len() == 1 || token.text == "vs" || token.text == "etc")
        })
    }

    fn word(&mut self, script: Script) {
        let from = self.place;
        while let Some(letter) = self.peek(0).filter(|_| self.place - from < LONGEST_WORD) {
            let inside = script_of(letter) == Some(script)
                || (letter == '\''
                    && script == Script::Latin
                    && self.peek(1).is_some_and(|next| script_of(next) == Some(Script::Latin)));
            if !inside {
                break;
            }
            self.place += 1;
        }
        // C++, C# and B+ are words; n+1 and i++ are two.
        if script == Script::Latin && self.place - from == 1 {
            let marks = match self.letters[from].folded {
                'c' if self.peek(0) == Some('#') => 1,
                'c' if self.peek(0) == Some('+') && self.peek(1) == Some('+') => 2,
                'b' if self.peek(0) == Some('+') && self.peek(1) != Some('+') => 1,
                _ => 0,
            };
            self.place += marks;
        }
        self.push(script, from, self.place);
    }

    fn symbol(&mut self) -> bool {
        let run =
            self.letters[self.place..].iter().take_while(|letter| "=<>!&+".contains(letter.folded)).count();
        let is_operator = run >= 2
            && self.letters[self.place..self.place + run].iter().any(|letter| "=&+".contains(letter.folded));
        if is_operator {
            self.place += run;
            self.push(Script::Symbol, self.place - run, self.place);
        }
        is_operator
    }

    fn push(&mut self, script: Script, from: usize, to: usize) {
        let text: String = self.letters[from..to].iter().map(|letter| letter.folded).collect();
        let (start, end) = (self.letters[from].start, self.letters[to - 1].end);
        let glued = self.tokens.last().is_some_and(|before| before.end == start);
        if self.sentence_over || self.words_in_sentence >= LONGEST_SENTENCE {
            self.sentence += 1;
            self.sentence_over = false;
            self.words_in_sentence = 0;
        }
        if script == Script::Hangul
            && self.peek(0).is_none_or(char::is_whitespace)
            && korean::ends_sentence(&text)
        {
            self.sentence_over = true;
        }
        // The particle of a Latin word is part of that word.
        if script == Script::Hangul && glued && korean::is_particle(&text) {
            if let Some(before) = self.tokens.last_mut() {
                before.inflected = true;
            }
            self.close = true;
            return;
        }
        self.words_in_sentence += 1;
        let negated = match text.as_str() {
            "cannot" => Some("can"),
            "can't" => Some("can"),
            "won't" => Some("will"),
            _ => text.strip_suffix("n't"),
        };
        if script == Script::Latin
            && let Some(verb) = negated
        {
            let verb = verb.to_owned();
            self.add(script, verb, start, end);
            self.add(script, "not".to_owned(), start, end);
        } else {
            self.add(script, text, start, end);
        }
    }

    fn add(&mut self, script: Script, text: String, start: usize, end: usize) {
        let is_hangul = script == Script::Hangul;
        let nouns = if is_hangul { korean::nouns(&text) } else { Vec::new() };
        let verbs = if is_hangul { korean_verbs::verbs(&text) } else { Vec::new() };
        let light = match script {
            Script::Hangul => korean::is_light(&text),
            Script::Latin => english::is_light(&text),
            Script::Digit | Script::Symbol | Script::Other => false,
        };
        self.tokens.push(Token {
            stem: if script == Script::Latin { english::stem(&text) } else { text.clone() },
            inflected: light || nouns.len() > 1,
            text,
            script,
            start,
            end,
            sentence: self.sentence,
            close: self.close,
            light,
            joined: None,
            named: false,
            nouns,
            verbs,
        });
        self.close = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<_> = Text::new(text).tokens.into_iter().map(|token| token.text).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn splits_at_the_borders_of_scripts() {
        check("HTTP/2는 TCP를", "http 2 tcp");
        check("commit하지 않은 B+트리", "commit 하지 않은 b+ 트리");
        check("N+1 문제, O(n)", "n 1 문제 o n");
        check("C++ and C#.", "c++ and c#");
        check("It isn't; you can't", "it is not you can not");
        check("a === b, i++", "a === b i ++");
        check("ＡＰＩ 호출", "api 호출");
        check("👩‍👩‍👧 스레드 😀", "스레드");
    }

    #[test]
    fn decomposed_text_reads_like_composed_text() {
        let composed = "트랜잭션이 커밋됩니다";
        let decomposed: String = composed.nfd().collect();
        let (a, b) = (Text::new(composed), Text::new(&decomposed));
        assert_eq!(a.tokens.len(), b.tokens.len());
        for (x, y) in a.tokens.iter().zip(&b.tokens) {
            assert_eq!(x.text, y.text);
            assert_eq!(decomposed[y.start..y.end].nfc().collect::<String>(), x.text);
        }
    }

    #[test]
    fn counts_sentences() {
        let sentences = |text: &str| Text::new(text).tokens.last().map_or(0, |token| token.sentence + 1);
        assert_eq!(sentences("하나. 둘! 셋? 넷"), 4);
        assert_eq!(sentences("버전 3.5 입니다"), 1);
        assert_eq!(sentences("e.g. this one"), 1);
        assert_eq!(sentences("먼저 읽습니다 그리고 씁니다"), 2);
        assert_eq!(sentences("한 줄\n두 줄"), 2);
        assert_eq!(sentences(""), 0);
        assert!(sentences(&"word ".repeat(100)) > 1);
    }
}
