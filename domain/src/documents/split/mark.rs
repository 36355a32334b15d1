//! The marks that items begin with.

/// The beginning of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark<'a> {
    pub line: usize,
    /// What is asked, without the number.
    pub question: &'a str,
    /// What stands behind the question on the same line and belongs to the answer.
    pub beside: &'a str,
    /// Whether the question is known to end on its line.
    pub is_whole: bool,
}

/// Most characters between brackets that name an item.
const BRACKET_MAX: usize = 80;
/// Most characters of a line that names an item.
const NAME_MAX: usize = 30;

/// Words in the names of the usual items, without blanks.
const NAMES: &[&str] = &[
    "지원동기",
    "지원이유",
    "성장과정",
    "성장배경",
    "장단점",
    "성격",
    "포부",
    "직무역량",
    "직무경험",
    "직무적합",
    "핵심역량",
    "협업",
    "갈등",
    "실패",
    "극복",
    "도전",
    "자기소개",
    "경력사항",
    "경력기술",
    "프로젝트경험",
    "가치관",
    "생활신조",
    "학창시절",
    "motivation",
    "strengths",
    "weaknesses",
    "aboutme",
    "teamwork",
    "aspirations",
];

/// The marks of the items of a text, whose lines are trimmed.
pub fn marks<'a>(lines: &[&'a str]) -> Vec<Mark<'a>> {
    let each = |mark: fn(usize, &'a str) -> Option<Mark<'a>>| -> Vec<Mark<'a>> {
        lines.iter().enumerate().filter_map(|(line, &text)| mark(line, text)).collect()
    };
    let said = each(said);
    if !said.is_empty() {
        return said;
    }
    let numbered = numbered(lines);
    if !numbered.is_empty() {
        return numbered;
    }
    let bracketed = each(bracketed);
    if !bracketed.is_empty() {
        return bracketed;
    }
    each(named)
}

/// Whether a line ends as questions of applications do.
pub fn asks(line: &str) -> bool {
    let (line, limit) = super::without_limit(line);
    let end = line.trim_end_matches(['.', '!', ' ', ')', ']']);
    let politely = ["시오", "세요", "바랍니다", "주십시요", "까"];
    limit.is_some() || line.ends_with(['?', '？']) || politely.iter().any(|word| end.ends_with(word))
}

/// `문항 1.`, `질문1:`, `Q1.`, `Question 2`, `1번 문항`, each in brackets too.
fn said(line: usize, text: &str) -> Option<Mark<'_>> {
    let open = text.strip_prefix(['[', '<', '(', '【', '〈']).map(str::trim_start);
    let inner = open.unwrap_or(text);
    let inner = inner.trim_start_matches(['#', '*', '■', '●', '▶', '◆', '□', ' ']);
    let words = ["문항", "질문", "항목", "question", "Question", "QUESTION", "Q", "q"];
    let rest = words.iter().find_map(|word| {
        let rest = inner.strip_prefix(word)?;
        Some(number(rest.trim_start_matches([' ', '.', '#', '-', '_']))?.1)
    });
    let rest = rest.or_else(|| {
        let rest = number(inner)?.1.trim_start().strip_prefix('번')?.trim_start();
        rest.strip_prefix("문항").or_else(|| rest.strip_prefix("질문"))
    })?;
    let closed = match open {
        Some(_) => rest.trim_start().strip_prefix([']', '>', ')', '】', '〉'])?,
        None => rest,
    };
    // "문항 3개", "Q4분기": no number of an item.
    let sure = closed.is_empty() || closed.starts_with(|next: char| !next.is_alphanumeric());
    sure.then(|| Mark { line, question: without_stop(closed), beside: "", is_whole: false })
}

