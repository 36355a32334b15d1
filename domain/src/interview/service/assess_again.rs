//! Another look at the answers to one question, and what the person holds against a judgement.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::room::storable;
use crate::app::App;
use crate::entities::overrides;
use crate::error::Error;
use crate::interview::store::{self, Loaded, MainQuestion};
use crate::interview::{ASSESSMENTS_MAX, DISPUTE_MAX, NewAssessment, QuestionStatus, Status, assessment};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Has the answers to one question of a finished interview judged again, in the background. Earlier judgements stay as they are.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::OutOfDate`] while the interview goes on, while a judgement is being written, and when there are
/// others than the page shows; [`Problem::Invalid`] on `dispute` when it is empty, too long, or one judgement too many.
pub async fn assess_again(app: &App, viewer: &Viewer, id: Uuid, new: NewAssessment) -> Result<(), Error> {
    let dispute = new.dispute.map(|reason| check_dispute(&reason)).transpose()?;
    let transaction = app.database.begin().await?;
    let loaded = store::lock_owned(&transaction, viewer, id).await?;
    let main = judged_question(&loaded, new.position)?;
    let count = u32::try_from(main.assessments.len()).unwrap_or(u32::MAX);
    if count != new.known || main.is_feedback_due() {
        return Err(Problem::OutOfDate.into());
    }
    if count >= ASSESSMENTS_MAX {
        return Err(invalid(Reason::NotOffered).into());
    }
    store::owe_assessment(&transaction, id, new.position, count, dispute, app.now()).await?;
    transaction.commit().await?;
    assessment::spawn_due(app, id);
    Ok(())
}

/// "I did say this": holds a key point for made, or takes that back. The judgements stay as they are.
///
/// # Errors
/// [`Problem::NotFound`], also for a point that the question does not have; [`Problem::OutOfDate`] while the interview goes on.
pub async fn set_override(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    position: u32,
    point: &str,
    said: bool,
) -> Result<(), Error> {
    let transaction = app.database.begin().await?;
    let loaded = store::lock_owned(&transaction, viewer, id).await?;
    let main = judged_question(&loaded, position)?;
    let known = main.question.iter().flat_map(|question| &question.points).any(|known| known.id == point);
    if !known {
        return Err(Problem::NotFound.into());
    }
    if said {
        let row = overrides::ActiveModel {
            interview_id: Set(id),
            position: Set(store::signed(position)),
            point_id: Set(point.to_owned()),
            created_at: Set(app.now()),
        };
        // Said twice is said once.
        let mut twice = OnConflict::columns([
            overrides::Column::InterviewId,
            overrides::Column::Position,
            overrides::Column::PointId,
        ]);
        overrides::Entity::insert(row)
            .on_conflict(twice.do_nothing().to_owned())
            .exec_without_returning(&transaction)
            .await?;
    } else {
        overrides::Entity::delete_many()
            .filter(overrides::Column::InterviewId.eq(id))
            .filter(overrides::Column::Position.eq(store::signed(position)))
            .filter(overrides::Column::PointId.eq(point))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn judged_question(loaded: &Loaded, position: u32) -> Result<&MainQuestion, Problem> {
    if loaded.summary.status != Status::Finished {
        return Err(Problem::OutOfDate);
    }
    let answered =
        |main: &&MainQuestion| main.position == position && main.status == QuestionStatus::Answered;
    loaded.questions.iter().find(answered).ok_or(Problem::NotFound)
}

fn check_dispute(reason: &str) -> Result<String, Problem> {
    let reason = storable(reason.trim().to_owned());
    if reason.is_empty() {
        return Err(invalid(Reason::Empty));
    }
    if reason.chars().count() > DISPUTE_MAX as usize {
        return Err(invalid(Reason::TooLong { max: DISPUTE_MAX }));
    }
    Ok(reason)
}

const fn invalid(reason: Reason) -> Problem {
    Problem::Invalid { field: InputField::Dispute, reason }
}
