//! Checks a folder of questions: `questions_check DIR [PREFIX]`, explains one file: `--explain FILE`, or prints the questions that are most
//! alike: `--nearest DIR`.

use std::path::Path;
use std::process::ExitCode;

use domain::questions::{
    Bank, Language, Question, check, describe, limit, pairs, parse_question, read_directory, without_marks,
};
use domain::scoring::{KeyPoints, cover};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["--explain", file] => explain(Path::new(file)),
        ["--nearest", folder] => nearest(folder),
        [folder] => check_folder(folder, ""),
        [folder, prefix] => check_folder(folder, prefix),
        _ => Err("usage: questions-check DIR [PREFIX] | questions-check --explain FILE | questions-check --nearest DIR".to_owned()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Prints the findings on paths that begin with `prefix`; true when there are none.
fn check_folder(folder: &str, prefix: &str) -> Result<bool, String> {
    let sources = read_directory(Path::new(folder)).map_err(|error| format!("{folder}: {error}"))?;
    let mine = |path: &str| path.starts_with(prefix) || path == "topics.toml";
    let wanted: Vec<_> = sources.into_iter().filter(|source| mine(&source.path)).collect();
    let findings = check(&wanted);
    for finding in &findings {
        println!("{finding}");
    }
    let files = wanted.iter().filter(|source| !source.is_topics() && !source.is_note()).count();
    println!("{files} files, {} findings", findings.len());
    Ok(findings.is_empty())
}

/// Prints the questions of each language that are most alike.
fn nearest(folder: &str) -> Result<bool, String> {
    let sources = read_directory(Path::new(folder)).map_err(|error| format!("{folder}: {error}"))?;
    let bank = Bank::from_sources(&sources).map_err(|error| error.to_string())?;
    let questions: Vec<&Question> = bank.all().map(AsRef::as_ref).collect();
    for &language in Language::ALL {
        println!("== {language}: {:.2} counts as one", limit(language));
        for pair in pairs(&questions, language, 0.0).iter().take(15) {
            println!("  {:.3} {} / {}", pair.alike, pair.one.id, pair.other.id);
        }
    }
    Ok(true)
}

/// Prints what every text of one file earns, and why.
fn explain(file: &Path) -> Result<bool, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name =
        file.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
    let path = name.into_iter().rev().collect::<Vec<_>>().join("/");
    let question = parse_question(&path, &text).map_err(|error| error.to_string())?;
    let key_points = KeyPoints::new(&question);
    explain_text(&question, &key_points, "question", &question.question);
    explain_text(&question, &key_points, "intent", &without_marks(&question.intent));
    explain_text(&question, &key_points, "model answer", &without_marks(&question.model_answer));
    for (number, sample) in (1..).zip(&question.samples) {
        explain_text(
            &question,
            &key_points,
            &format!("sample {number}, expects {:?}", sample.expect),
            &sample.text,
        );
    }
    Ok(true)
}

fn explain_text(question: &Question, key_points: &KeyPoints, name: &str, text: &str) {
    println!("== {}: {name}", question.id);
    let coverage = cover(key_points, &[text]);
    for (point, trace) in coverage.points.iter().zip(key_points.trace(text)) {
        let flags = match (point.negated, point.trapped) {
            (false, false) => "",
            (true, false) => " (negated)",
            (false, true) => " (trapped)",
            (true, true) => " (negated, trapped)",
        };
        println!("  {}: {}{flags}{}", point.point, point.verdict, describe(&trace));
    }
}
