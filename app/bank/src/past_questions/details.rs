//! The fields of a past question, for whoever hands one in and for moderators.

use domain::InputField;
use domain::past_questions::{PastDetails, QUESTION_MAX};
use domain::questions::{Field, Language, Level, Topic};
use leptos::html::Textarea;
use leptos::prelude::*;

use crate::questions::TopicOptions;
use crate::ui::{AtOnce, FieldError, FormState, TextField, described_by};
use crate::words;

/// What is typed into the fields now.
pub fn typed_into(form: FormState) -> PastDetails {
    PastDetails {
        question: form.value(InputField::Question),
        language: form.value(InputField::Language),
        field: form.value(InputField::Field),
        level: form.value(InputField::Level),
        topic: form.value(InputField::Topic),
        company: form.value(InputField::Company),
        job: form.value(InputField::Job),
        asked_on: form.value(InputField::AskedOn),
        source: form.value(InputField::Source),
        source_url: form.value(InputField::SourceUrl),
    }
}

/// Puts a text into a field, which has none as long as the page is not alive: as a child of the element it would be read as HTML. What
/// was typed meanwhile stays.
pub fn fill(field: NodeRef<Textarea>, text: String) {
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(field) = field.get() else { return false };
        if field.value().is_empty() {
            field.set_value(&text);
        }
        true
    });
}

/// All fields. `typed` is called when the question changes.
#[component]
pub fn DetailsFields(
    form: FormState,
    details: PastDetails,
    topics: Vec<Topic>,
    typed: Callback<()>,
    /// Stands below the question.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let question = NodeRef::<Textarea>::new();
    fill(question, details.question);
    let name = InputField::Question.as_str();
    let fields = Field::ALL.iter().map(|field| (field.as_str(), words::field(*field))).collect();
    let levels = Level::ALL.iter().map(|level| (level.as_str(), words::level(*level))).collect();
    let languages = Language::ALL.iter().map(|language| (language.as_str(), words::language(*language)));
    view! {
        <div class="field">
            <label for=name>{tr!(past_questions.question)}</label>
            <p class="hint" id=format!("{name}-hint")>{tr!(past_questions.question_hint)}</p>
            <textarea
                id=name
                name=name
                rows="3"
                maxlength=QUESTION_MAX.to_string()
                aria-describedby=described_by(name)
                aria-invalid=move || form.is_wrong(InputField::Question).then_some("true")
                node_ref=question
                on:input=move |_| typed.run(())
            ></textarea>
            <FieldError field=InputField::Question form/>
        </div>
        {children.map(|children| children())}
        <div class="field-pair">
            <TextField
                field=InputField::Company
                form
                label=tr!(past_questions.company)
                hint=tr!(past_questions.company_hint)
                value=details.company
            />
            <TextField
                field=InputField::Job
                form
                label=tr!(past_questions.job)
                hint=tr!(past_questions.job_hint)
                value=details.job
            />
        </div>
        <div class="field-pair">
            <Choice field=InputField::Field form label=tr!(history.field) options=fields chosen=details.field/>
            <Choice field=InputField::Level form label=tr!(questions.level) options=levels chosen=details.level/>
        </div>
        <div class="field-pair">
            <div class="field">
                <label for=InputField::Topic.as_str()>{tr!(past_questions.topic)}</label>
                <p class="hint" id="topic-hint"></p>
                <select
                    id=InputField::Topic.as_str()
                    name=InputField::Topic.as_str()
                    aria-describedby=described_by(InputField::Topic.as_str())
                    aria-invalid=move || form.is_wrong(InputField::Topic).then_some("true")
                >
                    <option value="">{tr!(past_questions.no_topic)}</option>
                    <TopicOptions topics chosen=Some(details.topic)/>
                </select>
                <FieldError field=InputField::Topic form/>
            </div>
            <Choice
                field=InputField::Language
                form
                label=tr!(questions.language)
                options=languages.collect()
                chosen=details.language
            />
        </div>
        <div class="field-pair">
            <TextField
                field=InputField::AskedOn
                form
                label=tr!(past_questions.asked_on)
                hint=tr!(past_questions.asked_on_hint)
                value=details.asked_on
            />
            <TextField
                field=InputField::Source
                form
                label=tr!(past_questions.source)
                hint=tr!(past_questions.source_hint)
                value=details.source
            />
        </div>
        <TextField
            field=InputField::SourceUrl
            form
            label=tr!(past_questions.source_url)
            hint=tr!(past_questions.source_url_hint)
            kind="url"
            value=details.source_url
        />
    }
    .at_once()
}

#[component]
fn Choice(
    field: InputField,
    form: FormState,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: String,
) -> impl IntoView {
    let name = field.as_str();
    let none = chosen.is_empty().then(|| view! { <option value="">{tr!(past_questions.choose)}</option> });
    let options = options
        .into_iter()
        .map(|(value, text)| {
            // Languages are called by their own names.
            let lang = (field == InputField::Language).then_some(value);
            view! { <option value=value lang=lang selected=value == chosen>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")></p>
            <select
                id=name
                name=name
                aria-describedby=described_by(name)
                aria-invalid=move || form.is_wrong(field).then_some("true")
            >
                {none}
                {options}
            </select>
            <FieldError field form/>
        </div>
    }
    .at_once()
}
