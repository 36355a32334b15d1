//! Files as nobody should have them. Those that would never end are tried on the real program, within its limits.

use domain::documents::{DocumentFault, parse};
use testkit::files::{docx, pdf};

/// What only the limits of the process end: work without bound, and memory.
const UNBOUNDED: &[&str] = &[
    "a form that draws itself",
    "forms that double each other",
    "a bomb in a bomb",
    "packed a thousand times",
];

#[test]
fn a_hostile_pdf_is_told_from_one_with_text() {
    for (name, bytes) in pdf::hostile().into_iter().filter(|(name, _)| !UNBOUNDED.contains(name)) {
        // The library may give up in its own way. It does so in a process that nobody misses.
        let read = std::panic::catch_unwind(|| parse(bytes)).unwrap_or(Err(DocumentFault::Broken));
        assert!(read.is_err(), "{name}: {read:?}");
    }
}

#[test]
fn a_hostile_docx_is_refused() {
    for (name, bytes) in docx::hostile() {
        let read = parse(bytes);
        let expected = match name {
            "a bomb" | "paragraphs in paragraphs" | "thousands of parts" => DocumentFault::TooMuch,
            "another ZIP" | "a workbook" => DocumentFault::WrongKind,
            "millions of attributes" | "no XML" => DocumentFault::NoText,
            _ => DocumentFault::Broken,
        };
        assert_eq!(read.err(), Some(expected), "{name}");
    }
}

#[test]
fn no_entity_of_a_docx_reaches_a_file() {
    let (_, outside) =
        docx::hostile().into_iter().find(|(name, _)| *name == "an entity outside").expect("made");
    let answer = domain::documents::answer(outside);
    assert_eq!(answer, "{\"refused\":\"broken\"}");
}
