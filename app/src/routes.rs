//! Which address shows which page, and which pages are loaded together.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, LazyRoute, SsrMode, path};
use wasm_bindgen::JsCast;

use app_base::layout::{Footer, Header};
use app_base::ui::NotFoundPage;
use app_practice::notebook::OpenMemos;

use crate::page_facts::PageFacts;

/// Pages whose code is loaded in one part.
///
/// Code that several parts share is loaded in pieces of its own, so that many parts make many small pieces: the fewer the parts, the
/// lighter each page. A page asks for its data itself rather than in `LazyRoute::data`, which would put the parsers of all pages into
/// the first piece.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident { $($route:ident => $page:path),+ $(,)? }) => {
        $(#[$doc])*
        mod $part {
            use leptos::prelude::*;

            #[derive(Clone, Copy, Debug)]
            pub enum Page { $($route),+ }

            #[cfg(not(debug_assertions))]
            #[lazy]
            pub fn $part(page: Page) -> AnyView {
                shown(page)
            }

            // `make dev` builds one piece: cutting takes longer than loading it all from the same machine.
            #[cfg(debug_assertions)]
            pub async fn $part(page: Page) -> AnyView {
                shown(page)
            }

            fn shown(page: Page) -> AnyView {
                match page {
                    $(Page::$route => $page()),+
                }
            }
        }

        $(
            #[derive(Debug)]
            struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    $part::$part($part::Page::$route).await
                }
            }
        )+
    };
}

part! {
    /// Before signing in.
    doors {
        Home => crate::home::home_page,
        Register => app_people::accounts::register_page,
        Login => app_people::accounts::login_page,
        Forgot => app_people::accounts::forgot_page,
        Reset => app_people::accounts::reset_page,
        Complete => app_people::identities::complete_page,
        OAuthStart => app_people::identities::trouble_page,
        OAuthCallback => app_people::identities::trouble_page,
        SetUp => app_people::accounts::setup_page,
        Rubric => app_practice::rubric::rubric_page,
        Privacy => app_people::privacy::privacy_page,
    }
}

part! {
    /// Before and after an interview.
    desk {
        Setup => app_practice::interview::setup_page,
        History => app_practice::interview::history_page,
        Report => app_practice::interview::report_page,
        Progress => app_practice::progress::progress_page,
        Compare => app_practice::interview::compare_page,
        Shared => app_practice::share::shared_page,
        Allowance => app_people::quotas::allowance_page,
        Drill => app_practice::drill::drill_page,
        Notebook => app_practice::notebook::notebook_page,
        Profile => app_people::accounts::profile_page,
        Data => app_people::takeout::data_page,
        Receipt => app_people::receipts::receipt_page,
        Tokens => app_people::tokens::tokens_page,
    }
}

part! {
    /// What one prepares with: papers of one's own, and questions.
    papers {
        Letters => app_papers::letters::letters_page,
        Letter => app_papers::letters::letter_page,
        Documents => app_papers::documents::documents_page,
        ImportLetter => app_papers::documents::letter_page,
        Document => app_papers::documents::document_page,
        Github => app_papers::github::github_page,
        Questions => app_bank::questions::questions_page,
        Question => app_bank::questions::question_page,
        PastQuestions => app_bank::past_questions::list_page,
        AddPastQuestion => app_bank::past_questions::add_page,
        PastQuestion => app_bank::past_questions::past_question_page,
    }
}

part! {
    /// For administrators.
    office {
        Users => app_office::admin::users_page,
        User => app_office::admin::user_page,
        Ledger => app_office::admin::ledger_page,
        Settings => app_office::admin::settings_page,
        Audit => app_office::admin::audit_page,
        ScoreCheck => app_office::score_check::score_check_page,
        Usage => app_office::usage::usage_page,
        Moderation => app_bank::past_questions::moderation_page,
    }
}

part! {
    /// During one.
    room {
        Room => app_practice::interview::room_page,
    }
}

/// What the window is called on a page. leptos_meta writes it into the head as it is, and people write titles, too.
fn title_of(page: &str) -> String {
    let page = if cfg!(target_family = "wasm") {
        page.to_owned()
    } else {
        page.replace('&', "&amp;").replace('<', "&lt;")
    };
    format!("{page} · 대답 Daedap")
}

/// Everything inside the body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    PageFacts::provide();
    OpenMemos::provide();
    // Read here: where titles are put together, after a page that waited for data, nobody knows the language any more.
    let own_title = tr!(ui.title);
    view! {
        <Title formatter=move |title: String| if title.is_empty() { own_title.to_owned() } else { title_of(&title) }/>
        <Router>
            <Header/>
            <FocusAfterNavigation/>
            <main id="main" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view={Lazy::<Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/register") view={Lazy::<Register>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/login") view={Lazy::<Login>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/rubric") view={Lazy::<Rubric>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/privacy") view={Lazy::<Privacy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews") view={Lazy::<History>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/new") view={Lazy::<Setup>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/:id") view={Lazy::<Room>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/:id/report") view={Lazy::<Report>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/progress") view={Lazy::<Progress>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/:id/compare/:other") view={Lazy::<Compare>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/drill") view={Lazy::<Drill>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/notebook") view={Lazy::<Notebook>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/letters") view={Lazy::<Letters>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/letters/:id") view={Lazy::<Letter>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/share/:token") view={Lazy::<Shared>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/allowance") view={Lazy::<Allowance>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/profile") view={Lazy::<Profile>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/reset") view={Lazy::<Forgot>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/reset/:token") view={Lazy::<Reset>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/register/complete") view={Lazy::<Complete>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/oauth/:provider/start") view={Lazy::<OAuthStart>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/oauth/:provider/callback") view={Lazy::<OAuthCallback>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/setup/:token") view={Lazy::<SetUp>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users") view={Lazy::<Users>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/users/:id") view={Lazy::<User>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/ledger") view={Lazy::<Ledger>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/settings") view={Lazy::<Settings>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/audit") view={Lazy::<Audit>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/tokens") view={Lazy::<Tokens>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/profile/data") view={Lazy::<Data>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/receipts/:receipt") view={Lazy::<Receipt>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/score-check") view={Lazy::<ScoreCheck>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/usage") view={Lazy::<Usage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/documents") view={Lazy::<Documents>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/documents/letter") view={Lazy::<ImportLetter>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/documents/:document") view={Lazy::<Document>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/github") view={Lazy::<Github>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/past-questions") view={Lazy::<Moderation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/questions") view={Lazy::<Questions>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/questions/:topic/:slug") view={Lazy::<Question>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/past-questions") view={Lazy::<PastQuestions>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/past-questions/new") view={Lazy::<AddPastQuestion>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/past-questions/:past") view={Lazy::<PastQuestion>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            <Footer/>
        </Router>
    }
    .into_any()
}

/// Moves the focus to the new page, as the browser does when it loads one, so that a screen reader reads it.
/// An open menu closes.
#[component]
fn FocusAfterNavigation() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            let element = |selector| document().query_selector(selector).ok()?;
            // Both fail only for elements that cannot do it, and these can.
            if let Some(menu) = element(":popover-open") {
                let _ = menu.unchecked_into::<web_sys::HtmlElement>().hide_popover();
            }
            if let Some(main) = element("#main") {
                let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
        now
    });
}
