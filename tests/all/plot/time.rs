//! Pictures of areas over time.

use super::drawn::{Element, areas, elements, sound};
use crimerate::{
    Confidence, Order, Per,
    interval::WithinDispersion,
    plot::Plot,
    rank::OverTime,
    time::{ChartKind, Series},
};

fn months(area: &str, counts: &[u64]) -> Vec<(String, String, u64, u64)> {
    let row = |(place, count): (usize, &u64)| {
        (area.to_owned(), format!("{}-{:02}", 2014 + place / 12, place % 12 + 1), *count, 100_000)
    };
    counts.iter().enumerate().map(row).collect()
}

fn usual(number: u64) -> Vec<u64> {
    (0..number).map(|month| 6 + (month * 7) % 6).collect()
}

fn texts(all: &[Element]) -> Vec<&str> {
    all.iter().filter(|it| it.name == "text").map(|it| it.text.as_str()).collect()
}

fn arrows(all: &[Element]) -> usize {
    let arrow =
        |it: &&Element| it.area.is_some() && it.name == "path" && it.get("d").unwrap().matches('L').count() == 2;
    all.iter().filter(arrow).filter(|it| it.get("fill") != Some("none") && it.get("d").unwrap().ends_with('Z')).count()
}

fn drawn(rows: Vec<(String, String, u64, u64)>) -> (Plot, Vec<Element>) {
    let plot = Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).plot();
    let all = sound(&plot.to_svg());
    (plot, all)
}

#[test]
fn a_spike_has_an_arrow_and_its_figure() {
    let mut counts = usual(120);
    counts[75] = 400;
    let (plot, all) = drawn(months("Kent", &counts));
    assert_eq!(arrows(&all), 1);
    assert!(texts(&all).contains(&"400.0"));
    let foot = "Beyond the scale, drawn as an arrow at its edge: Kent in 2020-04 (400.0).";
    assert!(texts(&all).contains(&foot), "{:?}", texts(&all));
    assert!(
        plot.headline().starts_with("The highest rate of Kent is 400.0 (2020-04), the lowest 6.0 ("),
        "{}",
        plot.headline()
    );
    // Alone, five times the others is to scale.
    counts[75] = 55;
    let (_, all) = drawn(months("Kent", &counts));
    assert_eq!(arrows(&all), 0);
    assert!(texts(&all).iter().all(|text| !text.starts_with("Beyond")) && texts(&all).contains(&"50"));
    // Among others it is not.
    let (_, all) = drawn([months("Kent", &counts), months("Essex", &usual(120))].concat());
    assert_eq!(arrows(&all), 1);
}

#[test]
fn an_area_that_is_always_beyond_the_scale_has_one_phrase() {
    let high: Vec<u64> = usual(24).iter().map(|count| 400 + count).collect();
    let others = (0..30).flat_map(|area| months(&format!("Area {area}"), &usual(24)));
    let (_, all) = drawn(others.chain(months("City", &high)).collect());
    let foot = texts(&all).join(" ");
    assert!(
        foot.contains("Beyond the scale, drawn as an arrow at its edge: City in all 24 periods (406.0 to 411.0)."),
        "{foot}"
    );
    assert_eq!((arrows(&all), foot.matches("2014-03").count()), (1, 0));
}

#[test]
fn the_last_period_has_its_label_and_none_runs_into_another() {
    for number in [13, 48, 117, 120] {
        let rows = months("Kent", &usual(number));
        let last = rows.last().unwrap().1.clone();
        let report = Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).with_rolling(12).unwrap();
        for wide in [360, 500, 860, 1_200] {
            let all = sound(&report.plot_area("Kent").unwrap().with_width(wide).with_height(160).to_svg());
            // Below both drawings.
            let labels =
                |label: &str| all.iter().filter(|it| it.get("font-size") == Some("10") && it.text == label).count();
            assert_eq!([labels(&last), labels("2014-01")], [2, 2], "{number} {wide}");
        }
    }
}

