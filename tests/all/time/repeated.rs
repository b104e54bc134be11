//! How much counts vary from period to period: seasons that are no variation, sums of others, and why nothing is known.

use super::charts::month;
use crate::support::{json, near::near};
use crimerate::{
    Confidence, Order, Per,
    interval::WithinDispersion,
    rank::OverTime,
    time::{Series, SeriesReport},
};

/// Areas by months.
fn series(areas: &[(&str, Vec<u64>)]) -> Series {
    let rows = areas.iter().flat_map(|(area, counts)| {
        counts.iter().enumerate().map(move |(at, count)| (*area, month(at), *count, 100_000))
    });
    Series::from_rows(rows.collect::<Vec<_>>()).unwrap()
}

/// The months of two years and a quarter: a season that A has by itself, one that is common, and what is left.
fn seasonal() -> [(&'static str, Vec<u64>); 3] {
    let of = |mean: u64, own: u64, off: u64| {
        (0..27)
            .map(|at| {
                let month = at % 12;
                let common = if month == 0 { 2 } else { 1 };
                mean * common + if (6..9).contains(&month) { own } else { 0 } + at * off % 7
            })
            .collect()
    };
    [("A", of(40, 90, 3)), ("B", of(70, 0, 5)), ("C", of(100, 0, 4))]
}

fn notes(report: &SeriesReport) -> String {
    report.notes().iter().map(|note| format!("{note}\n")).collect()
}

/// By the definition: in the months of one name by themselves, and the sums of all of these over their freedom.
#[test]
fn a_season_of_one_area_is_no_variation() {
    let areas = seasonal();
    let (mut sum, mut freedom) = (0.0, 0);
    for name in 0..12 {
        let counts: Vec<Vec<f64>> = areas
            .iter()
            .map(|(_, counts)| counts.iter().skip(name).step_by(12).map(|count| *count as f64).collect())
            .collect();
        let all: f64 = counts.iter().flatten().sum();
        let mut own = 0.0;
        for row in &counts {
            for (at, count) in row.iter().enumerate() {
                let expected = row.iter().sum::<f64>() * counts.iter().map(|row| row[at]).sum::<f64>() / all;
                own += (count - expected).powi(2) / expected;
            }
        }
        sum += own * (all - 1.0) / all;
        freedom += 2 * (counts[0].len() as u64 - 1);
    }
    assert_eq!(freedom, 2 * (27 - 12));
    let all = series(&areas);
    let within = WithinDispersion::of_series(&all).unwrap();
    near(within.phi(), sum / freedom as f64, 1e-12, "phi_w");
    assert_eq!((within.freedom(), within.estimated_from()), (Some(30), Some((3, 27))));
    assert!(
        within.phi() < 1.0 && WithinDispersion::estimate(areas.iter().map(|(_, counts)| counts)).unwrap().phi() > 3.0
    );
    // It prints with its freedom, and is read back.
    assert!(within.to_string().ends_with(" (3 areas, 27 periods, 30 degrees of freedom)"), "{within}");
    let read: WithinDispersion = within.to_string().parse().unwrap();
    assert_eq!((read.freedom(), read.estimated_from()), (within.freedom(), within.estimated_from()));
    assert_eq!(json::again(&within), within);
    for text in [
        "2 (3 areas, 27 periods, 53 degrees of freedom)",
        "2 (3 areas, 27 periods, 0 degrees of freedom)",
        "2 (3 areas, 27 periods, 30 degrees)",
        "2 (3 areas, 27 periods, 30 degrees of freedom, 1)",
    ] {
        assert!(text.parse::<WithinDispersion>().is_err(), "{text}");
    }
    let beside =
        "phi_w is what is left after a season of each area's own, a level for each of the 12 periods of the year.";
    assert!(notes(&all.per(Per::HUNDRED_THOUSAND)).contains(beside));
    // Less than two years do not tell seasons apart.
    let short: Vec<(&str, Vec<u64>)> = areas.iter().map(|(area, counts)| (*area, counts[..23].to_vec())).collect();
    let short = series(&short);
    assert!(WithinDispersion::of_series(&short).unwrap().phi() > 3.0);
    let unknown = "Too little was counted, or too few years, to tell a season that an area has by itself: phi_w takes it for variation.";
    assert!(notes(&short.per(Per::HUNDRED_THOUSAND)).contains(unknown));
    let ranks = |series: &Series| OverTime::of(series, Order::Highest, Confidence::P95).unwrap();
    assert!(ranks(&short).notes().iter().any(|note| note.text() == unknown));
}

/// A sum of the others varies by nothing beside them, so phi_w would be that of three areas over the freedom of four.
#[test]
fn a_sum_of_others_is_not_in_phi_or_in_the_rest() {
    let mut areas = seasonal().to_vec();
    let plain = series(&areas);
    let all = (0..27).map(|at| areas.iter().map(|(_, counts)| counts[at]).sum()).collect();
    areas.push(("England", all));
    let rows = areas.iter().flat_map(|(area, counts)| {
        let people = if *area == "England" { 300_000_u64 } else { 100_000 };
        counts.iter().enumerate().map(move |(at, count)| (*area, month(at), *count, people))
    });
    let with = Series::from_rows(rows.collect::<Vec<_>>()).unwrap();
    assert_eq!(WithinDispersion::of_series(&with), WithinDispersion::of_series(&plain));
    let note = "Not in phi_w and not in the trend of the rest, as perhaps totals: England. They have lines like any area, and p by Holm allow for these, until they are left out.";
    assert!(with.notes().iter().any(|it| it.text() == note), "{:?}", with.notes());
    assert!(!plain.notes().iter().any(|it| it.text().starts_with("Not in phi_w")));
    let (own, others) = (with.trends(), plain.trends());
    for area in ["A", "B", "C"] {
        let [one, other] = [&own, &others].map(|trends| trends.area(area).unwrap());
        assert_eq!((one.ratio_of_rest, one.p_against_rest), (other.ratio_of_rest, other.p_against_rest));
    }
    let england = own.area("England").unwrap();
    assert!(england.ratio_per_year.is_some() && england.p_against_rest.is_none());
    assert_eq!(own.together(), others.together());
}

#[test]
fn a_period_that_nobody_has_is_in_no_phi() {
    let years = [("A", [60, 72, 55]), ("B", [31, 20, 28]), ("C", [12, 9, 17])];
    let rows = |from: [u32; 3]| {
        let rows = years.iter().flat_map(move |(area, counts)| {
            from.into_iter().zip(*counts).map(move |(year, count)| (*area, year.to_string(), count, 900))
        });
        Series::from_rows(rows.collect::<Vec<_>>()).unwrap()
    };
    let [whole, with_gap] =
        [[2018, 2019, 2020], [2017, 2019, 2020]].map(|from| WithinDispersion::of_series(&rows(from)));
    assert_eq!(whole, with_gap);
    assert!(whole.is_ok());
}

/// Where areas have gaps in other periods, the periods that all have tell more than the areas that have all.
#[test]
fn gaps_here_and_there_leave_the_other_periods() {
    let years = [("A", [60, 72, 55, 71, 66]), ("B", [31, 20, 28, 33, 41]), ("C", [12, 9, 17, 12, 8])];
    let rows = |gaps: [usize; 3]| {
        let cells = years.iter().zip(gaps).flat_map(|((area, counts), gap)| {
            (2015..)
                .zip(counts)
                .enumerate()
                .filter(move |(at, _)| *at != gap)
                .map(move |(_, (year, count))| (*area, year.to_string(), *count, 900))
        });
        Series::from_rows(cells.collect::<Vec<_>>()).unwrap()
    };
    let within = WithinDispersion::of_series(&rows([1, 1, 9])).unwrap();
    let others = years.map(|(_, counts)| [counts[0], counts[2], counts[3], counts[4]]);
    assert_eq!(within, WithinDispersion::estimate(others).unwrap());
    // One with gaps is left out where the others have more periods without it.
    let within = WithinDispersion::of_series(&rows([9, 9, 1])).unwrap();
    assert_eq!(within.estimated_from(), Some((3, 4)));
    let two = [years[0].1, years[1].1];
    let mostly = Series::from_rows(years.iter().enumerate().flat_map(|(area, (name, counts))| {
        (2015..)
            .zip(counts)
            .take(if area == 2 { 1 } else { 5 })
            .map(move |(year, count)| (*name, year.to_string(), *count, 900))
    }));
    assert_eq!(WithinDispersion::of_series(&mostly.unwrap()), WithinDispersion::estimate(two));
}

#[test]
fn why_nothing_is_known_of_variation_is_told() {
    let told = |series: &Series, why: &str| {
        let expected = format!("Poisson variation only: how much counts vary is not known, as {why}");
        let text = notes(&series.per(Per::HUNDRED_THOUSAND));
        assert!(text.contains(&expected), "{why}\n{text}");
        let ranks = OverTime::of(series, Order::Highest, Confidence::P95).unwrap();
        assert!(ranks.notes().iter().any(|note| note.text().contains(&expected)), "{why}");
    };
    let [a, b, _] = seasonal();
    told(&series(std::slice::from_ref(&a)), "one area alone does not tell it from changes of its own");
    told(&series(&[("A", vec![5]), ("B", vec![7])]), "one period alone does not tell it");
    told(&series(&[("A", vec![0, 0, 0]), ("B", vec![7, 6, 9])]), "too little was counted to tell it");
    let gap = Series::from_rows([("A", "2019", 5, 90), ("A", "2020", 6, 90), ("B", "2020", 7, 90)]).unwrap();
    told(&gap, "A alone has a count in every period, and one area does not tell it from changes of its own");
    let none = Series::from_rows([("A", "2019", 5, 90), ("B", "2020", 7, 90)]).unwrap();
    told(&none, "no two areas have counts in the same two periods");
    let half = "2020".parse().unwrap();
    let part =
        Series::from_rows([("A", "2019", 5, 90), ("B", "2019", 7, 90), ("A", "2020", 6, 90), ("B", "2020", 7, 90)]);
    let part = part.unwrap().annualised().unwrap();
    assert!(part.area("A").unwrap().rate(half).is_ok());
    told(&part, "two periods alone do not tell it from what changed between them");
    // Where it is known there is nothing to tell.
    let both = notes(&series(&[a, b]).per(Per::HUNDRED_THOUSAND));
    assert!(!both.contains("not known"), "{both}");
}

/// Rows, signals, gaps and the span call a period by what the file calls it.
#[test]
fn a_period_has_one_name() {
    let halves = ["H1 2018", "H2 2018", "H1 2019", "H1 2020", "H2 2020"];
    let rows =
        halves.iter().enumerate().map(|(at, half)| ("A", *half, if at == 4 { 90 } else { 30 + at as u64 % 2 }, 9_000));
    let report = Series::from_rows(rows).unwrap().per(Per::THOUSAND).with_chart(crimerate::time::ChartKind::U);
    let text = notes(&report);
    for told in [
        "1 area in 6 periods, H1 2018 to H2 2020.",
        "Gaps, never filled: A H2 2019.",
        "Signals: A H2 2020 (beyond-limit)",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let labels: Vec<&str> = report.rows().iter().map(|row| row.period.as_str()).collect();
    assert_eq!(labels, ["H1 2018", "H2 2018", "H1 2019", "H2 2019", "H1 2020", "H2 2020"]);
}
