//! Limits of each method against values from elsewhere: 25-digit tables worked out with mpmath, and closed forms.

use crate::support::{near::near, reference::records};
use crimerate::{Confidence, Interval, Method, Per, Proportion, Rate, interval::Test};

/// Count, level, method, lower and upper limit, before clamping.
const LIMITS: &str = include_str!("../../data/limits.csv");

/// Count, total, level, lower and upper limit of Wilson's interval.
const WILSON: &str = include_str!("../../data/wilson.csv");

#[test]
fn every_method_meets_the_tables() {
    let mut tried = 0;
    for record in records(LIMITS) {
        let number = |index: usize| record[index].parse::<f64>().unwrap();
        let (count, method) = (record[0].parse().unwrap(), record[2].parse::<Method>().unwrap());
        let interval = Interval::of_count(count, (record[1].parse::<Confidence>().unwrap(), method));
        let (lower, upper) = (number(3), number(4));
        // Where the formula cubes a difference of nearly equal numbers, that difference is what is accurate.
        let tolerance = match method {
            Method::Exact => 2e-15,
            Method::MidP => 1e-13,
            Method::Byar | Method::RothmanBoice | Method::Ohid if count < 10 => 1e-12,
            _ => 1e-14,
        };
        let possible = if count == 0 { 0.0 } else { lower.max(0.0) };
        near(interval.lower(), possible, tolerance, &format!("lower limit of {record:?}"));
        near(interval.upper(), upper, tolerance, &format!("upper limit of {record:?}"));
        assert_eq!(interval.clamped(), possible.to_bits() != lower.to_bits(), "{record:?}");
        tried += 1;
    }
    assert!(tried >= 300, "{tried}");
}

#[test]
fn wilson_meets_the_table() {
    for record in records(WILSON) {
        let whole = |index: usize| record[index].parse::<u64>().unwrap();
        let interval = Proportion::new(whole(0), whole(1)).unwrap().interval(record[2].parse().unwrap());
        near(interval.lower(), record[3].parse().unwrap(), 2e-15, &format!("lower limit of {record:?}"));
        near(interval.upper(), record[4].parse().unwrap(), 2e-15, &format!("upper limit of {record:?}"));
    }
}

#[test]
fn limits_of_no_offences_are_logarithms() {
    for level in [0.5, 0.9, 0.95, 0.99, 0.999_999] {
        let confidence = Confidence::new(level).unwrap();
        let upper = |method| Interval::of_count(0, (confidence, method)).upper();
        near(upper(Method::Exact), -(confidence.alpha() / 2.0).ln(), 1e-15, "exact");
        near(upper(Method::MidP), -confidence.alpha().ln(), 1e-15, "mid-P");
    }
}

#[test]
fn a_rate_has_the_limits_of_its_count_over_its_population() {
    let interval = Rate::new(10, 1_000).unwrap().interval(Method::Exact);
    let (count, rate) = (interval.count(), interval.per(Per::THOUSAND));
    assert_eq!((count.lower(), count.upper()), (rate.lower(), rate.upper()));
    let one = interval.per(Per::ONE);
    near(one.upper(), count.upper() / 1_000.0, 3e-16, "per head");
    assert_eq!(interval.method(), Method::Exact);
    assert_eq!(rate.confidence(), Confidence::P95);
}

#[test]
fn limits_stay_in_order_at_levels_near_zero_and_one() {
    for level in [f64::MIN_POSITIVE, 1e-20, 1e-16, 1e-12, 1e-9, 0.123_456, 1.0 - 1e-12, 1.0 - f64::EPSILON / 2.0] {
        let confidence = Confidence::new(level).unwrap();
        for method in Method::ALL {
            for count in [0, 1, 5, 127, 128, 20_000, 1 << 40, u64::MAX] {
                let one = Interval::of_count(count, (confidence, *method));
                assert!(one.lower() <= one.upper() && one.upper().is_finite(), "{level} {method} {count}: {one:?}");
            }
        }
        for (x, y) in [(1_000_000_000, 1_u64 << 63), (920_485_220, 74_941_425), (0, 1), (3, 0)] {
            let rate = |count| Rate::new(count, 1_000).unwrap();
            for test in [Test::Exact, Test::MidP] {
                let one = rate(x).ratio_to(rate(y)).interval((confidence, test));
                assert!(one.lower() <= one.upper(), "{level} {x} {y}: {one:?}");
            }
        }
    }
}

#[test]
fn counts_of_any_size_have_limits() {
    for count in [1_000_000_000, u64::MAX / 2, u64::MAX] {
        for method in Method::ALL {
            let interval = Interval::of_count(count, (Confidence::P95, *method));
            let (x, half) = (count as f64, 1.959_963_984_540_054 * (count as f64).sqrt());
            near(interval.lower(), x - half, 1e-8, "lower");
            near(interval.upper(), x + half, 1e-8, "upper");
        }
    }
}
