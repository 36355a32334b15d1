//! Hearing a proposal as it is made, from any place of its text.

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::service::{find, view};
use super::{ProposalEvent, ProposalStatus};
use crate::app::App;
use crate::error::Error;
use crate::viewer::Viewer;

/// How often the database is looked at while another node makes the proposal.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Somebody who listens to a proposal.
pub struct ProposalListener {
    app: App,
    viewer: Viewer,
    id: Uuid,
    /// Bytes of the text that were told.
    told: usize,
    over: bool,
    /// Counted among those who listen for the viewer.
    _listening: Arc<()>,
}

impl ProposalListener {
    /// Begins to listen to a proposal to a letter of the viewer, from a byte of its text.
    ///
    /// # Errors
    /// [`crate::Problem::NotFound`]; [`crate::Problem::TooManyAttempts`] when the viewer listens in too many places.
    pub async fn new(app: &App, viewer: &Viewer, id: Uuid, since: Option<u32>) -> Result<Self, Error> {
        find(app, viewer, id).await?;
        let listening = app.rooms.listen(viewer.id)?;
        let told = since.unwrap_or_default() as usize;
        Ok(Self { app: app.clone(), viewer: viewer.clone(), id, told, over: false, _listening: listening })
    }

    /// The next event, with the byte to come back to after it. None once the proposal is over, or was deleted.
    pub async fn next(&mut self) -> Option<(u32, ProposalEvent)> {
        while !self.over {
            let Some(live) = self.app.proposals.find(self.id) else {
                let row = find(&self.app, &self.viewer, self.id).await.ok()?;
                let proposal = view(row).ok()?;
                if proposal.status != ProposalStatus::Running {
                    self.over = true;
                    let end = proposal.text.len();
                    return Some((number(end), ProposalEvent::Ended { proposal: Box::new(proposal) }));
                }
                if let Some(event) = self.tell(&proposal.text) {
                    return Some(event);
                }
                tokio::time::sleep(LOOK_EVERY).await;
                continue;
            };
            let mut text = live.text.subscribe();
            // The task holds the sender: without it, the wait below ends with the proposal.
            drop(live);
            loop {
                let event = {
                    let now = text.borrow_and_update();
                    self.tell(&now)
                };
                if event.is_some() {
                    return event;
                }
                if text.changed().await.is_err() {
                    break;
                }
            }
            // The task has ended; what came of it is stored now, or in a moment.
            tokio::task::yield_now().await;
        }
        None
    }

    /// What of a text was not told yet.
    fn tell(&mut self, text: &str) -> Option<(u32, ProposalEvent)> {
        // In the middle of a character is no place of ours: the page gets all of it.
        if self.told < text.len() && !text.is_char_boundary(self.told) {
            self.told = 0;
        }
        let rest = text.get(self.told..).filter(|rest| !rest.is_empty())?;
        let event = ProposalEvent::Delta { at: number(self.told), text: rest.to_owned() };
        self.told = text.len();
        Some((number(self.told), event))
    }
}

fn number(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
