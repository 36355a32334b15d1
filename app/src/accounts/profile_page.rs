//! The page about oneself.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use super::delete_account::DeleteAccount;
use super::password_form::PasswordForm;
use super::profile_form::ProfileForm;
use super::server_fns::{ProfilePage, profile};
use crate::AppError;
use crate::ui::{Failure, Skeleton};

/// `/profile`, for members.
#[derive(Debug)]
pub struct ProfileRoute {
    page: Resource<Result<ProfilePage, AppError>>,
}

#[lazy_route]
impl LazyRoute for ProfileRoute {
    fn data() -> Self {
        Self { page: Resource::new(|| (), |()| profile()) }
    }

    fn view(this: Self) -> AnyView {
        let page = this.page;
        view! {
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Profile page/> }.into_any(),
                        Err(error) => view! { <Failure error/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
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
            <DeleteAccount/>
        </div>
    }
    .into_any()
}
