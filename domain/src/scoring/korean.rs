//! Korean words without their particles and endings, by rule and without a dictionary.
//!
//! A word yields every base that it may come from. Too many are harmless: a base matters only when a term
//! asks for it. Verb bases are written with `다` (`읽는` gives `읽다`), noun bases bare (`트랜잭션이` gives `트랜잭션`).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::hangul::Syllable;

/// Particles, copulas and plural marks that follow a noun.
const PARTICLES: &str = "이라고 이라는 이라서 이라면 이라도 으로부터 에서부터 이어서 이었다 이었습니다 에서는 에서도 에서의 으로는 \
    으로도 으로써 으로서 으로의 에게서 에게는 에게도 한테서 입니다 이에요 이거나 이든지 이지만 이므로 이니까 \
    까지는 까지도 부터는 들에게 들끼리 들이 들을 들은 들의 들과 들도 들에 들로 라고 라는 라서 라면 라도 로부터 \
    에서 에게 에는 에도 에의 으로 로는 로도 로써 로서 로의 까지 부터 보다 처럼 마다 만큼 조차 마저 밖에 한테 \
    이란 이랑 이나 이든 이며 이고 이다 인데 인지 이면 이자 예요 에요 였다 과는 와는 과의 와의 과도 와도 만을 \
    만이 만은 끼리 간의 간에 이요 대로 하고 하는 이죠 이라 은 는 이 가 을 를 의 에 로 와 과 도 만 께 랑 \
    나 란 든 들 간 인 일 요 죠 야 며 고 뿐";

/// First syllables of what may follow a verb or adjective stem.
pub(super) const ENDINGS: &str =
    "다는은을고지기게며면니도던자거어아여었았였습으려네나든음므죠구겠시세더러라야요";
/// Particles that are taken off a term. The others may be what the author means: `프로세스끼리`.
const TERM_PARTICLES: &[&str] = &["에서", "으로", "에게", "은", "는", "을", "를", "의", "에"];

/// Syllables that turn a noun into a verb: `커밋` + `하`/`되`/`시키`.
const VERBALISERS: &str =
    "하 되 한 된 할 될 함 됨 합 됩 해 돼 했 됐 시키 시킨 시킬 시킴 시켜 시켰 당하 당한 받 하여 되어";

/// Endings of verbs, as they stand on a stem or a verbal noun.
const TAILS: &str = "었습니다 았습니다 했습니다 습니다 입니다 합니다 됩니다 있다 었다 았다 했다 한다 된다 는다 이다 하고 하는 하며 \
    하여 해서 하면 하지 되는 되어 하기 으면 으며 지만 는데 도록 아서 어서 려고 던 어 아 지 기 게 고 며 면 는 은 을 다 한 된 할 될 해";

/// Words too light to say anything about a subject.
const LIGHT: &str = "것 거 게 건 걸 수 때 등 및 또 더 잘 좀 그 이 저 네 예 아 어 음 의 즉 뭐 왜 각 한 할 하는 하면 \
    하고 해서 하지 하기 했 합니다 해요 된 될 되는 되면 되고 돼서 되지 됩니다 돼요 됩니다만 있는 있다 있고 \
    있어서 있습니다 있어요 있을 있으며 같은 같습니다 같아요 같고 대한 대해 대해서 위한 위해 위해서 통해 통해서 \
    따라 따라서 그리고 그래서 그런데 그러면 그러나 하지만 그런 이런 저런 그것 이것 저것 그게 이게 제가 저는 제 \
    우리 우리가 여기 거기 때문 때문에 경우 경우에 경우는 보통 그냥 정도 어떤 모든 무엇 무엇인가요 무엇이고 \
    어떻게 설명해 주세요 생각합니다 생각해요 말합니다 말해요 의미합니다 뜻합니다 입니다 이다 먼저 만약 일단 아마 \
    정말 아주 매우 너무 다시 그때 바로 안에 이렇게 그렇게 들 간";

