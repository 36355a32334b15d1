//! The buttons that lead to other providers. Plain forms, so that they work where no script runs.

use domain::identities::{OfferedLogin, Provider, Wish};
use leptos::prelude::*;

use super::server_fns::offered;
use crate::ui::{AtOnce, loaded_or};

/// A button that leads to a provider and back to `next`.
#[component]
pub fn ProviderButton(
    provider: Provider,
    label: String,
    wish: Wish,
    #[prop(optional_no_strip)] next: Option<String>,
    #[prop(optional_no_strip)] invitation: Option<String>,
    #[prop(default = "button quiet")] class: &'static str,
) -> impl IntoView {
    let next = next.map(|next| view! { <input type="hidden" name="next" value=next/> });
    let invitation = invitation.map(|token| view! { <input type="hidden" name="invitation" value=token/> });
    view! {
        <form method="post" action=format!("/oauth/{provider}/start")>
            <input type="hidden" name="wish" value=wish.as_str()/>
            {next}
            {invitation}
            <button class=class>{label}</button>
        </form>
    }
    .at_once()
}

/// The providers that are offered, below a form that asks for a password. Nothing where there are none.
#[component]
pub fn ProviderButtons(
    #[prop(optional_no_strip)] next: Option<String>,
    #[prop(optional_no_strip)] invitation: Option<String>,
) -> impl IntoView {
    let logins = Resource::new(|| (), |()| offered());
    let buttons = move |logins: Vec<OfferedLogin>| {
        if logins.is_empty() {
            return ().at_once();
        }
        let (next, invitation) = (next.clone(), invitation.clone());
        let buttons = logins
            .into_iter()
            .map(|login| {
                let label = tr!(identities.sign_in_with, name = login.name);
                view! {
                    <ProviderButton
                        provider=login.provider
                        label
                        wish=Wish::SignIn
                        next=next.clone()
                        invitation=invitation.clone()
                    />
                }
                .at_once()
            })
            .collect_view();
        view! {
            <div class="other-logins" role="group" aria-label=tr!(identities.or)>
                <p class="hint">{tr!(identities.or)}</p>
                {buttons}
            </div>
        }
        .at_once()
    };
    // Without them there is still the password.
    view! { {loaded_or(logins, 0, buttons, |_| ().at_once())} }.at_once()
}

/// The way on for somebody whose sign-in is too long ago for what they want.
#[component]
pub fn SignInAgain(form: crate::ui::FormState) -> impl IntoView {
    let wanted = move || {
        matches!(form.failure(), Some(crate::AppError::Problem(domain::Problem::SignInAgain))).then(|| {
            view! { <a class="button quiet" rel="external" href="/login?next=/profile">{tr!(identities.sign_in_again)}</a> }
        })
    };
    view! { {wanted} }.at_once()
}
