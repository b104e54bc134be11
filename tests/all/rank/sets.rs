//! Rank sets against the definition: every ordered pair, every p-value, Holm's method by sorting all.

use crate::support::ranks::{league, p_within};
use crimerate::{
    Average, Compare, Confidence, Observation, Order, Per, Rate, Reason, Row, Table, Ties, Undefined,
    interval::{Test, WithinDispersion},
    rank,
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::TestCaseError};
use std::collections::{BTreeMap, BTreeSet};

fn ends<'a>(sets: impl Iterator<Item = rank::Set<'a>>) -> Vec<(usize, usize)> {
    sets.map(|set| (set.lower(), set.upper())).collect()
}

/// `tests/data/rank_sets.py` at 40 digits.
#[test]
fn sets_meet_the_reference() {
    let mut reader = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/rank_sets.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(Into::into).collect();
    let mut tables: BTreeMap<(String, String), Vec<BTreeMap<String, u64>>> = BTreeMap::new();
    for record in reader.records().map(Result::unwrap) {
        let numbers = header.iter().zip(&record).skip(2).map(|(name, cell)| (name.clone(), cell.parse().unwrap()));
        tables.entry((record[0].into(), record[1].into())).or_default().push(numbers.collect());
    }
    assert_eq!(tables.len(), 27);
    for ((table, level), rows) in tables {
        let rates: Vec<(u64, u64)> = rows.iter().map(|row| (row["count"], row["population"])).collect();
        let confidence: Confidence = level.parse().unwrap();
        for (family, test) in [
            (rank::Family::Marginal, Test::Exact),
            (rank::Family::Marginal, Test::MidP),
            (rank::Family::Simultaneous, Test::Exact),
            (rank::Family::Simultaneous, Test::MidP),
        ] {
            let spec = rank::Spec::from((family, confidence, test));
            let found = ends(league(&rates, Average::POOLED).rank_sets(spec).unwrap().iter());
            let name = format!("{family}_{}", test.name().replace('-', "_"));
            let end = |row: &BTreeMap<String, u64>, end| row[&format!("{name}_{end}")] as usize;
            let expected: Vec<_> = rows.iter().map(|row| (end(row, "lower"), end(row, "upper"))).collect();
            assert_eq!(found, expected, "{table} {level} {name}");
        }
    }
}

/// P(X >= x) and P(X > x) among x + y events, from logarithms of factorials that are added up.
fn tails(x: u64, y: u64, n1: u64, n2: u64) -> (f64, f64) {
    let ln_factorial = |n: u64| (1..=n).map(|k| (k as f64).ln()).sum::<f64>();
    let (n, q) = (x + y, n1 as f64 / (n1 as f64 + n2 as f64));
    let ways = |k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    let point = |k: u64| (ways(k) + k as f64 * q.ln() + (n - k) as f64 * (-q).ln_1p()).exp();
    let more = (x + 1..=n).map(point).sum::<f64>();
    (more + point(x), more)
}

/// The areas in `(higher, lower)` pairs that Holm's method rejects, or nothing where rounding could decide.
fn holm(tests: &BTreeMap<(usize, usize), f64>, alpha: f64) -> Option<BTreeSet<(usize, usize)>> {
    let mut sorted: Vec<_> = tests.iter().map(|(pair, p)| (*p, *pair)).collect();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let mut rejected = BTreeSet::new();
    for (left, (p, pair)) in (1..=sorted.len()).rev().zip(sorted) {
        let threshold = alpha / left as f64;
        if (p / threshold - 1.0).abs() < 1e-8 {
            return None;
        }
        if p > threshold {
            break;
        }
        rejected.insert(pair);
    }
    Some(rejected)
}

