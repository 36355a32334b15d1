//! A letter as a text to take away.

use std::fmt::Write as _;

use super::LetterContent;
use crate::questions::Language;

/// As Markdown. What a person wrote stands as it is; only its headings are ours.
pub fn markdown(content: &LetterContent) -> String {
    let say = words(content.language);
    let mut text = format!("# {}\n", heading(title(content)));
    for (name, value) in [(say.company, &content.company), (say.role, &content.role)] {
        if !value.trim().is_empty() {
            let _ = write!(text, "\n- {name}: {}", one_line(value));
        }
    }
    text.push('\n');
    for (number, item) in (1..).zip(&content.items) {
        let _ = writeln!(text, "\n## {number}. {}", heading(&item.question));
        if !item.answer.trim().is_empty() {
            let _ = writeln!(text, "\n{}", item.answer.trim_end());
        }
    }
    text
}

/// As plain text, to be pasted into a form.
pub fn plain(content: &LetterContent) -> String {
    let mut text = format!("{}\n", one_line(title(content)));
    let about: Vec<String> = [&content.company, &content.role]
        .into_iter()
        .map(|value| one_line(value))
        .filter(|value| !value.is_empty())
        .collect();
    if !about.is_empty() {
        let _ = writeln!(text, "{}", about.join(" · "));
    }
    for (number, item) in (1..).zip(&content.items) {
        let _ = writeln!(text, "\n{number}. {}\n\n{}", one_line(&item.question), item.answer.trim_end());
    }
    text
}

/// The name of a letter: its title, else the company and role that it is for, else none of them in words.
pub fn title(content: &LetterContent) -> &str {
    [&content.title, &content.company, &content.role]
        .into_iter()
        .map(|name| name.trim())
        .find(|name| !name.is_empty())
        .unwrap_or(words(content.language).untitled)
}

struct Words {
    company: &'static str,
    role: &'static str,
    untitled: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::Korean => {
            Words { company: "회사", role: "직무", untitled: "제목 없는 자기소개서" }
        }
        Language::English => Words { company: "Company", role: "Role", untitled: "Untitled cover letter" },
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that stands in one heading.
fn heading(text: &str) -> String {
    one_line(text).trim_start_matches('#').trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::letters::LetterItem;

    fn letter() -> LetterContent {
        LetterContent {
            title: "하늘지도 상반기".to_owned(),
            company: "하늘지도".to_owned(),
            items: vec![LetterItem {
                id: Uuid::from_u128(1),
                question: "지원 동기를\n적어 주세요".to_owned(),
                answer: "저는 지도를 좋아합니다.\n\n그래서 지원합니다.\n".to_owned(),
                limit: None,
                tip: "비밀 메모".to_owned(),
            }],
            ..LetterContent::empty(Language::Korean)
        }
    }

    #[test]
    fn a_letter_is_taken_away_as_it_was_written() {
        assert_eq!(
            markdown(&letter()),
            "# 하늘지도 상반기\n\n- 회사: 하늘지도\n\n## 1. 지원 동기를 적어 주세요\n\n저는 지도를 좋아합니다.\n\n그래서 지원합니다.\n"
        );
        assert_eq!(
            plain(&letter()),
            "하늘지도 상반기\n하늘지도\n\n1. 지원 동기를 적어 주세요\n\n저는 지도를 좋아합니다.\n\n그래서 지원합니다.\n"
        );
    }

    #[test]
    fn a_letter_without_a_title_is_called_by_its_company() {
        let untitled = LetterContent { title: "  ".to_owned(), ..letter() };
        assert_eq!(title(&untitled), "하늘지도");
        assert_eq!(title(&LetterContent::empty(Language::English)), "Untitled cover letter");
    }
}
