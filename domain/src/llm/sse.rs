//! Server-sent events out of bytes that are cut anywhere.

use std::collections::VecDeque;

/// Most bytes of one event. A token is a few hundred.
const EVENT_MAX: usize = 256 * 1024;

/// An event beyond [`EVENT_MAX`]: what comes is no event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlong;

/// Collects bytes and hands out the data of each event.
#[derive(Debug, Default)]
pub struct Events {
    line: Vec<u8>,
    data: Option<String>,
    ready: VecDeque<String>,
    /// The last byte was a carriage return: a line feed behind it belongs to it.
    after_return: bool,
    begun: bool,
}

impl Events {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Overlong`] when an event does not end.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Overlong> {
        for &byte in bytes {
            let was_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if was_return => {}
                b'\n' | b'\r' => self.end_line(),
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, String::len) > EVENT_MAX {
                return Err(Overlong);
            }
        }
        Ok(())
    }

    /// The data of the next whole event.
    pub fn pop(&mut self) -> Option<String> {
        self.ready.pop_front()
    }

    /// No more bytes come. Some servers leave out the empty line behind the last event.
    pub fn finish(&mut self) {
        self.end_line();
        self.end_event();
    }

    fn end_line(&mut self) {
        let bytes = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&bytes);
        let line = match std::mem::replace(&mut self.begun, true) {
            false => line.trim_start_matches('\u{feff}'),
            true => &line,
        };
        if line.is_empty() {
            return self.end_event();
        }
        // Comments and other fields say nothing about the text.
        let Some(value) = line.strip_prefix("data:") else { return };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match &mut self.data {
            None => self.data = Some(value.to_owned()),
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
        }
    }

    fn end_event(&mut self) {
        self.ready.extend(self.data.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(stream: &[u8], piece: usize) -> Vec<String> {
        let mut events = Events::default();
        for bytes in stream.chunks(piece) {
            events.push(bytes).expect("short");
        }
        events.finish();
        std::iter::from_fn(|| events.pop()).collect()
    }

    #[test]
    fn any_cut_gives_the_same_events() {
        let stream = "\u{feff}data: 안녕\n\n: 주석\r\n\r\ndata:하세요\r\ndata: 둘\r\n\r\nevent: x\ndata: 끝\r\rdata: 마지막";
        let expected = ["안녕", "하세요\n둘", "끝", "마지막"];
        for piece in 1..stream.len() {
            assert_eq!(events(stream.as_bytes(), piece), expected, "in pieces of {piece}");
        }
    }

    #[test]
    fn what_is_no_event_stream_gives_nothing() {
        assert!(events(b"<!doctype html>\n<title>502</title>\n", 7).is_empty());
        assert!(events(&[0xff, 0xfe, 0, b'\n'], 1).is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.push(&vec![b'x'; EVENT_MAX + 1]), Err(Overlong));
    }
}
