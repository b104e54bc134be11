//! Averages of peer groups some of whose areas have suppressed counts.

use crate::support::claims::{by_chance_alone, verdict};
use Observation::Known;
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Observation, PeerGroups, Per, Row, Table,
    claim::{Checker, Published, Verdict},
};

fn between(least: u64, most: u64) -> Observation {
    Observation::between(least, most).unwrap()
}

/// North and south, of 100,000 people each: A has 60, B has 40, C is suppressed; D has 70 and E is suppressed.
fn regions(c: Observation, e: Observation, average: Average) -> Checker {
    let rows = [("A", Known(60)), ("B", Known(40)), ("C", c), ("D", Known(70)), ("E", e), ("F", Known(20))];
    let labels = [("A", "North"), ("B", "North"), ("C", "North"), ("D", "South"), ("E", "South"), ("F", "South")];
    let table = Table::from_rows(rows.map(|(area, count)| Row::new(area, count, 100_000))).unwrap();
    let table = table.with_groups(PeerGroups::from_labels("region", labels)).unwrap();
    let over = table.group("region").unwrap();
    by_chance_alone(table.compare(average.over(over)).claims(Per::HUNDRED_THOUSAND))
}

/// By hand: the north has 100 on 200,000, or 110 to 190 on 300,000 with C in, which is 36.7 to 63.3.
#[test]
fn an_average_of_a_group_is_judged_at_both_ends() {
    let open = regions(between(10, 90), between(1, 9), Average::POOLED);
    let above = Claim::above_average("A");
    verdict(&open, &Claim::above_average("B"), NotCheckable, Contradicted);
    verdict(&open, &Claim::below_average("B"), NotCertain, Supported);
    verdict(&open, &Claim::percent_above("A", "20").unwrap(), NotCertain, NotCertain);
    verdict(
        &open,
        &Claim::average("A", Published::new("60", Per::HUNDRED_THOUSAND).unwrap()),
        NotCheckable,
        Contradicted,
    );
    verdict(
        &open,
        &Claim::average("A", Published::new("70", Per::HUNDRED_THOUSAND).unwrap()),
        Contradicted,
        Contradicted,
    );
    let checked = open.check(&above).unwrap();
    assert_eq!(checked.verdict(), NotCertain, "{checked}");
    let text = checked.to_string();
    let told = "With 1 suppressed count in, the average of its group lies from 36.7 to 63.3 per 100,000.";
    assert!(text.contains(told) && text.contains("Of the areas compared alone it holds unless"), "{text}");
    // With C at most 40 it is above whatever C is, and the suppressed count of the other group moves nothing.
    let wide = Observation::Suppressed { at_least: 1, at_most: None };
    let closed = regions(between(1, 3), wide, Average::POOLED);
    verdict(&closed, &above, Supported, Supported);
    assert!(!closed.check(&above).unwrap().to_string().contains("no upper bound"), "{}", closed.check(&above).unwrap());
    // Of its own group an open end leaves it open.
    verdict(&closed, &Claim::above_average("D"), NotCertain, Supported);
    verdict(&closed, &Claim::below_average("F"), Supported, Supported);
    // What is suppressed itself is judged beside its own group alone.
    verdict(&closed, &Claim::below_average("C"), Supported, Supported);
    let mean = regions(between(10, 90), between(1, 9), Average::MEAN).check(&above).unwrap();
    assert!(mean.to_string().contains("Suppressed counts (1 area) are not in the mean of its group."), "{mean}");
    assert_eq!(mean.verdict(), NotCertain);
}
