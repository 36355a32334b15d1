//! Every way in: the server functions, the pages and the plain routes. What is missing here fails a test.

use std::collections::BTreeSet;

use http::Method;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD};
use uuid::Uuid;

use crate::client::{Browser, Reply};
use crate::world::{World, serve};

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Reads,
    Writes,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Anybody,
    Members,
    /// The one whose interview, card or entry of the notebook the arguments name. What is for administrators names an account or an
    /// invitation.
    Owner,
    /// Whoever has the token of a share link or of a link that works once, or the id of a receipt, without an account.
    Holders,
    /// Whoever is on the way to a provider of logins or back, and nobody else.
    Arrivals,
    Admins,
}

/// How arguments travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Json,
    Form,
}

/// A server function.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub path: &'static str,
    pub effect: Effect,
    pub who: For,
    pub encoding: Encoding,
    /// Arguments that would do something for the owner of an interview whose turn of that number is awaited, or of a card or an
    /// entry of the notebook: see [`World::named_by`].
    pub arguments: fn(Uuid, u32) -> Value,
}

const fn json_call(path: &'static str, effect: Effect, who: For, arguments: fn(Uuid, u32) -> Value) -> Call {
    Call { path, effect, who, encoding: Encoding::Json, arguments }
}

/// A cover letter without items.
pub fn letter(title: &str) -> Value {
    json!({
        "title": title, "language": "en", "company": "", "role": "", "posting": "",
        "facts": { "experiences": "", "strengths": "", "tone": "plain", "length": 700 }, "items": [],
    })
}

