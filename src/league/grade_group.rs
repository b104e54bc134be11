//! The areas of one grade.

use super::judgement::Judgement;
use crate::{
    average,
    base::Undefined,
    interval::{self, RateInterval},
    rate::{Per, Rate, Reading, Tally},
    table::Area,
};

/// The areas of one grade, with no more said of their rates than their number allows.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeGroup {
    pub(super) judgement: Judgement,
    pub(super) areas: Vec<Area>,
    pub(super) rates: Vec<Rate>,
}

impl GradeGroup {
    /// The grade that they share, on its scale.
    #[must_use]
    pub const fn judgement(&self) -> Judgement {
        self.judgement
    }

    /// The areas, in the order of the table.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Their rates, in the same order.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// The rate of all of them together; of one area, its own.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] of none, [`Undefined::TooLarge`] where the sums do not fit.
    pub fn rate(&self) -> Result<Rate, Undefined> {
        self.rates.iter().copied().collect::<Tally>().rate()
    }

    /// The interval of the pooled rate: it is about chance in the counts, not about how much areas of a grade differ.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, else as [`GradeGroup::rate`].
    pub fn interval(&self, spec: impl Into<interval::Spec>) -> Result<RateInterval, Undefined> {
        self.several()?;
        Ok(self.rate()?.interval(spec))
    }

    /// The median rate, per unit population; of two areas it is the middle between them.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn median(&self, per: Per) -> Result<f64, Undefined> {
        self.several()?;
        let values: Vec<f64> = self.rates.iter().map(|rate| rate.value()).collect();
        average::median(&values).map(|value| per.scale(value)).ok_or(Undefined::TooFew)
    }

    /// The lowest and the highest rate, per unit population.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn range(&self, per: Per) -> Result<(f64, f64), Undefined> {
        let (lowest, highest) = self.ends(per)?;
        Ok((lowest.value(), highest.value()))
    }

    pub(super) fn ends(&self, per: Per) -> Result<(Reading, Reading), Undefined> {
        self.several()?;
        let lowest = self.rates.iter().min_by(|a, b| a.cmp_value(b));
        let highest = self.rates.iter().max_by(|a, b| a.cmp_value(b));
        let (lowest, highest) = lowest.zip(highest).ok_or(Undefined::TooFew)?;
        Ok((lowest.per(per), highest.per(per)))
    }

    /// The median as it is printed: of an odd number of areas the fraction that it is.
    pub(super) fn median_reading(&self, per: Per) -> Result<Reading, Undefined> {
        let mut rates: Vec<&Rate> = self.rates.iter().collect();
        rates.sort_by(|a, b| a.cmp_value(b));
        let middle = rates.get(rates.len() / 2).filter(|_| rates.len() % 2 == 1);
        middle.map_or_else(|| Ok(Reading::of_double(self.median(per)?, per)), |middle| Ok(middle.per(per)))
    }

    pub(super) fn several(&self) -> Result<(), Undefined> {
        if self.rates.len() < 2 { Err(Undefined::TooFew) } else { Ok(()) }
    }
}
