//! The landing page. It is only read, so the shell sends no program with it.

use domain::settings::Registration;
use leptos::prelude::*;
use leptos_meta::Title;

use super::example::Example;
use super::registration;
use app_base::ui::AtOnce;
use app_base::viewer::use_viewer;

/// `/`, open to everybody.
pub fn home_page() -> AnyView {
    view! { <HomePage/> }.at_once()
}

#[component]
fn HomePage() -> impl IntoView {
    view! {
        <Title text=""/>
        <div class="home">
            <section class="hero">
                <h1>{tr!(home.headline)}</h1>
                <p class="lead">{tr!(home.lead)}</p>
                <Doors/>
            </section>
            <section aria-labelledby="how">
                <h2 id="how">{tr!(home.how)}</h2>
                <ol class="steps">
                    <li><h3>{tr!(home.step1)}</h3><p>{tr!(home.step1_text)}</p></li>
                    <li><h3>{tr!(home.step2)}</h3><p>{tr!(home.step2_text)}</p></li>
                    <li><h3>{tr!(home.step3)}</h3><p>{tr!(home.step3_text)}</p></li>
                </ol>
            </section>
            <Example/>
            <section class="limits" aria-labelledby="limits">
                <h2 id="limits">{tr!(home.limits)}</h2>
                <p>{tr!(home.limits_lead)}</p>
                <div class="columns">
                    <div>
                        <h3>{tr!(home.can)}</h3>
                        <ul>
                            <li>{tr!(home.can1)}</li>
                            <li>{tr!(home.can2)}</li>
                            <li>{tr!(home.can3)}</li>
                        </ul>
                    </div>
                    <div>
                        <h3>{tr!(home.cannot)}</h3>
                        <ul>
                            <li>{tr!(home.cannot1)}</li>
                            <li>{tr!(home.cannot2)}</li>
                            <li>{tr!(home.cannot3)}</li>
                        </ul>
                    </div>
                </div>
            </section>
        </div>
    }
    .at_once()
}

/// The ways in. Every page behind them is alive, so they are ordinary loads.
#[component]
fn Doors() -> impl IntoView {
    let name =
        use_viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.display_name.clone()));
    match name {
        Some(name) => view! {
            <p class="welcome">{tr!(home.welcome, name = name)}</p>
            <p class="actions">
                <a class="button" href="/interviews/new">{tr!(ui.nav_new)}</a>
                <a class="button quiet" href="/interviews">{tr!(ui.nav_history)}</a>
            </p>
        }
        .at_once(),
        None => {
            let page = Resource::new(|| (), |()| registration());
            view! {
                <Transition>
                    {move || Suspend::new(async move { guest_doors(page.await.unwrap_or(Registration::Open)) })}
                </Transition>
            }
            .at_once()
        }
    }
}

/// The ways in for somebody without an account. Where it is not known who may register, the page behind the door says it.
fn guest_doors(registration: Registration) -> AnyView {
    let sign_in = |class: &'static str| view! { <a class=class href="/login">{tr!(ui.sign_in)}</a> };
    let told = match registration {
        Registration::Open => {
            return view! {
                <p class="actions">
                    <a class="button" href="/register">{tr!(home.start)}</a>
                    {sign_in("button quiet")}
                </p>
            }
            .at_once();
        }
        Registration::Invitation => tr!(home.by_invitation),
        Registration::Closed => tr!(home.closed),
    };
    view! {
        <p class="registration">{told}</p>
        <p class="actions">{sign_in("button")}</p>
    }
    .at_once()
}
