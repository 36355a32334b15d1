//! What the upstream does with one call.

use std::time::Duration;

use serde_json::{Value, json};

/// What the upstream does with one call: what it answers, and how the bytes travel.
#[derive(Clone, Debug)]
pub struct Script {
    pub reply: Reply,
    /// Before the first token of a stream, or before a whole answer.
    pub first_delay: Duration,
    /// Before each further token.
    pub token_delay: Duration,
    /// Thoughts in `reasoning_content` before the first token.
    pub reasoning: Option<String>,
    /// The stream goes out in pieces of so many bytes, through characters and lines.
    pub split: Option<usize>,
    pub crlf: bool,
    /// A comment before every event.
    pub comments: bool,
    /// Whether the stream tells why it ends.
    pub finish_reason: bool,
    /// Whether it tells how many tokens were used: always with a whole answer, with a stream when that is asked for.
    pub usage: bool,
    /// Whether the stream ends with `[DONE]`.
    pub done: bool,
    /// What happens after so many tokens.
    pub interruption: Option<(usize, Interruption)>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// What a sensible model would say to this request.
    Natural,
    /// As [`Reply::Natural`], but every point is praised with words that nobody said.
    OverPraise,
    /// Exactly this, in tokens of a few characters.
    Text(String),
    /// Exactly these tokens.
    Tokens(Vec<String>),
    /// So many tokens, each the moment at which it is sent: microseconds since 1970, and a blank.
    Stamps(usize),
    /// The same token for ever.
    Flood(String),
    /// The model declines in the field that is meant for it.
    Refusal(String),
    /// An error status with a body like that of the real API.
    Status { code: u16, retry_after: Option<String>, error: Value },
    /// As [`Reply::Status`] with 400 to a request with `response_format`, and [`Reply::Natural`] to others.
    NoResponseFormat,
    /// The same for `stream_options`.
    NoStreamOptions,
    /// Status 200 and this body.
    Page { content_type: String, body: Vec<u8> },
    /// No headers, for ever.
    Hang,
    /// The connection breaks before the headers.
    Reset,
}

/// How a stream or a body is interrupted.
#[derive(Clone, Debug)]
pub enum Interruption {
    /// Nothing more comes.
    Stall,
    /// Nothing but comments comes.
    OnlyComments,
    /// The connection breaks.
    Reset,
    /// The body ends in good order.
    End,
    /// An event that carries an error object, then the end.
    Error(Value),
    /// An event that is no JSON, then the end.
    BrokenJson,
}

impl From<Reply> for Script {
    fn from(reply: Reply) -> Self {
        Self {
            reply,
            first_delay: Duration::ZERO,
            token_delay: Duration::ZERO,
            reasoning: None,
            split: None,
            crlf: false,
            comments: false,
            finish_reason: true,
            usage: true,
            done: true,
            interruption: None,
        }
    }
}

impl Script {
    /// What a sensible model would do, at once.
    pub fn natural() -> Self {
        Reply::Natural.into()
    }

    /// This text, streamed.
    pub fn text(text: impl Into<String>) -> Self {
        Reply::Text(text.into()).into()
    }

    /// These tokens, streamed.
    pub fn tokens<T: Into<String>>(tokens: impl IntoIterator<Item = T>) -> Self {
        Reply::Tokens(tokens.into_iter().map(Into::into).collect()).into()
    }

    /// Tokens that say when they were sent, for measuring delays.
    pub fn stamps(tokens: usize) -> Self {
        Reply::Stamps(tokens).into()
    }

    /// An error status.
    pub fn status(code: u16) -> Self {
        let kind = match code {
            401 | 403 => "invalid_request_error",
            429 => "rate_limit_error",
            _ => "server_error",
        };
        Reply::Status { code, retry_after: None, error: json!({ "message": "scripted", "type": kind }) }
            .into()
    }

    /// Status 429 with the given `Retry-After`.
    pub fn slow_down(retry_after: impl Into<String>) -> Self {
        let mut script = Self::status(429);
        if let Reply::Status { retry_after: header, .. } = &mut script.reply {
            *header = Some(retry_after.into());
        }
        script
    }

    /// Status 200 with a body that is no chat completion.
    pub fn page(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Reply::Page { content_type: content_type.to_owned(), body: body.into() }.into()
    }

    /// The error page of a gateway.
    pub fn html() -> Self {
        Self::page("text/html", "<!doctype html><title>Bad gateway</title><h1>502</h1>")
    }

