//! Writing what answers to a past question are judged by.

use domain::past_questions::{
    AnswerKey, KeyFinding, KeyFollowUp, KeyOutcome, KeyPoint, MODEL_ANSWER_MAX, NOTE_MAX, POINTS_MAX,
};
use domain::questions::{Depth, Kind};
use leptos::html::Textarea;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::details::fill;
use super::server_fns::{make_answer_key, save_answer_key};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton};
use crate::words;

/// Lines for follow-ups.
const FOLLOW_UPS: u32 = 3;

/// The form, and the button that lets a model fill it.
#[component]
pub fn KeyForm(
    id: Uuid,
    key: Option<AnswerKey>,
    by_model: bool,
    has_model: bool,
    done: Callback<String>,
) -> impl IntoView {
    let form = FormState::new();
    let findings = RwSignal::new(Vec::<KeyFinding>::new());
    let can_be_made = has_model && key.is_none();
    let written = key.unwrap_or_default();
    let follow_ups = FOLLOW_UPS.max(u32::try_from(written.follow_ups.len()).unwrap_or(FOLLOW_UPS));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(key) = typed_into(form, follow_ups) else { return };
        findings.set(Vec::new());
        form.send(save_answer_key(id, key), move |outcome| match outcome {
            KeyOutcome::Saved => done.run(tr!(past_questions.key_saved).to_owned()),
            KeyOutcome::Wrong(wrong) => findings.set(wrong),
        });
    };
    let make = can_be_made.then(|| view! { <MakeKey id done/> });
    let note = by_model.then(|| view! { <p class="note">{tr!(past_questions.by_model)}</p> });
    let kind = written.kind.unwrap_or(Kind::Concept);
    let kinds = Kind::ALL
        .iter()
        .map(|other| view! { <option value=other.as_str() selected=*other == kind>{words::kind(*other)}</option> })
        .collect_view();
    let mut points = written.points.into_iter();
    let points = (1..=POINTS_MAX)
        .map(|number| view! { <PointFields number point=points.next().unwrap_or_default()/> })
        .collect_view();
    let mut asked = written.follow_ups.into_iter();
    let asked = (1..=follow_ups)
        .map(|number| view! { <FollowUpFields number follow_up=asked.next()/> })
        .collect_view();
    let told = move || {
        findings.with(|findings| {
            let told: Vec<_> =
                findings.iter().map(|finding| view! { <li>{words::key_finding(*finding)}</li> }).collect();
            (!told.is_empty()).then(|| view! { <ul>{told}</ul> })
        })
    };
    view! {
        <section class="block" aria-labelledby="answer-key">
            <h3 id="answer-key">{tr!(past_questions.key)}</h3>
            <p>{tr!(past_questions.key_text)}</p>
            {note}
            {make}
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <div class="field-error" role="alert">{told}</div>
                <div class="field">
                    <label for="key-kind">{tr!(questions.kind)}</label>
                    <select id="key-kind" name="kind">{kinds}</select>
                </div>
                <Area name="intent".to_owned() label=tr!(report.intent).to_owned() value=written.intent rows="2" max=NOTE_MAX/>
                <Area
                    name="model-answer".to_owned()
                    label=tr!(notebook.model_answer).to_owned()
                    value=written.model_answer
                    rows="5"
                    max=MODEL_ANSWER_MAX
                />
                <Area
                    name="misconception".to_owned()
                    label=tr!(report.misconception).to_owned()
                    value=written.misconception
                    rows="2"
                    max=NOTE_MAX
                />
                <p class="hint">{tr!(past_questions.points_hint)}</p>
                {points}
                {asked}
                <div class="actions">
                    <SubmitButton form class="quiet" label=tr!(past_questions.key_save) pending=tr!(accounts.saving)/>
                </div>
            </form>
        </section>
    }
    .at_once()
}

