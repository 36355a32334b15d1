//! Handing in a past question.

use std::time::Duration;

use domain::InputField;
use domain::past_questions::{NewPastQuestion, PastDetails, QUESTION_MIN};
use domain::questions::{SimilarQuestion, Topic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::details::{DetailsFields, typed_into};
use super::server_fns::{add_past, similar_questions};
use super::shown::OWN;
use super::similar::SimilarList;
use crate::language::language;
use crate::questions::bank_topics;
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, loaded};

/// Who types rests that long before it is looked up what is alike.
const REST: Duration = Duration::from_millis(500);

/// `/past-questions/new`, for members.
pub fn add_page() -> AnyView {
    let topics = Resource::new(|| (), |()| bank_topics());
    view! {
        <Title text=tr!(past_questions.add)/>
        <div class="page past-questions">
            <p class="question-number"><a href="/past-questions">{tr!(past_questions.title)}</a></p>
            <h1>{tr!(past_questions.add)}</h1>
            <p class="lead">{tr!(past_questions.add_lead)}</p>
            {loaded(topics, 8, move |topics| view! { <AddForm topics/> }.at_once())}
        </div>
    }
    .at_once()
}

/// Looks up what is alike once nobody types any more.
#[derive(Clone, Copy)]
struct LookUp {
    form: FormState,
    waiting: StoredValue<Option<TimeoutHandle>>,
    found: RwSignal<Vec<SimilarQuestion>>,
}

impl LookUp {
    fn typed(self) {
        if let Some(waiting) = self.waiting.get_value() {
            waiting.clear();
        }
        self.waiting.set_value(set_timeout_with_handle(move || self.look_up(), REST).ok());
    }

    fn look_up(self) {
        let text = self.form.value(InputField::Question);
        if text.chars().count() < QUESTION_MIN as usize {
            let _ = self.found.try_set(Vec::new());
            return;
        }
        let language = self.form.value(InputField::Language);
        spawn_local(async move {
            // Adding does not depend on it: what cannot be looked up is not told.
            let Ok(found) = similar_questions(text.clone(), language).await else { return };
            if self.waiting.try_get_value().is_some() && self.form.value(InputField::Question) == text {
                let _ = self.found.try_set(found);
            }
        });
    }
}

#[component]
fn AddForm(topics: Vec<Topic>) -> impl IntoView {
    let form = FormState::new();
    let look_up =
        LookUp { form, waiting: StoredValue::new(None), found: RwSignal::new(Vec::<SimilarQuestion>::new()) };
    on_cleanup(move || {
        if let Some(waiting) = look_up.waiting.try_get_value().flatten() {
            waiting.clear();
        }
    });
    let request = StoredValue::new(None::<Uuid>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request_id = request.get_value().unwrap_or_else(Uuid::now_v7);
        request.set_value(Some(request_id));
        let navigate = navigate.clone();
        form.send(add_past(NewPastQuestion { request_id, details: typed_into(form) }), move |_| {
            navigate(OWN, Default::default());
        });
    };
    let details = PastDetails { language: language().to_string(), ..PastDetails::default() };
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <DetailsFields form details topics typed=Callback::new(move |()| look_up.typed())>
                <div aria-live="polite">
                    {move || view! { <SimilarList similar=look_up.found.get()/> }}
                </div>
            </DetailsFields>
            <p class="note">{tr!(past_questions.add_privacy)}</p>
            <div class="actions">
                <SubmitButton form label=tr!(past_questions.hand_in) pending=tr!(past_questions.handing_in)/>
            </div>
        </form>
    }
    .at_once()
}
