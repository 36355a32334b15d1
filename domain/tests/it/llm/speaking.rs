//! Spoken turns.

use std::time::{Duration, Instant};

use domain::ModelFailure;
use domain::interview::{Act, Interviewer, Spoken};
use domain::llm::{ModelConfig, ModelInterviewer};
use serde_json::json;
use testkit::upstream::{Calls, Interruption, Reply, Script, nobody_listens};
use tokio::sync::mpsc;

use super::briefs::{ANSWER, SOON, hear, impatient, interviewer, probe, speech, upstream};

const SENTENCE: &str = "‘정렬’이라고 하셨는데, 왜 그런가요?";

#[tokio::test]
async fn a_natural_probe_goes_back_to_the_answer() {
    let upstream = upstream().await;
    let (text, spoken) = hear(&interviewer(&upstream), &probe()).await;
    assert_eq!(spoken, Ok(Spoken::Said));
    assert!(text.contains("인덱스는 키를 정렬해"), "{text}");
    let requests = upstream.requests();
    assert_eq!(requests[0].headers["authorization"], "Bearer sk-canary");
    assert_eq!(requests[0].body["stream"], true);
    for message in requests[0].body["messages"].as_array().expect("messages") {
        let content = message["content"].as_str().expect("a text");
        assert!(message["role"] == "user" || !content.contains(ANSWER));
    }
    assert!(upstream.calls_become(SOON, |calls| calls.started == 1 && calls.finished == 1).await);
    assert_eq!(upstream.calls().aborted, 0);
}