/// What is typed into the form now.
fn typed_into(form: FormState, follow_ups: u32) -> Option<AnswerKey> {
    let data = FormData::new_with_form(&form.element.get_untracked()?).ok()?;
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    let point = |number: u32| {
        let text = |name: &str| text(&format!("point-{number}-{name}"));
        KeyPoint {
            id: text("id"),
            say: text("say"),
            weight: text("weight").parse().unwrap_or_default(),
            must: !text("must").is_empty(),
            accept: text("accept"),
        }
    };
    let follow_up = |number: u32| {
        let text = |name: &str| text(&format!("follow-{number}-{name}"));
        let depth = text("depth").parse().unwrap_or(Depth::Mechanism);
        KeyFollowUp { depth, when: text("when"), ask: text("ask") }
    };
    Some(AnswerKey {
        kind: text("kind").parse().ok(),
        intent: text("intent"),
        model_answer: text("model-answer"),
        misconception: text("misconception"),
        points: (1..=POINTS_MAX).map(point).collect(),
        follow_ups: (1..=follow_ups).map(follow_up).collect(),
    })
}

#[component]
fn MakeKey(id: Uuid, done: Callback<String>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(make_answer_key(id), move |_| done.run(tr!(past_questions.key_made).to_owned()));
    };
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <div class="actions">
                <SubmitButton form class="quiet" label=tr!(past_questions.key_make) pending=tr!(past_questions.key_making)/>
            </div>
        </form>
    }
    .at_once()
}

/// A text of several lines.
#[component]
fn Area(name: String, label: String, value: String, rows: &'static str, max: u32) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    fill(field, value);
    let id = format!("key-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea id=id name=name rows=rows maxlength=max.to_string() node_ref=field></textarea>
        </div>
    }
    .at_once()
}

#[component]
fn PointFields(number: u32, point: KeyPoint) -> impl IntoView {
    let name = |part: &str| format!("point-{number}-{part}");
    let weight = if point.weight == 0 { 2 } else { point.weight };
    let weights = (1..=3)
        .map(|other: u32| {
            view! { <option value=other.to_string() selected=other == weight>{other}</option> }
        })
        .collect_view();
    let (weight_id, say_id) = (format!("key-{}", name("weight")), format!("key-{}", name("say")));
    view! {
        <fieldset class="field key-point">
            <legend>{tr!(past_questions.point, n = number)}</legend>
            <input type="hidden" name=name("id") value=point.id/>
            <div class="field">
                <label for=say_id.clone()>{tr!(past_questions.point_say)}</label>
                <input id=say_id name=name("say") type="text" autocomplete="off" maxlength="300" value=point.say/>
            </div>
            <Area
                name=name("accept")
                label=tr!(past_questions.point_accept).to_owned()
                value=point.accept
                rows="2"
                max=NOTE_MAX
            />
            <div class="key-point-facts">
                <label for=weight_id.clone()>{tr!(past_questions.point_weight)}</label>
                <select id=weight_id name=name("weight")>{weights}</select>
                <label class="choice compact">
                    <input type="checkbox" name=name("must") value="yes" checked=point.must/>
                    <span>{tr!(past_questions.point_must)}</span>
                </label>
            </div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn FollowUpFields(number: u32, follow_up: Option<KeyFollowUp>) -> impl IntoView {
    let name = |part: &str| format!("follow-{number}-{part}");
    let (depth, when, ask) = match follow_up {
        Some(follow_up) => (follow_up.depth, follow_up.when, follow_up.ask),
        None => (Depth::Mechanism, "always".to_owned(), String::new()),
    };
    let depths = Depth::ALL
        .iter()
        .map(|other| {
            view! { <option value=other.as_str() selected=*other == depth>{words::depth(*other)}</option> }
        })
        .collect_view();
    let (ask_id, depth_id) = (format!("key-{}", name("ask")), format!("key-{}", name("depth")));
    view! {
        <div class="key-follow-up">
            <input type="hidden" name=name("when") value=when/>
            <div class="field">
                <label for=ask_id.clone()>{tr!(past_questions.follow_up, n = number)}</label>
                <input id=ask_id name=name("ask") type="text" autocomplete="off" maxlength="300" value=ask/>
            </div>
            <div class="field">
                <label for=depth_id.clone()>{tr!(past_questions.depth)}</label>
                <select id=depth_id name=name("depth")>{depths}</select>
            </div>
        </div>
    }
    .at_once()
}
