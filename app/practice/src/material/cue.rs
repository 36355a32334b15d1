//! The words that a question is about, and who asks about them.

use domain::interview::InterviewerKind;
use domain::material::{Cue, Link, MaterialKind};
use leptos::prelude::*;

use crate::ui::AtOnce;
use crate::words;

/// What a material is called.
pub fn kind_name(kind: MaterialKind) -> &'static str {
    match kind {
        MaterialKind::Letter => tr!(material.letter),
        MaterialKind::Resume => tr!(material.resume),
        MaterialKind::Posting => tr!(material.posting),
        MaterialKind::Github => tr!(material.code),
    }
}

/// What a question wants to know.
pub fn link_name(link: Link) -> &'static str {
    match link {
        Link::Evidence => tr!(material.link_evidence),
        Link::OwnPart => tr!(material.link_own_part),
        Link::Basis => tr!(material.link_basis),
        Link::Alternative => tr!(material.link_alternative),
        Link::Failure => tr!(material.link_failure),
        Link::Change => tr!(material.link_change),
        Link::WhyUs => tr!(material.link_why_us),
        Link::WhyNow => tr!(material.link_why_now),
        Link::Fit => tr!(material.link_fit),
    }
}

/// The words to the letter, where they stand, and whether rules or a model made the question.
#[component]
pub fn CueView(cue: Cue) -> impl IntoView {
    let Cue { kind, title, quote, link, by, instead_of_model, .. } = cue;
    let title = (!title.trim().is_empty()).then(|| format!("‘{title}’"));
    let made = by.map(|by| match (by.kind, by.model) {
        (InterviewerKind::Model, Some(model)) => tr!(material.made_by_model, model = model),
        (InterviewerKind::Model, None) => tr!(material.made_by_some_model).to_owned(),
        (InterviewerKind::Builtin, _) => tr!(material.made_by_rules).to_owned(),
    });
    let instead = instead_of_model.map(|failure| {
        view! { " " {tr!(material.instead_of_model)} " " {words::model_failure(failure)} }
    });
    view! {
        <figure class="cue">
            <figcaption>{kind_name(kind)} " " {title} " · " {link_name(link)}</figcaption>
            <blockquote>{quote}</blockquote>
            <p class="hint">{made} {instead}</p>
        </figure>
    }
    .at_once()
}
