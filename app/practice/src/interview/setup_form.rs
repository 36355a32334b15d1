//! The form that sets an interview up. What cannot be served cannot be pressed, and says why.

use domain::Problem;
use domain::interview::{Mode, NewInterview, QUESTIONS_MAX, QUESTIONS_MIN, SetupOptions};
use domain::material::NewMaterials;
use domain::questions::{Field, Language, Level};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use uuid::Uuid;

use super::company_choice::{Companies, CompanyChoice};
use super::server_fns::{SetupPage, start_interview};
use super::setup_choice::{Choice, option, ordered};
use crate::AppError;
use crate::i18n::Locale;
use crate::language::{language, locale};
use crate::material::{MaterialChoice, preselected};
use crate::time::Moment;
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, recall, remember};
use crate::words;

/// Where this browser keeps the last choice.
const LAST_CHOICE: &str = "daedap-setup";

/// What the parts of the form share.
#[derive(Clone, Copy)]
struct Setup {
    options: StoredValue<SetupOptions>,
    choice: RwSignal<Choice>,
}

impl Setup {
    fn change(self, change: impl FnOnce(&mut Choice)) {
        self.choice.update(|choice| {
            change(choice);
            self.options.with_value(|options| choice.fit(options));
        });
    }

    fn ask<T>(self, question: impl FnOnce(&Choice, &SetupOptions) -> T) -> T {
        self.choice.with(|choice| self.options.with_value(|options| question(choice, options)))
    }
}

/// The choices, and the button that starts.
#[component]
pub fn SetupForm(page: SetupPage) -> impl IntoView {
    let SetupPage { options, allowance, resets, interests, materials, companies } = page;
    let form = FormState::new();
    let asked = use_query_map().get_untracked();
    let mut first = Choice::first(&options, &interests, language());
    first.preselect(&options, &asked);
    let choice = RwSignal::new(first);
    // They are not remembered: what is chosen today may be deleted tomorrow.
    let chosen = RwSignal::new(preselected(&materials, &asked));
    let companies = Companies::new(companies, asked.get_str("company").map(str::to_owned));
    let fields = ordered(&options, &interests);
    let interviewer = options.interviewer.clone();
    let setup = Setup { options: StoredValue::new(options), choice };
    Effect::new(move |_| {
        let last = recall(LAST_CHOICE).and_then(|text| serde_json::from_str::<Choice>(&text).ok());
        if let Some(mut last) = last {
            // What the address names was asked for now.
            setup.options.with_value(|options| last.preselect(options, &asked));
            setup.change(|choice| *choice = last);
        }
    });
    // One form starts one interview, however often it is pressed or sent again.
    let request = StoredValue::new(None::<((Choice, NewMaterials, Option<String>), Uuid)>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (choice, materials) = (choice.get_untracked(), chosen.get_untracked());
        let company = companies.chosen_for(&choice);
        let asked = (choice.clone(), materials.clone(), company.clone());
        let id = match request.get_value() {
            Some((sent, id)) if sent == asked => id,
            _ => Uuid::now_v7(),
        };
        request.set_value(Some((asked, id)));
        remember(LAST_CHOICE, serde_json::to_string(&choice).ok().as_deref());
        let navigate = navigate.clone();
        let interview = setup.ask(|choice, options| choice.interview(options, id));
        let interview = NewInterview { materials, company, ..interview };
        form.send(start_interview(interview), move |id| {
            navigate(&format!("/interviews/{id}"), Default::default());
        });
    };
    let used_up = allowance.left() == 0;
    let refused = move || matches!(form.failure(), Some(AppError::Problem(Problem::QuotaReached { .. })));
    let blocked = Signal::derive(move || !setup.ask(Choice::can_start));
    let short = move || {
        let most = setup.ask(Choice::most);
        (most < QUESTIONS_MIN).then(|| tr!(setup.too_few, n = most, min = QUESTIONS_MIN))
    };
    view! {
        // What is pressed before the page is alive would be lost, so nothing can be pressed.
        <form
            class="setup"
            method="post"
            novalidate
            inert=move || !form.is_ready()
            node_ref=form.element
            on:submit=submit
        >
            <FieldChoice setup fields interests/>
            <TopicChoice setup/>
            <LevelChoice setup/>
            <LanguageChoice setup/>
            <CountChoice setup/>
            <ModeChoice setup/>
            <CompanyChoice companies choice form/>
            <MaterialChoice
                choices=materials
                chosen
                form
                language=Signal::derive(move || setup.choice.with(|choice| choice.language))
                questions=Signal::derive(move || setup.ask(Choice::count))
            />
            <section class="note-block" aria-labelledby="who-heading">
                <h2 id="who-heading">{tr!(setup.who)} ": " {words::interviewer(&interviewer)}</h2>
                <p>{words::interviewer_limits(interviewer.kind)}</p>
            </section>
            <p class="field-error" role="status">{short}</p>
            <FormNotice form/>
            <div class="start">
                <SubmitButton form blocked class="large" label=tr!(setup.start) pending=tr!(setup.starting)/>
                <p class="hint">
                    {move || {
                        let used = if refused() { allowance.limit } else { allowance.used };
                        tr!(setup.allowance, used = used, limit = allowance.limit)
                    }} " "
                    <span class:wrong=move || used_up || refused()>
                        {move || (used_up || refused()).then(|| tr!(setup.used_up))}
                    </span> " " {tr!(setup.resets)} " " <Moment at=resets/>
                </p>
            </div>
        </form>
    }
    .at_once()
}

