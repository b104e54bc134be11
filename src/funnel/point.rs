//! An area within control limits.

use super::{
    dispersion::Dispersion,
    overdispersion::two_sided,
    scatter::{Dot, Reach, Scatter},
};
use crate::{
    base::{Result, Undefined, choice},
    interval::{Confidence, Correction, Interval, PValues},
    table::Area,
};

/// Where an area lies relative to the limits of a funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// Below the lower limit.
    Low,
    /// Between the limits.
    Within,
    /// Above the upper limit.
    High,
}

choice!(Position, "a position", "low, within or high", { Low => "low", Within => "within", High => "high" });

/// One area of a [`Funnel`](crate::funnel::Funnel) or a [`ProportionFunnel`](crate::funnel::ProportionFunnel).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point<'a> {
    area: &'a Area,
    dot: &'a Dot,
    reach: Reach,
}

impl Scatter {
    pub(super) fn points(&self) -> impl Iterator<Item = Point<'_>> {
        let areas = self.league.iter().map(|here| here.area());
        areas.zip(&self.dots).map(|(area, dot)| Point { area, dot, reach: self.reach })
    }

    pub(super) fn area(&self, area: &str) -> Result<Point<'_>> {
        let (place, comparison) = self.league.find(area)?;
        self.at(place, comparison.area()).ok_or_else(|| self.league.table().unknown(area))
    }

    /// An area that takes part, by its place among those that do.
    pub(super) fn at<'a>(&'a self, place: usize, area: &'a Area) -> Option<Point<'a>> {
        Some(Point { area, dot: self.dots.get(place)?, reach: self.reach })
    }
}

