//! English words without their inflection.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

/// Words too light to say anything about a subject. Negations are none of them.
const LIGHT: &str = "a an the this that these those it its itself they them their theirs he she his her hers him we us \
    our ours you your yours i me my mine one ones is are was were be been being am do does did doing \
    done has have had having will would shall should can could may might must of to in on at by for with \
    from as into onto about than then and or but so if because while when where which who whom whose \
    what why how there here also just very too yet still already even such any some each both all more \
    most much many own same up out off over under again once only well um uh like really actually \
    basically s t let lets get gets got ok okay yes etc thing things something kind sort mean means \
    explain describe briefly please";

/// Words with the forms that rules do not reach: the word first, then its forms.
const IRREGULAR: &str = "add added adding adds, err erred erring errs, begin began begun, break broke broken, bring brought, build built, buy bought, come came, \
    catch caught, child children, choose chose chosen, deal dealt, draw drew drawn, feed fed, \
    fall fell fallen, feel felt, find found, freeze froze frozen, give gave given, go gone went, \
    grow grew grown, hold held, hide hidden hid, index indices, keep kept, know knew known, leaf leaves, \
    lead led, lose lost, make made, matrix matrices, meet met, pay paid, run ran, \
    rise rose risen, say said, see saw seen, send sent, show shown, sleep slept, seek sought, \
    spend spent, speak spoke, steal stole stolen, stand stood, stick stuck, sweep swept, take taken took, \
    teach taught, throw threw thrown, think thought, tell told, understand understood, vertex vertices, \
    win won, wake woke woken, write wrote written, bad worse worst, good better best, \
    fast faster fastest, slow slower, large larger, small smaller, cheap cheaper, long longer, \
    short shorter, high higher, low lower, few fewer less, big bigger, simple simpler, \
    easy easier easily, hard harder, strict stricter, old older, new newer, late later, early earlier";

/// Words whose stem would be that of another word.
const OWN_STEMS: &[&str] = &["business", "news", "ads", "does", "university", "universal"];

/// British spellings inside a word, with the American ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("defence", "defense"),
    ("licence", "license"),
    ("programme", "program"),
    ("modell", "model"),
    ("cancell", "cancel"),
    ("labell", "label"),
];

static LIGHT_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| LIGHT.split(' ').collect());

static BASES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words = IRREGULAR.split(", ").filter_map(|words| words.split_once(' '));
    words.flat_map(|(word, forms)| forms.split(' ').map(move |form| (form, word))).collect()
});

/// The stem of a lower case word.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).trim_matches('\'');
    if word.len() <= 2 || !word.is_ascii() || OWN_STEMS.contains(&word) {
        return word.to_owned();
    }
    let mut word = BASES.get(word).copied().unwrap_or(word).to_owned();
    for (british, american) in SPELLINGS {
        if word.starts_with(british) {
            word = word.replacen(british, american, 1);
        }
    }
    for ending in ["ise", "ised", "ises", "iser", "ising", "isation", "isations", "yse", "ysed", "ysing"] {
        if word.len() > ending.len() + 3 && word.ends_with(ending) {
            let place = word.len() - ending.len() + 1;
            word.replace_range(place..=place, "z");
            break;
        }
    }
    Stemmer::create(Algorithm::English).stem(&word).into_owned()
}

/// Whether the word says nothing about a subject.
pub(super) fn is_light(word: &str) -> bool {
    LIGHT_WORDS.contains(word)
}

/// Whether two words differ by one slip of the finger. Only long ones are compared, and the first letter must agree:
/// otherwise `synchronous` would be `asynchronous` and `content` would be `context`.
pub(super) fn is_typo(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let length = a.len().min(b.len());
    if length < 7 || a.len().abs_diff(b.len()) > 1 || a[0] != b[0] {
        return false;
    }
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([_], [_]) => length >= 9,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stem_for_one_word() {
        for group in [
            "commit commits committed committing",
            "isolate isolated isolation",
            "synchronize synchronise synchronization synchronisation",
            "behaviour behavior behaviours",
            "index indexes indices",
            "write wrote written writes writing",
            "cache caches caching cached",
            "thread threads thread's",
            "query queries",
            "add added adding",
        ] {
            let stems: Vec<_> = group.split(' ').map(stem).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        }
        assert_ne!(stem("uncommitted"), stem("committed"));
    }

    #[test]
    fn forgives_one_slip_only() {
        assert!(is_typo("transaction", "transcation"));
        assert!(is_typo("concurrency", "concurency"));
        assert!(!is_typo("content", "context"));
        assert!(!is_typo("synchron", "asynchron"));
        assert!(!is_typo("lock", "look"));
        assert!(!is_typo("isolat", "violat"));
    }
}
