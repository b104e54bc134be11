//! Control limits against tables from elsewhere.

use crate::support::{funnels::LEVELS, named::league, near::near, reference::rows};
use crimerate::{
    Confidence, Proportion,
    funnel::{self, Dispersion, Form, Position, ProportionFunnel},
};

/// The level and the end of a probability of the tables.
fn side(p: &str) -> (Confidence, bool) {
    match p {
        "0.025" => (Confidence::P95, false),
        "0.975" => (Confidence::P95, true),
        "0.001" => (Confidence::P99_8, false),
        "0.999" => (Confidence::P99_8, true),
        other => panic!("{other}"),
    }
}

#[test]
fn limits_meet_the_table() {
    let funnel = league(&[("A", 1, 10), ("B", 2, 10)]).funnel(Dispersion::None);
    let mut tried = 0;
    for (line, field) in rows(include_str!("../../data/funnel_poisson.csv")) {
        let (level, upper) = side(field[1]);
        let limits = funnel.limits(field[0].parse().unwrap(), level).unwrap();
        let raw: f64 = field[4].parse().unwrap();
        near(if upper { limits.upper() } else { limits.lower() }, raw.max(0.0), 1e-14, line);
        assert!(upper || limits.clamped() == (raw < 0.0), "{line}");
        tried += 1;
    }
    assert_eq!(tried, 52);
}

#[test]
fn binomial_limits_meet_the_table() {
    let mut tried = 0;
    for (line, field) in rows(include_str!("../../data/funnel_binomial.csv")) {
        let (level, upper) = side(field[2]);
        let areas = [("A", Proportion::new(1, 2).unwrap())];
        let funnel = ProportionFunnel::around(field[1].parse().unwrap(), areas, Dispersion::None).unwrap();
        let limits = funnel.limits(field[0].parse().unwrap(), level).unwrap();
        let (found, raw) = (if upper { limits.upper() } else { limits.lower() }, field[5].parse::<f64>().unwrap());
        near(found, raw.max(0.0), 1e-13, line);
        assert_eq!(
            funnel.limits(field[0].parse().unwrap(), level),
            funnel.naive_limits(field[0].parse().unwrap(), level)
        );
        tried += 1;
    }
    assert_eq!(tried, 112);
}

#[test]
fn small_expected_counts_are_never_low_for_a_count_of_none() {
    let funnel = league(&[("A", 0, 10), ("B", 500, 2_490)]).funnel(Dispersion::None);
    let a = funnel.area("A").unwrap();
    near(a.expected().unwrap(), 2.0, 1e-15, "expected");
    for level in LEVELS {
        assert_eq!(a.position(level), Ok(Position::Within));
        assert_eq!(a.limits(level).unwrap().lower(), 0.0);
    }
    near(a.p().unwrap(), 2.0 * (-2.0_f64).exp(), 1e-14, "p");
    // The chi-square and the log-normal rule call it low: both lower limits are above 0.
    let (_, row) =
        rows(include_str!("../../data/funnel_poisson.csv")).find(|(line, _)| line.starts_with("2,0.025")).unwrap();
    assert!(row[5].parse::<f64>().unwrap() > 0.12 && row[6].parse::<f64>().unwrap() > 0.25);
}

#[test]
fn limits_do_not_fold_back() {
    // (1 - z s)^2 rises again where z s is above 1; clamped before squaring it stays 0.
    let league = league(&[("A", 1, 1), ("B", 900, 2_000), ("C", 1_500, 2_000)]);
    for spec in [Dispersion::Multiplicative, Dispersion::Additive] {
        let funnel = league.funnel(funnel::Spec::from(spec).with_form(Form::Normal));
        for expected in [1e-6, 0.01, 0.2, 0.9] {
            for level in LEVELS {
                let limits = funnel.limits(expected, level).unwrap();
                assert_eq!((limits.lower(), limits.clamped()), (0.0, true), "{expected}");
            }
        }
    }
}

#[test]
fn one_count_where_next_to_nothing_is_expected_is_high_and_none_is_not_low() {
    let league = league(&[("A", 0, 10), ("B", 1, 10), ("C", 3, 10)]);
    let funnel = league.funnel_expecting(&[1e-12, 1e-12, 2.0], Dispersion::None).unwrap();
    let [a, b] = ["A", "B"].map(|name| funnel.area(name).unwrap());
    assert_eq!(
        (a.position(Confidence::P99_8), b.position(Confidence::P99_8)),
        (Ok(Position::Within), Ok(Position::High))
    );
    let limits = a.limits(Confidence::P99_8).unwrap();
    assert_eq!((limits.lower(), limits.upper()), (0.0, 0.0));
    near(b.p().unwrap(), 2e-12, 1e-11, "p");
}
