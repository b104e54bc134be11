//! Periods and sums that are not to be compared as if they were alike.

use crate::support::says::says;
use crimerate::{
    Basis, Per, Period, Table,
    interval::WithinDispersion,
    time::{ChartKind, Series},
};

fn table(period: &str, counts: [u64; 2]) -> Table {
    let rows = [("A", counts[0], 10_000), ("B", counts[1], 10_000)];
    Table::from_rows(rows).unwrap().with_basis(Basis::new().with_period(period))
}

fn notes(before: &str, after: &str) -> Vec<String> {
    let changes = table(before, [100, 120]).change_to(&table(after, [60, 55])).unwrap();
    changes.notes().iter().map(|note| note.text().to_owned()).collect()
}

/// The months of a period are known where its text is one, and a year is no half.
#[test]
fn months_are_those_of_the_period() {
    for (before, after, months) in [("2019", "Jan 2020 to Jun 2020", [12, 6]), ("2019-03", "2019 Q2", [1, 3])] {
        let found = table(before, [100, 120]).change_to(&table(after, [60, 55]));
        let [one, other] =
            months.map(|months| if months == 1 { "1 month".to_owned() } else { format!("{months} months") });
        says(
            found,
            &format!("the period is {after} ({other}) here and {before} ({one}) there, so the two cannot be compared"),
        );
    }
    let unchecked =
        |before, after| notes(before, after).into_iter().find(|note| note.starts_with("Not given")).unwrap();
    assert!(!unchecked("2019", "2020").contains("months"));
    assert!(unchecked("2019", "the pandemic").contains("the number of months"));
    // What is given goes before what the text says.
    let half = table("2020", [60, 55]);
    let half = half.clone().with_basis(half.basis().clone().with_months(6));
    says(
        table("2019", [100, 120]).change_to(&half),
        "the period is 2020 (6 months) here and 2019 (12 months) there, so the two cannot be compared",
    );
    let yearly = [table("2019", [100, 120]), table("2020 H1", [60, 55])].map(|table| table.annualised().unwrap());
    assert!(yearly[0].change_to(&yearly[1]).is_ok());
}

/// Other parts of the year are compared with a word about seasons, and a later period with an earlier one with a word about that.
#[test]
fn other_parts_of_the_year_and_the_way_back_are_told() {
    let seasons = |before, after| notes(before, after).iter().any(|note| note.starts_with("Seasons: "));
    assert!(seasons("2021-01", "2021-07") && seasons("2020 Q4", "2021 Q1"));
    assert!(!seasons("2020-01", "2021-01") && !seasons("2019", "2020/21") && !seasons("before", "after"));
    let text = "Seasons: January 2021 and July 2021 are other parts of the year, and figures have seasons, which are in the change; the same months of two years have none.";
    assert!(notes("2021-01", "2021-07").contains(&text.to_owned()));
    assert!(notes("2021", "2018").contains(&"Periods: 2021, then 2018, which is the earlier one.".to_owned()));
    assert!(notes("2018", "2021").contains(&"Periods: 2018, then 2021.".to_owned()));
}

fn years(count: u64) -> Series {
    let rows = (2018..=2021)
        .zip(0..)
        .map(|(year, more)| ("A", Period::calendar_year(year).unwrap(), count + 10 * more, 100_000));
    Series::from_rows(rows).unwrap()
}

/// Two windows of 24 months, a year apart, have twelve months in common.
#[test]
fn windows_that_overlap_have_no_change() {
    let series = years(900);
    let (year, window) = (Period::calendar_year(2021).unwrap(), |months| series.rolling(months).unwrap());
    assert!(window(12).change("A", year).unwrap().is_some());
    assert!(window(24).rate("A", year).unwrap().is_some() && window(24).change("A", year).unwrap().is_none());
    let told = |months| {
        let report = series.per(Per::HUNDRED_THOUSAND).with_rolling(months).unwrap();
        let changes = report.iter().filter(|row| row.rolling_change.is_some()).count();
        let said = report.to_string().contains("; no change on a year before, as both would have months in common.");
        (changes, said)
    };
    assert_eq!([told(12), told(24)], [(3, false), (0, true)]);
}

/// Where there is no chart nobody looked for signals.
#[test]
fn no_chart_has_no_signals_to_look_for() {
    let report = |count| years(count).per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::P);
    let text = report(200_000).to_string();
    assert!(
        text.contains("No chart: A, ") && text.contains("Signals: none were looked for, as there is no chart."),
        "{text}"
    );
    assert!(report(900).to_string().contains("Signals: none."));
}

/// A phi_w of 1 is said once, and stretches nothing.
#[test]
fn a_phi_of_one_is_said_plainly() {
    let spec = crimerate::interval::Spec::default().with_dispersion(WithinDispersion::new(1.0).unwrap());
    let text = years(900).per(Per::HUNDRED_THOUSAND).with_interval(spec).to_string();
    let told = "Intervals: exact at 95 %; changes on the same period a year before: exact at 95 %; Poisson variation only, as phi_w 1 (as given) says.";
    assert!(text.contains(told), "{text}");
}
