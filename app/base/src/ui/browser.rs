//! Small things asked of the browser. Where there is none, nothing happens.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlInputElement, HtmlTextAreaElement};

/// Loads another page of this site afresh.
pub fn go_to(path: &str) {
    // A browser refuses only malformed addresses, and these are our own.
    let _ = window().location().assign(path);
}

/// Keeps a text in this browser. Nothing is kept where the browser does not allow it.
pub fn remember(key: &str, text: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let _ = match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    };
}

/// A text that was kept in this browser.
pub fn recall(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Under which names this browser keeps texts, of those that begin so.
pub fn remembered(beginning: &str) -> Vec<String> {
    let Ok(Some(storage)) = window().local_storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok()?);
    names.filter(|name| name.starts_with(beginning)).collect()
}

/// Keeps a text in this tab alone, for as long as it is open.
pub fn remember_in_tab(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        // Not kept where the browser does not allow it.
        let _ = storage.set_item(key, text);
    }
}

/// A text that was kept in this tab.
pub fn recall_in_tab(key: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(key).ok()?
}

/// The address of this site, as the person reaches it.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Selects the text of a field and copies it; says whether it was copied. The newer way to do it is there only over HTTPS.
pub fn copy(field: &HtmlInputElement) -> bool {
    field.select();
    copy_selected()
}

/// The same for a field of several lines.
pub fn copy_text(field: &HtmlTextAreaElement) -> bool {
    field.select();
    copy_selected()
}

fn copy_selected() -> bool {
    document().dyn_into::<HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}
