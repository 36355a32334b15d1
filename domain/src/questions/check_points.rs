//! Runs the scorer on the texts of a question and says where its points are found or missed, for the author.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::question::{Point, Question};
use crate::scoring::{Coverage, GroupTrace, KeyPoints, PointTrace, Verdict, cover};

/// Reports every point that is missing where it should be found, or found where it should not.
pub(super) fn check_points(question: &Question, report: &mut dyn FnMut(String)) {
    for point in &question.points {
        check_groups(point, report);
    }
    let key_points = KeyPoints::new(question);
    check_echoes(question, &key_points, report);

    let model = without_marks(&question.model_answer);
    expect_covered(&key_points, &model, "the model answer", &question.points, report);

    // What stands here may look off topic and so hide what an answer in these words would earn.
    let anywhere = key_points.clone().in_any_text();
    let question_text = question.question.as_str();
    for found in cover(&anywhere, &[question_text]).points {
        if found.verdict != Verdict::NotFound {
            report(format!(
                "the question alone earns `{}` for point `{}`{}",
                found.verdict,
                found.point,
                explain(&key_points, question_text, &found.point)
            ));
        }
    }
    let intent = without_marks(&question.intent);
    for point in covered(&cover(&anywhere, &[&intent])) {
        report(format!("the intent covers point `{point}`{}", explain(&key_points, &intent, &point)));
    }

    for (number, sample) in (1..).zip(&question.samples) {
        let found = covered(&cover(&key_points, &[&sample.text]));
        for expected in &sample.expect {
            if !question.points.iter().any(|point| point.id == *expected) {
                report(format!("sample {number} expects point `{expected}`, which does not exist"));
            } else if !found.contains(expected) {
                let why = explain(&key_points, &sample.text, expected);
                report(format!("sample {number} does not cover point `{expected}`, but expects it{why}"));
            }
        }
        for point in found.iter().filter(|point| !sample.expect.contains(point)) {
            let why = explain(&key_points, &sample.text, point);
            report(format!("sample {number} covers point `{point}`, but does not expect it{why}"));
        }
    }
}

fn expect_covered(
    key_points: &KeyPoints,
    text: &str,
    name: &str,
    points: &[Point],
    report: &mut dyn FnMut(String),
) {
    let found = cover(key_points, &[text]);
    for point in points {
        let Some(result) = found.point(&point.id).filter(|result| result.verdict != Verdict::Covered) else {
            continue;
        };
        let mut message = format!("{name} does not cover point `{}` ({})", point.id, result.verdict);
        if result.trapped {
            message.push_str(", because a trap hits");
        } else if result.negated {
            message.push_str(", because it seems to be negated");
        }
        report(message + &explain(key_points, text, &point.id));
    }
}

/// Groups that cannot match as they are written.
fn check_groups(point: &Point, report: &mut dyn FnMut(String)) {
    if point.accept.is_empty() {
        report(format!("point `{}` accepts nothing", point.id));
    }
    for (list, groups) in [("accept", &point.accept), ("trap", &point.trap)] {
        for (number, group) in (1..).zip(groups) {
            if group.is_empty() {
                report(format!("point `{}`: {list} group {number} is empty", point.id));
            }
            for term in group {
                let has_empty = term
                    .split('|')
                    .any(|part| !part.chars().any(|c| c.is_alphanumeric() || "=<>!&".contains(c)));
                if has_empty {
                    report(format!(
                        "point `{}`: {list} group {number} has an empty alternative in `{term}`",
                        point.id
                    ));
                }
            }
        }
    }
}

/// Groups that only repeat the question.
fn check_echoes(question: &Question, key_points: &KeyPoints, report: &mut dyn FnMut(String)) {
    for trace in key_points.trace(&question.question) {
        for (list, groups) in [("accept", &trace.accept), ("trap", &trace.trap)] {
            for (number, group) in (1..).zip(groups) {
                if !group.terms.is_empty() && group.terms.iter().all(|term| term.echo) {
                    report(format!(
                        "point `{}`: {list} group {number} consists of words of the question only and can never count",
                        trace.point
                    ));
                }
            }
        }
    }
}

fn covered(coverage: &Coverage) -> BTreeSet<String> {
    let points = coverage.points.iter().filter(|point| point.verdict == Verdict::Covered);
    points.map(|point| point.point.clone()).collect()
}

/// What each group of a point found in a text, one line per group.
fn explain(key_points: &KeyPoints, text: &str, point: &str) -> String {
    key_points
        .trace(text)
        .into_iter()
        .find(|trace| trace.point == point)
        .map_or_else(String::new, |trace| describe(&trace))
}

/// One line per group: every term with what it matched, and the words that the group spans.
pub fn describe(trace: &PointTrace) -> String {
    let mut text = String::new();
    for (number, group) in (1..).zip(&trace.accept) {
        describe_group(&mut text, "accept", number, group);
    }
    for (number, group) in (1..).zip(&trace.trap).filter(|(_, group)| group.complete) {
        describe_group(&mut text, "trap", number, group);
    }
    text
}

fn describe_group(text: &mut String, list: &str, number: usize, group: &GroupTrace) {
    let state = match (group.complete, group.negated, group.listed) {
        (true, false, false) => "met",
        (true, true, _) => "negated",
        (true, _, true) => "a mere list of words",
        (false, ..) => "not met",
    };
    let _ = write!(text, "\n    {list} group {number} {state}:");
    for term in &group.terms {
        let _ = write!(text, " [{}", term.term);
        let _ = match (&term.in_window, term.everywhere.as_slice()) {
            (Some(hit), _) => write!(text, " = \"{hit}\""),
            (None, []) => write!(text, " NOT FOUND"),
            (None, [hit, ..]) => write!(text, " too far away: \"{hit}\""),
        };
        text.push_str(if term.echo { ", word of the question]" } else { "]" });
    }
    if let Some(quote) = group.quote.as_deref().filter(|_| group.complete) {
        let _ = write!(text, " in \"{quote}\"");
    }
}

/// Markdown as an answer would say it.
pub fn without_marks(markdown: &str) -> String {
    markdown.replace(['*', '`'], "")
}
