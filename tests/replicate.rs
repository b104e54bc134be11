//! Ranks in replicate years: against sums over every outcome, against a reference at 30 digits, and by their laws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Compare, Confidence, ErrorKind, Note, Order, Panel, RankChances, RankDistribution, Replicate,
    ReplicateLaw, Table, Topic, WithinDispersion, ndarray::Array2,
};
use proptest::{collection::vec, prelude::*, sample::select};

/// What the truncation, 1e-12 in all, and rounding may change.
const NEAR: f64 = 1e-12;

fn over(phi: f64) -> ReplicateLaw {
    ReplicateLaw::Overdispersed(WithinDispersion::new(phi).unwrap())
}

fn table(rates: &[(u64, u64)]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, (count, people))| (format!("area {i}"), *count, *people))).unwrap()
}

fn ranks(rates: &[(u64, u64)], order: Order, spec: impl Into<Replicate>) -> RankDistribution {
    table(rates).compare(Compare::with(Average::POOLED).order(order)).replicate_ranks(spec).unwrap()
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: found {found}, expected {expected} within {tolerance}");
}

/// The probabilities of 0, 1, ... by the definition: a product for Poisson, and for the negative binomial
/// `p^r (r)_k / k! q^k`.
fn law(law: ReplicateLaw, count: u64) -> Vec<f64> {
    let x = count as f64;
    let (mut p, ratio): (f64, Box<dyn Fn(f64) -> f64>) = match law {
        _ if count == 0 && law != ReplicateLaw::GammaPoisson => return vec![1.0],
        ReplicateLaw::GammaPoisson => (0.5_f64.powf(x + 0.5), Box::new(move |k| (x + 0.5 + k) * 0.5 / (k + 1.0))),
        ReplicateLaw::Overdispersed(phi) if phi.phi() > 1.0 => {
            let (r, q) = (x / (phi.phi() - 1.0), 1.0 - 1.0 / phi.phi());
            (phi.phi().powf(-r), Box::new(move |k| (r + k) * q / (k + 1.0)))
        }
        _ => ((-x).exp(), Box::new(move |k| x / (k + 1.0))),
    };
    let mut all = Vec::new();
    for k in 0..90 {
        all.push(p);
        p *= ratio(f64::from(k));
    }
    while all.len() > 1 && all.last().is_some_and(|p| *p < 1e-16) {
        all.pop();
    }
    all
}

/// Ranks (highest first, then lowest first) of all areas by going through every outcome of all counts together.
fn enumerated(rates: &[(u64, u64)], of: ReplicateLaw) -> [Vec<Vec<f64>>; 2] {
    let laws: Vec<Vec<f64>> = rates.iter().map(|(count, _)| law(of, *count)).collect();
    let mut found = [vec![vec![0.0; rates.len()]; rates.len()], vec![vec![0.0; rates.len()]; rates.len()]];
    let mut outcome = vec![0; rates.len()];
    loop {
        let p: f64 = outcome.iter().zip(&laws).map(|(k, law)| law[*k]).product();
        for f in 0..rates.len() {
            let cross = |g: usize| (outcome[g] as u64 * rates[f].1, outcome[f] as u64 * rates[g].1);
            let above = (0..rates.len()).filter(|g| cross(*g).0 > cross(*g).1).count();
            let below = (0..rates.len()).filter(|g| cross(*g).0 < cross(*g).1).count();
            found[0][f][above] += p;
            found[1][f][below] += p;
        }
        let Some(next) = (0..outcome.len()).find(|i| outcome[*i] + 1 < laws[*i].len()) else { return found };
        outcome[..next].fill(0);
        outcome[next] += 1;
    }
}

