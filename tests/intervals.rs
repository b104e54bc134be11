//! Intervals against values from elsewhere: 25-digit tables worked out with mpmath, and closed forms.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Confidence, Interval, Measure, Method, Per, Plan, Proportion, Rate, Table, Test,
    ndarray::{Array1, Axis, Slice},
};

/// Count, level, method, lower and upper limit, before clamping.
const LIMITS: &str = include_str!("data/limits.csv");
/// Count, total, level, lower and upper limit of Wilson's interval.
const WILSON: &str = include_str!("data/wilson.csv");

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = if found == expected { 0.0 } else { ((found - expected) / expected).abs() };
    assert!(error <= tolerance, "{what}: found {found:e}, expected {expected:e}, relative error {error:e}");
}

fn records(csv: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(csv.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

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
fn columns_of_any_shape_are_filled() {
    let plan = Plan::new(Confidence::P95);
    let single = |count| (plan.count(count).lower(), plan.count(count).upper());
    // Counts on both sides of where the series begins, a block of just the first one, and one below and above it.
    for counts in [vec![128; 300], vec![127; 300], vec![126, 127], vec![127, 128, 129], vec![], (0..1000).collect()] {
        let counts = Array1::from(counts);
        let (lower, upper) = plan.counts(counts.view());
        let found: Vec<_> = lower.iter().copied().zip(upper).collect();
        assert_eq!(found, counts.iter().map(|&count| single(count)).collect::<Vec<_>>());
        let strided = |step| counts.slice_axis(Axis(0), Slice::new(0, None, step));
        for view in [strided(2), strided(-1)] {
            let (lower, _) = plan.counts(view);
            assert_eq!(lower.to_vec(), view.iter().map(|&count| single(count).0).collect::<Vec<_>>());
        }
        let people = Array1::from_elem(counts.len(), 7_u64);
        let (_, upper) = plan.rates(counts.view(), people.view(), Per::THOUSAND).unwrap();
        for (upper, &count) in upper.iter().zip(&counts) {
            assert_eq!(*upper, plan.rate(Rate::new(count, 7).unwrap()).per(Per::THOUSAND).upper());
        }
    }
}

#[test]
fn columns_that_do_not_fit_are_refused_untouched() {
    let plan = Plan::new(Method::Byar);
    let (mut lower, mut upper) = ([-1.0; 2], [-1.0; 3]);
    let error = plan.counts_into(&[1, 2], &mut lower, &mut upper).unwrap_err();
    assert_eq!(error.to_string(), "the column upper has 3 values, where there should be 2");
    let error = plan.counts_into(&[1, 2, 3], &mut lower, &mut upper).unwrap_err();
    assert_eq!(error.to_string(), "the column lower has 2 values, where there should be 3");
    let error = plan.rates_into(&[1, 2], &[5], Per::ONE, &mut lower, &mut [0.0; 2]).unwrap_err();
    assert_eq!(error.to_string(), "the column population has 1 values, where there should be 2");
    let error = plan.rates_into(&[1, 2], &[5, 0], Per::ONE, &mut lower, &mut [0.0; 2]).unwrap_err();
    assert_eq!(error.to_string(), "row 2: population is zero, so no rate is defined");
    assert_eq!((lower, upper), ([-1.0; 2], [-1.0; 3]));
    let table = Table::from_rows([("A", 10, 100), ("B", 0, 100)]).unwrap();
    let league = table.compare(Average::POOLED);
    for length in [1, 3] {
        let mut values = vec![-1.0; length];
        assert!(league.column_into(Measure::Rate, Per::ONE, &mut values).is_err());
        assert!(table.intervals_into(&plan, Per::ONE, &mut values, &mut [0.0; 2]).is_err());
        assert!(table.intervals_into(&plan, Per::ONE, &mut [0.0; 2], &mut values).is_err());
        assert_eq!(values, vec![-1.0; length]);
    }
    let (mut lower, mut upper) = ([0.0; 2], [0.0; 2]);
    table.intervals_into(&plan, Per::ONE, &mut lower, &mut upper).unwrap();
    assert_eq!(upper[0], Rate::new(10, 100).unwrap().interval(Method::Byar).per(Per::ONE).upper());
    assert_eq!(league.column(Measure::Percent, Per::ONE).values().to_vec(), [100.0, -100.0]);
    assert_eq!(league.column(Measure::Ratio, Per::ONE).values().to_vec(), [2.0, 0.0]);
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
