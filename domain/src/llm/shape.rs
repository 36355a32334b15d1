//! Keeps a spoken turn in shape while it is being spoken: short, one question, and no marker in it.

use super::visible::{MOVE_ON, overlap};

/// From here on a turn ends with its sentence.
const SOFT_MAX: usize = 900;
/// A turn ends here.
const HARD_MAX: usize = 1_200;
/// What models put around a marker.
const DECORATION: &[char] = &['*', '`', '"', '\'', '“', '”', '(', ')', ' ', '\n'];

/// How many questions a turn may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Questions {
    /// What comes behind the first one is left out.
    One,
    /// A main question follows, or the end: sentences that ask are left out.
    None,
}

/// Takes the words of a model, and gives those that are to be said.
#[derive(Debug)]
pub struct Shape {
    questions: Questions,
    /// It may become a marker, or white space at the end.
    held: String,
    /// It may become a question where none is to be asked.
    sentence: String,
    /// Characters that were given to be said.
    said: usize,
    last: char,
    ended: bool,
    marked: bool,
}

impl Shape {
    /// Nothing was said yet.
    pub fn new(questions: Questions) -> Self {
        Self {
            questions,
            held: String::new(),
            sentence: String::new(),
            said: 0,
            last: ' ',
            ended: false,
            marked: false,
        }
    }

    /// Takes words, and gives what is to be said of them.
    pub fn push(&mut self, words: &str) -> String {
        self.held.push_str(words);
        if let Some(at) = self.held.find(MOVE_ON) {
            let before = self.held[..at].trim_end_matches(DECORATION).to_owned();
            let mut said = self.measured(&before);
            said.push_str(&self.last_sentence());
            self.marked = true;
            self.ended = true;
            return said;
        }
        if self.said == 0 && self.held.chars().all(|character| DECORATION.contains(&character)) {
            return String::new();
        }
        let whole = self.held.len() - overlap(&self.held, &[MOVE_ON]);
        let rest = self.held.split_off(self.held[..whole].trim_end().len());
        let words = std::mem::replace(&mut self.held, rest);
        self.measured(&words)
    }

    /// Gives what was held back.
    pub fn finish(&mut self) -> String {
        let rest = std::mem::take(&mut self.held);
        let mut said = self.measured(rest.trim_end());
        said.push_str(&self.last_sentence());
        said
    }

    /// Nothing more is to be said, whatever comes.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Nothing was said but that the question is exhausted.
    pub fn moves_on(&self) -> bool {
        self.marked && self.said == 0
    }

    /// Whether anything was said.
    pub fn has_spoken(&self) -> bool {
        self.said > 0
    }

    fn measured(&mut self, words: &str) -> String {
        let mut said = String::with_capacity(words.len());
        for character in words.chars() {
            if self.ended {
                break;
            }
            let was_asked = self.last == '?' && character.is_whitespace();
            self.last = character;
            match (was_asked, self.questions) {
                (true, Questions::One) => {
                    self.ended = true;
                    break;
                }
                (true, Questions::None) => {
                    self.sentence.clear();
                    self.sentence.push(character);
                    continue;
                }
                (false, _) => self.sentence.push(character),
            }
            let is_known = self.questions == Questions::One || self.sentence.len() > 4 * HARD_MAX;
            if is_known || matches!(character, '.' | '!' | '。' | '\n') {
                self.say(&mut said);
            }
        }
        said
    }

    fn say(&mut self, said: &mut String) {
        for character in std::mem::take(&mut self.sentence).chars() {
            if self.ended {
                return;
            }
            if self.said == 0 && character.is_whitespace() {
                continue;
            }
            said.push(character);
            self.said += 1;
            let sentence_ends = matches!(character, '.' | '?' | '!' | '。' | '\n');
            self.ended = self.said >= HARD_MAX || (self.said >= SOFT_MAX && sentence_ends);
        }
    }

    fn last_sentence(&mut self) -> String {
        let mut said = String::new();
        self.sentence.truncate(self.sentence.trim_end().len());
        if self.questions == Questions::None && self.sentence.ends_with('?') {
            self.sentence.clear();
        }
        self.say(&mut said);
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[&str], questions: Questions) -> (String, bool) {
        let mut shape = Shape::new(questions);
        let mut said: String = words.iter().map(|words| shape.push(words)).collect();
        said.push_str(&shape.finish());
        (said, shape.moves_on())
    }

    #[test]
    fn the_marker_is_never_said() {
        assert_eq!(said(&["[NEXT]"], Questions::One), (String::new(), true));
        assert_eq!(said(&["[", "NE", "XT", "]", " 다음"], Questions::One), (String::new(), true));
        assert_eq!(said(&["**", "[NEXT]**"], Questions::One), (String::new(), true));
        assert_eq!(
            said(&["네, 알겠습니다. ", "[NEXT]"], Questions::One),
            ("네, 알겠습니다.".to_owned(), false)
        );
        assert_eq!(said(&["[N", "번] 왜요?"], Questions::One), ("[N번] 왜요?".to_owned(), false));
    }

    #[test]
    fn one_question_is_asked() {
        let (text, _) = said(&["‘왜?’라고 하셨는데 왜인가요", "?", " 그리고 언제인가요?"], Questions::One);
        assert_eq!(text, "‘왜?’라고 하셨는데 왜인가요?");
        assert_eq!(said(&["왜", "?\n"], Questions::One).0, "왜?");
    }

    #[test]
    fn where_a_main_question_follows_no_other_is_asked() {
        let check = |words: &[&str], expected| assert_eq!(said(words, Questions::None).0, expected);
        check(
            &["안녕하세요. 준비되셨", "나요? 그럼 시작", "하겠습니다."],
            "안녕하세요. 그럼 시작하겠습니다.",
        );
        check(&["‘왜?’라는 말씀 잘 들었습니다. 다음은 무엇일까요?"], "‘왜?’라는 말씀 잘 들었습니다.");
        check(&["마침표가 없어도 다 말합니다"], "마침표가 없어도 다 말합니다");
        check(&["준비되셨나요?"], "");
    }

    #[test]
    fn a_long_turn_ends_with_a_sentence() {
        let sentence = "이것은 끝나지 않는 이야기의 한 문장입니다. ";
        let (text, _) = said(&vec![sentence; 200], Questions::None);
        assert!(text.ends_with("문장입니다."), "{text}");
        assert!((SOFT_MAX..HARD_MAX).contains(&text.chars().count()));
        let (endless, _) = said(&["가"; 5_000], Questions::None);
        assert_eq!(endless.chars().count(), HARD_MAX);
    }
}
