//! What moderators do: administrators, who read what waits, put it right, and decide.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, UpdateMany,
};
use serde_json::json;
use uuid::Uuid;

use chrono::Days;

use super::similar_to;
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::{past_question, user};
use crate::error::{Error, OrInternal};
use crate::interview::QuestionBrief;
use crate::past_questions::key::{self, Content};
use crate::past_questions::{
    AnswerKey, Approval, Contributor, KeyOutcome, ModeratedQuestion, ModerationPage, PAST_PAGE, PastDetails,
    PastStatus, input, row,
};
use crate::scoring::is_order;
use crate::viewer::Viewer;
use crate::{ModelFailure, Problem};

/// A page of the past questions of a status, counted from 0.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`] for what nobody has handed in.
pub async fn moderation(
    app: &App,
    viewer: &Viewer,
    status: PastStatus,
    page: u32,
) -> Result<ModerationPage, Error> {
    viewer.must_be_admin()?;
    if !PastStatus::MODERATED.contains(&status) {
        return Err(Problem::NotFound.into());
    }
    let connection = app.database.reader();
    let all = past_question::Entity::find().filter(past_question::Column::Status.eq(status.as_str()));
    let total = all.clone().count(connection).await?;
    // Whoever waits longest comes first.
    let ordered = match status {
        PastStatus::Pending => all.order_by_asc(past_question::Column::Id),
        PastStatus::Approved | PastStatus::Rejected | PastStatus::Kept => {
            all.order_by_desc(past_question::Column::DecidedAt).order_by_desc(past_question::Column::Id)
        }
    };
    let rows = ordered
        .offset(u64::from(page) * u64::from(PAST_PAGE))
        .limit(u64::from(PAST_PAGE))
        .all(connection)
        .await?;
    let names = names(connection, &rows).await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let content = row::content(&row)?;
        let past = row::view(&app.bank, &row, content.as_ref())?;
        let contributor = row.user_id.and_then(|id| {
            let username = names.get(&id)?.clone();
            Some(Contributor { id, username })
        });
        questions.push(ModeratedQuestion {
            similar: similar_to(app, &past.question, past.language, Some(past.id)).await?,
            gives_orders: is_order(&past.question),
            past,
            status: row::status(&row)?,
            reason: row.reason,
            created_at: row.created_at,
            decided_at: row.decided_at,
            contributor,
            key: content.as_ref().map(AnswerKey::from),
            by_model: row.by_model,
        });
    }
    Ok(ModerationPage {
        questions,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        has_model: app.interviewer().makes_questions(),
    })
}

async fn names(
    connection: &impl ConnectionTrait,
    rows: &[past_question::Model],
) -> Result<HashMap<Uuid, String>, Error> {
    let names = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Username])
        .filter(user::Column::Id.is_in(rows.iter().filter_map(|row| row.user_id)))
        .into_tuple::<(Uuid, String)>()
        .all(connection)
        .await?;
    Ok(names.into_iter().collect())
}

/// Puts right what is told of a past question. `seen` is what had become of it as the page knew it.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`]; [`Problem::Invalid`] on a field;
/// [`Problem::OutOfDate`] when somebody else decided meanwhile.
pub async fn edit(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    seen: PastStatus,
    details: &PastDetails,
) -> Result<(), Error> {
    viewer.must_be_admin()?;
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id, Some(seen)).await?;
    write_details(app, &transaction, &row, details).await?;
    log(app, &transaction, viewer, AuditAction::PastQuestionChanged, &row).await?;
    transaction.commit().await?;
    Ok(())
}

