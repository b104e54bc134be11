//! How often funnels raise false alarms and find what there is, in fewer places than the example `calibration` prints.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "../examples/support/alarms.rs"]
mod alarms;

use alarms::{Alarms, LEVELS, Rule, alarms as outside, false_alarms, probabilities, typical};
use crimerate::{Confidence, Dispersion, FunnelSpec, Trim};

#[test]
fn exact_positions_never_raise_more_false_alarms_than_they_say() {
    for level in LEVELS {
        for expected in [1, 2, 3, 5, 8, 10, 20, 50, 120, 300] {
            let Alarms { low, high } = false_alarms(Rule::Exact, expected, level).unwrap();
            let tail = level.0.alpha() / 2.0;
            assert!(low <= tail && high <= tail, "{expected} {}: {low} {high}", level.0);
            assert!(expected < 300 || low > 0.8 * tail && high > 0.8 * tail, "{expected}: {low} {high}");
        }
    }
}

/// 13.6 % at E = 2 for a nominal 5 %: every count of none is called low.
#[test]
fn common_rules_call_every_count_of_none_low() {
    for rule in [Rule::ChiSquare, Rule::LogNormal] {
        for level in LEVELS {
            let found = false_alarms(rule, 2, level).unwrap();
            assert!((found.low - (-2.0_f64).exp()).abs() < 1e-12, "{rule:?}: {found:?}");
        }
        let both = false_alarms(rule, 2, LEVELS[0]).unwrap();
        assert!((both.low + both.high - 0.136).abs() < 5e-4, "{rule:?}: {both:?}");
    }
    let none = false_alarms(Rule::SquareRoot, 2, LEVELS[1]).unwrap();
    assert_eq!(none.low, 0.0, "the lower limit is clamped before it is squared");
}

/// By scipy's negative binomial: tau^2 is 0.009988 on the scale where E = 300 and true rates are spread by 20 %.
#[test]
fn winsorising_finds_a_third_of_the_dispersion_of_typical_areas() {
    let [winsorised, whole] = [Trim::default(), Trim::NONE].map(|trim| {
        let spec = FunnelSpec::from(Dispersion::Additive).with_trim(trim);
        let funnel = typical(&[5.0, 50.0, 300.0], 14, 0.2, spec).unwrap();
        let found = outside(&funnel, 300.0, &probabilities(300.0, 0.2), Confidence::P99_8).unwrap();
        (funnel.overdispersion().unwrap().tau2(), found.low + found.high)
    });
    let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    near(winsorised.0, 0.003_361_959_332);
    near(winsorised.1, 0.053_121_489_3);
    near(whole.0, 0.009_649_112_375);
    near(whole.1, 0.002_308_861_02);
}

#[test]
fn dispersion_turns_spread_into_no_alarm_and_costs_detection() {
    let at = |dispersion: Dispersion, ratio: f64, spread: f64| {
        let funnel = typical(&[50.0, 300.0], 10, spread, dispersion.into()).unwrap();
        let found = outside(&funnel, 300.0, &probabilities(300.0 * ratio, spread), Confidence::P99_8).unwrap();
        found.low + found.high
    };
    assert!(at(Dispersion::None, 1.0, 0.2) > 0.3, "a spread of 20 % is no news");
    assert!(at(Dispersion::Additive, 1.0, 0.2) < 0.08);
    assert!(at(Dispersion::Additive, 2.0, 0.2) > 0.85);
    assert!(at(Dispersion::Additive, 1.5, 0.2) < at(Dispersion::None, 1.5, 0.2));
    assert!(at(Dispersion::Additive, 1.5, 0.0) > 0.99, "and where there is no spread, little is lost");
}
