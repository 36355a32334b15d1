//! An application on a database of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::accounts::{NewAccount, service as accounts};
use domain::audio::SpeechSynthesizer;
use domain::database::Database;
use domain::documents::Reader;
use domain::github::{Client, GithubConfig};
use domain::interview::{Interviewer, NewInterview, RoomView, Status, TurnStatus, service as interviews};
use domain::material::NewMaterials;
use domain::privacy::{Purpose, Recipient};
use domain::questions::Bank;
use domain::{App, Parts, Settings, Viewer};
use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use uuid::Uuid;

use crate::github::ScriptedGithub;

/// The password of every account that a fixture makes.
pub const PASSWORD: &str = "correct horse battery";

/// An application for one test. Its clock stands where the test puts it.
pub struct Fixture {
    pub app: App,
    pub url: String,
    /// Where its profiles are read.
    pub github: Arc<ScriptedGithub>,
    clock: Arc<Mutex<Option<DateTime<Utc>>>>,
    /// Holds the SQLite file until the test is over.
    _folder: Option<Arc<TempDir>>,
}

/// What differs between the applications of tests.
#[derive(Default)]
struct Choices {
    model: Option<Arc<dyn Interviewer>>,
    voices: Vec<Arc<dyn SpeechSynthesizer>>,
    paces_words: bool,
    retention_max_days: Option<u32>,
    github: GithubChoice,
}

/// Where profiles are read.
#[derive(Default)]
enum GithubChoice {
    /// At the scripted one.
    #[default]
    Scripted,
    /// The same with less patience.
    Within(Duration),
    /// The same under a token.
    Under(&'static str),
    At(String),
    Nowhere,
}

impl GithubChoice {
    fn client(self, scripted: &ScriptedGithub) -> Option<Client> {
        let usual = GithubConfig::new(scripted.base_url());
        let config = match self {
            Self::Scripted => usual,
            Self::Within(patience) => GithubConfig { patience, ..usual },
            Self::Under(token) => GithubConfig { token: Some(token.into()), ..usual },
            Self::At(address) => GithubConfig::new(address),
            Self::Nowhere => return None,
        };
        Some(Client::new(config).expect("a loopback address"))
    }
}

/// Runs a test on SQLite, and on PostgreSQL too when `DAEDAP_TEST_POSTGRES` names a server that it may make databases on.
///
/// # Panics
/// When the test does, or when a database cannot be made.
pub async fn each_database<F: Future<Output = ()>>(test: impl Fn(Fixture) -> F) {
    test(Fixture::sqlite(None).await).await;
    if let Some(fixture) = Fixture::postgres(None).await {
        test(fixture).await;
    }
}

impl Fixture {
    /// An application on a new SQLite file.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite(model: Option<Arc<dyn Interviewer>>) -> Self {
        Self::sqlite_with(Choices { model, ..Choices::default() }).await
    }

