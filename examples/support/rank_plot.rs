//! A caterpillar plot: for each area its rank and the ranks that it may have.

use super::{
    plot::{self, Mark, Picture, Sheet},
    program::Failure,
};
use crimerate::{Order, Topic, rank};
use plotters::{prelude::*, style::text_anchor::HPos};

/// The ranks as a picture, from the first area to the last.
pub(crate) fn svg(report: &rank::Report) -> Result<String, Failure> {
    let mut rows: Vec<(f64, rank::Row)> = report.rows().filter_map(|row| Some((row.rank?.value(), row))).collect();
    if rows.is_empty() {
        return Err("there is nothing to draw: no area has a rank".into());
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sets = report.sets().map(rank::Sets::spec);
    let (level, first) = (report.confidence(), report.league().ranking().order());
    let (kind, bars, topic) = match sets {
        Some(spec) => (format!("{} rank sets", spec.family()), "ranks that the area may have", Topic::RankSets),
        None => ("rank intervals in replicate years".into(), "ranks that it has in these", Topic::Replicate),
    };
    let what = plot::counted(report.league().table().basis());
    let row = (TALL / rows.len() as u32).clamp(1, 30);
    let picture = Picture {
        title: format!("{}, {kind} at {level}{what}", plot::areas(rows.len())),
        keys: vec![
            (Mark::Dot(plot::BLUE.filled()), "rank".into()),
            (Mark::Line(plot::SKY.stroke_width(8)), bars.into()),
        ],
        notes: plot::about(&report.notes(), &[Topic::Areas, topic, Topic::Basis]),
        height: row * rows.len() as u32 + 200,
    };
    let end = if first == Order::Highest { "highest" } else { "lowest" };
    picture.svg(|sheet| draw(sheet, &rows, row, &format!("Rank (1: {end} rate)")))
}

/// The rows are as high as lets this many pixels hold all of them.
const TALL: u32 = 6_000;

fn draw(sheet: &Sheet<'_>, rows: &[(f64, rank::Row)], row: u32, title: &str) -> Result<(), Failure> {
    let size = plot::TEXT.min(row.saturating_sub(4));
    let names = size >= plot::TEXT / 2;
    let widest = rows.iter().map(|(_, row)| plot::width(&row.area, size)).max().unwrap_or(0).min(600);
    let last = rows.len() as f64;
    let edge = 0.5 + 0.01 * last;
    let mut chart = ChartBuilder::on(sheet)
        .margin(20)
        .set_label_area_size(LabelAreaPosition::Top, 90)
        .set_label_area_size(LabelAreaPosition::Bottom, 90)
        .y_label_area_size(if names { widest + 30 } else { 30 })
        .build_cartesian_2d(1.0 - edge..last + edge, last + 0.5..0.5)?;
    chart
        .configure_mesh()
        .max_light_lines(0)
        .disable_y_mesh()
        .bold_line_style(plot::GREY.mix(0.25))
        .axis_style(plot::INK)
        .set_all_tick_mark_size(6)
        .label_style(plot::font(plot::TEXT))
        .x_labels(12)
        .y_labels(0)
        .x_label_formatter(&|rank| if *rank < 1.0 || rank.fract() != 0.0 { String::new() } else { plot::tick(*rank) })
        .x_desc(title)
        .draw()?;
    let area = chart.plotting_area();
    let bare = area.strip_coord_spec();
    let (thick, radius) = ((row / 3).clamp(1, 10), (row as i32 / 3).clamp(1, plot::DOT));
    for (place, (rank, row)) in rows.iter().enumerate() {
        let y = place as f64 + 1.0;
        if let Some((low, high)) = row.rank_lower.zip(row.rank_upper) {
            let bar = vec![(low as f64 - 0.3, y), (high as f64 + 0.3, y)];
            area.draw(&PathElement::new(bar, plot::SKY.stroke_width(thick)))?;
        }
        area.draw(&Circle::new((*rank, y), radius, plot::BLUE.filled()))?;
        if names {
            let (_, above) = area.get_base_pixel();
            let height = area.map_coordinate(&(1.0, y)).1 - above;
            plot::words(&bare, &plot::cut(&row.area, size, widest), size, (-14, height), HPos::Right)?;
        }
    }
    Ok(())
}