fn by_definition(
    rates: &[(u64, u64)],
    family: rank::Family,
    p: &BTreeMap<(usize, usize), f64>,
    alpha: f64,
) -> Option<Vec<(usize, usize)>> {
    let all = holm(p, alpha)?;
    (0..rates.len())
        .map(|area| {
            let rejected = match family {
                rank::Family::Marginal => {
                    let own = p.iter().filter(|((a, b), _)| *a == area || *b == area);
                    holm(&own.map(|(pair, p)| (*pair, *p)).collect(), alpha)?
                }
                _ => all.clone(),
            };
            let higher = rejected.iter().filter(|(_, low)| *low == area).count();
            let lower = rejected.iter().filter(|(high, _)| *high == area).count();
            Some((1 + higher, rates.len() - lower))
        })
        .collect()
}

fn pairs(rates: &[(u64, u64)], p: impl Fn((u64, u64), (u64, u64)) -> f64) -> BTreeMap<(usize, usize), f64> {
    let areas = 0..rates.len();
    let ordered = areas.clone().flat_map(|j| areas.clone().filter(move |k| *k != j).map(move |k| (j, k)));
    ordered.map(|(j, k)| ((j, k), p(rates[j], rates[k]))).collect()
}

fn rates(most: usize) -> impl Strategy<Value = Vec<(u64, u64)>> {
    let area = prop_oneof![
        3 => (0..4_u64, 1..60_u64),
        2 => (0..60_u64, 1..4_000_u64),
        2 => (20..90_u64, 10..2_000_u64),
        1 => (Just(0_u64), 1..1_000_000_u64),
        1 => (select(vec![2_u64, 4, 20]), select(vec![100_u64, 200, 1_000])),
    ];
    vec(area, 1..most)
}

fn level() -> impl Strategy<Value = Confidence> {
    select(vec![0.6, 0.8, 0.95, 0.99, 0.998, 0.999_999]).prop_map(|level| Confidence::new(level).unwrap())
}

fn within_as_defined(
    rates: &[(u64, u64)],
    level: Confidence,
    family: rank::Family,
    test: Test,
    phi: f64,
) -> Result<(), TestCaseError> {
    // Less than 1 is taken for 1.
    let within = WithinDispersion::new(phi).unwrap();
    let phi = phi.max(1.0);
    let p = pairs(rates, |(x, n1), (y, n2)| {
        let (at_least, more) = tails(x, y, n1, n2);
        let by_chance = if test == Test::Exact { at_least } else { (at_least + more) / 2.0 };
        by_chance.max(p_within((x, n1), (y, n2), phi, None, test))
    });
    let spec = rank::Spec::from((family, level, test));
    let within = ends(league(rates, Average::POOLED).rank_sets(spec.with_dispersion(within)).unwrap().iter());
    let by_chance = ends(league(rates, Average::POOLED).rank_sets(spec).unwrap().iter());
    let holds = within.iter().zip(&by_chance).all(|(wide, narrow)| wide.0 <= narrow.0 && wide.1 >= narrow.1);
    prop_assert!(holds, "more variation never makes a set shorter: {:?} {:?}", within, by_chance);
    // Where the normal tail itself is at a threshold, the reference is not good enough to say.
    if let Some(expected) = by_definition(rates, family, &p, level.alpha()) {
        prop_assert_eq!(within, expected);
    }
    Ok(())
}

/// A case that failed once.
#[test]
fn sets_with_less_variation_than_chance_are_those_of_the_definition() {
    for test in Test::ALL {
        let rates = [(69, 1_696), (0, 5), (2, 3)];
        within_as_defined(&rates, Confidence::new(0.6).unwrap(), rank::Family::Marginal, *test, 0.5).unwrap();
    }
}

