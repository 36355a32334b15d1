//! The archive (보관함): letters by search and order.

use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::store;
use crate::app::App;
use crate::entities::letter;
use crate::error::Error;
use crate::letters::{LetterPage, LetterSort, NAME_MAX};
use crate::viewer::Viewer;

/// Letters on a page.
const PAGE: u64 = 20;
/// Other companies whose names are looked for in a letter.
const COMPANIES_MAX: u64 = 100;

/// A page of letters, counted from 0. An empty search finds all.
///
/// # Errors
/// Internal ones only.
pub async fn list(
    app: &App,
    viewer: &Viewer,
    search: &str,
    sort: LetterSort,
    page: u32,
) -> Result<LetterPage, Error> {
    let snapshot = app.database.snapshot().await?;
    let query = found(viewer, search);
    let count = query.clone().count(&snapshot).await?;
    let mut rows = sorted(query, sort).offset(u64::from(page) * PAGE).limit(PAGE + 1).all(&snapshot).await?;
    snapshot.commit().await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    Ok(LetterPage {
        letters: store::summaries(app, rows).await?,
        found: u32::try_from(count).unwrap_or(u32::MAX),
        more,
    })
}

/// The viewer's letters whose title, company or role has every word of a search.
pub(super) fn found(viewer: &Viewer, search: &str) -> Select<letter::Entity> {
    let mut query = letter::Entity::find().filter(letter::Column::UserId.eq(viewer.id));
    // PostgreSQL refuses to look for a NUL.
    let search: String = search.to_lowercase().replace('\0', " ").chars().take(NAME_MAX as usize).collect();
    for word in search.split_whitespace().take(10) {
        let mut any = Condition::any();
        for column in [letter::Column::Title, letter::Column::Company, letter::Column::Role] {
            any = any.add(ExprTrait::like(Func::lower(Expr::col(column)), part(word)));
        }
        query = query.filter(any);
    }
    query
}

/// What holds the text anywhere: its own signs stand for themselves.
fn part(text: &str) -> LikeExpr {
    let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{text}%")).escape('\\')
}

fn sorted(query: Select<letter::Entity>, sort: LetterSort) -> Select<letter::Entity> {
    let query = match sort {
        LetterSort::Updated => query.order_by_desc(letter::Column::UpdatedAt),
        LetterSort::Created => query.order_by_desc(letter::Column::CreatedAt),
        LetterSort::Title => query.order_by_asc(letter::Column::Title),
        LetterSort::Company => query.order_by_asc(letter::Column::Company),
    };
    query.order_by_desc(letter::Column::Id)
}

/// The companies that the viewer's other letters go to.
///
/// # Errors
/// Internal ones only.
pub async fn companies(app: &App, viewer: &Viewer, besides: Uuid) -> Result<Vec<String>, Error> {
    let names: Vec<String> = letter::Entity::find()
        .filter(letter::Column::UserId.eq(viewer.id))
        .filter(letter::Column::Id.ne(besides))
        .filter(letter::Column::Company.ne(""))
        .select_only()
        .column(letter::Column::Company)
        .distinct()
        .order_by_asc(letter::Column::Company)
        .limit(COMPANIES_MAX)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    Ok(names)
}
