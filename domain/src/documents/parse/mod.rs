//! Reading a file that anybody may have made. What it is is decided by its bytes; no name, no declared type and no declared size counts.
//!
//! The libraries below may panic, loop or take all the memory there is: whoever calls [`parse`] on a stranger's file does so in a
//! process of its own ([`super::reader`]).

mod docx;
mod layout;
mod numbering;
mod pdf;
mod plain;

use super::clean::read;
use super::{DocumentFault, FILE_MAX, FileKind, PAGES_MAX, Parsed, TEXT_MAX};

/// A PDF may begin with other bytes, but not with many.
const PDF_WITHIN: usize = 1024;
const PDF: &[u8] = b"%PDF-";
const ZIP: &[u8] = b"PK\x03\x04";
/// What older files of Word are, those of 한글, and Word's files with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The text of a file.
///
/// # Errors
/// What is wrong with the file.
pub fn parse(bytes: Vec<u8>) -> Result<Parsed, DocumentFault> {
    if bytes.len() > FILE_MAX as usize {
        return Err(DocumentFault::TooLarge);
    }
    let kind = kind(&bytes)?;
    let (text, pages) = match kind {
        FileKind::Pdf => {
            let (text, pages) = pdf::text(bytes)?;
            (text, Some(pages))
        }
        FileKind::Docx => (docx::text(bytes)?, None),
        FileKind::Text => (plain::text(&bytes)?, None),
    };
    let text = read(&text);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(DocumentFault::NoText);
    }
    match text.chars().count() > TEXT_MAX as usize {
        true => Err(DocumentFault::TooLong),
        false => Ok(Parsed { kind, text, pages }),
    }
}

/// What a file is.
///
/// # Errors
/// [`DocumentFault::WrongKind`] for what is none of the kinds that are read, [`DocumentFault::Encrypted`] where that is all that can be
/// told.
pub fn kind(bytes: &[u8]) -> Result<FileKind, DocumentFault> {
    let start = &bytes[..bytes.len().min(PDF_WITHIN + PDF.len())];
    if start.windows(PDF.len()).any(|window| window == PDF) {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(ZIP) {
        return Ok(FileKind::Docx);
    }
    if bytes.starts_with(COMPOUND) {
        return Err(if is_encrypted(bytes) { DocumentFault::Encrypted } else { DocumentFault::WrongKind });
    }
    match bytes.is_empty() {
        true => Err(DocumentFault::NoText),
        false => plain::text(bytes).map(|_| FileKind::Text),
    }
}

/// Whether a compound file holds a document with a password: it then has a part of that name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Characters from which on nothing more of a file is taken: what it says is too long anyway. Cleaning makes it shorter, but not by much.
const ENOUGH: usize = 2 * TEXT_MAX as usize;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_its_bytes_say() {
        let check = |bytes: &[u8], expected| assert_eq!(kind(bytes), expected, "{bytes:?}");
        check(b"%PDF-1.7\n", Ok(FileKind::Pdf));
        check(b"\xef\xbb\xbf\n%PDF-1.4", Ok(FileKind::Pdf));
        check(b"PK\x03\x04...", Ok(FileKind::Docx));
        check("이력서".as_bytes(), Ok(FileKind::Text));
        check(b"", Err(DocumentFault::NoText));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Err(DocumentFault::WrongKind));
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Err(DocumentFault::WrongKind));
        check(b"{\\rtf1\\ansi Hello}", Err(DocumentFault::WrongKind));
        check(b"\x7fELF\x02\x01\x01\0", Err(DocumentFault::WrongKind));
        let compound = |name: &str| {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            COMPOUND.iter().copied().chain([0; 512]).chain(name).collect::<Vec<u8>>()
        };
        check(&compound("EncryptedPackage"), Err(DocumentFault::Encrypted));
        check(&compound("FileHeader"), Err(DocumentFault::WrongKind));
        // Far behind it is a text about PDFs.
        let far = [&[b' '; 2000][..], PDF].concat();
        check(&far, Ok(FileKind::Text));
    }

    #[test]
    fn limits_are_held_to_the_byte_and_to_the_character() {
        let fault = |bytes: Vec<u8>| parse(bytes).err();
        assert_eq!(fault(vec![b'a'; FILE_MAX as usize + 1]), Some(DocumentFault::TooLarge));
        assert_eq!(fault("가".repeat(TEXT_MAX as usize + 1).into_bytes()), Some(DocumentFault::TooLong));
        assert_eq!(fault("가".repeat(TEXT_MAX as usize).into_bytes()), None);
        assert_eq!(fault(b" \n - . \n".to_vec()), Some(DocumentFault::NoText));
    }
}
