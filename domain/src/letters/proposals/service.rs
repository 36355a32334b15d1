//! What a person can do with proposals.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{INSTRUCTION_MAX, NewProposal, ProposalKind, ProposalStatus, ProposalView, work};
use crate::app::App;
use crate::entities::letter_proposal;
use crate::error::{Error, OrInternal};
use crate::interview::{InterviewerKind, InterviewerLabel};
use crate::letters::outline::outline;
use crate::letters::service::store;
use crate::letters::{LetterContent, supplied};
use crate::quotas::{self, LimitedAction};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// The version of the rules that make outlines, stored with each.
const OUTLINE_VERSION: &str = "outline/1";

/// Asks for a proposal to a letter as it is stored. With a model it uses one unit and is made by a task; without one it is an outline,
/// and there at once. The same request id gives the same proposal. It takes the place of one to the same item that is over.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::QuotaReached`]; [`Problem::OutOfDate`] while one to the same item is being made;
/// [`Problem::TooManyAttempts`] when so many were asked of the model lately, whatever came of them;
/// [`Problem::Invalid`] on `kind` or `instruction` when that needs a model and there is none.
pub async fn propose(
    app: &App,
    viewer: &Viewer,
    letter: Uuid,
    new: NewProposal,
) -> Result<ProposalView, Error> {
    let request = Request::parse(new)?;
    let transaction = app.database.begin().await?;
    let row = store::lock_owned(&transaction, viewer.id, letter).await?;
    let content = store::content(&row.content)?;
    if let Some(before) = asked_before(&transaction, viewer, request.id).await? {
        return view(before);
    }
    if request.item.is_some_and(|id| content.item(id).is_none()) {
        return Err(Problem::NotFound.into());
    }
    make_room(app, &transaction, letter, &content, &request).await?;
    let writer = app.interviewer().letter_writer();
    if writer.is_some() {
        // What fails is free, and a letter can make a model fail.
        app.proposals.admit(viewer.id)?;
    }
    let id = Uuid::now_v7();
    let made = match &writer {
        Some(_) => {
            quotas::service::take_for_proposal(app, &transaction, viewer, LimitedAction::LetterDraft, id)
                .await?;
            None
        }
        None => Some(built_in(&content, &request)?),
    };
    let by = writer.unwrap_or_else(builtin_label);
    let status = if made.is_some() { ProposalStatus::Done } else { ProposalStatus::Running };
    let text = made.unwrap_or_default();
    let unsupplied = supplied::unsupplied(&text, &content, &request.instruction);
    letter_proposal::Entity::insert(letter_proposal::ActiveModel {
        id: Set(id),
        letter_id: Set(letter),
        user_id: Set(viewer.id),
        request_id: Set(request.id),
        kind: Set(request.kind.to_string()),
        item_id: Set(request.item),
        status: Set(status.to_string()),
        instruction: Set(request.instruction),
        text: Set(text),
        unsupplied: Set(store::json(&unsupplied)?),
        points: Set(serde_json::json!([])),
        made_by: Set(store::json(&by)?),
        problem: Set(None),
        leased_until: Set(app.now() + work::LEASE),
        created_at: Set(app.now()),
    })
    .exec_without_returning(&transaction)
    .await?;
    transaction.commit().await?;
    if status == ProposalStatus::Running {
        work::spawn(app, id);
    }
    read(app, viewer, id).await
}

/// What is asked for, parsed.
struct Request {
    id: Uuid,
    kind: ProposalKind,
    item: Option<Uuid>,
    instruction: String,
}

impl Request {
    fn parse(new: NewProposal) -> Result<Self, Problem> {
        let not_offered = || Problem::Invalid { field: InputField::Kind, reason: Reason::NotOffered };
        let kind: ProposalKind = new.kind.parse().map_err(|_| not_offered())?;
        // Points are about all answers, a draft is one answer.
        if (kind == ProposalKind::Draft) != new.item_id.is_some() {
            return Err(not_offered());
        }
        let instruction = new.instruction.replace('\0', "").trim().to_owned();
        if instruction.chars().count() > INSTRUCTION_MAX as usize {
            let reason = Reason::TooLong { max: INSTRUCTION_MAX };
            return Err(Problem::Invalid { field: InputField::Instruction, reason });
        }
        Ok(Self { id: new.request_id, kind, item: new.item_id, instruction })
    }
}

