//! Sending a file with its progress, which `fetch` does not tell.

use domain::Problem;
use domain::takeout::{FileFault, ImportView};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use crate::AppError;

/// Sends a file to a route of ours, tells how many percent are there, and what came of it.
pub fn send(
    path: &str,
    file: &File,
    percent: impl Fn(u32) + 'static,
    done: impl FnOnce(Result<ImportView, AppError>) + 'static,
) {
    let Ok(request) = open(path) else { return done(Err(AppError::ConnectionLost)) };
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
        done(answer(&answered));
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    // When it cannot be sent the end is told all the same.
    let _ = request.send_with_opt_blob(Some(file));
}

fn open(path: &str) -> Result<XmlHttpRequest, wasm_bindgen::JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", path)?;
    request.set_request_header("content-type", "application/zip")?;
    request.set_request_header("accept", "application/json")?;
    Ok(request)
}

fn answer(request: &XmlHttpRequest) -> Result<ImportView, AppError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or_default() {
        0 => Err(AppError::ConnectionLost),
        200 => serde_json::from_str(&text).map_err(|_| AppError::Unreadable),
        413 => Err(Problem::WrongFile { fault: FileFault::TooLarge }.into()),
        _ => Err(serde_json::from_str::<Problem>(&text).map_or(AppError::Unreadable, AppError::Problem)),
    }
}
