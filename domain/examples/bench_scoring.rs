//! Measures how well the built-in scorer agrees with people: Pearson's r on files of graded pairs.
//!
//! `cargo run --release -p domain --example bench_scoring [FOLDER]`. The folder is the argument, or the variable
//! `GRADING_DATA`, or `../shared/data/grading` beside the project. It holds `mohler-*.csv` (short answers against a
//! reference, with their question) and `korsts-*.tsv` (pairs of Korean sentences). The data is not part of the project.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use domain::scoring::similarity;

/// Two texts, the question when there is one, and the grade that people gave.
struct Pair {
    question: Option<String>,
    reference: String,
    text: String,
    grade: f64,
}

fn main() -> ExitCode {
    let folder = env::args().nth(1).or_else(|| env::var("GRADING_DATA").ok()).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/grading"),
        PathBuf::from,
    );
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.retain(|file| matches!(file.extension().and_then(|end| end.to_str()), Some("csv" | "tsv")));
    if files.is_empty() {
        println!("skipped: no graded pairs in {}", folder.display());
        return ExitCode::SUCCESS;
    }
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| pairs(&name, &text))
        {
            Ok(pairs) => println!("{name}: r = {:.3} on {} pairs", agreement(&pairs), pairs.len()),
            Err(reason) => {
                eprintln!("{name}: {reason}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn pairs(name: &str, text: &str) -> Result<Vec<Pair>, String> {
    let rows: Vec<Vec<String>> = if name.ends_with(".csv") {
        comma_separated(text)
    } else {
        text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    };
    let (head, rows) = rows.split_first().ok_or("the file is empty")?;
    let column = |names: [&str; 2]| head.iter().position(|cell| names.contains(&cell.trim()));
    let needed = |names: [&str; 2]| column(names).ok_or_else(|| format!("there is no column {names:?}"));
    let question = column(["question", "question"]);
    let (reference, answer) =
        (needed(["desired_answer", "sentence1"])?, needed(["student_answer", "sentence2"])?);
    let grade = needed(["score_avg", "score"])?;
    rows.iter()
        .map(|row| {
            let cell = |place: usize| row.get(place).cloned().ok_or("a row is too short");
            Ok(Pair {
                question: question.map(cell).transpose()?,
                reference: cell(reference)?,
                text: cell(answer)?,
                grade: cell(grade)?.trim().parse().map_err(|error| format!("{error}"))?,
            })
        })
        .collect()
}

/// Reads quoted, comma separated text.
fn comma_separated(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Pearson's r between the scorer and the grades.
fn agreement(pairs: &[Pair]) -> f64 {
    let points: Vec<(f64, f64)> = pairs
        .iter()
        .map(|pair| {
            (f64::from(similarity(&pair.reference, &pair.text, pair.question.as_deref())), pair.grade)
        })
        .collect();
    let count = points.iter().map(|_| 1.0).sum::<f64>();
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|point| point.1).sum::<f64>() / count;
    let product: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let square_x: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let square_y: f64 = points.iter().map(|(_, y)| (y - mean_y).powi(2)).sum();
    product / (square_x * square_y).sqrt()
}
