//! Lists in pages: `?after=…&limit=…`, and where the next page is.

use axum::Json;
use axum::extract::{FromRequestParts, OriginalUri, Query};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike};
use domain::letters::service::Place as LetterPlace;
use domain::notebook::service::Place;
use http::header::LINK;
use http::request::Parts;
use http::{HeaderValue, Uri};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::problem::Failure;

/// Things on a page, unless the request says otherwise.
const USUAL: u32 = 20;
/// Most things on a page.
const MOST: u32 = 100;

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before. It means nothing else.
    pub after: Option<String>,
    /// Most things on the page; 20 when it is left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// To be sent as `after` for the next page; null on the last. The `Link` header holds the whole address.
    pub next: Option<String>,
}

/// A list that is short enough for one page.
impl<T> From<Vec<T>> for Page<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// A place in a list, as a program carries it.
pub trait Cursor: Sized {
    fn write(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl Cursor for Uuid {
    fn write(&self) -> String {
        self.simple().to_string()
    }

    fn read(text: &str) -> Option<Self> {
        Self::try_parse(text).ok()
    }
}

impl Cursor for Place {
    fn write(&self) -> String {
        format!("{}-{}", self.updated_at.timestamp_micros(), self.id.simple())
    }

    fn read(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('-')?;
        let updated_at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
        // Calendars know years that databases do not.
        let known = (1..=9999).contains(&updated_at.year());
        known.then_some(Self { updated_at, id: Uuid::read(id)? })
    }
}

impl Cursor for LetterPlace {
    fn write(&self) -> String {
        Place { updated_at: self.updated_at, id: self.id }.write()
    }

    fn read(text: &str) -> Option<Self> {
        let Place { updated_at, id } = Place::read(text)?;
        Some(Self { updated_at, id })
    }
}

/// The page that a request asks for.
pub struct Paging {
    /// Most things on the page.
    pub size: u32,
    after: Option<String>,
    uri: Uri,
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = Query::<PageQuery>::try_from_uri(&parts.uri);
        let Query(query) = query.map_err(|refusal| Failure::bad_request(refusal.body_text()))?;
        let size = query.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&size) {
            return Err(Failure::bad_request(format!("limit must be from 1 to {MOST}.")));
        }
        let uri =
            parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone());
        Ok(Self { size, after: query.after, uri })
    }
}

impl Paging {
    /// Where the page begins; none at the beginning of the list.
    ///
    /// # Errors
    /// When it is no place of that list.
    pub fn after<C: Cursor>(&self) -> Result<Option<C>, Failure> {
        let read = |text: &str| {
            C::read(text).ok_or_else(|| Failure::bad_request("after must be `next` of the page before."))
        };
        self.after.as_deref().map(read).transpose()
    }

    /// The page, and where the next one is.
    pub fn reply<T, C: Cursor>(self, items: Vec<T>, next: Option<C>) -> Listed<T> {
        let next = next.map(|next| next.write());
        let link = next.as_deref().map(|next| self.link(next));
        Listed { page: Page { items, next }, link }
    }

    fn link(&self, next: &str) -> String {
        let before = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(before.filter(|(name, _)| name != "after"))
            .append_pair("after", next)
            .finish();
        format!("<{}?{query}>; rel=\"next\"", self.uri.path())
    }
}

/// A page as a reply.
pub struct Listed<T> {
    page: Page<T>,
    link: Option<String>,
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.page).into_response();
        if let Some(link) = self.link.and_then(|link| HeaderValue::try_from(link).ok()) {
            response.headers_mut().insert(LINK, link);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_went() {
        let place =
            Place { updated_at: "2026-11-21T12:00:00.123456Z".parse().expect("a time"), id: Uuid::now_v7() };
        assert_eq!(Place::read(&place.write()), Some(place));
        let id = Uuid::now_v7();
        assert_eq!(Uuid::read(&id.write()), Some(id));
        for nonsense in
            ["", "x", "-", "1-", "99999999999999999999-x", &format!("{}-{}", i64::MAX, id.simple())]
        {
            assert_eq!(Place::read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn the_next_page_has_the_same_filter() {
        let uri = Uri::from_static("/api/v1/interviews?field=cs&after=1&limit=5");
        let paging = Paging { size: 5, after: None, uri };
        assert_eq!(paging.link("2"), "</api/v1/interviews?field=cs&limit=5&after=2>; rel=\"next\"");
    }
}
