//! The text of a DOCX: a ZIP of XML. No more of a part is unpacked than is taken, whatever it says of itself, and nothing in it refers
//! to anything outside: XML with a document type, which entities need, is refused.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::{DEPTH_MAX, ENTRIES_MAX, PART_MAX};
use super::numbering::Numbering;
use super::{DocumentFault, ENOUGH};

type Archive = ZipArchive<Cursor<Vec<u8>>>;

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "_rels/.rels";
const NUMBERING: &str = "word/numbering.xml";
/// Where every Word puts the text, unless the relations say otherwise.
const DOCUMENT: &str = "word/document.xml";

/// The text of a DOCX.
///
/// # Errors
/// What is wrong with it.
pub fn text(bytes: Vec<u8>) -> Result<String, DocumentFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocumentFault::Broken)?;
    if archive.len() > ENTRIES_MAX as usize {
        return Err(DocumentFault::TooMuch);
    }
    if archive.index_for_name(TYPES).is_none() {
        return Err(DocumentFault::WrongKind);
    }
    let document = document_part(&mut archive)?;
    let numbering = match part(&mut archive, NUMBERING)? {
        Some(xml) => Numbering::read(&xml)?,
        None => Numbering::default(),
    };
    let xml = part(&mut archive, &document)?.ok_or(DocumentFault::WrongKind)?;
    let mut body = Body::new(numbering);
    events(&xml, |event| body.event(event))?;
    Ok(body.text)
}

/// The name of the part that holds the text.
fn document_part(archive: &mut Archive) -> Result<String, DocumentFault> {
    let mut target = None;
    if let Some(xml) = part(archive, RELATIONS)? {
        events(&xml, |event| {
            if let Event::Start(element) | Event::Empty(element) = event
                && element.local_name().into_inner() == "Relationship"
                && attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                target = attribute(element, "Target");
            }
            Ok(())
        })?;
    }
    let target = target.unwrap_or_else(|| DOCUMENT.to_owned());
    let target = target.trim_start_matches('/');
    match target.starts_with("xl/") || target.starts_with("ppt/") {
        true => Err(DocumentFault::WrongKind),
        false => Ok(target.to_owned()),
    }
}

/// The XML of a part, if it is there.
fn part(archive: &mut Archive, name: &str) -> Result<Option<String>, DocumentFault> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::InvalidPassword) => return Err(DocumentFault::Encrypted),
        Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => {
            return Err(DocumentFault::Encrypted);
        }
        Err(_) => return Err(DocumentFault::Broken),
    };
    let mut content = Vec::new();
    // The size that the entry claims is not looked at: what comes is counted.
    entry.take(PART_MAX + 1).read_to_end(&mut content).map_err(|_| DocumentFault::Broken)?;
    if content.len() as u64 > PART_MAX {
        return Err(DocumentFault::TooMuch);
    }
    String::from_utf8(content).map(Some).map_err(|_| DocumentFault::Broken)
}

