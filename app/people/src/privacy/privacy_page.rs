//! The privacy page, generated from the running configuration.

use domain::privacy::{Keeping, Kept, PrivacyFacts, Purpose, Recipient, StoredIn};
use leptos::prelude::*;
use leptos_meta::Title;

use super::server_fns::read_privacy;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/privacy`, open to everybody.
pub fn privacy_page() -> AnyView {
    let page = Resource::new(|| (), |()| read_privacy());
    loaded(page, 12, move |facts| view! { <Privacy facts/> }.at_once())
}

#[component]
fn Privacy(facts: PrivacyFacts) -> impl IntoView {
    let stored_in = match facts.stored_in {
        StoredIn::Sqlite => tr!(privacy.stored_sqlite),
        StoredIn::Postgres => tr!(privacy.stored_postgres),
    };
    let keeping = facts.keeping.iter().map(|kept| keeping_line(*kept)).collect_view();
    view! {
        <Title text=tr!(privacy.title)/>
        <article class="page narrow privacy">
            <header>
                <h1>{tr!(privacy.title)}</h1>
                <p class="lead">{tr!(privacy.lead)}</p>
            </header>
            <section aria-labelledby="stored">
                <h2 id="stored">{tr!(privacy.stored)}</h2>
                <p>{stored_in}</p>
                <ul>
                    <li>{tr!(privacy.stored_account)}</li>
                    <li>{tr!(privacy.stored_interviews)}</li>
                    <li>{tr!(privacy.stored_material)}</li>
                    <li>{tr!(privacy.stored_letters)}</li>
                    <li>{tr!(privacy.stored_learning)}</li>
                    <li>{tr!(privacy.stored_documents)}</li>
                    <li>{tr!(privacy.stored_ledger)}</li>
                    <li>{tr!(privacy.stored_past_questions)}</li>
                </ul>
            </section>
            <section aria-labelledby="keeping">
                <h2 id="keeping">{tr!(privacy.keeping)}</h2>
                <ul>{keeping}</ul>
                <p>{tr!(privacy.keep_past_questions)}</p>
                <p>{tr!(privacy.backups)}</p>
            </section>
            <section aria-labelledby="leaves">
                <h2 id="leaves">{tr!(privacy.leaves)}</h2>
                <Recipients facts/>
            </section>
            <section aria-labelledby="readers">
                <h2 id="readers">{tr!(privacy.readers)}</h2>
                <ul>
                    <li>{tr!(privacy.readers_you)}</li>
                    <li>{tr!(privacy.readers_shared)}</li>
                    <li>{tr!(privacy.readers_past_questions)}</li>
                    <li>{tr!(privacy.readers_admin)}</li>
                </ul>
            </section>
            <section aria-labelledby="cookies">
                <h2 id="cookies">{tr!(privacy.cookies)}</h2>
                <p>{tr!(privacy.cookies_text)}</p>
            </section>
            <section aria-labelledby="logs">
                <h2 id="logs">{tr!(privacy.logs)}</h2>
                <p>{tr!(privacy.logs_text)}</p>
            </section>
            <section aria-labelledby="rights">
                <h2 id="rights">{tr!(privacy.rights)}</h2>
                <p>{tr!(privacy.rights_text)}</p>
                <p class="actions"><a class="button quiet" rel="external" href="/profile/data">{tr!(privacy.to_data)}</a></p>
            </section>
        </article>
    }
    .at_once()
}

fn keeping_line(keeping: Keeping) -> impl IntoView {
    let time = words::days(keeping.days.unwrap_or_default());
    let text = match (keeping.what, keeping.days) {
        (Kept::Interviews, None) => tr!(privacy.keep_interviews).to_owned(),
        (Kept::Interviews, Some(_)) => tr!(privacy.keep_interviews_most, time = time),
        (Kept::Sessions, _) => tr!(privacy.keep_sessions, time = time),
        (Kept::Shares, _) => tr!(privacy.keep_shares, time = time),
        (Kept::Receipts, _) => tr!(privacy.keep_receipts, time = time),
        (Kept::AuditLog, _) => tr!(privacy.keep_audit, time = time),
    };
    view! { <li>{text}</li> }
}

#[component]
fn Recipients(facts: PrivacyFacts) -> impl IntoView {
    if facts.nothing_leaves() {
        return view! { <p><strong>{tr!(privacy.nothing)}</strong> " " {tr!(privacy.nothing_text)}</p> }
            .at_once();
    }
    let parts =
        facts.recipients.into_iter().map(|recipient| view! { <RecipientView recipient/> }).collect_view();
    view! {
        <p>{tr!(privacy.something)}</p>
        {parts}
        <p>{tr!(privacy.never)}</p>
    }
    .at_once()
}

#[component]
fn RecipientView(recipient: Recipient) -> impl IntoView {
    let Recipient { purpose, host, name } = recipient;
    let (what, text) = match purpose {
        Purpose::Model => (tr!(privacy.model), tr!(privacy.model_text)),
        Purpose::Speech => (tr!(privacy.speech), tr!(privacy.speech_text)),
        Purpose::Mail => (tr!(privacy.mail), tr!(privacy.mail_text)),
        Purpose::Login => (tr!(privacy.login), tr!(privacy.login_text)),
        Purpose::Github => (tr!(privacy.github), tr!(privacy.github_text)),
    };
    let name = name.map(|name| format!(" ({name})"));
    view! {
        <h3>{what} ": " <span class="host">{host}{name}</span></h3>
        <p>{text}</p>
    }
    .at_once()
}
