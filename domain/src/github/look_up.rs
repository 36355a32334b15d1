//! One look-up: the account, its repositories and events, and of those that were pushed to last the languages, READMEs and files, as far
//! as its calls go. What is kept and fresh costs no call. Whatever fails leaves a gap, or what was kept, and is told.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use futures::{StreamExt, stream};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::client::{Answer, Budget, Client, Request};
use super::desk::most;
use super::files::Files;
use super::kept;
use super::readme::{Readme, readme};
use super::refusal::Refusal;
use super::reply::{self, Account, Event, LanguageMap, Listed, PAGE};
use super::{GithubFailure, Part, ProfileProblem, UserName};
use crate::app::App;
use crate::error::Error;

const JSON: &str = "application/vnd.github+json";
/// A README as it was written, instead of packed into JSON.
const RAW: &str = "application/vnd.github.raw+json";

/// Most pages of the list of repositories.
const PAGES_MAX: u32 = 2;
const PAGES_MAX_WITH_TOKEN: u32 = 5;
/// Calls for different repositories that are made at once.
const AT_ONCE: usize = 4;

const SMALL: usize = 256 << 10;
const LIST: usize = 2 << 20;
const README: usize = 64 << 10;
const TREE: usize = 4 << 20;

/// A repository with what was read of it.
#[derive(Clone, Debug)]
pub struct Looked {
    pub listed: Listed,
    pub languages: Option<LanguageMap>,
    pub readme: Option<Readme>,
    pub files: Option<Files>,
}

/// Everything that a look-up brought.
#[derive(Debug)]
pub struct Found {
    pub account: Account,
    pub repositories: Vec<Looked>,
    pub events: Option<Vec<Event>>,
    pub problems: Vec<ProfileProblem>,
    /// When the oldest part was fetched, or found to be the same.
    pub oldest: DateTime<Utc>,
    /// Nothing is missing that there were calls for.
    pub is_whole: bool,
    pub calls_made: u32,
}

/// What came of a look-up.
#[derive(Debug)]
pub enum Outcome {
    Found(Box<Found>),
    /// There is nothing to show: why GitHub did not give it, when it was asked.
    Nothing(Option<Refusal>),
}

/// A look-up on its way.
pub struct LookUp<'a> {
    app: &'a App,
    client: &'a Client,
    /// The name as it stands in addresses, so that it is asked for and kept once.
    key: String,
    /// Whether GitHub is asked. Otherwise whatever is kept is taken, however old.
    asks: bool,
    budget: Budget,
    now: DateTime<Utc>,
    deadline: Instant,
    noted: Mutex<Noted>,
}

/// What is noted on the way.
#[derive(Debug, Default)]
struct Noted {
    /// Why the next call would fail, too.
    stop: Option<Refusal>,
    problems: Vec<ProfileProblem>,
    oldest: Option<DateTime<Utc>>,
    is_missing: bool,
}

/// A piece of a profile: where it is, and what is kept of it.
struct Piece<T> {
    part: Part,
    request: Request,
    keep: fn(&[u8]) -> Option<T>,
    /// What it is where GitHub has none.
    absent: Option<fn() -> T>,
}

/// Which pieces of how many repositories are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    languages: usize,
    readmes: usize,
    files: usize,
}

/// A piece of one repository.
enum Got {
    Languages(Option<LanguageMap>),
    Readme(Option<Readme>),
    Files(Option<Files>),
}