pub const CALLS: &[Call] = &[
    json_call("/web/accounts/register", Effect::Writes, For::Anybody, |_, _| {
        json!({ "account": {
            "username": "newcomer", "email": "newcomer@example.com", "password": PASSWORD,
            "password_confirmation": PASSWORD, "language": "ko",
        } })
    }),
    json_call(
        "/web/accounts/registration",
        Effect::Reads,
        For::Anybody,
        |_, _| json!({ "invitation": "nobodys" }),
    ),
    json_call("/web/accounts/setup", Effect::Reads, For::Holders, |_, _| json!({ "token": "nobodys" })),
    json_call("/web/accounts/set-up", Effect::Writes, For::Holders, |_, _| {
        json!({ "token": "nobodys", "account": {
            "username": "operator", "email": "operator@example.com", "password": PASSWORD,
            "password_confirmation": PASSWORD, "language": "ko",
        } })
    }),
    json_call("/web/accounts/can-send", Effect::Reads, For::Anybody, |_, _| json!({})),
    json_call(
        "/web/accounts/ask-reset",
        Effect::Writes,
        For::Anybody,
        |_, _| json!({ "email": "nobody@example.com" }),
    ),
    json_call("/web/accounts/reset-link", Effect::Reads, For::Holders, |_, _| json!({ "token": "nobodys" })),
    json_call(
        "/web/accounts/reset",
        Effect::Writes,
        For::Holders,
        |_, _| json!({ "token": "nobodys", "password": "another horse battery", "confirmation": "another horse battery" }),
    ),
    json_call(
        "/web/accounts/end-session",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "key": "0".repeat(64) }),
    ),
    json_call("/web/accounts/end-other-sessions", Effect::Writes, For::Members, |_, _| json!({})),
    json_call("/web/identities/offered", Effect::Reads, For::Anybody, |_, _| json!({})),
    json_call("/web/identities/unfinished", Effect::Reads, For::Arrivals, |_, _| json!({})),
    json_call(
        "/web/identities/finish",
        Effect::Writes,
        For::Arrivals,
        |_, _| json!({ "account": { "username": "arrived", "email": "arrived@example.com", "language": "ko" } }),
    ),
    json_call("/web/identities/unlink", Effect::Writes, For::Members, |_, _| json!({ "provider": "github" })),
    json_call(
        "/web/accounts/sign-in",
        Effect::Writes,
        For::Anybody,
        |_, _| json!({ "username": "attacker", "password": PASSWORD }),
    ),
    Call {
        path: "/web/accounts/sign-out",
        effect: Effect::Writes,
        who: For::Anybody,
        encoding: Encoding::Form,
        arguments: |_, _| json!({}),
    },
    json_call("/web/accounts/profile", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/accounts/save-profile", Effect::Writes, For::Members, |_, _| {
        json!({ "edit": {
            "display_name": "changed", "language": "en", "time_zone": "Europe/Berlin", "fields": ["cs"],
        } })
    }),
    json_call(
        "/web/accounts/change-password",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "current": PASSWORD, "password": "another horse battery", "confirmation": "another horse battery" }),
    ),
    json_call("/web/accounts/delete", Effect::Writes, For::Members, |_, _| json!({ "password": PASSWORD })),
    json_call("/web/interview/setup", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/interview/start", Effect::Writes, For::Members, |_, _| {
        json!({ "interview": {
            "request_id": Uuid::now_v7(), "field": "cs", "topics": [], "level": "junior", "language": "ko",
            "question_count": 3, "mode": "coaching",
        } })
    }),
    json_call(
        "/web/material/preview",
        Effect::Reads,
        For::Members,
        |_, _| json!({ "materials": { "letters": [], "documents": [] }, "language": "ko" }),
    ),
    json_call(
        "/web/interview/retake",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "retake": { "request_id": Uuid::now_v7(), "questions": "same" } }),
    ),
    json_call("/web/interview/practise", Effect::Writes, For::Members, |_, _| {
        json!({ "practice": {
            "request_id": Uuid::now_v7(), "question_ids": ["database/mvcc"], "language": "ko", "mode": "coaching",
        } })
    }),
    json_call("/web/interview/compare", Effect::Reads, For::Owner, |id, _| json!({ "id": id, "other": id })),
    json_call("/web/interview/room", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/interview/answer",
        Effect::Writes,
        For::Owner,
        |id, number| json!({ "id": id, "turn_number": number, "request_id": Uuid::now_v7(), "text": "An answer of somebody." }),
    ),
    json_call(
        "/web/interview/act",
        Effect::Writes,
        For::Owner,
        |id, number| json!({ "id": id, "turn_number": number, "action": "skip" }),
    ),
    json_call(
        "/web/interview/save-draft",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "text": "A draft of somebody." }),
    ),
    json_call("/web/interview/report", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/interview/assess-again",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "assessment": { "position": 0, "known": 1, "dispute": null } }),
    ),
    json_call(
        "/web/interview/set-override",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "position": 0, "point": "uncommitted", "said": true }),
    ),
    json_call(
        "/web/interview/history",
        Effect::Reads,
        For::Members,
        |id, _| json!({ "filter": { "after": id } }),
    ),
    json_call("/web/interview/delete", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/drill/due", Effect::Reads, For::Members, |_, _| json!({})),
    json_call(
        "/web/drill/check",
        Effect::Reads,
        For::Owner,
        |id, _| json!({ "id": id, "text": "What I know." }),
    ),
    json_call(
        "/web/drill/review",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "reps": 0, "rating": "good" }),
    ),
    json_call("/web/drill/list", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/drill/remove", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/notebook/list", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/notebook/read", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/notebook/set-favourite",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "target": { "entry": id }, "favourite": true }),
    ),
    json_call(
        "/web/notebook/save-memo",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "target": { "asked": { "interview": id, "position": 0 } }, "before": "", "memo": "A memo of somebody." }),
    ),
    json_call("/web/notebook/forget", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/questions/browse", Effect::Reads, For::Members, |_, _| json!({ "filter": {} })),
    json_call("/web/questions/read", Effect::Reads, For::Members, |_, _| json!({ "id": "os/deadlock" })),
    json_call("/web/questions/topics", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/past-questions/list", Effect::Reads, For::Members, |_, _| json!({ "filter": {} })),
    json_call("/web/past-questions/read", Effect::Reads, For::Members, |id, _| json!({ "id": id })),
    json_call("/web/past-questions/own", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/past-questions/add", Effect::Writes, For::Members, |_, _| {
        json!({ "past": { "request_id": Uuid::now_v7(), "details": {
            "question": "A past question of somebody, long enough.", "language": "en", "field": "ml", "level": "junior",
            "company": "Acme", "job": "ML engineer", "asked_on": "2026-03", "source": "asked myself",
        } } })
    }),
    json_call(
        "/web/past-questions/similar",
        Effect::Reads,
        For::Members,
        |_, _| json!({ "text": "A past question of somebody, long enough.", "language": "en" }),
    ),
    json_call("/web/past-questions/hand-in", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/past-questions/withdraw", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/past-questions/moderation", Effect::Reads, For::Admins, |_, _| json!({})),
    json_call("/web/past-questions/edit", Effect::Writes, For::Admins, |id, _| {
        json!({ "id": id, "seen": "pending", "details": {
            "question": "A past question of somebody, long enough.", "language": "en", "field": "ml", "level": "junior",
            "company": "Acme", "job": "ML engineer", "asked_on": "2026-03", "source": "asked myself",
        } })
    }),
    json_call("/web/past-questions/approve", Effect::Writes, For::Admins, |id, _| {
        json!({ "id": id, "seen": "pending", "details": {
            "question": "A past question of somebody, long enough.", "language": "en", "field": "ml", "level": "junior",
            "company": "Acme", "job": "ML engineer", "asked_on": "2026-03", "source": "asked myself",
        } })
    }),
    json_call(
        "/web/past-questions/reject",
        Effect::Writes,
        For::Admins,
        |id, _| json!({ "id": id, "seen": "pending", "reason": "A reason of somebody." }),
    ),
    json_call(
        "/web/past-questions/save-key",
        Effect::Writes,
        For::Admins,
        |id, _| json!({ "id": id, "key": { "model_answer": "An answer of somebody." } }),
    ),
    json_call("/web/past-questions/make-key", Effect::Writes, For::Admins, |id, _| json!({ "id": id })),
    json_call(
        "/web/letters/list",
        Effect::Reads,
        For::Members,
        |_, _| json!({ "search": "secret", "sort": "title" }),
    ),
    json_call(
        "/web/letters/create",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "letter": { "request_id": Uuid::now_v7(), "content": letter("A letter of somebody") } }),
    ),
    json_call(
        "/web/letters/duplicate",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "request_id": Uuid::now_v7() }),
    ),
    json_call("/web/letters/delete", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/letters/read", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/letters/save",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "save": { "revision": 1, "content": letter("Changed by somebody") } }),
    ),
    json_call(
        "/web/letters/check",
        Effect::Reads,
        For::Owner,
        |id, _| json!({ "id": id, "content": letter("A letter of somebody") }),
    ),
    json_call("/web/letters/versions", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/letters/version", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/letters/restore-version",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "revision": 1 }),
    ),
    json_call("/web/letters/propose", Effect::Writes, For::Owner, |id, _| {
        json!({ "id": id, "proposal": {
            "request_id": Uuid::now_v7(), "kind": "draft", "item_id": Uuid::nil(), "instruction": "",
        } })
    }),
    json_call("/web/letters/proposal", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/letters/stop-proposal", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/letters/dismiss-proposal", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call(
        "/web/share/create",
        Effect::Writes,
        For::Owner,
        |id, _| json!({ "id": id, "share": { "request_id": Uuid::now_v7(), "days": "7", "with_name": true } }),
    ),
    json_call("/web/share/list", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/share/revoke", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/share/read", Effect::Reads, For::Holders, |_, _| json!({ "token": "nobodys" })),
    json_call("/web/score-check/overview", Effect::Reads, For::Admins, |_, _| json!({})),
    json_call("/web/score-check/state", Effect::Reads, For::Admins, |_, _| json!({})),
    json_call("/web/score-check/start", Effect::Writes, For::Admins, |_, _| json!({})),
    json_call("/web/score-check/stop", Effect::Writes, For::Admins, |_, _| json!({})),
    json_call("/web/usage/overview", Effect::Reads, For::Admins, |_, _| json!({ "days": "7" })),
    json_call("/web/usage/try-model", Effect::Writes, For::Admins, |_, _| json!({})),
    json_call(
        "/web/admin/users",
        Effect::Reads,
        For::Admins,
        |id, _| json!({ "filter": { "text": "vic", "after": id } }),
    ),
    json_call("/web/admin/user", Effect::Reads, For::Admins, |id, _| json!({ "id": id })),
    json_call(
        "/web/admin/set-limit",
        Effect::Writes,
        For::Admins,
        |id, _| json!({ "id": id, "action": "interview", "daily_limit": "7" }),
    ),
    json_call(
        "/web/admin/ban",
        Effect::Writes,
        For::Admins,
        |id, _| json!({ "id": id, "reason": "A reason of somebody." }),
    ),
    json_call("/web/admin/unban", Effect::Writes, For::Admins, |id, _| json!({ "id": id })),
    json_call(
        "/web/admin/set-role",
        Effect::Writes,
        For::Admins,
        |id, _| json!({ "id": id, "role": "admin" }),
    ),
    json_call("/web/admin/reset-link", Effect::Writes, For::Admins, |id, _| json!({ "id": id })),
    json_call(
        "/web/admin/ledger",
        Effect::Reads,
        For::Admins,
        |id, _| json!({ "filter": { "who": "victim", "action": "interview", "after": id } }),
    ),
    json_call(
        "/web/admin/audit",
        Effect::Reads,
        For::Admins,
        |id, _| json!({ "filter": { "action": "banned", "after": id } }),
    ),
    json_call("/web/settings/overview", Effect::Reads, For::Admins, |_, _| json!({})),
    json_call(
        "/web/settings/set-registration",
        Effect::Writes,
        For::Admins,
        |_, _| json!({ "registration": "closed" }),
    ),
    json_call("/web/settings/retention-effect", Effect::Reads, For::Admins, |_, _| json!({ "days": "90" })),
    json_call("/web/settings/set-retention-max", Effect::Writes, For::Admins, |_, _| json!({ "days": "90" })),
    json_call("/web/invitations/list", Effect::Reads, For::Admins, |_, _| json!({})),
    json_call("/web/invitations/create", Effect::Writes, For::Admins, |_, _| json!({ "days": "7" })),
    json_call("/web/invitations/revoke", Effect::Writes, For::Admins, |id, _| json!({ "id": id })),
    json_call("/web/rubric/read", Effect::Reads, For::Anybody, |_, _| json!({})),
    json_call("/web/privacy/read", Effect::Reads, For::Anybody, |_, _| json!({})),
    json_call("/web/receipts/read", Effect::Reads, For::Holders, |id, _| json!({ "id": id })),
    json_call("/web/takeout/overview", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/takeout/holdings", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/retention/choose", Effect::Writes, For::Members, |_, _| json!({ "retention": "90" })),
    json_call(
        "/web/progress/read",
        Effect::Reads,
        For::Members,
        |_, _| json!({ "filter": { "field": "cs", "topic": "os" } }),
    ),
    json_call("/web/tokens/list", Effect::Reads, For::Members, |_, _| json!({})),
    json_call(
        "/web/tokens/create",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "token": { "name": "A token of somebody", "scope": "read", "expiry": "30" } }),
    ),
    json_call("/web/tokens/revoke", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/quotas/allowance", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/today/read", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/today/swap", Effect::Writes, For::Members, |_, _| json!({ "swaps": 0 })),
    json_call(
        "/web/today/answer",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "swaps": 0, "request_id": Uuid::now_v7() }),
    ),
    json_call("/web/documents/list", Effect::Reads, For::Members, |_, _| json!({})),
    json_call("/web/documents/read", Effect::Reads, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/documents/create", Effect::Writes, For::Members, |_, _| {
        json!({ "request_id": Uuid::now_v7(), "document": {
            "kind": "resume", "title": "A title of somebody", "text": "A text of somebody.", "file": null,
        } })
    }),
    json_call("/web/documents/save", Effect::Writes, For::Owner, |id, _| {
        json!({ "id": id, "edit": {
            "revision": 0, "kind": "posting", "title": "A title of somebody", "text": "A text of somebody.",
        } })
    }),
    json_call("/web/documents/delete", Effect::Writes, For::Owner, |id, _| json!({ "id": id })),
    json_call("/web/documents/make-letter", Effect::Writes, For::Members, |_, _| {
        json!({ "request_id": Uuid::now_v7(), "letter": { "title": "A letter of somebody", "items": [
            { "question": "Why?", "answer": "Because.", "limit": { "most": 500, "unit": "characters" } },
        ] } })
    }),
    json_call("/web/github/read", Effect::Reads, For::Members, |_, _| json!({})),
    json_call(
        "/web/github/look-up",
        Effect::Writes,
        For::Members,
        |_, _| json!({ "github_name": "mina-dev" }),
    ),
    json_call("/web/github/forget", Effect::Writes, For::Members, |_, _| json!({})),
];

