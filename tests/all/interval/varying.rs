//! Ratios and rates of counts that vary by more than chance.

use crate::support::{near::near, reference};
use crimerate::{
    Confidence, Interval, Method, Rate,
    interval::{Plan, Spec, Test, TestSpec, Widening, WithinDispersion},
    ndarray::Array1,
};
use proptest::prelude::*;

fn within(phi: f64, freedom: Option<u32>) -> WithinDispersion {
    // Of two periods the freedom is one less than the areas.
    let text = freedom.map_or_else(|| phi.to_string(), |freedom| format!("{phi} ({} areas, 2 periods)", freedom + 1));
    text.parse().unwrap()
}

/// By scipy's binomial, beta-binomial, normal and Student laws (`tests/data/varying_ratio.py`).
#[test]
fn ratios_meet_three_laws() {
    for (line, cells) in reference::rows(include_str!("../../data/varying_ratio.csv")) {
        let whole = |at: usize| cells[at].parse::<u64>().unwrap();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let ratio = Rate::new(whole(0), whole(1)).unwrap().ratio_to(Rate::new(whole(2), whole(3)).unwrap());
        let spec = TestSpec::default().with_dispersion(within(number(4), cells[5].parse().ok()));
        let (interval, p) = (ratio.interval(spec), ratio.significance(spec));
        near(interval.lower(), number(6), 1e-9, line);
        near(interval.upper(), number(7), 1e-9, line);
        near(p.lower(), number(8), 1e-9, line);
        near(p.upper(), number(9), 1e-9, line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What a test refutes lies outside the limits of the same kind; more variation makes nothing surer, and none changes no bit.
    #[test]
    fn tests_and_limits_agree_and_widen(
        (x, y) in (0_u64..400, 0_u64..400),
        (n, m) in (1_u64..3_000, 1_u64..3_000),
        (phi, more) in (1.0..8.0_f64, 1.0..3.0_f64),
        freedom in prop::option::of(2_u32..200),
        test in prop::sample::select(Test::ALL),
    ) {
        let ratio = Rate::new(x, n).unwrap().ratio_to(Rate::new(y, m).unwrap());
        let chance = TestSpec::from((Confidence::P95, test));
        for none in [0.0, 0.7, 1.0] {
            let spec = chance.with_dispersion(within(none, freedom));
            prop_assert_eq!(ratio.interval(spec), ratio.interval(chance));
            prop_assert_eq!(ratio.significance(spec), ratio.significance(test));
        }
        let spec = chance.with_dispersion(within(phi, freedom));
        let (interval, p) = (ratio.interval(spec), ratio.significance(spec));
        let tail = 0.025;
        let near = |limit: f64| (limit - 1.0).abs() < 1e-9;
        prop_assert!(near(interval.lower()) || (p.upper() <= tail) == (interval.lower() > 1.0), "{:?} {:?}", p, interval);
        prop_assert!(near(interval.upper()) || (p.lower() <= tail) == (interval.upper() < 1.0), "{:?} {:?}", p, interval);
        let by_chance = ratio.interval(chance);
        prop_assert!(interval.lower() <= by_chance.lower() && interval.upper() >= by_chance.upper());
        let wider = chance.with_dispersion(within(phi * more, freedom));
        let (outer, larger) = (ratio.interval(wider), ratio.significance(wider));
        let slack = 1.0 + 1e-9;
        prop_assert!(outer.lower() <= interval.lower() * slack && outer.upper() * slack >= interval.upper());
        // The median of a skewed law moves with its variance, so that a p near 1 may go either way (78 of 2,636 beside 47 of 1,536: from 0.94221 to 0.94212).
        prop_assert!(larger.two_sided() * slack >= p.two_sided().min(0.5));
    }

    /// Limits of a rate, one at a time and in bulk, have the same bits; stretched and quasi as their formulas have it.
    #[test]
    fn rates_are_widened_alike_in_bulk(
        counts in prop::collection::vec(prop_oneof![0_u64..30, 0_u64..100_000], 1..300),
        phi in 1.0..9.0_f64,
        method in prop::sample::select(Method::ALL),
        widening in prop::sample::select(Widening::ALL),
        level in prop::sample::select(vec![0.95, 0.9, 0.97]),
    ) {
        let chance = Spec::from((Confidence::new(level).unwrap(), method));
        let spec = chance.with_dispersion(within(phi, None)).with_widening(widening);
        let plan = Plan::new(spec);
        let (lower, upper) = plan.counts(Array1::from(counts.clone()).view());
        for (at, count) in counts.iter().enumerate() {
            let one = Interval::of_count(*count, spec);
            prop_assert_eq!((one.lower().to_bits(), one.upper().to_bits()), (lower[at].to_bits(), upper[at].to_bits()));
            prop_assert_eq!(one, plan.count(*count));
            let own = Interval::of_count(*count, chance);
            prop_assert!(one.upper() >= own.upper() * (1.0 - 1e-12) || widening == Widening::Quasi);
            if widening == Widening::Stretched {
                let x = *count as f64;
                let expected = (x - phi.sqrt() * (x - own.lower())).max(0.0);
                prop_assert!((one.lower() - expected).abs() <= 1e-9 * x.max(1.0), "{} {}", one.lower(), expected);
            }
        }
        prop_assert_eq!(spec.to_string().parse::<Spec>(), Ok(spec));
        prop_assert_eq!(serde_json::from_str::<Spec>(&serde_json::to_string(&spec).unwrap()).unwrap(), spec);
        let test = TestSpec::default().with_dispersion(within(phi, Some(20)));
        prop_assert_eq!(serde_json::from_str::<TestSpec>(&serde_json::to_string(&test).unwrap()).unwrap(), test);
    }
}

/// Quasi limits of a whole share are those of the smaller count, times phi_w.
#[test]
fn quasi_limits_are_those_of_the_smaller_count() {
    let spec = Spec::default().with_dispersion(within(2.0, None)).with_widening(Widening::Quasi);
    for half in [0, 1, 4, 60, 5_000] {
        let (found, own) = (Interval::of_count(2 * half, spec), Interval::of_count(half, Spec::default()));
        near(found.lower(), 2.0 * own.lower(), 1e-14, "lower");
        near(found.upper(), 2.0 * own.upper(), 1e-14, "upper");
    }
    // As many degrees of freedom as there may be stretch as a given one; few stretch more.
    let upper = |phi: WithinDispersion| Interval::of_count(50, Spec::default().with_dispersion(phi)).upper();
    assert!(upper(within(2.0, Some(10))) > upper(within(2.0, Some(100))));
    assert!(upper(within(2.0, Some(100))) > upper(within(2.0, None)));
}