#[test]
fn meets_the_sum_over_every_outcome() {
    let tables: [&[(u64, u64)]; 7] = [
        &[(2, 10)],
        &[(1, 10), (2, 20)],
        &[(3, 10), (2, 7), (1, 3)],
        &[(0, 10), (1, 10), (0, 5)],
        &[(4, 100), (4, 100), (2, 50)],
        &[(1, 4), (2, 8), (0, 2), (1, 3)],
        &[(5, 1_000), (3, 999), (2, 333)],
    ];
    for rates in tables {
        for of in [ReplicateLaw::Poisson, ReplicateLaw::GammaPoisson, over(1.3), over(0.4)] {
            if rates.len() > 3 && of == ReplicateLaw::GammaPoisson {
                continue;
            }
            let expected = enumerated(rates, of);
            for (order, expected, other) in
                [(Order::Highest, &expected[0], &expected[1]), (Order::Lowest, &expected[1], &expected[0])]
            {
                let found = ranks(rates, order, of);
                for ((area, expected), other) in found.areas().zip(expected).zip(other) {
                    let what = format!("{rates:?} {of} {order} {}", area.area());
                    for (k, p) in expected.iter().enumerate() {
                        assert_near(area.probability(k + 1), *p, NEAR, &what);
                    }
                    let (first, last) = match order {
                        Order::Highest => (area.p_highest(), area.p_lowest()),
                        Order::Lowest => (area.p_lowest(), area.p_highest()),
                    };
                    assert_near(first, expected[0], NEAR, &what);
                    assert_near(last, other[0], NEAR, &what);
                }
            }
        }
    }
}

/// The lines of the reference: law, count, population, P(none above), P(none below), ranks.
fn reference() -> Vec<(ReplicateLaw, u64, u64, Vec<f64>)> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("data/replicate_ranks.csv").as_bytes());
    let line = |record: csv::StringRecord| {
        let law = match &record[0] {
            "poisson" => ReplicateLaw::Poisson,
            "gamma-poisson" => ReplicateLaw::GammaPoisson,
            _ => over(2.2),
        };
        let figures = record.iter().skip(3).map(|figure| figure.parse().unwrap()).collect();
        (law, record[1].parse().unwrap(), record[2].parse().unwrap(), figures)
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

#[test]
fn meets_the_reference() {
    let lines = reference();
    let mut worst = 0.0_f64;
    for lines in lines.chunk_by(|a, b| a.0 == b.0) {
        let rates: Vec<(u64, u64)> = lines.iter().map(|line| (line.1, line.2)).collect();
        for order in [Order::Highest, Order::Lowest] {
            let found = ranks(&rates, order, lines[0].0);
            assert!(found.truncation() <= 1.0000001e-12);
            for (area, (_, _, _, figures)) in found.areas().zip(lines) {
                worst = worst.max((area.p_highest() - figures[0]).abs()).max((area.p_lowest() - figures[1]).abs());
                if order == Order::Highest {
                    for (k, expected) in figures[2..].iter().enumerate() {
                        worst = worst.max((area.probability(k + 1) - expected).abs());
                    }
                    let expected = (1..).zip(&figures[2..]).map(|(k, p): (i32, &f64)| f64::from(k) * p).sum();
                    assert_near(area.expected(), expected, 1e-10, "expected rank");
                }
            }
        }
    }
    println!("probabilities differ by {worst:e} at most");
    assert!(worst < 1e-12);
}

fn knife() -> Table {
    let mut reader = csv::Reader::from_reader(include_str!("../examples/data/knife_2020.csv").as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        crimerate::Row::parse(&record[0], &record[3], &record[4])
    });
    Table::from_rows_leaving_out(rows).unwrap().exclude("City of London", "8,700 residents").unwrap()
}

#[test]
fn real_forces_and_what_is_told() {
    let league = knife().compare(Average::POOLED);
    let found = league.replicate_ranks(ReplicateLaw::Poisson).unwrap();
    let here = |name: &str| found.area(name).unwrap();
    assert_eq!(here("Metropolitan Police").interval(Confidence::P95), 1..=1);
    assert_eq!(here("West Midlands").interval(Confidence::P95), 2..=2);
    assert!(here("Durham").p_lowest() > 0.5 && here("Durham").p_highest() < 1e-12);
    assert_eq!((here("Durham").of(), here("Durham").probability(0), here("Durham").probability(38)), (37, 0.0, 0.0));
    assert_eq!((here("Durham").top(37), here("Durham").standard_error(37)), (here("Durham").top(100), 0.0));
    let error = found.area("Greater Manchester").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::LeftOut { .. }));
    let notes = found.notes();
    assert!(notes.iter().all(|note| note.topic() == Topic::Replicate));
    let notes: Vec<&str> = notes.iter().map(Note::text).collect();
    assert_eq!(
        notes,
        [
            "Replicate years: Poisson counts about those of this year; 37 areas, highest rate first, competition ties, exact.",
            "Poisson variation only.",
            "What other years would show: no confidence set of a rank, and no ground for a claim about one.",
            "Not simulated: what is cut off the laws changes no probability by more than 1e-12.",
        ]
    );
    let wider = league.replicate_ranks(over(2.2)).unwrap();
    assert_eq!(wider.notes()[1].text(), "Variation within areas between periods: phi_w 2.2 (as given).");
    let width = |of: &RankDistribution| {
        of.areas().map(|area| area.interval(Confidence::P95)).map(|ranks| ranks.end() - ranks.start()).sum::<usize>()
    };
    assert!(width(&wider) > width(&found));
}

