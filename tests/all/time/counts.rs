//! Counts without populations, and bases of zero.

use crate::support::{json::again, near::near, says::says};
use crimerate::{
    Confidence, Note, Order, Per, Row, Table,
    interval::{Correction, Test},
    time::{self, Changes},
};

const PER: Per = Per::HUNDRED_THOUSAND;

/// 25 robberies in a month where a month had 16 on average (Wheeler 2018, "Testing changes in short run crime patterns: the
/// Poisson e-test", the history taken to be a year): exact conditional figures by scipy.
#[test]
fn a_month_against_a_year_needs_no_population() {
    let rows = |count: u64, months| [Row::without_population("robberies", count).months(months)];
    let changes = Changes::of_counts(rows(192, 12), rows(25, 1)).unwrap();
    let change = changes.area("robberies").unwrap();
    assert_eq!(change.percent(), Some(56.25));
    let interval = change.interval(Confidence::P95);
    near(interval.lower(), -1.3551264646481709, 1e-9, "lower");
    near(interval.upper(), 137.74197179192282, 1e-12, "upper");
    let p = change.significance(Test::Exact);
    near(p.upper(), 0.0285263504437365, 1e-12, "higher");
    near(p.lower(), 0.9833195460808611, 1e-12, "lower");
    near(p.two_sided(), 0.057052700887473, 1e-12, "two-sided");
    let month = Changes::of_counts(rows(16, 1), rows(25, 1)).unwrap().area("robberies").unwrap();
    near(month.interval(Confidence::P95).upper(), 213.2044145179799, 1e-12, "against one month");
    near(month.significance(Test::Exact).two_sided(), 0.21102359760880063, 1e-12, "against one month");
    let report = changes.per(PER);
    let row = report.area("robberies").unwrap();
    assert_eq!((row.count_before, row.count_after), (Some(192), Some(25)));
    assert_eq!(
        (row.population_before, row.population_after, row.rate_before, row.rate_after),
        (None, None, None, None)
    );
    let notes: Vec<Note> = report.notes();
    let told = |text: &str| notes.iter().any(|note| note.text() == text);
    assert!(told("Populations: none, so counts are compared as if nobody had come or gone."), "{notes:?}");
    assert!(
        told("Months: robberies 12 before and 1 after. Counts are compared per month; figures have seasons."),
        "{notes:?}"
    );
    assert!(!report.to_string().contains("Rate before"), "{report}");
    assert_eq!(again(&report), report);
}

