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
        // Exact, as fewer than ten are expected: by mpmath, as below.
        ((0, 80_000), (6, 81_000), Some(f64::INFINITY), 0.049116004350957504),
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

/// Fisher's noncentral hypergeometric law summed with 50 digits (mpmath 1.3), which scipy.stats.nchypergeom_fisher 1.17.1 meets to 1e-12: p is
/// min(1, 2 min(cdf(k), sf(k - 1))) of M = all counts, n = the area's, N = the later, odds = the ratio of the populations' ratios.
#[test]
fn where_few_are_expected_it_is_exact() {
    type Cell = (u64, u64);
    let cases: [([Cell; 4], f64); 12] = [
        ([(3, 80_000), (9, 81_000), (40, 500_000), (45, 510_000)], 0.2522567115595726),
        ([(0, 80_000), (6, 81_000), (530, 1_030_000), (616, 1_042_000)], 0.049116004350957504),
        ([(5, 1_000), (5, 1_000), (5, 1_000), (5, 1_000)], 1.0),
        ([(1, 1_000), (7, 1_000), (6, 1_000), (2, 1_000)], 0.04055944055944056),
        ([(0, 1_000), (4, 1_000), (3, 1_000), (0, 1_000)], 0.05714285714285714),
        ([(2, 10), (0, 90), (1, 70), (8, 30)], 0.0004667444574095683),
        ([(12, 5_000), (3, 20_000), (9, 20_000), (14, 5_000)], 2.1744758770447658e-10),
        ([(0, 1), (14, 1), (400, 1), (380, 1)], 9.751617289875554e-5),
        ([(2, 300), (1, 100), (200, 10_000), (200, 30_000)], 0.5437477190122765),
        ([(4, 7), (0, 7), (0, 7), (4, 7)], 0.02857142857142857),
        ([(1, 2_000), (1, 2_000), (2, 2_000), (1, 2_000)], 1.0),
        ([(1, 1_000), (16, 1_000), (4000, 100_000), (3900, 100_000)], 0.0002301193921362767),
    ];
    for ([a, b, c, d], p) in cases {
        let found = AgainstRest::of(change(a, b), change(c, d));
        assert!(found.least_expected() < 10.0, "{found}");
        near(found.p(), p, 1e-11, "p");
        assert!(found.to_string().ends_with(" (exact)"), "{found}");
    }
    let enough = AgainstRest::of(change((20, 60_000), (11, 61_000)), change((510, 1_050_000), (611, 1_062_000)));
    assert!(enough.to_string().ends_with(" (likelihood ratio)"), "{enough}");
}

/// One in twenty is the most that is called apart of changes that are one: summed over all that two small counts may be beside a large rest.
#[test]
fn small_counts_have_no_more_false_alarms_than_the_level() {
    for mean in [1.0_f64, 2.0, 4.0, 8.0] {
        let mut chance = [0.0; 41];
        chance[0] = (-mean).exp();
        for count in 1..chance.len() {
            chance[count] = chance[count - 1] * mean / count as f64;
        }
        let mut alarms = 0.0;
        for (before, one) in chance.iter().enumerate() {
            for (after, other) in chance.iter().enumerate() {
                let own = change((before as u64, 1_000), (after as u64, 1_000));
                let p = AgainstRest::of(own, change((90_000, 1_000), (90_000, 1_000))).p();
                alarms += if p <= 0.05 { one * other } else { 0.0 };
            }
        }
        assert!(alarms <= 0.05, "{mean}: {alarms}");
    }
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
