//! The page about a public profile.

use domain::InputField;
use domain::github::NameOrigin;
use leptos::prelude::*;
use leptos_meta::Title;

use super::profile::{CallsLine, ProfileView};
use super::server_fns::{GithubPage, ShownProfile, forget_github, look_up_github, read_github};
use crate::ui::{AtOnce, FormAlert, FormNotice, FormState, SubmitButton, TextField, loaded};

/// `/github`, for members.
pub fn github_page() -> AnyView {
    let page = Resource::new(|| (), |()| read_github());
    loaded(page, 8, move |page| view! { <Github page/> }.at_once())
}

#[component]
fn Github(page: GithubPage) -> impl IntoView {
    let GithubPage { user_name, origin, host, calls, shown } = page;
    let shown = RwSignal::new(shown);
    let calls = RwSignal::new(calls);
    let form = match host.is_empty() {
        true => view! { <p class="note">{tr!(words.github_switched_off)}</p> }.at_once(),
        false => {
            let looked_up = move |profile: ShownProfile| {
                calls.set(profile.calls);
                shown.set(Some(profile));
            };
            view! {
                <LookUpForm user_name origin host looked_up/>
                {move || view! { <CallsLine row=calls.get()/> }}
            }
            .at_once()
        }
    };
    let profile = move || shown.get().map(|shown| view! { <ProfileView shown/> });
    view! {
        <Title text=tr!(github.title)/>
        <div class="page github">
            <header>
                <h1>{tr!(github.title)}</h1>
                <p class="lead">{tr!(github.lead)}</p>
            </header>
            {form}
            {profile}
        </div>
    }
    .at_once()
}

/// Where a name is typed and looked up, and forgotten again.
#[component]
fn LookUpForm(
    user_name: Option<String>,
    origin: Option<NameOrigin>,
    host: String,
    looked_up: impl Fn(ShownProfile) + Copy + 'static,
) -> impl IntoView {
    let form = FormState::new();
    let told = RwSignal::new(None::<String>);
    // What is remembered can be forgotten. What is linked is a matter of the profile.
    let remembered = RwSignal::new(origin == Some(NameOrigin::LookedUp));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        told.set(None);
        form.send(look_up_github(form.value(InputField::GithubName)), move |profile: ShownProfile| {
            let made = profile.calls.calls.made;
            told.set(Some(match made {
                0 => tr!(github.asked_nothing).to_owned(),
                made => tr!(github.asked, n = made),
            }));
            remembered.set(true);
            looked_up(profile);
        });
    };
    let origin =
        (origin == Some(NameOrigin::Linked)).then(|| view! { <p class="hint">{tr!(github.linked_hint)}</p> });
    view! {
        <form class="stack look-up" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <TextField
                field=InputField::GithubName
                form
                label=tr!(github.user_name)
                hint=tr!(github.user_name_hint)
                value=user_name.unwrap_or_default()
            />
            {origin}
            <p class="hint">{tr!(github.goes_to, host = host)}</p>
            <div class="actions">
                <SubmitButton form label=tr!(github.look_up) pending=tr!(github.looking_up)/>
                <p role="status" class="done">{move || told.get()}</p>
            </div>
        </form>
        {move || remembered.get().then(|| view! { <Forget remembered/> })}
    }
    .at_once()
}

/// Forgets the name. What is shown stays until the page is left.
#[component]
fn Forget(remembered: RwSignal<bool>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(forget_github(), move |()| remembered.set(false));
    };
    view! {
        <form class="forget" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormAlert form/>
            <SubmitButton form class="quiet small" label=tr!(github.forget) pending=tr!(github.forgetting)/>
        </form>
    }
    .at_once()
}