#[component]
fn FieldChoice(setup: Setup, fields: Vec<Field>, interests: Vec<Field>) -> impl IntoView {
    let chosen = setup.choice.with_untracked(|choice| choice.field);
    let cards = fields
        .into_iter()
        .map(|field| {
            let star =
                interests.contains(&field).then(|| view! { <span class="tag">{tr!(setup.interest)}</span> });
            view! {
                <label class="card-choice">
                    <input
                        type="radio"
                        name="field"
                        value=field.as_str()
                        checked=field == chosen
                        prop:checked=move || setup.choice.with(|choice| choice.field == field)
                        on:change=move |_| {
                            setup
                                .change(|choice| {
                                    choice.field = field;
                                    choice.topics.clear();
                                })
                        }
                    />
                    <span>{words::field(field)} " " {star}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.field)}</legend>
            <div class="cards">{cards}</div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn TopicChoice(setup: Setup) -> impl IntoView {
    let field = Memo::new(move |_| setup.choice.with(|choice| choice.field));
    let chips = move || {
        let topics = setup.options.with_value(|options| {
            option(options, field.get()).map(|option| option.topics.clone()).unwrap_or_default()
        });
        topics
            .into_iter()
            .map(|topic| {
                let name = match locale() {
                    Locale::ko => topic.ko,
                    Locale::en => topic.en,
                };
                let id = StoredValue::new(topic.id);
                let chosen =
                    move || setup.choice.with(|choice| id.with_value(|id| choice.topics.contains(id)));
                let toggle = move |_| {
                    setup.change(|choice| {
                        let id = id.get_value();
                        match choice.topics.iter().position(|chosen| *chosen == id) {
                            Some(place) => {
                                choice.topics.remove(place);
                            }
                            None => choice.topics.push(id),
                        }
                    });
                };
                view! {
                    <label class="chip">
                        <input type="checkbox" name="topics" prop:checked=chosen on:change=toggle/>
                        <span>{name}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.topics)}</legend>
            <p class="hint">{tr!(setup.topics_hint)}</p>
            <div class="chips">{chips}</div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn LevelChoice(setup: Setup) -> impl IntoView {
    let chosen = setup.choice.with_untracked(|choice| choice.level);
    let radios = Level::ALL
        .iter()
        .map(|&level| {
            let unserved = move || !setup.ask(|choice, options| choice.level_is_served(options, level));
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="level"
                        value=level.as_str()
                        checked=level == chosen
                        prop:checked=move || setup.choice.with(|choice| choice.level == level)
                        disabled=unserved
                        on:change=move |_| setup.change(|choice| choice.level = level)
                    />
                    <span>
                        {words::level(level)}
                        <small>
                            {move || if unserved() { tr!(setup.not_enough) } else { words::level_years(level) }}
                        </small>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.level)}</legend>
            <div class="choices">{radios}</div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn LanguageChoice(setup: Setup) -> impl IntoView {
    let chosen = setup.choice.with_untracked(|choice| choice.language);
    let radios = Language::ALL
        .iter()
        .map(|&language| {
            let unserved = move || !setup.ask(|choice, options| choice.language_is_served(options, language));
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="language"
                        value=language.as_str()
                        checked=language == chosen
                        prop:checked=move || setup.choice.with(|choice| choice.language == language)
                        disabled=unserved
                        on:change=move |_| setup.change(|choice| choice.language = language)
                    />
                    <span>
                        <span lang=language.as_str()>{words::language(language)}</span>
                        <small>{move || unserved().then(|| tr!(setup.not_enough))}</small>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.language)}</legend>
            <div class="choices">{radios}</div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn CountChoice(setup: Setup) -> impl IntoView {
    let chosen = untrack(|| setup.ask(Choice::count));
    let radios = (QUESTIONS_MIN..=QUESTIONS_MAX)
        .map(|count| {
            view! {
                <label class="choice compact">
                    <input
                        type="radio"
                        name="question_count"
                        value=count.to_string()
                        checked=count == chosen
                        prop:checked=move || setup.ask(Choice::count) == count
                        disabled=move || setup.ask(Choice::most) < count
                        on:change=move |_| setup.change(|choice| choice.questions = count)
                    />
                    <span>{count}</span>
                </label>
            }
        })
        .collect_view();
    let limit = move || {
        let most = setup.ask(Choice::most);
        (most < QUESTIONS_MAX).then(|| tr!(setup.count_limit, n = most))
    };
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.count)}</legend>
            <p class="hint">{tr!(setup.count_hint)} " " {limit}</p>
            <div class="choices">{radios}</div>
        </fieldset>
    }
    .at_once()
}

#[component]
fn ModeChoice(setup: Setup) -> impl IntoView {
    let chosen = setup.choice.with_untracked(|choice| choice.mode);
    let radios = Mode::ALL
        .iter()
        .map(|&mode| {
            let what = match mode {
                Mode::Coaching => tr!(setup.coaching_text),
                Mode::Realistic => tr!(setup.realistic_text),
            };
            view! {
                <label class="card-choice wide">
                    <input
                        type="radio"
                        name="mode"
                        value=mode.as_str()
                        checked=mode == chosen
                        prop:checked=move || setup.choice.with(|choice| choice.mode == mode)
                        on:change=move |_| setup.change(|choice| choice.mode = mode)
                    />
                    <span>{words::mode(mode)} <small>{what}</small></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(setup.mode)}</legend>
            <div class="cards two">{radios}</div>
        </fieldset>
    }
    .at_once()
}
