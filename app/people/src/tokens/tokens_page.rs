//! The page about one's API tokens.

use leptos::prelude::*;
use leptos_meta::Title;

use super::fresh_secret::FreshSecret;
use super::server_fns::{FreshToken, TokenRow, list_tokens};
use super::token_form::TokenForm;
use super::token_list::{TokenList, Tokens};
use crate::ui::{AtOnce, loaded};

/// `/tokens`, for members.
pub fn tokens_page() -> AnyView {
    let page = Resource::new(|| (), |()| list_tokens());
    loaded(page, 6, move |rows| view! { <Page rows/> }.at_once())
}

#[component]
fn Page(rows: Vec<TokenRow>) -> impl IntoView {
    let tokens = Tokens::new(rows);
    let secret = RwSignal::new(None::<String>);
    let made = move |fresh: FreshToken| {
        secret.set(Some(fresh.secret));
        tokens.add(fresh.row);
    };
    view! {
        <Title text=tr!(tokens.title)/>
        <div class="page narrow api-tokens">
            <h1>{tr!(tokens.title)}</h1>
            <p class="lead">{tr!(tokens.lead)}</p>
            <section class="block" aria-labelledby="token-form-heading">
                <h2 id="token-form-heading">{tr!(tokens.new_heading)}</h2>
                <TokenForm made/>
                {move || secret.get().map(|secret| view! { <FreshSecret secret/> })}
            </section>
            <section class="block" aria-labelledby="token-list-heading">
                <h2 id="token-list-heading">{tr!(tokens.list_heading)}</h2>
                <TokenList tokens/>
            </section>
        </div>
    }
    .at_once()
}
