//! One card: what is asked, what the person remembers, the point, and how well it came to mind.

use domain::Problem;
use domain::drill::{CardView, CheckedCard, Choice, Rating};
use leptos::ev::KeyboardEvent;
use leptos::html::{Div, H2, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{check_card, review_card};
use crate::error::flat;
use crate::language::language;
use crate::ui::pieces;
use crate::ui::{AtOnce, Prose};
use crate::{AppError, words};

/// How a card begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start {
    /// The card before was rated on this page: the focus was on it and comes here.
    pub moved: bool,
    /// … with a key: the next thing to do is to write.
    pub by_key: bool,
    /// What is told about the card before.
    pub note: Option<&'static str>,
}

/// A card between being asked and being rated.
#[derive(Clone, Copy)]
struct Round {
    card: StoredValue<CardView>,
    field: NodeRef<Textarea>,
    checked: RwSignal<Option<CheckedCard>>,
    /// What was written when it was checked.
    written: RwSignal<String>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    /// False until the page is alive: a press before would do nothing.
    ready: RwSignal<bool>,
    start: RwSignal<Start>,
    next: Callback<()>,
}

impl Round {
    fn can_press(self) -> bool {
        self.ready.get() && !self.pending.get()
    }

    fn check(self) {
        if self.pending.get_untracked() || self.checked.with_untracked(Option::is_some) {
            return;
        }
        let text = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let id = self.card.with_value(|card| card.id);
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let result = flat(check_card(id, text.clone()).await);
            if self.pending.try_set(false).is_some() {
                return; // The page was left.
            }
            match result {
                Ok(checked) => {
                    self.written.set(text);
                    self.checked.set(Some(checked));
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    fn rate(self, rating: Rating, by_key: bool) {
        if self.pending.get_untracked() || self.checked.with_untracked(Option::is_none) {
            return;
        }
        let (id, reps) = self.card.with_value(|card| (card.id, card.reps));
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let note = match flat(review_card(id, reps, rating).await) {
                Ok(()) => None,
                // Also when the reply to this very press was lost.
                Err(AppError::Problem(Problem::OutOfDate)) => Some(tr!(drill.rated_already)),
                Err(AppError::Problem(Problem::NotFound)) => Some(tr!(drill.removed_already)),
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                    let _ = self.pending.try_set(false);
                    return;
                }
            };
            // It stays pending: the next card takes its place.
            let _ = self.start.try_set(Start { moved: true, by_key, note });
            self.next.try_run(());
        });
    }

    fn key_in_text(self, event: &KeyboardEvent) {
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !composing {
            event.prevent_default();
            self.check();
        }
    }

    /// 1 to 4, while the focus is on the point.
    fn key_on_point(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
            return;
        }
        let number = event.key().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(rating) = number.and_then(|number| Rating::ALL.get(number)) {
            event.prevent_default();
            self.rate(*rating, true);
        }
    }
}

/// A card.
#[component]
pub fn Card(card: CardView, start: RwSignal<Start>, next: Callback<()>) -> impl IntoView {
    let round = Round {
        card: StoredValue::new(card.clone()),
        field: NodeRef::new(),
        checked: RwSignal::new(None),
        written: RwSignal::new(String::new()),
        pending: RwSignal::new(false),
        failure: RwSignal::new(None),
        ready: RwSignal::new(false),
        start,
        next,
    };
    let heading = NodeRef::<H2>::new();
    let begun = start.get_untracked();
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let (Some(heading), Some(field)) = (heading.get(), round.field.get()) else { return false };
        round.ready.set(true);
        if begun.moved {
            // The field may be that of the card before, with its text.
            field.set_value("");
            // It fails only for elements that cannot have the focus.
            let _ = if begun.by_key { field.focus() } else { heading.focus() };
        }
        true
    });
    let topic = match &card.topic {
        Some(topic) => format!("{} · {}", words::field(card.field), topic.name(language())),
        None => words::field(card.field).to_owned(),
    };
    let must = card.must.then(|| view! { <span class="tag">{tr!(interview.must)}</span> });
    let missed =
        (card.missed > 1).then(|| view! { <p class="hint">{tr!(drill.missed, n = card.missed)}</p> });
    let asking = move || round.checked.with(Option::is_none);
    view! {
        <article class="drill-card" aria-labelledby="drill-question">
            <p class="question-number">{topic} " " {must}</p>
            <h2 id="drill-question" node_ref=heading tabindex="-1" lang=card.language.as_str()>{card.question}</h2>
            <p>{tr!(drill.hint)}</p>
            {missed}
            <form
                class="field"
                hidden=move || !asking()
                on:submit=move |event| {
                    event.prevent_default();
                    round.check();
                }
            >
                <label for="recall">{tr!(drill.recall)}</label>
                <p class="hint" id="recall-hint">{tr!(drill.recall_hint)}</p>
                <textarea
                    id="recall"
                    rows="4"
                    aria-describedby="recall-hint recall-error"
                    node_ref=round.field
                    on:keydown=move |event| round.key_in_text(&event)
                ></textarea>
                <p class="actions">
                    <button type="submit" class="button" disabled=move || !round.can_press()>
                        {move || if round.pending.get() { tr!(drill.checking) } else { tr!(drill.check) }}
                    </button>
                </p>
            </form>
            {move || round.checked.get().map(|checked| view! { <Point round checked/> })}
            <p class="form-notice" id="recall-error" role="alert">{move || told(round)}</p>
            <noscript class="form-notice">{tr!(ui.needs_scripts)}</noscript>
        </article>
    }
    .at_once()
}

