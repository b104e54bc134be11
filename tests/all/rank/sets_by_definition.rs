//! Rank sets of real figures against their definition: binomial tails added up term by term, Holm's method over all ordered pairs.

use crate::support::{
    case::{ahead, cases, knife, recorded},
    ranks::p_within,
    recorded::quarters,
};
use crimerate::{
    Average, Compare, Confidence, LeagueTable, Order,
    interval::{Test, WithinDispersion},
    rank,
};

/// The one-sided p-value of each ordered pair: that the first area is above the second by chance only.
type P = Vec<Vec<f64>>;

fn each_pair(rates: &[(u64, u64)], p: impl Fn((u64, u64), (u64, u64)) -> f64) -> P {
    rates.iter().map(|first| rates.iter().map(|second| p(*first, *second)).collect()).collect()
}

/// `P(X >= x)`, or the same less half of `P(X = x)`, of a binomial X among x + y with odds `n1` to `n2`.
pub(crate) fn binomial(rates: &[(u64, u64)], test: Test) -> P {
    let most = rates.iter().map(|rate| rate.0).sum::<u64>() as usize;
    let mut ln_factorial = vec![0.0; most + 1];
    for k in 1..=most {
        ln_factorial[k] = ln_factorial[k - 1] + (k as f64).ln();
    }
    each_pair(rates, |(x, n1), (y, n2)| {
        let (x, n, share) = (x as usize, (x + y) as usize, n1 as f64 / (n1 + n2) as f64);
        let point = |k: usize| {
            let ways = ln_factorial[n] - ln_factorial[k] - ln_factorial[n - k];
            (ways + k as f64 * share.ln() + (n - k) as f64 * (1.0 - share).ln()).exp()
        };
        (x..=n).map(point).sum::<f64>() - if test == Test::MidP { point(x) / 2.0 } else { 0.0 }
    })
}

/// The ordered pairs that Holm's method rejects in a family, by the smallest p-value first.
fn holm(p: &P, family: impl Fn(usize, usize) -> bool, alpha: f64) -> Vec<(usize, usize)> {
    let areas = p.len();
    let pairs = (0..areas * areas).map(|pair| (pair / areas, pair % areas));
    let mut pairs: Vec<(usize, usize)> = pairs.filter(|(a, b)| a != b && family(*a, *b)).collect();
    pairs.sort_by(|a, b| p[a.0][a.1].total_cmp(&p[b.0][b.1]));
    let tests = pairs.len();
    let rejected = (0..tests).take_while(|place| {
        let (a, b) = pairs[*place];
        let threshold = alpha / (tests - place) as f64;
        assert!((p[a][b] / threshold - 1.0).abs() > 1e-7, "rounding could decide: choose another level");
        p[a][b] <= threshold
    });
    let rejected = rejected.count();
    pairs[..rejected].to_vec()
}

/// For each area the best and the worst rank from an end, of all families at once or of its own.
pub(crate) fn sets(p: &P, family: rank::Family, alpha: f64, order: Order) -> Vec<(usize, usize)> {
    let all = holm(p, |_, _| true, alpha);
    let set = |area: usize| {
        let own = match family {
            rank::Family::Marginal => &holm(p, |a, b| a == area || b == area, alpha),
            _ => &all,
        };
        let higher = own.iter().filter(|(_, low)| *low == area).count();
        let lower = own.iter().filter(|(high, _)| *high == area).count();
        match order {
            Order::Highest => (1 + higher, p.len() - lower),
            Order::Lowest => (1 + lower, p.len() - higher),
        }
    };
    (0..p.len()).map(set).collect()
}

fn found(league: &LeagueTable, spec: rank::Spec) -> Vec<(usize, usize)> {
    league.rank_sets(spec).unwrap().iter().map(|set| (set.lower(), set.upper())).collect()
}

#[test]
fn sets_and_ranks() {
    for case in cases() {
        let tests = [Test::Exact, Test::MidP].map(|test| (test, binomial(&case.rates, test)));
        for order in [Order::Highest, Order::Lowest] {
            let league = case.table.compare(Compare::with(Average::POOLED).with_order(order));
            for (area, comparison) in (0..case.rates.len()).map(|area| (area, league.rates()[area])) {
                assert_eq!((comparison.count(), comparison.population().get()), case.rates[area]);
                let rank = league.ranking().rank(area).unwrap().whole().unwrap() as usize;
                assert_eq!(rank, 1 + ahead(&case.rates, area, order), "{} {area}", case.name);
            }
            for (test, p) in &tests {
                for family in [rank::Family::Marginal, rank::Family::Simultaneous] {
                    for level in [0.8, 0.95, 0.999] {
                        let confidence = Confidence::new(level).unwrap();
                        let expected = sets(p, family, confidence.alpha(), order);
                        let what = format!("{} {order} {test} {family} {level}", case.name);
                        assert_eq!(found(&league, (family, confidence, *test).into()), expected, "{what}");
                        let other = if order == Order::Highest { Order::Lowest } else { Order::Highest };
                        for (area, (best, worst)) in expected.into_iter().enumerate() {
                            let last = case.rates.len() - ahead(&case.rates, area, other);
                            assert!(best <= 1 + ahead(&case.rates, area, order) && last <= worst, "{what}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn sets_with_variation_within_areas() {
    let case = recorded("weapons", None);
    let rows: Vec<[u64; 4]> = quarters("weapons")
        .into_iter()
        .filter(|(area, _)| area != "City of London")
        .map(|(_, counts)| counts)
        .collect();
    let column = |quarter: usize| rows.iter().map(|row| row[quarter]).sum::<u64>() as f64;
    let all: f64 = (0..4).map(column).sum();
    let mut phi = 0.0;
    for row in &rows {
        for quarter in 0..4 {
            let expected = row.iter().sum::<u64>() as f64 * column(quarter) / all;
            phi += (row[quarter] as f64 - expected).powi(2) / expected / (41.0 * 3.0);
        }
    }
    let within = WithinDispersion::estimate(&rows).unwrap();
    assert!((within.phi() - phi).abs() < 1e-12, "{within} {phi}");
    let low = WithinDispersion::new(0.3).unwrap();
    for (case, within) in [(case, within), (knife(), within), (knife(), low)] {
        // The larger of the p-values counts.
        let (phi, freedom) = (within.phi().max(1.0), within.freedom().map(|freedom| freedom as f64));
        let wide = each_pair(&case.rates, |first, second| p_within(first, second, phi, freedom, Test::Exact));
        let larger = |(one, other): (Vec<f64>, Vec<f64>)| one.into_iter().zip(other).map(|(a, b)| a.max(b)).collect();
        let p: P = wide.into_iter().zip(binomial(&case.rates, Test::Exact)).map(larger).collect();
        for family in [rank::Family::Marginal, rank::Family::Simultaneous] {
            let league = case.table.compare(Average::POOLED);
            let spec = rank::Spec::from(family).with_dispersion(within);
            assert_eq!(found(&league, spec), sets(&p, family, 0.05, Order::Highest), "{} {spec}", case.name);
        }
    }
}
