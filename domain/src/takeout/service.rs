//! What a person can do with everything that is stored of them: looking at how much it is, taking it along, and bringing it back.

use bytes::Bytes;
use chrono::Duration;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, SqlErr};
use tokio::sync::mpsc;

use super::archive::INTERVIEWS_MAX;
use super::check::ROWS_MAX;
use super::outline::{self, Outline};
use super::past_questions;
use super::plan::{Plan, clash};
use super::{FileFault, Holdings, IMPORT_MAX, ImportView, Takeout, Tally, insert, letters, rows, write};
use crate::accounts::hold::{Hold, hold};
use crate::app::App;
use crate::entities::{interview, user};
use crate::error::{Error, OrInternal};
use crate::quotas::day::day_of;
use crate::retention::RetentionChoice;
use crate::retention::service::operator_maximum;
use crate::viewer::Viewer;
use crate::{Problem, accounts};

/// Pieces of a takeout that wait for a slow reader.
const PIECES_AHEAD: usize = 2;

/// How much is stored of the viewer.
///
/// # Errors
/// Internal ones only.
pub async fn holdings(app: &App, viewer: &Viewer) -> Result<Holdings, Error> {
    super::holdings(app.database.reader(), viewer.id).await
}

/// Everything of the viewer as a ZIP, which is written while it is read. Nothing is changed.
///
/// # Errors
/// [`Problem::TooManyAttempts`].
pub async fn export(app: &App, viewer: &Viewer) -> Result<Takeout, Error> {
    app.takeouts.export(viewer.id)?;
    let account = user::Entity::find_by_id(viewer.id).one(app.database.reader()).await?;
    let account = account.ok_or(Problem::SignInRequired)?;
    let (reader, pieces) = mpsc::channel(PIECES_AHEAD);
    let now = app.now();
    // It ends with its reader, so nobody has to wait for it.
    tokio::spawn(write::write(app.clone(), viewer.clone(), account, now, reader));
    Ok(Takeout { day: day_of(now, accounts::zone(&viewer.time_zone)), pieces })
}

/// What importing a file would do. Nothing is changed.
///
/// # Errors
/// [`Problem::WrongFile`] with what is wrong with the file; [`Problem::TooManyDocuments`].
pub async fn preview(app: &App, viewer: &Viewer, bytes: Bytes) -> Result<ImportView, Error> {
    let outline = read(bytes).await?;
    let snapshot = app.database.snapshot().await?;
    let plan = Plan::of(&snapshot, viewer.id, &outline).await?;
    let view = view(app, &snapshot, viewer, &outline, &plan).await?;
    has_room(&super::holdings(&snapshot, viewer.id).await?, &view, plan.rows(&outline))?;
    snapshot.commit().await?;
    Ok(view)
}

/// Stores everything of a file that the viewer does not have yet, all of it or nothing, and says what it did. Nothing that is there
/// already is changed but the profile; nobody gains a right, a unit or running work.
///
/// # Errors
/// As [`preview`].
pub async fn import(app: &App, viewer: &Viewer, bytes: Bytes) -> Result<ImportView, Error> {
    let mut outline = read(bytes).await?;
    let transaction = app.database.begin().await?;
    // The same file twice at once is to be stored once, and nothing may come in that the plan has looked for.
    hold(&transaction, viewer.id, Hold::Everything).await?.ok_or(Problem::SignInRequired)?;
    let plan = Plan::of(&transaction, viewer.id, &outline).await?;
    let done = view(app, &transaction, viewer, &outline, &plan).await?;
    has_room(&super::holdings(&transaction, viewer.id).await?, &done, plan.rows(&outline))?;
    let was_empty = is_empty(&transaction, viewer).await?;
    match store(&transaction, &plan, &mut outline).await {
        Ok(()) => {}
        Err(error) if is_clash(&error) => return Err(clash().into()),
        Err(error) => return Err(error),
    }
    insert::profile(&transaction, viewer.id, &outline.account, was_empty).await?;
    transaction.commit().await?;
    Ok(done)
}

/// Whether somebody still has no more than one file may hold, however many they import: what a person has is read in one go here and
/// there.
fn has_room(held: &Holdings, adds: &ImportView, rows: usize) -> Result<(), Problem> {
    let fits = |held: u32, adds: Tally, most: usize| {
        adds.added == 0 || number(most) >= held.saturating_add(adds.added)
    };
    let all_fit = (rows == 0 || held.turns as usize + rows <= outline::ROWS_MAX)
        && fits(held.interviews, adds.interviews, INTERVIEWS_MAX)
        && fits(held.letters, adds.letters, letters::FILES_MAX)
        && fits(held.notebook_entries, adds.notebook_entries, ROWS_MAX)
        && fits(held.drill_cards, adds.drill_cards, ROWS_MAX)
        && fits(held.today_questions, adds.today_questions, ROWS_MAX)
        && fits(held.ledger_entries, adds.ledger_entries, ROWS_MAX)
        && fits(held.past_questions, adds.past_questions, past_questions::FILES_MAX);
    if all_fit { Ok(()) } else { Err(wrong(FileFault::TooMuch)) }
}

