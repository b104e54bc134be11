//! What is said of series: names that are alike, totals among areas, changes with their limits.

use super::charts::month;
use crate::support::{json, says::says};
use crimerate::{
    Per, Row,
    time::{Series, SeriesRow},
};

/// As in a table, a name that is another but for how it is written is refused once, unless it is said to be of an area of its own.
#[test]
fn names_that_are_alike_are_refused_unless_they_are_accepted() {
    let rows = |accepted: bool| {
        let of = move |area: &'static str, year: u32, count: u64| {
            let row = Row::new(area, count, 90_000);
            SeriesRow::of(if accepted { row.distinct() } else { row }, year.to_string())
        };
        (2018..2020).flat_map(move |year| {
            [("Kent", 61), ("Essex", 48), ("KENT*", 9)].map(|(area, count)| of(area, year, count))
        })
    };
    let faults = Series::check(rows(false));
    assert_eq!(faults.len(), 1);
    assert!(faults[0].to_string().starts_with("KENT*: row 3: "), "{}", faults[0]);
    says(Series::from_rows(rows(false)), &faults[0].to_string());
    let series = Series::from_rows(rows(true)).unwrap();
    let note = "Taken for different areas, though their names are alike: KENT* beside Kent.";
    assert_eq!(series.notes()[1].text(), note);
    assert_eq!(json::again(&series), series);
    let [one, other] = [2020, 2021].map(|year| Series::from_rows([("Kent", year.to_string(), 60, 90_000)]).unwrap());
    assert_eq!(series.join(&one).unwrap().join(&other).unwrap().len(), 3);
    let alike = Series::from_rows([("kent", "2020", 60, 90_000)]).unwrap();
    assert!(one.join(&alike).is_err());
    let coded = |name: &str, code: &str| SeriesRow::of(Row::new(name, 3, 9_000).code(code), "2020");
    assert_eq!(Series::from_rows([coded("Kent", "E1"), coded("Kent*", "E2")]).unwrap().len(), 2);
}

/// Totals among areas are noticed by all periods, where one alone could add up by chance.
#[test]
fn totals_among_areas_are_noticed_by_all_periods() {
    let counts = |at: usize| [31 + at as u64 % 5, 12 + at as u64 % 3, 20 + at as u64 % 7];
    let series = |off: u64| {
        let rows = (0..12).flat_map(|at| {
            let [a, b, c] = counts(at);
            let all = a + b + c + if at == 3 { off } else { 0 };
            [("A", a, 100_000), ("B", b, 200_000), ("C", c, 100_000), ("Here", all, 400_000)]
                .map(|(area, count, people)| (area, month(at), count, people))
        });
        Series::from_rows(rows).unwrap()
    };
    let note = "Compared as areas, and perhaps totals: Here (the sum of all 3 others).";
    let told = |series: &Series| series.notes().iter().any(|it| it.text() == note);
    assert!(told(&series(0)), "{:?}", series(0).notes());
    assert!(!told(&series(1)));
    // Where an area begins later, by the periods that all have.
    let later = |series: &Series| {
        let rows =
            series.iter().flat_map(|area| area.rates().map(move |(period, rate)| (area.area(), period, rate.unwrap())));
        let rows = rows.filter(|(area, period, _)| *area != "B" || *period > month(5));
        Series::from_rows(rows.map(|(area, period, rate)| (area, period, rate.count(), rate.population().get())))
            .unwrap()
    };
    assert!(told(&later(&series(0))) && told(&later(&series(1))));
}

/// Changes print with their limits.
#[test]
fn changes_print_with_their_limits() {
    let rows = (0..24).map(|at| ("A", month(at), if at < 12 { 100 } else { 130 }, 90_000));
    let report = Series::from_rows(rows).unwrap().per(Per::THOUSAND).with_rolling(12).unwrap();
    let text = report.to_string();
    let (heading, last) = (text.lines().next().unwrap(), text.lines().nth(25).unwrap());
    assert_eq!(heading.matches("Change % (95 % interval)").count(), 2, "{heading}");
    let row = report.rows().last().unwrap();
    let limits =
        |lower: Option<f64>, upper: Option<f64>| format!("+30.0 ({:+.1} to {:+.1})", lower.unwrap(), upper.unwrap());
    assert!(last.contains(&limits(row.change_lower, row.change_upper)), "{last}");
    assert!(last.ends_with(&limits(row.rolling_change_lower, row.rolling_change_upper)), "{last}");
    let none = Series::from_rows([("A", "2019", 1, 9), ("A", "2020", 0, 9), ("A", "2021", 4, 9)]).unwrap();
    assert!(none.per(Per::ONE).to_string().contains("-100.0 (-100.0 to "));
}
