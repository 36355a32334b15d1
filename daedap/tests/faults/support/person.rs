//! Somebody with a browser.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Events, Program, until};

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    http: reqwest::Client,
    base: String,
    cookie: String,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It was done.
    Yes(Value),
    /// It was not done, for this reason and with this status.
    No(u16, Value),
    /// No answer came: nobody knows whether it was done.
    Nothing,
}

impl Said {
    pub fn yes(self) -> Value {
        match self {
            Self::Yes(value) => value,
            other => panic!("refused: {other:?}"),
        }
    }

    pub fn id(self) -> Uuid {
        let value = self.yes();
        value.as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id: {value}"))
    }

    /// The HTTP status and the word of the problem.
    pub fn no(&self) -> (u16, &str) {
        match self {
            Self::No(status, problem) => (*status, problem["problem"].as_str().unwrap_or_default()),
            other => panic!("not refused: {other:?}"),
        }
    }
}

/// A client that behaves like a browser and keeps many connections.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .expect("a client")
}

impl Person {
    /// Nobody yet, on this program.
    pub fn anonymous(program: &Program, name: &str) -> Self {
        Self { name: name.to_owned(), http: http(), base: program.url(""), cookie: String::new() }
    }

    /// A new account of that name, signed in.
    pub async fn register(program: &Program, name: &str) -> Self {
        let mut person = Self::anonymous(program, name);
        let account = json!({
            "username": name, "email": format!("{name}@example.com"), "language": "ko",
            "password": PASSWORD, "password_confirmation": PASSWORD,
        });
        person.enter("accounts/register", json!({ "account": account })).await.yes();
        person
    }

    /// The same person with the same cookie, on another program or on the same one after a restart.
    pub fn at(&self, program: &Program) -> Self {
        Self { base: program.url(""), http: http(), ..self.clone() }
    }

    /// A call that gives a new session, which is kept.
    pub async fn enter(&mut self, function: &str, arguments: Value) -> Said {
        let Ok(response) = self.request(function, &arguments).send().await else { return Said::Nothing };
        let cookies = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let mut session = cookies.filter_map(|cookie| cookie.split(';').next());
        if let Some(session) = session.rfind(|cookie| cookie.contains("daedap_session=")) {
            self.cookie = session.to_owned();
        }
        read(response).await
    }

    /// A call of a form: its result is yes, or a problem.
    pub async fn ask(&self, function: &str, arguments: Value) -> Said {
        match self.request(function, &arguments).send().await {
            Ok(response) => read(response).await,
            Err(_) => Said::Nothing,
        }
    }

