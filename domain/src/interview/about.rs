//! A question about a material, when its time comes: a model puts it into words of its own and shows what they are about. Where it
//! cannot, the question stands as rules have made it.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use super::feedback::builtin_label;
use super::store::{Loaded, MainQuestion};
use super::{Interviewer, InterviewerKind};
use crate::ModelFailure;
use crate::app::App;
use crate::entities::interview_question;
use crate::error::{Error, OrInternal};
use crate::material::{self, AskBrief, Cue, Made};
use crate::questions::Question;

/// Settles who asks the open question in which words. Says whether it did: it is settled once. A candidate who stops the turn gets the
/// question of the rules.
///
/// # Errors
/// Internal ones only. A model that fails is not one, and is told with the cue.
pub async fn settle(
    app: &App,
    loaded: &Loaded,
    open: &MainQuestion,
    cue: &Cue,
    interviewer: &dyn Interviewer,
    stop: &CancellationToken,
) -> Result<bool, Error> {
    let Some(question) = &open.question else { return Ok(false) };
    let by_rules = |failure: Option<ModelFailure>| Cue {
        by: Some(builtin_label()),
        instead_of_model: failure,
        ..cue.clone()
    };
    let asks = interviewer.label().kind == InterviewerKind::Model && !loaded.row.imported;
    let made = match asks {
        false => None,
        true => {
            let brief = brief(app, loaded, cue).await?;
            tokio::select! {
                made = interviewer.ask_about(&brief) => Some(made),
                () = stop.cancelled() => None,
            }
        }
    };
    let (question, cue) = match made {
        None => (question.clone(), by_rules(None)),
        Some(Err(failure)) => {
            tracing::warn!(
                interview = %loaded.row.id,
                ?failure,
                "the model asked nothing about the material; the question of the rules stands"
            );
            (question.clone(), by_rules(Some(failure)))
        }
        Some(Ok(Made { quote, question: text, by })) => (
            Question { question: text, ..question.clone() },
            Cue { quote, by: Some(by), instead_of_model: None, ..cue.clone() },
        ),
    };
    store(app.database.writer(), open, &question, &cue).await?;
    Ok(true)
}

async fn brief(app: &App, loaded: &Loaded, cue: &Cue) -> Result<AskBrief, Error> {
    let others = || loaded.questions.iter().filter(|other| other.cue.as_ref() != Some(cue));
    Ok(AskBrief {
        field: loaded.summary.field,
        level: loaded.summary.level,
        language: loaded.summary.language,
        materials: material::service::load(app.database.reader(), loaded.row.id).await?,
        taken: others().filter_map(|other| other.cue.as_ref()).map(|other| other.quote.clone()).collect(),
        asked: others()
            .filter_map(|other| other.question.as_ref())
            .map(|other| other.question.clone())
            .collect(),
        cue: cue.clone(),
    })
}

async fn store(
    connection: &impl ConnectionTrait,
    open: &MainQuestion,
    question: &Question,
    cue: &Cue,
) -> Result<(), Error> {
    let storing = "storing a question about a material";
    let (question, cue) = (serde_json::to_value(question), serde_json::to_value(cue));
    interview_question::Entity::update_many()
        .col_expr(interview_question::Column::Question, Expr::value(question.or_internal(storing)?))
        .col_expr(interview_question::Column::Cue, Expr::value(cue.or_internal(storing)?))
        .filter(interview_question::Column::Id.eq(open.id))
        .exec(connection)
        .await?;
    Ok(())
}
