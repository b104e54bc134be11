//! Ranks in replicate years by simulation, against those without it.

use crate::support::{
    near::assert_within,
    ranks::{over, ranks, reference},
};
use crimerate::{
    Order,
    rank::{CountModel, Replicate, Simulation},
};

fn simulation(replicates: u32, seed: u64) -> Simulation {
    Simulation::new(replicates, seed).unwrap()
}

/// Every probability within five standard errors (and a little, where an event is rare) of that without simulation.
#[track_caller]
fn assert_agrees(rates: &[(u64, u64)], order: Order, law: CountModel, replicates: u32) {
    let exact = ranks(rates, order, law);
    let found = ranks(rates, order, (law, simulation(replicates, 20_260)));
    let n = f64::from(replicates);
    for (a, b) in exact.iter().zip(found.iter()) {
        let pairs = a.probabilities().iter().zip(b.probabilities());
        let ends = [(a.p_highest(), b.p_highest()), (a.p_lowest(), b.p_lowest())];
        for (p, q) in pairs.map(|(p, q)| (*p, *q)).chain(ends) {
            let error = (p.clamp(0.0, 1.0) * (1.0 - p).max(0.0) / n).sqrt();
            assert_within(q, p, 5.0 * error + 8.0 / n, &format!("{law} {order} {}", a.area()));
        }
    }
}

#[test]
fn agrees_with_the_distribution() {
    let small: Vec<(u64, u64)> = reference().iter().take(14).map(|line| (line.1, line.2)).collect();
    for order in [Order::Highest, Order::Lowest] {
        for law in [CountModel::Poisson, CountModel::GammaPoisson, over(2.2)] {
            assert_agrees(&small, order, law, 200_000);
        }
    }
}

/// More possible rates than keys of 16 bits, and more areas than are counted.
#[test]
fn agrees_with_the_distribution_of_large_tables() {
    let wide: Vec<(u64, u64)> = (0..9).map(|i| (300_000 + 400 * i, 1_000_000 + i)).collect();
    assert_agrees(&wide, Order::Highest, CountModel::Poisson, 40_000);
    let many: Vec<(u64, u64)> = (0..230).map(|i| (i % 23 + 4, 1_000 + 250 * (i % 4))).collect();
    for order in [Order::Highest, Order::Lowest] {
        assert_agrees(&many, order, CountModel::Poisson, 20_000);
    }
}

#[test]
fn seeds_name_their_replicates() {
    let rates: Vec<(u64, u64)> = (1..30).map(|i| (i * 7 % 50 + 1, 1_000 + i)).collect();
    let of = |simulation| ranks(&rates, Order::Highest, (CountModel::GammaPoisson, simulation));
    let first = of(simulation(5_000, 1));
    assert_eq!(first, of(simulation(5_000, 1)));
    assert_ne!(first, of(simulation(5_000, 2)));
    let json = serde_json::to_string(&first.spec()).unwrap();
    assert_eq!(json, r#"{"law":"gamma-poisson","simulation":{"replicates":5000,"seed":1}}"#);
    let read: Replicate = serde_json::from_str(&json).unwrap();
    assert_eq!(ranks(&rates, Order::Highest, read), first);
    assert!(serde_json::from_str::<Replicate>(&json.replace("5000", "0")).is_err());
    assert!(Simulation::new(0, 1).is_err());
}

/// More replicates go on where fewer ended: a block has its stream whatever comes after.
#[test]
fn blocks_have_streams_of_their_own() {
    let rates = [(5, 100), (7, 90), (3, 120)];
    let times = |replicates: u32| {
        let found = ranks(&rates, Order::Highest, (CountModel::Poisson, simulation(replicates, 3)));
        let n = f64::from(replicates);
        found.iter().map(|area| (area.p_highest() * n).round()).collect::<Vec<f64>>()
    };
    let (one, two) = (times(1_024), times(2_048));
    let second: Vec<f64> = two.iter().zip(&one).map(|(two, one)| two - one).collect();
    assert!(second.iter().all(|times| (0.0..=1_024.0).contains(times)));
    assert_ne!(second, one, "the second block is another");
    assert!((0..3).all(|i| times(1_025)[i] - one[i] <= 1.0));
}

/// Pinned: a change of these figures is a change of what a seed means.
#[test]
fn a_seed_means_the_same_in_every_version() {
    let rates = [(30, 1_000), (20, 1_000), (50, 2_000)];
    let found = ranks(&rates, Order::Highest, (CountModel::Poisson, simulation(10_000, 42)));
    let times: Vec<f64> = found.area("area 0").unwrap().probabilities().iter().map(|p| (p * 1e4).round()).collect();
    assert_eq!(times, PINNED);
}

const PINNED: [f64; 3] = [7_623.0, 1_896.0, 481.0];

#[test]
fn the_error_is_reported() {
    let found = ranks(&[(3, 10), (4, 10)], Order::Highest, (CountModel::Poisson, simulation(10_000, 7)));
    assert_eq!(found.monte_carlo_error(), Some(0.005));
    assert!(found.truncation() > 1e-12 && found.truncation() < 1e-6);
    let told = found.notes();
    let told = told[3].text();
    let start = "Simulated: 10,000 replicates from seed 7 by xoshiro256++; standard error sqrt(p (1 - p) / 10,000), at most 0.00500;";
    assert!(told.starts_with(start), "{told}");
    let area = found.area("area 0").unwrap();
    let p = area.probability(1);
    assert_within(area.standard_error(1), (p * (1.0 - p) / 1e4).sqrt(), 1e-15, "standard error");
}
