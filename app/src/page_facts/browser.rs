//! In the browser the facts come with the page.

use super::PageFacts;

/// The facts stand in the page; this is what holds if they do not.
pub fn read() -> PageFacts {
    PageFacts::default()
}
