//! Hangul syllables and their letters (jamo).

const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;

/// Final consonants by their index in a syllable block.
pub(super) const NO_CODA: u32 = 0;
pub(super) const CODA_N: u32 = 4;
pub(super) const CODA_D: u32 = 7;
pub(super) const CODA_L: u32 = 8;
pub(super) const CODA_M: u32 = 16;
pub(super) const CODA_B: u32 = 17;
pub(super) const CODA_S: u32 = 19;
pub(super) const CODA_SS: u32 = 20;

/// Vowels by their index in a syllable block.
pub(super) const VOWEL_A: u32 = 0;
pub(super) const VOWEL_AE: u32 = 1;
pub(super) const VOWEL_EO: u32 = 4;
pub(super) const VOWEL_YEO: u32 = 6;
pub(super) const VOWEL_O: u32 = 8;
pub(super) const VOWEL_WA: u32 = 9;
pub(super) const VOWEL_WAE: u32 = 10;
pub(super) const VOWEL_OE: u32 = 11;
pub(super) const VOWEL_U: u32 = 13;
pub(super) const VOWEL_WO: u32 = 14;
pub(super) const VOWEL_EU: u32 = 18;
pub(super) const VOWEL_I: u32 = 20;

/// A syllable as initial consonant, vowel and final consonant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    pub initial: u32,
    pub vowel: u32,
    pub coda: u32,
}

impl Syllable {
    /// The parts of a syllable; none for any other letter.
    pub fn of(letter: char) -> Option<Self> {
        let code = u32::from(letter);
        if !(FIRST..=LAST).contains(&code) {
            return None;
        }
        let index = code - FIRST;
        Some(Self { initial: index / 588, vowel: index / 28 % 21, coda: index % 28 })
    }

    /// The parts as one letter.
    pub fn letter(self) -> char {
        char::from_u32(FIRST + (self.initial * 21 + self.vowel) * 28 + self.coda).unwrap_or('\u{fffd}')
    }

    /// The same syllable with another final consonant.
    pub fn with_coda(self, coda: u32) -> Self {
        Self { coda, ..self }
    }

    /// The same syllable with another vowel.
    pub fn with_vowel(self, vowel: u32) -> Self {
        Self { vowel, ..self }
    }
}

/// Whether the letter belongs to Hangul: a syllable or a lone jamo.
pub(super) fn is_hangul(letter: char) -> bool {
    matches!(u32::from(letter), FIRST..=LAST | 0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97F | 0xD7B0..=0xD7FF)
}

/// The jamo of a word, one number each; initials, vowels and finals are told apart.
pub(super) fn jamo(word: &str) -> Vec<u32> {
    let mut letters = Vec::with_capacity(word.len());
    for letter in word.chars() {
        match Syllable::of(letter) {
            Some(syllable) => {
                letters.push(0x1100 + syllable.initial);
                letters.push(0x1161 + syllable.vowel);
                if syllable.coda != NO_CODA {
                    letters.push(0x11A7 + syllable.coda);
                }
            }
            None => letters.push(u32::from(letter)),
        }
    }
    letters
}

/// How many of the trigrams of two sequences are shared, from 0 to 1 (Dice).
pub(super) fn trigram_dice(a: &[u32], b: &[u32]) -> f32 {
    if a.len() < 3 || b.len() < 3 {
        return if a == b { 1.0 } else { 0.0 };
    }
    let mut rest: Vec<&[u32]> = b.windows(3).collect();
    let total = (a.len() - 2) + rest.len();
    let mut shared = 0_u16;
    for trigram in a.windows(3) {
        if let Some(place) = rest.iter().position(|other| *other == trigram) {
            rest.swap_remove(place);
            shared += 1;
        }
    }
    2.0 * f32::from(shared) / u16::try_from(total).map_or(f32::MAX, f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_syllables_apart_and_together() {
        for letter in ['가', '힣', '값', '왜', '쀍'] {
            assert_eq!(Syllable::of(letter).expect("a syllable").letter(), letter);
        }
        assert_eq!(Syllable::of('a'), None);
        assert_eq!(Syllable::of('ㄱ'), None);
        assert_eq!(jamo("락").len(), 3);
        assert_eq!(jamo("트랜").len(), 5);
    }

    #[test]
    fn dice_grows_with_likeness() {
        let dice = |a, b| trigram_dice(&jamo(a), &jamo(b));
        assert!((dice("트랜잭션", "트랜잭션") - 1.0).abs() < f32::EPSILON);
        assert!(dice("컴퍼넌트", "컴포넌트") > 0.5);
        assert!(dice("일관성", "일반성") < 0.6);
        assert!(dice("스택", "힙") < 0.01);
        assert!(dice("", "") >= 1.0);
    }
}
