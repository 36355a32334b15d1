//! Sending a file to be read, with its progress, which `fetch` does not tell. One at a time.

use std::cell::RefCell;

use domain::Problem;
use domain::documents::{DocumentFault, Parsed};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use crate::AppError;

/// Where the file is sent.
const PARSE: &str = "/documents/parse";

thread_local! {
    /// What is under way.
    static RUNNING: RefCell<Option<XmlHttpRequest>> = const { RefCell::new(None) };
}

/// Sends a file, tells how many percent are there, and what came of it. Nothing is told once it was given up.
pub fn send(
    file: &File,
    percent: impl Fn(u32) + 'static,
    done: impl FnOnce(Result<Parsed, AppError>) + 'static,
) {
    give_up();
    let Ok(request) = open() else { return done(Err(AppError::ConnectionLost)) };
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            percent((100.0 * event.loaded() / event.total()) as u32);
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    let answered = request.clone();
    let ended = Closure::once_into_js(move || {
        // Kept until here: the browser calls it as long as the file is on its way.
        drop(progress);
        if RUNNING.with_borrow_mut(|running| running.take_if(|running| *running == answered)).is_some() {
            done(answer(&answered));
        }
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    RUNNING.set(Some(request.clone()));
    // When it cannot be sent the end is told all the same.
    let _ = request.send_with_opt_blob(Some(file));
}

/// Gives up what is under way.
pub fn give_up() {
    if let Some(request) = RUNNING.take() {
        // It fails only for a request that is over.
        let _ = request.abort();
    }
}

fn open() -> Result<XmlHttpRequest, wasm_bindgen::JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", PARSE)?;
    request.set_request_header("content-type", "application/octet-stream")?;
    request.set_request_header("accept", "application/json")?;
    Ok(request)
}

fn answer(request: &XmlHttpRequest) -> Result<Parsed, AppError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or_default() {
        0 => Err(AppError::ConnectionLost),
        200 => serde_json::from_str(&text).map_err(|_| AppError::Unreadable),
        413 => Err(Problem::WrongDocument { fault: DocumentFault::TooLarge }.into()),
        _ => Err(serde_json::from_str::<Problem>(&text).map_or(AppError::Unreadable, AppError::Problem)),
    }
}
