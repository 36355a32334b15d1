//! From a past question as it was typed to one that can be stored.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{NAME_MAX, PastDetails, QUESTION_MAX, QUESTION_MIN, REJECTION_MAX, URL_MAX};
use crate::questions::{Bank, Field, Language, Level};
use crate::{InputField, Problem, Reason};

/// The first year that anybody remembers a question of.
const FIRST_YEAR: i32 = 2000;

/// What is told of a past question, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    pub question: String,
    pub language: Language,
    pub field: Field,
    pub level: Level,
    pub topic: Option<String>,
    pub company: String,
    pub job: String,
    pub asked_on: NaiveDate,
    pub source: String,
    pub source_url: Option<String>,
}

/// Checks what was typed. `today` is the last day on which something can have been asked.
///
/// # Errors
/// [`Problem::Invalid`] on the first field that does not fit.
pub fn parse(bank: &Bank, details: &PastDetails, today: NaiveDate) -> Result<Details, Problem> {
    let not_offered = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    let field: Field = details.field.parse().map_err(|_| not_offered(InputField::Field))?;
    let topic = match details.topic.as_str() {
        "" => None,
        topic => {
            let known = bank.topic(topic).filter(|topic| topic.field == field);
            Some(known.ok_or(not_offered(InputField::Topic))?.id.clone())
        }
    };
    Ok(Details {
        question: line(InputField::Question, &details.question, QUESTION_MIN, QUESTION_MAX)?,
        language: details.language.parse().map_err(|_| not_offered(InputField::Language))?,
        field,
        level: details.level.parse().map_err(|_| not_offered(InputField::Level))?,
        topic,
        company: line(InputField::Company, &details.company, 1, NAME_MAX)?,
        job: line(InputField::Job, &details.job, 1, NAME_MAX)?,
        asked_on: month(&details.asked_on, today)?,
        source: line(InputField::Source, &details.source, 1, NAME_MAX)?,
        source_url: address(&details.source_url)?,
    })
}

/// Whether what is told of a past question could have been stored here, to the letter. Which topics there are depends on the bank, and is
/// not asked.
pub fn is_well_formed(details: &Details) -> bool {
    let is_line =
        |text: &str, min, max| line(InputField::Question, text, min, max).is_ok_and(|line| line == text);
    let names = [&details.company, &details.job, &details.source];
    let address = details.source_url.as_deref();
    is_line(&details.question, QUESTION_MIN, QUESTION_MAX)
        && names.into_iter().all(|name| is_line(name, 1, NAME_MAX))
        && address.is_none_or(|url| self::address(url).is_ok_and(|same| same.as_deref() == Some(url)))
        && details.asked_on.day() == 1
        && details.asked_on.year() >= FIRST_YEAR
}

/// Why a past question is rejected.
///
/// # Errors
/// [`Problem::Invalid`] on `rejection`.
pub fn rejection(text: &str) -> Result<String, Problem> {
    line(InputField::Rejection, text, 1, REJECTION_MAX)
}

/// One line: blanks and line ends in a row are one blank.
fn line(field: InputField, text: &str, min: u32, max: u32) -> Result<String, Problem> {
    let refuse = |reason| Err(Problem::Invalid { field, reason });
    // Far more than is taken: what is over-long is not looked through to its end.
    let text = text.chars().take(8 * max as usize);
    let text: String = text.filter(|character| !is_hidden(*character)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => refuse(Reason::Empty),
        length if length < min as usize => refuse(Reason::TooShort { min }),
        length if length > max as usize => refuse(Reason::TooLong { max }),
        // PostgreSQL stores no NUL.
        _ if text.chars().any(char::is_control) => refuse(Reason::Malformed),
        _ => Ok(text),
    }
}

/// Marks that nobody sees, or that make a text read otherwise than it is stored: everybody reads it, and a moderator read it first.
const fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(character, '\u{e0000}'..='\u{e007f}')
}

/// The first day of a month that is written as `2026-03`, or as one of its days.
fn month(text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let malformed = Problem::Invalid { field: InputField::AskedOn, reason: Reason::Malformed };
    let text = text.trim();
    let day = match text.len() {
        7 => format!("{text}-01").parse::<NaiveDate>(),
        _ => text.parse(),
    };
    let first = day.ok().and_then(|day| day.with_day(1)).ok_or(malformed.clone())?;
    if first.year() < FIRST_YEAR || first > today { Err(malformed) } else { Ok(first) }
}

