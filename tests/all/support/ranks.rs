//! League tables of numbered areas, and their ranks in replicate years.

use crimerate::{
    Average, Compare, LeagueTable, Order, Table,
    interval::{Test, WithinDispersion},
    rank::{self, CountModel, Replicate},
};
use proptest::{prelude::*, sample::select};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

pub(crate) fn league(rates: &[(u64, u64)], how: impl Into<Compare>) -> LeagueTable {
    let rows = rates.iter().enumerate().map(|(i, (count, people))| (format!("A{i}"), *count, *people));
    Table::from_rows(rows).unwrap().compare(how)
}

/// What the truncation, 1e-12 in all, and rounding may change.
pub(crate) const NEAR: f64 = 1e-12;

pub(crate) fn over(phi: f64) -> CountModel {
    CountModel::Overdispersed(WithinDispersion::new(phi).unwrap())
}

pub(crate) fn table(rates: &[(u64, u64)]) -> Table {
    let rows = rates.iter().enumerate();
    Table::from_rows(rows.map(|(i, (count, people))| (format!("area {i}"), *count, *people))).unwrap()
}

pub(crate) fn ranks(rates: &[(u64, u64)], order: Order, spec: impl Into<Replicate>) -> rank::Distribution {
    table(rates).compare(Compare::with(Average::POOLED).with_order(order)).replicate_ranks(spec).unwrap()
}

/// The lines of the reference: law, count, population, P(none above), P(none below), ranks.
pub(crate) fn reference() -> Vec<(CountModel, u64, u64, Vec<f64>)> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(include_str!("../../data/replicate_ranks.csv").as_bytes());
    let line = |record: csv::StringRecord| {
        let law = match &record[0] {
            "poisson" => CountModel::Poisson,
            "gamma-poisson" => CountModel::GammaPoisson,
            _ => over(2.2),
        };
        let figures = record.iter().skip(3).map(|figure| figure.parse().unwrap()).collect();
        (law, record[1].parse().unwrap(), record[2].parse().unwrap(), figures)
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

pub(crate) fn rate() -> impl Strategy<Value = (u64, u64)> {
    let count = prop_oneof![1 => Just(0_u64), 6 => 0..40_u64, 3 => 40..3_000_u64];
    let people = prop_oneof![3 => select(vec![10_u64, 20, 40, 1_000]), 3 => 1..5_000_u64, 1 => 1..u64::MAX / 8];
    (count, people)
}

pub(crate) fn any_law() -> impl Strategy<Value = CountModel> {
    prop_oneof![Just(CountModel::Poisson), Just(CountModel::GammaPoisson), (0.1..40.0).prop_map(over)]
}

/// The upper p-value of `x` on `n1` and `y` on `n2` people with variation within areas, from its definition: by square roots, and where
/// either expects fewer than 100 by the beta-binomial law, its terms added up; by Student's law where phi has degrees of freedom.
pub(crate) fn p_within((x, n1): (u64, u64), (y, n2): (u64, u64), phi: f64, freedom: Option<f64>, test: Test) -> f64 {
    let [x, n1, y, n2] = [x, n1, y, n2].map(|number| number as f64);
    let upper = |z: f64| match freedom {
        None => statrs::function::erf::erfc(z / 2.0_f64.sqrt()) / 2.0,
        Some(freedom) => StudentsT::new(0.0, 1.0, freedom).unwrap().sf(z),
    };
    let z = ((x / n1).sqrt() - (y / n2).sqrt()) / (phi / (4.0 * n1) + phi / (4.0 * n2)).sqrt();
    let (both, share) = (x + y, n1 / (n1 + n2));
    if both * share.min(1.0 - share) >= 100.0 {
        return upper(z);
    }
    let [a, b] = [share, 1.0 - share].map(|share| both * share / (phi - 1.0));
    // Logarithms of the terms, from none of them on.
    let terms = (0..both as u64).scan(0.0, |term, k| {
        let (k, left) = (k as f64, both - k as f64);
        let next = if phi > 1.0 { (a + k) / (b + left - 1.0) } else { share / (1.0 - share) };
        *term += (left / (k + 1.0) * next).ln();
        Some(*term)
    });
    let terms: Vec<f64> = std::iter::once(0.0).chain(terms).collect();
    let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum = |from: usize| terms.iter().skip(from).map(|term| (term - largest).exp()).sum::<f64>();
    let point = (terms[x as usize] - largest).exp() / sum(0);
    let tail = sum(x as usize) / sum(0) - if test == Test::MidP { point / 2.0 } else { 0.0 };
    let widened = match freedom {
        None => tail,
        Some(_) => upper(-Normal::standard().inverse_cdf(tail)),
    };
    upper(z).max(widened)
}
