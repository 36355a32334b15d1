//! The speech endpoint of the upstream: it says nothing, in a real MP3, or fails as it is told to.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Json, Response};
use serde_json::json;

use super::Shared;
use super::calls::Recorded;

/// What the upstream does with every text that is to be read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpeechScript {
    /// Half a second of silence.
    Silence,
    /// An error status.
    Status(u16),
    /// Status 200 and something that is no sound.
    Page,
    /// No headers, for ever.
    Hang,
    /// Status 200 and so many bytes that begin like a sound.
    Bytes(usize),
}

/// The beginning of a frame of MPEG-1 layer III, 128 kbit/s at 44.1 kHz.
const FRAME_HEADER: [u8; 4] = [0xff, 0xfb, 0x90, 0x00];
/// Bytes of such a frame.
const FRAME: usize = 417;

/// Frames that hold nothing: half a second of them.
fn silence() -> Vec<u8> {
    let mut frame = FRAME_HEADER.to_vec();
    frame.resize(FRAME, 0);
    frame.repeat(20)
}

/// Answers one call.
pub async fn speak(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let script = {
        let mut state = shared.state();
        let body = serde_json::from_slice(&body).unwrap_or_default();
        let path = uri.path().to_owned();
        state.requests.push(Recorded { method: method.to_string(), path, headers, body });
        state.speech.clone()
    };
    let sound = |bytes: Vec<u8>| ([(header::CONTENT_TYPE, "audio/mpeg")], bytes).into_response();
    match script {
        SpeechScript::Silence => sound(silence()),
        SpeechScript::Bytes(count) => {
            let mut bytes = silence();
            bytes.resize(count, 0);
            sound(bytes)
        }
        SpeechScript::Page => {
            ([(header::CONTENT_TYPE, "audio/mpeg")], "<!doctype html><title>Bad gateway</title>")
                .into_response()
        }
        SpeechScript::Status(code) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(json!({ "error": { "message": "scripted" } }))).into_response()
        }
        SpeechScript::Hang => std::future::pending().await,
    }
}
