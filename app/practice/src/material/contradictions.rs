//! What a report says of the material: what the interview was about, and where it and the answers may not agree.

use domain::interview::InterviewerKind;
use domain::material::{Compared, Contradiction, ContradictionKind, MaterialName, MaterialReport};
use leptos::prelude::*;

use super::cue::kind_name;
use crate::ui::AtOnce;
use crate::words;

/// The section of a report. It is worth checking, and no verdict.
#[component]
pub fn MaterialSection(material: MaterialReport) -> impl IntoView {
    let MaterialReport { materials, compared } = material;
    let names = materials
        .iter()
        .map(|material| {
            let title = (!material.title.trim().is_empty()).then(|| format!(" ‘{}’", material.title));
            view! { <li>{kind_name(material.kind)} {title}</li> }
        })
        .collect_view();
    let body = match compared {
        None => view! { <p class="note" role="status">{tr!(material.comparing)}</p> }.at_once(),
        Some(compared) => found(compared, &materials),
    };
    view! {
        <section class="contradictions" aria-labelledby="material">
            <h2 id="material">{tr!(material.section)}</h2>
            <ul class="material-names">{names}</ul>
            <h3>{tr!(material.contradictions)}</h3>
            {body}
        </section>
    }
    .at_once()
}

fn found(compared: Compared, materials: &[MaterialName]) -> AnyView {
    let instead = compared.instead_of_model.map(|failure| {
        view! { <p class="hint">{tr!(material.compared_by_rules)} " " {words::model_failure(failure)}</p> }
    });
    if compared.contradictions.is_empty() {
        return view! {
            <p>{tr!(material.no_contradictions)}</p>
            {instead}
        }
        .at_once();
    }
    let rows = compared.contradictions.iter().map(|found| contradiction(found, materials)).collect_view();
    view! {
        <p class="hint">{tr!(material.worth_checking)}</p>
        <ol>{rows}</ol>
        {instead}
    }
    .at_once()
}

fn contradiction(found: &Contradiction, materials: &[MaterialName]) -> impl IntoView + use<> {
    let what = match found.kind {
        ContradictionKind::Number => tr!(material.differs_number),
        ContradictionKind::Duration => tr!(material.differs_duration),
        ContradictionKind::Alone => tr!(material.differs_alone),
        ContradictionKind::Technology => tr!(material.differs_technology),
        ContradictionKind::Other => tr!(material.differs_other),
    };
    let by = match found.by.kind {
        InterviewerKind::Builtin => tr!(material.found_by_rules),
        InterviewerKind::Model => tr!(material.found_by_model),
    };
    let of = materials.get(found.material as usize).map(|material| kind_name(material.kind));
    let number = found.position + 1;
    let why = found.why.clone().map(|why| view! { <p>{why}</p> });
    view! {
        <li>
            <p><strong>{what}</strong> " " <span class="tag">{by}</span></p>
            <dl class="sides">
                <div>
                    <dt>{of}</dt>
                    <dd><q class="evidence">{found.claim.clone()}</q></dd>
                </div>
                <div>
                    <dt><a href=format!("#question-{number}")>{tr!(material.answer_to, n = number)}</a></dt>
                    <dd><q class="evidence">{found.answer.clone()}</q></dd>
                </div>
            </dl>
            {why}
        </li>
    }
}
