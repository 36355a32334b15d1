//! How much there is of each kind.

use domain::takeout::Holdings;
use leptos::prelude::*;

use crate::ui::AtOnce;

/// A line for each kind, those without anything left out.
#[component]
pub fn HoldingsList(holdings: Holdings) -> impl IntoView {
    let kinds = [
        (tr!(takeout.interviews), holdings.interviews),
        (tr!(takeout.turns), holdings.turns),
        (tr!(takeout.assessments), holdings.assessments),
        (tr!(takeout.letters), holdings.letters),
        (tr!(takeout.notebook_entries), holdings.notebook_entries),
        (tr!(takeout.drill_cards), holdings.drill_cards),
        (tr!(takeout.today_questions), holdings.today_questions),
        (tr!(takeout.ledger_entries), holdings.ledger_entries),
        (tr!(takeout.shares), holdings.shares),
        (tr!(takeout.documents), holdings.documents),
        (tr!(takeout.past_questions), holdings.past_questions),
    ];
    let lines = kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| view! { <div><dt>{kind}</dt><dd>{count}</dd></div> })
        .collect_view();
    view! {
        <dl class="holdings">
            <div><dt>{tr!(takeout.account)}</dt><dd>"1"</dd></div>
            {lines}
        </dl>
    }
    .at_once()
}
