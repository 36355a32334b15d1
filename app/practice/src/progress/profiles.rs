//! Topics to practise: how the last questions of each went, the weakest first.

use domain::interview::CONFIDENT_QUESTIONS;
use domain::progress::{PROFILE_QUESTIONS, TopicProfile, Trend};
use leptos::prelude::*;

use crate::addresses::setup_address;
use crate::language::language;
use crate::ui::{AtOnce, BandBadge};
use crate::words;

/// Nothing before the first finished interview.
#[component]
pub fn ProfilesSection(profiles: Vec<TopicProfile>) -> impl IntoView {
    if profiles.is_empty() {
        return ().at_once();
    }
    let rows = profiles.into_iter().map(row).collect_view();
    view! {
        <section class="profiles" aria-labelledby="profiles">
            <h2 id="profiles">{tr!(progress.profiles)}</h2>
            <p class="hint">{tr!(progress.profiles_hint, n = PROFILE_QUESTIONS)}</p>
            <ol>{rows}</ol>
        </section>
    }
    .at_once()
}

fn row(profile: TopicProfile) -> impl IntoView {
    let TopicProfile { topic, band, questions, trend } = profile;
    let name = topic.name(language()).to_owned();
    let behind = match questions < CONFIDENT_QUESTIONS {
        true => tr!(progress.few_questions, n = questions),
        false => tr!(progress.questions, n = questions),
    };
    let trend = trend.map(|trend| view! { <p class="trend-words">{trend_words(trend)}</p> });
    let practise = tr!(progress.practise);
    let label = format!("{practise}: {name}");
    view! {
        <li>
            <div>
                <h3>{name} " " <small>{words::field(topic.field)}</small></h3>
                <p class="facts"><BandBadge band/> " " {behind}</p>
                {trend}
            </div>
            <a class="button quiet small" href=setup_address(Some(topic.field), Some(&topic.id)) aria-label=label>
                {practise}
            </a>
        </li>
    }
}

fn trend_words(trend: Trend) -> &'static str {
    match trend {
        Trend::Rising => tr!(progress.trend_rising),
        Trend::Steady => tr!(progress.trend_steady),
        Trend::Falling => tr!(progress.trend_falling),
    }
}
