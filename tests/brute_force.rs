//! Sets, claims and ranks in replicate years of real figures, beside a computation written from their definitions: binomial
//! tails added up term by term, Holm's method over all ordered pairs, ranks and claims by counting, the distribution of a rank
//! by going through every count of an area, and a simulation of a few lines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Claim, Compare, Confidence, LeagueTable, Order, Per, RankDistribution, RankFamily, RankSpec, ReplicateLaw,
    Row, Table, Test, Verdict, WithinDispersion,
};
use std::collections::BTreeMap;

/// A table and its known figures: count and population of each area that is compared, in its order.
struct Case {
    name: String,
    table: Table,
    rates: Vec<(u64, u64)>,
    /// How many areas have no count, so that theirs might be any rate.
    missing: usize,
}

fn records(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// Knife offences in 37 forces, Greater Manchester's not known.
fn knife() -> Case {
    let rows = records(include_str!("../examples/data/knife_2020.csv"));
    let rates = rows.iter().filter(|row| &row[0] != "City of London").filter_map(|row| {
        let count = row[3].parse().ok()?;
        Some((count, row[4].parse().unwrap()))
    });
    let rates: Vec<(u64, u64)> = rates.collect();
    let table = Table::from_rows(rows.iter().map(|row| Row::parse(&row[0], &row[3], &row[4]))).unwrap();
    let table = table.exclude("City of London", "8,700 residents").unwrap();
    assert_eq!(rates.len(), 37);
    Case { name: "knife".into(), table, rates, missing: 1 }
}

/// The quarters of an offence in 2017/18, an area a line.
fn quarters(offence: &str) -> Vec<(String, [u64; 4])> {
    let rows = records(include_str!("data/quarters_2017_18.csv"));
    let rows = rows.iter().filter(|row| &row[1] == offence);
    rows.map(|row| (row[0].into(), [2, 3, 4, 5].map(|column| row[column].parse().unwrap()))).collect()
}

/// An offence of 2017/18 in 43 forces: one of its quarters, or the year.
fn recorded(offence: &str, quarter: Option<usize>) -> Case {
    let people = records(include_str!("../examples/data/recorded_crime_2017_18.csv"));
    let people: BTreeMap<&str, &str> = people.iter().map(|row| (&row[0], &row[3])).collect();
    let rates: Vec<(String, u64, u64)> = quarters(offence)
        .into_iter()
        .map(|(area, counts)| {
            let count = quarter.map_or_else(|| counts.iter().sum(), |quarter| counts[quarter]);
            let people = people[area.as_str()].parse().unwrap();
            (area, count, people)
        })
        .collect();
    let table = Table::from_rows(rates.iter().map(|(area, count, people)| (area.as_str(), *count, *people))).unwrap();
    let rates: Vec<(u64, u64)> = rates.iter().map(|rate| (rate.1, rate.2)).collect();
    assert_eq!(rates.len(), 43);
    Case { name: format!("{offence} {quarter:?}"), table, rates, missing: 0 }
}

fn cases() -> [Case; 4] {
    [knife(), recorded("weapons", Some(0)), recorded("weapons", None), recorded("robbery", Some(3))]
}

/// Whether the first rate is above the second: a/b > c/d where a d > c b.
fn above(first: (u64, u64), second: (u64, u64)) -> bool {
    u128::from(first.0) * u128::from(second.1) > u128::from(second.0) * u128::from(first.1)
}

/// How many of the rates are strictly nearer to the end that is first.
fn ahead(rates: &[(u64, u64)], area: usize, order: Order) -> usize {
    let nearer = |other: &&(u64, u64)| match order {
        Order::Highest => above(**other, rates[area]),
        Order::Lowest => above(rates[area], **other),
    };
    rates.iter().filter(nearer).count()
}

/// The one-sided p-value of each ordered pair: that the first area is above the second by chance only.
type P = Vec<Vec<f64>>;

fn each_pair(rates: &[(u64, u64)], p: impl Fn((u64, u64), (u64, u64)) -> f64) -> P {
    rates.iter().map(|first| rates.iter().map(|second| p(*first, *second)).collect()).collect()
}

/// `P(X >= x)`, or the same less half of `P(X = x)`, of a binomial X among x + y with odds `n1` to `n2`.
fn binomial(rates: &[(u64, u64)], test: Test) -> P {
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

/// `P(Z >= z)` of the difference of square roots, each with the variance `phi / (4 n)`.
fn roots(rates: &[(u64, u64)], phi: f64) -> P {
    each_pair(rates, |(x, n1), (y, n2)| {
        let [x, n1, y, n2] = [x, n1, y, n2].map(|number| number as f64);
        let z = ((x / n1).sqrt() - (y / n2).sqrt()) / (phi / (4.0 * n1) + phi / (4.0 * n2)).sqrt();
        statrs::function::erf::erfc(z / 2.0_f64.sqrt()) / 2.0
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
fn sets(p: &P, family: RankFamily, alpha: f64, order: Order) -> Vec<(usize, usize)> {
    let all = holm(p, |_, _| true, alpha);
    let set = |area: usize| {
        let own = match family {
            RankFamily::Marginal => &holm(p, |a, b| a == area || b == area, alpha),
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

fn found(league: &LeagueTable, spec: RankSpec) -> Vec<(usize, usize)> {
    league.rank_sets(spec).unwrap().sets().map(|set| (set.lower(), set.upper())).collect()
}

#[test]
fn sets_and_ranks() {
    for case in cases() {
        let tests = [Test::Exact, Test::MidP].map(|test| (test, binomial(&case.rates, test)));
        for order in [Order::Highest, Order::Lowest] {
            let league = case.table.compare(Compare::with(Average::POOLED).order(order));
            for (area, comparison) in (0..case.rates.len()).map(|area| (area, league.rates()[area])) {
                assert_eq!((comparison.count(), comparison.population().get()), case.rates[area]);
                let rank = league.ranking().rank(area).unwrap().whole().unwrap() as usize;
                assert_eq!(rank, 1 + ahead(&case.rates, area, order), "{} {area}", case.name);
            }
            for (test, p) in &tests {
                for family in [RankFamily::Marginal, RankFamily::Simultaneous] {
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
        // The larger of the two p-values counts.
        let (by_root, by_chance) = (roots(&case.rates, within.phi().max(1.0)), binomial(&case.rates, Test::Exact));
        let larger = |(one, other): (Vec<f64>, Vec<f64>)| one.into_iter().zip(other).map(|(a, b)| a.max(b)).collect();
        let p: P = by_root.into_iter().zip(by_chance).map(larger).collect();
        for family in [RankFamily::Marginal, RankFamily::Simultaneous] {
            let league = case.table.compare(Average::POOLED);
            let spec = RankSpec::from(family).with_dispersion(within);
            assert_eq!(found(&league, spec), sets(&p, family, 0.05, Order::Highest), "{} {spec}", case.name);
        }
    }
}

/// "The highest", "one of the k highest" and their mirrors for every area, by counting who is ahead and who may be.
#[test]
fn claims_of_ranks() {
    let mut seen = BTreeMap::new();
    for case in cases() {
        let p = binomial(&case.rates, Test::Exact);
        let claims = case.table.compare(Average::MEAN).claims(Per::THOUSAND);
        let names: Vec<String> =
            claims.league().areas().filter_map(|(area, it)| it.is_ok().then(|| area.name().into())).collect();
        for order in [Order::Highest, Order::Lowest] {
            let sets = sets(&p, RankFamily::Simultaneous, 0.05, order);
            for (area, name) in names.iter().enumerate() {
                for k in [1, 2, 3, 5, 10, 20] {
                    let claim = match order {
                        Order::Highest => Claim::among_highest(name, k),
                        Order::Lowest => Claim::among_lowest(name, k),
                    };
                    let verdict = |unknown: usize| {
                        let ahead = ahead(&case.rates, area, order);
                        if ahead >= k as usize {
                            Verdict::Contradicted
                        } else if ahead + unknown >= k as usize {
                            Verdict::NotCheckable
                        } else if sets[area].1 + unknown <= k as usize {
                            Verdict::Supported
                        } else {
                            Verdict::NotCertain
                        }
                    };
                    let checked = claims.check(&claim.unwrap()).unwrap();
                    let expected = (verdict(case.missing), verdict(0));
                    assert_eq!((checked.verdict(), checked.of_compared()), expected, "{} {checked}", case.name);
                    assert_eq!(checked.rank_set(), Some(sets[area]), "{} {checked}", case.name);
                    *seen.entry(checked.verdict().name()).or_insert(0) += 1;
                }
            }
        }
    }
    assert_eq!(seen.len(), 4, "every verdict: {seen:?}");
}

/// The probabilities of 0, 1, 2, ...: each follows from the one before, in logarithms.
fn chances(law: ReplicateLaw, count: u64) -> Vec<f64> {
    let x = count as f64;
    // Poisson p(k) = p(k - 1) x / k; negative binomial p(k) = p(k - 1) (r + k - 1) q / k.
    let (first, variance, negative) = match law {
        ReplicateLaw::GammaPoisson => (-(x + 0.5) * 2.0_f64.ln(), 2.0 * x + 1.0, Some((x + 0.5, 0.5))),
        ReplicateLaw::Overdispersed(within) if within.phi() > 1.0 => {
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
fn distribution(rates: &[(u64, u64)], law: ReplicateLaw, order: Order) -> Vec<(Vec<f64>, f64)> {
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

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: found {found}, expected {expected} within {tolerance}");
}

fn laws() -> [ReplicateLaw; 3] {
    let within = WithinDispersion::estimate(quarters("weapons").into_iter().map(|(_, counts)| counts)).unwrap();
    [ReplicateLaw::Poisson, ReplicateLaw::GammaPoisson, ReplicateLaw::Overdispersed(within)]
}

fn replicate(case: &Case, order: Order, law: ReplicateLaw) -> RankDistribution {
    case.table.compare(Compare::with(Average::POOLED).order(order)).replicate_ranks(law).unwrap()
}

/// Ranks of both ends by Poisson counts, and of one by the other laws.
#[test]
fn ranks_in_replicate_years() {
    for case in [knife(), recorded("weapons", Some(0))] {
        for (order, law) in laws().map(|law| (Order::Highest, law)).into_iter().chain([(Order::Lowest, laws()[0])]) {
            let expected = distribution(&case.rates, law, order);
            let found = replicate(&case, order, law);
            for (area, (ranks, last)) in found.areas().zip(&expected) {
                let what = format!("{} {law} {order} {}", case.name, area.area());
                let (mut sum, mut mean) = (0.0, 0.0);
                for (k, p) in (1..).zip(ranks) {
                    assert_near(area.probability(k), *p, 1e-9, &what);
                    sum += p;
                    mean += k as f64 * p;
                    assert_near(area.top(k), sum, 1e-9, &what);
                }
                assert_near(area.expected(), mean, 1e-7, &what);
                let (first, behind) = match order {
                    Order::Highest => (area.p_highest(), area.p_lowest()),
                    Order::Lowest => (area.p_lowest(), area.p_highest()),
                };
                assert_near(first, ranks[0], 1e-9, &what);
                assert_near(behind, *last, 1e-9, &what);
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
            assert_near(f64::from(times) / n, found, 5.0 * (found * (1.0 - found).max(0.0) / n).sqrt() + 4.0 / n, what);
        };
        for (area, (times, lowest)) in found.areas().zip(times.iter().zip(lowest)) {
            let what = format!("{law} {}", area.area());
            (1..).zip(times).for_each(|(k, times)| near(area.probability(k), *times, &what));
            near(area.p_lowest(), lowest, &what);
        }
    }
}

/// The simulation, beside the sum over every count of an area.
#[cfg(feature = "simulation")]
#[test]
fn simulated_ranks() {
    const YEARS: u32 = 40_000;
    let simulation = crimerate::Simulation::new(YEARS, 2_020).unwrap();
    let case = knife();
    for law in laws() {
        let expected = distribution(&case.rates, law, Order::Highest);
        let found = case.table.compare(Average::POOLED).replicate_ranks((law, simulation)).unwrap();
        for (area, (ranks, last)) in found.areas().zip(&expected) {
            let n = f64::from(YEARS);
            let pairs = area.probabilities().iter().copied().zip(ranks.iter().copied());
            for (found, p) in pairs.chain([(area.p_highest(), ranks[0]), (area.p_lowest(), *last)]) {
                let error = (p.min(1.0) * (1.0 - p).max(0.0) / n).sqrt();
                assert_near(found, p, 5.0 * error + 6.0 / n, &format!("{law} {}", area.area()));
            }
        }
    }
}
