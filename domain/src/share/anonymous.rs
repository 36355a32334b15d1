//! A report without its person's name.
//!
//! Only what a model said can hold it: it calls the candidate by name. What the candidate wrote stays as it is.

use crate::interview::{Feedback, RatingView, ReportQuestion, ReportView, Speaker};

/// Stands where the name stood.
const NOBODY: &str = "○○○";

/// Takes the names out of what the interviewer said and wrote.
pub fn without_names(report: &mut ReportView, names: &[&str]) {
    // The longest first: a name may be a part of another one.
    let mut names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for text in report.questions.iter_mut().flat_map(said_by_interviewer) {
        for name in &names {
            *text = without(text, name);
        }
    }
    let compared = report.material.iter_mut().filter_map(|material| material.compared.as_mut());
    let found = compared.flat_map(|compared| &mut compared.contradictions);
    for text in found.filter_map(|contradiction| contradiction.why.as_mut()) {
        for name in &names {
            *text = without(text, name);
        }
    }
}

/// Every text of the interviewer about a question, but for what it quotes.
fn said_by_interviewer(question: &mut ReportQuestion) -> Vec<&mut String> {
    let spoken = question.turns.iter_mut().filter(|turn| turn.speaker == Speaker::Interviewer);
    let mut texts: Vec<&mut String> = spoken.map(|turn| &mut turn.text).collect();
    if let Some(Feedback { comment, rating, .. }) = &mut question.feedback {
        if let Some(comment) = comment {
            texts.extend([&mut comment.good, &mut comment.improve]);
            texts.extend(comment.sentence.as_mut().map(|sentence| &mut sentence.better));
        }
        let criteria = rating.iter_mut().flat_map(|rating| &mut rating.criteria);
        texts.extend(criteria.map(|criterion| &mut criterion.reason));
    }
    if let Some(RatingView { criteria, .. }) = &mut question.rating {
        texts.extend(criteria.iter_mut().map(|criterion| &mut criterion.reason));
    }
    texts
}

fn without(text: &str, name: &str) -> String {
    // ASCII alone, so that places in both texts are the same.
    let (lower, wanted) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let (mut kept, mut rest) = (String::with_capacity(text.len()), 0);
    for (at, found) in lower.match_indices(&wanted) {
        let end = at + found.len();
        let inside_a_word = is_one_word(text[..at].chars().next_back(), found.chars().next())
            || is_one_word(found.chars().next_back(), text[end..].chars().next());
        if !inside_a_word {
            kept.push_str(&text[rest..at]);
            kept.push_str(NOBODY);
            rest = end;
        }
    }
    kept + &text[rest..]
}

/// Whether two neighbours belong to one word. Korean adds its endings without a blank, so there a name may go on.
fn is_one_word(one: Option<char>, other: Option<char>) -> bool {
    let latin =
        |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    latin(one) && latin(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_out_where_it_is_a_name() {
        let check = |text: &str, name: &str, expected: &str| assert_eq!(without(text, name), expected);
        check("김미나 님, 왜 그런가요?", "김미나", "○○○ 님, 왜 그런가요?");
        check("김미나님은 왜 그렇게 보시나요?", "김미나", "○○○님은 왜 그렇게 보시나요?");
        check("Why is that, Mina? And mina님?", "mina", "Why is that, ○○○? And ○○○님?");
        check("It finally stalls, Al.", "al", "It finally stalls, ○○○.");
        check("왜 그런가요?", "mina", "왜 그런가요?");
    }
}
