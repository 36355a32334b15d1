//! The page about progress.

use domain::progress::{INTERVIEWS_MAX, ProgressFilter, ProgressView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use super::practice::PracticeSection;
use super::profiles::ProfilesSection;
use super::scores::ScoresSection;
use super::server_fns::read_progress;
use crate::today::TodayCard;
use crate::ui::{AtOnce, loaded};

/// `/progress`, for members. Which scores are shown stands in the address.
pub fn progress_page() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(from_query));
    let page = Resource::new(move || filter.get(), read_progress);
    view! {
        <div class="above-page"><TodayCard/></div>
        {loaded(page, 8, move |progress| view! { <Progress progress/> }.at_once())}
    }
    .at_once()
}

fn from_query(query: &ParamsMap) -> ProgressFilter {
    let text = |name: &str| query.get_str(name).map(str::to_owned);
    ProgressFilter { field: text("field"), topic: text("topic") }
}

#[component]
fn Progress(progress: ProgressView) -> impl IntoView {
    let ProgressView { scores, practice, profiles, is_cut } = progress;
    let cut = is_cut.then(|| view! { <p class="note">{tr!(progress.cut, n = INTERVIEWS_MAX)}</p> });
    view! {
        <Title text=tr!(progress.title)/>
        <div class="page progress">
            <h1>{tr!(progress.title)}</h1>
            <nav aria-label=tr!(progress.review)>
                <ul class="picks">
                    <li><a href="/drill">{tr!(progress.drill)}</a></li>
                    <li><a href="/notebook">{tr!(progress.notebook)}</a></li>
                </ul>
            </nav>
            <PracticeSection practice/>
            <ScoresSection scores/>
            <ProfilesSection profiles/>
            {cut}
        </div>
    }
    .at_once()
}
