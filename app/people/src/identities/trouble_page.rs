//! The page on the way to a provider and back that says why it does not go on, and how it does.

use domain::identities::Trouble;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::login_trouble::LoginTrouble;
use crate::ui::AtOnce;
use crate::viewer::use_viewer;

/// `/oauth/:provider/start` and `/oauth/:provider/callback`. Whoever goes there by themselves was not sent.
pub fn trouble_page() -> AnyView {
    let told = use_context::<Option<LoginTrouble>>().flatten();
    let trouble = told.unwrap_or(LoginTrouble { trouble: Trouble::Stale, provider: None, name: None });
    view! { <TroublePage trouble/> }.at_once()
}

#[component]
fn TroublePage(trouble: LoginTrouble) -> impl IntoView {
    let LoginTrouble { trouble, name, .. } = trouble;
    let name = name.unwrap_or_else(|| tr!(identities.the_provider).to_owned());
    let (title, text) = match trouble {
        Trouble::NotOffered => (tr!(identities.not_offered_title), tr!(identities.not_offered).to_owned()),
        Trouble::Stale => (tr!(identities.stale_title), tr!(identities.stale).to_owned()),
        Trouble::Declined => (tr!(identities.declined_title), tr!(identities.declined, name = name)),
        Trouble::ProviderFailed => (tr!(identities.failed_title), tr!(identities.failed, name = name)),
        Trouble::ProviderUnreachable => {
            (tr!(identities.failed_title), tr!(identities.unreachable, name = name))
        }
        Trouble::AddressTaken => {
            (tr!(identities.address_taken_title), tr!(identities.address_taken, name = name))
        }
        Trouble::LinkedElsewhere => {
            (tr!(identities.not_linked_title), tr!(identities.linked_elsewhere, name = name))
        }
        Trouble::AnotherLinked => {
            (tr!(identities.not_linked_title), tr!(identities.another_linked, name = name))
        }
        Trouble::SignedOut => (tr!(identities.not_linked_title), tr!(identities.signed_out).to_owned()),
        Trouble::Closed => (tr!(identities.no_account_title), tr!(identities.closed, name = name)),
        Trouble::InvitationNeeded => {
            (tr!(identities.no_account_title), tr!(identities.invitation_needed, name = name))
        }
        Trouble::Banned => (tr!(identities.banned_title), tr!(words.banned).to_owned()),
        Trouble::TooMany => (tr!(identities.failed_title), tr!(identities.too_many).to_owned()),
        Trouble::Busy => (tr!(identities.failed_title), tr!(words.busy).to_owned()),
    };
    let is_member = use_viewer().with_untracked(Option::is_some);
    let way_on = match is_member {
        true => view! { <a class="button" rel="external" href="/profile">{tr!(identities.to_profile)}</a> }
            .at_once(),
        false => {
            view! { <a class="button" rel="external" href="/login">{tr!(identities.to_login)}</a> }.at_once()
        }
    };
    view! {
        <Title text=title/>
        <section class="page failure">
            <h1>{title}</h1>
            <p>{text}</p>
            <p class="actions">{way_on} <a class="button quiet" rel="external" href="/">{tr!(ui.to_home)}</a></p>
        </section>
    }
    .at_once()
}
