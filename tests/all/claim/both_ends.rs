//! Areas whose own count is suppressed, judged by both ends of what it may be, and what is said beside verdicts on areas that are not compared.

use crate::support::claims::{claims, rows, verdict};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Claim, Observation, Row, Table,
    claim::{Checker, Verdict},
};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

fn areas(corby: Observation, more: &[(&str, Observation, u64)]) -> Checker {
    let own = [
        ("Avon", Known(400), 1_000_000),
        ("Brent", Known(300), 900_000),
        ("Corby", corby, 850_000),
        ("Derry", Known(500), 800_000),
    ];
    rows(&[&own[..], more].concat())
}

/// Supported where both ends support it, true of the figures where both say so; else both are told.
#[test]
fn a_suppressed_area_is_judged_by_both_ends() {
    let low = areas(between(1, 9), &[]);
    for (claim, expected, reason) in [
        (
            Claim::below_average("Corby"),
            Supported,
            "At worst its rate would be 1.06 per 100,000, 96.9 % below the pooled average of 4 areas",
        ),
        (Claim::below_average("Corby"), Supported, "Equal rates are refuted at 5 %"),
        (Claim::lowest("Corby"), Supported, "Its true rank among them, lowest first, can only be 1"),
        (Claim::among_lowest("Corby", 2).unwrap(), Supported, "At worst its rate would be 1.06"),
        (Claim::above_average("Corby"), Contradicted, "At best its rate would be 1.06"),
        (
            Claim::percent_below("Corby", "98").unwrap(),
            NotCheckable,
            "At worst its rate would be 1.06 per 100,000, 96.9 % below",
        ),
        (
            Claim::percent_below("Corby", "98").unwrap(),
            NotCheckable,
            "At best its rate would be 0.118 per 100,000, 99.7 % below",
        ),
    ] {
        verdict(&low, &claim, expected, expected);
        let told = low.check(&claim).unwrap().to_string();
        assert!(told.contains(reason), "{reason}\n{told}");
    }
    // 300 to 400 may be either side of 350 in a million, near which chance alone may put them.
    let open = areas(between(300, 400), &[]);
    verdict(&open, &Claim::above_average("Corby"), NotCheckable, NotCheckable);
    let told = open.check(&Claim::above_average("Corby")).unwrap().to_string();
    assert!(
        told.contains("At worst its rate would be 35.3") && told.contains("At best its rate would be 47.1"),
        "{told}"
    );
    let near = areas(between(270, 275), &[]);
    verdict(&near, &Claim::lowest("Corby"), NotCertain, NotCertain);
}

/// What no bound ends is above wherever it is so at the least; another area without a bound may put the average anywhere.
#[test]
fn what_no_bound_ends_is_judged_by_the_other() {
    let more_than = |least| Observation::Suppressed { at_least: least, at_most: None };
    let high = areas(more_than(900), &[]);
    verdict(&high, &Claim::above_average("Corby"), Supported, Supported);
    verdict(&high, &Claim::highest("Corby"), Supported, Supported);
    verdict(&high, &Claim::below_average("Corby"), Contradicted, Contradicted);
    verdict(&high, &Claim::percent_above("Corby", "50").unwrap(), NotCheckable, NotCheckable);
    let both = areas(more_than(900), &[("Essex", more_than(10), 500_000)]);
    verdict(&both, &Claim::above_average("Corby"), NotCheckable, NotCheckable);
    let told = both.check(&Claim::above_average("Corby")).unwrap().to_string();
    assert!(
        told.contains("A suppressed count of another area has no upper bound, so the average may be any higher."),
        "{told}"
    );
}

/// What is in no area may be in a suppressed one, too.
#[test]
fn counts_in_no_area_may_be_in_a_suppressed_one() {
    let with = |unplaced| {
        let rows = [
            Row::new("Avon", 400, 1_000_000),
            Row::new("Brent", 300, 900_000),
            Row::new("Corby", between(1, 9), 850_000),
            Row::unplaced("Unassigned", unplaced),
        ];
        claims(&Table::from_rows(rows).unwrap())
    };
    verdict(&with(100), &Claim::lowest("Corby"), Supported, Supported);
    verdict(&with(300), &Claim::lowest("Corby"), NotCertain, NotCertain);
}

/// Beside a verdict on all areas that is another than that on those compared, the point at which these turn is said of them.
#[test]
fn tipping_points_are_worded_by_the_verdict() {
    let highest = Claim::highest("Derry");
    let told = |checker: &Checker| checker.check(&highest).unwrap();
    let sure = told(&areas(Known(250), &[]));
    assert!(sure.to_string().contains("\n  It holds unless its population is "), "{sure}");
    let passed = told(&areas(between(900, 950), &[]));
    assert_eq!((passed.verdict(), passed.of_compared()), (Contradicted, Supported));
    assert!(
        passed.to_string().contains("\n  Of the areas compared alone it holds unless its population is "),
        "{passed}"
    );
    assert!(!passed.to_string().contains("\n  It holds"), "{passed}");
    // An average that suppressed counts may move holds of the areas compared alone.
    for corby in [between(200, 260), Observation::Suppressed { at_least: 1, at_most: None }] {
        let above = areas(corby, &[]).check(&Claim::above_average("Derry")).unwrap();
        assert!(
            above.to_string().contains("\n  Of the areas compared alone it holds unless its population is "),
            "{above}"
        );
        let figure = areas(corby, &[]).check(&Claim::percent_above("Derry", "41").unwrap()).unwrap();
        assert!(
            figure.to_string().contains("\n  Of the areas compared alone it stays above the average unless "),
            "{figure}"
        );
    }
}
