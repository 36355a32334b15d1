//! The term table: Korean and English names of one thing, so that either counts for the other.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::text::{Script, Text, Token};
use super::{english, korean, korean_verbs};

/// One concept per line, its names separated by tabs; `#` begins a remark.
const TABLE: &str = include_str!("terms.tsv");

/// The longest name, in words.
const LONGEST: usize = 4;

/// Syllables that turn the meaning of the word after them round (`비` + `동기`).
const REVERSING: &[char] = &['비', '불', '무', '미', '부', '반', '역', '탈', '논', '언', '못'];

/// The parts of the table whose names belong to the trade. The others hold words that everybody uses.
const TRADE: &[&str] = &[
    "# databases",
    "# operating systems",
    "# networking",
    "# http and apis",
    "# concurrency",
    "# data structures and algorithms",
    "# browser, javascript, react",
];

/// Number of a line of the table.
pub(super) type Concept = u32;

/// A concept that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ConceptHit {
    /// First and last word.
    pub first: usize,
    pub last: usize,
    pub concept: Concept,
}

pub(super) struct TermTable {
    /// Latin names as stems separated by blanks.
    latin: HashMap<String, Vec<Concept>>,
    /// Hangul names without blanks; verbs end in `다`.
    hangul: HashMap<String, Vec<Concept>>,
    /// Concepts that are names: the words of `read committed` speak of no reading.
    names: HashSet<Concept>,
    /// Concepts of the trade.
    of_trade: HashSet<Concept>,
}

static SHARED: LazyLock<TermTable> = LazyLock::new(|| TermTable::parse(TABLE));

/// The table that is compiled in.
pub(super) fn table() -> &'static TermTable {
    &SHARED
}

/// Whether a name that begins at byte `place` of a Hangul word stands there in its own meaning.
pub(super) fn keeps_meaning(word: &str, place: usize) -> bool {
    !word[..place].ends_with(REVERSING)
}

/// How many different things of the trade a text names: indexes, locks, caches, but neither users nor results.
pub fn technical_terms(text: &str) -> usize {
    let text = Text::new(text);
    let concepts =
        text.concepts.iter().map(|hit| hit.concept).filter(|concept| table().is_of_trade(*concept));
    concepts.collect::<HashSet<_>>().len()
}

impl TermTable {
    fn parse(table: &str) -> Self {
        let mut latin: HashMap<String, Vec<Concept>> = HashMap::new();
        let mut hangul: HashMap<String, Vec<Concept>> = HashMap::new();
        let mut names = HashSet::new();
        let mut of_trade = HashSet::new();
        let mut part = "";
        let lines = table.lines().filter(|line| !line.is_empty());
        let lines = lines.filter_map(|line| {
            let is_remark = line.starts_with('#');
            if is_remark {
                part = line;
            }
            (!is_remark).then_some((part, line))
        });
        for (concept, (part, line)) in (0..).zip(lines) {
            if TRADE.contains(&part) {
                of_trade.insert(concept);
            }
            let line = line.strip_prefix('!').inspect(|_| _ = names.insert(concept)).unwrap_or(line);
            for name in line.split('\t').map(str::trim).filter(|name| !name.is_empty()) {
                if name.is_ascii() {
                    let words: Vec<_> = name.split([' ', '-']).collect();
                    let stems: Vec<_> = words.iter().map(|word| english::stem(word)).collect();
                    latin.entry(stems.join(" ")).or_default().push(concept);
                    if words.len() > 1 {
                        latin.entry(english::stem(&words.concat())).or_default().push(concept);
                    }
                } else {
                    hangul.entry(name.replace(' ', "")).or_default().push(concept);
                }
            }
        }
        Self { latin, hangul, names, of_trade }
    }

