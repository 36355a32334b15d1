//! What the pages of administrators ask of the server.

use domain::Role;
use domain::admin::{LedgerFilter, LedgerLine, UserFilter, UserView};
use domain::audit::{AuditFilter, AuditLine};
use domain::settings::SettingsView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// An account with its times as the administrator reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserRow {
    pub user: UserView,
    pub joined: LocalTime,
    pub active: Option<LocalTime>,
    pub banned: Option<LocalTime>,
}

/// A page of accounts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserList {
    pub rows: Vec<UserRow>,
    pub next: Option<Uuid>,
}

/// A line of the ledger of all people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerRow {
    pub line: LedgerLine,
    pub at: LocalTime,
    pub day: LocalTime,
}

/// A page of that ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerList {
    pub rows: Vec<LedgerRow>,
    pub next: Option<Uuid>,
}

/// A line of the audit log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuditRow {
    pub line: AuditLine,
    pub at: LocalTime,
}

/// A page of the audit log.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuditList {
    pub rows: Vec<AuditRow>,
    pub next: Option<Uuid>,
}

/// An invitation that works now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationRow {
    pub id: Uuid,
    pub created: LocalTime,
    pub expires: LocalTime,
}

/// The token of a link that was just made. It is told this once; it has no `Debug`, so that it cannot reach a log.
#[derive(Clone, Serialize, Deserialize)]
pub struct FreshToken {
    pub token: String,
}

/// A page of accounts, newest first.
#[server(prefix = "/web", endpoint = "admin/users", input = Json, output = Json)]
pub async fn admin_users(filter: UserFilter) -> Result<UserList, AppError> {
    use crate::context;
    use domain::admin::service::{By, users};
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = context::page(users(&app, By::Viewer(&viewer), &filter).await)?;
    let row = |user| crate::admin::rows::user(user, &viewer.time_zone);
    Ok(UserList { rows: page.users.into_iter().map(row).collect(), next: page.next })
}

/// One account.
#[server(prefix = "/web", endpoint = "admin/user", input = Json, output = Json)]
pub async fn admin_user(id: Uuid) -> Result<UserRow, AppError> {
    use crate::context;
    use domain::admin::service::{By, user};
    let (app, viewer) = (context::app(), context::viewer()?);
    let found = context::page(user(&app, By::Viewer(&viewer), id).await)?;
    Ok(crate::admin::rows::user(found, &viewer.time_zone))
}

/// Sets an account's own daily limit, or takes it away when nothing is given.
#[server(prefix = "/web", endpoint = "admin/set-limit", input = Json, output = Json)]
pub async fn set_limit(id: Uuid, action: String, daily_limit: String) -> FormResult<()> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(service::set_limit(&app, By::Viewer(&viewer), id, &action, &daily_limit).await)
}

/// Suspends an account.
#[server(prefix = "/web", endpoint = "admin/ban", input = Json, output = Json)]
pub async fn ban(id: Uuid, reason: String) -> FormResult<()> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(service::ban(&app, By::Viewer(&viewer), id, &reason).await)
}

/// Lets a suspended account in again.
#[server(prefix = "/web", endpoint = "admin/unban", input = Json, output = Json)]
pub async fn unban(id: Uuid) -> FormResult<()> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(service::unban(&app, By::Viewer(&viewer), id).await)
}

/// Gives an account another role.
#[server(prefix = "/web", endpoint = "admin/set-role", input = Json, output = Json)]
pub async fn set_role(id: Uuid, role: Role) -> FormResult<()> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(service::set_role(&app, By::Viewer(&viewer), id, role).await)
}

/// Makes a link by which an account's owner chooses a new password.
#[server(prefix = "/web", endpoint = "admin/reset-link", input = Json, output = Json)]
pub async fn make_reset_link(id: Uuid) -> FormResult<FreshToken> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    let token = service::reset_link(&app, By::Viewer(&viewer), id).await;
    context::form(token.map(|token| FreshToken { token }))
}

/// A page of the ledger of all people, newest first.
#[server(prefix = "/web", endpoint = "admin/ledger", input = Json, output = Json)]
pub async fn admin_ledger(filter: LedgerFilter) -> Result<LedgerList, AppError> {
    use crate::context;
    use crate::time::{local_date, local_time};
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = context::page(domain::admin::service::ledger(&app, &viewer, &filter).await)?;
    let row = |line: LedgerLine| LedgerRow {
        at: local_time(line.at, &viewer.time_zone),
        day: local_date(line.day),
        line,
    };
    Ok(LedgerList { rows: page.lines.into_iter().map(row).collect(), next: page.next })
}

/// A page of the audit log, newest first.
#[server(prefix = "/web", endpoint = "admin/audit", input = Json, output = Json)]
pub async fn admin_audit(filter: AuditFilter) -> Result<AuditList, AppError> {
    use crate::context;
    use crate::time::local_time;
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = context::page(domain::audit::service::list(&app, &viewer, &filter).await)?;
    let row = |line: AuditLine| AuditRow { at: local_time(line.at, &viewer.time_zone), line };
    Ok(AuditList { rows: page.lines.into_iter().map(row).collect(), next: page.next })
}

/// Every setting.
#[server(prefix = "/web", endpoint = "settings/overview", input = Json, output = Json)]
pub async fn settings_overview() -> Result<SettingsView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::settings::service::overview(&app, &viewer).await)
}

/// Says who may make an account from now on.
#[server(prefix = "/web", endpoint = "settings/set-registration", input = Json, output = Json)]
pub async fn set_registration(registration: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::settings::service::set_registration(&app, &viewer, &registration).await)
}

/// How many interviews of all people the next hourly run would delete with that as the longest time.
#[server(prefix = "/web", endpoint = "settings/retention-effect", input = Json, output = Json)]
pub async fn retention_effect(days: String) -> FormResult<u32> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::settings::service::retention_effect(&app, &viewer, &days).await)
}

/// Sets for how many days interviews are kept at most, or leaves it to each person when nothing is given.
#[server(prefix = "/web", endpoint = "settings/set-retention-max", input = Json, output = Json)]
pub async fn set_retention_max(days: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::settings::service::set_retention_max(&app, &viewer, &days).await)
}

/// The invitations that work now, newest first.
#[server(prefix = "/web", endpoint = "invitations/list", input = Json, output = Json)]
pub async fn list_invitations() -> Result<Vec<InvitationRow>, AppError> {
    use crate::context;
    use domain::admin::service::{By, invitations};
    let (app, viewer) = (context::app(), context::viewer()?);
    let found = context::page(invitations(&app, By::Viewer(&viewer)).await)?;
    Ok(found.iter().map(|invitation| crate::admin::rows::invitation(invitation, &viewer.time_zone)).collect())
}

/// Makes an invitation.
#[server(prefix = "/web", endpoint = "invitations/create", input = Json, output = Json)]
pub async fn create_invitation(days: String) -> FormResult<FreshToken> {
    use crate::context;
    use domain::admin::service::{By, invite};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(invite(&app, By::Viewer(&viewer), &days).await.map(|token| FreshToken { token }))
}

/// Takes an invitation back.
#[server(prefix = "/web", endpoint = "invitations/revoke", input = Json, output = Json)]
pub async fn revoke_invitation(id: Uuid) -> FormResult<()> {
    use crate::context;
    use domain::admin::service::{self, By};
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(service::revoke_invitation(&app, By::Viewer(&viewer), id).await)
}
