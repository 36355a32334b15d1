//! The page about oneself.

use leptos::prelude::*;
use leptos_meta::Title;

use super::delete_account::DeleteAccount;
use super::password_form::PasswordForm;
use super::profile_form::ProfileForm;
use super::server_fns::{ProfilePage, profile};
use crate::ui::{AtOnce, loaded};

/// `/profile`, for members.
pub fn profile_page() -> AnyView {
    let page = Resource::new(|| (), |()| profile());
    loaded(page, 6, move |page| view! { <Profile page/> }.at_once())
}

#[component]
fn Profile(page: ProfilePage) -> impl IntoView {
    let ProfilePage { profile, zones } = page;
    let account = tr!(accounts.signed_in_as, username = profile.username, email = profile.email);
    view! {
        <Title text=tr!(accounts.profile_title)/>
        <div class="page narrow">
            <h1>{tr!(accounts.profile_title)}</h1>
            <p class="lead">{account}</p>
            <ProfileForm profile zones/>
            <PasswordForm/>
            <section class="block" aria-labelledby="data-heading">
                <h2 id="data-heading">{tr!(takeout.title)}</h2>
                <p>{tr!(accounts.data_text)}</p>
                <p class="actions">
                    <a class="button quiet" href="/profile/data">{tr!(accounts.to_data)}</a>
                    <a href="/privacy">{tr!(ui.privacy)}</a>
                </p>
            </section>
            <DeleteAccount/>
        </div>
    }
    .at_once()
}