    /// Every concept that these words name, ordered.
    pub fn find(&self, tokens: &[Token]) -> Vec<ConceptHit> {
        let mut hits = Vec::new();
        for place in 0..tokens.len() {
            match tokens[place].script {
                Script::Hangul => self.find_hangul(tokens, place, &mut hits),
                Script::Latin => self.find_latin(tokens, place, &mut hits),
                Script::Digit | Script::Symbol | Script::Other => {}
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    /// Whether the word is a noun of the table, perhaps with more behind it, and so no form of a verb.
    pub fn begins_with_noun(&self, word: &str) -> bool {
        let ends = word.char_indices().map(|(end, _)| end).chain([word.len()]).skip(2);
        ends.map(|end| &word[..end])
            .any(|name| !name.ends_with(['다', '기']) && self.hangul.contains_key(name))
    }

    /// Whether the hit is a name of several words.
    pub fn is_name(&self, hit: &ConceptHit) -> bool {
        hit.last > hit.first && self.names.contains(&hit.concept)
    }

    /// Whether it is something that people of the trade speak of.
    pub fn is_of_trade(&self, concept: Concept) -> bool {
        self.of_trade.contains(&concept)
    }

    fn find_latin(&self, tokens: &[Token], place: usize, hits: &mut Vec<ConceptHit>) {
        let mut name = String::new();
        for (last, token) in tokens.iter().enumerate().skip(place).take(LONGEST) {
            if last > place {
                if !token.close || !matches!(token.script, Script::Latin | Script::Digit) {
                    break;
                }
                name.push(' ');
            }
            name.push_str(&token.stem);
            add(self.latin.get(&name), place, last, hits);
        }
        if let Some(joined) = &tokens[place].joined {
            add(self.latin.get(joined), place, place + 1, hits);
        }
    }

    fn find_hangul(&self, tokens: &[Token], place: usize, hits: &mut Vec<ConceptHit>) {
        let token = &tokens[place];
        for base in token.nouns.iter().chain(&token.verbs) {
            add(self.hangul.get(base), place, place, hits);
        }
        let borders: Vec<usize> =
            token.text.char_indices().map(|(border, _)| border).chain([token.text.len()]).collect();
        for (index, &from) in borders.iter().enumerate() {
            if !keeps_meaning(&token.text, from) {
                continue;
            }
            for &to in borders.iter().skip(index + 2) {
                add(self.hangul.get(&token.text[from..to]), place, place, hits);
            }
        }
        // Written apart: `교착 상태` for `교착상태`.
        let mut name = token.text.clone();
        for (last, next) in tokens.iter().enumerate().skip(place + 1).take(LONGEST - 1) {
            if !next.close || next.script != Script::Hangul {
                break;
            }
            for base in &next.nouns {
                add(self.hangul.get(&format!("{name}{base}")), place, last, hits);
            }
            name.push_str(&next.text);
        }
    }

    /// The concepts that these words of a term name together, and nothing else.
    pub fn of_term(&self, words: &[Token]) -> Vec<Concept> {
        let Some((last, before)) = words.split_last() else { return Vec::new() };
        let mut found = Vec::new();
        let mut look_up = |names: &HashMap<String, Vec<Concept>>, name: &str| {
            found.extend(names.get(name).into_iter().flatten().copied());
        };
        match last.script {
            Script::Hangul => {
                let head: String = before.iter().map(|word| word.text.as_str()).collect();
                look_up(&self.hangul, &format!("{head}{}", last.text));
                let noun = korean::term_noun(&last.text);
                if noun != last.text {
                    look_up(&self.hangul, &format!("{head}{noun}"));
                }
                for verb in korean_verbs::term_verbs(&last.text).iter().filter(|verb| **verb != last.text) {
                    look_up(&self.hangul, &format!("{head}{verb}"));
                }
            }
            Script::Latin => {
                let stems: Vec<_> = words.iter().map(|word| word.stem.as_str()).collect();
                look_up(&self.latin, &stems.join(" "));
                if let [first, _] = words
                    && let Some(joined) = &first.joined
                {
                    look_up(&self.latin, joined);
                }
            }
            Script::Digit | Script::Symbol | Script::Other => {}
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn add(concepts: Option<&Vec<Concept>>, first: usize, last: usize, hits: &mut Vec<ConceptHit>) {
    for &concept in concepts.into_iter().flatten() {
        hits.push(ConceptHit { first, last, concept });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_the_trade_are_told_from_words_of_everybody() {
        assert_eq!(technical_terms("인덱스와 트랜잭션을 손보았습니다"), 2);
        assert_eq!(technical_terms("an index, a lock and a queue"), 3);
        assert!(technical_terms("팀원과 소통해서 목표와 결과를 나눈 사용자 경험") < 2);
        assert_eq!(technical_terms("I work hard and learn fast"), 0);
        for part in TRADE {
            assert!(TABLE.lines().any(|line| line == *part), "{part}");
        }
    }

    #[track_caller]
    fn check_same(a: &str, b: &str, same: bool) {
        let concepts = |text: &str| table().of_term(&Text::new(text).tokens);
        let (x, y) = (concepts(a), concepts(b));
        assert_eq!(x.iter().any(|concept| y.contains(concept)), same, "{a} {x:?}, {b} {y:?}");
    }

    #[test]
    fn names_of_one_thing_agree() {
        check_same("트랜잭션", "transactions", true);
        check_same("쓰레드", "스레드", true);
        check_same("thread", "스레드를", true);
        check_same("server", "서버들", false);
        check_same("락", "잠금", true);
        check_same("교착 상태", "deadlock", true);
        check_same("교착상태", "dead lock", true);
        check_same("가비지 컬렉션", "garbage collection", true);
        check_same("동기", "비동기", false);
        check_same("프로세스", "스레드", false);
    }

    #[test]
    fn every_line_names_one_thing_twice() {
        let mut lines = 0;
        for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let names: Vec<_> = line.trim_start_matches('!').split('\t').collect();
            assert!(names.len() >= 2, "{line}");
            for (index, name) in names.iter().enumerate() {
                assert_eq!(*name, name.trim().to_lowercase(), "{line}");
                assert!(!names[..index].contains(name), "`{name}` stands twice in {line}");
            }
            lines += 1;
        }
        assert!(lines >= 250);
    }
}
