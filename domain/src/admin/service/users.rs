//! Finding accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{self, Expr, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use super::By;
use crate::Problem;
use crate::admin::{LimitView, USERS_PAGE, UserFilter, UserPage, UserView};
use crate::app::App;
use crate::entities::{action_limit, drill_card, interview, ledger_entry, turn, user};
use crate::error::{Error, OrInternal};
use crate::interview::TurnKind;
use crate::quotas::LimitedAction;
use crate::quotas::service::default_limit;

/// Most of what somebody searches for that is looked at. No name and no address is longer.
const TEXT_MAX: usize = 254;

/// A page of accounts, newest first, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub async fn users(app: &App, by: By<'_>, filter: &UserFilter) -> Result<UserPage, Error> {
    by.must_be_admin()?;
    let mut query = user::Entity::find();
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        // PostgreSQL refuses to look for a NUL. No name and no address has a space.
        let text: String = text.to_lowercase().replace('\0', " ").chars().take(TEXT_MAX).collect();
        let display_name = Func::lower(Expr::col(user::Column::DisplayName));
        query = query.filter(
            Condition::any()
                .add(user::Column::UsernameKey.like(part(&text)))
                .add(user::Column::EmailKey.like(part(&text)))
                .add(sea_query::ExprTrait::like(display_name, part(&text))),
        );
    }
    if let Some(after) = filter.after {
        query = query.filter(user::Column::Id.lt(after));
    }
    let mut rows = query
        .order_by_desc(user::Column::Id)
        .limit(u64::from(USERS_PAGE) + 1)
        .all(app.database.reader())
        .await?;
    let more = rows.len() > USERS_PAGE as usize;
    rows.truncate(USERS_PAGE as usize);
    let next = more.then(|| rows.last().map(|row| row.id)).flatten();
    Ok(UserPage { users: views(app, by, rows).await?, next })
}

/// One account, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else; [`Problem::NotFound`].
pub async fn user(app: &App, by: By<'_>, id: Uuid) -> Result<UserView, Error> {
    by.must_be_admin()?;
    let row = user::Entity::find_by_id(id).one(app.database.reader()).await?.ok_or(Problem::NotFound)?;
    views(app, by, vec![row]).await?.pop().ok_or_else(|| Problem::NotFound.into())
}

/// What holds the text anywhere: its own signs stand for themselves.
fn part(text: &str) -> LikeExpr {
    let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{text}%")).escape('\\')
}

async fn views(app: &App, by: By<'_>, rows: Vec<user::Model>) -> Result<Vec<UserView>, Error> {
    let connection = app.database.reader();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let active = last_active(connection, &ids).await?;
    let own: HashMap<(Uuid, String), i32> = action_limit::Entity::find()
        .filter(action_limit::Column::UserId.is_in(ids))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| ((row.user_id, row.action), row.daily_limit))
        .collect();
    let limits = |id: Uuid| {
        let limit = |action: &LimitedAction| LimitView {
            action: *action,
            own: own.get(&(id, action.to_string())).and_then(|own| (*own).try_into().ok()),
            default: default_limit(app, *action),
        };
        LimitedAction::ALL.iter().map(limit).collect()
    };
    rows.into_iter()
        .map(|row| {
            Ok(UserView {
                id: row.id,
                limits: limits(row.id),
                active_at: active.get(&row.id).copied(),
                is_own: by.is(row.id),
                role: row.role.parse().or_internal("reading an account")?,
                username: row.username,
                display_name: row.display_name,
                email: row.email,
                created_at: row.created_at,
                banned_at: row.banned_at,
                ban_reason: row.ban_reason,
            })
        })
        .collect()
}

/// When each of the accounts last did something: one query for each kind of thing. When, and nothing of what.
async fn last_active(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>, Error> {
    let started: Vec<(Uuid, Option<DateTime<Utc>>)> = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::UserId.is_in(ids.iter().copied()))
        .select_only()
        .column(ledger_entry::Column::UserId)
        .column_as(ledger_entry::Column::CreatedAt.max(), "at")
        .group_by(ledger_entry::Column::UserId)
        .into_tuple()
        .all(connection)
        .await?;
    let reviewed: Vec<(Uuid, Option<DateTime<Utc>>)> = drill_card::Entity::find()
        .filter(drill_card::Column::UserId.is_in(ids.iter().copied()))
        .select_only()
        .column(drill_card::Column::UserId)
        .column_as(drill_card::Column::LastReviewAt.max(), "at")
        .group_by(drill_card::Column::UserId)
        .into_tuple()
        .all(connection)
        .await?;
    let answered: Vec<(Uuid, Option<DateTime<Utc>>)> = turn::Entity::find()
        .join(JoinType::InnerJoin, of_interview())
        .filter(interview::Column::UserId.is_in(ids.iter().copied()))
        .filter(turn::Column::Kind.eq(TurnKind::Answer.as_str()))
        .select_only()
        .column(interview::Column::UserId)
        .column_as(turn::Column::CreatedAt.max(), "at")
        .group_by(interview::Column::UserId)
        .into_tuple()
        .all(connection)
        .await?;
    let mut last = HashMap::new();
    for (id, at) in started.into_iter().chain(reviewed).chain(answered) {
        if let Some(at) = at {
            let last = last.entry(id).or_insert(at);
            *last = Ord::max(*last, at);
        }
    }
    Ok(last)
}

/// From a turn to its interview.
fn of_interview() -> RelationDef {
    turn::Entity::belongs_to(interview::Entity)
        .from(turn::Column::InterviewId)
        .to(interview::Column::Id)
        .into()
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Query, SqliteQueryBuilder};

    use super::*;

    #[test]
    fn signs_of_patterns_stand_for_themselves() {
        let query = Query::select()
            .column(user::Column::Id)
            .from(user::Entity)
            .and_where(user::Column::UsernameKey.like(part(r"50%_\")))
            .to_string(SqliteQueryBuilder);
        assert!(query.contains(r"'%50\%\_\\%' ESCAPE '\'"), "{query}");
    }
}