#[tokio::test]
async fn every_act_is_spoken() {
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    for (act, expected) in [
        (Act::Greet, "안녕하세요"),
        (Act::MoveOn { skipped: false }, "다음 질문"),
        (Act::MoveOn { skipped: true }, "다음 질문"),
        (Act::Close { early: false }, "여기까지"),
    ] {
        let (text, spoken) = hear(&interviewer, &speech(act)).await;
        assert_eq!(spoken, Ok(Spoken::Said));
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn every_way_to_send_it_gives_the_same_words() {
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    let text = || Script::text(SENTENCE);
    let whole = json!({ "choices": [{ "message": { "role": "assistant", "content": SENTENCE } }] });
    for (name, script) in [
        ("plain", text()),
        ("bytes", text().split(1)),
        ("crlf", text().crlf()),
        ("crlf in threes", text().crlf().split(3)),
        ("comments", text().comments()),
        ("no [DONE]", text().without_done()),
        ("no finish reason", text().without_finish_reason()),
        ("neither", text().without_done().without_finish_reason()),
        ("reasoning", text().reasoning("속으로만 하는 생각")),
        ("thoughts", Script::tokens(["<thi", "nk>속으로만", " 하는 생각</th", "ink>\n\n", SENTENCE])),
        ("slow", text().token_delay(Duration::from_millis(20))),
        ("not streamed", Script::page("application/json", whole.to_string())),
    ] {
        upstream.push(script);
        let heard = hear(&interviewer, &probe()).await;
        assert_eq!(heard, (SENTENCE.to_owned(), Ok(Spoken::Said)), "{name}");
    }
    assert_eq!(upstream.calls().started, 12);
}

#[tokio::test]
async fn an_exhausted_question_is_left_without_a_word() {
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    for tokens in [vec!["[NEXT]"], vec!["\n[", "NE", "XT]"], vec!["<think>x</think>", "**[NEXT]**"]] {
        upstream.push(Script::tokens(tokens));
        assert_eq!(hear(&interviewer, &probe()).await, (String::new(), Ok(Spoken::MoveOn)));
    }
    // Only a probe can be left out.
    upstream.push(Script::text("[NEXT]"));
    let (text, spoken) = hear(&interviewer, &speech(Act::Greet)).await;
    assert_eq!((text.as_str(), spoken), ("", Err(ModelFailure::Broken)));
}

#[tokio::test]
async fn failures_before_the_first_word_are_named_and_tried_again_where_it_helps() {
    use ModelFailure::{Broken, Limited, Refused, Unreachable};
    let error = json!({ "message": "overloaded", "type": "server_error" });
    let limited = json!({ "message": "slow down", "code": "rate_limit_exceeded" });
    let first = |interruption| Script::text(SENTENCE).interrupt_after(0, interruption);
    let cases = [
        // Once with `stream_options`, once without.
        ("400", Script::status(400), Broken, 2),
        ("401", Script::status(401), Refused, 1),
        ("403", Script::status(403), Refused, 1),
        ("404", Script::status(404), Broken, 1),
        ("429", Script::status(429), Limited, 2),
        ("429 soon", Script::slow_down("0"), Limited, 2),
        ("429 later", Script::slow_down("3600"), Limited, 1),
        ("429 later, as a date", Script::slow_down("Fri, 01 Jan 2100 00:00:00 GMT"), Limited, 1),
        ("500", Script::status(500), Broken, 2),
        ("503", Script::status(503), Broken, 2),
        ("html", Script::html(), Broken, 2),
        ("garbage", Script::garbage(), Broken, 2),
        ("broken JSON", first(Interruption::BrokenJson), Broken, 2),
        ("error", first(Interruption::Error(error)), Broken, 2),
        ("limit as an event", first(Interruption::Error(limited)), Limited, 2),
        ("empty", Script::text(""), Broken, 1),
        ("empty, without [DONE]", Script::text("").without_done(), Broken, 1),
        ("refusal", Reply::Refusal("No.".to_owned()).into(), Broken, 1),
        ("only thoughts", Script::text("<think>끝없는 생각"), Broken, 1),
        ("reset", Reply::Reset.into(), Unreachable, 2),
        ("reset after headers", first(Interruption::Reset), Unreachable, 2),
    ];
    // One for all, since setting up a client takes its time.
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    for (name, script, failure, calls) in cases {
        let before = upstream.calls().started;
        upstream.always(script);
        let (text, spoken) = hear(&interviewer, &probe()).await;
        assert_eq!((text.as_str(), spoken), ("", Err(failure)), "{name}");
        assert_eq!(upstream.calls().started - before, calls, "{name}");
    }
    // Nothing is left running.
    let settled = |calls: Calls| calls.finished + calls.aborted == calls.started;
    assert!(upstream.calls_become(SOON, settled).await);
}

#[tokio::test]
async fn silence_before_the_first_word_is_not_waited_out_twice() {
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    let first = |interruption| Script::text(SENTENCE).interrupt_after(0, interruption);
    let scripts = [Reply::Hang.into(), first(Interruption::Stall), first(Interruption::OnlyComments)];
    for script in scripts {
        upstream.always(script);
        let failed = hear(&interviewer, &probe()).await;
        assert_eq!(failed, (String::new(), Err(ModelFailure::TimedOut)));
    }
    assert!(upstream.calls_become(SOON, |calls| calls.started == 3 && calls.aborted == 3).await);
}

#[tokio::test]
async fn nobody_listens_is_unreachable() {
    let base_url = nobody_listens().await.expect("a free port");
    let interviewer = ModelInterviewer::new(impatient(base_url)).expect("a usable configuration");
    assert_eq!(hear(&interviewer, &probe()).await.1, Err(ModelFailure::Unreachable));
}

#[tokio::test]
async fn the_second_attempt_may_succeed() {
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    upstream.always(Script::text(SENTENCE));
    for script in [Script::status(429), Script::status(503), Script::html(), Reply::Reset.into()] {
        upstream.push(script);
        let heard = hear(&interviewer, &probe()).await;
        assert_eq!(heard, (SENTENCE.to_owned(), Ok(Spoken::Said)));
    }
    assert_eq!(upstream.calls().started, 8);
}

#[tokio::test]
async fn failures_after_the_first_word_are_never_tried_again() {
    use ModelFailure::{Broken, TimedOut, Unreachable};
    let error = json!({ "message": "overloaded" });
    let upstream = upstream().await;
    let interviewer = interviewer(&upstream);
    for (interruption, failure) in [
        (Interruption::Stall, TimedOut),
        (Interruption::OnlyComments, TimedOut),
        (Interruption::Reset, Unreachable),
        (Interruption::Error(error), Broken),
        (Interruption::BrokenJson, Broken),
    ] {
        let before = upstream.calls().started;
        upstream.always(Script::tokens(["하나 ", "둘 ", "셋"]).interrupt_after(2, interruption.clone()));
        let (text, spoken) = hear(&interviewer, &probe()).await;
        assert_eq!((text.as_str(), spoken), ("하나 둘", Err(failure)), "{interruption:?}");
        assert_eq!(upstream.calls().started - before, 1, "{interruption:?}");
    }
    // A body that ends in good order is a turn that ends.
    upstream.always(Script::tokens(["하나 ", "둘"]).interrupt_after(2, Interruption::End));
    assert_eq!(hear(&interviewer, &probe()).await, ("하나 둘".to_owned(), Ok(Spoken::Said)));
}

#[tokio::test]
async fn a_stopped_turn_ends_its_call_at_once() {
    for script in [
        Reply::Hang.into(),
        Script::text(SENTENCE).interrupt_after(0, Interruption::Stall),
        Script::text(SENTENCE).interrupt_after(2, Interruption::Stall),
        Reply::Flood("말 ".to_owned()).into(),
    ] {
        let upstream = upstream().await;
        upstream.always(script);
        let config = ModelConfig {
            first_token_timeout: Duration::from_secs(20),
            idle_timeout: Duration::from_secs(20),
            ..impatient(upstream.base_url())
        };
        let interviewer = ModelInterviewer::new(config).expect("a usable configuration");
        let (words, heard) = mpsc::channel(1);
        let turn = tokio::spawn(async move { interviewer.speak(&probe(), words).await });
        assert!(upstream.calls_become(SOON, |calls| calls.started == 1).await);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let stopped = Instant::now();
        drop(heard);
        assert!(upstream.calls_become(SOON, |calls| calls.aborted == 1).await);
        assert!(stopped.elapsed() < Duration::from_millis(300), "{:?}", stopped.elapsed());
        assert_eq!(turn.await.expect("no panic"), Ok(Spoken::Said));
    }
}

#[tokio::test]
async fn a_dropped_turn_ends_its_call_at_once() {
    for script in [Reply::Hang.into(), Script::text(SENTENCE).interrupt_after(2, Interruption::Stall)] {
        let upstream = upstream().await;
        upstream.always(script);
        let interviewer = interviewer(&upstream);
        let (words, _heard) = mpsc::channel(64);
        let turn = tokio::spawn(async move { interviewer.speak(&probe(), words).await });
        assert!(upstream.calls_become(SOON, |calls| calls.started == 1).await);
        turn.abort();
        assert!(upstream.calls_become(Duration::from_millis(300), |calls| calls.aborted == 1).await);
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_and_its_call_ended() {
    let upstream = upstream().await;
    upstream.always(Script::from(Reply::Flood("이것은 한 문장입니다. ".to_owned())));
    let (text, spoken) = hear(&interviewer(&upstream), &probe()).await;
    assert_eq!(spoken, Ok(Spoken::Said));
    assert!(text.chars().count() <= 1_200 && text.ends_with("문장입니다."), "{text}");
    assert!(upstream.calls_become(SOON, |calls| calls.aborted == 1).await);
}

#[tokio::test]
async fn only_one_question_is_asked() {
    let upstream = upstream().await;
    upstream.push(Script::text("왜 그런가요? 그리고 언제 쓰나요? 누가 쓰나요?"));
    assert_eq!(hear(&interviewer(&upstream), &probe()).await.0, "왜 그런가요?");
}

#[tokio::test]
async fn a_hundred_turns_make_a_hundred_calls() {
    let upstream = upstream().await;
    let config = ModelConfig {
        first_token_timeout: Duration::from_secs(20),
        idle_timeout: Duration::from_secs(20),
        ..impatient(upstream.base_url())
    };
    let interviewer = ModelInterviewer::new(config).expect("a usable configuration");
    let brief = probe();
    let turns = (0..100).map(|_| async {
        let (words, mut heard) = mpsc::channel::<String>(4);
        let listening = async { while heard.recv().await.is_some() {} };
        tokio::join!(interviewer.speak(&brief, words), listening).0
    });
    for spoken in futures::future::join_all(turns).await {
        assert_eq!(spoken, Ok(Spoken::Said));
    }
    assert_eq!(upstream.calls().started, 100);
}

#[test]
fn a_configuration_keeps_its_key_to_itself() {
    let config = impatient("http://127.0.0.1:1/v1".to_owned());
    assert!(!format!("{config:?}").contains("sk-canary"));
    let interviewer = ModelInterviewer::new(config).expect("a usable configuration");
    assert!(!format!("{interviewer:?}").contains("sk-canary"));
    let broken = |config: ModelConfig| assert!(ModelInterviewer::new(config).is_err());
    broken(impatient("no address".to_owned()));
    broken(impatient("file:///etc".to_owned()));
    broken(ModelConfig::new(" "));
    broken(ModelConfig { api_key: Some("a\nb".into()), ..ModelConfig::new("x") });
}
