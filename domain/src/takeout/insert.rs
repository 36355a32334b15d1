//! Storing what a plan says. Every row is new: nothing is changed, and nothing runs.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::file::{AccountFile, Ended, InterviewFile, QuestionFile, TurnFile};
use super::identity::marked;
use super::outline::Outline;
use super::past_questions;
use super::plan::Plan;
use crate::Problem;
use crate::accounts::DisplayName;
use crate::entities::{
    assessment, document, drill_card, interview, interview_question, ledger_entry, notebook_entry, overrides,
    today_question, turn, user,
};
use crate::error::{Error, OrInternal};
use crate::interview::store::signed;
use crate::interview::{QuestionStatus, Status, TurnStatus};
use crate::material::{self, Material};

/// Rows in one statement: databases take only so many values.
const AT_ONCE: usize = 200;

const STORING: &str = "storing what is imported";

fn json(value: &impl serde::Serialize) -> Result<serde_json::Value, Error> {
    serde_json::to_value(value).or_internal(STORING)
}

async fn insert<M>(connection: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), Error>
where
    M: ActiveModelTrait + Clone + Send,
{
    for rows in rows.chunks(AT_ONCE) {
        <M::Entity as EntityTrait>::insert_many(rows.to_vec()).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// An interview with everything in it.
pub async fn interview(
    connection: &impl ConnectionTrait,
    plan: &Plan,
    file: InterviewFile,
) -> Result<(), Error> {
    let id = plan.id(file.id);
    let row = interview::ActiveModel {
        id: Set(id),
        user_id: Set(plan.person),
        request_id: Set(file.request_id),
        field: Set(file.field.to_string()),
        topics: Set(json(&file.topics)?),
        level: Set(file.level.to_string()),
        language: Set(file.language.to_string()),
        mode: Set(file.mode.to_string()),
        question_count: Set(i32::try_from(file.questions.len()).or_internal(STORING)?),
        status: Set(match file.status {
            Ended::Finished => Status::Finished.to_string(),
            Ended::Failed => Status::Failed.to_string(),
        }),
        interviewer: Set(json(&file.interviewer)?),
        position: Set(signed(file.position)),
        band: Set(file.band.map(|band| band.to_string())),
        draft: Set(file.draft),
        started_at: Set(file.started_at),
        finished_at: Set(file.finished_at),
        paused_at: Set(None),
        paused_seconds: Set(signed(file.paused_seconds)),
        retake_of: Set(file.retake_of.map(|id| plan.id(id))),
        chat_topic: Set(file.chat_topic),
        imported: Set(true),
    };
    interview::Entity::insert(row).exec_without_returning(connection).await?;
    for (position, question) in (0..).zip(file.questions) {
        self::question(connection, plan, id, position, question).await?;
    }
    let turns = file.turns.into_iter().map(|given| turn(id, given));
    insert(connection, turns.collect::<Result<Vec<_>, _>>()?).await?;
    let materials: Vec<Material> = file
        .materials
        .into_iter()
        .map(|given| Material { kind: given.kind, title: given.title, text: given.text })
        .collect();
    material::service::insert_checked(connection, id, &materials, false, file.compared.as_ref()).await
}

async fn question(
    connection: &impl ConnectionTrait,
    plan: &Plan,
    interview: Uuid,
    position: i32,
    file: QuestionFile,
) -> Result<(), Error> {
    let row = interview_question::ActiveModel {
        id: Set(plan.id(file.id)),
        interview_id: Set(interview),
        position: Set(position),
        question_id: Set(file.question_id),
        question: Set(file.question.as_ref().map(json).transpose()?),
        cue: Set(file.cue.as_ref().map(json).transpose()?),
        status: Set(QuestionStatus::from(file.status).to_string()),
    };
    interview_question::Entity::insert(row).exec_without_returning(connection).await?;
    let given = (0..).zip(file.assessments).map(|(number, given)| {
        Ok(assessment::ActiveModel {
            id: Set(Uuid::now_v7()),
            interview_id: Set(interview),
            position: Set(position),
            number: Set(number),
            occasion: Set(given.occasion.to_string()),
            due: Set(false),
            band: Set(Some(given.feedback.band.to_string())),
            feedback: Set(Some(json(&given.feedback)?)),
            dispute: Set(given.dispute),
            reply: Set(given.reply.as_ref().map(json).transpose()?),
            leased_until: Set(None),
            created_at: Set(given.created_at),
        })
    });
    insert(connection, given.collect::<Result<Vec<_>, Error>>()?).await?;
    let held = file.overrides.into_iter().map(|held| overrides::ActiveModel {
        interview_id: Set(interview),
        position: Set(position),
        point_id: Set(held.point_id),
        created_at: Set(held.created_at),
    });
    insert(connection, held.collect()).await
}

fn turn(interview: Uuid, file: TurnFile) -> Result<turn::ActiveModel, Error> {
    Ok(turn::ActiveModel {
        id: Set(Uuid::now_v7()),
        interview_id: Set(interview),
        number: Set(signed(file.number)),
        position: Set(signed(file.position)),
        speaker: Set(file.speaker.to_string()),
        kind: Set(file.kind.to_string()),
        status: Set(TurnStatus::Done.to_string()),
        attempt: Set(0),
        text: Set(file.text),
        probe: Set(file.probe.as_ref().map(json).transpose()?),
        spoken_by: Set(file.spoken_by.as_ref().map(json).transpose()?),
        problem: Set(None),
        request_id: Set(None),
        leased_until: Set(None),
        created_at: Set(file.created_at),
    })
}

/// Everything but the interviews and letters: notebook, cards, days, lines, documents and past questions.
pub async fn others(connection: &impl ConnectionTrait, plan: &Plan, outline: &Outline) -> Result<(), Error> {
    let entries = outline.notebook.iter().zip(&plan.notebook).filter_map(|(file, id)| {
        Some(notebook_entry::ActiveModel {
            id: Set((*id)?),
            user_id: Set(plan.person),
            question_key: Set(plan.question_key(&file.question_key)),
            language: Set(file.language.to_string()),
            field: Set(file.field.to_string()),
            topic: Set(file.topic.clone()),
            question: Set(file.question.clone()),
            interview_id: Set(plan.id(file.interview_id)),
            position: Set(signed(file.position)),
            last_band: Set(file.last_band.map(|band| band.to_string())),
            missed: Set(file.missed),
            times_asked: Set(signed(file.times_asked)),
            favourite: Set(file.favourite),
            memo: Set(file.memo.clone()),
            updated_at: Set(file.updated_at),
        })
    });
    insert(connection, entries.collect()).await?;
    drill(connection, plan, outline).await?;
    let days = outline.today.iter().zip(&plan.today).filter(|(_, added)| **added);
    let days = days.map(|(file, _)| today_question::ActiveModel {
        user_id: Set(plan.person),
        day: Set(file.day),
        question_id: Set(file.question_id.clone()),
        swaps: Set(signed(file.swaps)),
        answered_interview_id: Set(plan.owned_interview(file.answered_interview_id)),
    });
    insert(connection, days.collect()).await?;
    let lines = outline.ledger.iter().zip(&plan.ledger).filter_map(|(file, id)| {
        Some(ledger_entry::ActiveModel {
            id: Set((*id)?),
            user_id: Set(plan.person),
            action: Set(file.action.to_string()),
            reason: Set(file.reason.to_string()),
            units: Set(file.units),
            interview_id: Set(file.interview_id.map(|id| plan.id(id))),
            day: Set(file.day),
            idempotency_key: Set(marked(&plan.ledger_key(file))),
            created_at: Set(file.created_at),
        })
    });
    insert(connection, lines.collect()).await?;
    documents(connection, plan, outline).await?;
    past_questions::insert(connection, plan.person, &outline.past_questions, &plan.past_questions).await
}

async fn documents(connection: &impl ConnectionTrait, plan: &Plan, outline: &Outline) -> Result<(), Error> {
    let placed = outline.documents.iter().zip(&plan.documents);
    for (file, id) in placed.filter_map(|(file, id)| Some((file, (*id)?))) {
        let row = document::ActiveModel {
            id: Set(id),
            user_id: Set(plan.person),
            request_id: Set(file.request_id),
            kind: Set(file.kind.to_string()),
            title: Set(file.title.clone()),
            text: Set(file.text.clone()),
            characters: Set(i32::try_from(file.text.chars().count()).or_internal(STORING)?),
            file: Set(file.file.map(|file| file.to_string())),
            revision: Set(0),
            created_at: Set(file.created_at),
            updated_at: Set(file.updated_at),
        };
        // One by one: they are long.
        document::Entity::insert(row).exec_without_returning(connection).await?;
    }
    Ok(())
}

async fn drill(connection: &impl ConnectionTrait, plan: &Plan, outline: &Outline) -> Result<(), Error> {
    let mut cards = Vec::new();
    for (file, id) in outline.drill.iter().zip(&plan.drill) {
        let Some(id) = *id else { continue };
        cards.push(drill_card::ActiveModel {
            id: Set(id),
            user_id: Set(plan.person),
            question_key: Set(plan.question_key(&file.question_key)),
            point_id: Set(file.point_id.clone()),
            language: Set(file.language.to_string()),
            field: Set(file.field.to_string()),
            topic: Set(file.topic.clone()),
            question: Set(file.question.clone()),
            intent: Set(file.intent.clone()),
            say: Set(file.say.clone()),
            must: Set(file.must),
            weight: Set(signed(file.weight)),
            made_question: Set(file.made_question.as_ref().map(json).transpose()?),
            missed: Set(signed(file.missed)),
            made: Set(signed(file.made)),
            last_verdict: Set(file.last_verdict.to_string()),
            state: Set(file.state.to_string()),
            due_at: Set(file.due_at),
            stability: Set(file.stability),
            difficulty: Set(file.difficulty),
            reps: Set(signed(file.reviews)),
            lapses: Set(signed(file.lapses)),
            last_review_at: Set(file.last_review_at),
            begun_at: Set(file.begun_at),
            created_at: Set(file.created_at),
        });
    }
    insert(connection, cards).await
}

/// What a person says about themselves. User name, address, password and role stay what they are, and so does for how long interviews
/// are kept, unless there were none: what is here already is not to be deleted for what a file says.
pub async fn profile(
    connection: &impl ConnectionTrait,
    person: Uuid,
    file: &AccountFile,
    was_empty: bool,
) -> Result<(), Error> {
    let display_name = DisplayName::parse(&file.display_name).map_err(|_| super::plan::clash())?;
    let zone: chrono_tz::Tz = file.time_zone.parse().map_err(|_| super::plan::clash())?;
    let mut update = user::Entity::update_many()
        .col_expr(user::Column::DisplayName, Expr::value(display_name.as_str()))
        .col_expr(user::Column::Language, Expr::value(file.language.as_str()))
        .col_expr(user::Column::TimeZone, Expr::value(zone.name()))
        .col_expr(user::Column::Fields, Expr::value(json(&file.fields)?))
        .filter(user::Column::Id.eq(person));
    if let Some(name) = &file.github_name {
        update = update.col_expr(user::Column::GithubName, Expr::value(name.as_str()));
    }
    if was_empty {
        let days = file.retention.days().map(signed);
        update = update.col_expr(user::Column::RetentionDays, Expr::value(days));
    }
    let updated = update.exec(connection).await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Problem::SignInRequired.into()) }
}
