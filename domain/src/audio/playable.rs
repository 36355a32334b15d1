//! What kind of sound some bytes are: by what they begin with, never by what a server calls them.

/// The media type of a sound that browsers play; none when it is none.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("audio/wav"),
        [b'O', b'g', b'g', b'S', ..] => Some("audio/ogg"),
        [b'f', b'L', b'a', b'C', ..] => Some("audio/flac"),
        [b'I', b'D', b'3', ..] => Some("audio/mpeg"),
        // The sync word of ADTS has layer 0; that of MPEG audio has none.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Some("audio/aac"),
        [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Some("audio/mpeg"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn sounds_are_told_by_their_first_bytes() {
        assert_eq!(media_type(b"RIFF\x24\x00\x00\x00WAVEfmt "), Some("audio/wav"));
        assert_eq!(media_type(b"ID3\x04"), Some("audio/mpeg"));
        assert_eq!(media_type(&[0xff, 0xfb, 0x90]), Some("audio/mpeg"));
        assert_eq!(media_type(&[0xff, 0xf1, 0x50]), Some("audio/aac"));
        assert_eq!(media_type(b"OggS\x00"), Some("audio/ogg"));
        for none in
            [b"".as_slice(), b"<!doctype html>", b"{\"error\":{}}", &[0xff], b"RIFF\x24\x00\x00\x00AVI "]
        {
            assert_eq!(media_type(none), None);
        }
    }
}
