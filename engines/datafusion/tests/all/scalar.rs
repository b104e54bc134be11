//! Functions of single rows are the library's.

use crate::frame::{Cut, Line, bits, cut, doubles, lines, session, try_collect, value};
use crimerate::{
    Confidence, Method, Per, Rate,
    interval::{Test, TestSpec},
};
use proptest::prelude::*;

/// A column of an expression over `t` in the order of its rows.
fn column(cut: &Cut, expression: &str) -> Vec<Option<u64>> {
    let batches = try_collect(&session(cut, 2), &format!("select {expression}, row from t order by row")).unwrap();
    bits(doubles(&batches, 0))
}

fn each(cut: &Cut, figure: impl Fn(Rate, &Line) -> Option<f64>) -> Vec<Option<u64>> {
    bits(lines(cut).iter().map(|line| line.rate().and_then(|rate| figure(rate, line))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rates_and_limits_are_the_librarys(cut in cut(), level in 0.5..0.999_f64, method in prop::sample::select(Method::ALL)) {
        prop_assert_eq!(column(&cut, "rate(count, population, 100000)"), each(&cut, |rate, _| Some(rate.per(Per::HUNDRED_THOUSAND).value())));
        let usual = |rate: Rate| rate.interval(Confidence::P95).per(Per::THOUSAND);
        prop_assert_eq!(column(&cut, "rate_lower(count, population, 1000)"), each(&cut, |rate, _| Some(usual(rate).lower())));
        prop_assert_eq!(column(&cut, "rate_upper(count, population, 1000)"), each(&cut, |rate, _| Some(usual(rate).upper())));
        let at = (Confidence::new(level).unwrap(), method);
        let other = |rate: Rate| rate.interval(at).per(Per::MILLION);
        let said = format!("count, population, 1000000, {level:?}, '{method}'");
        prop_assert_eq!(column(&cut, &format!("rate_lower({said})")), each(&cut, |rate, _| Some(other(rate).lower())));
        prop_assert_eq!(column(&cut, &format!("rate_upper({said})")), each(&cut, |rate, _| Some(other(rate).upper())));
    }

    #[test]
    fn ratios_and_tails_are_the_librarys(cut in cut(), base in (0..1_000_u64, 1..1_000_000_u64), expected in 0.0..1e6_f64) {
        let (count, people) = base;
        let there = Rate::new(count, people).unwrap();
        let said = format!("count, population, {count}, {people}");
        prop_assert_eq!(column(&cut, &format!("rate_ratio({said})")), each(&cut, |rate, _| rate.ratio_to(there).value()));
        let spec = TestSpec::from((Confidence::P99, Test::MidP));
        let limits = |rate: Rate| rate.ratio_to(there).interval(spec);
        prop_assert_eq!(column(&cut, &format!("rate_ratio_lower({said}, 0.99, 'mid-p')")), each(&cut, |rate, _| Some(limits(rate).lower())));
        prop_assert_eq!(column(&cut, &format!("rate_ratio_upper({said}, 0.99, 'mid-p')")), each(&cut, |rate, _| Some(limits(rate).upper())));
        let tails = |line: &Line| Some(Rate::new(line.count?, 1).unwrap().expecting(expected).unwrap().significance(Test::Exact));
        let each = |p: fn(crimerate::interval::PValues) -> f64| bits(lines(&cut).iter().map(|line| tails(line).map(p)));
        prop_assert_eq!(column(&cut, &format!("poisson_lower(count, {expected:?})")), each(crimerate::interval::PValues::lower));
        prop_assert_eq!(column(&cut, &format!("poisson_upper(count, {expected:?})")), each(crimerate::interval::PValues::upper));
        prop_assert_eq!(column(&cut, &format!("poisson_two_sided(count, {expected:?}, 'exact')")), each(crimerate::interval::PValues::two_sided));
    }
}

#[test]
fn literals_alone_are_one_value_and_null_is_null() {
    assert_eq!(value("rate(721, 2939927, 100000)").unwrap(), Some(72_100_000.0 / 2_939_927.0));
    assert_eq!(value("rate(null, 2939927, 100000)").unwrap(), None);
    assert_eq!(value("rate(5, nullif(0, 0), 100000)").unwrap(), None);
    assert_eq!(value("rate_ratio(0, 10, 0, 10)").unwrap(), None); // neither has any: undefined
    assert_eq!(value("rate_ratio(1, 10, 0, 10)").unwrap(), Some(f64::INFINITY));
    // Counts above 2^53 are not rounded on their way: 2^63 + 1024 on 2^63 + 1024.
    assert_eq!(value("rate(9223372036854776832, 9223372036854776832, 1)").unwrap(), Some(1.0));
}
