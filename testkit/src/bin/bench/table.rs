//! The figures, each with its unit and how many times its floor it is.

use std::fmt;
use std::time::Duration;

/// Something measured.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    Time(Duration),
    /// A second.
    Rate(f64),
    Bytes(u64),
}

impl Figure {
    fn value(self) -> f64 {
        match self {
            Self::Time(time) => time.as_secs_f64(),
            Self::Rate(rate) => rate,
            Self::Bytes(bytes) => bytes as f64,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Time(time) if time < Duration::from_millis(1) => format!("{} µs", time.as_micros()),
            Self::Time(time) => format!("{:.2} ms", time.as_secs_f64() * 1_000.0),
            Self::Rate(rate) => format!("{rate:.0} /s"),
            Self::Bytes(bytes @ ..1_048_576) => format!("{:.1} KiB", bytes as f64 / 1_024.0),
            Self::Bytes(bytes) => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
        };
        formatter.pad(&text)
    }
}

/// Lines to print.
pub struct Table {
    lines: Vec<(String, Figure, Option<Figure>)>,
}

impl Table {
    pub const fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// A figure beside its floor.
    pub fn add(&mut self, name: &str, own: Figure, floor: Figure) {
        self.lines.push((name.to_owned(), own, Some(floor)));
    }

    /// A figure that has none.
    pub fn note(&mut self, name: &str, own: Figure) {
        self.lines.push((name.to_owned(), own, None));
    }

    /// Prints everything.
    pub fn print(&self) {
        println!("{:<36} {:>12} {:>12} {:>9}", "", "Daedap", "floor", "ratio");
        for (name, own, floor) in &self.lines {
            match floor {
                Some(floor) => {
                    let ratio = own.value() / floor.value();
                    println!("{name:<36} {own:>12} {floor:>12} {ratio:>7.2} x");
                }
                None => println!("{name:<36} {own:>12}"),
            }
        }
    }
}

/// The figure in the middle.
pub fn median(figures: &mut [Figure]) -> Figure {
    figures.sort_by(|a, b| a.value().total_cmp(&b.value()));
    figures[figures.len() / 2]
}

/// The time that so many per cent of the times do not exceed.
pub fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or_default()
}
