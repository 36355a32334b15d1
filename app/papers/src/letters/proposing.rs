//! Asking for proposals, hearing them as they are made, and deciding on them.

use domain::letters::proposals::{NewProposal, ProposalEvent, ProposalKind, ProposalStatus, ProposalView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::editor::Editor;
use super::line::listen;
use super::server_fns::{dismiss_proposal, propose, stop_proposal};
use crate::error::flat;

impl Editor {
    /// The proposal for an item, or the points for all of them.
    pub fn proposal(self, kind: ProposalKind, item: Option<Uuid>) -> Option<ProposalView> {
        self.proposals.with(|proposals| {
            proposals.iter().find(|proposal| proposal.kind == kind && proposal.item_id == item).cloned()
        })
    }

    /// Asks for a draft of an item or, without one, for points. What is written is saved first: the server works with that.
    pub fn propose(self, item: Option<Uuid>, instruction: String) {
        if self.asking.get_untracked().is_some() {
            return;
        }
        self.refused.set(None);
        let kind = if item.is_some() { ProposalKind::Draft } else { ProposalKind::Points };
        let request_id = Uuid::now_v7();
        self.when_saved(Callback::new(move |()| {
            // It was pressed twice while it was saved.
            if self.asking.get_untracked().is_some() {
                return;
            }
            self.asking.set(Some(item));
            let new = NewProposal {
                request_id,
                kind: kind.to_string(),
                item_id: item,
                instruction: instruction.clone(),
            };
            spawn_local(async move {
                let asked = flat(propose(self.id, new).await);
                if self.asking.try_set(None).is_some() {
                    return; // The page was left. The proposal waits there.
                }
                match asked {
                    Ok(proposal) => self.take_up(proposal),
                    Err(error) => self.refused.set(Some((item, error))),
                }
            });
        }));
    }

    /// Shows a proposal that was asked for, and hears the rest of it.
    fn take_up(self, proposal: ProposalView) {
        if self.model.with_value(Option::is_some) {
            self.allowance.update(|allowance| allowance.used = (allowance.used + 1).min(allowance.limit));
        }
        let (id, runs) = (proposal.id, proposal.status == ProposalStatus::Running);
        self.put(proposal);
        if runs {
            listen(self, id);
        }
    }

    /// Hears what was being made when the page was opened.
    pub fn hear_running(self) {
        Effect::new(move |_| {
            let running: Vec<Uuid> = self.proposals.with_untracked(|proposals| {
                let running = proposals.iter().filter(|proposal| proposal.status == ProposalStatus::Running);
                running.map(|proposal| proposal.id).collect()
            });
            running.into_iter().for_each(|id| listen(self, id));
        });
    }

    fn put(self, proposal: ProposalView) {
        self.proposals.update(|proposals| {
            proposals.retain(|other| {
                other.id != proposal.id && (other.kind, other.item_id) != (proposal.kind, proposal.item_id)
            });
            proposals.push(proposal);
        });
    }

    /// Bytes of a proposal's text that are here.
    pub fn heard(self, id: Uuid) -> u32 {
        let length = self.proposals.try_with_untracked(|proposals| {
            proposals.iter().find(|proposal| proposal.id == id).map_or(0, |proposal| proposal.text.len())
        });
        length.and_then(|length| u32::try_from(length).ok()).unwrap_or(0)
    }

    /// Takes in what happened to a proposal. Says whether it is over, or was dropped.
    pub fn apply(self, id: Uuid, event: ProposalEvent) -> bool {
        let is_here = self
            .proposals
            .try_with_untracked(|proposals| proposals.iter().any(|proposal| proposal.id == id))
            .unwrap_or(false);
        if !is_here {
            return true;
        }
        match event {
            ProposalEvent::Delta { at, text } => {
                self.proposals.update(|proposals| {
                    let Some(proposal) = proposals.iter_mut().find(|proposal| proposal.id == id) else {
                        return;
                    };
                    let at = at as usize;
                    if proposal.text.is_char_boundary(at) {
                        proposal.text.truncate(at);
                        proposal.text.push_str(&text);
                    }
                });
                false
            }
            ProposalEvent::Ended { proposal } => {
                self.put(*proposal);
                true
            }
        }
    }

    /// Ends a proposal that is being made. What has come stays.
    pub fn stop(self, id: Uuid) {
        spawn_local(async move {
            // Without a connection it comes to its end by itself.
            let _ = stop_proposal(id).await;
        });
    }

    /// Forgets a proposal.
    pub fn dismiss(self, id: Uuid) {
        self.proposals.update(|proposals| proposals.retain(|proposal| proposal.id != id));
        spawn_local(async move {
            // What was not forgotten is offered again when the page is opened next.
            let _ = dismiss_proposal(id).await;
        });
    }

    /// Puts a draft in the place of the answer. What was there stays a version, and the draft is forgotten once that is saved.
    pub fn accept(self, id: Uuid, item: Uuid, text: &str) {
        self.drafted.set_value(true);
        self.change_item(item, |item| item.answer = text.to_owned());
        self.when_saved(Callback::new(move |()| self.dismiss(id)));
    }
}
