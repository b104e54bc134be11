//! Ranks in replicate years of real figures, against their definition: every count of an area gone through, and a simulation
//! of a few lines.

use crate::support::{
    case::{Case, ahead, knife, recorded},
    near::assert_within,
    recorded::quarters,
};
use crimerate::{
    Average, Compare, Confidence, Order,
    interval::WithinDispersion,
    rank::{self, CountModel},
};

/// The probabilities of 0, 1, 2, ...: each follows from the one before, in logarithms.
fn chances(law: CountModel, count: u64) -> Vec<f64> {
    let x = count as f64;
    // Poisson p(k) = p(k - 1) x / k; negative binomial p(k) = p(k - 1) (r + k - 1) q / k.
    let (first, variance, negative) = match law {
        CountModel::GammaPoisson => (-(x + 0.5) * 2.0_f64.ln(), 2.0 * x + 1.0, Some((x + 0.5, 0.5))),
        CountModel::Overdispersed(within) if within.phi() > 1.0 => {
            let phi = within.phi();
            (-x / (phi - 1.0) * phi.ln(), phi * x, Some((x / (phi - 1.0), 1.0 - 1.0 / phi)))
        }
        _ => (-x, x, None),
    };
    let mut logs = vec![first];
    let last = (x + 12.0 * f64::sqrt(variance) + 50.0) as usize;
    for k in (1..=last).map(|k| k as f64) {
        let step = negative.map_or(x, |(r, q)| (r + k - 1.0) * q) / k;
        logs.push(logs[logs.len() - 1] + step.ln());
    }
    let p: Vec<f64> = logs.into_iter().map(f64::exp).collect();
    let total: f64 = p.iter().sum();
    assert!((total - 1.0).abs() < 1e-8, "{total}");
    p.into_iter().map(|p| p / total).collect()
}

/// For each area the probability of each rank from an end, and to have no other behind it.
fn distribution(rates: &[(u64, u64)], law: CountModel, order: Order) -> Vec<(Vec<f64>, f64)> {
    let laws: Vec<Vec<f64>> = rates.iter().map(|rate| chances(law, rate.0)).collect();
    // P(X >= k) of each area.
    let reach: Vec<Vec<f64>> = laws
        .iter()
        .map(|law| {
            let mut reach: Vec<f64> = law
                .iter()
                .rev()
                .scan(0.0, |sum, p| {
                    *sum += p;
                    Some(sum.min(1.0))
                })
                .collect();
            reach.reverse();
            reach
        })
        .collect();
    let at_least = |area: usize, count: u64| reach[area].get(count as usize).copied().unwrap_or(0.0);
    let of = |area: usize| {
        let (mut ranks, mut last) = (vec![0.0; rates.len()], 0.0);
        for (x, p) in laws[area].iter().enumerate().filter(|(_, p)| **p > 1e-18) {
            // How many others are ahead, one more at a time; and that none is behind.
            let (mut ahead, mut behind) = (vec![1.0], 1.0);
            for other in (0..rates.len()).filter(|other| *other != area) {
                let product = x as u128 * u128::from(rates[other].1);
                let people = u128::from(rates[area].1);
                let more = at_least(other, (product / people) as u64 + 1);
                let no_less = at_least(other, product.div_ceil(people) as u64);
                let (nearer, no_further) = match order {
                    Order::Highest => (more, no_less),
                    Order::Lowest => (1.0 - no_less, 1.0 - more),
                };
                behind *= no_further;
                let mut next = vec![0.0; ahead.len() + 1];
                for (number, p) in ahead.iter().enumerate() {
                    next[number] += p * (1.0 - nearer);
                    next[number + 1] += p * nearer;
                }
                ahead = next;
            }
            ranks.iter_mut().zip(&ahead).for_each(|(rank, ahead)| *rank += p * ahead);
            last += p * behind;
        }
        (ranks, last)
    };
    (0..rates.len()).map(of).collect()
}

fn laws() -> [CountModel; 3] {
    let within = WithinDispersion::estimate(quarters("weapons").into_iter().map(|(_, counts)| counts)).unwrap();
    [CountModel::Poisson, CountModel::GammaPoisson, CountModel::Overdispersed(within)]
}

fn replicate(case: &Case, order: Order, law: CountModel) -> rank::Distribution {
    case.table.compare(Compare::with(Average::POOLED).with_order(order)).replicate_ranks(law).unwrap()
}

