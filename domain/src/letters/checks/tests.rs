//! What is found in letters, and what is not.

use uuid::Uuid;

use super::{Finding, FindingKind, check, same_company};
use crate::letters::count::{Counting, Measure};
use crate::letters::{ANSWER_MAX, LetterContent, LetterItem, Limit};
use crate::questions::Language;

fn item(number: u128, question: &str, answer: &str) -> LetterItem {
    LetterItem {
        id: Uuid::from_u128(number),
        question: question.to_owned(),
        answer: answer.to_owned(),
        limit: None,
        tip: String::new(),
    }
}

fn letter(items: Vec<LetterItem>) -> LetterContent {
    LetterContent { company: "하늘지도".to_owned(), items, ..LetterContent::empty(Language::Korean) }
}

fn quotes(found: &[Finding], kind: FindingKind) -> Vec<String> {
    let of_kind = found.iter().filter(|finding| finding.kind == kind);
    of_kind
        .map(|finding| finding.passage.as_ref().map_or_else(String::new, |passage| passage.quote.clone()))
        .collect()
}

/// The quotes of one kind in one answer.
fn found(kind: FindingKind, question: &str, answer: &str) -> Vec<String> {
    let content = letter(vec![item(1, question, answer)]);
    quotes(&check(&content, &["푸른은행".to_owned(), "(주)하늘지도".to_owned()]), kind)
}

const STORY: &str = "동아리 프로젝트에서 지도 화면이 느려지는 문제를 맡았습니다. 제가 로그를 분석해 캐시를 도입하자고 제안했습니다. \
                     그 결과 화면을 여는 시간이 3초에서 1초로 줄었습니다.";

#[test]
fn a_story_with_all_its_parts_has_no_finding() {
    assert_eq!(check(&letter(vec![item(1, "직무역량을 기른 경험", STORY)]), &[]), vec![]);
    let english = "During an internship the map page was slow, and fixing it became my task. I measured every query and I added a cache. \
                   As a result the page opened in 1 second instead of 3.";
    assert_eq!(check(&letter(vec![item(1, "Describe an experience", english)]), &[]), vec![]);
}

#[test]
fn the_parts_that_a_story_lacks_are_named_with_words_of_it() {
    let question = "문제를 해결한 경험";
    let without_result = "동아리 프로젝트에서 화면이 느려지는 문제를 맡았습니다. 제가 로그를 분석해 캐시를 도입하자고 제안했습니다.";
    assert_eq!(
        found(FindingKind::NoResult, question, without_result),
        ["제가 로그를 분석해 캐시를 도입하자고 제안했습니다."]
    );
    let without_number = STORY.replace("3초에서 1초로 ", "");
    assert_eq!(
        found(FindingKind::NoNumber, question, &without_number),
        ["그 결과 화면을 여는 시간이 줄었습니다."]
    );
    let vague = "저는 언제나 마음을 다하는 사람입니다. 그래서 주변에서 좋은 말을 자주 듣습니다. 앞으로도 그런 사람으로 남고 싶습니다. 정말로 그렇습니다.";
    assert_eq!(found(FindingKind::NoSituation, question, vague).len(), 1);
    assert_eq!(found(FindingKind::NoAction, question, vague).len(), 1);
    assert_eq!(found(FindingKind::NoResult, question, vague).len(), 1);
    // A motive is no story.
    assert!(found(FindingKind::NoSituation, "지원 동기", vague).is_empty());
}

#[test]
fn gaps_of_a_draft_stay_visible() {
    let answer =
        "응답 시간을 [수치 필요] 줄였고 [언제였는지 필요] 끝냈습니다. We saved [number needed]. [참고]";
    assert_eq!(
        found(FindingKind::OpenGap, "지원 동기", answer),
        ["[수치 필요]", "[언제였는지 필요]", "[number needed]"]
    );
}

#[test]
fn a_team_that_hides_the_person_is_found() {
    let team = "우리는 지도를 만들었습니다. 저희 팀은 밤을 새웠습니다. 팀이 상을 받았습니다.";
    assert_eq!(found(FindingKind::Ownership, "협업", team), ["우리는", "저희 팀은", "팀이"]);
    let own =
        "우리는 지도를 만들었습니다. 저는 검색을 맡았습니다. 제가 색인을 설계했습니다. 스팀은 잘 나왔습니다.";
    assert!(found(FindingKind::Ownership, "협업", own).is_empty());
    let english = "We built a map. Our team won. We were happy this week.";
    assert_eq!(found(FindingKind::Ownership, "team", english), ["We", "Our team", "We"]);
    assert!(
        found(FindingKind::Ownership, "team", "We built a map. I wrote the index. My part was search.")
            .is_empty()
    );
}

