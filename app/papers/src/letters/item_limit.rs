//! The limit of an item, and how much of it the answer takes: counted at every stroke by the code that the server counts with.

use domain::letters::count::count;
use domain::letters::{Counting, LIMIT_MAX, LetterItem, Limit, Measure};
use leptos::prelude::*;
use uuid::Uuid;

use super::editor::Editor;
use crate::ui::AtOnce;

pub fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Characters => tr!(letters.measure_characters),
        Measure::CharactersWithoutSpaces => tr!(letters.measure_without_spaces),
        Measure::Utf8Bytes => tr!(letters.measure_utf8),
        Measure::EucKrBytes => tr!(letters.measure_euc_kr),
    }
}

/// A count with its unit.
fn figure(measure: Measure, n: u32) -> String {
    match measure {
        Measure::Characters | Measure::CharactersWithoutSpaces => tr!(letters.n_characters, n = n),
        Measure::Utf8Bytes | Measure::EucKrBytes => tr!(letters.n_bytes, n = n),
    }
}

/// How long an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    limit: Option<Limit>,
    /// By the limit's own counting, or as most forms do it.
    length: u32,
    /// By every measure, in their order.
    all: [u32; 4],
}

impl Counted {
    fn of(answer: &str, limit: Option<Limit>) -> Self {
        let counting = limit.map_or(Counting::USUAL, |limit| limit.counting);
        let of = |measure| count(answer, Counting { measure, ..counting });
        let all = [
            of(Measure::Characters),
            of(Measure::CharactersWithoutSpaces),
            of(Measure::Utf8Bytes),
            of(Measure::EucKrBytes),
        ];
        Self { limit, length: of(counting.measure), all }
    }

    fn over(self) -> u32 {
        self.limit.map_or(0, |limit| self.length.saturating_sub(limit.max))
    }
}

/// Whether an answer is too long.
pub fn is_over(editor: Editor, id: Uuid) -> Memo<bool> {
    Memo::new(move |_| {
        editor.content.with(|content| {
            content.item(id).and_then(LetterItem::measured).is_some_and(|(length, limit)| length > limit.max)
        })
    })
}

/// The count of an answer, live.
#[component]
pub fn Counter(editor: Editor, id: Uuid) -> impl IntoView {
    // Only what changed is counted again: typing in one answer leaves the others alone.
    let item = Memo::new(move |_| {
        editor.content.with(|content| content.item(id).map(|item| (item.answer.clone(), item.limit)))
    });
    let counted = Memo::new(move |_| {
        item.with(|item| item.as_ref().map(|(answer, limit)| Counted::of(answer, *limit)))
    });
    let main = move || {
        counted.get().map(|counted| {
            let measure = counted.limit.map_or(Measure::Characters, |limit| limit.counting.measure);
            match counted.limit {
                Some(limit) => tr!(
                    letters.counted_of,
                    n = counted.length,
                    max = figure(measure, limit.max),
                    how = name(measure)
                ),
                None => figure(measure, counted.length),
            }
        })
    };
    let over = move || {
        let over = counted.get().map_or(0, Counted::over);
        let measure = counted.get().and_then(|counted| counted.limit).map(|limit| limit.counting.measure);
        (over > 0).then(|| tr!(letters.over, n = figure(measure.unwrap_or(Measure::Characters), over)))
    };
    let others = move || {
        counted.get().map(|counted| {
            let figures = Measure::ALL.iter().zip(counted.all);
            figures.map(|(measure, n)| format!("{} {n}", name(*measure))).collect::<Vec<_>>().join(" · ")
        })
    };
    let share = move || counted.get().and_then(|counted| Some((counted.length, counted.limit?.max)));
    let bar = move || {
        share().map(|(length, max)| {
            view! { <meter min="0" max=max.to_string() value=length.min(max).to_string() aria-hidden="true"></meter> }
        })
    };
    view! {
        <div class="counter">
            <p class="count" id=format!("count-{id}")>{main}</p>
            {bar}
            <p class="wrong" role="status">{over}</p>
            <p class="hint">{others}</p>
        </div>
    }
    .at_once()
}

/// Where the limit is set.
#[component]
pub fn LimitChoice(editor: Editor, id: Uuid) -> impl IntoView {
    let limit =
        Memo::new(move |_| editor.content.with(|content| content.item(id).and_then(|item| item.limit)));
    let first = limit.get_untracked().map(|limit| limit.max.to_string()).unwrap_or_default();
    let set_max = move |event: leptos::ev::Event| {
        let max = event_target_value(&event).trim().parse::<u32>().ok().filter(|max| *max > 0);
        editor.change_item(id, |item| {
            let counting = item.limit.map_or(Counting::USUAL, |limit| limit.counting);
            item.limit = max.map(|max| Limit { max: max.min(LIMIT_MAX), counting });
        });
    };
    let set_measure = move |event: leptos::ev::Event| {
        if let Ok(measure) = event_target_value(&event).parse::<Measure>() {
            editor.change_item(id, |item| {
                if let Some(limit) = &mut item.limit {
                    limit.counting.measure = measure;
                }
            });
        }
    };
    let set_newlines = move |event: leptos::ev::Event| {
        let newlines = event_target_checked(&event);
        editor.change_item(id, |item| {
            if let Some(limit) = &mut item.limit {
                limit.counting.newlines = newlines;
            }
        });
    };
    let measures = Measure::ALL
        .iter()
        .map(|measure| {
            let chosen = limit.get_untracked().is_some_and(|limit| limit.counting.measure == *measure);
            view! { <option value=measure.as_str() selected=chosen>{name(*measure)}</option> }
        })
        .collect_view();
    let none = move || !editor.ready.get() || limit.get().is_none();
    view! {
        <details class="limit">
            <summary>{tr!(letters.limit)}</summary>
            <div class="limit-fields">
                <div class="field">
                    <label for=format!("limit-{id}")>{tr!(letters.limit_max)}</label>
                    <input
                        id=format!("limit-{id}")
                        type="number"
                        inputmode="numeric"
                        min="1"
                        max=LIMIT_MAX.to_string()
                        value=first
                        prop:value=move || limit.get().map(|limit| limit.max.to_string()).unwrap_or_default()
                        disabled=move || !editor.ready.get()
                        on:change=set_max
                    />
                </div>
                <div class="field">
                    <label for=format!("measure-{id}")>{tr!(letters.limit_measure)}</label>
                    <select
                        id=format!("measure-{id}")
                        prop:value=move || {
                            limit.get().map_or(Measure::Characters, |limit| limit.counting.measure).as_str()
                        }
                        disabled=none
                        on:change=set_measure
                    >
                        {measures}
                    </select>
                </div>
                <label class="choice compact">
                    <input
                        type="checkbox"
                        disabled=none
                        prop:checked=move || limit.get().is_none_or(|limit| limit.counting.newlines)
                        on:change=set_newlines
                    />
                    <span>{tr!(letters.limit_newlines)}</span>
                </label>
            </div>
        </details>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_counted_as_its_limit_says() {
        let counting = Counting { measure: Measure::EucKrBytes, newlines: false };
        let answer = "가 나\n다";
        let counted = Counted::of(answer, Some(Limit { max: 5, counting }));
        assert_eq!((counted.length, counted.over(), counted.all), (7, 2, [4, 3, 10, 7]));
        let free = Counted::of(answer, None);
        assert_eq!((free.length, free.over()), (5, 0));
    }
}
