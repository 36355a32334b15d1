//! Sound: who makes it, who stands in for whom, and what its address opens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::accounts::service as accounts;
use domain::audio::{Audio, Espeak, ModelVoice, SpeechFailure, SpeechSynthesizer, VoiceConfig, service};
use domain::entities::{audio_clip, model_usage};
use domain::questions::Language;
use domain::{App, Error, Problem};
use sea_orm::EntityTrait;
use testkit::upstream::{ScriptedUpstream, SpeechScript, nobody_listens};
use testkit::{Fixture, PASSWORD, each_database};

/// Says the same to everything.
struct Voice(Result<&'static [u8], SpeechFailure>);

#[async_trait::async_trait]
impl SpeechSynthesizer for Voice {
    fn name(&self) -> &'static str {
        "a test"
    }

    async fn speak(&self, _: &str, _: Language) -> Result<Audio, SpeechFailure> {
        let media_type = "audio/mpeg".to_owned();
        self.0.map(|bytes| Audio { media_type, bytes: bytes.to_vec() })
    }
}

fn voice(base_url: String) -> ModelVoice {
    let config = VoiceConfig {
        base_url: Some(base_url),
        api_key: Some("sk-canary".into()),
        voice: Some("nova".to_owned()),
        timeout: Duration::from_millis(500),
        ..VoiceConfig::new("scripted-speech")
    };
    ModelVoice::new(config).expect("a usable configuration")
}

async fn upstream() -> ScriptedUpstream {
    ScriptedUpstream::start().await.expect("a free port")
}

async fn is_not_found(app: &App, token: &str) -> bool {
    let problem = service::read(app, token).await.err().map(Error::into_problem);
    problem == Some(Problem::NotFound)
}

#[tokio::test]
async fn a_model_is_asked_as_its_api_has_it() {
    let upstream = upstream().await;
    let audio = voice(upstream.base_url()).speak("왜 그런가요?", Language::Korean).await.expect("a sound");
    assert_eq!(audio.media_type, "audio/mpeg");
    assert!(audio.bytes.starts_with(&[0xff, 0xfb]));
    let requests = upstream.requests();
    assert_eq!(requests[0].path, "/v1/audio/speech");
    assert_eq!(requests[0].headers["authorization"], "Bearer sk-canary");
    let body = &requests[0].body;
    assert_eq!((&body["model"], &body["voice"]), (&"scripted-speech".into(), &"nova".into()));
    assert_eq!((&body["input"], &body["response_format"]), (&"왜 그런가요?".into(), &"mp3".into()));
}

#[tokio::test]
async fn whatever_goes_wrong_with_a_model_ends_soon() {
    let upstream = upstream().await;
    let voice_there = voice(upstream.base_url());
    for (script, expected) in [
        (SpeechScript::Status(500), SpeechFailure::Refused(500)),
        (SpeechScript::Status(401), SpeechFailure::Refused(401)),
        (SpeechScript::Page, SpeechFailure::Broken),
        (SpeechScript::Bytes(9 << 20), SpeechFailure::Broken),
        (SpeechScript::Hang, SpeechFailure::TimedOut),
    ] {
        upstream.speech(script.clone());
        let started = Instant::now();
        let failed = voice_there.speak("Why?", Language::English).await.err();
        assert_eq!(failed, Some(expected), "{script:?}");
        assert!(started.elapsed() < Duration::from_secs(5), "{script:?}");
    }
    let nobody = voice(nobody_listens().await.expect("a port"));
    assert_eq!(nobody.speak("Why?", Language::English).await.err(), Some(SpeechFailure::Unreachable));
}

#[tokio::test]
async fn the_next_voice_stands_in_for_one_that_fails() {
    let (failing, speaking) = (Voice(Err(SpeechFailure::Unreachable)), Voice(Ok(b"second")));
    let fixture = Fixture::speaking(None, vec![Arc::new(failing), Arc::new(speaking)]).await;
    let viewer = fixture.person("mina").await;
    let token = service::create(&fixture.app, &viewer, "Why?", Language::English).await.expect("a link");
    let audio = service::read(&fixture.app, &token).await.expect("a sound");
    assert_eq!((audio.media_type.as_str(), audio.bytes.as_slice()), ("audio/mpeg", b"second".as_slice()));
}

#[tokio::test]
async fn a_speech_model_is_counted_and_a_program_is_not() {
    let upstream = upstream().await;
    let (model, program) = (voice(upstream.base_url()), Voice(Ok(b"program")));
    let fixture = Fixture::speaking(None, vec![Arc::new(model), Arc::new(program)]).await;
    let viewer = fixture.person("mina").await;
    for script in [SpeechScript::Silence, SpeechScript::Status(429)] {
        upstream.speech(script);
        service::create(&fixture.app, &viewer, "Why is that so?", Language::English).await.expect("a link");
    }
    let tasks = &fixture.app.tasks;
    tasks.close();
    tasks.wait().await;
    let rows = model_usage::Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
    let [row] = &rows[..] else { panic!("one row: {rows:?}") };
    assert_eq!((row.model.as_str(), row.purpose.as_str()), ("scripted-speech", "speech"));
    assert_eq!((row.calls, row.limited, row.broken), (2, 1, 0));
    // Four letters to a token, of the call that was answered.
    assert_eq!((row.estimated_prompt_tokens, row.estimated_completion_tokens), (4, 0));
}