/// Approves a past question as it is told in the form: from now on everybody reads it, and interviews ask it. When there is a model and
/// nobody has written an answer key, the model writes one.
///
/// # Errors
/// As [`edit`].
pub async fn approve(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    seen: PastStatus,
    details: &PastDetails,
) -> Result<Approval, Error> {
    viewer.must_be_admin()?;
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id, Some(seen)).await?;
    write_details(app, &transaction, &row, details).await?;
    decide(app, &row, PastStatus::Approved, None).exec(&transaction).await?;
    log(app, &transaction, viewer, AuditAction::PastQuestionApproved, &row).await?;
    transaction.commit().await?;
    if row.answer_key.is_some() {
        return Ok(Approval::WithKey);
    }
    if !app.interviewer().makes_questions() {
        return Ok(Approval::WithoutKey);
    }
    match write_by_model(app, id).await {
        Ok(_) => Ok(Approval::WithKey),
        Err(Error::Problem(Problem::ModelUnavailable { reason })) => Ok(Approval::ModelFailed(reason)),
        // Somebody was faster than the model.
        Err(Error::Problem(Problem::OutOfDate | Problem::NotFound)) => Ok(Approval::WithKey),
        Err(error) => Err(error),
    }
}

/// Rejects a past question, also one that was approved, for a reason that its person reads.
///
/// # Errors
/// As [`edit`], with [`Problem::Invalid`] on `rejection`.
pub async fn reject(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    seen: PastStatus,
    reason: &str,
) -> Result<(), Error> {
    viewer.must_be_admin()?;
    let reason = input::rejection(reason)?;
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id, Some(seen)).await?;
    if row.user_id.is_none() {
        // Nobody is left to read why: it goes.
        past_question::Entity::delete_by_id(id).exec(&transaction).await?;
    } else {
        decide(app, &row, PastStatus::Rejected, Some(reason)).exec(&transaction).await?;
    }
    log(app, &transaction, viewer, AuditAction::PastQuestionRejected, &row).await?;
    transaction.commit().await?;
    Ok(())
}

/// Saves what answers to a past question are judged by, or takes it away when nothing is written.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`].
pub async fn save_key(app: &App, viewer: &Viewer, id: Uuid, key: &AnswerKey) -> Result<KeyOutcome, Error> {
    viewer.must_be_admin()?;
    let content = match key::parse(key) {
        Ok(content) => content,
        Err(findings) => return Ok(KeyOutcome::Wrong(findings)),
    };
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id, None).await?;
    write_key(app, &row, content.as_ref(), false)?.exec(&transaction).await?;
    log(app, &transaction, viewer, AuditAction::PastQuestionChanged, &row).await?;
    transaction.commit().await?;
    Ok(KeyOutcome::Saved)
}

/// Lets the model write an answer key where there is none.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`]; [`Problem::ModelUnavailable`]; [`Problem::OutOfDate`]
/// when there is a key already.
pub async fn make_key(app: &App, viewer: &Viewer, id: Uuid) -> Result<AnswerKey, Error> {
    viewer.must_be_admin()?;
    write_by_model(app, id).await
}

/// A task of its own: a browser that leaves does not end it.
async fn write_by_model(app: &App, id: Uuid) -> Result<AnswerKey, Error> {
    let for_task = app.clone();
    let task = app.tasks.spawn(async move { ask_model(&for_task, id).await });
    task.await.or_internal("writing an answer key")?
}

async fn ask_model(app: &App, id: Uuid) -> Result<AnswerKey, Error> {
    let row = handed_in(id).one(app.database.reader()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    if row.answer_key.is_some() {
        return Err(Problem::OutOfDate.into());
    }
    let stored = row::stored(&app.bank, row)?;
    let view = &stored.view;
    let brief = QuestionBrief {
        field: view.field,
        level: view.level,
        language: view.language,
        topics: view.topic.iter().map(|topic| topic.name(view.language).to_owned()).collect(),
        avoid: Vec::new(),
    };
    let made = app.interviewer().complete_question(&brief, &view.question).await;
    let content: Content = made.map_err(|reason: ModelFailure| Problem::ModelUnavailable { reason })?.into();
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id, None).await?;
    // What a moderator wrote meanwhile stays, and so does a question that is another one now.
    if row.answer_key.is_some() || row.question != view.question {
        return Err(Problem::OutOfDate.into());
    }
    write_key(app, &row, Some(&content), true)?.exec(&transaction).await?;
    transaction.commit().await?;
    Ok(AnswerKey::from(&content))
}

