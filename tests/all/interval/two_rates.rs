//! Two rates, and a rate compared with an average, against values from elsewhere and closed forms.

use crate::support::near::near;
use crimerate::{Average, Confidence, Method, Per, Rate, Row, Table, Undefined, interval::Test, time::Change};

fn rate(count: u64, population: u64) -> Rate {
    Rate::new(count, population).unwrap()
}

#[test]
fn ratios_meet_the_table() {
    let table = include_str!("../../data/rate_ratios.csv");
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert_eq!(lines.len(), 20);
    for line in lines {
        let field: Vec<&str> = line.split(',').collect();
        let (whole, number) =
            (|i: usize| field[i].parse::<u64>().unwrap(), |i: usize| field[i].parse::<f64>().unwrap());
        let ratio = rate(whole(0), whole(1)).ratio_to(rate(whole(2), whole(3)));
        let confidence: Confidence = field[4].parse().unwrap();
        for (test, limits, p) in [(Test::Exact, 5, 9), (Test::MidP, 7, 10)] {
            let interval = ratio.interval((confidence, test));
            near(interval.lower(), number(limits), 1e-13, line);
            near(interval.upper(), number(limits + 1), 1e-13, line);
            near(ratio.significance(test).two_sided(), number(p), 1e-12, line);
        }
    }
}

#[test]
fn no_offences_have_defined_answers() {
    let none = rate(0, 1_000).ratio_to(rate(0, 2_000));
    assert_eq!(none.value(), None);
    let interval = none.interval(Confidence::P95);
    assert_eq!((interval.lower(), interval.upper()), (0.0, f64::INFINITY));
    for test in [Test::Exact, Test::MidP] {
        assert_eq!(none.significance(test).two_sided(), 1.0);
    }
    assert_eq!(rate(3, 10).ratio_to(rate(0, 10)).value(), Some(f64::INFINITY));
    assert_eq!(rate(0, 10).ratio_to(rate(3, 10)).value(), Some(0.0));
    assert_eq!(rate(0, 10).minus(rate(0, 10)).per(Per::THOUSAND).value(), 0.0);
    let change = Change::between(rate(0, 10), rate(0, 10));
    assert_eq!(change.to_string(), "no counts before or after, on a base of only 0 counts");
    let change = Change::between(rate(0, 10), rate(4, 10));
    assert!(change.to_string().starts_with("infinity % (95 % interval -34.0 to infinity)"), "{change}");
}

/// P(X >= 700) with mean 300, by mpmath at 60 digits.
const FAR_ABOVE: f64 = 3.585_765_836_106_677e-86;

/// The populations are whole numbers, so their ratio must not be rounded on the way: by mpmath at 60 digits.
#[test]
fn far_tails_of_large_counts_keep_their_digits() {
    let p = rate(980_490_488, 3_016_115).ratio_to(rate(976_840_035, 3_000_000)).significance(Test::Exact);
    near(p.lower(), 4.802_778_913_052_621e-284, 1e-12, "lower");
    // With far more people in the other rate, the count is Poisson but for the share of 1e-15: 1 - e^-1 and 2 e^-1.
    let p = rate(1, 1).ratio_to(rate(1_000_000_000_000_000, 1_000_000_000_000_000)).significance(Test::Exact);
    near(p.upper(), 1.0 - (-1.0_f64).exp(), 1e-12, "upper");
    near(p.lower(), 2.0 * (-1.0_f64).exp(), 1e-12, "lower");
    let interval = rate(1, 1).ratio_to(rate(1_000_000_000_000_000, 1_000_000_000_000_000)).interval(Confidence::P95);
    near(interval.lower(), -(0.975_f64.ln()), 1e-12, "lower limit");
}

#[test]
fn small_changes_lose_nothing() {
    let change = Change::between(rate(1_000_000, 1), rate(1_000_001, 1));
    near(change.percent().unwrap(), 1e-4, 1e-15, "per cent");
    near(
        rate(493_164_529, 6_749_970).minus(rate(493_164_406, 6_749_970)).per(Per::ONE).value(),
        123.0 / 6_749_970.0,
        1e-15,
        "per",
    );
    assert!(!Change::between(rate(50, 10), rate(1, 10)).small_base());
    assert!(Change::between(rate(49, 10), rate(1, 10)).small_base());
    let change = Change::between(rate(6, 51), rate(1, 54));
    near(change.significance(Test::Exact).two_sided(), 0.107_295_930_625_601_82, 1e-12, "exact");
    near(change.significance(Test::MidP).two_sided(), 0.060_025_695_454_882_14, 1e-12, "mid-P");
}

