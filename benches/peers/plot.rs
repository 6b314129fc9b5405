//! Speed and peak memory against the size of the text, both axes in powers of ten.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::record::{Record, Run};

/// Far enough apart for the common kinds of colour blindness (Okabe and Ito 2008).
const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 0, 0),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 158, 115),
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(204, 121, 167),
    RGBColor(120, 120, 120),
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Lines = BTreeMap<String, Vec<(f64, f64)>>;

/// Draws both charts side by side.
pub(crate) fn draw(record: &Record, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let root = SVGBackend::new(path, (1100, 460)).into_drawing_area();
    root.fill(&WHITE)?;
    let (left, right) = root.split_horizontally(550);
    let speed = points(record, |run| run.speed());
    chart(&left, "MB of text per CPU second", &speed)?;
    let memory = points(record, |run| {
        run.cost.as_ref().map(|c| c.memory as f64 / 1048576.0)
    });
    chart(&right, "peak memory, MiB", &memory)?;
    root.present()?;
    Ok(())
}

/// Figures of each tool by megabytes of text. Only made-up text, which is the same at every size.
fn points(record: &Record, figure: impl Fn(&Run) -> Option<f64>) -> Lines {
    let mut lines = Lines::new();
    for run in record
        .runs
        .iter()
        .filter(|r| r.input.starts_with("made-up"))
    {
        if let Some(figure) = figure(run) {
            let points = lines.entry(run.label()).or_default();
            points.push((run.text as f64 / 1e6, figure));
        }
    }
    lines
        .values_mut()
        .for_each(|p| p.sort_by(|a, b| a.0.total_cmp(&b.0)));
    lines
}

/// A range that holds all values, with some air.
fn range(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (mut low, mut high) = (f64::MAX, f64::MIN_POSITIVE);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    low.min(high) / 1.5..high * 1.5
}

fn chart(area: &Area<'_>, title: &str, lines: &Lines) -> Result<(), Box<dyn std::error::Error>> {
    let all = || lines.values().flatten();
    let sizes = range(all().map(|p| p.0));
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 16))
        .margin(10)
        .x_label_area_size(36)
        .y_label_area_size(52)
        .build_cartesian_2d(
            // Room on the right for the names of the lines.
            (sizes.start..sizes.end * (sizes.end / sizes.start).sqrt()).log_scale(),
            range(all().map(|p| p.1)).log_scale(),
        )?;
    chart
        .configure_mesh()
        .x_desc("MB of text")
        .light_line_style(WHITE)
        .draw()?;
    for (index, (label, points)) in lines.iter().enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let drawn = chart.draw_series(LineSeries::new(
            points.iter().copied(),
            colour.stroke_width(2),
        ))?;
        drawn
            .label(label)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour));
        chart.draw_series(points.iter().map(|&p| Circle::new(p, 3, colour.filled())))?;
    }
    chart
        .configure_series_labels()
        .label_font(("sans-serif", 11))
        .background_style(WHITE.mix(0.8))
        .position(SeriesLabelPosition::MiddleRight)
        .draw()?;
    Ok(())
}
