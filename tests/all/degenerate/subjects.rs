//! Every subject that is a matter of figures, asked of one area, against a table by numpy and scipy.
//!
//! The cases are: count 0; one area; two areas with 0; all rates equal; underdispersed; counts above the population; missing. Each
//! subject answers with a value or with the reason why there is none.

use crimerate::{
    Average, Compare, Comparison, Confidence, Per, Row, Table, Undefined,
    average::{ShapiroWilk, ZScale},
    funnel::{self, Dispersion, Form, Overdispersion, Scale},
    league::{BandScale, BandSpec, RateScale},
    smoothing::{Estimator, Smoothed},
};
use std::{collections::BTreeMap, fmt::Display};

const PER: Per = Per::THOUSAND;

const P95: Confidence = Confidence::P95;

pub(crate) fn word<T: Display, E: Display>(word: Result<T, E>) -> String {
    word.map_or_else(|why| why.to_string(), |word| word.to_string())
}

/// As the positions of the file were worked out.
fn normal(dispersion: Dispersion) -> funnel::Spec {
    funnel::Spec::from(dispersion).with_form(Form::Normal)
}

type Answer = fn(&Table, &str) -> String;

fn here<T: Display>(
    table: &Table,
    how: impl Into<Compare>,
    area: &str,
    of: impl Fn(Comparison<'_>) -> Result<T, Undefined>,
) -> String {
    table.compare(how).area(area).map_or_else(|why| why.to_string(), |here| word(of(here)))
}

fn average(table: &Table, area: &str, average: Average) -> String {
    here(table, average, area, |here| here.average().map(|it| it.per(PER).value()))
}

fn band(table: &Table, area: &str, scale: BandScale) -> String {
    let league = table.compare(Average::POOLED);
    league.bands(BandSpec::ONE.on(scale)).map_or_else(|why| why.to_string(), |bands| word(bands.area(area)))
}

fn funnel<T: Display>(
    table: &Table,
    area: &str,
    spec: impl Into<funnel::Spec>,
    of: impl Fn(funnel::Point<'_>) -> Result<T, Undefined>,
) -> String {
    let funnel = table.compare(Average::POOLED).funnel(spec);
    funnel.area(area).map_or_else(|why| why.to_string(), |it| word(of(it)))
}

fn proportion<T: Display>(
    table: &Table,
    area: &str,
    spec: impl Into<funnel::Spec>,
    of: impl Fn(funnel::Point<'_>) -> Result<T, Undefined>,
) -> String {
    let funnel = table.compare(Average::POOLED).proportion_funnel(spec);
    funnel.map_or_else(|why| why.to_string(), |it| it.area(area).map_or_else(|why| why.to_string(), |it| word(of(it))))
}

fn overdispersion(table: &Table, scale: Scale, proportions: bool, which: fn(Overdispersion) -> f64) -> String {
    let league = table.compare(Average::POOLED);
    match proportions {
        false => word(league.funnel(scale).overdispersion().map(which)),
        true => league
            .proportion_funnel(scale)
            .map_or_else(|why| why.to_string(), |it| word(it.overdispersion().map(which))),
    }
}

fn smoothed(table: &Table, area: &str, smoother: Estimator, of: fn(Smoothed<'_>) -> Result<f64, Undefined>) -> String {
    let smoothing = table.compare(Average::POOLED).smooth(smoother);
    smoothing.area(area).map_or_else(|why| why.to_string(), |it| word(of(it)))
}

/// Every subject that is a matter of figures, asked of one area.
pub(crate) const SUBJECTS: &[(&str, Answer)] = &[
    ("pooled", |t, a| average(t, a, Average::POOLED)),
    ("mean", |t, a| average(t, a, Average::MEAN)),
    ("median", |t, a| average(t, a, Average::MEDIAN)),
    ("pooled of others", |t, a| average(t, a, Average::POOLED.without_self())),
    ("mean of others", |t, a| average(t, a, Average::MEAN.without_self())),
    ("median of others", |t, a| average(t, a, Average::MEDIAN.without_self())),
    ("ratio", |t, a| here(t, Average::POOLED, a, |it| it.ratio())),
    ("against the rest", |t, a| {
        here(t, Average::POOLED, a, |it| it.against_rest().and_then(|it| it.value().ok_or(Undefined::ZeroAverage)))
    }),
    ("z", |t, a| here(t, Average::POOLED, a, |it| it.z())),
    ("log z", |t, a| here(t, Compare::with(Average::POOLED).with_z(ZScale::Log), a, |it| it.z())),
    ("robust z", |t, a| here(t, Compare::with(Average::POOLED).with_z(ZScale::Robust), a, |it| it.z())),
    ("percentile", |t, a| here(t, Average::POOLED, a, |it| Ok(it.percentile()))),
    ("band", |t, a| band(t, a, BandScale::Raw)),
    ("log band", |t, a| band(t, a, BandScale::Log)),
    ("band by test", |t, a| band(t, a, BandScale::ShapiroWilk(P95))),
    ("normality", |t, _| word(t.compare(Average::POOLED).normality(RateScale::Raw).map(ShapiroWilk::w))),
    ("log normality", |t, _| word(t.compare(Average::POOLED).normality(RateScale::Log).map(ShapiroWilk::w))),
    ("position", |t, a| funnel(t, a, Dispersion::None, |it| it.position(P95))),
    ("p", |t, a| funnel(t, a, Dispersion::None, |it| it.p())),
    ("funnel z", |t, a| funnel(t, a, Scale::SquareRoot, |it| it.z())),
    ("funnel log z", |t, a| funnel(t, a, Scale::Log, |it| it.z())),
    ("phi", |t, _| overdispersion(t, Scale::SquareRoot, false, Overdispersion::phi)),
    ("tau2", |t, _| overdispersion(t, Scale::SquareRoot, false, Overdispersion::tau2)),
    ("log phi", |t, _| overdispersion(t, Scale::Log, false, Overdispersion::phi)),
    ("position, multiplicative", |t, a| funnel(t, a, normal(Dispersion::Multiplicative), |it| it.position(P95))),
    ("position, additive", |t, a| funnel(t, a, normal(Dispersion::Additive), |it| it.position(P95))),
    ("proportion position", |t, a| proportion(t, a, Dispersion::None, |it| it.position(P95))),
    ("proportion p", |t, a| proportion(t, a, Dispersion::None, |it| it.p())),
    ("proportion funnel z", |t, a| proportion(t, a, Scale::SquareRoot, |it| it.z())),
    ("proportion funnel log z", |t, a| proportion(t, a, Scale::Log, |it| it.z())),
    ("proportion phi", |t, _| overdispersion(t, Scale::SquareRoot, true, Overdispersion::phi)),
    ("proportion tau2", |t, _| overdispersion(t, Scale::SquareRoot, true, Overdispersion::tau2)),
    ("proportion log phi", |t, _| overdispersion(t, Scale::Log, true, Overdispersion::phi)),
    ("proportion position, multiplicative", |t, a| {
        proportion(t, a, normal(Dispersion::Multiplicative), |it| it.position(P95))
    }),
    ("proportion position, additive", |t, a| proportion(t, a, normal(Dispersion::Additive), |it| it.position(P95))),
    ("marshall", |t, a| smoothed(t, a, Estimator::Marshall, |it| Ok(it.estimate(PER).value()))),
    ("marshall weight", |t, a| smoothed(t, a, Estimator::Marshall, |it| Ok(it.weight()))),
    ("above", |t, a| smoothed(t, a, Estimator::Marshall, |it| it.given_prior().p_above())),
    ("gamma-poisson", |t, a| smoothed(t, a, Estimator::GammaPoisson, |it| Ok(it.estimate(PER).value()))),
    ("gamma-poisson weight", |t, a| smoothed(t, a, Estimator::GammaPoisson, |it| Ok(it.weight()))),
    ("limits", |t, a| {
        smoothed(t, a, Estimator::GammaPoisson, |it| {
            it.given_prior().interval(P95).map(|limits| limits.per(PER).upper())
        })
    }),
];

/// Case, figures, subject and answer.
fn cases() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("../../data/degenerate.csv").lines().skip(2);
    lines.map(|line| {
        let mut fields = line.splitn(3, ',');
        let [case, figures, rest] = [(); 3].map(|()| fields.next().unwrap());
        // Subjects and reasons that hold a comma are quoted.
        let (subject, answer) = match rest.strip_prefix('"') {
            Some(rest) => rest.split_once("\",").unwrap(),
            None => rest.split_once(',').unwrap(),
        };
        [case, figures, subject, answer.trim_matches('"')]
    })
}

fn named(figures: &str) -> Table {
    let rows = ('A'..).zip(figures.split(' ')).map(|(name, figures)| {
        let (count, people) = figures.split_once('/').unwrap();
        Row::parse(&name.to_string(), count, people)
    });
    Table::from_rows(rows).unwrap()
}

/// A figure and another to 1e-6 of the larger, scipy's own accuracy of W and of a maximum; words to the letter.
fn same(found: &str, expected: &str) -> bool {
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => (found - expected).abs() <= 1e-6 * found.abs().max(expected.abs()) + 1e-14,
        _ => found == expected,
    }
}

#[test]
fn figures_that_may_not_exist_have_values_or_reasons() {
    let mut tried: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for [case, figures, subject, expected] in cases() {
        let (_, answer) = SUBJECTS.iter().find(|(name, _)| *name == subject).expect(subject);
        let found = answer(&named(figures), "A");
        assert!(same(&found, expected), "{case}, {subject}: found {found}, expected {expected}");
        tried.entry(case).or_default().push(subject);
    }
    assert_eq!(tried.len(), 11);
    assert!(tried.values().all(|subjects| subjects.len() == SUBJECTS.len()), "every case asks every subject");
}
