//! The form for a new token.

use domain::InputField;
use domain::tokens::{NewToken, Scope, TOKENS_MAX, TokenDays};
use leptos::prelude::*;

use super::server_fns::{FreshToken, create_token};
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton, TextField};
use crate::words;

/// Name, scope and expiry.
#[component]
pub fn TokenForm(made: impl Fn(FreshToken) + Copy + 'static) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let token = NewToken {
            name: form.value(InputField::Name),
            scope: form.value(InputField::Scope),
            expiry: form.value(InputField::Expiry),
        };
        form.send(create_token(token), move |fresh| {
            if let Some(element) = form.element.get_untracked() {
                element.reset();
            }
            made(fresh);
        });
    };
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <TextField field=InputField::Name form label=tr!(tokens.name) hint=tr!(tokens.name_hint)/>
            <ScopeChoice form/>
            <ExpiryChoice form/>
            <div class="actions">
                <SubmitButton form label=tr!(tokens.create) pending=tr!(tokens.creating)/>
                <p class="hint">{tr!(tokens.most, n = TOKENS_MAX)}</p>
            </div>
        </form>
    }
    .at_once()
}

#[component]
fn ScopeChoice(form: FormState) -> impl IntoView {
    let scopes = Scope::ALL
        .iter()
        .map(|scope| {
            let chosen = *scope == Scope::Read;
            let hint = format!("scope-{scope}-hint");
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=InputField::Scope.as_str()
                        value=scope.as_str()
                        checked=chosen
                        aria-describedby=hint.clone()
                    />
                    <span>
                        {words::scope(*scope)} " "
                        <span class="hint" id=hint>{words::scope_reach(*scope)}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(tokens.scope)}</legend>
            <div class="scope-choices">{scopes}</div>
            <FieldError field=InputField::Scope form/>
        </fieldset>
    }
    .at_once()
}

#[component]
fn ExpiryChoice(form: FormState) -> impl IntoView {
    let expiries = TokenDays::ALL
        .iter()
        .map(|days| {
            let chosen = *days == TokenDays::Ninety;
            view! {
                <label class="choice compact">
                    <input
                        type="radio"
                        name=InputField::Expiry.as_str()
                        value=days.as_str()
                        checked=chosen
                    />
                    <span>{expiry(*days)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(tokens.expiry)}</legend>
            <div class="choices">{expiries}</div>
            <FieldError field=InputField::Expiry form/>
        </fieldset>
    }
    .at_once()
}

/// How long a token works.
fn expiry(days: TokenDays) -> String {
    match (days, days.count()) {
        (TokenDays::Year, _) => tr!(tokens.a_year).to_owned(),
        (_, Some(days)) => tr!(tokens.days, n = days),
        (_, None) => tr!(tokens.never_ends).to_owned(),
    }
}