impl<'a> LookUp<'a> {
    /// A look-up of a name, which asks GitHub or takes only what is kept.
    pub fn new(app: &'a App, client: &'a Client, name: &UserName, asks: bool) -> Self {
        Self {
            app,
            client,
            key: name.key(),
            asks,
            budget: Budget::new(most(client)),
            now: app.now(),
            deadline: Instant::now() + client.patience_in_all,
            noted: Mutex::default(),
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// Internal ones, and those of the database.
    pub async fn run(self) -> Result<Outcome, Error> {
        let Some(account) = self.account().await? else {
            return Ok(Outcome::Nothing(self.noted().refusal_of(Part::Account)));
        };
        let (listed, pages) = self.listed(&account).await?;
        let events = self.piece(self.events()).await?;
        let mut repositories: Vec<Looked> = listed
            .into_iter()
            .map(|listed| Looked { listed, languages: None, readme: None, files: None })
            .collect();
        // Account, events and pages are paid for.
        let left = most(self.client).saturating_sub(2 + pages);
        self.look_closer(&mut repositories, left as usize).await?;
        let calls_made = self.budget.made();
        let now = self.now;
        let noted = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Outcome::Found(Box::new(Found {
            account,
            repositories,
            events,
            is_whole: !noted.is_missing && noted.problems.is_empty(),
            oldest: noted.oldest.unwrap_or(now),
            problems: noted.problems,
            calls_made,
        })))
    }

    async fn account(&self) -> Result<Option<Account>, Error> {
        let piece = self.json(Part::Account, &["users", self.key.as_str()], &[], SMALL, reply::account);
        let account = self.piece(piece).await?;
        let mut noted = self.noted();
        let refusal = noted.refusal_of(Part::Account);
        if let Some(refusal) = refusal.filter(|refusal| refusal.failure == GithubFailure::NotFound) {
            // Nothing of it is there any more. That its repositories have no README now says nothing.
            noted.stop = Some(refusal);
        }
        Ok(account)
    }

    /// The repositories, what was pushed to last first, and how many pages they took.
    async fn listed(&self, account: &Account) -> Result<(Vec<Listed>, u32), Error> {
        let most = if self.client.with_token() { PAGES_MAX_WITH_TOKEN } else { PAGES_MAX };
        let pages = account.public_repos.div_ceil(PAGE as u32).clamp(1, most);
        let mut all = Vec::new();
        for page in 1..=pages {
            let number = page.to_string();
            let query =
                [("type", "owner"), ("sort", "pushed"), ("per_page", "100"), ("page", number.as_str())];
            let path = ["users", self.key.as_str(), "repos"];
            let piece = self.json(Part::Repositories, &path, &query, LIST, reply::repositories);
            all.extend(self.piece(piece).await?.unwrap_or_default());
        }
        all.sort_by_key(|one| std::cmp::Reverse(one.pushed_at));
        // One that was pushed to meanwhile stands on two pages.
        let mut names = std::collections::HashSet::new();
        all.retain(|one| names.insert(one.name.to_lowercase()));
        Ok((all, pages))
    }

    fn events(&self) -> Piece<Vec<Event>> {
        let path = ["users", self.key.as_str(), "events", "public"];
        self.json(Part::Activity, &path, &[("per_page", "100")], LIST, reply::events)
    }

    /// Reads languages, READMEs and files of what counts, as far as the calls go.
    async fn look_closer(&self, repositories: &mut [Looked], left: usize) -> Result<(), Error> {
        let counting: Vec<usize> = (0..repositories.len())
            .filter(|index| {
                let listed = &repositories[*index].listed;
                !(listed.fork || listed.archived || listed.is_template)
            })
            .collect();
        let plan = plan(counting.len(), left);
        let mut reading = Vec::new();
        for (order, index) in counting.into_iter().enumerate() {
            let listed = &repositories[index].listed;
            if order < plan.languages {
                reading.push((Part::Languages, index, listed.name.clone(), None));
            }
            if order < plan.readmes {
                reading.push((Part::Readmes, index, listed.name.clone(), None));
            }
            if order < plan.files {
                reading.push((Part::Files, index, listed.name.clone(), listed.default_branch.clone()));
            }
        }
        // The shares matter most, should GitHub stop answering.
        reading.sort_by_key(|(part, ..)| *part);
        let reading = reading.into_iter().map(|(part, index, name, branch)| async move {
            let got = match part {
                Part::Languages => Got::Languages(self.piece(self.languages(&name)).await?),
                Part::Readmes => Got::Readme(self.piece(self.readme(&name)).await?),
                _ => Got::Files(self.piece(self.files(&name, branch.as_deref())).await?),
            };
            Ok::<_, Error>((index, got))
        });
        let reading: Vec<_> = reading.collect();
        let got: Vec<_> = stream::iter(reading).buffered(AT_ONCE).collect().await;
        for got in got {
            let (index, got) = got?;
            match got {
                Got::Languages(languages) => repositories[index].languages = languages,
                Got::Readme(readme) => repositories[index].readme = readme,
                Got::Files(files) => repositories[index].files = files,
            }
        }
        Ok(())
    }

    fn languages(&self, repository: &str) -> Piece<LanguageMap> {
        let path = ["repos", self.key.as_str(), repository, "languages"];
        self.json(Part::Languages, &path, &[], SMALL, reply::languages)
    }

    fn readme(&self, repository: &str) -> Piece<Readme> {
        let url = self.client.address(&["repos", self.key.as_str(), repository, "readme"], &[]);
        Piece {
            part: Part::Readmes,
            request: Request { url, accept: RAW, most: README, beginning: true },
            keep: |body| Some(readme(body)),
            absent: Some(Readme::default),
        }
    }

    fn files(&self, repository: &str, branch: Option<&str>) -> Piece<Files> {
        let path = ["repos", self.key.as_str(), repository, "git", "trees", branch.unwrap_or("HEAD")];
        let piece = self.json(Part::Files, &path, &[("recursive", "1")], TREE, reply::files);
        Piece { absent: Some(Files::default), ..piece }
    }

    fn json<T>(
        &self,
        part: Part,
        path: &[&str],
        query: &[(&str, &str)],
        most: usize,
        keep: fn(&[u8]) -> Option<T>,
    ) -> Piece<T> {
        let url = self.client.address(path, query);
        Piece { part, request: Request { url, accept: JSON, most, beginning: false }, keep, absent: None }
    }

    /// A piece: what is kept when it is fresh, else what GitHub says, else what is kept.
    async fn piece<T: Serialize + DeserializeOwned>(&self, piece: Piece<T>) -> Result<Option<T>, Error> {
        let url = piece.request.url.as_str().to_owned();
        let kept = kept::read::<T>(self.app, &url).await?;
        let is_fresh = kept.as_ref().is_some_and(|kept| kept.fetched_at + kept::FRESH > self.now);
        if is_fresh || !self.asks {
            return Ok(self.shown(kept));
        }
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let fetched = match self.ask(&piece.request, etag).await {
            Ok(Answer::Unasked) => return Ok(self.shown(kept)),
            Ok(Answer::Same) => {
                kept::confirm(self.app, &url).await?;
                return Ok(kept.map(|kept| kept.value));
            }
            Ok(Answer::New { body, etag }) => match (piece.keep)(&body) {
                Some(value) => Ok((value, etag)),
                None => Err(GithubFailure::Broken.into()),
            },
            Err(refusal) => match piece.absent {
                // Not when nothing is asked any more because the account is gone: then GitHub said nothing about this piece.
                Some(absent) if refusal.failure == GithubFailure::NotFound && self.noted().stop.is_none() => {
                    Ok((absent(), None))
                }
                _ => Err(refusal),
            },
        };
        match fetched {
            Ok((value, etag)) => {
                kept::write(self.app, &url, etag, &value).await?;
                Ok(Some(value))
            }
            Err(refusal) => {
                self.noted().failed(piece.part, refusal, kept.as_ref().map(|kept| kept.fetched_at));
                Ok(self.shown(kept))
            }
        }
    }

    /// Takes what is kept, and notes its age, or that there is none.
    fn shown<T>(&self, kept: Option<kept::Kept<T>>) -> Option<T> {
        let mut noted = self.noted();
        match kept {
            Some(kept) => {
                noted.oldest = Some(noted.oldest.map_or(kept.fetched_at, |old| old.min(kept.fetched_at)));
                Some(kept.value)
            }
            None => {
                noted.is_missing = true;
                None
            }
        }
    }

    /// Asks GitHub, unless it would fail as the call before.
    async fn ask(&self, request: &Request, etag: Option<&str>) -> Result<Answer, Refusal> {
        if let Some(refusal) = self.noted().stop {
            return Err(refusal);
        }
        let call = self.client.get(request, etag, &self.budget, self.now);
        let answered = tokio::time::timeout_at(self.deadline, call).await;
        let answered = answered.unwrap_or_else(|_| Err(GithubFailure::TimedOut.into()));
        if let Err(refusal) = &answered
            && refusal.is_general()
        {
            self.noted().stop = Some(*refusal);
        }
        answered
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Noted {
    /// Notes a failure beside those of the same kind.
    fn failed(&mut self, part: Part, refusal: Refusal, shown_from: Option<DateTime<Utc>>) {
        let told = self
            .problems
            .iter_mut()
            .find(|problem| problem.part == part && problem.failure == refusal.failure);
        match told {
            Some(problem) => {
                problem.times += 1;
                problem.again_at = problem.again_at.max(refusal.again_at);
                problem.shown_from = problem.shown_from.into_iter().chain(shown_from).min();
            }
            None => self.problems.push(ProfileProblem {
                part,
                failure: refusal.failure,
                times: 1,
                again_at: refusal.again_at,
                shown_from,
            }),
        }
    }

    fn refusal_of(&self, part: Part) -> Option<Refusal> {
        let problem = self.problems.iter().find(|problem| problem.part == part)?;
        Some(Refusal { failure: problem.failure, again_at: problem.again_at })
    }
}

/// Shares calls out: half of them for languages, three tenths for READMEs, a fifth for files, and what one does not need to the next.
fn plan(repositories: usize, calls: usize) -> Plan {
    let mut parts = [calls / 2, calls * 3 / 10, calls / 5].map(|part| part.min(repositories));
    let mut left = calls.saturating_sub(parts.iter().sum());
    for part in &mut parts {
        let more = left.min(repositories - *part);
        *part += more;
        left -= more;
    }
    let [languages, readmes, files] = parts;
    Plan { languages, readmes, files }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_shared_out_and_never_more_than_there_are() {
        let check = |repositories, calls, expected: (usize, usize, usize)| {
            let plan = plan(repositories, calls);
            assert_eq!((plan.languages, plan.readmes, plan.files), expected, "{repositories} {calls}");
        };
        check(100, 21, (11, 6, 4));
        check(7, 21, (7, 7, 7));
        check(8, 21, (8, 8, 5));
        check(3, 21, (3, 3, 3));
        check(0, 21, (0, 0, 0));
        check(100, 0, (0, 0, 0));
        for repositories in 0..40 {
            for calls in 0..70 {
                let Plan { languages, readmes, files } = plan(repositories, calls);
                assert!(languages + readmes + files <= calls);
                assert!(languages.max(readmes).max(files) <= repositories);
            }
        }
    }

    #[test]
    fn failures_of_a_kind_are_told_once() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let mut noted = Noted::default();
        let limited = |seconds| Refusal { failure: GithubFailure::Limited, again_at: at(seconds) };
        noted.failed(Part::Languages, limited(10), at(5));
        noted.failed(Part::Languages, limited(20), at(3));
        noted.failed(Part::Languages, limited(15), None);
        noted.failed(Part::Readmes, GithubFailure::Broken.into(), None);
        let told: Vec<_> = noted
            .problems
            .iter()
            .map(|problem| (problem.part, problem.times, problem.again_at, problem.shown_from))
            .collect();
        assert_eq!(told, [(Part::Languages, 3, at(20), at(3)), (Part::Readmes, 1, None, None)]);
        assert_eq!(noted.refusal_of(Part::Languages), Some(limited(20)));
        assert_eq!(noted.refusal_of(Part::Account), None);
    }
}
