//! The event stream of a room, as a browser reads it.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;

/// An open event stream.
pub struct Events {
    response: reqwest::Response,
    /// Bytes of an event that is not whole yet.
    rest: Vec<u8>,
    ready: VecDeque<Value>,
}

impl Events {
    pub fn new(response: reqwest::Response) -> Self {
        Self { response, rest: vec![], ready: VecDeque::new() }
    }

    /// The next event; none when the stream has ended or broken.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let bytes = self.response.chunk().await.ok()??;
            self.rest.extend_from_slice(&bytes);
            while let Some(end) = self.rest.windows(2).position(|window| window == b"\n\n") {
                let event: Vec<u8> = self.rest.drain(..end + 2).collect();
                let event = String::from_utf8(event).expect("UTF-8");
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                self.ready.extend(data.map(|data| serde_json::from_str(data).expect("JSON")));
            }
        }
    }

    /// Reads up to an event of this name, and gives what it says.
    pub async fn until(&mut self, name: &str, within: Duration) -> Value {
        let found = async {
            while let Some(mut event) = self.next().await {
                if let Some(said) = event.get_mut(name) {
                    return said.take();
                }
            }
            panic!("the stream ended before an event `{name}`");
        };
        tokio::time::timeout(within, found).await.unwrap_or_else(|_| panic!("no `{name}` within {within:?}"))
    }

    /// Reads to the end of the stream.
    pub async fn end(&mut self, within: Duration) {
        let ended = tokio::time::timeout(within, async { while self.next().await.is_some() {} }).await;
        assert!(ended.is_ok(), "the stream does not end within {within:?}");
    }
}
