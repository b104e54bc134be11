//! Pictures of panels.

use super::drawn::{areas, elements, sound};
use crimerate::{Average, ErrorKind, Measure, Panel, Per, ndarray::Array2, plot::Theme};

/// Offences by district; nobody has had the first.
fn panel(areas: usize, offences: usize) -> Panel<'static> {
    let count = |(area, offence): (usize, usize)| match offence {
        0 => 0,
        _ => ((area * 7_919 + offence * 104_729) % (300 * offence)) as u64 / (1 + area as u64 % 5),
    };
    let names = (0..areas).map(|area| format!("District {area}"));
    let people = (0..areas as u64).map(|area| 3_000 + (area * 7_919) % 400_000);
    let panel = Panel::new(names, Array2::from_shape_fn((areas, offences), count), people.collect::<Vec<_>>()).unwrap();
    panel.with_indicators((0..offences).map(|offence| format!("Offence {offence}"))).unwrap()
}

const DRAWN: [Measure; 3] = [Measure::Ratio, Measure::Lower, Measure::Upper];

#[test]
fn panels_are_sound_for_few_areas_and_many() {
    for (number, offences) in [(1, 1), (2, 3), (43, 9), (333, 12), (43, 150)] {
        for average in [Average::POOLED, Average::MEDIAN.without_self(), Average::fixed(2.0, Per::THOUSAND).unwrap()] {
            let figures = panel(number, offences).compare(average, Per::THOUSAND, DRAWN);
            for plot in [figures.plot().unwrap(), figures.plot_area("District 0").unwrap()] {
                for theme in [Theme::Light, Theme::Dark] {
                    let plot = plot.clone().with_theme(theme).with_highlighted(["District 0"]);
                    assert!(areas(&sound(&plot.to_svg())).len() <= offences.min(60));
                    assert!(plot.to_text(60).lines().count() >= 2);
                }
            }
        }
    }
}

#[test]
fn dots_of_a_panel_are_on_the_side_of_their_ratios() {
    let figures = panel(43, 9).compare(Average::POOLED, Per::THOUSAND, DRAWN);
    let all = elements(&figures.plot().unwrap().to_svg());
    let name = all.iter().position(|it| it.text == "average").unwrap();
    let line = all[..name].iter().rfind(|it| it.name == "path").unwrap().get("d").unwrap();
    let average: f64 = line[1..].split(' ').next().unwrap().parse().unwrap();
    let (mut seen, mut total) = (0, 0);
    for (indicator, title) in areas(&all).iter().enumerate() {
        let (mut left, mut right) = (0, 0);
        for dot in all.iter().filter(|it| it.name == "circle" && it.area == Some(indicator)) {
            let x: f64 = dot.get("cx").unwrap().parse().unwrap();
            (left, right) = (left + usize::from(x < average - 0.05), right + usize::from(x > average + 0.05));
        }
        let cells = figures.iter(Measure::Ratio).filter(|(_, offence, _)| offence == title);
        let ratios: Vec<f64> = cells.filter_map(|(.., ratio)| ratio.ok()).collect();
        let number = |is: fn(f64) -> bool| ratios.iter().filter(|ratio| is(**ratio)).count();
        assert!(left <= number(|ratio| ratio < 1.0) && right <= number(|ratio| ratio > 1.0), "{title}");
        (seen, total) = (seen + left + right, total + ratios.len());
    }
    // All but those of an arrow, and those that lie on the line.
    assert!(total == 43 * 8 && seen > 300, "{seen} of {total}");
}

#[test]
fn headlines_of_panels_count_rates_and_indicators() {
    let figures = panel(43, 9).compare(Average::POOLED, Per::THOUSAND, DRAWN);
    let (mut above, mut below) = (0, 0);
    let cells = |measure| figures.array(measure).unwrap();
    for ((at, ratio), lower) in cells(Measure::Ratio).indexed_iter().zip(cells(Measure::Lower)) {
        if ratio.is_finite() {
            let (average, upper) = (figures.averages()[at.1], cells(Measure::Upper)[at]);
            (above, below) = (above + u32::from(*lower > average), below + u32::from(upper < average));
        }
    }
    let headline = figures.plot().unwrap().headline();
    let found = format!(
        "In eight indicators, {above} of 344 rates lie above their average with the whole 95 % interval, {below} below; by chance alone about 17 would"
    );
    assert_eq!(headline, found);
    let bare = panel(43, 9).compare(Average::POOLED, Per::THOUSAND, [Measure::Ratio]);
    assert!(!bare.plot().unwrap().headline().contains("interval"));
    assert!(bare.plot_area("District 1").unwrap().headline().starts_with("District 1 lies "));
}

#[test]
fn what_a_panel_cannot_draw_is_an_error() {
    let bare = panel(2, 2).compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    assert_eq!(bare.plot().unwrap_err().kind(), &ErrorKind::NotAsked { measure: "ratio" });
    let figures = panel(43, 9).compare(Average::POOLED, Per::THOUSAND, DRAWN);
    let unknown = figures.plot_area("District 430").unwrap_err();
    assert!(matches!(unknown.kind(), ErrorKind::UnknownArea { .. }), "{unknown}");
    assert_eq!(figures.plot().unwrap().with_highlighted(["Atlantis"]).unknown_areas().len(), 1);
}
