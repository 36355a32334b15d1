//! Which pieces of an answer the feedback points to.

use domain::scoring::Span;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// The verdicts that it stands behind, by their place.
    pub verdicts: Vec<usize>,
}

/// Cuts an answer wherever the words of some verdict begin or end. A span that does not fit is left out.
pub fn pieces(text: &str, answer: u32, spans: &[(usize, Span)]) -> Vec<Piece> {
    let fitting: Vec<(usize, usize, usize)> = spans
        .iter()
        .filter(|(_, span)| span.answer == answer && span.start < span.end)
        .map(|(verdict, span)| (*verdict, span.start as usize, span.end as usize))
        .filter(|(_, start, end)| text.get(*start..*end).is_some())
        .collect();
    let mut cuts: Vec<usize> = fitting.iter().flat_map(|(_, start, end)| [*start, *end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| {
            let (from, to) = (cut[0], cut[1]);
            let mut verdicts: Vec<usize> = fitting
                .iter()
                .filter(|(_, start, end)| *start <= from && to <= *end)
                .map(|(verdict, ..)| *verdict)
                .collect();
            verdicts.dedup();
            Some(Piece { text: text.get(from..to)?.to_owned(), verdicts })
        })
        .collect()
}

/// The words that a span stands for, among the answers to a question.
pub fn quote<'a>(answers: &[&'a str], span: &Span) -> Option<&'a str> {
    answers.get(span.answer as usize)?.get(span.start as usize..span.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, spans: &[(u32, u32, u32)], expected: &str) {
        let spans: Vec<(usize, Span)> = (0..)
            .zip(spans)
            .map(|(verdict, &(answer, start, end))| (verdict, Span { answer, start, end }))
            .collect();
        let shown: String = pieces(text, 0, &spans)
            .into_iter()
            .map(|piece| match piece.verdicts.is_empty() {
                true => piece.text,
                false => format!("[{}:{:?}]", piece.text, piece.verdicts).replace(", ", ","),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_cut_out_for_each_verdict() {
        check("one two three", &[(0, 4, 7)], "one [two:[0]] three");
        check("one two three", &[(0, 4, 7), (0, 0, 3)], "[one:[1]] [two:[0]] three");
        check("one two three", &[(0, 0, 7), (0, 4, 13)], "[one :[0]][two:[0,1]][ three:[1]]");
        check("one two three", &[(1, 4, 7)], "one two three");
        check("one", &[(0, 0, 3)], "[one:[0]]");
        check("", &[], "");
    }

    #[test]
    fn spans_that_do_not_fit_are_left_out() {
        check("가나다", &[(0, 0, 3)], "[가:[0]]나다");
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
