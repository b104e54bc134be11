//! What an area without a count would need for what is said of it.

use crate::support::{claims::rows, json::again};
use crimerate::{
    Claim,
    Observation::{self, Known},
    claim::{Checked, Verdict},
};

const FIGURES: [(&str, Observation, u64); 3] =
    [("A", Known(50), 10_000), ("B", Known(21), 10_000), ("C", Observation::SUPPRESSED, 30_000)];

fn need(claim: &Claim) -> (u64, String) {
    let checked = rows(&FIGURES).check(claim).unwrap();
    assert_eq!(again::<Checked>(&checked), checked);
    assert_eq!(checked.verdict(), Verdict::NotCheckable);
    let point = checked.tipping().unwrap().missing()[0].clone();
    assert_eq!(point.area(), "C");
    (point.fails_at(), checked.to_string())
}

/// With the count it is so, and with one less, or more, it is not.
#[test]
fn the_count_is_the_nearest_that_would_do() {
    for (claim, count, other) in [
        (Claim::highest("C"), 151, 150),
        (Claim::among_highest("C", 2).unwrap(), 64, 63),
        (Claim::lowest("C"), 62, 63),
        (Claim::higher_than("C", "B"), 64, 63),
        (Claim::lower_than("C", "A"), 149, 150),
    ] {
        assert_eq!(need(&claim).0, count, "{claim}");
        let holds = |count| {
            let figures = FIGURES.map(|row| if row.0 == "C" { ("C", Known(count), row.2) } else { row });
            let checked = rows(&figures).check(&claim).unwrap();
            let holds = matches!(checked.verdict(), Verdict::Supported | Verdict::NotCertain);
            holds && !checked.to_string().contains("joint rank")
        };
        assert!(holds(count), "{claim}");
        assert!(!holds(other), "{claim}");
    }
    assert!(need(&Claim::highest("C")).1.contains("C would need 151 counts to be higher."));
    assert!(need(&Claim::lowest("C")).1.contains("C would need no more than 62 counts to be lower."));
}

#[test]
fn nothing_is_needed_where_nothing_would_do() {
    let zero = [("A", Known(0), 10_000), ("C", Observation::SUPPRESSED, 30_000)];
    assert_eq!(rows(&zero).check(&Claim::lowest("C")).unwrap().tipping(), None);
    let without = rows(&FIGURES).check(&Claim::among_highest("C", 3).unwrap()).unwrap();
    assert_eq!(without.tipping(), None);
    // What is known of the count settles it, or leaves it open.
    let between = |at_least, at_most| Observation::Suppressed { at_least, at_most: Some(at_most) };
    let needed = |count, claim: Claim| {
        let figures = [("A", Known(20), 5_000), ("C", count, 10_000)];
        let checked = rows(&figures).check(&claim).unwrap();
        checked.tipping().map(|tipping| tipping.missing()[0].fails_at())
    };
    assert_eq!(needed(between(1, 9), Claim::highest("C")), None);
    assert_eq!(needed(between(10, 50), Claim::highest("C")), Some(41));
    assert_eq!(needed(between(50, 90), Claim::highest("C")), None);
    assert_eq!(needed(between(0, 4), Claim::lowest("C")), None);
    assert_eq!(needed(between(10, 50), Claim::lowest("C")), Some(39));
}
