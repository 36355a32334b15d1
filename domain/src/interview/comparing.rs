//! Comparing what an interview was about with what was answered, once it is over: a task of its own, taken up again after a crash.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::speech::interviewer_of;
use super::store::{self, LEASE, Loaded};
use super::{InterviewerKind, Status, TurnKind};
use crate::app::App;
use crate::entities::material_check;
use crate::error::{Error, OrInternal};
use crate::material::{self, Answer, CompareBrief, Compared, Contradiction, Cue, Material};

/// Compares what is owed for an interview, in the background, whether or not anybody waits for it.
pub fn spawn_due(app: &App, interview: Uuid) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        if let Err(Error::Internal(error)) = compare_due(&app, interview).await {
            tracing::error!(%interview, error = format!("{error:#}"), "material could not be compared with answers");
        }
    });
}

async fn compare_due(app: &App, interview: Uuid) -> Result<(), Error> {
    let loaded = store::read_any(&app.database, interview).await?;
    if loaded.summary.status != Status::Finished || !claim(app, interview).await? {
        return Ok(());
    }
    let compared = compare(app, &loaded).await?;
    let found = serde_json::to_value(&compared).or_internal("storing a comparison")?;
    material_check::Entity::update_many()
        .col_expr(material_check::Column::Found, Expr::value(found))
        .col_expr(material_check::Column::Due, Expr::value(false))
        .filter(material_check::Column::InterviewId.eq(interview))
        // What is written stays: a worker that was too slow may be second.
        .filter(material_check::Column::Due.eq(true))
        .exec(app.database.writer())
        .await?;
    app.rooms.enter(interview).notify();
    Ok(())
}

/// Takes the comparison for this task, unless another one is at it, or there is nothing to compare.
async fn claim(app: &App, interview: Uuid) -> Result<bool, Error> {
    let now = app.now();
    let claimed = material_check::Entity::update_many()
        // A model may take a minute, with its repair two.
        .col_expr(material_check::Column::LeasedUntil, Expr::value(now + LEASE * 8))
        .filter(material_check::Column::InterviewId.eq(interview))
        .filter(material_check::Column::Due.eq(true))
        .filter(
            Condition::any()
                .add(material_check::Column::LeasedUntil.is_null())
                .add(material_check::Column::LeasedUntil.lt(now)),
        )
        .exec(app.database.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

async fn compare(app: &App, loaded: &Loaded) -> Result<Compared, Error> {
    let materials = material::service::load(app.database.reader(), loaded.row.id).await?;
    let answers = answers(loaded);
    let cues: Vec<(u32, Cue)> =
        loaded.questions.iter().filter_map(|main| Some((main.position, main.cue.clone()?))).collect();
    let by_rules = {
        let (materials, answers) = (materials.clone(), answers.clone());
        move || rules(&materials, &cues, &answers)
    };
    let mut contradictions = app.cores.run("comparing material with answers", by_rules).await?;
    let interviewer = interviewer_of(app, &loaded.summary.interviewer);
    let asks =
        interviewer.label().kind == InterviewerKind::Model && !loaded.row.imported && !answers.is_empty();
    if !asks {
        return Ok(Compared { contradictions, instead_of_model: None });
    }
    let brief = CompareBrief { language: loaded.summary.language, materials, answers };
    let instead_of_model = match interviewer.contradictions(&brief).await {
        Ok(found) => {
            let is_known = |one: &Contradiction| {
                contradictions
                    .iter()
                    .any(|other| overlap(&one.claim, &other.claim) && overlap(&one.answer, &other.answer))
            };
            let more: Vec<Contradiction> = found.into_iter().filter(|found| !is_known(found)).collect();
            contradictions.extend(more);
            None
        }
        Err(failure) => {
            tracing::warn!(interview = %loaded.row.id, ?failure, "the model compared nothing; what rules found stands");
            Some(failure)
        }
    };
    Ok(Compared { contradictions, instead_of_model })
}

fn rules(materials: &[Material], cues: &[(u32, Cue)], answers: &[(u32, String)]) -> Vec<Contradiction> {
    let cues: Vec<(u32, &Cue)> = cues.iter().map(|(position, cue)| (*position, cue)).collect();
    let answers: Vec<Answer<'_>> =
        answers.iter().map(|(position, text)| Answer { position: *position, text }).collect();
    material::compare(materials, &cues, &answers)
}

/// Whether one of two quotes stands in the other.
fn overlap(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

/// Everything that the candidate answered, with the position of the question.
fn answers(loaded: &Loaded) -> Vec<(u32, String)> {
    let answers = loaded.turns.iter().filter(|turn| turn.view.kind == TurnKind::Answer);
    answers.map(|turn| (turn.view.position, turn.view.text.clone())).collect()
}