async fn read(bytes: Bytes) -> Result<Outline, Error> {
    if bytes.len() > IMPORT_MAX as usize {
        return Err(wrong(FileFault::TooLarge).into());
    }
    let read = tokio::task::spawn_blocking(move || outline::read(bytes)).await;
    Ok(read.or_internal("reading a file to import")?.map_err(wrong)?)
}

const fn wrong(fault: FileFault) -> Problem {
    Problem::WrongFile { fault }
}

async fn store(connection: &impl ConnectionTrait, plan: &Plan, outline: &mut Outline) -> Result<(), Error> {
    let ids = outline.archive.interviews.clone();
    for id in ids.into_iter().filter(|id| plan.interviews.contains(id)) {
        let file = outline::interview(&mut outline.archive, id).map_err(wrong)?;
        insert::interview(connection, plan, file).await?;
    }
    for id in outline.archive.letters.clone() {
        let Some(here) = plan.letters.get(&id) else { continue };
        let file = letters::read(&mut outline.archive, id).map_err(wrong)?;
        letters::insert(connection, plan.person, *here, file).await?;
    }
    insert::others(connection, plan, outline).await
}

/// Whether two things of the file met in one row. What is there already is never in the way: the plan has looked.
fn is_clash(error: &Error) -> bool {
    let Error::Internal(error) = error else { return false };
    let database = error.downcast_ref::<sea_orm::DbErr>();
    matches!(database.and_then(sea_orm::DbErr::sql_err), Some(SqlErr::UniqueConstraintViolation(_)))
}

async fn is_empty(connection: &impl ConnectionTrait, viewer: &Viewer) -> Result<bool, Error> {
    let own = interview::Entity::find().filter(interview::Column::UserId.eq(viewer.id));
    Ok(own.count(connection).await? == 0)
}

async fn view(
    app: &App,
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    outline: &Outline,
    plan: &Plan,
) -> Result<ImportView, Error> {
    let row = user::Entity::find_by_id(viewer.id).one(connection).await?.ok_or(Problem::SignInRequired)?;
    let kept = match is_empty(connection, viewer).await? {
        true => outline.account.retention,
        false => RetentionChoice::of_days(row.retention_days),
    };
    let kept = kept.within(operator_maximum(app).await?);
    let before = kept.and_then(|days| app.now().checked_sub_signed(Duration::days(days.into())));
    let added = outline.interviews.iter().filter(|head| plan.interviews.contains(&head.id));
    let overdue = added.filter(|head| before.is_some_and(|before| head.ended_at < before)).count();
    let own = rows::account(row)?;
    let file = &outline.account;
    let is_same = (&own.display_name, own.language, &own.time_zone, &own.fields)
        == (&file.display_name, file.language, &file.time_zone, &file.fields)
        && (file.github_name.is_none() || own.github_name == file.github_name);
    let of = |added: usize, all: usize| Tally { added: number(added), skipped: number(all - added) };
    let some = |placed: &[Option<uuid::Uuid>]| {
        of(placed.iter().filter(|place| place.is_some()).count(), placed.len())
    };
    Ok(ImportView {
        exported_on: day_of(outline.manifest.exported_at, accounts::zone(&viewer.time_zone)),
        from: (own.username != file.username).then(|| file.username.clone()),
        profile: !is_same,
        interviews: of(plan.interviews.len(), outline.interviews.len()),
        letters: of(plan.letters.len(), outline.letters.len()),
        notebook_entries: some(&plan.notebook),
        drill_cards: some(&plan.drill),
        today_questions: of(plan.today.iter().filter(|added| **added).count(), plan.today.len()),
        ledger_entries: some(&plan.ledger),
        documents: some(&plan.documents),
        past_questions: some(&plan.past_questions),
        overdue: number(overdue),
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn nobody_imports_more_than_one_file_may_hold() {
        let check = |held: u32, added: u32, rows: usize, expected: bool| {
            let held = Holdings { interviews: held, turns: 30 * held, ..Holdings::default() };
            let adds = ImportView {
                exported_on: NaiveDate::default(),
                from: None,
                profile: false,
                interviews: Tally { added, skipped: 0 },
                letters: Tally::default(),
                notebook_entries: Tally::default(),
                drill_cards: Tally::default(),
                today_questions: Tally::default(),
                ledger_entries: Tally::default(),
                documents: Tally::default(),
                past_questions: Tally::default(),
                overdue: 0,
            };
            assert_eq!(has_room(&held, &adds, rows).is_ok(), expected, "{added} to {}", held.interviews);
        };
        let most = number(INTERVIEWS_MAX);
        check(0, most, outline::ROWS_MAX, true);
        check(1, most, 1, false);
        check(most, 1, 1, false);
        check(10, 1, outline::ROWS_MAX - 300, true);
        check(10, 1, outline::ROWS_MAX - 299, false);
        // Their own export brings nothing new.
        check(20 * most, 0, 0, true);
    }
}
