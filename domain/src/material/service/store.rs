//! The copies of an interview, as they are stored.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entities::{interview_material, material_check};
use crate::error::{Error, OrInternal};
use crate::material::{Compared, Material, MaterialName};

/// Stores copies for an interview that begins, and owes a comparison with its answers. It joins the transaction that makes the interview.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn insert(
    connection: &impl ConnectionTrait,
    interview: Uuid,
    materials: &[Material],
) -> Result<(), Error> {
    insert_checked(connection, interview, materials, true, None).await
}

/// The same with what a comparison has found already.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn insert_checked(
    connection: &impl ConnectionTrait,
    interview: Uuid,
    materials: &[Material],
    due: bool,
    found: Option<&Compared>,
) -> Result<(), Error> {
    if materials.is_empty() {
        return Ok(());
    }
    let rows = (0..).zip(materials).map(|(number, material)| interview_material::ActiveModel {
        interview_id: Set(interview),
        number: Set(number),
        kind: Set(material.kind.to_string()),
        title: Set(material.title.clone()),
        text: Set(material.text.clone()),
    });
    interview_material::Entity::insert_many(rows).exec_without_returning(connection).await?;
    let found = found.map(serde_json::to_value).transpose().or_internal("storing a comparison")?;
    let check = material_check::ActiveModel {
        interview_id: Set(interview),
        due: Set(due),
        found: Set(found),
        leased_until: Set(None),
    };
    material_check::Entity::insert(check).exec_without_returning(connection).await?;
    Ok(())
}

/// The copies of an interview, in their order.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn load(connection: &impl ConnectionTrait, interview: Uuid) -> Result<Vec<Material>, Error> {
    let rows = interview_material::Entity::find()
        .filter(interview_material::Column::InterviewId.eq(interview))
        .order_by_asc(interview_material::Column::Number)
        .all(connection)
        .await?;
    let material = |row: interview_material::Model| {
        let kind = row.kind.parse().or_internal("reading material")?;
        Ok(Material { kind, title: row.title, text: row.text })
    };
    rows.into_iter().map(material).collect()
}

/// What the copies of an interview are, without their texts, in their order.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn names(
    connection: &impl ConnectionTrait,
    interview: Uuid,
) -> Result<Vec<MaterialName>, Error> {
    let rows: Vec<(String, String)> = interview_material::Entity::find()
        .filter(interview_material::Column::InterviewId.eq(interview))
        .order_by_asc(interview_material::Column::Number)
        .select_only()
        .columns([interview_material::Column::Kind, interview_material::Column::Title])
        .into_tuple()
        .all(connection)
        .await?;
    let name = |(kind, title): (String, String)| {
        Ok(MaterialName { kind: kind.parse().or_internal("reading material")?, title })
    };
    rows.into_iter().map(name).collect()
}