    /// A page, as its status and its text.
    pub async fn page(&self, path: &str) -> Option<(u16, String)> {
        let request = self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.text().await.ok()?))
    }

    /// Sends a file as a page does. Says the status, and what was answered.
    pub async fn send_file(&self, path: &str, file: Vec<u8>) -> (u16, Value) {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/octet-stream")
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .body(file);
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    fn request(&self, function: &str, arguments: &Value) -> reqwest::RequestBuilder {
        self.http
            .post(format!("{}/web/{function}", self.base))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &self.cookie)
            .body(arguments.to_string())
    }

    /// Starts an interview in coaching mode: three questions on computer science, in Korean.
    pub async fn start(&self, request_id: Uuid) -> Said {
        let interview = json!({
            "request_id": request_id, "field": "cs", "topics": [], "level": "junior", "language": "ko",
            "question_count": 3, "mode": "coaching",
        });
        self.ask("interview/start", json!({ "interview": interview })).await
    }

    pub async fn answer(&self, interview: Uuid, number: u64, request_id: Uuid, text: &str) -> Said {
        let answer =
            json!({ "id": interview, "turn_number": number, "request_id": request_id, "text": text });
        self.ask("interview/answer", answer).await
    }

    pub async fn act(&self, interview: Uuid, number: u64, action: &str) -> Said {
        self.ask("interview/act", json!({ "id": interview, "turn_number": number, "action": action })).await
    }

    pub async fn save_draft(&self, interview: Uuid, text: &str) -> Said {
        self.ask("interview/save-draft", json!({ "id": interview, "text": text })).await
    }

    pub async fn room(&self, interview: Uuid) -> Said {
        self.ask("interview/room", json!({ "id": interview })).await
    }

    /// Units of today that are used.
    pub async fn used(&self) -> u64 {
        let page = self.ask("quotas/allowance", json!({})).await.yes();
        page["allowance"]["used"].as_u64().expect("a count")
    }

    /// Units and reasons of the ledger, newest first.
    pub async fn ledger(&self) -> Vec<(i64, String)> {
        let page = self.ask("quotas/allowance", json!({})).await.yes();
        let lines = page["entries"].as_array().expect("lines").iter();
        let line = |line: &Value| {
            let entry = &line["entry"];
            (entry["units"].as_i64().expect("units"), entry["reason"].as_str().expect("a word").to_owned())
        };
        lines.map(line).collect()
    }

    /// The room once its last turn is not running any more.
    pub async fn quiet(&self, interview: Uuid, within: Duration) -> Value {
        until("a quiet room", within, async || {
            let Said::Yes(room) = self.room(interview).await else { return false };
            let turns = room["turns"].as_array().expect("turns");
            turns.iter().all(|turn| turn["status"] != "running")
        })
        .await;
        self.room(interview).await.yes()
    }

    /// Listens to the room, from the cursor on.
    pub async fn listen(&self, interview: Uuid, since: Option<&str>) -> Events {
        self.try_to_listen(interview, since).await.expect("the stream opens")
    }

    /// As [`Person::listen`], when there still is a room and a program.
    pub async fn try_to_listen(&self, interview: Uuid, since: Option<&str>) -> Option<Events> {
        let since = since.map(|cursor| format!("?since={cursor}")).unwrap_or_default();
        let request = self.http.get(format!("{}/interviews/{interview}/events{since}", self.base));
        let request = request.header("cookie", &self.cookie).timeout(Duration::from_secs(600));
        let response = request.send().await.ok()?;
        response.status().is_success().then(|| Events::new(response))
    }

    /// The head of a request for the room's event stream, for a reader that brings its own socket.
    pub fn listen_by_hand(&self, interview: Uuid) -> String {
        let host = self.base.trim_start_matches("http://");
        let cookie = &self.cookie;
        format!("GET /interviews/{interview}/events HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n")
    }
}

/// Forms answer `{"Ok": …}` or `{"Err": …}`, pages the thing itself, and what no input can put right comes with a status.
async fn read(response: reqwest::Response) -> Said {
    let status = response.status();
    let Ok(text) = response.text().await else { return Said::Nothing };
    let body: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    if !status.is_success() {
        return Said::No(status.as_u16(), problem(body));
    }
    match body {
        Value::Object(mut fields) if fields.len() == 1 && fields.contains_key("Ok") => {
            Said::Yes(fields.remove("Ok").unwrap_or_default())
        }
        Value::Object(mut fields) if fields.len() == 1 && fields.contains_key("Err") => {
            Said::No(status.as_u16(), fields.remove("Err").unwrap_or_default())
        }
        other => Said::Yes(other),
    }
}

/// Server functions put the problem into `{"problem": {…}}`, plain routes do not.
fn problem(body: Value) -> Value {
    match body {
        Value::Object(mut fields) if fields.get("problem").is_some_and(Value::is_object) => {
            fields.remove("problem").unwrap_or_default()
        }
        other => other,
    }
}

/// The number that the candidate's next turn gets, when it is the candidate's turn.
pub fn awaited(room: &Value) -> Option<u64> {
    let last = room["turns"].as_array()?.last()?;
    let is_awaited = last["speaker"] == "interviewer"
        && last["status"] == "done"
        && last["kind"] != "closing"
        && room["interview"]["status"] == "running";
    is_awaited.then(|| last["number"].as_u64().map(|number| number + 1))?
}
