//! No text whatever breaks the scorer.

use super::{english, korean};
use crate::scoring::{KeyPoints, Verdict, cover, similarity};

/// Texts of letters from everywhere, the same ones on every run.
fn arbitrary_texts(count: usize) -> impl Iterator<Item = String> {
    const RANGES: &[(u32, u32)] = &[
        (0x20, 0x7f),
        (0x20, 0x7f),
        (0xac00, 0xd7a3),
        (0xac00, 0xd7a3),
        (0x1100, 0x11ff),
        (0x3131, 0x318e),
        (0, 0x20),
        (0xa0, 0x24f),
        (0x300, 0x36f),
        (0xff00, 0xffef),
        (0x1f300, 0x1faff),
        (0x200b, 0x206f),
        (0x4e00, 0x4fff),
        (0x600, 0x6ff),
        (0xe0000, 0xe007f),
        (0, 0x10ffff),
    ];
    const WORDS: &[&str] =
        &["커밋", "않은", "read committed", "timeout", "retry", ". ", "\n", "n't", "안", "롤백", "'"];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    (0..count).map(move |_| {
        let mut text = String::new();
        for _ in 0..random(60) {
            if random(6) == 0 {
                text.push_str(WORDS[usize::try_from(random(WORDS.len() as u64)).unwrap_or(0)]);
            } else {
                let (from, to) = RANGES[usize::try_from(random(RANGES.len() as u64)).unwrap_or(0)];
                let code = from + u32::try_from(random(u64::from(to - from + 1))).unwrap_or(0);
                text.extend(char::from_u32(code));
            }
        }
        text
    })
}

#[test]
fn no_text_breaks_the_scorer() {
    let all_points = [KeyPoints::new(&korean()), KeyPoints::new(&english())];
    let mut before = String::new();
    for text in arbitrary_texts(400) {
        for key_points in &all_points {
            let answers = [text.as_str(), before.as_str()];
            for point in cover(key_points, &answers).points {
                assert_eq!(point.verdict == Verdict::NotFound, point.spans.is_empty());
                for span in point.spans {
                    assert!(
                        span.quote(&answers).is_some_and(|quote| !quote.is_empty()),
                        "{span:?} in {answers:?}"
                    );
                }
            }
        }
        let alike = similarity(&text, &before, None);
        assert!((0.0..=1.0).contains(&alike), "{alike}");
        before = text;
    }
}

#[test]
fn any_text_makes_key_points() {
    for text in arbitrary_texts(150) {
        let mut question = korean();
        question.points[0].accept[0][0] = text.clone();
        question.points[1].accept = vec![vec![text.clone()], Vec::new()];
        question.question = text.clone();
        cover(&KeyPoints::new(&question), &[&text]);
    }
}
