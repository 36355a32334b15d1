//! How far the points were explained, as a word with a mark that needs no colour to be told apart.

use domain::interview::Band;
use leptos::prelude::*;

use crate::words;

use super::AtOnce;

/// A band as a word with its colour.
#[component]
pub fn BandBadge(band: Band) -> impl IntoView {
    view! {
        <span class="band" data-band=band.as_str()>
            {words::band(band)}
        </span>
    }
    .at_once()
}