/// From a table of adverse events (metalite.ae, issue 210), by scipy: nothing before and after, from nothing, from some.
#[test]
fn a_base_of_zero_is_defined() {
    let table = |rows: [(&'static str, u64); 3], people: u64| {
        Table::from_rows(rows.map(|(name, count)| (name, count, people))).unwrap()
    };
    let before = table([("none at all", 0), ("from none", 0), ("some", 10)], 105);
    let after = table([("none at all", 0), ("from none", 20), ("some", 20)], 101);
    let changes = before.change_to(&after).unwrap();
    let [none, rise, some] = ["none at all", "from none", "some"].map(|area| changes.area(area).unwrap());
    assert_eq!((none.percent(), none.ratio().value(), none.significance(Test::Exact).two_sided()), (None, None, 1.0));
    let ends = |change: time::Change| {
        let interval = change.ratio().interval(Confidence::P95);
        (interval.lower(), interval.upper())
    };
    assert_eq!(ends(none), (0.0, f64::INFINITY));
    assert_eq!((rise.ratio().value(), ends(rise).1), (Some(f64::INFINITY), f64::INFINITY));
    near(ends(rise).0, 5.13258945418033, 1e-12, "from none");
    let p = rise.significance(Test::Exact);
    near(p.upper(), 6.442924886883208e-7, 1e-12, "higher");
    near(p.two_sided(), 1.2885849773766415e-6, 1e-12, "two-sided");
    assert_eq!(p.lower(), 1.0);
    near(some.percent().unwrap(), 107.92079207920793, 1e-13, "some");
    let interval = some.interval(Confidence::P95);
    near(interval.lower(), -7.110461890700459, 1e-11, "lower");
    near(interval.upper(), 397.40396656980266, 1e-12, "upper");
    near(some.significance(Test::Exact).two_sided(), 0.07883174711492846, 1e-12, "some");
    let report = changes.per(PER);
    let ranks = |report: &time::Report| report.iter().map(|row| row.rank.unwrap()).collect::<Vec<_>>();
    assert_eq!(ranks(&report), [3, 1, 2]);
    assert_eq!(ranks(&report.clone().with_order(Order::Lowest)), [1, 3, 2]);
    let wide = report.clone().with_confidence(Confidence::P99);
    assert!(wide.area("some").unwrap().lower < report.area("some").unwrap().lower);
    assert!(
        wide.to_string().contains("99 % interval") && wide.notes().iter().any(|note| note.text().contains("at 99 %"))
    );
    assert_eq!(again(&wide), wide);
    // Of three p-values, sorted: p_bh = min over later of 3 p / rank.
    let row = report.area("some").unwrap();
    assert_eq!(row.p_bh.unwrap(), row.p.unwrap() * 1.5);
    assert_eq!(report.significant_by(Correction::BenjaminiHochberg, Confidence::P95).count(), 1);
}

#[test]
fn what_cannot_be_a_count_alone_is_refused_by_area_and_row() {
    let rows = || [Row::without_population("A", 5)];
    let error = Changes::of_counts(rows(), [Row::new("A", 5, 10).line(7)]);
    says(error, "A: row 7: the area cannot be compared by its count alone: it has a population of 10");
    says(
        Changes::of_counts(rows(), [Row::without_population("A", -5)]),
        "A: row 1: count is -5, and a total cannot be negative",
    );
    let apart = Changes::of_counts(rows(), [Row::without_population("A", 5).months(6)]);
    says(apart, "the exposure is person-months here and people there, so the two cannot be compared");
}

#[test]
fn areas_left_out_of_changes_leave_both_tables() {
    let rows = |count: u64| ["A", "B"].map(|name| Row::without_population(name, count));
    let changes = Changes::of_counts(rows(60), rows(90)).unwrap().exclude("B", "closed").unwrap();
    says(changes.area("B"), "B: the area takes no part: excluded: closed");
    assert_eq!(changes.area("A").unwrap().percent(), Some(50.0));
    assert!(changes.of_counts_alone());
    says(changes.exclude("C", "closed"), "no area has the name or code \"C\"");
}

/// Rows that are sums of others are told of either table, and once where both have them.
#[test]
fn what_rows_may_mean_is_told_of_changes() {
    let table = |rows: [(&'static str, u64, u64); 4]| Table::from_rows(rows).unwrap();
    let before = table([("All", 60, 3_501), ("A", 13, 1_100), ("B", 30, 1_201), ("C", 17, 1_200)]);
    let after = table([("All", 66, 3_501), ("A", 16, 1_100), ("B", 31, 1_201), ("C", 19, 1_200)]);
    let sum = "Compared as areas, and perhaps totals: All (the sum of all 3 others).";
    let told = |before: &Table, after: &Table| -> Vec<String> {
        let changes = before.change_to(after).unwrap();
        changes.notes().iter().map(|note| note.text().to_owned()).filter(|text| text.contains("totals")).collect()
    };
    assert_eq!(told(&before, &after), [sum]);
    // Taken for totals, they are held against their areas.
    let taken = before.clone().total("All").unwrap().change_to(&after.clone().total("All").unwrap()).unwrap();
    let taken: Vec<&str> = taken.notes().iter().map(|note| note.text()).filter(|text| text.contains("All")).collect();
    assert_eq!(taken, ["Total: All, the sum of all 3 others."]);
    let other = table([("All", 67, 3_501), ("A", 16, 1_100), ("B", 31, 1_201), ("C", 19, 1_200)]);
    assert_eq!(
        told(&before, &other),
        [format!("Earlier: {sum}"), "Later: Compared as areas, and by their names perhaps totals: All.".into()]
    );
}

/// Two indicators of a panel are two tables.
#[test]
fn two_periods_of_a_panel_are_compared_as_tables_are() {
    let [before, after] = [[("A", 200, 500_000), ("B", 310, 400_000)], [("A", 290, 510_000), ("B", 315, 401_000)]]
        .map(|rows| Table::from_rows(rows).unwrap());
    let panel = crimerate::Panel::from_tables([("2019", &before), ("2020", &after)]).unwrap();
    let table = |period: &str| panel.indicator(period).unwrap().table();
    let found = table("2019").change_to(&table("2020")).unwrap().per(PER);
    assert_eq!(found.rows(), before.change_to(&after).unwrap().per(PER).rows());
}