/// An outline. What only a model can do is not offered.
fn built_in(content: &LetterContent, request: &Request) -> Result<String, Problem> {
    let refused = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    if !request.instruction.is_empty() {
        return Err(refused(InputField::Instruction));
    }
    let item = request.item.and_then(|id| content.item(id));
    let item = item.ok_or_else(|| refused(InputField::Kind))?;
    Ok(outline(content, item))
}

fn builtin_label() -> InterviewerLabel {
    InterviewerLabel { kind: InterviewerKind::Builtin, model: None, version: OUTLINE_VERSION.to_owned() }
}

async fn asked_before(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    request_id: Uuid,
) -> Result<Option<letter_proposal::Model>, Error> {
    let row = letter_proposal::Entity::find()
        .filter(letter_proposal::Column::UserId.eq(viewer.id))
        .filter(letter_proposal::Column::RequestId.eq(request_id));
    Ok(row.one(connection).await?)
}

/// Forgets what was proposed for the same before, and what is proposed for items that the letter has no more: so a letter has no more
/// proposals than items, and one. The letter is locked, so that no two come at once.
async fn make_room(
    app: &App,
    transaction: &DatabaseTransaction,
    letter: Uuid,
    content: &LetterContent,
    request: &Request,
) -> Result<(), Error> {
    let all = letter_proposal::Entity::find().filter(letter_proposal::Column::LetterId.eq(letter));
    for row in all.all(transaction).await? {
        let is_same = row.kind == request.kind.as_str() && row.item_id == request.item;
        let is_nothings = row.item_id.is_some_and(|item| content.item(item).is_none());
        let runs = row.status == ProposalStatus::Running.as_str() && row.leased_until >= app.now();
        if is_same && runs {
            return Err(Problem::OutOfDate.into());
        }
        if is_same || (is_nothings && !runs) {
            work::give_back_abandoned(app, transaction, &row).await?;
            letter_proposal::Entity::delete_by_id(row.id).exec(transaction).await?;
        }
    }
    Ok(())
}

/// A proposal as far as it is.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<ProposalView, Error> {
    view(find(app, viewer, id).await?)
}

/// Ends a proposal that is being made. What has come stands. The model was asked, so the unit stays used: else starting and stopping would
/// ask it as often as anybody likes.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn stop(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    find(app, viewer, id).await?;
    if let Some(live) = app.proposals.find(id) {
        live.stop.cancel();
    }
    Ok(())
}

/// Forgets a proposal, because it was taken over or is not wanted. One that is being made is ended, and its unit stays used.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn dismiss(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let row = find(app, viewer, id).await?;
    if let Some(live) = app.proposals.find(id) {
        live.stop.cancel();
    }
    let transaction = app.database.begin().await?;
    work::give_back_abandoned(app, &transaction, &row).await?;
    letter_proposal::Entity::delete_by_id(id).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// The proposals to a letter, the oldest first. Whose letter it is was asked before.
pub(crate) async fn of_letter(app: &App, letter: Uuid) -> Result<Vec<ProposalView>, Error> {
    let rows = letter_proposal::Entity::find()
        .filter(letter_proposal::Column::LetterId.eq(letter))
        .order_by_asc(letter_proposal::Column::Id)
        .all(app.database.reader())
        .await?;
    rows.into_iter().map(view).collect()
}

pub(super) async fn find(app: &App, viewer: &Viewer, id: Uuid) -> Result<letter_proposal::Model, Error> {
    let own = letter_proposal::Entity::find_by_id(id).filter(letter_proposal::Column::UserId.eq(viewer.id));
    Ok(own.one(app.database.reader()).await?.ok_or(Problem::NotFound)?)
}

pub(super) fn view(row: letter_proposal::Model) -> Result<ProposalView, Error> {
    const READING: &str = "reading a proposal";
    Ok(ProposalView {
        id: row.id,
        kind: row.kind.parse().or_internal(READING)?,
        item_id: row.item_id,
        status: row.status.parse().or_internal(READING)?,
        instruction: row.instruction,
        text: row.text,
        unsupplied: store::parse(&row.unsupplied)?,
        points: store::parse(&row.points)?,
        by: store::parse(&row.made_by)?,
        problem: row.problem.as_ref().map(store::parse).transpose()?,
        created_at: row.created_at,
    })
}
