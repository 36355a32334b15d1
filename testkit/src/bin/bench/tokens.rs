//! How much later a word of the model reaches the page than it would reach a direct caller.
//!
//! The scripted upstream sends the time as its words, so that each word tells how long it was under way. The same upstream is read
//! twice in one run: directly, and as the events of an interview room.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, ensure};
use domain::interview::{RoomEvent, Speaker, TurnKind};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::{Value, json};
use testkit::Fixture;
use testkit::upstream::{Script, ScriptedUpstream};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::NAME;
use crate::client::{Connection, Events, call};
use crate::process::Server;
use crate::table::{Figure, Table, percentile};
use crate::visitor::Visitor;

/// Words of a turn.
const WORDS: usize = 40;
/// Pause between two words: a fast model.
const PAUSE: Duration = Duration::from_millis(15);
/// Turns that are measured at most. A follow-up can be measured: its words are passed on as they come.
const TURNS: usize = 20;
/// How long an interview may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// What one way took.
#[derive(Default)]
struct Way {
    /// From asking to the first word.
    first: Vec<Duration>,
    /// From the upstream to here, every word.
    words: Vec<Duration>,
}

/// Measures both ways and adds them to the table.
pub async fn measure(table: &mut Table, binary: &Path) -> anyhow::Result<()> {
    let upstream = ScriptedUpstream::start().await?;
    upstream.always(Script::stamps(WORDS).token_delay(PAUSE));
    let address: SocketAddr =
        upstream.base_url().trim_start_matches("http://").trim_end_matches("/v1").parse()?;

    let mut direct = Way::default();
    read_directly(&mut direct, address).await?;
    let mut through = Way::default();
    tokio::time::timeout(PATIENCE, read_through(&mut through, binary, &upstream.base_url()))
        .await
        .context("the interview takes too long")??;
    read_directly(&mut direct, address).await?;

    for percent in [50, 99] {
        let mut add = |name: &str, own: &mut Vec<Duration>, floor: &mut Vec<Duration>| {
            let (own, floor) = (percentile(own, percent), percentile(floor, percent));
            table.add(&format!("{name}: p{percent}"), Figure::Time(own), Figure::Time(floor));
            table.note(&format!("{name}: p{percent}, added"), Figure::Time(own.saturating_sub(floor)));
        };
        add("answer to first word", &mut through.first, &mut direct.first);
        add("each word under way", &mut through.words, &mut direct.words);
    }
    Ok(())
}

async fn read_directly(way: &mut Way, address: SocketAddr) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    for _ in 0..TURNS / 2 {
        let asked = Instant::now();
        let request = call("/v1/chat/completions", &json!({ "model": "m", "stream": true, "messages": [] }))?;
        let mut body = connection.send(request).await?.into_body();
        let mut events = Events::default();
        let mut begun = false;
        while let Some(frame) = body.frame().await {
            let frame = frame?;
            for data in frame.data_ref().map(|bytes| events.push(bytes)).unwrap_or_default() {
                let Ok(event) = serde_json::from_str::<Value>(&data) else { continue };
                let Some(text) = event["choices"][0]["delta"]["content"].as_str() else { continue };
                way.hear(text, now(), &mut begun, asked.elapsed());
            }
        }
    }
    Ok(())
}

/// Holds an interview in which every answer is too short, so that each is followed up.
async fn read_through(way: &mut Way, binary: &Path, upstream: &str) -> anyhow::Result<()> {
    let fixture = Fixture::sqlite(None).await;
    fixture.person(NAME).await;
    let server = Server::daedap(binary, &fixture.url, Some(upstream)).await?;
    let visitor = Visitor::sign_in(server.address, NAME).await?;
    let setup = json!({
        "request_id": Uuid::now_v7(), "field": "cs", "topics": [], "level": "junior", "language": "en",
        "question_count": 10, "mode": "realistic",
    });
    let started = visitor.call("/web/interview/start", &json!({ "interview": setup })).await?;
    let id: Uuid = started.as_str().context("an interview")?.parse()?;

    let room = visitor.get(&format!("/interviews/{id}/events"))?;
    let body = Connection::open(server.address).await?.send(room).await?.into_body();
    let (sender, mut events) = mpsc::unbounded_channel();
    // Apart, so that a word is heard when it comes.
    let listening = tokio::spawn(listen(body, sender));

    let (mut asked, mut begun, mut probe, mut measured) = (Instant::now(), false, false, 0);
    while let Some((at, clock, event)) = events.recv().await {
        match event {
            RoomEvent::Started { turn } if turn.speaker == Speaker::Interviewer => {
                (begun, probe) = (false, turn.kind == TurnKind::Probe);
                if probe {
                    way.hear(&turn.text, clock, &mut begun, at - asked);
                }
            }
            RoomEvent::Delta { text, .. } if probe => way.hear(&text, clock, &mut begun, at - asked),
            RoomEvent::Finished { turn } if turn.speaker == Speaker::Interviewer => {
                measured += usize::from(probe);
                probe = false;
                if measured == TURNS || turn.kind == TurnKind::Closing {
                    break;
                }
                let number = turn.number + 1;
                asked = Instant::now();
                let answer = json!({ "id": id, "turn_number": number, "request_id": Uuid::now_v7(), "text": "I do not know." });
                visitor.call("/web/interview/answer", &answer).await?;
            }
            RoomEvent::Failed { turn } => anyhow::bail!("the interviewer failed: {turn:?}"),
            _ => {}
        }
    }
    listening.abort();
    ensure!(way.words.len() >= WORDS * measured * 9 / 10 && measured > 0, "words are missing");
    Ok(())
}

/// Tells every event with the moment at which it came.
async fn listen(mut body: Incoming, sender: mpsc::UnboundedSender<(Instant, u64, RoomEvent)>) {
    let mut events = Events::default();
    while let Some(Ok(frame)) = body.frame().await {
        let (at, clock) = (Instant::now(), now());
        for data in frame.data_ref().map(|bytes| events.push(bytes)).unwrap_or_default() {
            let Ok(event) = serde_json::from_str(&data) else { continue };
            if sender.send((at, clock, event)).is_err() {
                return;
            }
        }
    }
}

impl Way {
    /// Takes the words of one event in. `clock` and `since_asked` tell when it came.
    fn hear(&mut self, text: &str, clock: u64, begun: &mut bool, since_asked: Duration) {
        for sent in text.split_whitespace().filter_map(|word| word.parse::<u64>().ok()) {
            self.words.push(Duration::from_micros(clock.saturating_sub(sent)));
            if !std::mem::replace(begun, true) {
                self.first.push(since_asked);
            }
        }
    }
}

/// Microseconds since 1970, as the upstream tells them.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or_default()
}