#[test]
fn counts_of_zero_stay_zero_and_that_is_told() {
    let rates = [(0, 1_000), (0, 2_000), (4, 1_000)];
    let found = ranks(&rates, Order::Highest, ReplicateLaw::Poisson);
    let zero = found.area("area 0").unwrap();
    assert_near(zero.p_lowest(), 1.0, NEAR, "a zero");
    assert_near(zero.p_highest(), (-4.0_f64).exp(), NEAR, "joint with a zero");
    assert!(found.notes().iter().any(|note| note.text().starts_with("By this law 2 areas without an offence")));
    let told = ranks(&rates, Order::Highest, ReplicateLaw::GammaPoisson);
    assert!(told.area("area 0").unwrap().p_lowest() < 1.0);
    assert!(told.notes().iter().all(|note| !note.text().starts_with("By this law")));
    let none = ranks(&[(0, 10), (0, 20)], Order::Lowest, over(3.0));
    for area in none.areas() {
        assert_eq!((area.p_highest(), area.p_lowest(), area.interval(Confidence::P95)), (1.0, 1.0, 1..=1));
    }
}

#[test]
fn nobody_takes_part() {
    let table = Table::from_rows([("A", 1, 10)]).unwrap().exclude("A", "a test").unwrap();
    let found = table.compare(Average::POOLED).replicate_ranks(ReplicateLaw::Poisson).unwrap();
    assert_eq!(found.areas().count(), 0);
    assert!(found.area("A").is_err() && found.area("B").is_err());
}

#[test]
fn an_interval_is_what_it_says() {
    let found = ranks(&[(9, 100), (7, 100), (6, 100), (6, 110), (3, 90)], Order::Highest, ReplicateLaw::GammaPoisson);
    for area in found.areas() {
        for level in [0.5, 0.8, 0.9, 0.95, 0.99, 0.999_999] {
            let confidence = Confidence::new(level).unwrap();
            let at_most = |k: usize| area.top(k);
            let [first, last] = [confidence.alpha() / 2.0, 1.0 - confidence.alpha() / 2.0]
                .map(|share| (1..=5).find(|k| at_most(*k) >= share).unwrap());
            assert_eq!(area.interval(confidence), first..=last, "{level}");
        }
    }
}

#[test]
fn large_counts_are_worked_out_and_larger_ones_refused() {
    let found = ranks(&[(1_000_000_000, 3), (1_000_030_000, 3)], Order::Highest, ReplicateLaw::Poisson);
    // The difference of two independent counts is nearly normal: (30,000 + 1/2) / sqrt(2 x 10^9 + 30,000), by scipy 1.17.1.
    assert_near(found.area("area 1").unwrap().p_highest(), 0.748_834_481_703_6, 1e-10, "two large counts");
    let refused = table(&[(u64::MAX, 1), (3, 1)]).compare(Average::POOLED).replicate_ranks(ReplicateLaw::Poisson);
    let error = refused.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooWide { count: u64::MAX, .. }));
    assert_eq!(error.area(), Some("area 0"));
    let many: Vec<(u64, u64)> = vec![(1, 10); 1_001];
    let refused = table(&many).compare(Average::POOLED).replicate_ranks(ReplicateLaw::Poisson).unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::TooManyToReplicate { areas: 1_001, most: 1_000, .. }));
}

