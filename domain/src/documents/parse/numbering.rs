//! The numbers of lists in a DOCX, which stand nowhere in its text: Word counts them when it shows them.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::DocumentFault;
use super::docx::{attribute, events, number};

/// Levels of a list.
const LEVELS: usize = 9;
const BULLET: &str = "- ";

/// How lists count, and how far they have come.
#[derive(Debug, Default)]
pub struct Numbering {
    /// Which levels of a kind of list count with digits.
    counting: HashMap<String, [bool; LEVELS]>,
    /// Which kind a list is of.
    lists: HashMap<String, String>,
    /// The last number of each level of a kind.
    last: HashMap<String, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(xml: &str) -> Result<Self, DocumentFault> {
        let mut numbering = Self::default();
        let (mut kind, mut list, mut level) = (String::new(), String::new(), 0);
        events(xml, |event| {
            if let Event::Start(element) | Event::Empty(element) = event {
                let value = |name: &str| attribute(element, name).unwrap_or_default();
                match element.local_name().as_ref() {
                    "abstractNum" => kind = value("abstractNumId"),
                    "num" => list = value("numId"),
                    "lvl" => level = value("ilvl").parse().unwrap_or(0),
                    "numFmt" if value("val").starts_with("decimal") => {
                        let counting = numbering.counting.entry(kind.clone()).or_default();
                        if let Some(counts) = counting.get_mut(level) {
                            *counts = true;
                        }
                    }
                    "abstractNumId" if number(element).is_some() => {
                        numbering.lists.insert(list.clone(), value("val"));
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// What stands before the next paragraph of a list.
    pub fn next(&mut self, list: &str, level: u32) -> String {
        let Some(kind) = self.lists.get(list) else { return BULLET.to_owned() };
        let level = (level as usize).min(LEVELS - 1);
        if !self.counting.get(kind).is_some_and(|counting| counting[level]) {
            return BULLET.to_owned();
        }
        let last = self.last.entry(kind.clone()).or_default();
        last[level] = last[level].saturating_add(1);
        last[level + 1..].fill(0);
        format!("{}. ", last[level])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_shows_them() {
        let xml = "<w:numbering>\
            <w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
            <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
            <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>\
            <w:num w:numId=\"6\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";
        let mut numbering = Numbering::read(xml).expect("numbering");
        let marks = [("5", 0), ("5", 1), ("5", 1), ("5", 0), ("5", 1), ("6", 0), ("9", 0), ("5", 99)];
        let marks: Vec<String> = marks.iter().map(|(list, level)| numbering.next(list, *level)).collect();
        assert_eq!(marks, ["1. ", "1. ", "2. ", "2. ", "1. ", "- ", "- ", "- "]);
    }
}
