//! What the program has stored, seen from outside.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use domain::entities::{allowance, interview, interview_question, ledger_entry, turn};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement};
use tempfile::TempDir;
use uuid::Uuid;

/// A connection of the test's own.
pub struct Stored {
    pub database: DatabaseConnection,
    /// Holds the copy.
    _folder: Option<TempDir>,
}

impl Stored {
    /// The database as it is, beside the program.
    pub async fn open(url: &str) -> Self {
        let url = if url.starts_with("sqlite") { format!("{url}?mode=rw") } else { url.to_owned() };
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.expect("the database opens");
        Self { database, _folder: None }
    }

    /// A copy of a database that nobody writes to, so that looking at it changes nothing: what a crash left is for the program to
    /// put right.
    pub async fn copy_of(path: &Path) -> Self {
        let folder = TempDir::with_prefix("daedap-copy-").expect("a temporary folder");
        let copy = folder.path().join("copy.db");
        std::fs::copy(path, &copy).expect("a copy");
        let log = |path: &Path| path.with_extension("db-wal");
        if log(path).exists() {
            std::fs::copy(log(path), log(&copy)).expect("a copy of the log");
        }
        let opened = Self::open(&format!("sqlite://{}", copy.display())).await;
        Self { _folder: Some(folder), ..opened }
    }

    /// The first column of the first row, as a number.
    pub async fn count(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.backend(), sql);
        let row = self.database.query_one_raw(statement).await.expect("counted").expect("a row");
        row.try_get_by_index(0).expect("a number")
    }

    fn backend(&self) -> DbBackend {
        self.database.get_database_backend()
    }

    pub async fn run(&self, sql: &str) {
        self.database.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub async fn interviews(&self) -> Vec<interview::Model> {
        interview::Entity::find().all(&self.database).await.expect("interviews")
    }

    pub async fn turns(&self) -> Vec<turn::Model> {
        turn::Entity::find().all(&self.database).await.expect("turns")
    }

    pub async fn ledger(&self) -> Vec<ledger_entry::Model> {
        ledger_entry::Entity::find().all(&self.database).await.expect("the ledger")
    }

    /// Work that somebody still has to do: turns being spoken, judgements and results owed.
    pub async fn unfinished(&self) -> i64 {
        self.count(
            "SELECT (SELECT COUNT(*) FROM turns WHERE status = 'running') \
             + (SELECT COUNT(*) FROM assessments WHERE due) \
             + (SELECT COUNT(*) FROM interviews WHERE status = 'finished' AND band IS NULL)",
        )
        .await
    }

    /// Panics unless the file is whole, every count of units is the sum of its ledger lines, and every interview is of one piece.
    pub async fn check(&self) {
        if self.backend() == DbBackend::Sqlite {
            for (pragma, expected) in [("integrity_check", Some("ok")), ("foreign_key_check", None)] {
                let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
                let row = self.database.query_one_raw(statement).await.expect("checked");
                let found: Option<String> = row.map(|row| row.try_get_by_index(0).expect("a text"));
                assert_eq!(found.as_deref(), expected, "{pragma}");
            }
        }
        self.check_ledger().await;
        self.check_interviews().await;
    }

    async fn check_ledger(&self) {
        let mut sums: BTreeMap<(Uuid, String, String), i64> = BTreeMap::new();
        for line in self.ledger().await {
            *sums.entry((line.user_id, line.action, line.day.to_string())).or_default() +=
                i64::from(line.units);
        }
        let rows = allowance::Entity::find().all(&self.database).await.expect("allowances");
        let used: BTreeMap<(Uuid, String, String), i64> = rows
            .into_iter()
            .map(|row| ((row.user_id, row.action, row.day.to_string()), i64::from(row.used)))
            .collect();
        assert_eq!(used, sums, "what is used is the sum of the ledger");
    }

    async fn check_interviews(&self) {
        let started: HashSet<Option<Uuid>> =
            self.ledger().await.iter().filter(|line| line.units == 1).map(|line| line.interview_id).collect();
        let questions = interview_question::Entity::find().all(&self.database).await.expect("questions");
        let mut question_counts: HashMap<Uuid, i32> = HashMap::new();
        for question in questions {
            *question_counts.entry(question.interview_id).or_default() += 1;
        }
        let mut numbers: HashMap<Uuid, Vec<i32>> = HashMap::new();
        for turn in self.turns().await {
            numbers.entry(turn.interview_id).or_default().push(turn.number);
        }
        for interview in self.interviews().await {
            let id = interview.id;
            assert!(started.contains(&Some(id)), "{id} was paid for");
            assert_eq!(question_counts.get(&id), Some(&interview.question_count), "{id} has its questions");
            let mut numbers = numbers.remove(&id).unwrap_or_default();
            numbers.sort_unstable();
            let expected: Vec<i32> = (0..i32::try_from(numbers.len()).expect("few")).collect();
            assert!(!numbers.is_empty(), "{id} has a turn");
            assert_eq!(numbers, expected, "{id} has its turns in a row");
        }
    }
}
