//! What the interviewer said, as a file that an `<audio>` element of any page plays. The address is its key.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::{App, audio};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HOST,
    RANGE,
};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_range_header::parse_range_header;

use super::PublicUrl;
use crate::problem::ApiError;

/// Where clients reach this server, without a slash at the end: as the operator has told it, else as the request did.
pub fn origin(public_url: &PublicUrl, headers: &HeaderMap) -> Option<String> {
    if let Some(url) = &public_url.0 {
        return Some(url.as_str().trim_end_matches('/').to_owned());
    }
    let host: Authority = headers.get(HOST)?.to_str().ok()?.parse().ok()?;
    // A name and a password before the host would go to wherever somebody else wants.
    (!host.as_str().contains('@')).then(|| format!("http://{host}"))
}

/// The address of a sound.
pub fn address(origin: &str, token: &str) -> String {
    format!("{origin}/api/audio/{token}")
}

/// The sound of a token, or the part of it that is asked for: Safari plays nothing without.
///
/// # Errors
/// [`domain::Problem::NotFound`].
pub async fn play(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let sound = audio::service::read(&app, &token).await?;
    let kind = HeaderValue::from_str(&sound.media_type);
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let mut response = match part(&headers, sound.bytes.len()) {
        Part::All => {
            (StatusCode::OK, [(CONTENT_LENGTH, sound.bytes.len().to_string())], Body::from(sound.bytes))
                .into_response()
        }
        Part::From(first, last) => {
            let range = format!("bytes {first}-{last}/{}", sound.bytes.len());
            let bytes = sound.bytes.get(first..=last).unwrap_or_default().to_vec();
            let told = [(CONTENT_RANGE, range), (CONTENT_LENGTH, bytes.len().to_string())];
            (StatusCode::PARTIAL_CONTENT, told, Body::from(bytes)).into_response()
        }
        Part::Nowhere => {
            let told = [(CONTENT_RANGE, format!("bytes */{}", sound.bytes.len()))];
            (StatusCode::RANGE_NOT_SATISFIABLE, told).into_response()
        }
    };
    let own = [
        (CONTENT_TYPE, kind),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        // Pages of other sites play it: that is what it is for.
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ];
    for (name, value) in own {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// How much of a sound is wanted.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    All,
    /// Both ends included.
    From(usize, usize),
    /// It begins behind the end.
    Nowhere,
}

/// What a request asks for. A header that cannot be read does not count (RFC 9110, 14.2), and of several parts all is sent.
fn part(headers: &HeaderMap, length: usize) -> Part {
    let Some(asked) = headers.get(RANGE).and_then(|range| range.to_str().ok()) else { return Part::All };
    let Ok(asked) = parse_range_header(asked) else { return Part::All };
    let Ok(ranges) = asked.validate(length as u64) else { return Part::Nowhere };
    match ranges.as_slice() {
        [range] => match (usize::try_from(*range.start()), usize::try_from(*range.end())) {
            (Ok(first), Ok(last)) => Part::From(first, last),
            _ => Part::Nowhere,
        },
        _ => Part::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().expect("a header"))])
    }

    #[test]
    fn parts_of_a_sound() {
        let check =
            |asked: &str, expected: Part| assert_eq!(part(&headers(RANGE, asked), 100), expected, "{asked}");
        check("bytes=0-1", Part::From(0, 1));
        check("bytes=10-", Part::From(10, 99));
        check("bytes=-5", Part::From(95, 99));
        check("bytes=0-1000", Part::From(0, 99));
        check("bytes=100-", Part::Nowhere);
        check("bytes=0-1,5-9", Part::All);
        check("pages=1-2", Part::All);
        check("bytes=x", Part::All);
        assert_eq!(part(&HeaderMap::new(), 100), Part::All);
    }

    #[test]
    fn an_address_begins_where_the_client_reaches_the_server() {
        let check = |host: &str, expected: Option<&str>| {
            assert_eq!(origin(&PublicUrl(None), &headers(HOST, host)).as_deref(), expected, "{host}");
        };
        check("127.0.0.1:3000", Some("http://127.0.0.1:3000"));
        check("daedap.test", Some("http://daedap.test"));
        check("daedap.test@evil.example", None);
        check("a b", None);
        let url = "https://daedap.example".parse().expect("a URL");
        let told = origin(&PublicUrl(Some(url)), &headers(HOST, "10.0.0.5:3000"));
        assert_eq!(told.as_deref(), Some("https://daedap.example"));
        assert_eq!(address("https://daedap.example", "0a"), "https://daedap.example/api/audio/0a");
    }
}
