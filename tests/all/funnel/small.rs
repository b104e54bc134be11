//! Small expected counts: funnels with dispersion by the count's own law, and z with p.

use super::calibration::alarms::typical;
use crate::support::named::league;
use crimerate::{
    Confidence, Per, Proportion,
    funnel::{self, Dispersion, Form, Position, ProportionFunnel, Scale},
};

const SIZES: [f64; 10] = [0.3, 0.6, 1.1, 2.0, 2.7, 5.0, 8.0, 11.0, 15.0, 20.0];

#[test]
fn of_a_hundred_equal_counties_none_is_low_for_a_likely_count_of_none() {
    let zeros = |form: Form, dispersion: Dispersion| {
        let funnel = typical(&SIZES, 10, 0.0, funnel::Spec::from(dispersion).with_form(form)).unwrap();
        let none = funnel.iter().filter(|point| point.count() == 0);
        let low = none.filter(|point| point.position(Confidence::P95) == Ok(Position::Low));
        low.map(|point| point.expected().unwrap()).collect::<Vec<_>>()
    };
    for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
        assert!(zeros(Form::Exact, dispersion).is_empty());
        let normal = zeros(Form::Normal, dispersion);
        assert!(normal.contains(&2.7), "{normal:?}");
    }
}

/// None where 2.7 are expected: a normal z is beyond 1.96, and the exact tail is not.
#[test]
fn a_z_that_the_tails_contradict_is_marked() {
    let league = league(&[
        ("A", 0, 1_500),
        ("B", 3, 2_000),
        ("C", 1, 1_000),
        ("D", 5, 3_000),
        ("E", 9, 4_000),
        ("F", 14, 6_000),
    ]);
    for dispersion in Dispersion::ALL {
        let text = league.funnel(*dispersion).per(Per::THOUSAND).to_string();
        let row = |area: &str| text.lines().find(|line| line.split_whitespace().nth(1) == Some(area)).unwrap();
        assert!(row("A").contains('*') && !row("C").contains('*'), "{text}");
        assert!(text.contains("\n*: z says otherwise at 5 % than the exact tails do"), "{text}");
    }
}

#[test]
fn dispersion_makes_no_outliers() {
    for scale in Scale::ALL {
        let league = league(&[("A", 1, 20), ("B", 4, 10), ("C", 9, 90), ("D", 31, 200), ("E", 12, 40)]);
        for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
            let funnel = league.funnel((dispersion, *scale));
            assert!(funnel.overdispersion().unwrap().tau2() > 0.0);
            for point in funnel.iter() {
                let (position, naive) = (point.position(Confidence::P95), point.naive_position(Confidence::P95));
                assert!(position == naive || position == Ok(Position::Within), "{position:?} {naive:?}");
            }
        }
    }
}

#[test]
fn without_true_variation_the_bits_are_those_of_chance_alone() {
    let rows = [("A", 9, 100), ("B", 10, 100), ("C", 11, 100), ("D", 1, 11)];
    for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
        let funnel = league(&rows).funnel(dispersion);
        let areas = rows.map(|(name, count, total)| (name, Proportion::new(count, total).unwrap()));
        let proportions = ProportionFunnel::new(areas, dispersion).unwrap();
        for point in funnel.iter().chain(proportions.iter()) {
            // An estimate of none is an estimate, and p allows for it.
            let alone = point.significance().unwrap().two_sided();
            assert!(point.p().unwrap() >= alone && point.p().unwrap() < alone + 0.15, "{:?} {alone}", point.p());
            for level in [Confidence::P95, Confidence::P99_8] {
                assert_eq!(point.limits(level), point.naive_limits(level));
                assert_eq!(point.position(level), point.naive_position(level));
            }
        }
    }
}