impl<'a> Point<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The count.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.dot.count
    }

    /// The expected count.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] where that is zero, [`Undefined::AllExpected`] where it is all of a total; as
    /// [`Comparison::average`](crate::Comparison::average).
    pub fn expected(&self) -> Result<f64, Undefined> {
        Ok(self.dot.law?.expected())
    }

    /// The value that is drawn: count over expected count, or the proportion.
    ///
    /// # Errors
    /// As [`Point::expected`].
    pub fn value(&self) -> Result<f64, Undefined> {
        Ok(self.dot.law?.value(self.dot.count as f64))
    }

    /// The count over the expected count, whatever is drawn.
    ///
    /// # Errors
    /// As [`Point::expected`].
    pub fn ratio(&self) -> Result<f64, Undefined> {
        Ok(self.dot.count as f64 / self.expected()?)
    }

    /// The limits of the value at a level, with the dispersion of the funnel.
    ///
    /// # Errors
    /// As [`Point::expected`], [`Undefined::AverageOfRates`] about a mean or a median of rates; with dispersion also as [`Funnel::overdispersion`](crate::funnel::Funnel::overdispersion).
    pub fn limits(&self, confidence: Confidence) -> Result<Interval, Undefined> {
        self.reach.limits(self.dot.law, confidence)
    }

    /// The limits by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// As [`Point::expected`], and [`Undefined::AverageOfRates`] about a mean or a median of rates.
    pub fn naive_limits(&self, confidence: Confidence) -> Result<Interval, Undefined> {
        self.reach.naive_limits(self.dot.law, confidence)
    }

    /// Where the area lies relative to the limits at a level: by the exact tail probability of as many or more, or so few or
    /// fewer, with the dispersion of the funnel; in [`Form::Normal`](crate::funnel::Form::Normal) with dispersion by whether
    /// its value is outside [`Point::limits`].
    ///
    /// # Errors
    /// As [`Point::limits`].
    pub fn position(&self, confidence: Confidence) -> Result<Position, Undefined> {
        if !self.reach.is_normal() {
            let p = self.reach.significance(self.dot.law, self.dot.count)?;
            return Ok(Position::by_tails(p, confidence));
        }
        let (value, limits) = (self.value()?, self.limits(confidence)?);
        Ok(Position::of(value < limits.lower(), value > limits.upper()))
    }

    /// Where the area lies by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// As [`Point::naive_limits`].
    pub fn naive_position(&self, confidence: Confidence) -> Result<Position, Undefined> {
        Ok(Position::by_tails(self.significance()?, confidence))
    }

    /// The exact p-values by chance alone.
    ///
    /// # Errors
    /// As [`Point::naive_limits`].
    pub fn significance(&self) -> Result<PValues, Undefined> {
        self.reach.by_chance(self.dot.law, self.dot.count)
    }

    /// How many standard errors of chance alone the value lies from the target, on the scale of the funnel.
    ///
    /// # Errors
    /// As [`Point::expected`], and [`Undefined::ZeroCount`] on the log scale where any count is 0,
    /// [`Undefined::AllCounted`] where it is all of a total.
    pub const fn z(&self) -> Result<f64, Undefined> {
        self.dot.z
    }

    /// z after the dispersion; z itself without.
    ///
    /// # Errors
    /// As [`Point::z`]; with dispersion also as [`Funnel::overdispersion`](crate::funnel::Funnel::overdispersion).
    pub const fn z_adjusted(&self) -> Result<f64, Undefined> {
        self.dot.z_adjusted
    }

    /// The two-sided p-value. Without dispersion twice the smaller exact tail.
    ///
    /// With dispersion it asks whether the area is one of the others: phi or tau^2 is that of the other areas, by Pearson's
    /// residuals without trimming, and the smaller tail is read by Student's distribution with their degrees of freedom, as an
    /// estimate is not known. So it keeps its level, also by Holm over all areas; limits and positions take the
    /// dispersion of all areas as known, and may call an area low or high whose p is above 5 %.
    ///
    /// In [`Form::Normal`](crate::funnel::Form::Normal) with dispersion it is that of the adjusted z, which does not keep its level.
    ///
    /// # Errors
    /// As [`Point::limits`]; with dispersion [`Undefined::TooFew`] below three areas.
    pub fn p(&self) -> Result<f64, Undefined> {
        Ok(self.dot.p?.alone)
    }

    /// Which of z, and z after the dispersion, tell the opposite of the exact tails of the same law at 5 %, as normal z of small counts may.
    pub(super) fn contradicted(&self) -> [bool; 2] {
        let opposite = |z: Result<f64, Undefined>, p: Result<PValues, Undefined>| {
            let told = z.ok().zip(p.ok()).map(|(z, p)| (two_sided(z) <= 0.05, p.two_sided() <= 0.05));
            told.is_some_and(|(extreme, certain)| extreme != certain)
        };
        let adjusted = !self.reach.is_normal()
            && opposite(self.dot.z_adjusted, self.reach.significance(self.dot.law, self.dot.count));
        [opposite(self.dot.z, self.significance()), adjusted]
    }

    /// The same of z after the dispersion in words.
    pub(super) fn contradiction(&self) -> Option<String> {
        let [_, true] = self.contradicted() else { return None };
        let z = self.dot.z_adjusted.ok()?;
        let (beyond, above) = if two_sided(z) <= 0.05 { ("beyond", "above") } else { ("within", "at most") };
        Some(match self.reach.spec.dispersion {
            Dispersion::None => format!("z is {beyond} 1.96, but the exact p is {above} 0.05: go by p"),
            _ => format!("adjusted z is {beyond} 1.96, but twice the exact tail is {above} 0.05: go by the position"),
        })
    }

    /// The p-value adjusted for the number of areas, by [`Correction::Holm`](crate::interval::Correction::Holm) or [`Correction::BenjaminiHochberg`](crate::interval::Correction::BenjaminiHochberg).
    ///
    /// # Errors
    /// As [`Point::p`].
    pub fn p_adjusted(&self, adjustment: Correction) -> Result<f64, Undefined> {
        let p = self.dot.p?;
        Ok(match adjustment {
            Correction::Holm => p.holm,
            Correction::BenjaminiHochberg => p.bh,
        })
    }
}

impl Position {
    fn by_tails(p: PValues, confidence: Confidence) -> Self {
        Self::of(p.lower() <= confidence.tail(), p.upper() <= confidence.tail())
    }

    const fn of(low: bool, high: bool) -> Self {
        match (low, high) {
            (true, _) => Self::Low,
            (_, true) => Self::High,
            _ => Self::Within,
        }
    }
}