/// `1.`, `1)`, `(1)`, `①`, counted up from one. Where some of them ask something, those that do not are lists in answers.
fn numbered<'a>(lines: &[&'a str]) -> Vec<Mark<'a>> {
    let all = lines.iter().enumerate().filter_map(|(line, &text)| {
        let (number, question) = counted(text)?;
        Some((number, Mark { line, question, beside: "", is_whole: false }))
    });
    let all: Vec<(u32, Mark<'a>)> = all.collect();
    let asking = |mark: &Mark<'a>| {
        let below = lines.get(mark.line + 1..).unwrap_or_default();
        asks(mark.question) || super::question_lines(mark.question, below) > 0
    };
    let some_ask = all.iter().any(|(_, mark)| asking(mark));
    let mut next = 1;
    let mut marks = Vec::new();
    for (number, mark) in all {
        if number == next && (!some_ask || asking(&mark)) {
            marks.push(mark);
            next += 1;
        }
    }
    marks
}

fn counted(text: &str) -> Option<(u32, &str)> {
    let circled = text.chars().next().filter(|first| ('①'..='⑳').contains(first));
    if let Some(first) = circled {
        let number = u32::from(first) - u32::from('①') + 1;
        return Some((number, without_stop(&text[first.len_utf8()..])));
    }
    let (number, rest) = match text.strip_prefix('(') {
        Some(inner) => {
            let (number, rest) = self::number(inner)?;
            (number, rest.strip_prefix(')')?)
        }
        None => {
            let (number, rest) = self::number(text)?;
            (number, rest.strip_prefix(['.', ')', '．'])?)
        }
    };
    // A date, a version, a share.
    let sure = !rest.starts_with(|next: char| next.is_ascii_digit());
    let question = without_stop(rest);
    (sure && !question.is_empty()).then_some((number, question))
}

/// `[지원동기] …`, `【성장과정】`, `<입사 후 포부>`.
fn bracketed(line: usize, text: &str) -> Option<Mark<'_>> {
    let pairs = [('[', ']'), ('【', '】'), ('<', '>'), ('〈', '〉'), ('《', '》'), ('「', '」')];
    pairs.iter().find_map(|(open, close)| {
        let (question, beside) = text.strip_prefix(*open)?.split_once(*close)?;
        let question = question.trim();
        let fits = !question.is_empty() && question.chars().count() <= BRACKET_MAX;
        // An array, a reference or a placeholder is not what an item is called.
        let named = question.chars().any(char::is_alphabetic) && !beside.starts_with(['(', '[', ',']);
        let limited = with_limit(text, beside);
        (fits && named).then(|| match limited {
            Some(question) => Mark { line, question, beside: "", is_whole: true },
            None => Mark { line, question, beside: beside.trim(), is_whole: true },
        })
    })
}

/// The whole line, when nothing but a limit stands behind the brackets.
fn with_limit<'a>(text: &'a str, beside: &str) -> Option<&'a str> {
    let (rest, limit) = super::without_limit(beside.trim());
    (limit.is_some() && rest.is_empty()).then(|| text.trim_start_matches(['[', '【', '<', '〈', '《', '「']))
}

/// A line that is the name of a usual item.
fn named(line: usize, text: &str) -> Option<Mark<'_>> {
    let question = text.trim_start_matches(['#', '*', '■', '●', '▶', '◆', '□', '-', '·', '○', ' ']);
    let question = question.trim_end_matches([':', '*', ' ']);
    let (plain, limit) = super::without_limit(question);
    if plain.chars().count() > NAME_MAX || (limit.is_none() && plain.ends_with(['.', '!', ','])) {
        return None;
    }
    let name: String = plain.chars().filter(|character| !character.is_whitespace()).collect();
    let name = name.to_lowercase();
    // "실패했다" is a sentence.
    let sentence = ["다", "요", "며", "고"].iter().any(|end| name.ends_with(end));
    let known = NAMES.iter().any(|known| name.contains(known));
    (known && !sentence).then_some(Mark { line, question, beside: "", is_whole: true })
}

/// One or two digits, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok()?;
    (end <= 2).then(|| (number, &text[end..]))
}

/// Without what separates a number from its question.
fn without_stop(text: &str) -> &str {
    text.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '.' | ':' | ')' | ']' | '-' | '：' | '．' | '|')
    })
}