#[test]
fn words_of_every_letter_are_found_once() {
    let answer = "귀사의 무궁한 발전을 빕니다. 저는 책임감이 강합니다. I am a hard-working team player.";
    assert_eq!(
        found(FindingKind::Cliche, "지원 동기", answer),
        ["귀사의 무궁한 발전", "책임감이 강", "hard-working", "team player"]
    );
    assert!(found(FindingKind::Cliche, "지원 동기", "책임 범위를 정하고 검색을 만들었습니다.").is_empty());
}

#[test]
fn the_name_of_another_company_is_found() {
    let of = |answer: &str| found(FindingKind::OtherCompany, "지원 동기", answer);
    assert_eq!(of("저는 푸른은행에 꼭 들어가고 싶습니다."), ["푸른은행"]);
    assert_eq!(of("네이버에 입사해 기여하고 싶습니다."), ["네이버"]);
    assert_eq!(of("I want to join Google."), ["Google"]);
    // One may have worked there.
    assert!(of("카카오에서 인턴으로 일하며 검색을 만들었습니다.").is_empty());
    assert!(of("하늘지도에 지원합니다.").is_empty());
    assert!(of("기아대책에서 봉사하며 합류했습니다.").is_empty());
    assert!(of("온라인으로 지원했습니다.").is_empty());
    assert!(of("I want to join and draw the line.").is_empty());
    let content = LetterContent {
        company: "네이버클라우드".to_owned(),
        ..letter(vec![item(1, "지원 동기", "네이버에 지원합니다. NAVER에 합류하고 싶습니다.")])
    };
    assert_eq!(quotes(&check(&content, &[]), FindingKind::OtherCompany), Vec::<String>::new());
}

#[test]
fn what_blind_hiring_does_not_want_to_know_is_found() {
    let of = |kind, answer: &str| found(kind, "성장과정", answer);
    use FindingKind::{BlindFamily, BlindOrigin, BlindPersonal, BlindSchool};
    assert_eq!(of(BlindSchool, "서울대에서 배웠고 한빛고등학교를 나왔습니다."), ["서울대", "한빛고등학교"]);
    assert_eq!(of(BlindSchool, "At Hanbit University I studied maps."), ["Hanbit University"]);
    assert!(
        of(BlindSchool, "대학교 때 지도를 그렸습니다. 세종대왕을 존경합니다. The gist of it is this.")
            .is_empty()
    );
    assert_eq!(of(BlindFamily, "엄하신 아버지 밑에서 장남으로 컸습니다."), ["아버지", "장남"]);
    assert!(of(BlindFamily, "가족 같은 분위기를 만들었습니다.").is_empty());
    assert_eq!(of(BlindOrigin, "저는 부산 출신이고 바닷가에서 태어났습니다."), ["부산 출신", "태어났"]);
    assert!(of(BlindOrigin, "개발자 출신 기획자와 일했습니다.").is_empty());
    assert_eq!(of(BlindPersonal, "28살이고 교회에 다닙니다. 1998년생입니다."), ["28살", "교회", "1998년생"]);
    assert!(of(BlindPersonal, "3세대 서버를 12세트 옮겼습니다.").is_empty());
}

#[test]
fn what_is_said_twice_is_found_in_the_second_place() {
    let said = "저는 지도 서비스의 검색 색인을 처음부터 다시 설계했습니다.";
    let content = letter(vec![
        item(1, "지원 동기", &format!("지도를 좋아합니다. {said}")),
        item(2, "포부", &format!("앞으로도 그러겠습니다. {said}")),
    ]);
    let findings = check(&content, &[]);
    assert_eq!(quotes(&findings, FindingKind::Repetition), [said]);
    let repeated = findings.iter().find(|finding| finding.kind == FindingKind::Repetition).expect("one");
    assert_eq!(repeated.item_id, Uuid::from_u128(2));
    assert_eq!(repeated.detail.as_deref(), Some(format!("1. {said}").as_str()));
    let other = letter(vec![
        item(1, "지원 동기", said),
        item(2, "포부", "저는 결제 서비스의 정산 화면을 처음부터 새로 만들고 싶습니다."),
    ]);
    assert_eq!(quotes(&check(&other, &[]), FindingKind::Repetition), Vec::<String>::new());
}

