//! Coverage and length of the limits of a rate standardised over two strata, and of the ratio of two such rates, by adding up the probabilities of all their
//! counts.

use crimerate::{
    Error, Interval, Per,
    standard::{DirectRate, DirectRates, Spec, StandardPopulation, Strata},
};

/// What counts of two strata are expected to be, how much more an offence weighs in the second, and how many times the variance of chance counts have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) means: [f64; 2],
    pub(crate) heavier: f64,
    pub(crate) phi: f64,
}

/// How often limits hold the true figure, how often it lies above and below them, and how long they are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    pub(crate) covered: f64,
    pub(crate) above: f64,
    pub(crate) below: f64,
    pub(crate) length: f64,
}

impl Found {
    pub(crate) fn add(&mut self, truth: f64, limits: Interval, p: f64) {
        match truth {
            truth if truth > limits.upper() => self.above += p,
            truth if truth < limits.lower() => self.below += p,
            _ => self.covered += p,
        }
        self.length += p * (limits.upper() - limits.lower());
    }

    /// In per cent of all that have limits.
    pub(crate) fn shares(self) -> [f64; 3] {
        let all = self.covered + self.above + self.below;
        [self.covered, self.above, self.below].map(|share| 100.0 * share / all)
    }
}

/// All pairs of counts with a probability that matters, each an area of its own.
pub(crate) struct Pairs {
    truth: f64,
    probabilities: Vec<f64>,
    rates: DirectRates,
}

/// In each stratum.
const PEOPLE: u64 = 1_000_000;

impl Pairs {
    pub(crate) fn of(Setting { means, heavier, phi }: Setting) -> Result<Self, Error> {
        let [first, second] = means.map(|mean| counts(mean, phi));
        let (mut rows, mut probabilities) = (Vec::new(), Vec::new());
        for (x, p) in &first {
            for (y, q) in &second {
                let area = format!("{x} and {y}");
                rows.push((area.clone(), "light", *x, PEOPLE));
                rows.push((area, "heavy", *y, PEOPLE));
                probabilities.push(p * q);
            }
        }
        let standard = StandardPopulation::new("two strata", [("light", 1.0), ("heavy", heavier)])?;
        let [light, heavy] = means;
        let truth = (light + heavier * heavy) / (1.0 + heavier);
        Ok(Self { truth, probabilities, rates: Strata::from_rows(rows)?.direct(&standard)? })
    }

    pub(crate) fn study(&self, spec: impl Into<Spec> + Copy) -> Found {
        let mut found = Found::default();
        for (rate, p) in self.rates.iter().zip(&self.probabilities) {
            if let Ok(limits) = rate.limits(spec) {
                found.add(self.truth, limits.per(Per::MILLION), *p);
            }
        }
        found
    }

    /// The same of the ratio of an area of these and one of others, where there is one.
    pub(crate) fn ratio_to(&self, others: &Self, spec: impl Into<Spec> + Copy) -> Found {
        let mut found = Found::default();
        let (own, base) = (self.likely(), others.likely());
        for (rate, p) in &own {
            for (other, q) in &base {
                if let Ok(interval) = rate.ratio_to(*other).interval(spec) {
                    found.add(self.truth / others.truth, interval, p * q);
                }
            }
        }
        found
    }

    /// Those that are likely, so that the others have a probability of 1e-4 together at most.
    fn likely(&self) -> Vec<(DirectRate<'_>, f64)> {
        let mut all: Vec<_> = self.rates.iter().zip(self.probabilities.iter().copied()).collect();
        all.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let mut left = 0.0;
        all.retain(|(_, p)| {
            left += p;
            left > 1e-4
        });
        all
    }
}

/// The counts with this mean, and phi times it as their variance, that have a probability of 1e-9 or more beyond them, each with its own: Poisson, or
/// negative binomial.
pub(crate) fn counts(mean: f64, phi: f64) -> Vec<(u64, f64)> {
    let none = if phi > 1.0 { -mean * phi.ln() / (phi - 1.0) } else { -mean };
    let (mut p, mut below, mut all) = (none.exp(), 0.0, Vec::new());
    for k in 0_u32.. {
        below += p;
        if below >= 1e-9 {
            all.push((k.into(), p));
        }
        if below >= 1.0 - 1e-9 || (f64::from(k) > mean && p < 1e-16) {
            break;
        }
        p *= (mean + (phi - 1.0) * f64::from(k)) / phi / f64::from(k + 1);
    }
    all
}
