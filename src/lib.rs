//! The WASM entry: takes over the page that the server rendered, nothing else.

#![recursion_limit = "256"]

/// Called once by the page.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
