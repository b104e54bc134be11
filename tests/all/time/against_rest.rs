//! One area's change against that of the rest: figures worked out elsewhere, and laws.

use crate::support::near::near;
use crimerate::{
    Rate, Table,
    time::{AgainstRest, Change, Changes},
};
use proptest::prelude::*;

fn change(before: (u64, u64), after: (u64, u64)) -> Change {
    let rate = |(count, population)| Rate::new(count, population).unwrap();
    Change::between(rate(before), rate(after))
}

/// The root and G^2 of the definition with 60 decimal digits (Python's `decimal`, bisection), p by `math.erfc`.
#[test]
fn the_likelihood_ratio_meets_figures_worked_out_with_60_digits() {
    let areas = [
        ((200, 500_000), (290, 510_000), Some(41.99541657468834), 0.003486526449005835),
        ((310, 400_000), (315, 401_000), Some(-26.13688264823514), 0.010865553567875722),
        ((0, 80_000), (6, 81_000), Some(f64::INFINITY), 0.006457798591914156),
        ((0, 70_000), (0, 70_000), None, 1.0),
        ((20, 60_000), (11, 61_000), Some(-54.32818315273844), 0.03454359858731247),
    ];
    let table = |later: bool| {
        let rows = areas.iter().enumerate().map(|(place, (before, after, ..))| {
            let (count, population) = if later { *after } else { *before };
            (format!("area {place}"), count, population)
        });
        Table::from_rows(rows).unwrap()
    };
    let changes = table(false).change_to(&table(true)).unwrap();
    for (place, (.., percent, p)) in areas.into_iter().enumerate() {
        let found = changes.against_rest(&format!("area {place}")).unwrap().unwrap();
        match (found.percent(), percent) {
            (Some(found), Some(percent)) => near(found, percent, 1e-13, "per cent"),
            (found, percent) => assert_eq!(found, percent),
        }
        near(found.p(), p, 1e-11, "p");
    }
    let first = changes.against_rest("area 4").unwrap().unwrap();
    near(first.least_expected(), 14.223453176526082, 1e-12, "least expected");
    assert_eq!(first.rest().ratio().base().to_string(), "510 on 1,050,000");
}

#[test]
fn an_area_alone_has_no_rest() {
    let changes: Changes =
        Table::from_rows([("A", 5, 10)]).unwrap().change_to(&Table::from_rows([("A", 6, 10)]).unwrap()).unwrap();
    assert_eq!(changes.against_rest("A"), Ok(None));
}

proptest! {
    /// The test asks whether two changes are one, so it is the same the other way round, in area and in time.
    #[test]
    fn which_is_the_area_and_which_period_is_first_does_not_matter(
        counts in prop::array::uniform4(0_u64..2_000),
        people in prop::array::uniform4(1_u64..1_000_000),
    ) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|i| (counts[i], people[i]));
        let p = AgainstRest::of(change(a, b), change(c, d)).p();
        prop_assert!((0.0..=1.0).contains(&p));
        for other in [AgainstRest::of(change(c, d), change(a, b)), AgainstRest::of(change(b, a), change(d, c))] {
            prop_assert!((other.p() - p).abs() <= 1e-9, "{p} {}", other.p());
        }
    }

    /// The same change in both is no difference.
    #[test]
    fn the_same_change_has_p_one(count in 1_u64..1_000, later in 1_u64..1_000, times in 1_u64..50) {
        let both = AgainstRest::of(
            change((count, 1_000), (later, 1_100)),
            change((count * times, 7_000), (later * times, 7_700)),
        );
        prop_assert!(both.percent().unwrap().abs() < 1e-11 && both.p() > 1.0 - 1e-6, "{}", both.p());
    }
}
