//! The text of a PDF: its pages are drawn as a viewer would, onto something that keeps the characters alone.
//!
//! Characters come from the `ToUnicode` map of a font, from the names of its glyphs, or, for Korean fonts that are not embedded, from the
//! tables of Adobe-Korea1. Pictures are not decoded, so a scan costs nothing and has no text.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

use super::layout::{Layout, Placed};
use super::{DocumentFault, ENOUGH, PAGES_MAX};

/// Units of a glyph's width in the size of its font.
const UNITS: f64 = 1000.0;

/// The text of a PDF, and how many pages it has.
///
/// # Errors
/// What is wrong with it.
pub fn text(bytes: Vec<u8>) -> Result<(String, u32), DocumentFault> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry) | LoadPdfError::Invalid => {
            DocumentFault::Broken
        }
        LoadPdfError::Decryption(_) => DocumentFault::Encrypted,
    })?;
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    match count {
        0 => return Err(DocumentFault::Broken),
        count if count > PAGES_MAX => return Err(DocumentFault::TooManyPages),
        _ => {}
    }
    let cache = InterpreterCache::new();
    let mut reader = TextReader::default();
    for page in pages.iter() {
        // From the top of the page as it is shown, whichever way it lies.
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let nowhere = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context =
            Context::new(transform, nowhere, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut reader);
        reader.layout.end_page();
        if reader.layout.characters() > ENOUGH {
            return Err(DocumentFault::TooLong);
        }
    }
    // A font without any word about its characters: what is left would be holes.
    match reader.unknown > reader.known {
        true => Err(DocumentFault::NoText),
        false => Ok((reader.layout.into_text(), count)),
    }
}

/// Keeps the characters of what is drawn.
#[derive(Default)]
struct TextReader {
    layout: Layout,
    known: usize,
    unknown: usize,
}

impl Device<'_> for TextReader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(character)) => String::from(character),
                Some(BfString::String(text)) => text,
                None => {
                    self.unknown += 1;
                    continue;
                }
            };
            self.known += 1;
            let transform = props.transform * glyph.transform();
            let width = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let start = transform * Point::ZERO;
            let size = (transform * Point::new(0.0, UNITS) - start).hypot();
            // The transform may stretch what stands in for a font, so the width counts by its height. Half of it where none is told.
            let axis = transform * Point::new(UNITS, 0.0) - start;
            let width = width.filter(|width| *width > 0.0).map_or(UNITS / 2.0, f64::from);
            let width = width / UNITS * size / axis.hypot().max(f64::EPSILON);
            let end = start + axis * width;
            self.layout.add(Placed { text, start: (start.x, start.y), end: (end.x, end.y), size });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
