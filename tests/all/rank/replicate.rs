//! Ranks in replicate years: against sums over every outcome, and against a reference at 30 digits.

use crate::support::{
    knife::knife,
    near::assert_within,
    ranks::{NEAR, over, ranks, reference, table},
};
use crimerate::{
    Average, Compare, Confidence, ErrorKind, Note, Order, Table, Topic,
    rank::{self, CountModel, Replicate},
};

/// The probabilities of 0, 1, ... by the definition: a product for Poisson, and for the negative binomial
/// `p^r (r)_k / k! q^k`.
fn law(law: CountModel, count: u64) -> Vec<f64> {
    let x = count as f64;
    let (mut p, ratio): (f64, Box<dyn Fn(f64) -> f64>) = match law {
        _ if count == 0 && law != CountModel::GammaPoisson => return vec![1.0],
        CountModel::GammaPoisson => (0.5_f64.powf(x + 0.5), Box::new(move |k| (x + 0.5 + k) * 0.5 / (k + 1.0))),
        CountModel::Overdispersed(phi) if phi.phi() > 1.0 => {
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
fn enumerated(rates: &[(u64, u64)], of: CountModel) -> [Vec<Vec<f64>>; 2] {
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
        for of in [CountModel::Poisson, CountModel::GammaPoisson, over(1.3), over(0.4)] {
            if rates.len() > 3 && of == CountModel::GammaPoisson {
                continue;
            }
            let expected = enumerated(rates, of);
            for (order, expected, other) in
                [(Order::Highest, &expected[0], &expected[1]), (Order::Lowest, &expected[1], &expected[0])]
            {
                let found = ranks(rates, order, of);
                for ((area, expected), other) in found.iter().zip(expected).zip(other) {
                    let what = format!("{rates:?} {of} {order} {}", area.area());
                    for (k, p) in expected.iter().enumerate() {
                        assert_within(area.probability(k + 1), *p, NEAR, &what);
                    }
                    let (first, last) = match order {
                        Order::Highest => (area.p_highest(), area.p_lowest()),
                        Order::Lowest => (area.p_lowest(), area.p_highest()),
                    };
                    assert_within(first, expected[0], NEAR, &what);
                    assert_within(last, other[0], NEAR, &what);
                }
            }
        }
    }
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
            for (area, (_, _, _, figures)) in found.iter().zip(lines) {
                worst = worst.max((area.p_highest() - figures[0]).abs()).max((area.p_lowest() - figures[1]).abs());
                if order == Order::Highest {
                    for (k, expected) in figures[2..].iter().enumerate() {
                        worst = worst.max((area.probability(k + 1) - expected).abs());
                    }
                    let expected = (1..).zip(&figures[2..]).map(|(k, p): (i32, &f64)| f64::from(k) * p).sum();
                    assert_within(area.expected(), expected, 1e-10, "expected rank");
                }
            }
        }
    }
    println!("probabilities differ by {worst:e} at most");
    assert!(worst < 1e-12);
}

#[test]
fn real_forces_and_what_is_reported() {
    let league = knife().compare(Average::POOLED);
    let found = league.replicate_ranks(CountModel::Poisson).unwrap();
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
            "What other years would show: no confidence set of a rank, so a claim about a rank cannot rest on it.",
            "Not simulated: counts too rare to matter are left out, which changes no probability by more than 1e-12.",
        ]
    );
    let wider = league.replicate_ranks(over(2.2)).unwrap();
    assert_eq!(wider.notes()[1].text(), "Variation within areas between periods: phi_w 2.2 (as given).");
    let width = |of: &rank::Distribution| {
        of.iter().map(|area| area.interval(Confidence::P95)).map(|ranks| ranks.end() - ranks.start()).sum::<usize>()
    };
    assert!(width(&wider) > width(&found));
}

#[test]
fn counts_of_zero_stay_zero_and_that_is_reported() {
    let rates = [(0, 1_000), (0, 2_000), (4, 1_000)];
    let found = ranks(&rates, Order::Highest, CountModel::Poisson);
    let zero = found.area("area 0").unwrap();
    assert_within(zero.p_lowest(), 1.0, NEAR, "a zero");
    assert_within(zero.p_highest(), (-4.0_f64).exp(), NEAR, "joint with a zero");
    assert!(found.notes().iter().any(|note| note.text().starts_with("By this law 2 areas with a count of 0")));
    let told = ranks(&rates, Order::Highest, CountModel::GammaPoisson);
    assert!(told.area("area 0").unwrap().p_lowest() < 1.0);
    assert!(told.notes().iter().all(|note| !note.text().starts_with("By this law")));
    let none = ranks(&[(0, 10), (0, 20)], Order::Lowest, over(3.0));
    for area in none.iter() {
        assert_eq!((area.p_highest(), area.p_lowest(), area.interval(Confidence::P95)), (1.0, 1.0, 1..=1));
    }
}

