//! The past questions that moderators look at.

use domain::past_questions::{PAST_PAGE, PastStatus};
use domain::questions::Topic;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::list_page::facts;
use super::moderator::Forms;
use super::server_fns::{ModeratedRow, ModerationList, moderation};
use super::shown::Moderated;
use super::similar::SimilarList;
use crate::layout::AdminNav;
use crate::questions::{Pages, bank_topics};
use crate::time::Moment;
use crate::ui::{AtOnce, Empty, loaded};
use crate::words;

/// `/admin/past-questions`, for administrators. Which ones, and which of them is open, stands in the address.
pub fn moderation_page() -> AnyView {
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(Moderated::from_query));
    let list = Resource::new(
        move || (shown.get().status, shown.get().page),
        |(status, page)| async move {
            let list = moderation(Some(status.to_string()), Some(page)).await?;
            Ok::<_, crate::AppError>((list, bank_topics().await?))
        },
    );
    let told = RwSignal::new(None::<String>);
    let done = Callback::new(move |text: String| {
        told.set(Some(text));
        list.refetch();
    });
    view! {
        <Title text=tr!(past_questions.moderation)/>
        <div class="page admin past-questions">
            <AdminNav/>
            <header>
                <h1>{tr!(past_questions.moderation)}</h1>
                <p class="lead">{tr!(past_questions.moderation_lead)}</p>
            </header>
            {move || view! { <Tabs shown=shown.get()/> }}
            <p class="done" role="status">{move || told.get()}</p>
            {loaded(list, 6, move |(list, topics)| view! { <List list topics shown done/> }.at_once())}
        </div>
    }
    .at_once()
}

#[component]
fn Tabs(shown: Moderated) -> impl IntoView {
    let tabs = PastStatus::MODERATED
        .iter()
        .map(|status| {
            let href = Moderated { status: *status, page: 0, open: None }.address();
            let current = (*status == shown.status).then_some("page");
            view! { <li><a href=href aria-current=current>{words::past_status(*status)}</a></li> }
        })
        .collect_view();
    view! { <nav aria-label=tr!(past_questions.lists)><ul class="tabs">{tabs}</ul></nav> }.at_once()
}

#[component]
fn List(
    list: ModerationList,
    topics: Vec<Topic>,
    shown: Memo<Moderated>,
    done: Callback<String>,
) -> impl IntoView {
    let ModerationList { rows, total, has_model } = list;
    if rows.is_empty() {
        let next = vec![("/past-questions", tr!(past_questions.to_list))];
        return view! { <Empty text=tr!(past_questions.none_here) next/> }.at_once();
    }
    let at = shown.get_untracked();
    let items = rows
        .into_iter()
        .map(|row| view! { <Item row topics=topics.clone() has_model shown done/> })
        .collect_view();
    view! {
        <p class="hint">{tr!(questions.count, n = total)}</p>
        <ol class="question-list">{items}</ol>
        <Pages
            page=at.page
            total
            size=PAST_PAGE
            address=move |page| Moderated { page, open: None, ..at }.address()
            label=tr!(questions.pages)
        />
    }
    .at_once()
}

#[component]
fn Item(
    row: ModeratedRow,
    topics: Vec<Topic>,
    has_model: bool,
    shown: Memo<Moderated>,
    done: Callback<String>,
) -> impl IntoView {
    let id = row.question.past.id;
    let kept = StoredValue::new((row.clone(), topics));
    let ModeratedRow { question, added, decided } = row;
    let is_open = Memo::new(move |_| shown.get().open == Some(id));
    let href = move || {
        let open = (!is_open.get()).then_some(id);
        Moderated { open, ..shown.get() }.address()
    };
    let facts = facts(&question.past);
    let contributor = question.contributor.map(|contributor| {
        view! { <a href=format!("/admin/users/{}", contributor.id)>{contributor.username}</a> " · " }
    });
    let reason = question.reason.map(|reason| {
        view! { <p class="note-block">{tr!(past_questions.reason)} " " {reason}</p> }
    });
    let orders =
        question.gives_orders.then(|| view! { <p class="note-block">{tr!(past_questions.gives_orders)}</p> });
    let decided =
        decided.map(|at| view! { " · " {tr!(past_questions.decided)} " " <Moment at day_only=true/> });
    let judged = if question.past.judged { tr!(past_questions.judged) } else { tr!(past_questions.unjudged) };
    let forms = move || {
        is_open.get().then(|| {
            let (row, topics) = kept.get_value();
            view! { <Forms question=row.question topics has_model done/> }
        })
    };
    view! {
        <li>
            <h2 lang=question.past.language.as_str()>{question.past.question}</h2>
            <p class="facts">{facts}</p>
            <p class="hint">{contributor} <Moment at=added/> {decided} " · " {judged}</p>
            {reason}
            {orders}
            <SimilarList similar=question.similar/>
            <p class="actions">
                <a class="button quiet small" href=href aria-expanded=move || is_open.get().to_string()>
                    {move || if is_open.get() { tr!(past_questions.close) } else { tr!(past_questions.open) }}
                </a>
            </p>
            {forms}
        </li>
    }
    .at_once()
}
