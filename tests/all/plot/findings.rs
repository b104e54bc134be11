//! Headlines that claim no more than the report of the same figures.

use super::drawn::{areas, elements, sound};
use crate::support::knife::knife;
use crimerate::{Average, Per, Table, funnel::Dispersion, plot::Plot, smoothing::Estimator, time::Series};

const PER: Per = Per::HUNDRED_THOUSAND;

#[test]
fn a_funnel_without_limits_says_that_nobody_lies_within() {
    let report = knife().compare(Average::MEAN).funnel(Dispersion::None).per(PER);
    let plot = report.plot();
    assert_eq!(
        plot.headline(),
        "37 forces by expected count, without limits; the highest is 178.6 (Metropolitan Police)"
    );
    let svg = plot.to_svg();
    sound(&svg);
    for word in ["within", "95 % limits", "lie outside"] {
        assert!(elements(&svg).iter().all(|element| element.name != "text" || !element.text.contains(word)), "{word}");
    }
    assert!(svg.contains("Limits, positions and p: none"));
    let error = report.tile_map().unwrap_err().to_string();
    assert_eq!(error, "the funnel has no control limits: its classes would be by them");
}

/// Twelve areas that differ by more than chance (Pearson's X^2 by hand: 33.8 on 11, p 0.0004), of which one is outside.
#[test]
fn nothing_is_said_of_chance_where_all_together_show_more() {
    let counts = [60_u64, 33, 55, 33, 55, 33, 55, 33, 55, 33, 55, 33];
    let table =
        Table::from_rows(counts.iter().enumerate().map(|(i, count)| (format!("A{i}"), *count, 100_000_u64))).unwrap();
    let report = table.compare(Average::POOLED).funnel(Dispersion::None).per(PER);
    let mean = counts.iter().sum::<u64>() as f64 / 12.0;
    let squares: f64 = counts.iter().map(|count| (*count as f64 - mean).powi(2) / mean).sum();
    assert!((report.homogeneity().unwrap().squares() - squares).abs() < 1e-9 && squares > 30.0);
    assert_eq!(report.plot().headline(), "One of 12 areas lies outside the 95 % limits (above)");
}

#[test]
fn equal_ends_are_told_together() {
    let tied = Table::from_rows([
        ("Kent", 60, 100_000),
        ("Dorset", 60, 100_000),
        ("Essex", 20, 100_000),
        ("Durham", 20, 100_000),
    ]);
    let league = tied.unwrap().compare(Average::POOLED);
    let map = league.per(PER).tile_map().unwrap().headline();
    assert!(
        map.ends_with("the highest rate is 60.0 (Kent and one more), the lowest 20.0 (Essex and one more)"),
        "{map}"
    );
    let smoothed = league.smooth(Estimator::GammaPoisson).per(PER).plot().headline();
    assert!(smoothed.starts_with("Smoothed, Kent and one more have the highest rate, "), "{smoothed}");
    let null = Table::from_rows((0..20_u64).map(|i| (format!("A{i}"), 29 + i % 3, 100_000_u64))).unwrap();
    let null = null.compare(Average::POOLED).smooth(Estimator::GammaPoisson).per(PER).plot().headline();
    assert_eq!(null, "The rates differ by no more than chance: smoothed, all 20 are 30.0 per 100,000");
}

#[test]
fn a_change_in_figures_is_never_cut() {
    let table = |factor: u64| {
        Table::from_rows(
            (0..333_u64).map(|i| (format!("Ward {i} of the Borough"), (i * 37 % 90) * factor, 100_000_u64)),
        )
        .unwrap()
    };
    let changes = table(1).change_to(&table(7)).unwrap().per(PER);
    for width in [360, 760, 1_180] {
        let svg = changes.plot().with_width(width).to_svg();
        assert_eq!(areas(&sound(&svg)).len(), 333);
        let cut = elements(&svg).into_iter().find(|element| element.text.contains('…') && element.text.contains('%'));
        assert!(cut.is_none(), "{width}: {:?}", cut.map(|element| element.text));
    }
    let text = changes.plot().to_text(40);
    assert!(text.contains("+600 %") && !text.contains("… %"), "{text}");
}

