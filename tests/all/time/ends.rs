//! Changes of which a count is known between two ends.

use crate::support::json::again;
use crimerate::{
    Observation, Per, Rate, Row, Table,
    interval::TestSpec,
    time::{self, Change},
};

fn note(before: Observation, after: Observation) -> Option<String> {
    let table = |count: Observation, people: u64| {
        Table::from_rows([Row::new("A", count, people), Row::new("B", 100_u64, 90_000_u64)]).unwrap()
    };
    let report = table(before, 50_000).change_to(&table(after, 52_000)).unwrap().per(Per::THOUSAND);
    assert_eq!(again::<time::Report>(&report), report);
    report.rows()[0].note.clone()
}

fn change(before: u64, after: u64) -> [String; 3] {
    let change = Change::between(Rate::new(before, 50_000).unwrap(), Rate::new(after, 52_000).unwrap());
    let limits = change.interval(TestSpec::default());
    [change.percent().unwrap(), limits.lower(), limits.upper()].map(|percent| format!("{percent:+.1}"))
}

/// From the least change to the most, with the outer limits of both.
#[test]
fn the_change_lies_between_those_of_the_ends() {
    let known = Observation::Known;
    let range = |least, most| Observation::between(least, Some(most)).unwrap();
    let ([least, low, _], [most, _, high]) = (change(80, 50), change(80, 90));
    let told = format!(
        "count suppressed, 50 to 90; the change is from {least} to {most} %, with 95 % limits of {low} to {high}"
    );
    assert_eq!(note(known(80), range(50, 90)), Some(told));
    let ([least, low, _], [most, _, high]) = (change(90, 80), change(50, 80));
    let told = format!(
        "count suppressed, 50 to 90; the change is from {least} to {most} %, with 95 % limits of {low} to {high}"
    );
    assert_eq!(note(range(50, 90), known(80)), Some(told));
    let ([least, low, _], [most, _, high]) = (change(20, 5), change(11, 9));
    let told = note(range(11, 20), range(5, 9)).unwrap();
    assert!(
        told.ends_with(&format!("the change is from {least} to {most} %, with 95 % limits of {low} to {high}")),
        "{told}"
    );
}

#[test]
fn an_open_end_leaves_the_change_open() {
    let known = Observation::Known;
    let open = |least| Observation::between(least, None).unwrap();
    let [least, low, _] = change(80, 10);
    let told = note(known(80), open(10)).unwrap();
    assert!(told.ends_with(&format!("; the change is {least} % or more, with a 95 % limit of {low}")), "{told}");
    let [most, _, high] = change(40, 80);
    let told = note(open(40), known(80)).unwrap();
    assert!(told.ends_with(&format!("; the change is {most} % or less, with a 95 % limit of {high}")), "{told}");
    // From what may be nothing there is no most, and of what nothing is known nothing is told.
    let told = note(Observation::between(0, Some(4)).unwrap(), known(80)).unwrap();
    assert!(told.contains(" % or more, with"), "{told}");
    assert_eq!(note(Observation::SUPPRESSED, known(80)), Some("count suppressed".into()));
    assert_eq!(note(known(0), known(0)), Some("nothing counted before or after".into()));
    assert!(!note("..".parse().unwrap(), known(80)).unwrap().contains("change"));
}

/// 8 to 12, then 38 to 42, rounded to 5.
#[test]
fn limits_of_rounded_counts_are_those_of_the_least_and_the_most() {
    let table = |count: u64, people: u64| {
        Table::from_rows([Row::new("A", count, people), Row::new("B", 100_u64, 90_000_u64)]).unwrap()
    };
    let row = |before: &Table, after: &Table| before.change_to(after).unwrap().per(Per::THOUSAND).rows()[0].clone();
    let shown =
        |row: &time::Row| [row.percent, row.lower, row.upper].map(|percent| format!("{:+.1}", percent.unwrap()));
    let (before, after) = (table(10, 50_000), table(40, 52_000));
    let rounded = [&before, &after].map(|table| table.clone().rounded_to(5).unwrap());
    let ([percent, ..], [_, lower, _], [.., upper]) = (change(10, 40), change(12, 38), change(8, 42));
    assert_eq!(shown(&row(&rounded[0], &rounded[1])), [percent, lower, upper]);
    assert_eq!(shown(&row(&before, &after)), change(10, 40));
    // Beside a suppressed one, too.
    let suppressed =
        Table::from_rows([Row::new("A", Observation::between(1, 4).unwrap(), 52_000), Row::new("B", 100, 90_000)]);
    let note = row(&rounded[0], &suppressed.unwrap().rounded_to(5).unwrap()).note.unwrap();
    let ([from, low, _], [to, _, high]) = (change(12, 1), change(8, 4));
    assert!(
        note.ends_with(&format!("the change is from {from} to {to} %, with 95 % limits of {low} to {high}")),
        "{note}"
    );
    // Of one of them alone.
    let ([percent, ..], [_, lower, _], [.., upper]) = (change(10, 40), change(12, 40), change(8, 40));
    assert_eq!(shown(&row(&rounded[0], &after)), [percent, lower, upper]);
}
