//! Invitation links: while registration is by invitation, each makes one account.

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde_json::json;
use uuid::Uuid;

use super::By;
use crate::accounts::one_time_link::{self, LinkPurpose};
use crate::admin::{INVITATIONS_MAX, InvitationDays, InvitationView};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::one_time_link as link;
use crate::error::Error;
use crate::{InputField, Problem, Reason};

/// Makes an invitation and returns its token, which is stored nowhere.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::Invalid`] on `days`; [`Problem::TooManyInvitations`].
pub async fn invite(app: &App, by: By<'_>, days: &str) -> Result<String, Error> {
    by.must_be_admin()?;
    let refused = Problem::Invalid { field: InputField::Days, reason: Reason::NotOffered };
    let days: InvitationDays = days.parse().map_err(|_| refused)?;
    let transaction = app.database.begin().await?;
    // Two at once may both find room for the last one: the number keeps the list short, and nothing depends on it.
    if live(app).count(&transaction).await? >= u64::from(INVITATIONS_MAX) {
        return Err(Problem::TooManyInvitations { max: INVITATIONS_MAX }.into());
    }
    let lasts = Duration::days(days.count().into());
    let token = one_time_link::issue(app, &transaction, LinkPurpose::Invitation, None, lasts).await?;
    let details = json!({ "days": days.count() });
    audit::write(app, &transaction, by.actor(), AuditAction::InvitationMade, None, details).await?;
    transaction.commit().await?;
    Ok(token)
}

/// The invitations that work now, newest first, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub async fn invitations(app: &App, by: By<'_>) -> Result<Vec<InvitationView>, Error> {
    by.must_be_admin()?;
    let rows = live(app)
        .order_by_desc(link::Column::Id)
        .limit(u64::from(INVITATIONS_MAX))
        .all(app.database.reader())
        .await?;
    let view = |row: link::Model| InvitationView {
        id: row.id,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Takes an invitation back: nobody registers with it from now on.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`], also when it was used.
pub async fn revoke_invitation(app: &App, by: By<'_>, id: Uuid) -> Result<(), Error> {
    by.must_be_admin()?;
    let transaction = app.database.begin().await?;
    let deleted = link::Entity::delete_many()
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::Purpose.eq(LinkPurpose::Invitation.as_str()))
        .exec(&transaction)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    audit::write(app, &transaction, by.actor(), AuditAction::InvitationRevoked, None, json!({})).await?;
    transaction.commit().await?;
    Ok(())
}

fn live(app: &App) -> Select<link::Entity> {
    link::Entity::find()
        .filter(link::Column::Purpose.eq(LinkPurpose::Invitation.as_str()))
        .filter(link::Column::ExpiresAt.gt(app.now()))
}