#[test]
fn huge_populations_do_not_overflow() {
    let most = u64::MAX;
    let small = ranks(&[(3, most), (5, most), (4, most / 2)], Order::Highest, ReplicateLaw::Poisson);
    let like =
        ranks(&[(3, 2_000_000_001), (5, 2_000_000_001), (4, 1_000_000_000)], Order::Highest, ReplicateLaw::Poisson);
    for (a, b) in small.areas().zip(like.areas()) {
        assert_near(a.p_highest(), b.p_highest(), NEAR, "huge populations");
    }
    for order in [Order::Highest, Order::Lowest] {
        // Unless the third counts nothing and the second something.
        let lowest = 1.0 - 0.5_f64.powf(7.5) * (1.0 - 0.5_f64.powf(1.5));
        let apart = ranks(&[(1_000, 1), (1, most), (7, 7)], order, ReplicateLaw::GammaPoisson);
        assert_near(apart.area("area 0").unwrap().p_highest(), 1.0, NEAR, "far apart");
        assert_near(apart.area("area 1").unwrap().p_lowest(), lowest, NEAR, "far apart");
    }
}

fn quarters(offence: &str) -> Vec<Vec<u64>> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("data/quarters_2017_18.csv").as_bytes());
    let records = reader.records().map(Result::unwrap);
    let records = records.filter(|record| &record[1] == offence && &record[0] != "City of London");
    records.map(|record| record.iter().skip(2).map(|count| count.parse().unwrap()).collect()).collect()
}

/// By pandas 3, from the same quarters: 42 forces, without the City of London.
#[test]
fn dispersion_within_areas_of_real_quarters() {
    for (offence, expected) in [("weapons", 2.188_347_826_716_111), ("robbery", 2.839_455_302_201_039)] {
        let phi = WithinDispersion::estimate(quarters(offence)).unwrap();
        assert_near(phi.phi(), expected, 1e-12, offence);
        assert_eq!((phi.estimated_from(), phi.freedom()), (Some((42, 4)), Some(41 * 3)));
        let json = serde_json::to_string(&phi).unwrap();
        assert_eq!(serde_json::from_str::<WithinDispersion>(&json).unwrap(), phi);
    }
    let phi = WithinDispersion::estimate(quarters("weapons")).unwrap();
    assert_eq!(format!("{phi:.1}"), "2.2 (42 areas, 4 periods)");
}

