//! Tables that are rounded and have suppressed counts, and intervals of changes between counts that are known within bounds alone.

use crate::support::claims::{claims, verdict};
use Observation::Known;
use Verdict::{Contradicted, NotCheckable, Supported};
use crimerate::{
    Claim, Observation, Rate, Row, Table,
    claim::{Checker, ComparedWith, Published, Relation, Verdict},
    interval::TestSpec,
    time::Change,
};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

/// Rounded to 5, of 10,000 people each; B is suppressed as 1 to 9.
fn table(a: u64, c: u64) -> Table {
    let rows = [("A", Known(a)), ("B", between(1, 9)), ("C", Known(c)), ("D", Known(60))];
    Table::from_rows(rows.map(|(area, count)| Row::new(area, count, 10_000))).unwrap().rounded_to(5).unwrap()
}

fn told(claims: &Checker, claim: &Claim) -> String {
    claims.check(claim).unwrap().to_string()
}

#[test]
fn a_suppressed_area_keeps_its_bounds_in_a_rounded_table() {
    let claims = claims(&table(10, 40));
    let checked = claims.check(&Claim::below_average("B")).unwrap();
    assert_eq!(checked.count_ends(), Some((1, Some(9))), "{checked}");
    assert_eq!(checked.verdict(), Supported, "{checked}");
    // 10 stands for 8 to 12, so that 1 to 9 may be more.
    verdict(&claims, &Claim::higher_than("B", "A"), NotCheckable, NotCheckable);
    verdict(&claims, &Claim::lower_than("B", "A"), NotCheckable, NotCheckable);
    verdict(&claims, &Claim::higher_than("A", "B"), NotCheckable, NotCheckable);
    let text = told(&claims, &Claim::higher_than("A", "B"));
    assert!(
        text.contains(
            "Its rate is at least 80.0 per 100,000 (8 counts among a population of 10,000), and at most 120.0"
        ),
        "{text}"
    );
    // 60 stands for 58 to 62.
    verdict(&claims, &Claim::higher_than("B", "D"), Contradicted, Contradicted);
    verdict(&claims, &Claim::higher_than("D", "B"), Supported, Supported);
    let times = |times: &str| Claim::compared("D", Relation::times(times).unwrap(), "B");
    verdict(&claims, &times("6.5"), NotCheckable, NotCheckable);
    verdict(&claims, &times("6.3"), Contradicted, Contradicted);
    assert!(
        told(&claims, &times("6.3")).contains("So it is 6.44 to 62.00 times B."),
        "{}",
        told(&claims, &times("6.3"))
    );
    // As one of the places, too.
    verdict(&claims, &Claim::lowest("A"), NotCheckable, Supported);
    verdict(&claims, &Claim::lowest("B"), NotCheckable, NotCheckable);
    verdict(&claims, &Claim::highest("B"), Contradicted, Contradicted);
    // 110 on 30,000 are 366.7, or 104 to 116; with B in 105 to 125 on 40,000.
    let text = told(&claims, &Claim::above_average("D"));
    assert!(
        text.contains("With 1 suppressed count in, and all that rounded ones may be, the pooled average lies from 262.5 to 312.5 per 100,000."),
        "{text}"
    );
    let average = |figure: &str| Claim::average("D", Published::new(figure, crimerate::Per::HUNDRED_THOUSAND).unwrap());
    verdict(&claims, &average("310"), NotCheckable, Contradicted);
    verdict(&claims, &average("320"), Contradicted, Contradicted);
    // What the known ones alone may have for their rounding, and not with B in.
    verdict(&claims, &average("350"), Contradicted, NotCheckable);
    assert!(told(&claims, &average("350")).contains("With the suppressed counts in it fails, whatever they are."));
}

/// From the lower limit of the least to the upper limit of the most.
#[test]
fn the_interval_of_a_change_is_of_all_counts_that_there_may_be() {
    let limits = |before: u64, after: u64| {
        let rate = |count| Rate::new(count, 10_000).unwrap();
        let interval = Change::between(rate(before), rate(after)).interval(TestSpec::default());
        [interval.lower(), interval.upper()].map(|limit| format!("{limit:+.1}"))
    };
    let of = |count: Observation, rounded: bool| {
        let rows = [("A", count), ("B", Known(90))].map(|(area, count)| Row::new(area, count, 10_000));
        let table = Table::from_rows(rows).unwrap();
        if rounded { table.rounded_to(5).unwrap() } else { table }
    };
    let changed = |before: &Table, now: &Table| claims(now).with_before(before).unwrap();
    let rose = Claim::rose("A");
    // 58 to 62, then 98 to 102.
    let text = told(&changed(&of(Known(60), true), &of(Known(100), true)), &rose);
    let ([lower, _], [_, upper]) = (limits(62, 98), limits(58, 102));
    let expected =
        format!("By all that the counts may be, the change has a 95 % interval of {lower} to {upper} % (exact");
    assert!(text.contains(&expected), "{expected}\n{text}");
    // Suppressed before.
    let text = told(&changed(&of(between(20, 30), false), &of(Known(60), false)), &rose);
    let ([lower, _], [_, upper]) = (limits(30, 60), limits(20, 60));
    assert!(text.contains(&format!("the change has a 95 % interval of {lower} to {upper} % (exact")), "{text}");
    // Without an end.
    let open = Observation::Suppressed { at_least: 80, at_most: None };
    let text = told(&changed(&of(Known(20), false), &of(open, false)), &rose);
    let [lower, _] = limits(20, 80);
    assert!(
        text.contains(&format!("the change has a lower 95 % limit of {lower} %, and no upper one (exact")),
        "{text}"
    );
    // What is known exactly has its own interval.
    let text = told(&changed(&of(Known(60), false), &of(Known(100), false)), &rose);
    let [lower, upper] = limits(60, 100);
    assert!(text.contains(&format!("The change has a 95 % interval of {lower} to {upper} % (exact")), "{text}");
    // Of a rounded table in which the area is suppressed.
    let claims = changed(&of(between(1, 9), true), &of(Known(10), true));
    verdict(&claims, &rose, NotCheckable, NotCheckable);
    verdict(
        &claims,
        &Claim::compared("A", Relation::at_least("9").unwrap(), ComparedWith::Before),
        NotCheckable,
        NotCheckable,
    );
    verdict(
        &claims,
        &Claim::compared("A", Relation::at_least("13").unwrap(), ComparedWith::Before),
        Contradicted,
        Contradicted,
    );
    verdict(&changed(&of(between(1, 9), true), &of(Known(60), true)), &rose, Supported, Supported);
}
