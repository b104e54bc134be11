//! How often "supported" is said where nothing is there: summed over all that small counts may be, not drawn.

use crimerate::{
    Average, Claim, Per, Table,
    claim::{Beside, Checker, Relation, Verdict},
};

/// Every number of events up to where next to nothing is left, with its probability.
fn poisson(mean: f64) -> Vec<(u64, f64)> {
    let mut p = (-mean).exp();
    let mut all = vec![(0, p)];
    let mut left = 1.0 - p;
    for count in 1..200_u32 {
        p *= mean / f64::from(count);
        left -= p;
        all.push((count.into(), p));
        if left < 1e-6 && f64::from(count) > mean {
            break;
        }
    }
    all
}

/// The probability that a claim, which may depend on the counts, is supported.
fn alarms(means: &[f64], claimed: impl Fn(&[u64]) -> Option<(Checker, Claim)>) -> f64 {
    let laws: Vec<_> = means.iter().map(|mean| poisson(*mean)).collect();
    let mut outcomes = vec![(Vec::new(), 1.0)];
    for law in &laws {
        let with = |(counts, p): &(Vec<u64>, f64)| {
            let (counts, p) = (counts.clone(), *p);
            law.iter().map(move |(count, its)| ([&counts[..], &[*count]].concat(), p * its))
        };
        outcomes = outcomes.iter().flat_map(with).filter(|(_, p)| *p > 1e-9).collect();
    }
    let supported = |counts: &[u64]| {
        claimed(counts).is_some_and(|(claims, claim)| claims.check(&claim).unwrap().verdict() == Verdict::Supported)
    };
    outcomes.iter().filter(|(counts, _)| supported(counts)).map(|(_, p)| p).sum()
}

fn table(counts: &[u64], people: &[u64]) -> Table {
    Table::from_rows(
        ["A", "B", "C", "D"]
            .iter()
            .zip(counts.iter().zip(people))
            .map(|(name, (count, people))| (*name, *count, *people)),
    )
    .unwrap()
}

fn compared(counts: &[u64], people: &[u64], average: Average) -> Checker {
    table(counts, people).compare(average).claims(Per::THOUSAND)
}

/// The largest share of alarms at these mean counts, populations being as `people`.
#[track_caller]
fn at_most(
    most: f64,
    means: &[&[f64]],
    people: impl Fn(&[f64]) -> Vec<u64>,
    claim: impl Fn(&[u64], &[u64]) -> Option<(Checker, Claim)>,
) -> f64 {
    let mut worst = 0.0_f64;
    for means in means {
        let people = people(means);
        let found = alarms(means, |counts| claim(counts, &people));
        assert!(found <= most + 1e-5, "{found} at {means:?}");
        worst = worst.max(found);
    }
    worst
}

/// Populations that make all rates equal.
fn equal(means: &[f64]) -> Vec<u64> {
    means.iter().map(|mean| (1_000.0 * mean) as u64).collect()
}

const PAIRS: &[&[f64]] = &[&[0.5, 0.5], &[3.0, 3.0], &[1.0, 9.0], &[12.0, 4.0], &[8.0, 0.4]];
const THREE: &[&[f64]] =
    &[&[2.0, 2.0, 2.0], &[6.0, 1.0, 1.0], &[1.0, 6.0, 2.0], &[25.0, 2.0, 2.0], &[0.5, 0.5, 4.0], &[30.0, 0.5, 0.5]];

#[test]
fn a_pair_named_before_the_figures() {
    let pooled = |counts: &[u64], people: &[u64]| compared(counts, people, Average::POOLED);
    let higher = at_most(0.05, PAIRS, equal, |x, n| Some((pooled(x, n), Claim::higher_than("A", "B"))));
    let lower = at_most(0.05, PAIRS, equal, |x, n| Some((pooled(x, n), Claim::lower_than("A", "B"))));
    // The counts are so small that it is far less; but it is no rule that says nothing.
    assert!(higher > 0.02 && lower > 0.02, "{higher} {lower}");
    let relation = |relation: Relation| {
        move |x: &[u64], n: &[u64]| Some((compared(x, n, Average::POOLED), Claim::compared("A", relation, "B")))
    };
    let alike = |_: &[f64]| vec![1_000, 1_000];
    at_most(0.05, &[&[3.9, 3.0], &[13.0, 10.0]], alike, relation(Relation::at_least_above("30").unwrap()));
    at_most(0.05, &[&[8.0, 4.0], &[20.0, 10.0]], alike, relation(Relation::more_than("2").unwrap()));
    at_most(0.05, &[&[4.0, 8.0], &[10.0, 20.0]], alike, relation(Relation::less_than("0.5").unwrap()));
    at_most(0.05, &[&[7.0, 10.0]], alike, relation(Relation::at_least_below("30").unwrap()));
}

