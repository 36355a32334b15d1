//! Accounts, and what GitHub would say about them. Times are counted back from now, so that what is recent stays so.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};

/// An account with its repositories and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptedAccount {
    pub login: String,
    pub name: Option<String>,
    pub repositories: Vec<ScriptedRepository>,
    /// Their types, with how many days ago they were and the repository that they are about.
    pub events: Vec<(String, i64, String)>,
}

/// A repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptedRepository {
    pub name: String,
    pub description: Option<String>,
    pub languages: Vec<(String, u64)>,
    /// None: it has no README.
    pub readme: Option<String>,
    /// Paths and sizes. Without any there is no commit, and nothing to tell.
    pub files: Vec<(String, u64)>,
    pub begun_days_ago: i64,
    pub pushed_days_ago: i64,
    pub stars: u32,
    pub fork: bool,
    pub archived: bool,
    pub is_template: bool,
}

impl ScriptedRepository {
    /// A repository in one language, begun a year and pushed to so many days ago.
    pub fn new(name: &str, language: &str, bytes: u64, pushed_days_ago: i64) -> Self {
        Self {
            name: name.to_owned(),
            description: None,
            languages: vec![(language.to_owned(), bytes)],
            readme: None,
            files: vec![("src/main".to_owned(), bytes)],
            begun_days_ago: pushed_days_ago + 365,
            pushed_days_ago,
            stars: 0,
            fork: false,
            archived: false,
            is_template: false,
        }
    }

    /// In a list of repositories.
    fn listed(&self, owner: &str) -> Value {
        let name = &self.name;
        json!({
            "id": 1, "name": name, "full_name": format!("{owner}/{name}"), "private": false,
            "owner": { "login": owner, "id": 7 },
            "html_url": format!("https://github.example/{owner}/{name}"),
            "description": self.description, "fork": self.fork, "archived": self.archived,
            "is_template": self.is_template, "size": 12, "stargazers_count": self.stars,
            "language": self.languages.iter().max_by_key(|(_, bytes)| *bytes).map(|(language, _)| language),
            "topics": ["interview"], "default_branch": "main", "license": null,
            "created_at": days_ago(self.begun_days_ago), "pushed_at": days_ago(self.pushed_days_ago),
        })
    }

    /// Its bytes by language.
    pub(super) fn by_language(&self) -> Value {
        let languages = self.languages.iter().map(|(language, bytes)| (language.clone(), json!(bytes)));
        languages.collect::<Map<_, _>>().into()
    }

    /// Its files; none where there is no commit.
    pub(super) fn tree(&self) -> Option<Value> {
        let entry = |(path, size): &(String, u64)| json!({ "path": path, "type": "blob", "mode": "100644", "size": size });
        let folder = json!({ "path": "src", "type": "tree", "mode": "040000" });
        let entries: Vec<Value> = std::iter::once(folder).chain(self.files.iter().map(entry)).collect();
        (!self.files.is_empty()).then(|| json!({ "sha": "0", "tree": entries, "truncated": false }))
    }
}