proptest! {
    #[test]
    fn sets_are_those_of_the_definition(
        rates in rates(14), level in level(), family in select(rank::Family::ALL), test in select(Test::ALL), order in select(Order::ALL),
    ) {
        let p = pairs(&rates, |(x, n1), (y, n2)| {
            let (at_least, more) = tails(x, y, n1, n2);
            if test == Test::Exact { at_least } else { (at_least + more) / 2.0 }
        });
        if let Some(mut expected) = by_definition(&rates, family, &p, level.alpha()) {
            if order == Order::Lowest {
                expected = expected.iter().map(|(low, high)| (rates.len() + 1 - high, rates.len() + 1 - low)).collect();
            }
            let sets = league(&rates, Compare::with(Average::POOLED).with_order(order)).rank_sets((family, level, test)).unwrap();
            prop_assert_eq!(ends(sets.iter()), expected);
        }
    }

    #[test]
    fn sets_with_variation_within_areas_are_those_of_the_definition(
        rates in rates(14), level in level(), family in select(rank::Family::ALL), test in select(Test::ALL),
        phi in 0.5..30.0_f64,
    ) {
        within_as_defined(&rates, level, family, test, phi)?;
    }

    #[test]
    fn sets_hold_the_ranks_and_grow_as_they_should(rates in rates(30), test in select(Test::ALL), ties in select(Ties::ALL), order in select(Order::ALL)) {
        prop_assume!(ties != Ties::Dense);
        let league = league(&rates, Compare::with(Average::POOLED).with_ties(ties).with_order(order));
        let with = |family, level: f64| league.rank_sets((family, Confidence::new(level).unwrap(), test)).unwrap();
        let [all, all_99, one] = [(rank::Family::Simultaneous, 0.95), (rank::Family::Simultaneous, 0.99), (rank::Family::Marginal, 0.95)]
            .map(|(family, level)| with(family, level));
        for ((all, wider), one) in all.iter().zip(all_99.iter()).zip(one.iter()) {
            let area: usize = all.area().name()[1..].parse().unwrap();
            let here = Rate::new(rates[area].0, rates[area].1).unwrap();
            let count = |wanted| {
                let before = |(x, n): &&(u64, u64)| order_of(Rate::new(*x, *n).unwrap(), here, order) == wanted;
                rates.iter().filter(before).count()
            };
            let (before, behind) = (count(std::cmp::Ordering::Less), count(std::cmp::Ordering::Greater));
            prop_assert!(1 <= all.lower() && all.lower() <= 1 + before && rates.len() - behind <= all.upper());
            prop_assert!(all.upper() <= rates.len() && all.contains(all.lower()) && !all.contains(all.upper() + 1));
            prop_assert!((all.lower() as f64) <= all.rank().value() && all.rank().value() <= all.upper() as f64);
            // More tests, or a higher level, never make a set smaller.
            prop_assert!(all.lower() <= one.lower() && one.upper() <= all.upper(), "{all} {one}");
            prop_assert!(wider.lower() <= all.lower() && all.upper() <= wider.upper());
        }
        for tau in 0..=rates.len() {
            let best = all.iter().filter(|set| set.lower() <= tau).count();
            prop_assert_eq!(all.among_first(tau).count(), best);
            prop_assert!(best >= tau && all.among_last(tau).count() >= tau);
        }
    }

    #[test]
    fn pairs_agree_with_the_sets(rates in rates(16), family in select(rank::Family::ALL), test in select(Test::ALL), phi in proptest::option::of(1.0..9.0_f64)) {
        let spec = rank::Spec::from((family, test));
        let spec = phi.map_or(spec, |phi| spec.with_dispersion(WithinDispersion::new(phi).unwrap()));
        let sets = league(&rates, Average::POOLED).rank_sets(spec).unwrap();
        for set in sets.iter() {
            let name = set.area().name();
            let against: Vec<_> = sets.against(name).unwrap().collect();
            prop_assert_eq!(against.len(), rates.len() - 1);
            prop_assert_eq!(1 + against.iter().filter(|pair| pair.lower()).count(), set.lower());
            prop_assert_eq!(rates.len() - against.iter().filter(|pair| pair.higher()).count(), set.upper());
            for pair in against {
                prop_assert_eq!(sets.pair(name, pair.second().name()).unwrap(), pair);
                prop_assert_eq!(pair.significant(), pair.p_higher().min(pair.p_lower()) <= pair.threshold() * (1.0 + 1e-12));
                if phi.is_none() {
                    prop_assert_eq!(pair.p_higher(), pair.ratio().significance(test).upper());
                }
            }
        }
    }
}

