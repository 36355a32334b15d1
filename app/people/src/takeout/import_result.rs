//! What importing a file does, or did.

use domain::takeout::{ImportView, Tally};
use leptos::prelude::*;

use crate::time::local_date;
use crate::ui::AtOnce;

/// A table of what is added and what is there already.
#[component]
pub fn ImportTable(view: ImportView) -> impl IntoView {
    let kinds = [
        (tr!(takeout.interviews), view.interviews),
        (tr!(takeout.letters), view.letters),
        (tr!(takeout.notebook_entries), view.notebook_entries),
        (tr!(takeout.drill_cards), view.drill_cards),
        (tr!(takeout.today_questions), view.today_questions),
        (tr!(takeout.ledger_entries), view.ledger_entries),
        (tr!(takeout.documents), view.documents),
        (tr!(takeout.past_questions), view.past_questions),
    ];
    let rows = kinds.into_iter().map(|(kind, tally)| row(kind, tally)).collect_view();
    let exported = tr!(takeout.exported_on, day = local_date(view.exported_on).date());
    let from = view.from.map(|name| view! { <p class="note">{tr!(takeout.from_other, name = name)}</p> });
    let profile = view.profile.then(|| view! { <p class="note">{tr!(takeout.profile_changes)}</p> });
    let past_questions = (view.past_questions.added > 0)
        .then(|| view! { <p class="note">{tr!(takeout.past_questions_kept)}</p> });
    let overdue =
        (view.overdue > 0).then(|| view! { <p class="wrong">{tr!(takeout.overdue, n = view.overdue)}</p> });
    view! {
        <p>{exported}</p>
        {from}
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(takeout.table)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{tr!(takeout.column_kind)}</th>
                        <th scope="col" class="number">{tr!(takeout.column_added)}</th>
                        <th scope="col" class="number">{tr!(takeout.column_skipped)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {profile}
        {past_questions}
        {overdue}
    }
    .at_once()
}

fn row(kind: &'static str, tally: Tally) -> impl IntoView {
    view! {
        <tr>
            <td>{kind}</td>
            <td class="number">{tally.added}</td>
            <td class="number">{tally.skipped}</td>
        </tr>
    }
}