/// The pages, as the router of the screens names them, and who may see them.
pub const PAGES: &[(&str, For)] = &[
    ("/", For::Anybody),
    ("/register", For::Anybody),
    ("/login", For::Anybody),
    ("/rubric", For::Anybody),
    ("/privacy", For::Anybody),
    ("/interviews", For::Members),
    ("/interviews/new", For::Members),
    ("/interviews/{id}", For::Owner),
    ("/interviews/{id}/report", For::Owner),
    ("/progress", For::Members),
    ("/interviews/{id}/compare/{other}", For::Owner),
    ("/drill", For::Members),
    ("/notebook", For::Members),
    ("/letters", For::Members),
    ("/letters/{id}", For::Owner),
    ("/share/{token}", For::Holders),
    ("/allowance", For::Members),
    ("/profile", For::Members),
    ("/setup/{token}", For::Holders),
    ("/reset", For::Anybody),
    ("/reset/{token}", For::Holders),
    ("/register/complete", For::Arrivals),
    ("/oauth/{provider}/start", For::Arrivals),
    ("/oauth/{provider}/callback", For::Arrivals),
    ("/admin/users", For::Admins),
    ("/admin/users/{id}", For::Admins),
    ("/admin/ledger", For::Admins),
    ("/admin/settings", For::Admins),
    ("/admin/audit", For::Admins),
    ("/tokens", For::Members),
    ("/profile/data", For::Members),
    ("/receipts/{receipt}", For::Holders),
    ("/admin/score-check", For::Admins),
    ("/admin/usage", For::Admins),
    ("/documents", For::Members),
    ("/documents/letter", For::Members),
    ("/documents/{document}", For::Owner),
    ("/github", For::Members),
    ("/admin/past-questions", For::Admins),
    ("/questions", For::Members),
    ("/questions/{topic}/{slug}", For::Members),
    ("/past-questions", For::Members),
    ("/past-questions/new", For::Members),
    ("/past-questions/{past}", For::Members),
];