#[test]
fn dispersion_refuses_what_tells_nothing() {
    let error = |rows: &[Vec<u64>]| WithinDispersion::estimate(rows).unwrap_err();
    let nothing = [
        vec![],
        vec![vec![1, 2, 3]],
        vec![vec![1], vec![2]],
        vec![vec![], vec![]],
        vec![vec![0, 0], vec![1, 2]],
        vec![vec![1, 0], vec![2, 0]],
    ];
    for rows in nothing {
        assert!(matches!(error(&rows).kind(), ErrorKind::NoRepeats { .. }), "{rows:?}");
    }
    let ragged = error(&[vec![1, 2], vec![3]]);
    assert!(matches!(ragged.kind(), ErrorKind::ColumnLength { expected: 2, found: 1, .. }));
    assert_eq!(ragged.row(), Some(2));
    let still = WithinDispersion::estimate([[3, 6], [10, 20], [0, 0]]).unwrap();
    assert_eq!((still.phi(), still.freedom()), (0.0, Some(1)));
    for phi in [-0.1, f64::NAN, f64::INFINITY, 1.1e6] {
        assert!(WithinDispersion::new(phi).is_err(), "{phi}");
        assert!(phi.to_string().parse::<WithinDispersion>().is_err(), "{phi}");
    }
    assert_eq!("2,2".parse::<WithinDispersion>().unwrap_err().kind(), &ErrorKind::NotAFigure { text: "2,2".into() });
    assert_eq!(" 2.2".parse::<WithinDispersion>(), WithinDispersion::new(2.2));
    assert_eq!([0.0, 0.99, 1.0, 1.01].map(|phi| WithinDispersion::new(phi).unwrap().factor()), [1.0, 1.0, 1.0, 1.01]);
    assert!(WithinDispersion::estimate([[u64::MAX, u64::MAX, 0], [u64::MAX, 0, 1]]).is_err());
    assert!(serde_json::from_str::<WithinDispersion>(r#"{"phi":-1.0}"#).is_err());
    assert!(serde_json::from_str::<WithinDispersion>(r#"{"phi":2.0,"from":[1,4]}"#).is_err());
}

/// Season and trend that move all areas alike leave phi_w alone.
#[test]
fn dispersion_is_about_one_for_poisson_counts_with_a_season() {
    let mut state = 7_u64;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 32) as f64 + 0.5) / 4_294_967_296.0
    };
    let mut poisson = move |mean: f64| {
        let (mut count, mut sum) = (0_u64, -uniform().ln());
        while sum < mean {
            count += 1;
            sum -= uniform().ln();
        }
        count
    };
    let season = [60.0, 100.0, 140.0, 80.0, 300.0, 20.0];
    let rows: Vec<Vec<u64>> =
        (1..=60).map(|i| season.map(|mean| poisson(mean * f64::from(i) / 20.0)).to_vec()).collect();
    let phi = WithinDispersion::estimate(rows).unwrap();
    // 295 degrees of freedom: a standard error of sqrt(2 / 295) = 0.08.
    assert_near(phi.phi(), 1.0, 0.3, "phi of Poisson counts");
}

#[test]
fn settings_travel() {
    for law in [ReplicateLaw::Poisson, ReplicateLaw::GammaPoisson, over(2.2)] {
        let spec = Replicate::from(law);
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<Replicate>(&json).unwrap(), spec, "{json}");
    }
    assert_eq!(
        serde_json::to_string(&Replicate::by(ReplicateLaw::GammaPoisson)).unwrap(),
        r#"{"law":"gamma-poisson"}"#
    );
    assert!(serde_json::from_str::<Replicate>(r#"{"law":"poisson","simulated":1}"#).is_err());
    assert!(serde_json::from_str::<Replicate>(r#"{"law":{"overdispersed":{"phi":-2.0}}}"#).is_err());
}

fn rate() -> impl Strategy<Value = (u64, u64)> {
    let count = prop_oneof![1 => Just(0_u64), 6 => 0..40_u64, 3 => 40..3_000_u64];
    let people = prop_oneof![3 => select(vec![10_u64, 20, 40, 1_000]), 3 => 1..5_000_u64, 1 => 1..u64::MAX / 8];
    (count, people)
}

fn any_law() -> impl Strategy<Value = ReplicateLaw> {
    prop_oneof![Just(ReplicateLaw::Poisson), Just(ReplicateLaw::GammaPoisson), (0.1..40.0).prop_map(over)]
}

fn bits(of: &RankChances<'_>) -> Vec<u64> {
    let ends = [of.p_highest(), of.p_lowest()];
    of.probabilities().iter().copied().chain(ends).map(f64::to_bits).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn probabilities_are_probabilities(
        rates in vec(rate(), 1..40), law in any_law(), order in select(Order::ALL.to_vec()),
    ) {
        let found = ranks(&rates, order, law);
        let (mut highest, mut lowest) = (0.0, 0.0);
        for area in found.areas() {
            let sum: f64 = area.probabilities().iter().sum();
            prop_assert!((sum - 1.0).abs() <= NEAR, "{sum}");
            prop_assert!(area.probabilities().iter().all(|p| (0.0..=1.0 + NEAR).contains(p)));
            prop_assert!((1..rates.len()).all(|k| area.top(k) <= area.top(k + 1)));
            prop_assert!(area.expected() > 1.0 - NEAR && area.expected() < rates.len() as f64 + 1e-9);
            let (inner, outer) = (area.interval(Confidence::P90), area.interval(Confidence::P99));
            prop_assert!(outer.start() <= inner.start() && inner.end() <= outer.end());
            prop_assert!((0.0..=1.0).contains(&area.p_highest()) && (0.0..=1.0).contains(&area.p_lowest()));
            highest += area.p_highest();
            lowest += area.p_lowest();
        }
        // Some area is the highest, and some the lowest, in every year.
        prop_assert!(highest > 1.0 - 40.0 * NEAR && lowest > 1.0 - 40.0 * NEAR);
    }

    #[test]
    fn neither_the_order_of_the_table_nor_the_unit_of_people_changes_a_bit(
        rates in vec(rate(), 1..25), law in any_law(), scale in 2..8_u64, turn in 0..25_usize,
    ) {
        let found = ranks(&rates, Order::Highest, law);
        let mut moved: Vec<(u64, u64)> = rates.iter().map(|(count, people)| (*count, people * scale)).collect();
        let turn = turn % rates.len();
        moved.rotate_left(turn);
        let turned = ranks(&moved, Order::Highest, law);
        let turned: Vec<Vec<u64>> = turned.areas().map(|area| bits(&area)).collect();
        for (i, area) in found.areas().enumerate() {
            prop_assert_eq!(&bits(&area), &turned[(i + rates.len() - turn) % rates.len()]);
        }
    }

    #[test]
    fn the_other_direction_is_the_mirror(rates in vec(rate(), 2..12), law in any_law()) {
        let (down, up) = (ranks(&rates, Order::Highest, law), ranks(&rates, Order::Lowest, law));
        for (a, b) in down.areas().zip(up.areas()) {
            prop_assert!((a.p_highest() - b.p_highest()).abs() <= NEAR);
            prop_assert!((a.p_lowest() - b.p_lowest()).abs() <= NEAR);
            // Ties give both directions the better place.
            prop_assert!(a.expected() + b.expected() <= rates.len() as f64 + 1.0 + 1e-9);
        }
    }

    #[test]
    fn a_panel_has_the_bits_of_its_tables(
        rates in vec(vec(rate(), 5), 1..4), law in any_law(), order in select(Order::ALL.to_vec()),
    ) {
        let people: Vec<u64> = rates[0].iter().map(|rate| rate.1).collect();
        let counts = Array2::from_shape_fn((5, rates.len()), |(area, at)| rates[at][area].0);
        let panel = Panel::new((0..5).map(|i| format!("area {i}")), counts, people.clone()).unwrap();
        let how = Compare::with(Average::POOLED).order(order);
        let found = panel.replicate_ranks(how, law).unwrap();
        prop_assert_eq!(found.len(), rates.len());
        for (found, rates) in found.iter().zip(&rates) {
            let rates: Vec<(u64, u64)> = rates.iter().zip(&people).map(|(rate, people)| (rate.0, *people)).collect();
            let alone = ranks(&rates, order, law);
            for (a, b) in found.areas().zip(alone.areas()) {
                prop_assert_eq!(bits(&a), bits(&b));
            }
        }
    }
}

#[cfg(feature = "simulation")]
mod simulated {
    use super::*;
    use crimerate::Simulation;

    fn simulation(replicates: u32, seed: u64) -> Simulation {
        Simulation::new(replicates, seed).unwrap()
    }

    /// Every probability within five standard errors (and a little, where an event is rare) of that without simulation.
    #[track_caller]
    fn assert_agrees(rates: &[(u64, u64)], order: Order, law: ReplicateLaw, replicates: u32) {
        let exact = ranks(rates, order, law);
        let found = ranks(rates, order, (law, simulation(replicates, 20_260)));
        let n = f64::from(replicates);
        for (a, b) in exact.areas().zip(found.areas()) {
            let pairs = a.probabilities().iter().zip(b.probabilities());
            let ends = [(a.p_highest(), b.p_highest()), (a.p_lowest(), b.p_lowest())];
            for (p, q) in pairs.map(|(p, q)| (*p, *q)).chain(ends) {
                let error = (p.clamp(0.0, 1.0) * (1.0 - p).max(0.0) / n).sqrt();
                assert_near(q, p, 5.0 * error + 8.0 / n, &format!("{law} {order} {}", a.area()));
            }
        }
    }

    #[test]
    fn agrees_with_the_distribution() {
        let small: Vec<(u64, u64)> = reference().iter().take(14).map(|line| (line.1, line.2)).collect();
        for order in [Order::Highest, Order::Lowest] {
            for law in [ReplicateLaw::Poisson, ReplicateLaw::GammaPoisson, over(2.2)] {
                assert_agrees(&small, order, law, 200_000);
            }
        }
    }

    /// More possible rates than keys of 16 bits, and more areas than are counted.
    #[test]
    fn agrees_with_the_distribution_of_large_tables() {
        let wide: Vec<(u64, u64)> = (0..9).map(|i| (300_000 + 400 * i, 1_000_000 + i)).collect();
        assert_agrees(&wide, Order::Highest, ReplicateLaw::Poisson, 40_000);
        let many: Vec<(u64, u64)> = (0..230).map(|i| (i % 23 + 4, 1_000 + 250 * (i % 4))).collect();
        for order in [Order::Highest, Order::Lowest] {
            assert_agrees(&many, order, ReplicateLaw::Poisson, 20_000);
        }
    }

    #[test]
    fn seeds_name_their_replicates() {
        let rates: Vec<(u64, u64)> = (1..30).map(|i| (i * 7 % 50 + 1, 1_000 + i)).collect();
        let of = |simulation| ranks(&rates, Order::Highest, (ReplicateLaw::GammaPoisson, simulation));
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
            let found = ranks(&rates, Order::Highest, (ReplicateLaw::Poisson, simulation(replicates, 3)));
            let n = f64::from(replicates);
            found.areas().map(|area| (area.p_highest() * n).round()).collect::<Vec<f64>>()
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
        let found = ranks(&rates, Order::Highest, (ReplicateLaw::Poisson, simulation(10_000, 42)));
        let times: Vec<f64> = found.area("area 0").unwrap().probabilities().iter().map(|p| (p * 1e4).round()).collect();
        assert_eq!(times, PINNED);
    }

    const PINNED: [f64; 3] = [7_623.0, 1_896.0, 481.0];

    #[test]
    fn the_error_is_told() {
        let found = ranks(&[(3, 10), (4, 10)], Order::Highest, (ReplicateLaw::Poisson, simulation(10_000, 7)));
        assert_eq!(found.monte_carlo_error(), Some(0.005));
        assert!(found.truncation() > 1e-12 && found.truncation() < 1e-6);
        let told = found.notes();
        let told = told[3].text();
        let start = "Simulated: 10,000 replicates from seed 7 by xoshiro256++; standard error sqrt(p (1 - p) / 10,000), at most 0.00500;";
        assert!(told.starts_with(start), "{told}");
        let area = found.area("area 0").unwrap();
        let p = area.probability(1);
        assert_near(area.standard_error(1), (p * (1.0 - p) / 1e4).sqrt(), 1e-15, "standard error");
    }
}

/// What is written is worked out again when it is read.
#[test]
fn distributions_are_written_and_read_back() {
    for law in [ReplicateLaw::Poisson, ReplicateLaw::GammaPoisson, over(2.2)] {
        let found = knife().compare(Compare::with(Average::MEAN).order(Order::Lowest)).replicate_ranks(law).unwrap();
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<RankDistribution>(&json).unwrap(), found);
        assert!(json.contains("\"notes\":[{\"topic\":\"replicate\""));
    }
    let found = ranks(&[(3, 10), (4, 10)], Order::Highest, ReplicateLaw::Poisson);
    let value = serde_json::to_value(&found).unwrap();
    let read = |value: serde_json::Value| serde_json::from_value::<RankDistribution>(value);
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut changed = value.clone();
        change(&mut changed);
        read(changed).unwrap_err().to_string()
    };
    assert_eq!(read(value.clone()).unwrap(), found);
    let figure = |column: &str| format!("area 1: {column} is given as 0.99, but its counts and populations give 0.");
    for column in ["p_highest", "p_lowest"] {
        assert!(refused(&|value| value["rows"][1][column] = 0.99.into()).starts_with(&figure(column)));
    }
    assert!(refused(&|value| value["rows"][1]["ranks"][0] = 0.99.into()).starts_with(&figure("ranks")));
    let fewer = refused(&|value| value["rows"][0]["ranks"] = vec![1.0].into());
    assert_eq!(fewer, "area 0: ranks is given as 1, but its counts and populations give 2");
    assert!(
        refused(&|value| value["rows"][0]["area"] = "area 1".into()).starts_with("area 0: area is given as area 1")
    );
    assert!(refused(&|value| value["rows"] = serde_json::Value::Array(vec![])).starts_with("rows is given as 0"));
    assert!(refused(&|value| value["replicate"]["law"] = "gamma-poisson".into()).starts_with("area 0: p_highest is"));
    assert!(
        refused(&|value| value["table"]["rows"][0]["count"]["known"] = u64::MAX.into())
            .contains("spread over more than")
    );
    assert!(refused(&|value| value["table"]["rows"][0]["population"] = 0.into()).starts_with("rows is given as 2"));
    let mut near = value.clone();
    near["rows"][0]["p_highest"] = ((found.area("area 0").unwrap().p_highest() * 1e10).round() / 1e10).into();
    assert_eq!(read(near).unwrap(), found, "rounded on its way");
}
