//! What of a model's text may be seen: not its thoughts, and not the marker `[NEXT]`.

/// Opening and closing tags of thoughts.
const THOUGHTS: &[(&str, &str)] = &[("<think>", "</think>"), ("<thinking>", "</thinking>")];

/// The marker with which a model says that a question is exhausted.
pub const MOVE_ON: &str = "[NEXT]";

/// Takes thoughts out of a text that comes in pieces.
#[derive(Debug, Default)]
pub struct Visible {
    held: String,
    /// The tag that ends the thought, while in one.
    until: Option<&'static str>,
    begun: bool,
}

impl Visible {
    /// Takes a piece, and gives what can be shown now.
    pub fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        let mut shown = String::new();
        loop {
            match self.until {
                Some(close) => match self.held.find(close) {
                    Some(at) => {
                        self.held.drain(..at + close.len());
                        self.until = None;
                    }
                    None => {
                        let keep = overlap(&self.held, &[close]);
                        self.held.drain(..self.held.len() - keep);
                        break;
                    }
                },
                None => match first_opening(&self.held) {
                    Some((at, open, close)) => {
                        shown.push_str(&self.held[..at]);
                        self.held.drain(..at + open.len());
                        self.until = Some(close);
                    }
                    None => {
                        let openings: Vec<&str> = THOUGHTS.iter().map(|(open, _)| *open).collect();
                        let keep = overlap(&self.held, &openings);
                        let rest = self.held.split_off(self.held.len() - keep);
                        shown.push_str(&std::mem::replace(&mut self.held, rest));
                        break;
                    }
                },
            }
        }
        self.without_leading_space(shown)
    }

    /// The rest. A thought without an end stays hidden.
    pub fn finish(&mut self) -> String {
        let rest = std::mem::take(&mut self.held);
        match self.until {
            Some(_) => String::new(),
            None => self.without_leading_space(rest),
        }
    }

    fn without_leading_space(&mut self, shown: String) -> String {
        if self.begun {
            return shown;
        }
        let trimmed = shown.trim_start();
        self.begun = !trimmed.is_empty();
        trimmed.to_owned()
    }
}

/// The whole text without thoughts.
pub fn visible(text: &str) -> String {
    let mut visible = Visible::default();
    let mut shown = visible.push(text);
    shown.push_str(&visible.finish());
    // Some templates leave out the opening tag.
    for (_, close) in THOUGHTS {
        if let Some(at) = shown.rfind(close) {
            shown.drain(..at + close.len());
        }
    }
    shown.trim().to_owned()
}

fn first_opening(text: &str) -> Option<(usize, &'static str, &'static str)> {
    THOUGHTS.iter().filter_map(|(open, close)| text.find(open).map(|at| (at, *open, *close))).min()
}

/// Length of the longest end of the text with which one of the words may begin.
pub fn overlap(text: &str, words: &[&str]) -> usize {
    let of = |word: &str| {
        (1..word.len())
            .rev()
            .find(|&length| word.is_char_boundary(length) && text.ends_with(&word[..length]))
            .unwrap_or_default()
    };
    words.iter().map(|word| of(word)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces(text: &str, size: usize) -> String {
        let mut visible = Visible::default();
        let characters: Vec<char> = text.chars().collect();
        let mut shown: String =
            characters.chunks(size).map(|piece| visible.push(&piece.iter().collect::<String>())).collect();
        shown.push_str(&visible.finish());
        shown
    }

    #[test]
    fn thoughts_are_taken_out_however_they_are_cut() {
        for size in 1..40 {
            let shown = in_pieces("<think>비밀 < 생각</thin </think>\n\n네, a < b 인 까닭은요?", size);
            assert_eq!(shown, "네, a < b 인 까닭은요?", "in pieces of {size}");
            assert_eq!(in_pieces("하나<thinking>둘</thinking>셋 <thi", size), "하나셋 <thi");
            assert_eq!(in_pieces("<think>끝이 없는 생각", size), "");
        }
    }

    #[test]
    fn a_whole_text_may_lack_the_opening_tag() {
        assert_eq!(visible("생각</think>\n{\"a\":1}"), "{\"a\":1}");
        assert_eq!(visible("  그대로 "), "그대로");
    }
}