/// What went wrong. What was written is still there.
fn told(round: Round) -> Option<String> {
    let text = round.failure.with(|failure| match failure {
        Some(AppError::Problem(Problem::SignInRequired)) => Some(tr!(ui.signed_out_meanwhile).to_owned()),
        failure => failure.as_ref().map(words::failure),
    })?;
    Some(format!("{text} {}", tr!(drill.kept)))
}

/// The point, what was found of it, and the four ratings.
#[component]
fn Point(round: Round, checked: CheckedCard) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            // It fails only for elements that cannot have the focus.
            let _ = frame.focus();
        }
    });
    let CheckedCard { say, found, suggested, choices, model_answer_html, intent_html } = checked;
    let written = round.written.get_untracked();
    let text = (!written.trim().is_empty()).then(|| {
        let spans = found.as_ref().map(|found| found.spans.as_slice()).unwrap_or_default();
        let spans: Vec<_> = spans.iter().map(|span| (0, *span)).collect();
        let pieces = pieces(&written, 0, &spans)
            .into_iter()
            .map(|piece| match piece.verdicts.is_empty() {
                true => piece.text.at_once(),
                false => view! { <mark>{piece.text}</mark> }.at_once(),
            })
            .collect_view();
        view! {
            <div class="turn candidate">
                <p class="who">{tr!(drill.written)}</p>
                <p class="said">{pieces}</p>
            </div>
        }
    });
    let unknown =
        (text.is_some() && found.is_none()).then(|| view! { <p class="note">{tr!(drill.not_checked)}</p> });
    let verdict = found.map(|found| {
        view! {
            <p class="point" data-verdict=found.verdict.as_str()>
                <span class="verdict">{words::verdict(found.verdict)}</span>
                <span class="hint">{tr!(drill.found_by)}</span>
            </p>
        }
    });
    let more = (!model_answer_html.trim().is_empty()).then(|| {
        view! {
            <details class="model-answer">
                <summary>{tr!(report.model_answer)}</summary>
                <Prose html=intent_html/>
                <Prose html=model_answer_html/>
            </details>
        }
    });
    let buttons = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| view! { <RatingButton round choice number=index + 1 suggested=suggested == Some(choice.rating)/> })
        .collect_view();
    view! {
        <div
            class="drill-point"
            node_ref=frame
            tabindex="-1"
            role="group"
            aria-label=tr!(drill.point)
            on:keydown=move |event| round.key_on_point(&event)
        >
            {text}
            {verdict}
            {unknown}
            <p class="label">{tr!(drill.point)}</p>
            <p class="drill-say">{say}</p>
            {more}
            <fieldset class="field">
                <legend>{tr!(drill.rate)}</legend>
                <p class="hint">{tr!(drill.rate_hint)}</p>
                <div class="ratings">{buttons}</div>
            </fieldset>
        </div>
    }
    .at_once()
}

#[component]
fn RatingButton(round: Round, choice: Choice, number: usize, suggested: bool) -> impl IntoView {
    let class = if suggested { "button" } else { "button quiet" };
    let mark = suggested.then(|| view! { <span class="visually-hidden">{tr!(drill.suggested)}</span> });
    view! {
        <button
            type="button"
            class=class
            disabled=move || !round.can_press()
            on:click=move |event| round.rate(choice.rating, event.detail() == 0)
        >
            <span>{words::rating(choice.rating)} " " {mark}</span>
            <small>{interval(choice.seconds)}</small>
            <kbd aria-hidden="true">{number}</kbd>
        </button>
    }
    .at_once()
}

/// How long until a card comes back, in round words.
fn interval(seconds: u32) -> String {
    const HOUR: u32 = 60 * 60;
    const DAY: u32 = 24 * HOUR;
    match seconds {
        0..HOUR => tr!(words.minutes, n = seconds / 60),
        HOUR..DAY => tr!(drill.hours, n = seconds / HOUR),
        _ if seconds < 60 * DAY => tr!(drill.days, n = seconds / DAY),
        _ => tr!(drill.months, n = (seconds / DAY + 15) / 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals() {
        let day = 24 * 60 * 60;
        assert_eq!(interval(60), "1분");
        assert_eq!(interval(600), "10분");
        assert_eq!(interval(3 * day), "3일");
        assert_eq!(interval(59 * day), "59일");
        assert_eq!(interval(60 * day), "약 2개월");
        assert_eq!(interval(365 * day), "약 12개월");
    }
}