/// Endings by which a spoken sentence is over even when no full stop was written.
const FINALS: &str =
    "니다 어요 아요 해요 에요 예요 네요 데요 거든요 지요 죠 까요 돼요 져요 세요 고요 구요 려요 니까요";

static PARTICLE_LIST: LazyLock<Vec<&str>> = LazyLock::new(|| PARTICLES.split(' ').collect());
static BASE_TAILS: LazyLock<Vec<&str>> =
    LazyLock::new(|| TAILS.split(' ').chain(PARTICLES.split(' ')).collect());
static VERBALISER_LIST: LazyLock<Vec<&str>> = LazyLock::new(|| VERBALISERS.split(' ').collect());
static LIGHT_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| LIGHT.split(' ').collect());

/// Whether the word ends a sentence by its form.
pub(super) fn ends_sentence(word: &str) -> bool {
    FINALS.split(' ').any(|ending| word.ends_with(ending))
}

/// Whether the word says nothing about a subject.
pub(super) fn is_light(word: &str) -> bool {
    LIGHT_WORDS.contains(word) || word.chars().all(|letter| Syllable::of(letter).is_none())
}

/// Whether the whole word is a particle, as in `API` + `를`.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLE_LIST.contains(&word)
}

/// The word itself and what is left without each particle that it may end in.
pub(super) fn nouns(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    for particle in PARTICLE_LIST.iter() {
        if let Some(base) = word.strip_suffix(particle)
            && !base.is_empty()
            && !found.iter().any(|known| known == base)
        {
            found.push(base.to_owned());
        }
    }
    if let Some(base) = verbal_noun(word, 1)
        && !found.iter().any(|known| known == base)
    {
        found.push(base.to_owned());
    }
    found
}

/// The word without the longest ending or particle that leaves a base.
pub(super) fn base(word: &str) -> &str {
    let short = word.chars().count() == 2;
    BASE_TAILS
        .iter()
        .filter_map(|tail| word.strip_suffix(tail))
        .filter(|base| short || base.chars().count() >= 2)
        .filter(|base| !base.is_empty())
        .min_by_key(|base| base.len())
        .unwrap_or(word)
}

/// What a term of a key point means as a noun: without particle or verbaliser, when two syllables or more are left.
pub(super) fn term_noun(word: &str) -> &str {
    if let Some(base) = verbal_noun(word, 2) {
        return base;
    }
    TERM_PARTICLES
        .iter()
        .filter_map(|particle| word.strip_suffix(particle))
        .find(|base| base.chars().count() >= 2)
        .unwrap_or(word)
}

/// `커밋` of `커밋되지`, when at least `least` syllables stand before the verbaliser.
pub(super) fn verbal_noun(word: &str, least: usize) -> Option<&str> {
    word.char_indices().skip(least).map(|(place, _)| place).find_map(|place| {
        let rest = &word[place..];
        VERBALISER_LIST
            .iter()
            .any(|verbaliser| {
                rest.strip_prefix(verbaliser).is_some_and(|ending| {
                    ending.is_empty()
                        || ending.starts_with(|letter| ENDINGS.contains(letter) || "여워서".contains(letter))
                })
            })
            .then(|| &word[..place])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_particles() {
        for form in ["락이", "락을", "락은", "락의", "락으로", "락에서", "락들이", "락입니다", "락"]
        {
            assert!(nouns(form).iter().any(|noun| noun == "락"), "{form}");
        }
        for (form, noun) in [
            ("트랜잭션에서", "트랜잭션"),
            ("커밋하지", "커밋"),
            ("커밋되었습니다", "커밋"),
            ("동기화된", "동기화"),
            ("인덱스를", "인덱스"),
        ] {
            assert_eq!(term_noun(form), noun);
        }
        assert_eq!(term_noun("주의"), "주의");
    }

    #[test]
    fn sentences_end_by_form() {
        assert!(ends_sentence("합니다") && ends_sentence("막아요") && !ends_sentence("막고"));
    }
}
