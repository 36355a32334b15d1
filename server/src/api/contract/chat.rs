//! The interview as a chat.

use axum::Json;
use axum::extract::State;
use domain::chat::{NewMessage, service};
use domain::tokens::Scope;
use domain::{App, Error, Problem, audio};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::Caller;
use super::error::Refusal;
use super::fields::Fields;
use crate::api::{PublicUrl, audio as audio_files};

/// Everything that was said, and the allowance.
///
/// # Errors
/// 401 without a token that works.
pub async fn conversation(State(app): State<App>, Caller(caller): Caller) -> Result<Json<Value>, Refusal> {
    let conversation = service::conversation(&app, &caller.viewer).await?;
    Ok(Json(json!({
        "conversations": conversation.messages,
        "count": conversation.used,
        "limit": conversation.limit,
    })))
}

/// Starts an interview on a topic, or says something in the one that goes on. Answers with what the interviewer says to it.
///
/// # Errors
/// 400, 401 and 429 as the contract has them; 409 when the interviewer is still speaking; 502 when a model could not greet, which
/// costs nothing.
pub async fn send(
    State(app): State<App>,
    State(public_url): State<PublicUrl>,
    headers: HeaderMap,
    Caller(caller): Caller,
    fields: Fields,
) -> Result<Json<Value>, Refusal> {
    caller.must_reach(Scope::Write)?;
    let said = match service::send(&app, &caller.viewer, message(&fields)?).await {
        Err(Error::Problem(Problem::NotFound)) => {
            return Err(bad("There is no interview yet. Please send an interview_topic first."));
        }
        said => said?,
    };
    let audio_url = match audio_files::origin(&public_url, &headers) {
        Some(origin) => audio::service::create(&app, &caller.viewer, &said.text, said.language)
            .await
            .map(|token| audio_files::address(&origin, &token)),
        None => None,
    };
    Ok(Json(json!({ "response": said.text, "audio_url": audio_url })))
}

/// What was sent: one of the two, and never both.
fn message(fields: &Fields) -> Result<NewMessage, Refusal> {
    match (fields.text("interview_topic")?, fields.text("user_input")?) {
        (Some(topic), None) => Ok(NewMessage::Topic(topic.to_owned())),
        (None, Some(text)) => Ok(NewMessage::Input(text.to_owned())),
        (Some(_), Some(_)) => Err(bad("Please send interview_topic or user_input, not both.")),
        (None, None) => Err(bad("Either interview_topic or user_input is required.")),
    }
}

fn bad(sentence: &str) -> Refusal {
    Refusal::error(StatusCode::BAD_REQUEST, sentence)
}
