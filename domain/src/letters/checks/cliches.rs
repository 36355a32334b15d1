//! Words that stand in every letter and tell nothing about the one who wrote this.

use super::text::{is_whole, places};
use super::{Finding, FindingKind, Passage};
use crate::letters::LetterItem;

const KOREAN: &[&str] = &[
    "뼈를 묻",
    "귀사의 무궁한 발전",
    "무궁한 발전",
    "귀사의 발전에 기여",
    "저를 뽑아 주신다면",
    "저를 뽑아주신다면",
    "뽑아만 주신다면",
    "뽑아만 주시면",
    "열과 성을 다",
    "최선을 다하겠습니다",
    "최선을 다할 것",
    "성실함을 바탕으로",
    "성실과 책임감",
    "책임감이 강",
    "준비된 인재",
    "꼭 필요한 인재",
    "없어서는 안 될 인재",
    "글로벌 인재",
    "창의적인 인재",
    "배우는 자세로",
    "배운다는 자세로",
    "초심을 잃지",
    "어릴 때부터 꿈",
    "어려서부터 꿈",
    "어릴 적부터",
    "화목한 가정",
    "엄격하신",
    "자상하신",
    "긍정적인 마인드",
    "긍정의 힘",
    "소통의 중요성",
    "협업의 중요성을 깨달",
    "많은 것을 배웠",
    "많은 것을 느꼈",
    "값진 경험",
    "뜻깊은 경험",
    "소중한 경험이",
    "도전 정신",
    "도전정신",
    "열정과 패기",
    "패기와 열정",
    "누구보다",
    "무엇이든 할 수 있",
    "항상 노력하는",
    "끊임없이 노력",
    "위기를 기회로",
    "윤활유 같은",
    "분위기 메이커",
    "완벽주의 성향",
    "너무 꼼꼼한",
    "선도하는 기업",
    "업계 최고의",
    "시너지를 내",
    "시너지 효과",
];

const ENGLISH: &[&str] = &[
    "i am writing to apply",
    "i am writing to express",
    "hard worker",
    "hard-working",
    "team player",
    "think outside the box",
    "thinking outside the box",
    "go-getter",
    "self-starter",
    "detail-oriented",
    "detail oriented",
    "results-driven",
    "results-oriented",
    "proven track record",
    "passionate about",
    "dynamic team",
    "fast-paced environment",
    "perfect fit",
    "perfect candidate",
    "dream company",
    "synergy",
    "give 110%",
    "people person",
    "quick learner",
    "fast learner",
    "highly motivated",
    "wealth of experience",
    "hit the ground running",
    "best of the best",
    "ever since i was a child",
    "since my childhood",
    "my biggest weakness is perfectionism",
    "i am a perfectionist",
    "valuable asset",
    "take it to the next level",
    "i believe i would be",
    "to whom it may concern",
    "unique opportunity",
    "leading company",
    "excellent communication skills",
];

/// Every place of such words.
pub fn check(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    let mut hits: Vec<_> = KOREAN
        .iter()
        .chain(ENGLISH)
        .flat_map(|words| places(answer, words))
        .filter(|place| is_whole(answer, place))
        .collect();
    hits.sort_by_key(|place| (place.start, usize::MAX - place.end));
    let mut behind = 0;
    for place in hits {
        // “귀사의 무궁한 발전” is one finding, not two.
        if place.start < behind {
            continue;
        }
        behind = place.end;
        let passage = Passage::of(answer, place);
        found.push(Finding { item_id: item.id, kind: FindingKind::Cliche, passage, detail: None });
    }
}