/// Tells the events of a part, one after the other.
///
/// # Errors
/// [`DocumentFault::Broken`] for what is no XML of a document, [`DocumentFault::TooMuch`] for what is nested too deeply.
pub fn events(
    xml: &str,
    mut tell: impl FnMut(&Event<'_>) -> Result<(), DocumentFault>,
) -> Result<(), DocumentFault> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_u32;
    loop {
        let event = reader.read_event().map_err(|_| DocumentFault::Broken)?;
        match &event {
            Event::Eof if depth > 0 => return Err(DocumentFault::Broken),
            Event::Eof => return Ok(()),
            // No program writes one, and whoever does wants something else.
            Event::DocType(_) => return Err(DocumentFault::Broken),
            Event::Start(_) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(DocumentFault::TooMuch);
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        tell(&event)?;
    }
}

/// The value of an attribute, by its name without the namespace.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut found = attributes.with_checks(false).flatten();
    let found = found.find(|attribute| attribute.key.local_name().into_inner() == name)?;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// The body of a document that is being read.
struct Body {
    text: String,
    characters: usize,
    numbering: Numbering,
    /// Elements around the place that is read, as far as they matter.
    inside: Vec<Inside>,
    /// Where the text of each open cell begins.
    cells: Vec<usize>,
    /// List and level of the paragraph.
    list: Option<(String, u32)>,
    level: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// What is shown.
    Text,
    /// What another program would show instead, or what was deleted.
    Left,
    Properties,
    Other,
}

impl Body {
    const fn new(numbering: Numbering) -> Self {
        Self {
            text: String::new(),
            characters: 0,
            numbering,
            inside: Vec::new(),
            cells: Vec::new(),
            list: None,
            level: 0,
        }
    }

    fn event(&mut self, event: &Event<'_>) -> Result<(), DocumentFault> {
        match event {
            Event::Start(element) => {
                self.begin(element);
                let inside = match element.local_name().into_inner() {
                    "t" => Inside::Text,
                    "Fallback" | "del" | "moveFrom" | "pPrChange" => Inside::Left,
                    "pPr" => Inside::Properties,
                    _ => Inside::Other,
                };
                self.inside.push(inside);
                if element.local_name().into_inner() == "tc" {
                    self.cells.push(self.text.len());
                }
            }
            Event::Empty(element) => {
                self.begin(element);
                if element.local_name().into_inner() == "p" {
                    self.end_paragraph();
                }
            }
            Event::End(element) => {
                let ended = self.inside.pop();
                match element.local_name().into_inner() {
                    "p" => self.end_paragraph(),
                    "tc" => self.end_cell(),
                    "tr" => self.say("\n"),
                    _ if ended == Some(Inside::Properties) => self.number(),
                    _ => {}
                }
            }
            Event::Text(text) => self.say_text(text),
            Event::CData(text) => self.say_text(text),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| DocumentFault::Broken)?;
                match character {
                    Some(character) => self.say_text(character.encode_utf8(&mut [0; 4])),
                    // Nothing else is defined where there is no document type.
                    None => {
                        let known = resolve_predefined_entity(reference).ok_or(DocumentFault::Broken)?;
                        self.say_text(known);
                    }
                }
            }
            _ => {}
        }
        match self.characters > ENOUGH {
            true => Err(DocumentFault::TooLong),
            false => Ok(()),
        }
    }

    fn is_left(&self) -> bool {
        self.inside.contains(&Inside::Left)
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        if self.is_left() {
            return;
        }
        match element.local_name().into_inner() {
            // A box inside of a paragraph.
            "p" if !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) => self.say("\n"),
            "tab" if !self.inside.contains(&Inside::Properties) => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "ilvl" => self.level = number(element).unwrap_or(0),
            "numId" => {
                let id = attribute(element, "val").filter(|id| id != "0");
                self.list = id.map(|id| (id, self.level));
            }
            _ => {}
        }
    }

    /// Writes the number that Word would show before the paragraph.
    fn number(&mut self) {
        if self.is_left() {
            return;
        }
        self.level = 0;
        if let Some((id, level)) = self.list.take() {
            let mark = self.numbering.next(&id, level);
            self.say(&mark);
        }
    }

    fn end_paragraph(&mut self) {
        if !self.is_left() {
            self.say("\n");
        }
    }

    /// Cells of a row stand beside each other.
    fn end_cell(&mut self) {
        let start = self.cells.pop().unwrap_or_default();
        while self.text.len() > start && self.text.ends_with('\n') {
            self.text.pop();
        }
        self.say("\t");
    }

    fn say_text(&mut self, text: &str) {
        if self.inside.last() == Some(&Inside::Text) && !self.is_left() {
            self.say(text);
        }
    }

    fn say(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.text.push_str(text);
    }
}

/// The number in the value of an element.
pub fn number(element: &BytesStart<'_>) -> Option<u32> {
    attribute(element, "val")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(xml: &str) -> Result<String, DocumentFault> {
        let mut body = Body::new(Numbering::default());
        events(&format!("<w:body>{xml}</w:body>"), |event| body.event(event))?;
        Ok(body.text)
    }

    #[test]
    fn paragraphs_are_lines_and_cells_stand_beside_each_other() {
        let check = |xml: &str, expected: &str| assert_eq!(body(xml), Ok(expected.to_owned()), "{xml}");
        check("<w:p><w:r><w:t>지원 </w:t></w:r><w:r><w:t>동기</w:t></w:r></w:p><w:p/>", "지원 동기\n\n");
        check("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc\n");
        check(
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            "a\n",
        );
        check(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>기간</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2021</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "기간\t2021\t\n",
        );
        check(
            "<w:p><w:r><w:t>위</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            "위\n\t\t\n",
        );
        check("<w:p><w:r><w:t>A &amp; B &#44032; &lt;c&gt;</w:t></w:r></w:p>", "A & B 가 <c>\n");
        check("<w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t>link</w:t></w:r></w:p>", "link\n");
    }

    #[test]
    fn what_is_deleted_or_stands_there_for_others_is_left_out() {
        let check = |xml: &str, expected: &str| assert_eq!(body(xml), Ok(expected.to_owned()), "{xml}");
        check(
            "<w:p><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:r><w:t>new</w:t></w:r></w:p>",
            "new\n",
        );
        check(
            "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>",
            "box\n\n",
        );
    }

    #[test]
    fn nothing_is_defined_and_nothing_nests_for_ever() {
        assert_eq!(body("<w:p><w:t>&lol;</w:t></w:p>"), Err(DocumentFault::Broken));
        assert_eq!(body("<w:p><w:t>&#xFFFFFFFF;</w:t></w:p>"), Err(DocumentFault::Broken));
        let entity = "<!DOCTYPE a [<!ENTITY lol \"lol\">]><w:p><w:t>&lol;</w:t></w:p>";
        assert_eq!(events(entity, |_| Ok(())), Err(DocumentFault::Broken));
        let deep = format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
        assert_eq!(body(&deep), Err(DocumentFault::TooMuch));
        assert_eq!(body("<w:p>"), Err(DocumentFault::Broken));
        assert_eq!(body("<w:p></w:r>"), Err(DocumentFault::Broken));
        let endless = format!("<w:p><w:t>{}</w:t></w:p>", "가".repeat(ENOUGH + 1));
        assert_eq!(body(&endless), Err(DocumentFault::TooLong));
    }
}