#[test]
fn most_areas_stand_in_no_left_third() {
    let rows = (0..36_u64).map(|i| (format!("A{i}"), 150 + i * 31 % 100, 190_000 + i * 3_700)).chain([(
        "City".into(),
        1_400,
        1_400_000,
    )]);
    let svg =
        Table::from_rows(rows).unwrap().compare(Average::POOLED).funnel(Dispersion::None).per(PER).plot().to_svg();
    assert!(svg.contains("logarithmic scale"));
}

#[test]
fn rates_of_months_are_a_month() {
    let rows = (0..24_u64).map(|i| ("Kent", format!("{}-{:02}", 2020 + i / 12, i % 12 + 1), 60 + i % 7, 1_850_000_u64));
    let report = Series::from_rows(rows).unwrap().per(PER).with_rolling(12).unwrap();
    let plot = report.plot();
    let told: Vec<String> =
        elements(&plot.to_svg()).into_iter().map(|element| element.text.replace('\u{a0}', " ")).collect();
    assert!(plot.headline().contains(" per 100,000 a month"), "{}", plot.headline());
    for text in ["Rate per 100,000 population a month", "12 months together, rate per 100,000 population a year"] {
        assert!(told.iter().any(|found| found == text), "{text}: {told:?}");
    }
}

/// Dots against a reference: the axis goes round it, a side is taken by the whole of the limits, and one far off is an arrow.
#[test]
fn figures_stand_on_the_side_of_their_limits() {
    let figure = |name: &str, value: f64, reach: f64| (name.to_owned(), Some(value), (value - reach, value + reach));
    let near = (0..20).map(|i| figure(&format!("Method {i}"), 94.0 + f64::from(i % 3), 0.6));
    let plot = Plot::of_limits_against(
        "shares that hold",
        ("promised", 95.0),
        near.chain([figure("Far", 40.0, 2.0), ("Open".into(), None, (94.6, 96.0)), figure("Odd", f64::NAN, 1.0)]),
    );
    // 94 seven times, 95 seven times, 96 six times, each plus or minus 0.6; one at 40; one open about 95.
    assert_eq!(plot.headline(), "Shares that hold: eight of 22 lie wholly below 95 (promised), six wholly above");
    let svg = plot.to_svg();
    sound(&svg);
    let all = elements(&svg);
    assert_eq!(areas(&all).len(), 22);
    assert!(svg.contains(">promised: 95<") || svg.contains(">promised:\u{a0}95<"), "{svg}");
    assert!(svg.contains("Beyond the scale, drawn as an arrow, with the figure in writing: Far."), "{svg}");
    let dots: Vec<_> = all.iter().filter(|it| it.area.is_some() && it.name == "circle").collect();
    assert_eq!(dots.len(), 20);
    let colours: std::collections::BTreeSet<_> = dots.iter().map(|it| it.get("fill").unwrap().to_owned()).collect();
    assert_eq!(colours.len(), 3);
    let text = plot.to_text(70);
    let at = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(at("Method 0 ").trim_end().ends_with('│') && !at("Method 2 ").trim_end().ends_with('│'), "{text}");
    assert_eq!(
        Plot::of_limits_against(
            "shares",
            ("promised", 5.0),
            [("A", Some(5.5), (5.5, 5.5)), ("B", Some(5.0), (5.0, 5.0))]
        )
        .headline(),
        "Shares: none of 2 lie below 5 (promised), one above"
    );
    for odd in [f64::NAN, f64::INFINITY, 1e300, 0.0, -3.0] {
        sound(
            &Plot::of_limits_against(
                "shares",
                ("promised", odd),
                [("A", Some(1.0), (0.5, 1.5)), ("B", None, (3.0, 3.0))],
            )
            .to_svg(),
        );
    }
}
