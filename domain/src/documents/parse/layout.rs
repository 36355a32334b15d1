//! From characters with places to lines. The order of the file is kept: it is the one in which the text was written, columns and boxes
//! included. A new line begins where the next character stands elsewhere.

use std::collections::VecDeque;

use super::ENOUGH;

/// A gap of so much of the font's size is a blank.
const BLANK: f64 = 0.2;
/// What is so much higher or lower than the line is on another one. Small raised digits are still on it.
const OTHER_LINE: f64 = 0.55;
/// What is so much further back is on another line, or on the same one again.
const BACK: f64 = 0.6;
/// Lines that are so far apart have an empty one between them.
const EMPTY_LINE: f64 = 2.2;
/// A gap so wide stands between columns.
const COLUMN: f64 = 3.0;
/// A character is looked for among so many before it: bold ones are drawn twice, a little aside.
const TWICE_WITHIN: usize = 256;
/// How little, in sizes of the font.
const TWICE: f64 = 0.1;

/// What one glyph says, and where it stands. Downwards counts up.
#[derive(Clone, Debug)]
pub struct Placed {
    pub text: String,
    pub start: (f64, f64),
    /// Where the next one stands when nothing comes between.
    pub end: (f64, f64),
    /// Of the font.
    pub size: f64,
}

/// Lines that grow.
#[derive(Debug, Default)]
pub struct Layout {
    text: String,
    characters: usize,
    last: Option<Placed>,
    before: VecDeque<Placed>,
}

impl Layout {
    /// The next glyph of the page.
    pub fn add(&mut self, placed: Placed) {
        let finite = [placed.start.0, placed.start.1, placed.end.0, placed.end.1, placed.size];
        if self.characters > ENOUGH || placed.text.is_empty() || !finite.iter().all(|it| it.is_finite()) {
            return;
        }
        if self.stands_already(&placed) {
            return;
        }
        if let Some(last) = self.last.take() {
            self.separate(&last, &placed);
        }
        self.push(&placed.text);
        self.remember(placed);
    }

    /// What follows stands on another page.
    pub fn end_page(&mut self) {
        self.last = None;
        self.before.clear();
        if !self.text.is_empty() {
            self.push("\n");
        }
    }

    /// How many there are.
    pub const fn characters(&self) -> usize {
        self.characters
    }

    pub fn into_text(self) -> String {
        self.text
    }

    fn push(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.text.push_str(text);
    }

    fn remember(&mut self, placed: Placed) {
        if self.before.len() == TWICE_WITHIN {
            self.before.pop_front();
        }
        self.before.push_back(placed.clone());
        self.last = Some(placed);
    }

    fn stands_already(&self, placed: &Placed) -> bool {
        let near = |other: &Placed| {
            let (x, y) = (other.start.0 - placed.start.0, other.start.1 - placed.start.1);
            x.hypot(y) < TWICE * placed.size && other.text == placed.text
        };
        !placed.text.trim().is_empty() && self.before.iter().rev().any(near)
    }

    /// What stands between two glyphs: nothing, a blank, the end of a line, or an empty line.
    fn separate(&mut self, last: &Placed, next: &Placed) {
        let size = last.size.max(next.size).max(f64::EPSILON);
        let (along, across) = aside(last, next);
        let other_line = across.abs() > OTHER_LINE * size || along < -BACK * size;
        if other_line {
            // Upwards a new column begins, or a box.
            let far = across > EMPTY_LINE * size || across < -OTHER_LINE * size;
            self.push(if far { "\n\n" } else { "\n" });
            return;
        }
        let blank = |text: &str, end: bool| {
            let edge = if end { text.chars().last() } else { text.chars().next() };
            edge.is_none_or(char::is_whitespace)
        };
        if along > COLUMN * size {
            self.push("\t");
        } else if along > BLANK * size && !blank(&last.text, true) && !blank(&next.text, false) {
            self.push(" ");
        }
    }
}

/// How far the next glyph stands from the end of the last: along its line, and below it.
fn aside(last: &Placed, next: &Placed) -> (f64, f64) {
    let (x, y) = (last.end.0 - last.start.0, last.end.1 - last.start.1);
    let length = x.hypot(y);
    // Without a width nobody knows the direction: most lines go to the right.
    let (x, y) = if length > 0.0 { (x / length, y / length) } else { (1.0, 0.0) };
    let (dx, dy) = (next.start.0 - last.end.0, next.start.1 - last.end.1);
    (dx * x + dy * y, dy * x - dx * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a page: where each begins, and what it says, in letters of half the size.
    fn laid_out(lines: &[(f64, f64, &str)]) -> String {
        let mut layout = Layout::default();
        for (x, y, line) in lines {
            for (index, character) in line.chars().enumerate() {
                let start = x + 5.0 * index as f64;
                layout.add(Placed {
                    text: character.to_string(),
                    start: (start, *y),
                    end: (start + 5.0, *y),
                    size: 10.0,
                });
            }
        }
        layout.into_text()
    }

    #[test]
    fn lines_are_kept_and_empty_ones_found() {
        assert_eq!(laid_out(&[(50.0, 100.0, "one"), (50.0, 114.0, "two")]), "one\ntwo");
        assert_eq!(laid_out(&[(50.0, 100.0, "one"), (50.0, 130.0, "two")]), "one\n\ntwo");
        assert_eq!(laid_out(&[(50.0, 700.0, "left"), (300.0, 100.0, "right")]), "left\n\nright");
    }

    #[test]
    fn gaps_are_blanks_and_wide_ones_columns() {
        assert_eq!(laid_out(&[(50.0, 100.0, "one"), (68.0, 100.0, "two")]), "one two");
        assert_eq!(laid_out(&[(50.0, 100.0, "one "), (74.0, 100.0, "two")]), "one two");
        assert_eq!(laid_out(&[(50.0, 100.0, "one"), (66.0, 100.0, "two")]), "onetwo");
        assert_eq!(laid_out(&[(50.0, 100.0, "one"), (150.0, 100.0, "two")]), "one\ttwo");
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        assert_eq!(laid_out(&[(50.0, 100.0, "bold"), (50.4, 100.0, "bold")]), "bold");
        assert_eq!(laid_out(&[(50.0, 100.0, "aa")]), "aa");
    }

    #[test]
    fn lines_that_stand_upright_are_lines_too() {
        let mut layout = Layout::default();
        for (index, character) in "up".chars().enumerate() {
            let y = 500.0 - 5.0 * index as f64;
            layout.add(Placed {
                text: character.to_string(),
                start: (20.0, y),
                end: (20.0, y - 5.0),
                size: 10.0,
            });
        }
        assert_eq!(layout.into_text(), "up");
    }

    #[test]
    fn places_that_are_no_numbers_are_left_out() {
        let mut layout = Layout::default();
        let place = |x: f64| Placed { text: "x".to_owned(), start: (x, 0.0), end: (x, 0.0), size: 1.0 };
        layout.add(place(f64::NAN));
        layout.add(place(f64::INFINITY));
        assert_eq!(layout.into_text(), "");
    }
}
