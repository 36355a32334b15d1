//! Making a text audible, and finding the sound again by its token.

use chrono::Duration;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Audio;
use crate::app::App;
use crate::entities::audio_clip;
use crate::error::Error;
use crate::questions::Language;
use crate::share::token;
use crate::usage::{Estimate, Purpose};
use crate::viewer::Viewer;
use crate::{Problem, markup};

/// How long a sound is kept.
const MINUTES: i64 = 60;
/// Most characters that are read aloud: what speech models take.
const TEXT_MAX: usize = 4_000;

/// Reads a text aloud and returns the token that opens the sound. None when nobody can, or nothing comes of it: what was said stands in
/// the text anyway.
pub async fn create(app: &App, viewer: &Viewer, text: &str, language: Language) -> Option<String> {
    let audio = speak(app, &speakable(text), language).await?;
    match store(app, viewer, audio).await {
        Ok(token) => Some(token),
        Err(error) => {
            // Its cause is written to the log where it is turned into a problem.
            let problem = error.into_problem();
            tracing::warn!(%problem, "a sound could not be stored");
            None
        }
    }
}

/// The sound that a token opens. It needs no viewer: having the token is the permission.
///
/// # Errors
/// [`Problem::NotFound`], the same whether the token never was one or is over.
pub async fn read(app: &App, token: &str) -> Result<Audio, Error> {
    let row = audio_clip::Entity::find()
        .filter(audio_clip::Column::TokenHash.eq(token::hash(token)))
        .filter(audio_clip::Column::ExpiresAt.gt(app.now()))
        .one(app.database.reader())
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(Audio { media_type: row.media_type, bytes: row.bytes })
}

/// Removes sounds that are over: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    audio_clip::Entity::delete_many()
        .filter(audio_clip::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// The first sound that any of the voices makes.
async fn speak(app: &App, text: &str, language: Language) -> Option<Audio> {
    if text.is_empty() {
        return None;
    }
    for voice in &app.voices {
        let mut call = voice.model().map(|model| app.meter.begin(model, Purpose::Speech, false));
        match voice.speak(text, language).await {
            Ok(audio) => {
                if let Some(call) = &mut call {
                    // The API does not tell tokens.
                    call.accepted(Estimate::of(text));
                    call.answered();
                }
                return Some(audio);
            }
            Err(failure) => {
                if let Some(call) = &mut call {
                    call.failed(failure.into());
                }
                tracing::warn!(voice = voice.name(), %failure, "a text could not be read aloud");
            }
        }
    }
    None
}

async fn store(app: &App, viewer: &Viewer, audio: Audio) -> Result<String, Error> {
    let token = token::new();
    let row = audio_clip::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(viewer.id),
        token_hash: Set(token::hash(&token)),
        media_type: Set(audio.media_type),
        bytes: Set(audio.bytes),
        expires_at: Set(app.now() + Duration::minutes(MINUTES)),
        created_at: Set(app.now()),
    };
    let stored = audio_clip::Entity::insert(row).exec_without_returning(app.database.writer()).await;
    stored.map_err(Error::adding_to_account)?;
    Ok(token)
}

/// The text without signs that nobody says, and no longer than a voice takes.
fn speakable(text: &str) -> String {
    let plain = markup::plain(text);
    plain.trim().chars().take(TEXT_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_not_read_aloud() {
        assert_eq!(speakable("**Why** is `volatile` needed?"), "Why is volatile needed?");
        assert_eq!(speakable("  "), "");
        assert_eq!(speakable(&"가".repeat(5_000)).chars().count(), TEXT_MAX);
    }
}