/// Whether one rate comes before another.
fn order_of(a: Rate, b: Rate, order: Order) -> std::cmp::Ordering {
    match order {
        Order::Highest => b.cmp_value(&a),
        Order::Lowest => a.cmp_value(&b),
    }
}

/// The largest tables that are worth it, by the same definition with the p-values of the ratio.
#[test]
fn many_areas_of_many_sizes_meet_the_definition() {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for (areas, size) in [(120, 30), (120, 2_000), (90, 4_000_000_000)] {
        let rates: Vec<(u64, u64)> = (0..areas).map(|_| (next() % size, size + next() % (40 * size))).collect();
        for test in [Test::Exact, Test::MidP] {
            let ratio =
                |a: (u64, u64), b: (u64, u64)| Rate::new(a.0, a.1).unwrap().ratio_to(Rate::new(b.0, b.1).unwrap());
            let p = pairs(&rates, |a, b| ratio(a, b).significance(test).upper());
            for family in [rank::Family::Marginal, rank::Family::Simultaneous] {
                let expected = by_definition(&rates, family, &p, 0.05).unwrap();
                let sets = league(&rates, Average::POOLED).rank_sets((family, test)).unwrap();
                assert_eq!(ends(sets.iter()), expected, "{areas} {size} {test} {family}");
            }
        }
    }
}

#[test]
fn edges_are_defined() {
    for family in [rank::Family::Marginal, rank::Family::Simultaneous] {
        let one = league(&[(0, 7)], Average::POOLED);
        let sets = one.rank_sets(family).unwrap();
        assert_eq!(sets.area("A0").unwrap().only(), Some(1));
        assert_eq!(sets.against("A0").unwrap().count(), 0);
        let equal =
            league(&[(10, 1_000), (1_000, 100_000), (0, 5), (1, 100)], Average::POOLED).rank_sets(family).unwrap();
        assert_eq!(ends(equal.iter()), [(1, 4); 4]);
        let zeros = league(&[(0, 10_000), (0, 20_000), (0, 1)], Average::POOLED).rank_sets(family).unwrap();
        assert_eq!(ends(zeros.iter()), [(1, 3); 3]);
        let apart = league(&[(900, 1_000), (100, 1_000), (0, 1_000)], Average::POOLED).rank_sets(family).unwrap();
        assert_eq!(ends(apart.iter()), [(1, 1), (2, 2), (3, 3)]);
        let huge =
            league(&[(u64::MAX, u64::MAX), (u64::MAX / 2, u64::MAX), (0, u64::MAX), (u64::MAX, 1)], Average::POOLED);
        assert_eq!(ends(huge.rank_sets(family).unwrap().iter()), [(2, 2), (3, 3), (4, 4), (1, 1)]);
        for level in [f64::MIN_POSITIVE, 1e-9, 0.3, 1.0 - f64::EPSILON / 2.0] {
            let level = Confidence::new(level).unwrap();
            for test in [Test::Exact, Test::MidP] {
                let few = league(&[(1, 1_000), (0, 1), (3, 10)], Average::POOLED);
                assert!(few.rank_sets((family, level, test)).unwrap().iter().all(|set| set.lower() <= set.upper()));
            }
        }
    }
    let dense = league(&[(1, 10), (2, 10)], Compare::with(Average::POOLED).with_ties(Ties::Dense));
    assert_eq!(dense.rank_sets(rank::Family::Marginal).unwrap_err(), Undefined::DenseRanks);
}

#[test]
fn missing_areas_take_no_part() {
    let rows = [
        Row::new("A", 900, 1_000),
        Row::new("B", Observation::Missing(Reason::NotAvailable), 1_000),
        Row::new("C", 100, 1_000),
        Row::new("D", 500, 1_000),
    ];
    let table = Table::from_rows(rows).unwrap().exclude("D", "tried").unwrap();
    let sets = table.compare(Average::POOLED).rank_sets(rank::Family::Simultaneous).unwrap();
    assert_eq!(sets.area("C").unwrap().to_string(), "C: rank 2, set 2 of 2");
    assert_eq!(sets.area("B").unwrap_err().to_string(), "B: the area takes no part: count not available");
    assert!(sets.pair("A", "D").is_err() && sets.area("E").is_err());
}

