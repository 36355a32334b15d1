//! Making, listing and revoking share links, and reading a report through one.

use chrono::Duration;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use super::anonymous::without_names;
use super::{NewShare, SHARES_MAX, ShareDays, ShareLink, ShareView, SharedReport, token};
use crate::app::App;
use crate::entities::{interview, share, user};
use crate::error::Error;
use crate::interview::service::assemble;
use crate::interview::{Status, store};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Makes a link to the report on one of the viewer's finished interviews. The same request id makes no second one: what opens a link
/// is stored nowhere, so the link that was made before, and whose token did not arrive, ends, and another one takes its place.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on; [`Problem::Invalid`] on `days`;
/// [`Problem::TooManyShares`].
pub async fn create(
    app: &App,
    viewer: &Viewer,
    interview_id: Uuid,
    new: NewShare,
) -> Result<ShareLink, Error> {
    let days: ShareDays = new
        .days
        .parse()
        .map_err(|_| Problem::Invalid { field: InputField::Days, reason: Reason::NotOffered })?;
    let now = app.now();
    let transaction = app.database.begin().await?;
    // Locked, so that two calls at once do not both find room for one more.
    let interview = store::lock_owned(&transaction, viewer, interview_id).await?;
    if interview.summary.status != Status::Finished {
        return Err(Problem::OutOfDate.into());
    }
    share::Entity::delete_many()
        .filter(share::Column::InterviewId.eq(interview_id))
        .filter(share::Column::RequestId.eq(new.request_id))
        .exec(&transaction)
        .await?;
    if live(app, interview_id).count(&transaction).await? >= u64::from(SHARES_MAX) {
        return Err(Problem::TooManyShares { max: SHARES_MAX }.into());
    }
    let token = token::new();
    let row = share::ActiveModel {
        id: Set(Uuid::now_v7()),
        interview_id: Set(interview_id),
        request_id: Set(Some(new.request_id)),
        token_hash: Set(token::hash(&token)),
        with_name: Set(new.with_name),
        expires_at: Set(now + Duration::days(days.count().into())),
        created_at: Set(now),
    };
    let row = row.insert(&transaction).await?;
    transaction.commit().await?;
    Ok(ShareLink { share: view(row), token })
}

/// The links to one of the viewer's interviews that work now, newest first.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn list(app: &App, viewer: &Viewer, interview_id: Uuid) -> Result<Vec<ShareView>, Error> {
    let owned = interview::Entity::find_by_id(interview_id).filter(interview::Column::UserId.eq(viewer.id));
    owned.one(app.database.reader()).await?.ok_or(Problem::NotFound)?;
    let rows = live(app, interview_id).order_by_desc(share::Column::Id).all(app.database.reader()).await?;
    Ok(rows.into_iter().map(view).collect())
}

/// Takes a link back: whoever has it finds nothing from now on.
///
/// # Errors
/// [`Problem::NotFound`], also when it leads to somebody else's interview.
pub async fn revoke(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let own_interviews = Query::select()
        .column(interview::Column::Id)
        .from(interview::Entity)
        .and_where(Expr::col(interview::Column::UserId).eq(viewer.id))
        .to_owned();
    let deleted = share::Entity::delete_many()
        .filter(share::Column::Id.eq(id))
        .filter(share::Column::InterviewId.in_subquery(own_interviews))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 { Err(Problem::NotFound.into()) } else { Ok(()) }
}

/// The report that a token opens. It needs no viewer: having the token is the permission.
///
/// # Errors
/// [`Problem::NotFound`], the same whether the token never was one, was revoked, is over, its interview was deleted, or its owner
/// is suspended.
pub async fn read(app: &App, token: &str) -> Result<SharedReport, Error> {
    let database = &app.database;
    let row = share::Entity::find()
        .filter(share::Column::TokenHash.eq(token::hash(token)))
        .filter(share::Column::ExpiresAt.gt(app.now()))
        .one(database.reader())
        .await?
        .ok_or(Problem::NotFound)?;
    let loaded = store::read_any(database, row.interview_id).await?;
    let owner = user::Entity::find_by_id(loaded.row.user_id).one(database.reader()).await?;
    // Who is suspended shows nothing to anybody, until they are let in again.
    let owner = owner.filter(|owner| owner.banned_at.is_none()).ok_or(Problem::NotFound)?;
    let mut report = assemble(app, loaded).await?;
    // It opens nothing for anybody else, and a reader has no use for it.
    report.interview.id = Uuid::nil();
    report.interview.retake_of = None;
    if !row.with_name {
        without_names(&mut report, &[&owner.display_name, &owner.username]);
    }
    Ok(SharedReport {
        report,
        name: row.with_name.then_some(owner.display_name),
        expires_at: row.expires_at,
        time_zone: owner.time_zone,
    })
}

/// Removes links that are over: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    share::Entity::delete_many()
        .filter(share::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// The links to an interview that are not over.
fn live(app: &App, interview_id: Uuid) -> Select<share::Entity> {
    share::Entity::find()
        .filter(share::Column::InterviewId.eq(interview_id))
        .filter(share::Column::ExpiresAt.gt(app.now()))
}

fn view(row: share::Model) -> ShareView {
    ShareView { id: row.id, with_name: row.with_name, created_at: row.created_at, expires_at: row.expires_at }
}
