//! Coverage and length of the limits of a rate standardised over two strata, by adding up the probabilities of all their counts.

use crimerate::{
    Confidence, Error, Per,
    standard::{DirectRates, Method, StandardPopulation, Strata},
};

/// What counts of two strata are expected to be, and how much more an offence weighs in the second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) means: [f64; 2],
    pub(crate) heavier: f64,
}

/// How often the limits hold the true rate, how often it lies above and below them, and how long they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) covered: f64,
    pub(crate) above: f64,
    pub(crate) below: f64,
    pub(crate) length: f64,
}

/// All pairs of counts with a probability that matters, each an area of its own.
pub(crate) struct Pairs {
    setting: Setting,
    probabilities: Vec<f64>,
    rates: DirectRates,
}

/// In each stratum.
const PEOPLE: u64 = 1_000_000;

impl Pairs {
    pub(crate) fn of(setting: Setting) -> Result<Self, Error> {
        let [first, second] = setting.means.map(counts);
        let (mut rows, mut probabilities) = (Vec::new(), Vec::new());
        for (x, p) in &first {
            for (y, q) in &second {
                let area = format!("{x} and {y}");
                rows.push((area.clone(), "light", *x, PEOPLE));
                rows.push((area, "heavy", *y, PEOPLE));
                probabilities.push(p * q);
            }
        }
        let standard = StandardPopulation::new("two strata", [("light", 1.0), ("heavy", setting.heavier)])?;
        Ok(Self { setting, probabilities, rates: Strata::from_rows(rows)?.direct(&standard)? })
    }

    pub(crate) fn study(&self, confidence: Confidence, method: Method) -> Found {
        let Setting { means: [light, heavy], heavier } = self.setting;
        let truth = (light + heavier * heavy) / (1.0 + heavier);
        let per_million = Per::MILLION;
        let mut found = Found { covered: 0.0, above: 0.0, below: 0.0, length: 0.0 };
        for (rate, p) in self.rates.iter().zip(&self.probabilities) {
            let Ok(limits) = rate.limits((confidence, method)).map(|limits| limits.per(per_million)) else { continue };
            match truth {
                truth if truth > limits.upper() => found.above += p,
                truth if truth < limits.lower() => found.below += p,
                _ => found.covered += p,
            }
            found.length += p * (limits.upper() - limits.lower());
        }
        found
    }
}

/// The counts with this mean that have a probability of 1e-9 or more beyond them, each with its own.
fn counts(mean: f64) -> Vec<(u64, f64)> {
    let reach = 6.2 * mean.sqrt() + 9.0;
    let (first, last) = ((mean - reach).max(0.0).floor() as u64, (mean + reach).ceil() as u64);
    let ln_first: f64 = (1..=first).map(|k| (mean / k as f64).ln()).sum::<f64>() - mean;
    let next = |p: &mut f64, k: u64| {
        let here = *p;
        *p *= mean / (k + 1) as f64;
        Some((k, here))
    };
    (first..=last).scan(ln_first.exp(), next).collect()
}
