//! The running application: what the services share.

use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::password::PasswordHasher;
use crate::accounts::throttle::Throttle;
use crate::audio::SpeechSynthesizer;
use crate::cores::Cores;
use crate::database::Database;
use crate::documents;
use crate::interview::{BuiltinInterviewer, Interviewer, Rooms};
use crate::letters::proposals;
use crate::privacy::Recipient;
use crate::questions::Bank;
use crate::score_check::CurrentRun;
use crate::takeout;
use crate::usage::{Meter, Prices};

/// What the operator has set, parsed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Interviews that a person may start a day, unless the person has a limit of their own.
    pub daily_limit: u32,
    /// Messages that a person may send to the chat a day, unless the person has a limit of their own.
    pub chat_limit: u32,
    /// Proposals to letters that a person may ask a model for a day, unless the person has a limit of their own.
    pub letter_limit: u32,
    /// Time zone of new accounts: their day turns at its midnight.
    pub time_zone: Tz,
    /// Whether the program's own words come at a pace that can be read along, rather than at once.
    pub paces_words: bool,
    /// What models cost. Those without a price have none.
    pub model_prices: Prices,
    /// Everybody outside this server to whom something is sent. The privacy page names them.
    pub recipients: Vec<Recipient>,
    /// Most days that interviews are kept, whatever a person chose or an administrator sets; none leaves it to them.
    pub retention_max_days: Option<u32>,
}

/// Tells the time. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The parts of an application, put together once at the start.
pub struct Parts {
    pub database: Database,
    pub bank: Bank,
    /// The configured model; none means the built-in interviewer.
    pub model: Option<Arc<dyn Interviewer>>,
    /// Whoever reads texts aloud, the best first. Each stands in for the ones before.
    pub voices: Vec<Arc<dyn SpeechSynthesizer>>,
    /// Whoever reads the files of people.
    pub documents: documents::Reader,
    pub settings: Settings,
    pub clock: Clock,
}

/// A handle to everything that services need. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// See [`App`].
pub struct Inner {
    pub database: Database,
    pub bank: Bank,
    pub settings: Settings,
    pub rooms: Rooms,
    /// Proposals to letters that are being made.
    pub proposals: proposals::Running,
    pub voices: Vec<Arc<dyn SpeechSynthesizer>>,
    pub documents: documents::Reader,
    pub passwords: PasswordHasher,
    pub throttle: Throttle,
    pub score_check: CurrentRun,
    pub takeouts: takeout::Limits,
    /// For what compares texts, which takes as long as they are.
    pub cores: Cores,
    /// Counts calls to model servers.
    pub meter: Meter,
    /// Work that outlives its request. Shutdown waits for it.
    pub tasks: TaskTracker,
    /// Cancelled when the program is asked to end.
    pub shutdown: CancellationToken,
    builtin: Arc<dyn Interviewer>,
    model: Option<Arc<dyn Interviewer>>,
    clock: Clock,
}

impl App {
    /// Puts the parts together. Nothing runs yet.
    pub fn new(parts: Parts) -> Self {
        let tasks = TaskTracker::new();
        let meter = Meter::new(parts.database.clone(), tasks.clone(), parts.clock.clone());
        if let Some(model) = &parts.model {
            model.count_calls(meter.clone());
        }
        Self(Arc::new(Inner {
            database: parts.database,
            bank: parts.bank,
            builtin: Arc::new(BuiltinInterviewer::new(parts.settings.paces_words)),
            settings: parts.settings,
            rooms: Rooms::default(),
            proposals: proposals::Running::default(),
            voices: parts.voices,
            documents: parts.documents,
            passwords: PasswordHasher::new(),
            throttle: Throttle::new(),
            score_check: CurrentRun::default(),
            takeouts: takeout::Limits::default(),
            cores: Cores::default(),
            meter,
            tasks,
            shutdown: CancellationToken::new(),
            model: parts.model,
            clock: parts.clock,
        }))
    }

    /// The time, in whole microseconds: what PostgreSQL keeps, so that a value read back is equal.
    pub fn now(&self) -> DateTime<Utc> {
        use chrono::SubsecRound;
        (self.0.clock)().trunc_subsecs(6)
    }

    /// The interviewer of new interviews.
    pub fn interviewer(&self) -> &Arc<dyn Interviewer> {
        self.0.model.as_ref().unwrap_or(&self.0.builtin)
    }

    /// The interviewer that needs nothing.
    pub fn builtin(&self) -> &Arc<dyn Interviewer> {
        &self.0.builtin
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
