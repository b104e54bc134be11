//! What a sentence has to bear before it is supported, and from which areas it was picked.

use crate::support::claims::by_chance_alone;
use Verdict::{NotCertain, Supported};
use crimerate::{
    Average, Claim, Per, Period, Table,
    claim::{Checker, Relation, Verdict},
    interval::{Correction, WithinDispersion},
    rank,
    time::{Series, TrendLimits},
};

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn table(counts: [u64; 6]) -> Table {
    Table::from_rows(NAMES.iter().zip(counts).map(|(name, count)| (*name, count, 50_000))).unwrap()
}

fn checker(counts: [u64; 6]) -> Checker {
    table(counts).compare(Average::POOLED).claims(Per::THOUSAND)
}

#[test]
fn without_a_phi_three_times_the_variation_of_chance_has_to_be_borne() {
    for first in (125..420).step_by(5) {
        let claims = checker([first, 121, 118, 124, 117, 120]);
        let given = |phi: f64| {
            claims.clone().with_sets(rank::Spec::default().with_dispersion(WithinDispersion::new(phi).unwrap()))
        };
        for claim in [Claim::highest("A"), Claim::above_average("A"), Claim::higher_than("A", "B")] {
            let found = claims.check(&claim).unwrap();
            assert_eq!(found.verdict(), given(3.0).check(&claim).unwrap().verdict(), "{found}");
            let alone = claims.clone().holding_up_to(1.0).unwrap().check(&claim).unwrap();
            assert_eq!(alone.verdict(), given(1.0).check(&claim).unwrap().verdict());
            assert_eq!((alone.holds_up_to(), alone.p()), (found.holds_up_to(), found.p()));
            if let (Supported, NotCertain) = (alone.verdict(), found.verdict()) {
                let told = found.to_string();
                assert!(told.contains("so to be supported it has to stand up to 3 times that variation."), "{told}");
                assert!(told.contains("It stands up to "), "{told}");
                assert!(found.holds_up_to().unwrap() < 3.0);
            }
        }
    }
    for times in [0.5, f64::NAN, 2e6] {
        let error = checker([1; 6]).holding_up_to(times).unwrap_err().to_string();
        assert!(error.contains("has to be from 1 to 1,000,000"), "{error}");
    }
}

#[test]
fn the_p_of_a_picked_area_is_that_of_holm() {
    let counts = [170, 121, 95, 124, 117, 120];
    let claims = checker(counts);
    let own = |area: &str| by_chance_alone(claims.clone()).check(&Claim::above_average(area)).unwrap().p();
    // Those below the average have no p of being above it, so each is asked by a bound that it keeps: more than 0.1 times.
    let relation = Relation::more_than("0.1").unwrap();
    let far = |claims: &Checker, area: &str| {
        claims.check(&Claim::compared(area, relation, crimerate::claim::ComparedWith::Average)).unwrap().p().unwrap()
    };
    let each = NAMES.map(|area| far(&by_chance_alone(claims.clone()), area));
    for (area, expected) in NAMES.iter().zip(Correction::Holm.of(&each).unwrap()) {
        // Twice, as the side was picked with the area.
        assert_eq!(far(&claims, area), (2.0 * expected).min(1.0));
    }
    // Of a pair, as one of 15 either way round.
    let pair = Claim::higher_than("A", "C");
    let alone = by_chance_alone(claims.clone()).check(&pair).unwrap().p().unwrap();
    let found = claims.check(&pair).unwrap();
    assert_eq!(found.p(), Some(30.0 * alone));
    assert!(found.to_string().contains("as one of 15 pairs, either way round (Bonferroni)"), "{found}");
    assert!(claims.check(&Claim::above_average("A")).unwrap().p() > own("A"));
    assert!(claims.describe("A").unwrap().to_string().contains("as one of 6 areas (Holm)"));
}

fn series(counts: &[(&str, [u64; 6])]) -> Series {
    let rows = counts.iter().flat_map(|(area, counts)| {
        (2015..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 500_000))
    });
    Series::from_rows(rows).unwrap()
}

