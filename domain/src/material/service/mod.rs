//! What a person can do with material: seeing what there is, what would be asked about it, and having it copied into an interview.

mod gather;
mod store;

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::statements::statements;
use super::{
    DocumentChoice, LetterChoice, Material, MaterialChoices, MaterialName, MaterialPreview, NewMaterials,
    PREVIEW_MAX, Statement, StatementView, select,
};
use crate::app::App;
use crate::documents;
use crate::entities::letter;
use crate::error::Error;
use crate::questions::Language;
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

pub(crate) use gather::{Gathered, gather};
pub(crate) use store::{insert, insert_checked, load, names};

const READING: &str = "reading material";

/// Most letters that are offered, those that were changed last.
const OFFERED_MAX: u64 = 100;

/// The viewer's letters and documents.
///
/// # Errors
/// Internal ones only.
pub async fn choices(app: &App, viewer: &Viewer) -> Result<MaterialChoices, Error> {
    let letters: Vec<(Uuid, String, String)> = letter::Entity::find()
        .filter(letter::Column::UserId.eq(viewer.id))
        .order_by_desc(letter::Column::UpdatedAt)
        .order_by_desc(letter::Column::Id)
        .limit(OFFERED_MAX)
        .select_only()
        // Without the texts, which nobody reads in a list.
        .columns([letter::Column::Id, letter::Column::Title, letter::Column::Company])
        .into_tuple()
        .all(app.database.reader())
        .await?;
    let documents = documents::service::list(app, viewer).await?;
    Ok(MaterialChoices {
        letters: letters
            .into_iter()
            .map(|(id, title, company)| LetterChoice { id, title, company })
            .collect(),
        documents: documents
            .into_iter()
            .map(|document| DocumentChoice { id: document.id, kind: document.kind, title: document.title })
            .collect(),
    })
}

/// What is found in materials: what would be asked about first stands first. Nothing is stored, and no model is asked.
///
/// # Errors
/// [`Problem::NotFound`] for what is not the viewer's; [`Problem::Invalid`] on `language`, `materials` or `github_name`; what looking up
/// a profile at GitHub may fail with.
pub async fn preview(
    app: &App,
    viewer: &Viewer,
    new: NewMaterials,
    language: &str,
) -> Result<MaterialPreview, Error> {
    let language: Language = language
        .parse()
        .map_err(|_| Problem::Invalid { field: InputField::Language, reason: Reason::NotOffered })?;
    let Gathered { materials, .. } = gather(app, viewer, &new, language).await?;
    app.cores.run(READING, move || looked_through(materials)).await
}

fn looked_through(materials: Vec<Material>) -> MaterialPreview {
    let statements = statements(&materials);
    let mut seen = HashSet::new();
    let order = select(&statements, &[], statements.len().min(PREVIEW_MAX as usize), 0);
    let mut shown: Vec<usize> = order.iter().map(|chosen| chosen.statement).collect();
    shown.retain(|statement| seen.insert(*statement));
    shown.sort_unstable();
    MaterialPreview {
        found: number(statements.len()),
        statements: shown.into_iter().filter_map(|place| statements.get(place)).map(view).collect(),
        materials: materials
            .into_iter()
            .map(|given| MaterialName { kind: given.kind, title: given.title })
            .collect(),
    }
}

/// The materials with the statements in them. Reading keeps a core busy.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn read(
    app: &App,
    materials: Vec<Material>,
) -> Result<(Vec<Material>, Vec<Statement>), Error> {
    let read = move || {
        let found = statements(&materials);
        (materials, found)
    };
    app.cores.run(READING, read).await
}

fn view(statement: &Statement) -> StatementView {
    StatementView {
        material: number(statement.material),
        quote: statement.quote.clone(),
        signals: statement.signals.clone(),
        links: statement.links.clone(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
