//! What the owner of a report can do about a judgement: hold a point for made, ask for another look, or disagree with reasons.

use domain::InputField;
use domain::interview::{
    ASSESSMENTS_MAX, AssessmentView, Band, DISPUTE_MAX, NewAssessment, OwnPart, PointFeedback, PointReason,
    Reply, ReportQuestion,
};
use domain::scoring::Verdict;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::server_fns::{assess_again, set_override};
use crate::AppError;
use crate::error::{FormResult, flat};
use crate::ui::{AtOnce, BandBadge, FormAlert, FormState, SubmitButton, described_by};
use crate::words;

/// The owner's ways to change what a report says of one question.
#[derive(Clone, Copy)]
pub struct Owner {
    interview: Uuid,
    position: u32,
    refetch: Callback<()>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
}

impl Owner {
    /// For the question at a position.
    pub fn new(interview: Uuid, position: u32, refetch: Callback<()>) -> Self {
        Self { interview, position, refetch, pending: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Sends one call at a time and shows the report anew.
    fn send(self, call: impl Future<Output = FormResult<()>> + 'static) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let result = flat(call.await);
            if self.pending.try_set(false).is_some() {
                return; // The page is gone.
            }
            match result {
                Ok(()) => self.refetch.run(()),
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

/// "I did say this", for a point that the judgement does not hold for made.
#[component]
pub fn Override(point: PointFeedback, overridden: bool, owner: Owner) -> impl IntoView {
    if point.verdict == Verdict::Covered {
        return ().at_once();
    }
    let id = point.id;
    let press = move |_| {
        owner.send(set_override(owner.interview, owner.position, id.clone(), !overridden));
    };
    let (label, tag) = match overridden {
        true => (tr!(report.override_undo), Some(tr!(report.overridden))),
        false => (tr!(report.override_set), None),
    };
    view! {
        <span class="override no-print">
            {tag.map(|tag| view! { <span class="tag">{tag}</span> })}
            <button
                type="button"
                class="plain"
                aria-label=format!("{label}: {}", point.say)
                disabled=move || owner.pending.get()
                on:click=press
            >
                {label}
            </button>
        </span>
    }
    .at_once()
}

/// All judgements of one question side by side, and the ways to another.
#[component]
pub fn Assessments(question: ReportQuestion, own: OwnPart, owner: Owner) -> impl IntoView {
    if own.assessments.is_empty() {
        return ().at_once();
    }
    let several = own.assessments.iter().filter(|given| given.result.is_some()).count() > 1;
    let table = several.then(|| side_by_side(&question, &own.assessments));
    let disputes = own
        .assessments
        .iter()
        .filter_map(|given| Some((given.dispute.clone()?, given.reply.clone())))
        .map(|(dispute, reply)| dispute_view(dispute, reply))
        .collect_view();
    let with_overrides = own.band_with_overrides.map(|band| {
        view! { <p class="with-overrides">{tr!(report.with_overrides)} " " <BandBadge band/></p> }
    });
    let pending = (question.feedback_pending && question.feedback.is_some())
        .then(|| view! { <p class="note" role="status">{tr!(report.again_pending)}</p> });
    let known = u32::try_from(own.assessments.len()).unwrap_or(u32::MAX);
    let ways = (known < ASSESSMENTS_MAX && !question.feedback_pending).then(|| view! { <Ways owner known/> });
    view! {
        <div class="assessments">
            {with_overrides}
            {table}
            {disputes}
            {pending}
            {ways}
            <p class="form-notice" role="alert">
                {move || owner.failure.get().as_ref().map(words::failure)}
            </p>
        </div>
    }
    .at_once()
}

/// One column for each judgement, one row for each key point.
fn side_by_side(question: &ReportQuestion, assessments: &[AssessmentView]) -> impl IntoView + use<> {
    let given: Vec<&AssessmentView> = assessments.iter().filter(|given| given.result.is_some()).collect();
    let results = || given.iter().filter_map(|given| given.result.as_ref());
    let heads = given
        .iter()
        .filter_map(|given| {
            let by = words::interviewer(&given.result.as_ref()?.by);
            let occasion = words::occasion(given.occasion);
            Some(view! {
                <th scope="col">{tr!(report.nth_assessment, n = given.number + 1)} " " <span class="hint">{occasion} " · " {by}</span></th>
            })
        })
        .collect_view();
    let bands = results().map(|result| view! { <td><BandBadge band=result.band/></td> }).collect_view();
    let totals = results().any(|result| result.total.is_some()).then(|| {
        let cells = results()
            .map(|result| {
                let total = result.total.map_or("–".to_owned(), |total| format!("{total:.1}"));
                view! { <td>{total}</td> }
            })
            .collect_view();
        view! { <tr><th scope="row">{tr!(report.rating)}</th>{cells}</tr> }
    });
    let points = question.feedback.iter().flat_map(|feedback| &feedback.points).enumerate();
    let rows = points
        .map(|(place, point)| {
            let cells = results()
                .map(|result| view! { <td>{result.verdicts.get(place).map(|verdict| words::verdict(*verdict))}</td> })
                .collect_view();
            view! { <tr><th scope="row">{point.say.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <p class="spread">{spread(results().map(|result| result.band))}</p>
        // It may be wider than the page, and then scrolls by the keyboard, too.
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(report.side_by_side)>
            <table>
                <caption>{tr!(report.side_by_side)}</caption>
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>
                    <tr><th scope="row">{tr!(report.result)}</th>{bands}</tr>
                    {totals}
                    {rows}
                </tbody>
            </table>
        </div>
    }
}

/// How far the judgements lie apart.
fn spread(bands: impl Iterator<Item = Band>) -> String {
    let order = [Band::Unjudged, Band::Practise, Band::Some, Band::Mostly, Band::Full];
    let places: Vec<usize> = bands.filter_map(|band| order.iter().position(|known| *known == band)).collect();
    match (places.iter().min(), places.iter().max()) {
        (Some(low), Some(high)) if low != high => {
            tr!(report.spread, low = words::band(order[*low]), high = words::band(order[*high]))
        }
        _ => tr!(report.no_spread).to_owned(),
    }
}

fn dispute_view(dispute: String, reply: Option<Reply>) -> impl IntoView {
    let reply = reply.map(|reply| {
        let text = reply.text.map(|text| view! { <p>{text}</p> });
        let points = reply.points.iter().map(reason_view).collect_view();
        let points = (!reply.points.is_empty()).then(|| view! { <ul class="reasons">{points}</ul> });
        let nothing = points.is_none().then(|| view! { <p>{tr!(report.dispute_all_covered)}</p> });
        view! {
            <p class="label">{tr!(report.dispute_reply)}</p>
            {text}
            {points}
            {nothing}
        }
    });
    view! {
        <div class="dispute">
            <p class="label">{tr!(report.dispute_reason)}</p>
            <blockquote>{dispute}</blockquote>
            {reply}
        </div>
    }
}

/// Why a point is not covered, in sentences.
fn reason_view(reason: &PointReason) -> impl IntoView + use<> {
    let verdict = match reason.before == reason.after {
        true => words::verdict(reason.after).to_owned(),
        false => format!("{} → {}", words::verdict(reason.before), words::verdict(reason.after)),
    };
    let nearest =
        reason.nearest.as_ref().map(|words| tr!(report.reason_nearest, words = format!("“{words}”")));
    let why = if reason.negated {
        Some(tr!(report.reason_negated).to_owned())
    } else if reason.listed {
        Some(tr!(report.reason_listed).to_owned())
    } else if !reason.missing.is_empty() {
        Some(tr!(report.reason_missing, words = reason.missing.join(", ")))
    } else {
        None
    };
    let sentences: Vec<String> = [nearest, why].into_iter().flatten().collect();
    view! {
        <li>
            <strong>{verdict}</strong> " " {reason.say.clone()}
            <span class="hint">" " {sentences.join(" ")}</span>
        </li>
    }
}

/// The buttons for another look and for a dispute.
#[component]
fn Ways(owner: Owner, known: u32) -> impl IntoView {
    let form = FormState::new();
    let again = move |_| {
        let new = NewAssessment { position: owner.position, known, dispute: None };
        owner.send(assess_again(owner.interview, new));
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let dispute = Some(form.value(InputField::Dispute));
        let new = NewAssessment { position: owner.position, known, dispute };
        form.send(assess_again(owner.interview, new), move |()| {
            if let Some(element) = form.element.get_untracked() {
                element.reset();
            }
            owner.refetch.run(());
        });
    };
    let id = format!("dispute-{}", owner.position);
    view! {
        <div class="ways no-print">
            <button
                type="button"
                class="button quiet"
                disabled=move || owner.pending.get()
                on:click=again
            >
                {tr!(report.assess_again)}
            </button>
            <details class="disputing">
                <summary>{tr!(report.dispute)}</summary>
                <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                    <FormAlert form/>
                    <div class="field">
                        <label for=id.clone()>{tr!(report.dispute_label)}</label>
                        <p class="hint" id=format!("{id}-hint")>{tr!(report.dispute_hint)}</p>
                        <textarea
                            id=id.clone()
                            name=InputField::Dispute.as_str()
                            rows="3"
                            maxlength=DISPUTE_MAX.to_string()
                            aria-describedby=described_by(&id)
                            aria-invalid=move || form.is_wrong(InputField::Dispute).then_some("true")
                        ></textarea>
                        // Not `FieldError`: there is one such form for each question.
                        <p class="field-error" id=format!("{id}-error")>
                            {move || form.error_of(InputField::Dispute)}
                        </p>
                    </div>
                    <div class="actions">
                        <SubmitButton form label=tr!(report.dispute_send) pending=tr!(report.dispute_sending)/>
                    </div>
                </form>
            </details>
        </div>
    }
    .at_once()
}