    /// Bytes that are no text.
    pub fn garbage() -> Self {
        Self::page("text/event-stream", [0xff, 0x00, 0xfe, b'{', b'"', 0x80].repeat(64))
    }

    /// Waits before the first token.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Waits before each further token.
    #[must_use]
    pub fn token_delay(mut self, delay: Duration) -> Self {
        self.token_delay = delay;
        self
    }

    /// Thinks before it speaks.
    #[must_use]
    pub fn reasoning(mut self, thoughts: impl Into<String>) -> Self {
        self.reasoning = Some(thoughts.into());
        self
    }

    /// Sends pieces of so many bytes.
    #[must_use]
    pub fn split(mut self, bytes: usize) -> Self {
        self.split = Some(bytes.max(1));
        self
    }

    /// Ends lines as some servers do.
    #[must_use]
    pub fn crlf(mut self) -> Self {
        self.crlf = true;
        self
    }

    /// Sends a comment before every event.
    #[must_use]
    pub fn comments(mut self) -> Self {
        self.comments = true;
        self
    }

    /// Leaves `[DONE]` out.
    #[must_use]
    pub fn without_done(mut self) -> Self {
        self.done = false;
        self
    }

    /// Does not say why it ends.
    #[must_use]
    pub fn without_finish_reason(mut self) -> Self {
        self.finish_reason = false;
        self
    }

    /// Does not tell how many tokens were used.
    #[must_use]
    pub fn without_usage(mut self) -> Self {
        self.usage = false;
        self
    }

    /// Interrupts after so many tokens.
    #[must_use]
    pub fn interrupt_after(mut self, tokens: usize, interruption: Interruption) -> Self {
        self.interruption = Some((tokens, interruption));
        self
    }

    /// The scripts that can be chosen by name at run time.
    pub const NAMES: &[&str] = &[
        "natural",
        "slow",
        "split",
        "crlf",
        "comments",
        "no-done",
        "thinking",
        "next",
        "stall",
        "stall-first",
        "hang",
        "reset",
        "reset-first",
        "status-400",
        "status-401",
        "status-403",
        "status-429",
        "status-500",
        "status-503",
        "html",
        "garbage",
        "broken-json",
        "refuse",
        "error-in-stream",
        "empty",
        "flood",
        "over-praise",
        "no-response-format",
        "no-stream-options",
        "no-usage",
    ];

    /// The script of that name.
    pub fn named(name: &str) -> Option<Self> {
        let natural = Self::natural();
        Some(match name {
            "natural" => natural,
            "slow" => natural.first_delay(Duration::from_secs(2)).token_delay(Duration::from_millis(400)),
            "split" => natural.split(1),
            "crlf" => natural.crlf(),
            "comments" => natural.comments(),
            "no-done" => natural.without_done().without_finish_reason(),
            "thinking" => natural.reasoning("The candidate said something. I keep this to myself."),
            "next" => Self::text("[NEXT]"),
            "stall" => natural.interrupt_after(3, Interruption::Stall),
            "stall-first" => natural.interrupt_after(0, Interruption::OnlyComments),
            "hang" => Reply::Hang.into(),
            "reset" => natural.interrupt_after(3, Interruption::Reset),
            "reset-first" => Reply::Reset.into(),
            "status-400" => Self::status(400),
            "status-401" => Self::status(401),
            "status-403" => Self::status(403),
            "status-429" => Self::slow_down("1"),
            "status-500" => Self::status(500),
            "status-503" => Self::status(503),
            "html" => Self::html(),
            "garbage" => Self::garbage(),
            "broken-json" => natural.interrupt_after(1, Interruption::BrokenJson),
            "refuse" => Reply::Refusal("I cannot help with that.".to_owned()).into(),
            "error-in-stream" => {
                let error = json!({ "message": "scripted", "type": "server_error" });
                natural.interrupt_after(2, Interruption::Error(error))
            }
            "empty" => Self::text(""),
            "flood" => Script::from(Reply::Flood("그리고 ".to_owned())),
            "over-praise" => Reply::OverPraise.into(),
            "no-response-format" => Reply::NoResponseFormat.into(),
            "no-stream-options" => Reply::NoStreamOptions.into(),
            "no-usage" => natural.without_usage(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_script() {
        for name in Script::NAMES {
            assert!(Script::named(name).is_some(), "{name}");
        }
        assert!(Script::named("nonsense").is_none());
    }
}
