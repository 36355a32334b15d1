//! The golden set as it was compiled in: answers, and every grading of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::questions::Language;
use crate::rubric::CriterionId;
use crate::scoring::Verdict;

const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/golden_files.rs"));

/// What is wrong with a file of the golden set.
#[derive(Debug, thiserror::Error)]
#[error("golden/{path}: {reason}")]
pub struct GoldenError {
    pub path: String,
    pub reason: String,
}

/// An answer that was graded.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldenAnswer {
    /// The id of the question in the bank.
    pub question: String,
    pub language: Language,
    /// Unique among the answers to the question, and the same in both languages.
    pub id: String,
    pub text: String,
    /// One of each grader, in the order of their names.
    pub grades: Vec<Grade>,
}

/// What one grader found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// By the id of the key point.
    pub points: BTreeMap<String, Verdict>,
    /// 1 to 5, for the criteria that apply to the question.
    pub levels: BTreeMap<CriterionId, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswersFile {
    question: String,
    lang: Language,
    answer: Vec<AnswerEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerEntry {
    id: String,
    text: String,
}

/// Every answer of the golden set, in the order of the files.
///
/// # Errors
/// When a file cannot be read, or an answer was not graded by everybody.
pub fn golden_set() -> Result<Vec<GoldenAnswer>, GoldenError> {
    read(FILES)
}

fn read(files: &[(&str, &str)]) -> Result<Vec<GoldenAnswer>, GoldenError> {
    let texts: BTreeMap<&str, &str> = files.iter().copied().collect();
    let graders: BTreeSet<&str> =
        texts.keys().filter_map(|path| path.strip_prefix("grades/")?.split('/').next()).collect();
    let mut answers = Vec::new();
    for (path, text) in &texts {
        let Some(name) = path.strip_prefix("answers/") else { continue };
        let file: AnswersFile = parse(path, text)?;
        let mut gradings = Vec::new();
        for grader in &graders {
            let path = format!("grades/{grader}/{name}");
            let text = texts.get(path.as_str()).ok_or_else(|| wrong(&path, "the file is missing"))?;
            gradings.push((parse::<BTreeMap<String, Grade>>(&path, text)?, path));
        }
        for entry in file.answer {
            let grades = gradings.iter_mut().map(|(grading, path)| {
                grading.remove(&entry.id).ok_or_else(|| wrong(path, &format!("`{}` is not graded", entry.id)))
            });
            answers.push(GoldenAnswer {
                question: file.question.clone(),
                language: file.lang,
                grades: grades.collect::<Result<_, _>>()?,
                id: entry.id,
                text: entry.text.trim().to_owned(),
            });
        }
    }
    Ok(answers)
}

fn parse<T: for<'a> Deserialize<'a>>(path: &str, text: &str) -> Result<T, GoldenError> {
    toml::from_str(text).map_err(|error| wrong(path, &error.to_string()))
}

fn wrong(path: &str, reason: &str) -> GoldenError {
    GoldenError { path: path.to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Bank;
    use crate::rubric::{LEVELS, rubric};

    #[test]
    fn the_golden_set_fits_the_bank_and_the_rubric() {
        let bank = Bank::load(None).expect("the bank");
        let answers = golden_set().expect("the golden set");
        let questions: BTreeSet<&str> = answers.iter().map(|answer| answer.question.as_str()).collect();
        assert!(questions.len() >= 30, "{}", questions.len());
        assert_eq!(answers.len(), questions.len() * 2 * 4);
        for answer in &answers {
            let at = format!("{} {} {}", answer.question, answer.language, answer.id);
            let question = bank.get(&answer.question, answer.language).expect("a question of the bank");
            let points: BTreeSet<&str> = question.points.iter().map(|point| point.id.as_str()).collect();
            let criteria: BTreeSet<CriterionId> = rubric().of(question.kind).map(|one| one.id).collect();
            assert!(answer.grades.len() >= 2, "{at}");
            for grade in &answer.grades {
                assert_eq!(grade.points.keys().map(String::as_str).collect::<BTreeSet<_>>(), points, "{at}");
                assert_eq!(grade.levels.keys().copied().collect::<BTreeSet<_>>(), criteria, "{at}");
                assert!(
                    grade.levels.values().all(|level| (1..=LEVELS).contains(&usize::from(*level))),
                    "{at}"
                );
            }
        }
    }

    #[test]
    fn an_answer_that_somebody_did_not_grade_is_told() {
        let answer = (
            "answers/os/x.ko.toml",
            "question = \"os/x\"\nlang = \"ko\"\n[[answer]]\nid = \"a\"\ntext = \"t\"",
        );
        let error = |files: &[(&str, &str)]| read(files).expect_err("incomplete").to_string();
        assert_eq!(read(&[answer]).expect("no grader at all").len(), 1);
        let grades = ("grades/first/os/x.ko.toml", "[b]\npoints = {}\nlevels = {}");
        assert!(error(&[answer, grades]).contains("`a` is not graded"));
        assert!(error(&[answer, ("grades/first/os/y.ko.toml", "")]).contains("missing"));
    }
}
