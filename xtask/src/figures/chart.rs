//! Charts as SVG, drawn for a light and a dark page.

use std::{fs, path::Path};

use anyhow::Context;
use maud::{Markup, PreEscaped, html};

const WIDTH: f64 = 720.0;
const MARGIN: f64 = 16.0;
const STYLE: &str = "\
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600; font-size: 15px } .quiet { fill: #57606a }
.bar { fill: #afb8c1 } .ours { fill: #0969da } .axis { stroke: #d0d7de; fill: none }
.line { fill: none; stroke: #8c959f; stroke-width: 2 } .line.ours { stroke: #0969da; stroke-width: 3 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .quiet { fill: #9198a1 } .bar { fill: #6e7681 } .ours { fill: #58a6ff } .axis { stroke: #3d444d }
.line { stroke: #8b949e } .line.ours { stroke: #58a6ff } }";

/// A picture for a page of figures.
pub(crate) enum Chart {
    /// Lengths from zero, told beside each.
    Bars { title: String, unit: &'static str, bars: Vec<Bar> },
    /// Growth: both axes are logarithmic, so that what is linear is straight.
    Lines { title: String, x: &'static str, y: &'static str, lines: Vec<Line> },
    /// What becomes of something in the course of time: both axes begin at zero, so that what stays the same is level.
    Course { title: String, x: &'static str, y: &'static str, points: Vec<(f64, f64)> },
}

/// One row of a chart of bars.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: f64,
    /// Whether it is what the chart is about.
    pub(crate) ours: bool,
}

/// One curve of a chart of lines, whose points are all above zero.
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) points: Vec<(f64, f64)>,
    pub(crate) ours: bool,
}

impl Chart {
    /// Writes the picture.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let picture = match self {
            Self::Bars { title, unit, bars } => draw_bars(title, unit, bars),
            Self::Lines { title, x, y, lines } => draw_lines(title, x, y, lines),
            Self::Course { title, x, y, points } => draw_course(title, x, y, points),
        };
        fs::write(file, picture.into_string() + "\n").with_context(|| file.display().to_string())
    }
}

fn draw_bars(title: &str, unit: &str, bars: &[Bar]) -> Markup {
    const LABELS: f64 = 270.0;
    const VALUES: f64 = 110.0;
    const ROW: f64 = 26.0;
    const TOP: f64 = 48.0;
    let longest = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    let scale = (WIDTH - LABELS - VALUES - MARGIN) / longest;
    picture(
        TOP + ROW * bars.len() as f64 + MARGIN,
        title,
        &html! {
            @for (row, bar) in bars.iter().enumerate() {
                @let y = TOP + ROW * row as f64;
                @let length = (bar.value * scale).max(1.0);
                text x=(LABELS - 8.0) y=(y + 14.0) text-anchor="end" { (bar.label) }
                rect class=(if bar.ours { "bar ours" } else { "bar" }) x=(LABELS) y=(y) width=(round(length)) height=(ROW - 8.0) rx="2" {}
                text class="quiet" x=(round(LABELS + length + 8.0)) y=(y + 14.0) { (short(bar.value)) " " (unit) }
            }
        },
    )
}

fn draw_lines(title: &str, x_name: &str, y_name: &str, lines: &[Line]) -> Markup {
    const HEIGHT: f64 = 380.0;
    const LEFT: f64 = 90.0;
    const RIGHT: f64 = 260.0;
    const TOP: f64 = 56.0;
    const BOTTOM: f64 = 56.0;
    let decades = |pick: fn(&(f64, f64)) -> f64| {
        let logs = || lines.iter().flat_map(|line| &line.points).map(|point| pick(point).log10());
        let low = logs().fold(f64::INFINITY, f64::min).floor();
        (low, logs().fold(low + 1.0, f64::max).ceil())
    };
    let ((x_low, x_high), (y_low, y_high)) = (decades(|it| it.0), decades(|it| it.1));
    let x_of = |log: f64| round(LEFT + (log - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT));
    let y_of = |log: f64| {
        round(HEIGHT - BOTTOM - (log - y_low) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM))
    };
    let ticks = |low: f64, high: f64| (low as i32..=high as i32).map(f64::from);
    let ends = lines.iter().filter_map(|line| line.points.last());
    let labels = apart(ends.map(|(_, y)| y_of(y.log10())).collect());
    picture(
        HEIGHT,
        title,
        &html! {
            @for tick in ticks(x_low, x_high) {
                path class="axis" d=(format!("M{} {}V{}", x_of(tick), y_of(y_low), y_of(y_high))) {}
                text class="quiet" x=(x_of(tick)) y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (short(10_f64.powf(tick))) }
            }
            @for tick in ticks(y_low, y_high) {
                path class="axis" d=(format!("M{} {}H{}", x_of(x_low), y_of(tick), x_of(x_high))) {}
                text class="quiet" x=(LEFT - 8.0) y=(y_of(tick) + 4.0) text-anchor="end" { (short(10_f64.powf(tick))) }
            }
            text class="quiet" x=((LEFT + WIDTH - RIGHT) / 2.0) y=(HEIGHT - 14.0) text-anchor="middle" { (x_name) }
            text class="quiet" x=(MARGIN) y=(TOP - 10.0) { (y_name) }
            @for (line, label) in lines.iter().zip(labels) {
                @let points: Vec<(f64, f64)> = line.points.iter().map(|(x, y)| (x_of(x.log10()), y_of(y.log10()))).collect();
                @let corners: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
                @let class = if line.ours { "line ours" } else { "line" };
                polyline class=(class) points=(corners.join(" ")) {}
                @if let Some((x, _)) = points.last() {
                    text x=(x + 8.0) y=(label + 4.0) { (line.label) }
                }
            }
        },
    )
}