/// A series tells how much counts vary, and its areas are those that a sentence may have been about.
#[test]
fn a_series_knows_its_variation() {
    let counts = [
        ("A", [200, 260, 190, 240, 210, 390]),
        ("B", [310, 240, 280, 330, 250, 300]),
        ("C", [150, 190, 140, 170, 200, 155]),
        ("D", [410, 380, 460, 400, 350, 420]),
    ];
    let series = series(&counts);
    let last: Period = "2020".parse().unwrap();
    let phi = WithinDispersion::estimate(counts.iter().map(|(_, counts)| counts)).unwrap();
    assert!(phi.phi() > 5.0 && phi.freedom() == Some(15), "{phi}");
    let plain = series.table(last).unwrap().compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    let claims = plain.clone().with_series(series.clone());
    assert_eq!(claims.sets_spec().dispersion(), Some(phi));
    let given = rank::Spec::default().with_dispersion(WithinDispersion::new(1.0).unwrap());
    assert_eq!(claims.clone().with_sets(given).sets_spec(), given);
    let since = Claim::highest_since("A", "2015".parse().unwrap());
    let (by_series, by_chance) =
        (claims.check(&since).unwrap(), claims.clone().with_sets(given).check(&since).unwrap());
    assert_eq!((by_series.verdict(), by_chance.verdict()), (NotCertain, Supported), "{by_series}\n{by_chance}");
    assert!(
        by_series.to_string().contains(
            "with phi_w 8.37 (4 areas, 6 periods) p = 0.0484; p = 0.3869 as one of 4 areas, on either side (Holm)"
        ),
        "{by_series}"
    );
    // A is the only one that it is true of, so its p counts for all four areas, and for both sides.
    let one = by_chance_alone(plain).with_series(series.clone()).with_sets(given).check(&since).unwrap();
    assert_eq!(one.p().map(|p| 8.0 * p), by_chance.p());
    let trend = Claim::trend("A", Relation::at_least_above("0").unwrap());
    // One-sided, half of the two-sided p where the rate rose.
    let p = NAMES[..4].iter().map(|area| series.area(area).unwrap().trend().unwrap()).map(|trend| {
        let half = trend.p(TrendLimits::QuasiStudent) / 2.0;
        if trend.ratio() > 1.0 { half } else { 1.0 - half }
    });
    let holm = Correction::Holm.of(&p.collect::<Vec<_>>()).unwrap();
    let found = claims.check(&trend).unwrap().p().unwrap();
    assert!((found - (2.0 * holm[0]).min(1.0)).abs() < 1e-14 && holm[0] > 0.1, "{found} {holm:?}");
}

/// That one of two areas is above their average is that the other is below it: one test.
#[test]
fn two_areas_are_one_test() {
    let table = Table::from_rows([("A", 90, 50_000), ("B", 60, 50_000)]).unwrap();
    let claims = table.compare(Average::POOLED).claims(Per::THOUSAND);
    let p = |claims: &Checker, claim: Claim| claims.check(&claim).unwrap().p().unwrap();
    let beforehand = by_chance_alone(claims.clone());
    let percent = Claim::percent_above("A", "20").unwrap();
    assert_eq!(p(&claims, percent.clone()), p(&beforehand, percent));
    for claim in [Claim::above_average("A"), Claim::higher_than("A", "B")] {
        assert_eq!(p(&claims, claim.clone()), 2.0 * p(&beforehand, claim));
    }
}

/// A description says no more than the verdict on its claim does.
#[test]
fn descriptions_go_with_their_verdicts() {
    let with = |phi: f64| rank::Spec::default().with_dispersion(WithinDispersion::new(phi).unwrap());
    for first in (120..330).step_by(6) {
        let claims = checker([first, 121, 118, 124, 117, 120]);
        for claims in [claims.clone(), claims.clone().with_sets(with(1.0)), claims.clone().with_sets(with(4.0))] {
            let described = claims.describe("A").unwrap();
            let told = &described.sentences()[1];
            let claim = described.claims().iter().find(|claim| claim.to_string().contains('%'));
            let verdict = claim.map(|claim| claims.check(claim).unwrap().verdict());
            let further =
                told.contains("would put it") && !told.contains("though counts that vary 3 times as much could");
            assert_eq!(further, verdict == Some(Supported), "{told}");
            assert!(claims.sets_spec().dispersion().is_none() || !told.contains("3 times"), "{told}");
        }
    }
}

#[test]
fn an_area_is_not_compared_with_itself() {
    let checked = checker([170, 121, 95, 124, 117, 120]).check(&Claim::higher_than("A", "A")).unwrap();
    assert_eq!(
        (checked.verdict(), checked.reasons()),
        (Verdict::NotCheckable, &["It is compared with itself.".to_owned()][..])
    );
    assert_eq!(crate::support::json::again(&checked), checked);
}

/// Nothing is above an average of zero, and no percentage is needed to say so.
#[test]
fn an_average_of_zero() {
    let claims = checker([0; 6]);
    let checked = claims.check(&Claim::above_average("A")).unwrap();
    assert_eq!(checked.verdict(), Verdict::Contradicted, "{checked}");
    assert_eq!(crate::support::json::again(&checked), checked);
    assert!(checked.to_string().contains("the same as the pooled average of 6 areas, 0.0 per 1,000."), "{checked}");
    let others = table([4, 0, 0, 0, 0, 0]).compare(Average::POOLED.without_self()).claims(Per::THOUSAND);
    let checked = others.check(&Claim::above_average("A")).unwrap();
    assert!(
        checked.of_compared() != Verdict::Contradicted && crate::support::json::again(&checked) == checked,
        "{checked}"
    );
    let percent = Claim::percent_above("A", "5").unwrap();
    assert_eq!(claims.check(&percent).unwrap().verdict(), Verdict::NotCheckable);
}
