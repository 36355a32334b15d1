use super::*;

fn check(text: &str, expected: &[(&str, &str)]) {
    let items = split_items(text);
    let found: Vec<(&str, &str)> =
        items.iter().map(|item| (item.question.as_str(), item.answer.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

fn limit(question: &str) -> Option<(u32, FoundUnit)> {
    let text = format!("1. {question}\n답입니다.");
    split_items(&text).first().and_then(|item| item.limit).map(|limit| (limit.most, limit.unit))
}

#[test]
fn numbered_questions_are_items() {
    check(
        "자기소개서\n\n1. 지원동기를 서술하십시오. (1000자 이내)\n저는 결제가 좋습니다.\n\n2. 협업 경험을 적어 주세요.\n팀에서 배웠습니다.",
        &[
            ("지원동기를 서술하십시오.", "저는 결제가 좋습니다."),
            ("협업 경험을 적어 주세요.", "팀에서 배웠습니다."),
        ],
    );
    check("1) 지원동기\n하나\n2) 포부\n둘", &[("지원동기", "하나"), ("포부", "둘")]);
    check("① 지원동기\n하나\n② 포부\n둘", &[("지원동기", "하나"), ("포부", "둘")]);
    check("(1) 지원동기\n하나\n(2) 포부\n둘", &[("지원동기", "하나"), ("포부", "둘")]);
}

#[test]
fn a_list_in_an_answer_is_no_item() {
    check(
        "1. 지원동기를 쓰세요.\n두 가지입니다.\n1. 제품\n2. 사람\n2. 실패한 경험은 무엇입니까?\n하나\n1. 배포\n3. 끝",
        &[
            ("지원동기를 쓰세요.", "두 가지입니다.\n1. 제품\n2. 사람"),
            ("실패한 경험은 무엇입니까?", "하나\n1. 배포\n3. 끝"),
        ],
    );
}

#[test]
fn a_date_is_no_number_of_an_item() {
    check("2021.03 입사\n3.5배 빨라졌습니다.", &[("", "2021.03 입사\n3.5배 빨라졌습니다.")]);
}

#[test]
fn questions_that_say_so_come_first() {
    check(
        "문항 1. 지원한 이유는?\n[끌림]\n저는…\n문항 2: 강점\n꾸준함",
        &[("지원한 이유는?", "[끌림]\n저는…"), ("강점", "꾸준함")],
    );
    check(
        "Q1. Why us?\nA1. Because.\nQ2. Why now?\nSoon.",
        &[("Why us?", "Because."), ("Why now?", "Soon.")],
    );
    check("[문항 1] 지원동기\n하나\n[문항 2] 포부\n둘", &[("지원동기", "하나"), ("포부", "둘")]);
    check("1번 문항: 지원동기\n하나", &[("지원동기", "하나")]);
    check("질문1) 강점\n답변: 꾸준함", &[("강점", "꾸준함")]);
}

#[test]
fn brackets_name_items_when_nothing_else_does() {
    check(
        "[지원동기]\n저는 결제가 좋습니다.\n\n[입사 후 포부] 3년 안에 맡겠습니다.",
        &[("지원동기", "저는 결제가 좋습니다."), ("입사 후 포부", "3년 안에 맡겠습니다.")],
    );
    check("【성장과정】\n하나\n<포부>\n둘", &[("성장과정", "하나"), ("포부", "둘")]);
}

#[test]
fn a_line_with_a_usual_name_is_an_item_when_nothing_else_is() {
    check("■ 지원동기\n하나\n■ 성격의 장단점\n둘", &[("지원동기", "하나"), ("성격의 장단점", "둘")]);
    check("입사 후 포부:\n하나\n실패했다고 생각했다", &[("입사 후 포부", "하나\n실패했다고 생각했다")]);
}

#[test]
fn a_question_goes_on_to_its_end() {
    check(
        "1. 지원자가 가장 자랑스럽게\n생각하는 경험을 적고 그 이유를\n설명해 주시기 바랍니다.\n(700자 이내)\n\n대회에서 배웠습니다.",
        &[(
            "지원자가 가장 자랑스럽게 생각하는 경험을 적고 그 이유를 설명해 주시기 바랍니다.",
            "대회에서 배웠습니다.",
        )],
    );
}

#[test]
fn the_first_line_of_an_answer_is_no_question() {
    check("1. 지원동기\n왜 저일까요?\n저는 꾸준합니다.", &[("지원동기", "왜 저일까요?\n저는 꾸준합니다.")]);
    let items = split_items("[지원동기]\n(500자 이내)\n하나");
    assert_eq!((items[0].answer.as_str(), items[0].limit.map(|limit| limit.most)), ("하나", Some(500)));
}

#[test]
fn limits_are_read_from_questions() {
    use FoundUnit::{Bytes, Characters, NoSpaces};
    assert_eq!(limit("지원동기 (1000자 이내)"), Some((1000, Characters)));
    assert_eq!(limit("지원동기 (1,000자)"), Some((1000, Characters)));
    assert_eq!(limit("지원동기 [최대 500자, 공백 제외]"), Some((500, NoSpaces)));
    assert_eq!(limit("지원동기 (500자 이상 1000자 이하)"), Some((1000, Characters)));
    assert_eq!(limit("지원동기 (300~700자)"), Some((700, Characters)));
    assert_eq!(limit("지원동기 (2,000 byte 이내)"), Some((2000, Bytes)));
    assert_eq!(limit("지원동기를 800자 내외로 쓰세요"), Some((800, Characters)));
    assert_eq!(limit("Why us? (up to 700 characters)"), Some((700, Characters)));
    assert_eq!(limit("10자리 번호를 왜 썼나요?"), None);
    assert_eq!(limit("3자녀와 산 이야기"), None);
    assert_eq!(limit("2023년에 한 일"), None);
    assert_eq!(limit("지원동기 (99999999999자 이내)"), None);
}

#[test]
fn a_limit_in_parentheses_is_no_part_of_the_question() {
    let items = split_items("1. 지원동기 (1000자 이내)\n하나");
    assert_eq!(items[0].question, "지원동기");
    let items = split_items("[지원동기] (500자)\n하나");
    assert_eq!((items[0].question.as_str(), items[0].answer.as_str()), ("지원동기", "하나"));
    assert_eq!(items[0].limit, Some(FoundLimit { most: 500, unit: FoundUnit::Characters }));
}

#[test]
fn what_has_no_items_is_one_answer() {
    check(
        "저는 백엔드 개발자입니다.\n결제를 맡았습니다.",
        &[("", "저는 백엔드 개발자입니다.\n결제를 맡았습니다.")],
    );
    check("", &[]);
    check(" \n\n", &[]);
}

#[test]
fn what_stands_above_the_first_item_is_not_lost() {
    check(
        "홍길동\n백엔드 개발자\n\n1. 지원동기\n하나",
        &[("", "홍길동\n백엔드 개발자"), ("지원동기", "하나")],
    );
}

#[test]
fn a_long_list_is_not_hundreds_of_items() {
    let text: String = (1..=90).map(|number| format!("{number}. 줄 {number}\n")).collect();
    let items = split_items(&text);
    assert_eq!(items.len(), ITEMS_MAX);
    assert!(items[ITEMS_MAX - 1].answer.ends_with("90. 줄 90"));
}

#[test]
fn no_text_makes_it_stumble() {
    for text in
        ["(", "[", "①", "1.", "문항", "Q", "1번", "[]", "()자", "9자", "\u{3000}", "1.\u{3000}자\n(1자"]
    {
        let _ = split_items(text);
    }
}