/// As it prints, in either direction; that there is no distance is no alarm.
fn percent_as_found(claims: Checker) -> Option<(Checker, Claim)> {
    let percent = claims.league().area("A").unwrap().percent().ok()?;
    let claim = Claim::percent_above("A", &format!("{percent:.1}")).unwrap();
    (percent != 0.0).then_some((claims, claim))
}

#[test]
fn an_average() {
    for average in [Average::POOLED, Average::POOLED.without_self()] {
        for claim in [Claim::above_average("A"), Claim::below_average("A")] {
            at_most(0.05, PAIRS, equal, |x, n| Some((compared(x, n, average), claim.clone())));
        }
        at_most(0.05, PAIRS, equal, |x, n| percent_as_found(compared(x, n, average)));
    }
    // A rate three times that of the rest, on a quarter of all people, is just twice the average that holds it.
    let quarter = |_: &[f64]| vec![1_000, 3_000];
    let twice = Claim::compared("A", Relation::more_than("2").unwrap(), Beside::Average);
    at_most(0.05, &[&[4.0, 4.0], &[10.0, 10.0]], quarter, |x, n| {
        Some((compared(x, n, Average::POOLED), twice.clone()))
    });
    let less = Claim::compared("A", Relation::less_than("2").unwrap(), Beside::Average);
    at_most(0.05, &[&[4.0, 4.0], &[10.0, 10.0]], quarter, |x, n| Some((compared(x, n, Average::POOLED), less.clone())));
}

/// Taken as known, a mean or a median of the rates of small areas would be refuted far too often.
#[test]
fn means_and_medians_of_rates_vary() {
    for average in [Average::MEAN, Average::MEDIAN, Average::MEAN.without_self(), Average::MEDIAN.without_self()] {
        for claim in [Claim::above_average("A"), Claim::below_average("A")] {
            at_most(0.05, THREE, equal, |x, n| Some((compared(x, n, average), claim.clone())));
        }
        at_most(0.05, THREE, equal, |x, n| percent_as_found(compared(x, n, average)));
    }
}

#[test]
fn a_change_and_a_move() {
    let changed = |x: &[u64], n: &[u64]| {
        let (before, after) = (table(&x[..1], &n[..1]), table(&x[1..], &n[1..]));
        after.compare(Average::POOLED).claims(Per::THOUSAND).with_before(&before).unwrap()
    };
    for claim in [Claim::rose("A"), Claim::fell("A")] {
        at_most(0.05, PAIRS, equal, |x, n| Some((changed(x, n), claim.clone())));
    }
    at_most(0.05, PAIRS, equal, |x, n| {
        let claims = changed(x, n);
        let change = claims.check(&Claim::rose("A")).unwrap().found().filter(|change| *change != 0.0)?;
        Some((claims, Claim::compared("A", Relation::percent_above(&format!("{change:.0}")).unwrap(), Beside::Before)))
    });
    // The rates of both areas are equal in both years, or differ and stay.
    for means in [[3.0, 3.0, 3.0, 3.0], [1.0, 5.0, 1.0, 5.0]] {
        let moved = alarms(&means, |x| {
            let n = [1_000, 1_000];
            let claims = compared(&x[2..], &n, Average::POOLED).with_before(&table(&x[..2], &n)).unwrap();
            let place = |x: &[u64]| if x[0] >= x[1] { 1 } else { 2 };
            let (from, to) = (place(&x[..2]), place(&x[2..]));
            (from != to).then(|| (claims, Claim::moved("A", from, to).unwrap()))
        });
        assert!(moved <= 0.05, "{moved}");
    }
}
