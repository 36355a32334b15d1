//! What the pages of cover letters ask of the server.

use domain::letters::checks::Finding;
use domain::letters::proposals::{NewProposal, ProposalView};
use domain::letters::{
    ChangedLetter, LetterContent, LetterSummary, LetterVersion, LetterView, NewLetter, SaveOutcome,
    VersionSummary,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// A line of the archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LetterRow {
    pub letter: LetterSummary,
    pub updated: LocalTime,
}

/// A page of the archive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LetterList {
    pub rows: Vec<LetterRow>,
    /// So many fit the search, on all pages.
    pub found: u32,
    pub more: bool,
}

/// A line of a letter's history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: VersionSummary,
    pub saved: LocalTime,
}

/// A page of the archive. An order that is not known lists what was changed last.
#[server(prefix = "/web", endpoint = "letters/list", input = Json, output = Json)]
pub async fn list_letters(
    search: Option<String>,
    sort: Option<String>,
    page: Option<u32>,
) -> Result<LetterList, AppError> {
    use crate::context;
    use domain::letters::{LetterSort, service};
    let (app, viewer) = (context::app(), context::viewer()?);
    let sort = sort.and_then(|sort| sort.parse().ok()).unwrap_or(LetterSort::Updated);
    let (search, page) = (search.unwrap_or_default(), page.unwrap_or_default());
    let found = context::page(service::list(&app, &viewer, &search, sort, page).await)?;
    let row = |letter: LetterSummary| LetterRow {
        updated: crate::time::local_time(letter.updated_at, &viewer.time_zone),
        letter,
    };
    Ok(LetterList {
        rows: found.letters.into_iter().map(row).collect(),
        found: found.found,
        more: found.more,
    })
}

/// Makes a letter.
#[server(prefix = "/web", endpoint = "letters/create", input = Json, output = Json)]
pub async fn create_letter(letter: NewLetter) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::create(&app, &viewer, letter).await)
}

/// Makes a copy of a letter.
#[server(prefix = "/web", endpoint = "letters/duplicate", input = Json, output = Json)]
pub async fn duplicate_letter(id: Uuid, request_id: Uuid) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::duplicate(&app, &viewer, id, request_id).await)
}

/// Deletes a letter with its history.
#[server(prefix = "/web", endpoint = "letters/delete", input = Json, output = Json)]
pub async fn delete_letter(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::delete(&app, &viewer, id).await)
}

/// A letter with everything that its editor shows.
#[server(prefix = "/web", endpoint = "letters/read", input = Json, output = Json)]
pub async fn read_letter(id: Uuid) -> Result<LetterView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::letters::service::read(&app, &viewer, id).await)
}

/// Saves a letter, unless it was changed since it was read.
#[server(prefix = "/web", endpoint = "letters/save", input = Json, output = Json)]
pub async fn save_letter(id: Uuid, save: ChangedLetter) -> FormResult<SaveOutcome> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::save(&app, &viewer, id, save).await)
}

/// What is found in a letter as it is written now.
#[server(prefix = "/web", endpoint = "letters/check", input = Json, output = Json)]
pub async fn check_letter(id: Uuid, content: LetterContent) -> FormResult<Vec<Finding>> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::check(&app, &viewer, id, content).await)
}

/// The history of a letter.
#[server(prefix = "/web", endpoint = "letters/versions", input = Json, output = Json)]
pub async fn list_versions(id: Uuid) -> Result<Vec<VersionRow>, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let versions = context::page(domain::letters::service::versions(&app, &viewer, id).await)?;
    let row = |version: VersionSummary| VersionRow {
        saved: crate::time::local_time(version.saved_at, &viewer.time_zone),
        version,
    };
    Ok(versions.into_iter().map(row).collect())
}

/// One version of a letter.
#[server(prefix = "/web", endpoint = "letters/version", input = Json, output = Json)]
pub async fn read_version(id: Uuid) -> Result<LetterVersion, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::letters::service::read_version(&app, &viewer, id).await)
}

/// Takes a version back, unless the letter was changed since it was read.
#[server(prefix = "/web", endpoint = "letters/restore-version", input = Json, output = Json)]
pub async fn restore_version(id: Uuid, revision: u32) -> FormResult<SaveOutcome> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::service::restore_version(&app, &viewer, id, revision).await)
}

/// Asks for a draft or for points.
#[server(prefix = "/web", endpoint = "letters/propose", input = Json, output = Json)]
pub async fn propose(id: Uuid, proposal: NewProposal) -> FormResult<ProposalView> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::proposals::service::propose(&app, &viewer, id, proposal).await)
}

/// A proposal as far as it is.
#[server(prefix = "/web", endpoint = "letters/proposal", input = Json, output = Json)]
pub async fn read_proposal(id: Uuid) -> Result<ProposalView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::letters::proposals::service::read(&app, &viewer, id).await)
}

/// Ends a proposal that is being made.
#[server(prefix = "/web", endpoint = "letters/stop-proposal", input = Json, output = Json)]
pub async fn stop_proposal(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::proposals::service::stop(&app, &viewer, id).await)
}

/// Forgets a proposal.
#[server(prefix = "/web", endpoint = "letters/dismiss-proposal", input = Json, output = Json)]
pub async fn dismiss_proposal(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::letters::proposals::service::dismiss(&app, &viewer, id).await)
}