#[tokio::test]
async fn there_is_no_link_when_nobody_speaks() {
    let silent = Fixture::sqlite(None).await;
    let viewer = silent.person("mina").await;
    assert_eq!(service::create(&silent.app, &viewer, "Why?", Language::English).await, None);
    let failing = Fixture::speaking(None, vec![Arc::new(Voice(Err(SpeechFailure::TimedOut)))]).await;
    let viewer = failing.person("mina").await;
    assert_eq!(service::create(&failing.app, &viewer, "Why?", Language::English).await, None);
    assert_eq!(service::create(&failing.app, &viewer, "", Language::English).await, None);
}

#[tokio::test]
async fn a_link_opens_for_an_hour_and_is_stored_as_a_hash() {
    let fixture = Fixture::speaking(None, vec![Arc::new(Voice(Ok(b"sound")))]).await;
    let app = &fixture.app;
    let viewer = fixture.person("mina").await;
    fixture.set_clock("2026-11-21T10:00:00Z");
    let token = service::create(app, &viewer, "Why?", Language::English).await.expect("a link");
    assert_eq!(token.len(), 64);
    let rows = audio_clip::Entity::find().all(app.database.reader()).await.expect("the rows");
    assert!(rows.len() == 1 && !format!("{rows:?}").contains(&token));
    for guessed in ["", "0", &"0".repeat(64), &rows[0].token_hash] {
        assert!(is_not_found(app, guessed).await, "{guessed}");
    }
    fixture.set_clock("2026-11-21T10:59:59Z");
    assert_eq!(service::read(app, &token).await.expect("a sound").bytes, b"sound");
    fixture.set_clock("2026-11-21T11:00:00Z");
    assert!(is_not_found(app, &token).await);
    service::delete_expired(app).await.expect("deleted");
    assert!(audio_clip::Entity::find().all(app.database.reader()).await.expect("the rows").is_empty());
}

#[tokio::test]
async fn sounds_go_with_their_account() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let row = audio_clip::Model {
            id: uuid::Uuid::now_v7(),
            user_id: viewer.id,
            token_hash: "x".to_owned(),
            media_type: "audio/mpeg".to_owned(),
            bytes: vec![0, 255, 10],
            expires_at: app.now() + chrono::Duration::hours(1),
            created_at: app.now(),
        };
        let row: audio_clip::ActiveModel = row.into();
        audio_clip::Entity::insert(row).exec_without_returning(app.database.writer()).await.expect("stored");
        let rows = audio_clip::Entity::find().all(app.database.reader()).await.expect("the rows");
        assert_eq!(rows[0].bytes, [0, 255, 10]);
        accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert!(audio_clip::Entity::find().all(app.database.reader()).await.expect("the rows").is_empty());
    })
    .await;
}

/// CI installs the program. Somebody who has not got it sees the rest of this file pass.
#[tokio::test]
async fn the_program_that_is_installed_speaks_both_languages() {
    let Some(espeak) = Espeak::find() else { return };
    for (text, language) in
        [("--help; $(id) 왜 그런가요?", Language::Korean), ("-w /tmp/out Why is that?", Language::English)]
    {
        let audio = espeak.speak(text, language).await.expect("a sound");
        assert_eq!(audio.media_type, "audio/wav");
        assert!(audio.bytes.len() > 10_000, "{} bytes", audio.bytes.len());
        let told = u32::from_le_bytes(audio.bytes[40..44].try_into().expect("four bytes"));
        assert_eq!(told as usize, audio.bytes.len() - 44);
    }
}

#[cfg(unix)]
mod programs {
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    /// A program that does this.
    fn program(folder: &TempDir, script: &str) -> PathBuf {
        let path = folder.path().join("espeak-ng");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("made executable");
        path
    }

    #[tokio::test]
    async fn a_text_goes_in_by_standard_input_and_never_as_an_argument() {
        let folder = TempDir::new().expect("a folder");
        let path = program(&folder, "printf 'RIFF0000WAVE%s|' \"$*\"; /bin/cat");
        let audio = Espeak::at(&path).speak("비밀입니다", Language::Korean).await.expect("a sound");
        assert_eq!(
            String::from_utf8_lossy(&audio.bytes),
            "RIFF0000WAVE-v ko -b 1 --stdin --stdout|비밀입니다"
        );
    }

    #[tokio::test]
    async fn a_program_that_hangs_or_fails_makes_no_sound_and_is_killed() {
        let folder = TempDir::new().expect("a folder");
        let mark = folder.path().join("survived");
        let hanging = program(&folder, &format!("/bin/sleep 2; echo > {}", mark.display()));
        let espeak = Espeak::at(&hanging).within(Duration::from_millis(200));
        let started = Instant::now();
        assert_eq!(espeak.speak("Why?", Language::English).await.err(), Some(SpeechFailure::TimedOut));
        assert!(started.elapsed() < Duration::from_secs(2));
        for script in ["exit 1", "echo no sound", "printf 'RIFF0000WAVE'; exit 3"] {
            let espeak = Espeak::at(&program(&folder, script));
            assert_eq!(
                espeak.speak("Why?", Language::English).await.err(),
                Some(SpeechFailure::Broken),
                "{script}"
            );
        }
        let missing = Espeak::at(&folder.path().join("nowhere"));
        assert_eq!(missing.speak("Why?", Language::English).await.err(), Some(SpeechFailure::Unreachable));
        assert!(!mark.exists(), "it was killed before it went on");
    }
}