#[test]
fn gaps_are_written_as_other_periods_are_and_count_for_nothing() {
    let kept = |place: &usize| ![1, 2, 4].contains(place);
    let rows = months("Kent", &[5, 0, 0, 6, 0, 7, 5, 6]).into_iter().enumerate();
    let rows: Vec<_> = rows.filter(|(place, _)| kept(place)).map(|(_, row)| row).collect();
    let report = Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U);
    let plot = report.plot();
    assert_eq!(plot.headline(), "Kent: no signal in 5 periods on its control chart");
    let all = sound(&plot.to_svg());
    assert!(texts(&all).contains(&"2014-02") && !texts(&all).contains(&"February 2014"));
    // A point between gaps is seen.
    let lone: Vec<f64> = all.iter().filter(|it| it.area.is_some()).filter_map(|it| it.get("r")?.parse().ok()).collect();
    assert_eq!(lone, [3.2, 3.2]);
}

#[test]
fn alike_trends_keep_their_intervals() {
    let years =
        |area: &str| (2014..2024).map(|year| (area.to_owned(), year.to_string(), 500, 100_000)).collect::<Vec<_>>();
    let trends = Series::from_rows([years("A"), years("B"), years("C")].concat()).unwrap().trends();
    let all = sound(&trends.plot().to_svg());
    assert!(texts(&all).iter().all(|text| !text.contains("end in an arrow")), "{:?}", texts(&all));
    let none =
        Series::from_rows(vec![("A", "2020", 0, 10), ("A", "2021", 0, 10), ("A", "2022", 0, 10)]).unwrap().trends();
    let why = "No trend of A: nothing was counted, so there is no trend.";
    assert!(texts(&sound(&none.plot().to_svg())).join(" ").contains(why));
    assert!(none.to_string().contains(why), "{none}");
    let bars = Series::from_rows(
        [
            years("A"),
            (2014..2024).map(|year| ("B".to_owned(), year.to_string(), 900 - 80 * (year - 2014), 100_000)).collect(),
        ]
        .concat(),
    );
    let bars = bars.unwrap().trends().plot().to_text(60);
    let lines: Vec<&str> = bars.lines().skip(5).collect();
    let at = |line: &str, mark: char| line.chars().position(|c| c == mark);
    assert!(
        at(lines[0], '●').is_some() && at(lines[1], '●') < at(lines[0], '●') && at(lines[1], '│') == at(lines[0], '●'),
        "{bars}"
    );
}

#[test]
fn ranks_over_time_are_drawn() {
    let counts = [("A", [900_u64, 910, 300]), ("B", [500, 505, 510]), ("C", [100, 90, 95])];
    let rows = |number: usize| {
        let areas = (0..number).map(move |place| counts[place % 3]);
        areas.enumerate().flat_map(|(place, (name, counts))| {
            (2019..).zip(counts).map(move |(year, count)| {
                (format!("{name}{place}"), year.to_string(), count + place as u64, 100_000_u64)
            })
        })
    };
    for number in [1, 3, 43] {
        let ranks = OverTime::of(&Series::from_rows(rows(number)).unwrap(), Order::Highest, Confidence::P95).unwrap();
        let all = sound(&ranks.plot().to_svg());
        assert_eq!(areas(&all).len(), number);
    }
    let ranks = OverTime::of(&Series::from_rows(rows(3)).unwrap(), Order::Highest, Confidence::P95).unwrap();
    let ranks = ranks.with_dispersion(WithinDispersion::new(2.2).unwrap()).unwrap();
    let all = elements(&ranks.plot().to_svg());
    let moved = |colour: &str| all.iter().filter(|it| it.area.is_some() && it.get("fill") == Some(colour)).count();
    assert_eq!([moved("#bc3908"), moved("#0b66b0")], [1, 1]);
    assert_eq!(ranks.plot().to_text(80).lines().count(), 3 + 9);
}