fn draw_course(title: &str, x_name: &str, y_name: &str, points: &[(f64, f64)]) -> Markup {
    const HEIGHT: f64 = 260.0;
    const LEFT: f64 = 64.0;
    const TOP: f64 = 56.0;
    const BOTTOM: f64 = 56.0;
    const TICKS: u32 = 4;
    let most =
        |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).fold(f64::MIN_POSITIVE, f64::max);
    // Some room above the curve.
    let (x_high, y_high) = (most(|it| it.0), most(|it| it.1) * 1.25);
    let x_of = |x: f64| round(LEFT + x / x_high * (WIDTH - LEFT - MARGIN));
    let y_of = |y: f64| round(HEIGHT - BOTTOM - y / y_high * (HEIGHT - TOP - BOTTOM));
    let ticks = || (0..=TICKS).map(|tick| f64::from(tick) / f64::from(TICKS));
    let corners: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", x_of(*x), y_of(*y))).collect();
    picture(
        HEIGHT,
        title,
        &html! {
            @for tick in ticks() {
                path class="axis" d=(format!("M{LEFT} {}H{}", y_of(tick * y_high), WIDTH - MARGIN)) {}
                text class="quiet" x=(LEFT - 8.0) y=(y_of(tick * y_high) + 4.0) text-anchor="end" { (short(tick * y_high)) }
                text class="quiet" x=(x_of(tick * x_high)) y=(HEIGHT - BOTTOM + 18.0) text-anchor="middle" { (short(tick * x_high)) }
            }
            text class="quiet" x=((LEFT + WIDTH) / 2.0) y=(HEIGHT - 14.0) text-anchor="middle" { (x_name) }
            text class="quiet" x=(MARGIN) y=(TOP - 10.0) { (y_name) }
            polyline class="line ours" points=(corners.join(" ")) {}
        },
    )
}

fn picture(height: f64, title: &str, content: &Markup) -> Markup {
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height)
            role="img" aria-label=(title) {
            style { (PreEscaped(STYLE)) }
            text class="title" x=(MARGIN) y="26" { (title) }
            (content)
        }
    }
}

/// Moves labels upwards until none covers another.
fn apart(mut heights: Vec<f64>) -> Vec<f64> {
    const LINE: f64 = 16.0;
    let mut from_below: Vec<usize> = (0..heights.len()).collect();
    from_below.sort_by(|&a, &b| heights[b].total_cmp(&heights[a]));
    for pair in from_below.windows(2) {
        heights[pair[1]] = heights[pair[1]].min(heights[pair[0]] - LINE);
    }
    heights
}

/// A tenth of a pixel is enough.
fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Three figures, and thousands as `k` and `M`.
fn short(value: f64) -> String {
    let (value, suffix) = match value {
        _ if value >= 1e6 => (value / 1e6, "M"),
        _ if value >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else if value >= 0.1 {
        2
    } else {
        4
    };
    let text = format!("{value:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::{apart, short};

    #[test]
    fn labels_do_not_cover_each_other() {
        let cases = [
            (vec![], vec![]),
            (vec![10.0, 100.0], vec![10.0, 100.0]),
            (vec![95.0, 100.0, 98.0], vec![68.0, 100.0, 84.0]),
            (vec![100.0, 100.0], vec![100.0, 84.0]),
        ];
        for (heights, expected) in cases {
            assert_eq!(apart(heights.clone()), expected, "{heights:?}");
        }
    }

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.8, "0.8"),
            (1.049, "1.05"),
            (10.0, "10"),
            (12.34, "12.3"),
            (100.0, "100"),
            (9999.0, "9999"),
            (63_966.0, "64k"),
            (1e6, "1M"),
            (2_500_000.0, "2.5M"),
            (0.01, "0.01"),
            (0.001, "0.001"),
            (0.0, "0"),
        ];
        for (value, expected) in cases {
            assert_eq!(short(value), expected);
        }
    }
}