/// The past question, if its person has handed it in.
fn handed_in(id: Uuid) -> Select<past_question::Entity> {
    past_question::Entity::find_by_id(id).filter(past_question::Column::Status.ne(PastStatus::Kept.as_str()))
}

/// The past question, which nobody else changes until the transaction ends.
async fn lock(
    transaction: &DatabaseTransaction,
    id: Uuid,
    seen: Option<PastStatus>,
) -> Result<past_question::Model, Error> {
    let mut query = handed_in(id);
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let row = query.one(transaction).await?.ok_or(Problem::NotFound)?;
    if seen.is_some_and(|seen| row.status != seen.as_str()) {
        return Err(Problem::OutOfDate.into());
    }
    Ok(row)
}

fn change(app: &App, row: &past_question::Model) -> UpdateMany<past_question::Entity> {
    past_question::Entity::update_many()
        .col_expr(past_question::Column::UpdatedAt, Expr::value(app.now()))
        .filter(past_question::Column::Id.eq(row.id))
}

async fn write_details(
    app: &App,
    connection: &impl ConnectionTrait,
    row: &past_question::Model,
    details: &PastDetails,
) -> Result<(), Error> {
    let details = input::parse(&app.bank, details, app.now().date_naive() + Days::new(1))?;
    let mut update = change(app, row);
    if details.question != row.question {
        update = update.col_expr(past_question::Column::Rev, Expr::col(past_question::Column::Rev).add(1));
    }
    update
        .col_expr(past_question::Column::Question, Expr::value(details.question))
        .col_expr(past_question::Column::Language, Expr::value(details.language.as_str()))
        .col_expr(past_question::Column::Field, Expr::value(details.field.as_str()))
        .col_expr(past_question::Column::Topic, Expr::value(details.topic))
        .col_expr(past_question::Column::Level, Expr::value(details.level.as_str()))
        .col_expr(past_question::Column::Company, Expr::value(details.company))
        .col_expr(past_question::Column::Job, Expr::value(details.job))
        .col_expr(past_question::Column::AskedOn, Expr::value(details.asked_on))
        .col_expr(past_question::Column::Source, Expr::value(details.source))
        .col_expr(past_question::Column::SourceUrl, Expr::value(details.source_url))
        .exec(connection)
        .await?;
    Ok(())
}

fn decide(
    app: &App,
    row: &past_question::Model,
    status: PastStatus,
    reason: Option<String>,
) -> UpdateMany<past_question::Entity> {
    change(app, row)
        .col_expr(past_question::Column::Status, Expr::value(status.as_str()))
        .col_expr(past_question::Column::Reason, Expr::value(reason))
        .col_expr(past_question::Column::DecidedAt, Expr::value(app.now()))
}

fn write_key(
    app: &App,
    row: &past_question::Model,
    content: Option<&Content>,
    by_model: bool,
) -> Result<UpdateMany<past_question::Entity>, Error> {
    let json = content.map(serde_json::to_value).transpose().or_internal("storing an answer key")?;
    Ok(change(app, row)
        .col_expr(past_question::Column::AnswerKey, Expr::value(json))
        .col_expr(past_question::Column::ByModel, Expr::value(by_model))
        .col_expr(past_question::Column::Rev, Expr::col(past_question::Column::Rev).add(1)))
}

/// The line of the log names the past question and who handed it in, and nothing that it says.
async fn log(
    app: &App,
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    action: AuditAction,
    row: &past_question::Model,
) -> Result<(), Error> {
    let details = json!({ "past_question": row.id });
    audit::write(app, connection, Some(viewer.id), action, row.user_id, details).await
}
