//! Sessions in the database. The published stores want another database layer, so this one is Daedap's own.

use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::database::{Database, is_orphan};
use domain::entities::session::{ActiveModel, Column, Entity, Model};
use http::HeaderValue;
use http::header::SET_COOKIE;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, SqlErr};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};
use uuid::Uuid;

/// How long a sign-in lasts. Coming back does not lengthen it: reading a page writes nothing.
const LIFETIME: Duration = Duration::days(30);

/// How exactly is known when a session was seen: reading pages writes once in this time at most.
const SEEN_EVERY: chrono::Duration = chrono::Duration::hours(1);

/// The sessions of one database.
#[derive(Clone, Debug)]
pub struct DatabaseSessions {
    database: Database,
}

/// The layer that gives every request its session. `https` makes the cookie secure and bound to this host.
pub fn layer(database: Database, https: bool) -> SessionManagerLayer<DatabaseSessions> {
    SessionManagerLayer::new(DatabaseSessions { database })
        .with_name(name(https))
        .with_secure(https)
        .with_http_only(true)
        // Strict would leave a person signed out who comes back from another site's sign-in.
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(LIFETIME))
}

const fn name(https: bool) -> &'static str {
    if https { "__Host-daedap_session" } else { "daedap_session" }
}

/// Gives the cookie that takes the session's away the attributes of that one. The layer leaves them out, and a browser takes no
/// `__Host-` cookie without `Secure`, so the old one would stay.
pub async fn complete_removal(State(https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let secure = if https { "; Secure" } else { "" };
    let removal = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", name(https));
    let is_removal =
        |cookie: &HeaderValue| cookie.as_bytes().starts_with(format!("{}=;", name(https)).as_bytes());
    for cookie in response
        .headers_mut()
        .iter_mut()
        .filter(|(header, _)| *header == SET_COOKIE)
        .map(|(_, cookie)| cookie)
    {
        if is_removal(cookie)
            && let Ok(complete) = removal.parse()
        {
            *cookie = complete;
        }
    }
    response
}

impl DatabaseSessions {
    /// Removes sessions that have ended.
    pub async fn delete_expired(&self) -> std::result::Result<(), DbErr> {
        Entity::delete_many().filter(Column::ExpiresAt.lt(Utc::now())).exec(self.database.writer()).await?;
        Ok(())
    }

    /// Takes note that a session is in use. Nobody waits for it: it is for the eyes of its owner only.
    fn see(&self, key_hash: String) {
        let database = self.database.clone();
        tokio::spawn(async move {
            let now = Utc::now();
            let old = Column::LastSeenAt.is_null().or(Column::LastSeenAt.lte(now - SEEN_EVERY));
            // Of many requests at once the first one writes. A session that was ended meanwhile stays ended.
            let updated = Entity::update_many()
                .col_expr(Column::LastSeenAt, Expr::value(now))
                .filter(Column::KeyHash.eq(key_hash))
                .filter(old)
                .exec(database.writer())
                .await;
            if let Err(error) = updated {
                tracing::debug!(%error, "when a session was seen was not stored");
            }
        });
    }

    /// The sessions of this database.
    pub const fn new(database: Database) -> Self {
        Self { database }
    }
}

fn key_hash(id: &Id) -> String {
    domain::accounts::sessions::key_hash(&id.to_string())
}

fn row(record: &Record) -> Result<ActiveModel> {
    let user_id = record
        .data
        .get(app_base::session::USER_ID_KEY)
        .and_then(|id| id.as_str())
        .and_then(|id| id.parse::<Uuid>().ok());
    Ok(ActiveModel {
        key_hash: Set(key_hash(&record.id)),
        user_id: Set(user_id),
        data: Set(serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))?),
        expires_at: Set(timestamp(record.expiry_date)),
        last_seen_at: Set(Some(Utc::now())),
    })
}

fn timestamp(time: OffsetDateTime) -> DateTime<Utc> {
    DateTime::from_timestamp(time.unix_timestamp(), 0).unwrap_or_default()
}

fn backend(error: DbErr) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for DatabaseSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            match Entity::insert(row(record)?).exec_without_returning(self.database.writer()).await {
                Ok(_) => return Ok(()),
                Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                    record.id = Id::default();
                }
                // The account was deleted meanwhile: what is not stored opens nothing.
                Err(error) if is_orphan(&error) => return Ok(()),
                Err(error) => return Err(backend(error)),
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let update = OnConflict::column(Column::KeyHash)
            .update_columns([Column::UserId, Column::Data, Column::ExpiresAt])
            .to_owned();
        let saved = Entity::insert(row(record)?).on_conflict(update);
        match saved.exec_without_returning(self.database.writer()).await {
            Ok(_) => Ok(()),
            Err(error) if is_orphan(&error) => Ok(()),
            Err(error) => Err(backend(error)),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = Entity::find_by_id(key_hash(id))
            .filter(Column::ExpiresAt.gt(Utc::now()))
            .one(self.database.reader())
            .await
            .map_err(backend)?;
        let Some(Model { key_hash, data, expires_at, last_seen_at, user_id }) = found else {
            return Ok(None);
        };
        if user_id.is_some() && last_seen_at.is_none_or(|seen| Utc::now() - seen >= SEEN_EVERY) {
            self.see(key_hash);
        }
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_value(data).map_err(|error| Error::Decode(error.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(expires_at.timestamp())
                .map_err(|error| Error::Decode(error.to_string()))?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        Entity::delete_by_id(key_hash(id)).exec(self.database.writer()).await.map_err(backend)?;
        Ok(())
    }
}