#[test]
fn nobody_takes_part() {
    let table = Table::from_rows([("A", 1, 10)]).unwrap().exclude("A", "a test").unwrap();
    let found = table.compare(Average::POOLED).replicate_ranks(CountModel::Poisson).unwrap();
    assert_eq!(found.iter().count(), 0);
    assert!(found.area("A").is_err() && found.area("B").is_err());
}

#[test]
fn an_interval_is_what_it_says() {
    let found = ranks(&[(9, 100), (7, 100), (6, 100), (6, 110), (3, 90)], Order::Highest, CountModel::GammaPoisson);
    for area in found.iter() {
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
    let found = ranks(&[(1_000_000_000, 3), (1_000_030_000, 3)], Order::Highest, CountModel::Poisson);
    // The difference of two independent counts is nearly normal: (30,000 + 1/2) / sqrt(2 x 10^9 + 30,000), by scipy 1.17.1.
    assert_within(found.area("area 1").unwrap().p_highest(), 0.748_834_481_703_6, 1e-10, "two large counts");
    let refused = table(&[(u64::MAX, 1), (3, 1)]).compare(Average::POOLED).replicate_ranks(CountModel::Poisson);
    let error = refused.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLarge { value: None, most: 8_388_608, .. }));
    assert_eq!(error.area(), Some("area 0"));
    let many: Vec<(u64, u64)> = vec![(1, 10); 1_001];
    let refused = table(&many).compare(Average::POOLED).replicate_ranks(CountModel::Poisson).unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::TooLarge { value: Some(1_001), most: 1_000, .. }));
}

#[test]
fn huge_populations_do_not_overflow() {
    let most = u64::MAX;
    let small = ranks(&[(3, most), (5, most), (4, most / 2)], Order::Highest, CountModel::Poisson);
    let like =
        ranks(&[(3, 2_000_000_001), (5, 2_000_000_001), (4, 1_000_000_000)], Order::Highest, CountModel::Poisson);
    for (a, b) in small.iter().zip(like.iter()) {
        assert_within(a.p_highest(), b.p_highest(), NEAR, "huge populations");
    }
    for order in [Order::Highest, Order::Lowest] {
        // Unless the third counts nothing and the second something.
        let lowest = 1.0 - 0.5_f64.powf(7.5) * (1.0 - 0.5_f64.powf(1.5));
        let apart = ranks(&[(1_000, 1), (1, most), (7, 7)], order, CountModel::GammaPoisson);
        assert_within(apart.area("area 0").unwrap().p_highest(), 1.0, NEAR, "far apart");
        assert_within(apart.area("area 1").unwrap().p_lowest(), lowest, NEAR, "far apart");
    }
}

#[test]
fn settings_travel() {
    for law in [CountModel::Poisson, CountModel::GammaPoisson, over(2.2)] {
        let spec = Replicate::from(law);
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<Replicate>(&json).unwrap(), spec, "{json}");
    }
    assert_eq!(serde_json::to_string(&Replicate::by(CountModel::GammaPoisson)).unwrap(), r#"{"law":"gamma-poisson"}"#);
    assert!(serde_json::from_str::<Replicate>(r#"{"law":"poisson","simulated":1}"#).is_err());
    assert!(serde_json::from_str::<Replicate>(r#"{"law":{"overdispersed":{"phi":-2.0}}}"#).is_err());
}

/// What is written is worked out again when it is read.
#[test]
fn distributions_are_written_and_read_back() {
    for law in [CountModel::Poisson, CountModel::GammaPoisson, over(2.2)] {
        let found =
            knife().compare(Compare::with(Average::MEAN).with_order(Order::Lowest)).replicate_ranks(law).unwrap();
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<rank::Distribution>(&json).unwrap(), found);
        assert!(json.contains("\"notes\":[{\"topic\":\"replicate\""));
    }
    let found = ranks(&[(3, 10), (4, 10)], Order::Highest, CountModel::Poisson);
    let value = serde_json::to_value(&found).unwrap();
    let read = |value: serde_json::Value| serde_json::from_value::<rank::Distribution>(value);
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
            .contains("of the count 18,446,744,073,709,551,615 and those before it, is more than 8,388,608")
    );
    assert!(refused(&|value| value["table"]["rows"][0]["population"] = 0.into()).starts_with("rows is given as 2"));
    let mut near = value.clone();
    near["rows"][0]["p_highest"] = ((found.area("area 0").unwrap().p_highest() * 1e10).round() / 1e10).into();
    assert_eq!(read(near).unwrap(), found, "rounded on its way");
}
