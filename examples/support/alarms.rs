//! How often an area is called high or low, by adding up probabilities of its counts.

use crimerate::{
    Average, Confidence, Error, Table,
    funnel::{self, Dispersion, Form, Funnel, Position},
};

/// A probability of being called low, and one of being called high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Alarms {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Rules in use for the limits of a ratio, by chance alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    /// Exact tail probabilities: the positions of a funnel without dispersion.
    Exact,
    /// Outside the exact limits that the expected count would have if it were the count.
    ChiSquare,
    /// Outside exp(-/+ z / sqrt E).
    LogNormal,
    /// Outside (1 -/+ z / (2 sqrt E))^2, clamped before squaring.
    SquareRoot,
}

/// The usual levels with their normal deviates.
pub(crate) const LEVELS: [(Confidence, f64); 2] =
    [(Confidence::P95, 1.959_963_984_540_054), (Confidence::P99_8, 3.090_232_306_167_813_5)];

/// The probabilities of the counts 0, 1, 2, ... with this mean, where the true rate of the area is itself spread, by a
/// gamma distribution, with this coefficient of variation; without spread Poisson's. The last is followed by less than
/// 1e-13.
pub(crate) fn probabilities(mean: f64, spread: f64) -> Vec<f64> {
    let size = 1.0 / (spread * spread);
    let first = if spread > 0.0 { (-size * (mean / size).ln_1p()).exp() } else { (-mean).exp() };
    let next = |k: f64, p: f64| {
        let factor = if spread > 0.0 { (k + size) / (size + mean) } else { 1.0 };
        p * factor * mean / (k + 1.0)
    };
    let (mut found, mut sum) = (vec![first], first);
    while sum < 1.0 - 1e-13 && found.len() < 20_000 {
        let k = (found.len() - 1) as f64;
        let p = next(k, found.last().copied().unwrap_or(0.0));
        found.push(p);
        sum += p;
    }
    found
}

/// The funnel of counts against expected counts.
pub(crate) fn funnel(counts: &[u64], expected: &[f64], spec: impl Into<funnel::Spec>) -> Result<Funnel, Error> {
    let rows = counts.iter().enumerate().map(|(place, &count)| (place.to_string(), count, 1));
    Table::from_rows(rows)?.compare(Average::POOLED).funnel_expecting(expected, spec)
}

/// How often the rule calls an area low or high that is as it should be.
pub(crate) fn false_alarms(rule: Rule, expected: u64, level: (Confidence, f64)) -> Result<Alarms, Error> {
    let (confidence, z) = level;
    let (e, probabilities) = (expected as f64, probabilities(expected as f64, 0.0));
    let (z_low, z_high) = (-z / e.sqrt(), z / e.sqrt());
    let limits = match rule {
        Rule::Exact => return exact(e, &probabilities, confidence),
        Rule::ChiSquare => {
            let interval = crimerate::Interval::of_count(expected, confidence);
            (interval.lower() / e, interval.upper() / e)
        }
        Rule::LogNormal => (z_low.exp(), z_high.exp()),
        Rule::SquareRoot => ((1.0 + z_low / 2.0).max(0.0).powi(2), (1.0 + z_high / 2.0).powi(2)),
    };
    Ok(add(&probabilities, |count| outside(count as f64 / e, limits)))
}

/// How often an area with these counts lies outside the limits of a funnel. Of the law of the count a count lies beyond the
/// exact upper tail just where one less lies beyond the limit that is drawn, which lies between whole counts.
pub(crate) fn alarms(funnel: &Funnel, expected: f64, counts: &[f64], level: Confidence) -> Result<Alarms, Error> {
    if funnel.spec().dispersion() == Dispersion::None {
        return exact(expected, counts, level);
    }
    let limits = funnel.limits(expected, level)?;
    let further = if funnel.spec().form() == Form::Exact { 1.0 / expected } else { 0.0 };
    Ok(add(counts, |count| outside(count as f64 / expected, (limits.lower(), limits.upper() + further))))
}

fn exact(expected: f64, probabilities: &[f64], level: Confidence) -> Result<Alarms, Error> {
    let counts: Vec<u64> = (0..probabilities.len() as u64).collect();
    let funnel = funnel(&counts, &vec![expected; counts.len()], Dispersion::None)?;
    let positions: Vec<Position> = funnel.iter().map(|point| point.position(level)).collect::<Result<_, _>>()?;
    Ok(add(probabilities, |count| positions.get(count).copied().unwrap_or(Position::High)))
}

/// Areas that are as they should be: of each size, counts at evenly spaced quantiles of what such areas have.
pub(crate) fn typical(sizes: &[f64], each: u32, spread: f64, spec: funnel::Spec) -> Result<Funnel, Error> {
    let (mut counts, mut expected) = (Vec::new(), Vec::new());
    for &size in sizes {
        let probabilities = probabilities(size, spread);
        for area in 0..each {
            let share = (f64::from(area) + 0.5) / f64::from(each);
            let below = probabilities.iter().scan(0.0, |sum, p| {
                *sum += p;
                Some(*sum)
            });
            counts.push(below.take_while(|sum| *sum < share).count() as u64);
            expected.push(size);
        }
    }
    funnel(&counts, &expected, spec)
}

fn outside(ratio: f64, (lower, upper): (f64, f64)) -> Position {
    match ratio {
        ratio if ratio < lower => Position::Low,
        ratio if ratio > upper => Position::High,
        _ => Position::Within,
    }
}

fn add(probabilities: &[f64], position: impl Fn(usize) -> Position) -> Alarms {
    let sum = |which: Position| {
        let called = probabilities.iter().enumerate().filter(|(count, _)| position(*count) == which);
        called.fold(0.0, |sum, (_, p)| sum + p)
    };
    Alarms { low: sum(Position::Low), high: sum(Position::High) }
}
