//! What reaches the log.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use domain::interview::{Act, Interviewer};
use serde_json::json;
use testkit::upstream::{Interruption, Script};
use tracing_subscriber::fmt::MakeWriter;

use super::briefs::{assessment, hear, interviewer, speech, upstream};

/// What is logged, kept to be looked at.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no panic").clone()).expect("UTF-8")
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn neither_answers_nor_prompts_nor_keys_are_logged() {
    const CANARY: &str = "카나리아가노래합니다";
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    let error = json!({ "message": CANARY });
    for script in [
        Script::natural(),
        Script::text(CANARY),
        Script::page("text/html", CANARY),
        Script::page("application/json", CANARY),
        Script::page("text/event-stream", format!("data: {CANARY}\n\n")),
        Script::natural().interrupt_after(0, Interruption::Error(error)),
        Script::status(400),
        Script::status(503),
    ] {
        upstream.always(script);
        let mut turn = speech(Act::Greet);
        turn.candidate_name = CANARY.to_owned();
        turn.exchange[1].text = CANARY.to_owned();
        let _ = hear(&interviewer, &turn).await;
        let _ = interviewer.assess(&assessment(CANARY)).await;
    }

    let log = String::from_utf8(log.0.lock().expect("no panic").clone()).expect("text");
    assert!(log.contains("the model server answered with an error"), "{log}");
    for secret in [CANARY, "sk-canary", "면접관입니다", "key points"] {
        assert!(!log.contains(secret), "`{secret}` in {log}");
    }
}
