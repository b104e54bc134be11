use crate::{Per, Rate, Undefined, average};

/// The mean of the compared rates and how far they lie from it: what the standard z measures with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    mean: f64,
    sd: f64,
}

impl Spread {
    pub(crate) const fn new(mean: f64, sd: f64) -> Self {
        Self { mean, sd }
    }

    /// Mean and standard deviation per head.
    pub(crate) const fn parts(self) -> (f64, f64) {
        (self.mean, self.sd)
    }

    /// Two passes: the mean, then the sum of squared deviations from it over n - 1.
    pub(crate) fn of(rates: &[Rate], values: &[f64]) -> Result<Self, Undefined> {
        let mean = average::mean(values).ok_or(Undefined::TooFew)?;
        if values.len() < 2 {
            return Err(Undefined::TooFew);
        }
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = (squares / (values.len() - 1) as f64).sqrt();
        match rates.split_first() {
            _ if sd > 0.0 => Ok(Self { mean, sd }),
            Some((first, others)) if others.iter().any(|rate| rate.cmp_value(first).is_ne()) => {
                Err(Undefined::TooClose)
            }
            _ => Err(Undefined::AllEqual),
        }
    }

    /// The mean of rates, per so many people.
    #[must_use]
    pub fn mean(self, per: Per) -> f64 {
        per.scale(self.mean)
    }

    /// The sample standard deviation of the rates (n - 1), per so many people.
    #[must_use]
    pub fn sd(self, per: Per) -> f64 {
        per.scale(self.sd)
    }

    /// The value that lies so many standard deviations above the mean.
    pub(crate) fn at(self, z: f64) -> f64 {
        self.mean + z * self.sd
    }

    /// (rate - mean) / standard deviation.
    pub(crate) fn z(self, value: f64) -> f64 {
        (value - self.mean) / self.sd
    }
}
