//! Which pieces of an answer the feedback points to.

use domain::scoring::Span;

/// A piece of a text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// Cuts an answer where marks begin and end. Marks that overlap become one; a mark that does not fit is left out.
pub fn pieces(text: &str, answer: u32, spans: &[Span]) -> Vec<Piece> {
    let mut marks: Vec<(usize, usize)> = spans
        .iter()
        .filter(|span| span.answer == answer && span.start < span.end)
        .map(|span| (span.start as usize, span.end as usize))
        .filter(|(start, end)| text.get(*start..*end).is_some())
        .collect();
    marks.sort_unstable();
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        if let Some(piece) = text.get(from..to).filter(|piece| !piece.is_empty()) {
            pieces.push(Piece { text: piece.to_owned(), marked });
        }
    };
    let mut at = 0;
    let mut marks = marks.into_iter().peekable();
    while let Some((start, mut end)) = marks.next() {
        while let Some((_, further)) = marks.next_if(|(next, _)| *next <= end) {
            end = end.max(further);
        }
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, text.len(), false);
    pieces
}

/// The words that a span stands for, among the answers to a question.
pub fn quote<'a>(answers: &[&'a str], span: &Span) -> Option<&'a str> {
    answers.get(span.answer as usize)?.get(span.start as usize..span.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, spans: &[(u32, u32, u32)], expected: &str) {
        let spans: Vec<Span> =
            spans.iter().map(|&(answer, start, end)| Span { answer, start, end }).collect();
        let shown: String = pieces(text, 0, &spans)
            .into_iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn marks_are_cut_out() {
        check("one two three", &[(0, 4, 7)], "one [two] three");
        check("one two three", &[(0, 4, 7), (0, 0, 3)], "[one] [two] three");
        check("one two three", &[(0, 0, 5), (0, 4, 7), (0, 5, 6)], "[one two] three");
        check("one two three", &[(1, 4, 7)], "one two three");
        check("one", &[(0, 0, 3)], "[one]");
        check("", &[], "");
    }

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        check("가나다", &[(0, 0, 3)], "[가]나다");
        check("가나다", &[(0, 1, 4)], "가나다");
        check("가나다", &[(0, 3, 99)], "가나다");
        check("가나다", &[(0, 6, 3)], "가나다");
    }

    #[test]
    fn quotes_come_from_their_own_answer() {
        let answers = ["첫 답", "둘째"];
        assert_eq!(quote(&answers, &Span { answer: 1, start: 0, end: 3 }), Some("둘"));
        assert_eq!(quote(&answers, &Span { answer: 2, start: 0, end: 3 }), None);
        assert_eq!(quote(&answers, &Span { answer: 0, start: 0, end: 2 }), None);
    }
}