/// Where thousands are expected the limits of the law are those of a normal ratio with its variance.
#[test]
fn large_counts_agree_with_the_normal_distribution() {
    let rows = [("A", 10_400, 1_000), ("B", 9_100, 1_000), ("C", 10_900, 1_000), ("D", 9_600, 1_000)];
    for dispersion in [Dispersion::Multiplicative, Dispersion::Additive] {
        let funnel = league(&rows).funnel(dispersion);
        let found = funnel.overdispersion().unwrap();
        for point in funnel.iter() {
            let variance = match dispersion {
                Dispersion::Additive => 1e-4 + found.tau2(),
                _ => 1e-4 * found.phi(),
            };
            let (limits, reach) = (point.limits(Confidence::P95).unwrap(), 1.959_963_984_540_054 * variance.sqrt());
            assert!((limits.upper() - 1.0 - reach).abs() < 0.01 && (limits.lower() - 1.0 + reach).abs() < 0.01);
            let z = (point.count() as f64 / 1e4 - 1.0) / variance.sqrt();
            assert!((point.z_adjusted().unwrap() - z).abs() < 0.06, "{z} {:?}", point.z_adjusted());
        }
    }
}

#[test]
fn a_z_that_contradicts_its_p_is_noted() {
    let league = league(&[("A", 0, 10), ("B", 5, 10), ("C", 30, 10)]);
    let rows = |form: Dispersion| {
        let report = league.funnel_expecting(&[2.1, 5.5, 12.0], form).unwrap().per(Per::ONE);
        report.rows().map(|row| (row.z_adjusted.unwrap(), row.p.unwrap(), row.note)).collect::<Vec<_>>()
    };
    let found = rows(Dispersion::None);
    assert_eq!((format!("{:.2}", found[0].0), format!("{:.2}", found[0].1)), ("-2.90".into(), "0.24".into()));
    assert_eq!(found[0].2.as_deref(), Some("z is beyond 1.96, but the exact p is above 0.05: go by p"));
    assert_eq!((&found[1].2, &found[2].2), (&None, &None));
}

#[test]
fn more_than_chance_is_a_test() {
    let said = |rows: &[(&str, u64, u64)], dispersion: Dispersion| {
        let text = league(rows).funnel(dispersion).per(Per::ONE).to_string();
        text.lines().find(|line| line.contains("ore than chance")).map(str::to_owned)
    };
    // phi is 1.3 of these three, which chance alone does in a third of tables.
    let chance = said(&[("A", 25, 10), ("B", 14, 10), ("C", 21, 10)], Dispersion::None).unwrap();
    let expected = "No more than chance is shown: Pearson's X^2 = 3.1 with 2 degrees of freedom, p = 0.2122 by \
                    chi-square; that is no proof that there is none.";
    assert_eq!(chance, expected);
    let more = said(&[("A", 60, 10), ("B", 14, 10), ("C", 21, 10)], Dispersion::Additive).unwrap();
    assert!(
        more.starts_with("More than chance: Pearson's X^2 = 38.8 with 2 degrees of freedom, p < 0.0001 by chi"),
        "{more}"
    );
    let few = said(&[("A", 6, 10), ("B", 1, 10), ("C", 0, 10)], Dispersion::None).unwrap();
    assert!(few.contains(" by 1,999 tables drawn by chance, which these limits leave out; with additive"), "{few}");
    assert_eq!(said(&[("A", 6, 10)], Dispersion::None), None);
}

#[test]
fn the_form_of_a_spec_may_be_absent() {
    let text = r#"{"dispersion":"additive","scale":"log","trim":{"rule":"drop","fraction":0.1}}"#;
    let spec: funnel::Spec = serde_json::from_str(text).unwrap();
    assert_eq!(spec.form(), Form::Exact);
    let normal = spec.with_form("normal".parse().unwrap());
    let read: funnel::Spec = serde_json::from_str(&serde_json::to_string(&normal).unwrap()).unwrap();
    assert_eq!((read, read.form()), (normal, Form::Normal));
}
