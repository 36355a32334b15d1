//! The page of the rubric: the bands of the built-in interviewer and the levels of a model, and what they rest on.

use domain::interview::Band;
use domain::rubric::{Criterion, Rubric};
use leptos::prelude::*;
use leptos_meta::Title;

use super::server_fns::read_rubric;
use crate::language::language;
use crate::ui::{AtOnce, BandBadge, loaded};
use crate::words;

/// `/rubric`, open to everybody.
pub fn rubric_page() -> AnyView {
    let page = Resource::new(|| (), |()| read_rubric());
    loaded(page, 8, move |rubric| view! { <RubricView rubric/> }.at_once())
}

#[component]
fn RubricView(rubric: Rubric) -> impl IntoView {
    let criteria = rubric.criteria.iter().map(criterion_view).collect_view();
    view! {
        <Title text=tr!(rubric.title)/>
        <article class="page rubric">
            <header>
                <h1>{tr!(rubric.title)}</h1>
                <p class="lead">{tr!(rubric.lead)}</p>
            </header>
            <section aria-labelledby="points">
                <h2 id="points">{tr!(rubric.points)}</h2>
                <p>{tr!(rubric.points_text)}</p>
                <dl class="bands">
                    {band_view(Band::Full, tr!(rubric.band_full))}
                    {band_view(Band::Mostly, tr!(rubric.band_mostly))}
                    {band_view(Band::Some, tr!(rubric.band_some))}
                    {band_view(Band::Practise, tr!(rubric.band_practise))}
                    {band_view(Band::Unjudged, tr!(rubric.band_unjudged))}
                </dl>
                <p>{tr!(rubric.points_worth)}</p>
            </section>
            <section aria-labelledby="levels">
                <h2 id="levels">{tr!(rubric.levels)}</h2>
                <p>{tr!(rubric.levels_text)}</p>
                {criteria}
                <p>{tr!(rubric.total)}</p>
                <p class="hint">{tr!(rubric.version, version = rubric.version)}</p>
            </section>
        </article>
    }
    .at_once()
}

fn band_view(band: Band, text: &'static str) -> impl IntoView {
    view! {
        <div>
            <dt><BandBadge band/></dt>
            <dd>{text}</dd>
        </div>
    }
}

fn criterion_view(criterion: &Criterion) -> impl IntoView + use<> {
    let text = criterion.text(language()).clone();
    let kinds: Vec<&str> = criterion.kinds.iter().map(|kind| words::kind(*kind)).collect();
    let levels = text.levels.into_iter().map(|level| view! { <li>{level}</li> }).collect_view();
    view! {
        <section class="rubric-criterion">
            <h3>{text.name}</h3>
            <p>{text.asks}</p>
            <p class="hint">{tr!(rubric.applies, kinds = kinds.join(", "), weight = criterion.weight)}</p>
            <ol>{levels}</ol>
        </section>
    }
}