/// The pages that a member sees who owns an interview. Letters have ids of their own: `letters.rs`.
pub fn pages_of_members() -> impl Iterator<Item = &'static str> {
    let pages = PAGES.iter().filter(|(_, who)| !matches!(who, For::Holders | For::Arrivals | For::Admins));
    // Those of a document, and of a past question, are tried in `documents.rs`.
    let elsewhere =
        |path: &&str| path.starts_with("/letters/") || path.contains("{document}") || path.contains("{past}");
    pages.map(|(path, _)| *path).filter(move |path| !elsewhere(path))
}

/// The plain routes.
pub const ROUTES: &[(&str, Method, For)] = &[
    ("/healthz", Method::GET, For::Anybody),
    ("/readyz", Method::GET, For::Anybody),
    ("/preferences", Method::POST, For::Anybody),
    ("/oauth/{provider}/start", Method::POST, For::Anybody),
    ("/oauth/{provider}/callback", Method::GET, For::Arrivals),
    ("/account/export.zip", Method::GET, For::Members),
    ("/account/import/preview", Method::POST, For::Members),
    ("/account/import", Method::POST, For::Members),
    ("/documents/parse", Method::POST, For::Members),
    ("/receipts/{receipt}/receipt.json", Method::GET, For::Holders),
    ("/interviews/{id}/events", Method::GET, For::Owner),
    ("/interviews/{id}/report.md", Method::GET, For::Owner),
    ("/interviews/{id}/report.json", Method::GET, For::Owner),
    ("/letters/{id}/letter.md", Method::GET, For::Owner),
    ("/letters/{id}/letter.txt", Method::GET, For::Owner),
    ("/letters/proposals/{id}/events", Method::GET, For::Owner),
    ("/api/openapi.json", Method::GET, For::Anybody),
    ("/api/docs", Method::GET, For::Anybody),
    ("/api/docs/{file}", Method::GET, For::Anybody),
];