    /// The same with somebody to read texts aloud.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn speaking(
        model: Option<Arc<dyn Interviewer>>,
        voices: Vec<Arc<dyn SpeechSynthesizer>>,
    ) -> Self {
        Self::sqlite_with(Choices { model, voices, ..Choices::default() }).await
    }

    /// An application whose own words come at the pace of a room.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn paced() -> Self {
        Self::sqlite_with(Choices { paces_words: true, ..Choices::default() }).await
    }

    async fn sqlite_with(choices: Choices) -> Self {
        let folder = Arc::new(TempDir::new().expect("a temporary folder"));
        let url = format!("sqlite://{}/daedap.db", folder.path().display());
        Self::on_new(url, Some(folder), choices).await
    }

    /// An application on a new PostgreSQL database, where there is a server.
    ///
    /// # Panics
    /// When there is one and no database can be made.
    pub async fn postgres(model: Option<Arc<dyn Interviewer>>) -> Option<Self> {
        let server = std::env::var("DAEDAP_TEST_POSTGRES").ok()?;
        let name = format!("test_{}", Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).simple());
        let connection = sea_orm::Database::connect(&server).await.expect("PostgreSQL answers");
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
        connection.close().await.expect("closed");
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        Some(Self::on_new(format!("{base}/{name}"), None, Choices { model, ..Choices::default() }).await)
    }

    async fn on_new(url: String, folder: Option<Arc<TempDir>>, choices: Choices) -> Self {
        let database = Database::connect(&url).await.expect("a database");
        Migrator::up(database.writer(), None).await.expect("migrated");
        let github = Arc::new(ScriptedGithub::start().await.expect("a port"));
        Self::assembled(url, database, folder, github, choices)
    }

    fn assembled(
        url: String,
        database: Database,
        folder: Option<Arc<TempDir>>,
        github: Arc<ScriptedGithub>,
        choices: Choices,
    ) -> Self {
        // What the program logs stands below a test that fails. Only the first of a process can be the global one.
        let _ = tracing_subscriber::fmt().with_test_writer().try_init();
        let recipients = choices.model.iter().map(|_| Recipient {
            purpose: Purpose::Model,
            host: "model.example".to_owned(),
            name: Some("scripted".to_owned()),
        });
        let recipients = recipients.collect();
        let clock = Arc::new(Mutex::new(None));
        let app = App::new(Parts {
            database,
            bank: Bank::load(None).expect("the built-in bank"),
            model: choices.model,
            voices: choices.voices,
            documents: Reader::here(),
            github: choices.github.client(&github),
            settings: Settings {
                daily_limit: 5,
                chat_limit: 5,
                letter_limit: 20,
                time_zone: chrono_tz::Asia::Seoul,
                paces_words: choices.paces_words,
                model_prices: "scripted=0.50/2".parse().expect("a price"),
                recipients,
                retention_max_days: choices.retention_max_days,
            },
            clock: {
                let clock = clock.clone();
                let folder = folder.clone();
                Arc::new(move || {
                    // A test that keeps nothing but the application still needs its database.
                    let _ = &folder;
                    clock.lock().expect("the clock").unwrap_or_else(Utc::now)
                })
            },
        });
        Self { app, url, github, clock, _folder: folder }
    }

    /// A second program on the same database, as after a crash or on another node.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn another(&self, model: Option<Arc<dyn Interviewer>>) -> Self {
        self.another_with(Choices { model, ..Choices::default() }).await
    }

    /// The same database with an operator who keeps interviews for so many days at most.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn with_retention_max(&self, days: u32) -> Self {
        self.another_with(Choices { retention_max_days: Some(days), ..Choices::default() }).await
    }

    /// The same database with an operator who waits for GitHub no longer than that.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn with_github_patience(&self, patience: Duration) -> Self {
        self.another_with(Choices { github: GithubChoice::Within(patience), ..Choices::default() }).await
    }

    /// The same database with an operator who has a token for GitHub.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn with_github_token(&self, token: &'static str) -> Self {
        self.another_with(Choices { github: GithubChoice::Under(token), ..Choices::default() }).await
    }

    /// The same database with a GitHub at another address.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn with_github_at(&self, address: String) -> Self {
        self.another_with(Choices { github: GithubChoice::At(address), ..Choices::default() }).await
    }

    /// The same database with an operator who has switched profiles off.
    ///
    /// # Panics
    /// When the database is gone.
    pub async fn without_github(&self) -> Self {
        self.another_with(Choices { github: GithubChoice::Nowhere, ..Choices::default() }).await
    }

    async fn another_with(&self, choices: Choices) -> Self {
        let database = Database::connect(&self.url).await.expect("the same database");
        Self::assembled(self.url.clone(), database, self._folder.clone(), self.github.clone(), choices)
    }

    /// Stops the clock at a moment.
    ///
    /// # Panics
    /// When the moment is not of the form `2026-11-21T14:59:59Z`.
    pub fn set_clock(&self, moment: &str) {
        *self.clock.lock().expect("the clock") = Some(moment.parse().expect("a moment"));
    }

    /// Makes an account of that name and signs it in.
    ///
    /// # Panics
    /// When the name is taken or not allowed.
    pub async fn person(&self, name: &str) -> Viewer {
        let account = NewAccount {
            username: name.to_owned(),
            email: format!("{name}@example.com"),
            password: PASSWORD.to_owned(),
            password_confirmation: PASSWORD.to_owned(),
            language: "ko".to_owned(),
        };
        accounts::register(&self.app, account, None).await.expect("registered").viewer
    }

    /// A setup that the built-in bank can serve.
    pub fn setup(&self, language: &str) -> NewInterview {
        NewInterview {
            request_id: Uuid::now_v7(),
            field: "cs".to_owned(),
            topics: vec![],
            level: "junior".to_owned(),
            language: language.to_owned(),
            question_count: 3,
            mode: "coaching".to_owned(),
            materials: NewMaterials::default(),
            company: None,
        }
    }

    /// Starts an interview and waits for its first question.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn interview(&self, viewer: &Viewer, setup: NewInterview) -> (Uuid, RoomView) {
        let id = interviews::start(&self.app, viewer, setup).await.expect("started");
        (id, self.quiet(viewer, id).await)
    }

    /// The room once nobody is speaking in it.
    ///
    /// # Panics
    /// When that takes more than 10 seconds.
    pub async fn quiet(&self, viewer: &Viewer, id: Uuid) -> RoomView {
        for _ in 0..1000 {
            let room = interviews::room(&self.app, viewer, id).await.expect("the room");
            let speaking = room.turns.iter().any(|turn| turn.status == TurnStatus::Running);
            let writing = room.feedback.iter().any(|feedback| feedback.feedback.is_none());
            let unsettled = room.interview.status == Status::Finished && room.interview.band.is_none();
            if !speaking && !writing && !unsettled {
                return room;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the room did not become quiet");
    }

    /// Answers the awaited turn and waits for what the interviewer says to it.
    ///
    /// # Panics
    /// When no answer is awaited.
    pub async fn answer(&self, viewer: &Viewer, id: Uuid, text: &str) -> RoomView {
        let room = self.quiet(viewer, id).await;
        let number = room.awaited_turn().expect("an answer is awaited");
        interviews::answer(&self.app, viewer, id, number, Uuid::now_v7(), text.to_owned())
            .await
            .expect("answered");
        self.quiet(viewer, id).await
    }
}
