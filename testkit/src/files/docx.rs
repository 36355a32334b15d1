//! DOCX, as far as a reader looks at it.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    </Types>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    </Relationships>";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A ZIP of these files.
///
/// # Panics
/// When there is no memory for it.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a ZIP").into_inner()
}

/// A document with that XML in the place of its text.
pub fn with_document(xml: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", xml.as_bytes()),
    ])
}

/// A document with a paragraph for each line.
pub fn docx(lines: &[&str]) -> Vec<u8> {
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs: String = lines
        .iter()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line)))
        .collect();
    with_document(&format!("{DECLARATION}<w:document {SPACE}><w:body>{paragraphs}</w:body></w:document>"))
}

/// Documents that end a careless reader, or make it tell what they should not know.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let laughs: String = (1..10)
        .map(|level| format!("<!ENTITY lol{level} \"{}\">", format!("&lol{};", level - 1).repeat(10)))
        .collect();
    let laughs = format!(
        "{DECLARATION}<!DOCTYPE d [<!ENTITY lol0 \"lol\">{laughs}]><w:document {SPACE}><w:t>&lol9;</w:t></w:document>"
    );
    let outside = format!(
        "{DECLARATION}<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document {SPACE}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    );
    let fetched = format!(
        "{DECLARATION}<!DOCTYPE d SYSTEM \"http://127.0.0.1:9/evil.dtd\"><w:document {SPACE}><w:body/></w:document>"
    );
    let undefined =
        format!("<w:document {SPACE}><w:body><w:p><w:r><w:t>&evil;</w:t></w:r></w:p></w:body></w:document>");
    let deep = format!("{}{}", "<w:p>".repeat(300_000), "</w:p>".repeat(300_000));
    let whole = docx(&["이력서입니다"]);
    let bomb = format!("<w:document {SPACE}>{}</w:document>", " ".repeat(64 << 20));
    let attributes = format!("<w:document {}/>", "a=\"1\" ".repeat(2_000_000));
    let entries: Vec<String> = (0..6_000).map(|number| format!("word/{number}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|name| (name.as_str(), &b""[..])).collect();
    vec![
        ("a header alone", b"PK\x03\x04".to_vec()),
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("a billion laughs", with_document(&laughs)),
        ("an entity outside", with_document(&outside)),
        ("a document type outside", with_document(&fetched)),
        ("an entity of nobody", with_document(&undefined)),
        ("paragraphs in paragraphs", with_document(&deep)),
        ("a bomb", with_document(&bomb)),
        ("millions of attributes", with_document(&attributes)),
        ("elements that never end", with_document("<w:document><w:body><w:p>")),
        ("no XML", with_document("{\"document\": 1}")),
        ("thousands of parts", zipped(&entries)),
        ("another ZIP", zipped(&[("hello.txt", b"hello")])),
        (
            "a workbook",
            zipped(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("_rels/.rels", RELATIONS.replace("word/document.xml", "xl/workbook.xml").as_bytes()),
                ("xl/workbook.xml", b"<workbook/>"),
            ]),
        ),
    ]
}