impl ScriptedAccount {
    /// Somebody with a repository of every kind.
    pub fn mina() -> Self {
        let plain = ScriptedRepository::new;
        let queue = ScriptedRepository {
            description: Some("A job queue that survives crashes".to_owned()),
            languages: vec![
                ("Rust".to_owned(), 62_000),
                ("TypeScript".to_owned(), 31_000),
                ("Shell".to_owned(), 7_000),
            ],
            readme: Some(
                "# queue\n\n[![CI](https://ci.example/badge.svg)](https://ci.example)\n\n\
                 A job queue on PostgreSQL that loses nothing when a worker is killed. \
                 Jobs are leased, and taken up again after 30 seconds.\n\n```sh\ncargo run\n```\n"
                    .to_owned(),
            ),
            stars: 41,
            ..plain("queue", "Rust", 62_000, 12)
        };
        let landing = ScriptedRepository {
            languages: vec![("HTML".to_owned(), 5_000), ("CSS".to_owned(), 3_000)],
            readme: Some("This project was bootstrapped with Create React App.".to_owned()),
            files: vec![("src/index.html".to_owned(), 8_000), ("dist/app.js".to_owned(), 90_000)],
            ..plain("landing", "HTML", 5_000, 30)
        };
        let notes = ScriptedRepository {
            description: Some("메모를 빠르게 찾는 안드로이드 앱".to_owned()),
            readme: Some(
                "# 메모\n\n메모 1만 개에서 0.1초 안에 찾는 안드로이드 앱이에요. 혼자 만들었어요.\n"
                    .to_owned(),
            ),
            ..plain("notes-app", "Kotlin", 50_000, 90)
        };
        let notebooks = ScriptedRepository {
            languages: vec![("Jupyter Notebook".to_owned(), 900_000), ("Python".to_owned(), 3_000)],
            files: vec![("titanic.ipynb".to_owned(), 900_000), ("features.py".to_owned(), 3_000)],
            ..plain("kaggle-titanic", "Jupyter Notebook", 900_000, 200)
        };
        let event = |kind: &str, days, place: &str| (kind.to_owned(), days, place.to_owned());
        Self {
            login: "mina-dev".to_owned(),
            name: Some("김미나".to_owned()),
            repositories: vec![
                ScriptedRepository { fork: true, ..plain("linux", "C", 1_000_000_000, 1) },
                queue,
                landing,
                notes,
                notebooks,
                ScriptedRepository { files: Vec::new(), ..plain("algorithms", "Java", 30_000, 800) },
                ScriptedRepository { archived: true, ..plain("old-blog", "JavaScript", 50_000, 900) },
                ScriptedRepository { is_template: true, ..plain("service-template", "Go", 1_000, 500) },
            ],
            events: vec![
                event("PushEvent", 2, "mina-dev/queue"),
                event("PushEvent", 3, "mina-dev/queue"),
                event("PullRequestEvent", 5, "other/library"),
                event("PullRequestReviewEvent", 6, "other/library"),
                event("IssuesEvent", 9, "other/library"),
                event("WatchEvent", 20, "other/library"),
            ],
        }
    }

    /// Somebody with so many repositories of their own, each in a language and with a README.
    pub fn prolific(login: &str, repositories: u32) -> Self {
        let one = |number: u32| ScriptedRepository {
            readme: Some(format!("Repository number {number}.")),
            ..ScriptedRepository::new(
                &format!("repository-{number}"),
                ["Rust", "Go", "Java"][number as usize % 3],
                1_000 + u64::from(number),
                i64::from(number),
            )
        };
        Self {
            login: login.to_owned(),
            name: None,
            repositories: (0..repositories).map(one).collect(),
            events: Vec::new(),
        }
    }

    /// The account itself.
    pub(super) fn told(&self) -> Value {
        let login = &self.login;
        json!({
            "login": login, "id": 7, "type": "User", "name": self.name, "email": null,
            "html_url": format!("https://github.example/{login}"), "created_at": days_ago(2_000),
            "public_repos": self.repositories.len(), "followers": 17,
        })
    }

    /// A page of its repositories, what was pushed to last first.
    pub(super) fn page(&self, page: usize, size: usize) -> Value {
        let mut all: Vec<&ScriptedRepository> = self.repositories.iter().collect();
        all.sort_by_key(|repository| repository.pushed_days_ago);
        let shown = all.iter().skip((page.max(1) - 1) * size).take(size);
        shown.map(|repository| repository.listed(&self.login)).collect()
    }

    pub(super) fn told_events(&self) -> Value {
        let event = |(kind, days, place): &(String, i64, String)| json!({ "id": "1", "type": kind, "repo": { "id": 1, "name": place }, "created_at": days_ago(*days), "payload": {} });
        self.events.iter().map(event).collect()
    }

    pub(super) fn repository(&self, name: &str) -> Option<&ScriptedRepository> {
        self.repositories.iter().find(|repository| repository.name == name)
    }
}

/// Noon of the day so many days ago: the same for a day, so that answers have a version that lasts.
fn days_ago(days: i64) -> DateTime<Utc> {
    let day = Utc::now().date_naive() - Duration::days(days);
    day.and_hms_opt(12, 0, 0).map_or_else(Utc::now, |noon| noon.and_utc())
}
