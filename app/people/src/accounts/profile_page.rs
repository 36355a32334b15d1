//! The page about oneself.

use leptos::prelude::*;
use leptos_meta::Title;

use super::delete_account::DeleteAccount;
use super::password_form::PasswordForm;
use super::profile_form::ProfileForm;
use super::server_fns::{ProfilePage, profile};
use super::session_list::SessionList;
use crate::identities::LinkedLogins;
use crate::ui::{AtOnce, loaded};

/// `/profile`, for members.
pub fn profile_page() -> AnyView {
    let page = Resource::new(|| (), |()| profile());
    loaded(page, 6, move |page| view! { <Profile page/> }.at_once())
}

#[component]
fn Profile(page: ProfilePage) -> impl IntoView {
    let ProfilePage { profile, zones, logins, sessions } = page;
    let username = (!profile.has_password).then(|| profile.username.clone());
    let account = tr!(accounts.signed_in_as, username = profile.username, email = profile.email);
    view! {
        <Title text=tr!(accounts.profile_title)/>
        <div class="page narrow">
            <h1>{tr!(accounts.profile_title)}</h1>
            <p class="lead">{account}</p>
            <ProfileForm profile zones/>
            <LinkedLogins logins/>
            <GithubProfile/>
            <PasswordForm username=username.clone()/>
            <ApiTokens/>
            <SessionList sessions/>
            <section class="block" aria-labelledby="data-heading">
                <h2 id="data-heading">{tr!(takeout.title)}</h2>
                <p>{tr!(accounts.data_text)}</p>
                <p class="actions">
                    <a class="button quiet" href="/profile/data">{tr!(accounts.to_data)}</a>
                    <a href="/privacy">{tr!(ui.privacy)}</a>
                </p>
            </section>
            <DeleteAccount username/>
        </div>
    }
    .at_once()
}

#[component]
fn GithubProfile() -> impl IntoView {
    view! {
        <section class="block" aria-labelledby="github-profile-heading">
            <h2 id="github-profile-heading">{tr!(github.profile_title)}</h2>
            <p>{tr!(github.profile_text)}</p>
            <div class="actions">
                <a class="button quiet" href="/github">{tr!(github.profile_link)}</a>
            </div>
        </section>
    }
    .at_once()
}

#[component]
fn ApiTokens() -> impl IntoView {
    view! {
        <section class="block" aria-labelledby="api-tokens-heading">
            <h2 id="api-tokens-heading">{tr!(tokens.title)}</h2>
            <p>{tr!(tokens.profile_text)}</p>
            <div class="actions">
                <a class="button quiet" href="/tokens">{tr!(tokens.profile_link)}</a>
            </div>
        </section>
    }
    .at_once()
}
