//! Files as people have them.

use domain::documents::{DocumentFault, FileKind, PAGES_MAX, Parsed, parse, split_items};
use testkit::files::docx::{docx, with_document};
use testkit::files::pdf::{encrypted_pdf, korean_pdf, latin_pdf, scanned_pdf, unembedded_korean_pdf};

fn text(bytes: Vec<u8>) -> String {
    parse(bytes).expect("read").text
}

#[test]
fn a_korean_pdf_is_read_by_its_map_of_characters() {
    let lines: &[&str] = &["이력서", "", "결제 API를 3년 동안 맡았습니다.", "응답 시간을 40% 줄였습니다."];
    let Parsed { kind, text, pages } = parse(korean_pdf(&[lines, &["둘째 쪽: 똠방각하 😀"]])).expect("read");
    assert_eq!((kind, pages), (FileKind::Pdf, Some(2)));
    assert_eq!(
        text,
        "이력서\n\n결제 API를 3년 동안 맡았습니다.\n응답 시간을 40% 줄였습니다.\n둘째 쪽: 똠방각하 😀"
    );
}

#[test]
fn a_korean_font_that_is_not_embedded_is_read_by_its_collection() {
    for encoding in ["UniKS-UCS2-H", "UniKS-UTF16-H"] {
        let read = text(unembedded_korean_pdf(
            encoding,
            &["지원 동기를 서술하십시오.", "저는 백엔드 개발자입니다."],
        ));
        assert_eq!(read, "지원 동기를 서술하십시오.\n저는 백엔드 개발자입니다.", "{encoding}");
    }
}

#[test]
fn a_latin_pdf_is_read_line_by_line() {
    let read = text(latin_pdf(&[&["Mina Kim (backend)", "I cut latency by 40 %.", "inter-", "view"]]));
    assert_eq!(read, "Mina Kim (backend)\nI cut latency by 40 %.\ninterview");
}

#[test]
fn a_docx_is_read_paragraph_by_paragraph() {
    let parsed = parse(docx(&["지원동기 & 포부", "", "저는 <결제>를 맡았습니다."])).expect("read");
    assert_eq!((parsed.kind, parsed.pages), (FileKind::Docx, None));
    assert_eq!(parsed.text, "지원동기 & 포부\n\n저는 <결제>를 맡았습니다.");
}

#[test]
fn plain_text_is_read_in_what_korean_editors_write() {
    assert_eq!(text("지원동기\r\n저는…".as_bytes().to_vec()), "지원동기\n저는…");
    // 이력서 in CP949.
    assert_eq!(text(b"\xc0\xcc\xb7\xc2\xbc\xad".to_vec()), "이력서");
}

#[test]
fn a_letter_in_a_file_becomes_items() {
    let lines = [
        "자기소개서",
        "1. 지원동기를 서술하십시오. (500자 이내)",
        "저는 결제가 좋습니다.",
        "2. 실패한 경험은?",
        "배포를 망쳤습니다.",
    ];
    for file in [korean_pdf(&[&lines]), docx(&lines)] {
        let items = split_items(&text(file));
        assert_eq!(items.len(), 2, "{items:?}");
        assert_eq!(items[0].question, "지원동기를 서술하십시오.");
        assert_eq!(items[0].limit.map(|limit| limit.most), Some(500));
        assert_eq!(items[1].answer, "배포를 망쳤습니다.");
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let check = |bytes: Vec<u8>, expected: DocumentFault| assert_eq!(parse(bytes).err(), Some(expected));
    check(scanned_pdf(), DocumentFault::NoText);
    check(encrypted_pdf(), DocumentFault::Encrypted);
    let page: &[&str] = &["x"];
    let most = PAGES_MAX as usize;
    assert_eq!(parse(latin_pdf(&vec![page; most])).expect("read").pages, Some(PAGES_MAX));
    check(latin_pdf(&vec![page; most + 1]), DocumentFault::TooManyPages);
    let line = "가".repeat(1_000);
    let long: Vec<&str> = vec![&line; 101];
    check(docx(&long), DocumentFault::TooLong);
    check(docx(&["", " "]), DocumentFault::NoText);
    check(with_document("<a/>"), DocumentFault::NoText);
}
