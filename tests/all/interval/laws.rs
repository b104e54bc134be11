//! Laws of intervals, of plans, and of two rates compared.

use crate::support::strategies::{count, population, rate};
use crimerate::{
    Average, Confidence, Interval, Method, Per, Proportion, Rate,
    interval::{self, Test},
    time::Change,
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestCaseError};

fn agree(rates: [(u64, u64); 2], test: Test, level: f64) -> Result<(), TestCaseError> {
    let confidence = Confidence::new(level).unwrap();
    let [rate, other] = rates.map(|(count, people)| Rate::new(count, people).unwrap());
    let ratio = rate.ratio_to(other);
    let p = ratio.significance(test).two_sided();
    prop_assume!((p / confidence.alpha() - 1.0).abs() > 1e-9);
    prop_assert_eq!(p >= confidence.alpha(), ratio.interval((confidence, test)).contains(1.0), "p = {}", p);
    Ok(())
}

/// A case that failed once.
#[test]
fn test_and_interval_agree_on_none_and_one() {
    agree([(0, 1), (1, 1)], Test::Exact, 0.5).unwrap();
}

proptest! {
    #[test]
    fn intervals_widen_with_the_level_and_move_with_the_count(count in 0..1_u64 << 40, method in select(Method::ALL)) {
        let at = |count, level| Interval::of_count(count, (Confidence::new(level).unwrap(), method));
        let (narrow, wide, next) = (at(count, 0.9), at(count, 0.99), at(count + 1, 0.9));
        prop_assert!(wide.lower() <= narrow.lower() && narrow.upper() < wide.upper());
        prop_assert!(narrow.lower() <= next.lower() && narrow.upper() <= next.upper());
        prop_assert!(narrow.contains(count as f64) || count == 0 && method == Method::Jeffreys);
        prop_assert_eq!(at(0, 0.9).lower(), 0.0);
    }

    #[test]
    fn a_plan_has_the_bits_of_single_intervals(
        figures in vec((count(), population()), 0..700),
        method in select(Method::ALL),
        level in select(vec![0.5, 0.9, 0.95, 0.97, 0.998, 0.9999, 0.999_999, 1.0 - 1e-12]),
    ) {
        let (counts, populations): (Vec<u64>, Vec<u64>) = figures.iter().copied().unzip();
        let spec = (Confidence::new(level).unwrap(), method);
        let plan = interval::Plan::new(spec);
        let (mut lower, mut upper) = (vec![f64::NAN; counts.len()], vec![f64::NAN; counts.len()]);
        plan.counts_into(&counts, &mut lower, &mut upper).unwrap();
        for (i, &count) in counts.iter().enumerate() {
            let one = Interval::of_count(count, spec);
            prop_assert_eq!(one, plan.count(count));
            prop_assert_eq!((one.lower().to_bits(), one.upper().to_bits()), (lower[i].to_bits(), upper[i].to_bits()), "{}", count);
        }
        plan.rates_into(&counts, &populations, Per::THOUSAND, &mut lower, &mut upper).unwrap();
        for (i, &(count, people)) in figures.iter().enumerate() {
            let one = Rate::new(count, people).unwrap().interval(spec).per(Per::THOUSAND);
            prop_assert_eq!((one.lower().to_bits(), one.upper().to_bits()), (lower[i].to_bits(), upper[i].to_bits()), "{}", count);
        }
    }

    #[test]
    fn two_rates_have_defined_answers(a in rate(), b in rate(), level in select(vec![0.5, 0.95, 0.999_999]), test in select(Test::ALL)) {
        let confidence = Confidence::new(level).unwrap();
        let ratio = a.ratio_to(b);
        let interval = ratio.interval((confidence, test));
        prop_assert!(0.0 <= interval.lower() && interval.lower() <= interval.upper(), "{:?}", interval);
        prop_assert_eq!(interval.lower() == 0.0, a.count() == 0);
        prop_assert_eq!(interval.upper() == f64::INFINITY, b.count() == 0);
        match ratio.value() {
            None => prop_assert_eq!((a.count(), b.count()), (0, 0)),
            Some(value) => prop_assert!(interval.lower() <= value * (1.0 + 1e-9) && value <= interval.upper() * (1.0 + 1e-9)),
        }
        let p = ratio.significance(test);
        for p in [p.lower(), p.upper(), p.two_sided()] {
            prop_assert!((0.0..=1.0).contains(&p), "{:?}", ratio);
        }
        let difference = a.minus(b);
        let interval = difference.interval(confidence).per(Per::THOUSAND);
        prop_assert!(interval.lower() <= difference.per(Per::THOUSAND).value() && difference.per(Per::THOUSAND).value() <= interval.upper());
        prop_assert_eq!(b.minus(a).per(Per::THOUSAND).value(), -difference.per(Per::THOUSAND).value());
        let back = b.minus(a).interval(confidence).per(Per::THOUSAND);
        prop_assert_eq!((back.lower(), back.upper()), (-interval.upper(), -interval.lower()));
        let change = Change::between(b, a);
        prop_assert_eq!(change.percent().is_none(), ratio.value().is_none());
        prop_assert_eq!(change.small_base(), b.count() < 50);
        prop_assert!(!change.to_string().contains("NaN"));
    }

    #[test]
    fn the_other_way_round_the_ratio_is_inverted(x in 0..2_000_u64, y in 0..2_000_u64, n in 1..1_000_000_u64, m in 1..1_000_000_u64, test in select(Test::ALL)) {
        let (a, b) = (Rate::new(x, n).unwrap(), Rate::new(y, m).unwrap());
        let (one, other) = (a.ratio_to(b).interval(test), b.ratio_to(a).interval(test));
        let close = |a: f64, b: f64| a == b || (a / b - 1.0).abs() < 1e-12;
        prop_assert!(close(one.lower(), 1.0 / other.upper()) && close(one.upper(), 1.0 / other.lower()), "{:?} {:?}", one, other);
        let (p, q) = (a.ratio_to(b).significance(test), b.ratio_to(a).significance(test));
        // Their accuracy is promised down to 1e-300.
        let alike = |a: f64, b: f64| close(a, b) || a.max(b) < 1e-300;
        prop_assert!(alike(p.lower(), q.upper()) && alike(p.upper(), q.lower()), "{:?} {:?}", p, q);
    }

    #[test]
    fn test_and_interval_agree(x in 0..300_u64, y in 0..300_u64, n in 1..100_000_u64, m in 1..100_000_u64, test in select(Test::ALL), level in 0.5..0.999_f64) {
        agree([(x, n), (y, m)], test, level)?;
    }

    #[test]
    fn a_rate_against_an_average_agrees_with_its_interval(x in 0..500_u64, n in 1..100_000_u64, average in 0.001..50.0_f64, level in 0.5..0.999_f64) {
        let confidence = Confidence::new(level).unwrap();
        let value = Average::fixed(average, Per::THOUSAND).unwrap().of(&[]).unwrap();
        let beside = Rate::new(x, n).unwrap().against(value);
        for (test, method) in [(Test::Exact, Method::Exact), (Test::MidP, Method::MidP)] {
            let p = beside.significance(test).two_sided();
            prop_assume!((p / confidence.alpha() - 1.0).abs() > 1e-9);
            prop_assert_eq!(p >= confidence.alpha(), beside.interval((confidence, method)).unwrap().contains(1.0), "p = {}", p);
        }
    }

    #[test]
    fn wilson_stays_within_zero_and_one_and_mirrors(total in 1..=1_u64 << 40, part in 0.0..=1.0_f64, level in 0.01..0.999_999) {
        let count = ((total as f64 * part) as u64).min(total);
        let confidence = Confidence::new(level).unwrap();
        let proportion = Proportion::new(count, total).unwrap();
        let (here, there) = (proportion.interval(confidence), Proportion::new(total - count, total).unwrap().interval(confidence));
        prop_assert!(0.0 <= here.lower() && here.lower() <= here.upper() && here.upper() <= 1.0);
        prop_assert!(here.contains(proportion.value()));
        prop_assert!((here.upper() - (1.0 - there.lower())).abs() < 1e-15);
    }
}