/// An address on the web, or nothing.
fn address(text: &str) -> Result<Option<String>, Problem> {
    let refuse = |reason| Err(Problem::Invalid { field: InputField::SourceUrl, reason });
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().take(URL_MAX as usize + 1).count() > URL_MAX as usize {
        return refuse(Reason::TooLong { max: URL_MAX });
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_address = rest.is_some_and(|rest| {
        rest.starts_with(char::is_alphanumeric)
            && !text.chars().any(|character| {
                character.is_control()
                    || character.is_whitespace()
                    || is_hidden(character)
                    || "\"<>\\".contains(character)
            })
    });
    if is_address { Ok(Some(text.to_owned())) } else { refuse(Reason::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> PastDetails {
        PastDetails {
            question: " 트랜잭션 격리 수준을\n 설명해 주세요. ".to_owned(),
            language: "ko".to_owned(),
            field: "cs".to_owned(),
            level: "junior".to_owned(),
            topic: "database".to_owned(),
            company: "가나 소프트".to_owned(),
            job: "백엔드 개발자".to_owned(),
            asked_on: "2026-03".to_owned(),
            source: "직접 받은 질문".to_owned(),
            source_url: String::new(),
        }
    }

    fn parsed(change: impl FnOnce(&mut PastDetails)) -> Result<Details, Problem> {
        let mut details = details();
        change(&mut details);
        parse(&Bank::load(None).expect("valid"), &details, "2026-11-22".parse().expect("a day"))
    }

    #[test]
    fn what_is_typed_becomes_one_line_and_a_month() {
        let found = parsed(|_| ()).expect("it fits");
        assert_eq!(found.question, "트랜잭션 격리 수준을 설명해 주세요.");
        assert_eq!(found.asked_on, "2026-03-01".parse::<NaiveDate>().expect("a day"));
        assert_eq!((found.topic.as_deref(), found.source_url), (Some("database"), None));
        let day = parsed(|details| details.asked_on = "2026-11-22".to_owned()).expect("it fits");
        assert_eq!(day.asked_on, "2026-11-01".parse::<NaiveDate>().expect("a day"));
        let none = parsed(|details| details.topic.clear()).expect("it fits");
        assert_eq!(none.topic, None);
        let url = "https://example.com/a?b=%20#c";
        let with = parsed(|details| details.source_url = format!(" {url} ")).expect("it fits");
        assert_eq!(with.source_url.as_deref(), Some(url));
    }

    #[test]
    fn what_a_moderator_reads_is_what_everybody_reads() {
        let hidden = "트랜잭션\u{200b}이란 \u{202e}무엇\u{2066}인가요?\u{e0041}".to_owned();
        let found = parsed(|details| details.question = hidden).expect("it fits");
        assert_eq!(found.question, "트랜잭션이란 무엇인가요?");
        let nothing = parsed(|details| details.company = "\u{feff}\u{200b}".to_owned());
        assert_eq!(nothing, Err(Problem::Invalid { field: InputField::Company, reason: Reason::Empty }));
        assert!(parsed(|details| details.source_url = "https://a\u{202e}b".to_owned()).is_err());
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_field() {
        let check = |change: fn(&mut PastDetails), field, reason| {
            assert_eq!(parsed(change), Err(Problem::Invalid { field, reason }));
        };
        use InputField as F;
        check(|d| d.question = "왜요?".to_owned(), F::Question, Reason::TooShort { min: QUESTION_MIN });
        check(|d| d.question = "가".repeat(401), F::Question, Reason::TooLong { max: QUESTION_MAX });
        check(|d| d.question = format!("트랜잭션이란 무엇인가요?{}", '\0'), F::Question, Reason::Malformed);
        check(|d| d.company = " \n ".to_owned(), F::Company, Reason::Empty);
        check(|d| d.job = "가".repeat(81), F::Job, Reason::TooLong { max: NAME_MAX });
        check(|d| d.source.clear(), F::Source, Reason::Empty);
        check(|d| d.field = "cooking".to_owned(), F::Field, Reason::NotOffered);
        check(|d| d.topic = "react".to_owned(), F::Topic, Reason::NotOffered);
        for date in ["", "2026", "2026-13", "2026-12", "1999-12", "March", "2026-02-30"] {
            let found = parsed(|details| details.asked_on = date.to_owned());
            let expected = Problem::Invalid { field: F::AskedOn, reason: Reason::Malformed };
            assert_eq!(found, Err(expected), "{date}");
        }
        for url in
            ["javascript:alert(1)", "//example.com", "https://", "https://a b", "https://a\"b", "ftp://a"]
        {
            let found = parsed(|details| details.source_url = url.to_owned());
            let expected = Problem::Invalid { field: F::SourceUrl, reason: Reason::Malformed };
            assert_eq!(found, Err(expected), "{url}");
        }
    }
}