/// What a report prints and what it writes say where phi_w is from.
#[test]
fn dispersion_is_told_with_its_origin() {
    let rates = [(60, 50_000), (30, 50_000), (35, 50_000)];
    let estimate = WithinDispersion::estimate([[60, 72, 55, 71], [31, 20, 28, 33], [12, 9, 17, 12]]).unwrap();
    let [given, low] = [2.2, 0.8].map(|phi| WithinDispersion::new(phi).unwrap());
    for (within, told) in [
        (estimate, "Variation within areas between periods: phi_w 1.34 (3 areas, 4 periods)."),
        (given, "Variation within areas between periods: phi_w 2.2 (as given)."),
        (low, "Poisson variation only: phi_w 0.8 (as given) is not above 1, and is taken for 1."),
    ] {
        let spec = rank::Spec::default().with_dispersion(within);
        let report = league(&rates, Average::POOLED).rank_sets(spec).unwrap().per(Per::THOUSAND);
        let notes = format!("by Holm.\nThe tests are approximate, so the level is not guaranteed.\n{told}");
        assert!(report.to_string().ends_with(&notes), "{report}");
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<rank::Report>(&json).unwrap(), report);
        assert_eq!(serde_json::from_str::<rank::Spec>(&serde_json::to_string(&spec).unwrap()).unwrap(), spec);
    }
    let of = |phi| {
        let spec = rank::Spec::default().with_dispersion(WithinDispersion::new(phi).unwrap());
        ends(league(&rates, Average::POOLED).rank_sets(spec).unwrap().iter())
    };
    assert_eq!(of(0.8), of(1.0));
    assert_eq!(serde_json::from_str::<rank::Spec>("{}").unwrap(), rank::Spec::default());
}

#[test]
fn reports_carry_the_sets_and_are_worked_out_again() {
    let spec = (rank::Family::Simultaneous, Confidence::P99, Test::MidP);
    let league_table = league(&[(60, 50_000), (30, 50_000), (35, 50_000), (0, 2_000)], Average::POOLED);
    let report = league_table.rank_sets(spec).unwrap().per(Per::HUNDRED_THOUSAND);
    let text = report.to_string();
    assert!(text.lines().next().unwrap().ends_with("interval  Rank set"), "{text}");
    assert!(text.lines().nth(2).unwrap().ends_with("    1 to 3"), "{text}");
    let notes = "\nRank sets: simultaneous at 99 %, for all areas at once; 12 one-sided mid-p binomial tests, by Holm.\n\
                 Mid-p sets carry no guarantee of their level.\nPoisson variation only.";
    assert!(text.ends_with(notes), "{text}");
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<rank::Report>(&json).unwrap(), report);
    let forged = json.replacen("\"rank_upper\":3", "\"rank_upper\":1", 1);
    assert_eq!(
        serde_json::from_str::<rank::Report>(&forged).unwrap_err().to_string().split(" at line").next().unwrap(),
        "A0: rank_upper is given as 1, but its counts and populations give 3"
    );
    let bad = json.replacen("\"test\":\"mid-p\"", "\"test\":\"mid-p\",\"dispersion\":{\"phi\":-0.5}", 1);
    assert!(
        serde_json::from_str::<rank::Report>(&bad)
            .unwrap_err()
            .to_string()
            .starts_with("-0.5 is not a dispersion within areas")
    );
    let marginal = league(&[(60, 50_000), (30, 50_000)], Average::POOLED).rank_sets(rank::Family::Marginal).unwrap();
    let text = marginal.per(Per::THOUSAND).to_string();
    let note = "Rank sets: marginal at 95 %, each for one area chosen beforehand; 2 one-sided exact binomial tests for each area, by Holm.\n\
                Poisson variation only.\n\
                Areas with a single place, and up to how many times the variation of chance they keep it: A0 1 (";
    assert!(text.contains(note), "{text}");
}