#[test]
fn a_base_of_none_is_a_power() {
    // With no offences in the base, P(X = x) is p^x: the lower limit of the odds is in closed form.
    let interval = rate(5, 10).ratio_to(rate(0, 10)).interval(Confidence::P95);
    let p = 0.025_f64.powf(0.2);
    near(interval.lower(), p / (1.0 - p), 1e-14, "lower");
}

#[test]
fn differences_follow_from_both_intervals() {
    // Li, Tang and Wong 2014: d -/+ the root of the squared arms, here with the score limits of 60 and 30 offences.
    let difference = rate(60, 100_000).minus(rate(30, 100_000));
    let z = 1.959_963_984_540_054_f64;
    let limits = |x: f64| {
        let (middle, arm) = (x + z * z / 2.0, z * (x + z * z / 4.0).sqrt());
        (middle - arm, middle + arm)
    };
    let ((l1, u1), (l2, u2)) = (limits(60.0), limits(30.0));
    let interval = difference.interval(Confidence::P95).per(Per::HUNDRED_THOUSAND);
    near(interval.lower(), 30.0 - ((60.0 - l1).powi(2) + (u2 - 30.0).powi(2)).sqrt(), 1e-13, "lower");
    near(interval.upper(), 30.0 + ((u1 - 60.0).powi(2) + (30.0 - l2).powi(2)).sqrt(), 1e-13, "upper");
    let exact = difference.interval(Method::Exact).per(Per::HUNDRED_THOUSAND);
    assert!(exact.lower() < interval.lower() && exact.upper() > interval.upper());
}

#[test]
fn against_an_average_the_tails_are_poisson() {
    // P(X <= 2) and P(X >= 2) with mean 5, and P(X = 2), in closed form.
    let average = Average::fixed(5.0, Per::THOUSAND).unwrap().of(&[]).unwrap();
    let beside = rate(2, 1_000).against(average);
    near(beside.expected(), 5.0, 1e-15, "expected");
    let e = (-5.0_f64).exp();
    let p = beside.significance(Test::Exact);
    near(p.lower(), 18.5 * e, 1e-14, "lower");
    near(p.upper(), 1.0 - 6.0 * e, 1e-14, "upper");
    near(p.two_sided(), 37.0 * e, 1e-14, "two-sided");
    near(beside.significance(Test::MidP).lower(), 12.25 * e, 1e-14, "mid-P");
    assert_eq!(beside.ratio(), Ok(0.4));
    // P(X <= 100) with mean 700, by mpmath at 60 digits: one minus the other tail would be zero.
    let far = Average::fixed(700.0, Per::THOUSAND).unwrap().of(&[]).unwrap();
    let p = rate(100, 1_000).against(far).significance(Test::Exact);
    near(p.lower(), 3.985_562_734_505_908e-178, 1e-12, "far below");
    let p = rate(700, 1_000).against(Average::fixed(300.0, Per::THOUSAND).unwrap().of(&[]).unwrap());
    near(p.significance(Test::Exact).upper(), FAR_ABOVE, 1e-12, "far above");
    let nothing = Average::fixed(0.0, Per::THOUSAND).unwrap().of(&[]).unwrap();
    assert_eq!(rate(0, 10).against(nothing).significance(Test::Exact).two_sided(), 1.0);
    assert_eq!(rate(1, 10).against(nothing).significance(Test::Exact).two_sided(), 0.0);
    assert_eq!(rate(1, 10).against(nothing).interval(Confidence::P95), Err(Undefined::NothingExpected));
}

#[test]
fn against_the_rest_is_against_the_other_areas_together() {
    let rows = [
        Row::new("A", 60, 50_000),
        Row::new("B", 30, 50_000),
        Row::parse("C", "..", "1000"),
        Row::new("D", 35, 50_000),
    ];
    let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
    let a = league.area("A").unwrap().against_rest().unwrap();
    assert_eq!(a, rate(60, 50_000).ratio_to(rate(65, 100_000)));
    let alone = Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED);
    assert_eq!(alone.area("A").unwrap().against_rest(), Err(Undefined::NoAverage));
    let huge = Table::from_rows([("A", 1, 10), ("B", u64::MAX, 10), ("C", u64::MAX, 10)]).unwrap();
    let huge = huge.compare(Average::POOLED);
    assert_eq!(huge.area("A").unwrap().against_rest(), Err(Undefined::TooLarge));
}
