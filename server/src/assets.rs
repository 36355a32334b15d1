//! The files of the program: WASM, scripts, styles, fonts. They are part of the binary.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, StatusCode, Uri};
use rust_embed::{Embed, EmbeddedFile};

/// What the web build left behind. While developing it is read from the disk instead.
#[derive(Embed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// What pages tell browsers to fetch ahead. While developing, the parts change too often for that.
pub fn hints() -> app_base::hints::Hints {
    let manifest = Site::get("pkg/__wasm_split_manifest.json").filter(|_| !cfg!(debug_assertions));
    manifest.map_or_else(app_base::hints::Hints::default, |file| {
        app_base::hints::Hints::parse(&String::from_utf8_lossy(&file.data))
    })
}

/// The file of a path, if there is one. Compressed copies are made by the build.
pub fn find(uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let path = uri.path().trim_start_matches('/');
    let original = Site::get(path)?;
    let takes_brotli = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|encoding| encoding.trim().starts_with("br")));
    match takes_brotli.then(|| Site::get(&format!("{path}.br"))).flatten() {
        Some(compressed) => Some(reply(path, compressed, true, headers)),
        None => Some(reply(path, original, false, headers)),
    }
}

fn reply(path: &str, file: EmbeddedFile, compressed: bool, headers: &HeaderMap) -> Response {
    let hash: String = file.metadata.sha256_hash()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("\"{hash}\"");
    // Names stay the same from one release to the next, so browsers ask; fonts never change.
    let cache = if path.starts_with("fonts/woff2") {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    let fresh = headers.get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let mut response = match fresh {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(file.data).into_response(),
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let mut set = |name, value: &str| {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    };
    set(
        CONTENT_TYPE,
        if mime.type_() == "text" { format!("{mime}; charset=utf-8") } else { mime.to_string() }.as_str(),
    );
    set(ETAG, &etag);
    set(CACHE_CONTROL, cache);
    set(VARY, "accept-encoding");
    if compressed {
        set(CONTENT_ENCODING, "br");
    }
    response
}