#[test]
fn what_goes_over_a_limit_is_quoted_from_where_it_does() {
    let limited = |answer: &str, max, measure| {
        let counting = Counting { measure, newlines: true };
        let limited = LetterItem { limit: Some(Limit { max, counting }), ..item(1, "자유", answer) };
        check(&letter(vec![limited]), &[])
    };
    let over = limited("가나다라마", 3, Measure::Characters);
    assert_eq!(quotes(&over, FindingKind::OverLimit), ["라마"]);
    assert_eq!(over[0].detail.as_deref(), Some("5/3"));
    assert_eq!(quotes(&limited("가나다", 4, Measure::EucKrBytes), FindingKind::OverLimit), ["다"]);
    assert!(limited("가나다", 3, Measure::Characters).is_empty());
    let short = limited("저는 지도를 좋아합니다.", 500, Measure::Characters);
    assert_eq!(quotes(&short, FindingKind::UnderLimit), ["저는 지도를 좋아합니다."]);
    assert_eq!(limited("  ", 500, Measure::Characters)[0].kind, FindingKind::Unanswered);
}

#[test]
fn a_company_is_the_same_whatever_its_legal_form_and_spelling() {
    let check = |one, other, expected| assert_eq!(same_company(one, other), expected, "{one} {other}");
    check("(주)하늘 지도", "하늘지도", true);
    check("Acme Inc.", "ACME", true);
    check("네이버", "NAVER", true);
    check("네이버", "네이버클라우드", false);
    check("", "하늘지도", false);
    check(" ", "", false);
}

#[test]
fn every_quote_stands_where_its_finding_says() {
    let answers = [
        STORY,
        "우리는 👨‍👩‍👧‍👦 귀사의 발전에 기여하고 [수치 필요] 서울대 부산 출신입니다.",
        "We join Google. 우리는 최선을 다하겠습니다.",
    ];
    let items = (1..).zip(answers).map(|(number, answer)| item(number, "실패한 경험", answer)).collect();
    let content = letter(items);
    let findings = check(&content, &["푸른은행".to_owned()]);
    assert!(findings.len() > 5, "{findings:?}");
    for finding in findings {
        let answer = &content.item(finding.item_id).expect("an item").answer;
        assert!(finding.passage.is_none_or(|passage| passage.stands_in(answer)));
    }
}

#[test]
fn a_letter_of_nothing_but_hits_is_checked_in_no_time() {
    // Each of these took a time that grew with the square of its length, or worse: names and schools inside of one long word, a known
    // company at every other word of one long sentence, and one sentence over and over.
    let long = |word: &str| word.repeat(ANSWER_MAX as usize / word.chars().count());
    let companies: Vec<String> = (2..102).map(|length| "a".repeat(length)).collect();
    for answer in
        [long("a"), long("KAIST"), long("KT "), format!("지원 {}", long("카카오 ")), long("가 나 다 라 마. ")]
    {
        let answer: String = answer.chars().take(ANSWER_MAX as usize).collect();
        let items = (0..6).map(|number| item(number, "지원동기", &answer)).collect();
        let begun = std::time::Instant::now();
        check(&letter(items), &companies);
        // A second or two in a build without optimisation.
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}

#[test]
fn a_sentence_is_found_again_however_often_it_stands_there() {
    let answer = "저는 지도를 보는 일을 정말 좋아합니다. ".repeat(40);
    let repeated = found(FindingKind::Repetition, "지원동기", &answer);
    assert_eq!(repeated.len(), 39);
}

#[test]
fn a_known_company_counts_in_its_own_sentence_alone() {
    let answer = "카카오 지도를 자주 씁니다. 귀사에 지원합니다.";
    assert_eq!(found(FindingKind::OtherCompany, "지원동기", answer), Vec::<String>::new());
    let answer = "지도를 자주 씁니다. 카카오에 지원합니다. 끝까지 하겠습니다.";
    assert_eq!(found(FindingKind::OtherCompany, "지원동기", answer), ["카카오"]);
}