/// The routes of the API outside of its versions, and what stands for everything else there: tried in `contract.rs` and `audio.rs`.
pub const API_ROUTES: &[&str] = &[
    "/api",
    "/api/audio/{token}",
    "/api/chat/gpt",
    "/api/chat/gpt/",
    "/api/user/login",
    "/api/user/login/",
    "/api/user/logout",
    "/api/user/logout/",
    "/api/user/register",
    "/api/user/register/",
    "/api/v1",
];

impl Call {
    /// Sends the call as a page does.
    pub async fn send(&self, browser: &mut Browser, arguments: &Value) -> Reply {
        match self.encoding {
            Encoding::Json => browser.call(self.path, arguments).await,
            Encoding::Form => browser.submit(self.path, &[]).await,
        }
    }
}

/// What changes something: the server functions that write, and the plain routes that take a POST.
pub fn mutations() -> impl Iterator<Item = &'static str> {
    let functions = CALLS.iter().filter(|call| call.effect == Effect::Writes).map(|call| call.path);
    functions.chain(ROUTES.iter().filter(|(_, method, _)| !method.is_safe()).map(|(path, ..)| *path))
}

/// The paths that the router knows, as it describes itself.
fn routed(fixture: &Fixture) -> BTreeSet<String> {
    let description = format!("{:?}", serve(fixture));
    let paths = description.split('"').skip(1).step_by(2).filter(|text| text.starts_with('/'));
    paths.filter(|path| !path.contains("__private")).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_server_function_is_in_the_table() {
    let table: BTreeSet<_> = CALLS.iter().map(|call| (call.path.to_owned(), "POST".to_owned())).collect();
    let _fixture = Fixture::sqlite(None).await;
    let known: BTreeSet<_> =
        server_fn_paths().map(|(path, method)| (path.to_owned(), method.to_string())).collect();
    assert_eq!(known, table);
}

#[tokio::test]
async fn every_page_is_in_the_table() {
    let fixture = Fixture::sqlite(None).await;
    let _router = serve(&fixture);
    let known: BTreeSet<String> =
        generate_route_list(app::App).iter().map(|route| route.path().to_owned()).collect();
    assert_eq!(known, PAGES.iter().map(|(path, _)| (*path).to_owned()).collect());
}

#[tokio::test]
async fn every_route_is_in_a_table() {
    let fixture = Fixture::sqlite(None).await;
    let functions = CALLS.iter().map(|call| call.path);
    let pages = PAGES.iter().map(|(path, _)| *path);
    let routes = ROUTES.iter().map(|(path, ..)| *path);
    let api = API_ROUTES.iter().copied();
    let tables: BTreeSet<String> =
        functions.chain(pages).chain(routes).chain(api).map(str::to_owned).collect();
    // What is described is in the table of `v1_calls.rs`.
    let tables = tables.into_iter().chain(server::v1_paths()).collect();
    assert_eq!(routed(&fixture), tables);
}

#[tokio::test]
async fn every_call_of_the_table_works_for_its_owner() {
    // Otherwise a refusal elsewhere would prove nothing.
    for call in CALLS {
        let world = World::new(Fixture::sqlite(None).await).await;
        let mut browser = match call.path {
            "/web/accounts/register" | "/web/accounts/sign-in" | "/web/accounts/set-up" => world.nobody(),
            "/web/identities/unfinished" | "/web/identities/finish" => world.arrived().await,
            _ => world.signed_in("victim").await,
        };
        let [running, finished] = world.named_by(call.path);
        let id = match call.path {
            "/web/interview/report"
            | "/web/interview/retake"
            | "/web/interview/compare"
            | "/web/interview/assess-again"
            | "/web/interview/set-override"
            | "/web/share/create" => finished,
            _ => running,
        };
        let mut arguments = (call.arguments)(id, world.awaited);
        if call.path == "/web/interview/set-override" {
            arguments["point"] = json!(world.point);
        }
        if call.path == "/web/letters/propose" {
            arguments["proposal"]["item_id"] = json!(world.letter_item);
        }
        match call.who {
            For::Admins => world.make_admin(world.victim.id).await,
            For::Holders if call.path == "/web/receipts/read" => arguments["id"] = json!(world.receipt),
            For::Holders => arguments["token"] = json!(world.token_of(call.path)),
            For::Anybody | For::Members | For::Owner | For::Arrivals => {}
        }
        let reply = call.send(&mut browser, &arguments).await;
        // Only a model writes a key, and none is there.
        let wants_model = call.path == "/web/past-questions/make-key"
            && reply.json()["Err"]["problem"] == "model-unavailable";
        let worked = reply.status.is_redirection() || wants_model || reply.json().get("Err").is_none();
        assert!(
            worked && !reply.status.is_client_error() && !reply.status.is_server_error(),
            "{call:?} {reply:?}"
        );
    }
}
