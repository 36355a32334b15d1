//! The list of a person's interviews.

use domain::interview::{HistoryFilter, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::again::{Again, AgainDialog};
use super::history_filter::{FilterForm, address, from_query, is_set};
use super::server_fns::{HistoryList, HistoryRow, delete_interview, history};
use crate::AppError;
use crate::error::flat;
use crate::time::Moment;
use crate::ui::{AtOnce, BandBadge, Dialog, loaded};
use crate::words;

/// `/interviews`, for members. The filter stands in the address.
pub fn history_page() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(from_query));
    let page = Resource::new(move || filter.get(), history);
    let deletion = Deletion::new(page);
    let again = Again::new();
    view! {
        <Title text=tr!(history.title)/>
        <div class="page">
            <div class="title-line">
                <h1>{tr!(history.title)}</h1>
                <a class="button" href="/interviews/new">{tr!(ui.nav_new)}</a>
            </div>
            {move || view! { <FilterForm filter=filter.get()/> }}
            {loaded(page, 6, move |list| view! { <List list filter=filter.get_untracked() deletion again/> }.at_once())}
            <AgainDialog again/>
            <DeleteDialog deletion/>
        </div>
    }
    .at_once()
}

#[component]
fn List(list: HistoryList, filter: HistoryFilter, deletion: Deletion, again: Again) -> impl IntoView {
    if list.rows.is_empty() {
        return match is_set(&filter) || filter.after.is_some() {
            true => view! { <p class="empty">{tr!(history.nothing_fits)}</p> }.at_once(),
            false => view! {
                <div class="empty">
                    <p>{tr!(history.empty)}</p>
                    <p><a class="button" href="/interviews/new">{tr!(history.first)}</a></p>
                </div>
            }
            .at_once(),
        };
    }
    let more = list.next.map(|after| {
        let href = address(&HistoryFilter { after: Some(after), ..filter });
        view! { <p class="more"><a class="button quiet" href=href>{tr!(history.more)}</a></p> }
    });
    let rows = list.rows.into_iter().map(|row| view! { <Row row deletion again/> }).collect_view();
    view! {
        <ul class="history">{rows}</ul>
        {more}
    }
    .at_once()
}

#[component]
fn Row(row: HistoryRow, deletion: Deletion, again: Again) -> impl IntoView {
    let HistoryRow { interview, started, topics } = row;
    let (id, field) = (interview.id, words::field(interview.field));
    let finished = interview.status == Status::Finished;
    let href = match finished {
        true => format!("/interviews/{id}/report"),
        false => format!("/interviews/{id}"),
    };
    let topics = match topics.is_empty() {
        true => tr!(history.all_topics).to_owned(),
        false => topics.join(", "),
    };
    let state = match interview.band.filter(|_| finished) {
        Some(band) => view! { <BandBadge band/> }.at_once(),
        None => view! { <span class="band" data-band="running">{words::status(interview.status)}</span> }
            .at_once(),
    };
    let facts = format!(
        "{} · {} · {}",
        words::level(interview.level),
        words::language(interview.language),
        words::mode(interview.mode)
    );
    let done = tr!(history.done, n = interview.questions_done, all = interview.question_count);
    let label = format!("{field}, {}", started.full());
    let hold_again = finished.then(|| {
        let (named, label) = (format!("{}: {label}", tr!(retake.title)), label.clone());
        view! {
            <button type="button" class="plain" aria-label=named on:click=move |_| again.ask(id, label.clone())>
                {tr!(retake.title)}
            </button>
        }
    });
    view! {
        <li class="history-row">
            <div class="history-main">
                <h2><a href=href>{field}</a></h2>
                <p class="topics">{topics}</p>
                <p class="facts">{facts} " · " {done}</p>
            </div>
            <div class="history-side">
                {state}
                <Moment at=started/>
                <div class="history-acts">
                    {hold_again}
                    <button
                        type="button"
                        class="plain"
                        aria-label=format!("{}: {label}", tr!(history.delete))
                        on:click=move |_| deletion.ask(id, label.clone())
                    >
                        {tr!(history.delete)}
                    </button>
                </div>
            </div>
        </li>
    }
    .at_once()
}

/// An interview that is about to be deleted.
#[derive(Clone, Copy)]
struct Deletion {
    open: RwSignal<bool>,
    target: RwSignal<Option<(Uuid, String)>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    page: Resource<Result<HistoryList, AppError>>,
}

impl Deletion {
    fn new(page: Resource<Result<HistoryList, AppError>>) -> Self {
        Self {
            open: RwSignal::new(false),
            target: RwSignal::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            page,
        }
    }

    fn ask(self, id: Uuid, label: String) {
        self.failure.set(None);
        self.target.set(Some((id, label)));
        self.open.set(true);
    }

    fn confirm(self) {
        let Some((id, _)) = self.target.get_untracked() else { return };
        self.pending.set(true);
        spawn_local(async move {
            let result = flat(delete_interview(id).await);
            let _ = self.pending.try_set(false);
            match result {
                Ok(()) => {
                    let _ = self.open.try_set(false);
                    self.page.refetch();
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }
}

#[component]
fn DeleteDialog(deletion: Deletion) -> impl IntoView {
    let label = move || deletion.target.get().map(|(_, label)| label);
    view! {
        <Dialog open=deletion.open title=tr!(history.delete_title).to_owned()>
            <p><strong>{label}</strong></p>
            <p>{tr!(history.delete_text)}</p>
            <p class="form-notice" role="alert">{move || deletion.failure.get().as_ref().map(words::failure)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || deletion.pending.get()
                    on:click=move |_| deletion.confirm()
                >
                    {tr!(history.delete)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| deletion.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
