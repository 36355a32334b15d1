//! Texts as the trigrams of their letters, Hangul taken apart into jamo, and how alike two of them are: the cosine, in which a trigram
//! counts the more the fewer texts have it. What every question says (`어떻게 다른가요`, "what is the difference") then says little.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::hangul;

/// Three letters in one number: none is larger than 21 bits.
type Trigram = u64;

/// How rare the trigrams of a collection are.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    texts: f32,
    /// In how many texts each stands.
    found_in: HashMap<Trigram, f32>,
}

/// A text that can be compared with others that were weighed by the same [`Rarity`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trigrams {
    /// In ascending order. Their squares add up to 1, unless there are none.
    weights: Vec<(Trigram, f32)>,
}

impl Rarity {
    /// Counts a collection.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut rarity = Self::default();
        for text in texts {
            rarity.texts += 1.0;
            for trigram in counts(text).into_keys() {
                *rarity.found_in.entry(trigram).or_default() += 1.0;
            }
        }
        rarity
    }

    /// A text, whether it belongs to the collection or not.
    pub fn weigh(&self, text: &str) -> Trigrams {
        // A trigram that no text of the collection has is rarer than all.
        let rarity = |trigram: &Trigram| {
            let found_in = self.found_in.get(trigram).copied().unwrap_or(0.5);
            (1.0 + self.texts / found_in).ln()
        };
        let mut weights: Vec<(Trigram, f32)> = counts(text)
            .into_iter()
            .map(|(trigram, count)| (trigram, (1.0 + count.ln()) * rarity(&trigram)))
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        weights.retain(|(_, weight)| *weight > 0.0 && length > 0.0);
        weights.iter_mut().for_each(|(_, weight)| *weight /= length);
        weights.sort_unstable_by_key(|(trigram, _)| *trigram);
        Trigrams { weights }
    }
}

impl Trigrams {
    /// How alike two texts are, from 0 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        let (mut here, mut there) = (self.weights.iter().peekable(), other.weights.iter().peekable());
        let mut sum = 0.0;
        while let (Some((a, x)), Some((b, y))) = (here.peek(), there.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => _ = here.next(),
                std::cmp::Ordering::Greater => _ = there.next(),
                std::cmp::Ordering::Equal => {
                    sum += x * y;
                    here.next();
                    there.next();
                }
            }
        }
        sum.clamp(0.0, 1.0)
    }
}

/// How often each trigram stands in a text. Words are letters and digits, with one border between two.
fn counts(text: &str) -> HashMap<Trigram, f32> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut letters = Vec::with_capacity(2 * folded.len());
    for word in folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        letters.push(0);
        letters.extend(hangul::jamo(word));
    }
    letters.push(0);
    let mut counts = HashMap::new();
    for window in letters.windows(3) {
        *counts.entry(packed(window)).or_default() += 1.0;
    }
    counts
}

/// The trigrams of one word between two borders, each once.
pub(super) fn of_word(word: &str) -> Vec<u64> {
    let mut letters = vec![0];
    letters.extend(hangul::jamo(word));
    letters.push(0);
    let mut found: Vec<u64> = letters.windows(3).map(packed).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn packed(letters: &[u32]) -> Trigram {
    letters.iter().fold(0, |packed, letter| packed << 21 | u64::from(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOREAN: [&str; 4] = [
        "프로세스와 스레드는 어떻게 다른가요?",
        "컨테이너와 가상 머신은 어떻게 다른가요?",
        "SQL에서 WHERE와 HAVING은 어떻게 다른가요?",
        "교착 상태는 왜 생기고, 코드에서 어떻게 막을 수 있나요?",
    ];

    #[test]
    fn a_text_is_like_itself_however_it_is_written() {
        let rarity = Rarity::of(KOREAN);
        let text = rarity.weigh(KOREAN[0]);
        assert!(text.cosine(&text) > 0.999);
        let decomposed: String = KOREAN[0].nfd().collect();
        assert!(text.cosine(&rarity.weigh(&decomposed)) > 0.999);
        assert!(text.cosine(&rarity.weigh("프로세스와,스레드는\n어떻게 다른가요")) > 0.999);
        assert!(text.cosine(&rarity.weigh("")) < 0.001);
        assert!(rarity.weigh("???").cosine(&rarity.weigh("???")) < 0.001);
    }

    #[test]
    fn what_every_question_says_counts_little() {
        let rarity = Rarity::of(KOREAN);
        let [process, container, ..] = KOREAN.map(|text| rarity.weigh(text));
        let paraphrase = rarity.weigh("프로세스와 스레드의 차이점은 무엇인가요?");
        assert!(process.cosine(&paraphrase) > 2.0 * process.cosine(&container));
    }
}