/// Ranks of both ends by Poisson counts, and of one by the other laws.
#[test]
fn ranks_in_replicate_years() {
    for case in [knife(), recorded("weapons", Some(0))] {
        for (order, law) in laws().map(|law| (Order::Highest, law)).into_iter().chain([(Order::Lowest, laws()[0])]) {
            let expected = distribution(&case.rates, law, order);
            let found = replicate(&case, order, law);
            for (area, (ranks, last)) in found.iter().zip(&expected) {
                let what = format!("{} {law} {order} {}", case.name, area.area());
                let (mut sum, mut mean) = (0.0, 0.0);
                for (k, p) in (1..).zip(ranks) {
                    assert_within(area.probability(k), *p, 1e-9, &what);
                    sum += p;
                    mean += k as f64 * p;
                    assert_within(area.top(k), sum, 1e-9, &what);
                }
                assert_within(area.expected(), mean, 1e-7, &what);
                let (first, behind) = match order {
                    Order::Highest => (area.p_highest(), area.p_lowest()),
                    Order::Lowest => (area.p_lowest(), area.p_highest()),
                };
                assert_within(first, ranks[0], 1e-9, &what);
                assert_within(behind, *last, 1e-9, &what);
                for level in [0.8, 0.95, 0.99] {
                    let confidence = Confidence::new(level).unwrap();
                    let tail = confidence.alpha() / 2.0;
                    let until = |k: usize| ranks[..k].iter().sum::<f64>();
                    let least = |share: f64| (1..=ranks.len()).find(|k| until(*k) >= share).unwrap();
                    assert!((1..ranks.len()).all(|k| (until(k) - tail).abs() > 1e-8), "rounding could decide: {what}");
                    assert_eq!(area.interval(confidence), least(tail)..=least(1.0 - tail), "{what} {level}");
                }
            }
        }
    }
}

/// Years drawn from the definition and ranked by counting.
#[test]
fn ranks_of_years_that_are_drawn() {
    const YEARS: u32 = 4_000;
    let mut state = 20_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 32) as f64 + 0.5) / 4_294_967_296.0
    };
    let case = recorded("weapons", Some(1));
    for law in laws() {
        let found = replicate(&case, Order::Highest, law);
        let sums: Vec<Vec<f64>> = case
            .rates
            .iter()
            .map(|rate| {
                chances(law, rate.0)
                    .into_iter()
                    .scan(0.0, |sum, p| {
                        *sum += p;
                        Some(*sum)
                    })
                    .collect()
            })
            .collect();
        let mut times = vec![vec![0_u32; case.rates.len()]; case.rates.len()];
        let mut lowest = vec![0_u32; case.rates.len()];
        for _ in 0..YEARS {
            let year: Vec<(u64, u64)> = sums
                .iter()
                .zip(&case.rates)
                .map(|(sums, rate)| {
                    let u = uniform();
                    (sums.partition_point(|sum| *sum < u) as u64, rate.1)
                })
                .collect();
            for area in 0..year.len() {
                times[area][ahead(&year, area, Order::Highest)] += 1;
                lowest[area] += u32::from(ahead(&year, area, Order::Lowest) == 0);
            }
        }
        let n = f64::from(YEARS);
        let near = |found: f64, times: u32, what: &str| {
            assert_within(
                f64::from(times) / n,
                found,
                5.0 * (found * (1.0 - found).max(0.0) / n).sqrt() + 4.0 / n,
                what,
            );
        };
        for (area, (times, lowest)) in found.iter().zip(times.iter().zip(lowest)) {
            let what = format!("{law} {}", area.area());
            (1..).zip(times).for_each(|(k, times)| near(area.probability(k), *times, &what));
            near(area.p_lowest(), lowest, &what);
        }
    }
}

/// The simulation, against the sum over every count of an area.
#[cfg(feature = "simulation")]
#[test]
fn simulated_ranks() {
    const YEARS: u32 = 40_000;
    let simulation = crimerate::rank::Simulation::new(YEARS, 2_020).unwrap();
    let case = knife();
    for law in laws() {
        let expected = distribution(&case.rates, law, Order::Highest);
        let found = case.table.compare(Average::POOLED).replicate_ranks((law, simulation)).unwrap();
        for (area, (ranks, last)) in found.iter().zip(&expected) {
            let n = f64::from(YEARS);
            let pairs = area.probabilities().iter().copied().zip(ranks.iter().copied());
            for (found, p) in pairs.chain([(area.p_highest(), ranks[0]), (area.p_lowest(), *last)]) {
                let error = (p.min(1.0) * (1.0 - p).max(0.0) / n).sqrt();
                assert_within(found, p, 5.0 * error + 6.0 / n, &format!("{law} {}", area.area()));
            }
        }
    }
}
