//! Plain text, in the encodings that people have: Unicode, and what Korean editors wrote before it.

use encoding_rs::{EUC_KR, Encoding, UTF_16BE, UTF_16LE};

use super::super::DocumentFault;

/// What plain text never begins with: other formats that are made of characters.
const OTHERS: &[&str] = &["{\\rtf", "<?xml", "<!doctype", "<html", "%!ps"];

/// One control character in so many is a slip; more are no text.
const PER_CONTROL: usize = 200;

/// The characters of a text.
///
/// # Errors
/// [`DocumentFault::WrongKind`] when it is none.
pub fn text(bytes: &[u8]) -> Result<String, DocumentFault> {
    let text = decoded(bytes).ok_or(DocumentFault::WrongKind)?;
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_ascii_lowercase();
    let other = OTHERS.iter().any(|other| start.starts_with(other));
    let controls = text.chars().filter(|character| is_control(*character)).count();
    let nul = text.contains('\0');
    match other || nul || controls * PER_CONTROL > text.chars().count() {
        true => Err(DocumentFault::WrongKind),
        false => Ok(text),
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let as_encoding = |encoding: &'static Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => as_encoding(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => as_encoding(UTF_16BE, rest),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
            // CP949 is the EUC-KR of the web's standard.
            Err(_) => as_encoding(EUC_KR, bytes),
        },
    }
}

fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_text_is_read_in_each_encoding() {
        let expected = Ok("지원동기: 똠방각하".to_owned());
        let text = "지원동기: 똠방각하";
        assert_eq!(super::text(text.as_bytes()), expected);
        assert_eq!(super::text(format!("\u{feff}{text}").as_bytes()), expected);
        let (cp949, ..) = EUC_KR.encode(text);
        assert_eq!(super::text(&cp949), expected);
        let little: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(super::text(&little), expected);
        let big: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(super::text(&big), expected);
    }

    #[test]
    fn what_is_no_text_is_told() {
        for bytes in
            [&b"a\0b"[..], b"\x01\x02\x03abc", b"\xff\xff\xff", b"  <HTML><body>", b"<?xml version='1.0'?>"]
        {
            assert_eq!(super::text(bytes), Err(DocumentFault::WrongKind), "{bytes:?}");
        }
    }
}
