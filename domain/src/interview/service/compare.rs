//! Two sittings side by side.

use uuid::Uuid;

use super::report::competencies;
use crate::Problem;
use crate::app::App;
use crate::error::Error;
use crate::interview::compare;
use crate::interview::store::{self, Loaded};
use crate::interview::{Comparison, InterviewSummary, Sitting, Status};
use crate::viewer::Viewer;

/// Compares two finished interviews, whichever of them is named first.
///
/// # Errors
/// [`Problem::NotFound`] unless both are the viewer's; [`Problem::OutOfDate`] while one of them goes on.
pub async fn compare(app: &App, viewer: &Viewer, id: Uuid, other: Uuid) -> Result<Comparison, Error> {
    // Ids are ordered by time.
    let before = store::read_owned(&app.database, viewer, id.min(other)).await?;
    let after = store::read_owned(&app.database, viewer, id.max(other)).await?;
    if [&before, &after].iter().any(|loaded| loaded.summary.status != Status::Finished) {
        return Err(Problem::OutOfDate.into());
    }
    Ok(Comparison {
        topics: compare::topics(competencies(app, &before), competencies(app, &after)),
        questions: compare::questions(&before, &after),
        before: sitting(app, before),
        after: sitting(app, after),
    })
}

fn sitting(app: &App, loaded: Loaded) -> Sitting {
    Sitting { elapsed_seconds: loaded.elapsed_seconds(app.now()), interview: loaded.summary }
}

/// The interview that this one repeats, when it is still there to be compared with.
///
/// # Errors
/// Internal ones only.
pub async fn earlier(
    app: &App,
    viewer: &Viewer,
    interview: &InterviewSummary,
) -> Result<Option<Uuid>, Error> {
    let Some(id) = interview.retake_of else { return Ok(None) };
    let earlier = store::find_summary(app.database.reader(), viewer, id).await?;
    Ok(earlier.filter(|earlier| earlier.status == Status::Finished).map(|earlier| earlier.id))
}
