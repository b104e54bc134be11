//! Areas of different sizes within control limits.
//!
//! Levels are asked of a point, not of the funnel: a curve, a table and a test may each have their own. Where the dispersion has no
//! value, what rests on it has none either, while chance alone still has. The root of an expected count is a product of two roots (of
//! the average and of the population), so that a panel takes one root for each area and each indicator and not one for each cell.

use super::{
    homogeneity::Homogeneity,
    law::Law,
    overdispersion::Overdispersion,
    point::{Point, Position},
    rest::Against,
    scatter::{Drawn, Scatter},
    spec::Spec,
    whole,
};
use crate::{
    average::{self, Average},
    base::{Result, Undefined, each, same_length},
    interval::{Confidence, Interval},
    league::{Comparison, LeagueTable},
    standard::IndirectRates,
};

/// Areas of different sizes with the control limits that chance sets to each of them: the ratio of count to expected count,
/// which is the average times the population.
///
/// Limits by chance alone are the exact quantiles of a Poisson count, interpolated (Spiegelhalter 2005, Stat. Med.
/// 24:1185). They are for drawing: whether an area lies beyond them follows from the exact tail probabilities. A count of
/// zero is never low only because some limit is above zero.
///
/// Expected counts are taken as known, but those of the pooled average of the others
/// ([`Average::without_self`](crate::Average::without_self)): given what an area and the others have together its count is binomial, so
/// p is that of [`Comparison::against_rest`](crate::Comparison::against_rest), and limits and positions go by it. An area that is a
/// large part of an average that holds it draws it towards itself, and is low or high too seldom. A mean or a median of rates varies by
/// chance itself, most where some of its areas are small: there are ratios and z about it, but no limits, positions or p
/// ([`Undefined::AverageOfRates`]), unless in [`Form::Normal`](crate::funnel::Form::Normal), which takes it as known. A
/// [`Checker`](crate::claim::Checker) does test claims about it.
///
/// ```
/// use crimerate::{Average, Confidence, Table, funnel::{Dispersion, Position}};
///
/// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000), ("D", 0, 2_000)])?;
/// let funnel = table.compare(Average::POOLED).funnel(Dispersion::None);
/// let (a, d) = (funnel.area("A")?, funnel.area("D")?);
/// assert_eq!(format!("{:.2}", a.limits(Confidence::P95)?), "0.69 to 1.31");
/// assert_eq!(a.position(Confidence::P95)?, Position::High);
/// assert_eq!(d.position(Confidence::P95)?, Position::Within);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel(pub(super) Scatter);

impl LeagueTable {
    /// The funnel of the areas that take part, each with the count that its average makes expected.
    #[must_use]
    pub fn funnel(&self, spec: impl Into<Spec>) -> Funnel {
        let law = |(here, target): (Comparison<'_>, Against)| {
            Ok(Law::beside(here.average()?, here.rate().population())?.against(target))
        };
        let laws = self.iter().zip(whole::targets(self)).map(law).collect();
        Funnel(Scatter::new(self, Drawn::Ratios, spec.into(), laws))
    }

    /// As [`LeagueTable::funnel`], with expected counts that are given, such as those of an indirect standardisation:
    /// one for each area in the order of the table. Those of areas that take no part are not looked at.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`](crate::ErrorKind::ShapesDiffer) for more or fewer values than areas, [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) with the area for one
    /// that is neither 0 nor from 1e-30 to 1e30.
    pub fn funnel_expecting(&self, expected: &[f64], spec: impl Into<Spec>) -> Result<Funnel> {
        same_length(self.table().len(), [("expected", expected.len())])?;
        let mut laws = Vec::with_capacity(self.len());
        for ((area, outcome), &value) in self.areas().zip(expected) {
            if outcome.is_err() {
                continue;
            }
            let value = average::possible(value).map_err(|error| error.in_area(area.label()))?;
            laws.push(Law::poisson(value));
        }
        Ok(Funnel(Scatter::new(self, Drawn::GivenRatios, spec.into(), laws)))
    }
}

impl IndirectRates {
    /// The funnel of observed over expected counts.
    ///
    /// ```
    /// use crimerate::{Confidence, funnel::Dispersion, standard::{ReferenceRates, Strata}};
    ///
    /// let strata = Strata::from_rows([
    ///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 180, 80_000), ("Inland", "65+", 10, 20_000),
    /// ])?;
    /// let funnel = strata.indirect(&ReferenceRates::pooled(&strata)?)?.funnel(Dispersion::None)?;
    /// assert_eq!(format!("{:.1}", funnel.area("Inland")?.expected()?), "164.3");
    /// assert_eq!(funnel.outside(Confidence::P95).map(|point| point.area().name()).collect::<Vec<_>>(), ["Coast"]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`LeagueTable::funnel_expecting`].
    pub fn funnel(&self, spec: impl Into<Spec>) -> Result<Funnel> {
        self.table().compare(Average::POOLED).funnel_expecting(&self.expected(), spec)
    }
}

impl Funnel {
    /// The league table that it was made of.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.0.league
    }

    /// How it was made.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.0.reach.spec
    }

    /// Whether the expected counts were given, and not worked out from the average.
    #[must_use]
    pub fn given(&self) -> bool {
        self.0.drawn == Drawn::GivenRatios
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Point<'_>> {
        self.0.area(area)
    }

    /// The areas that lie beyond the limits at a level, in the order of the table.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Table, funnel::Dispersion};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000), ("D", 0, 2_000)])?;
    /// let funnel = table.compare(Average::POOLED).funnel(Dispersion::None);
    /// let outside: Vec<_> = funnel.outside(Confidence::P95).map(|point| point.area().label()).collect();
    /// assert_eq!(outside, ["A"]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    pub fn outside(&self, confidence: Confidence) -> impl Iterator<Item = Point<'_>> {
        self.iter().filter(move |point| point.position(confidence).is_ok_and(|position| position != Position::Within))
    }

    /// The areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Point<'_>> {
        self.0.points()
    }

    /// How much more than by chance the areas differ, whether or not the limits allow for it.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::Trimmed`] where fewer are left, on the log scale [`Undefined::ZeroCount`] where a count is 0, unless the law of the count has dispersion; where no area has an
    /// expected count, as [`Point::expected`].
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.0.reach.overdispersion
    }

    /// Pearson's dispersion, `sum (x - E)^2 / E / (I - 1)`: no area is trimmed.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas; where none has an expected count, as [`Point::expected`].
    pub fn pearson(&self) -> Result<f64, Undefined> {
        self.0.pearson()
    }

    /// Whether the areas, or those of each group, differ by more than chance, by Pearson's test; `None` where no average holds two areas, and where
    /// groups overlap.
    #[must_use]
    pub fn homogeneity(&self) -> Option<Homogeneity> {
        self.0.homogeneity()
    }

    /// The limits of the ratio at any expected count: what the curves of a plot are drawn through. Where each area is left out of the
    /// pooled average of all, an area that lies on one leaves the others the rest of what was counted; in an average of its own group
    /// the average is taken as known here, and [`Point::limits`] are those of an area.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Table, funnel::Dispersion};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let funnel = table.compare(Average::POOLED).funnel(Dispersion::None);
    /// let curve = [1.0, 10.0, 100.0].map(|expected| funnel.limits(expected, Confidence::P95).map(|it| it.upper()));
    /// assert_eq!(curve.map(|upper| format!("{:.3}", upper.unwrap())), ["2.902", "1.616", "1.196"]);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] where the expected count is not above zero, or not finite; with dispersion, as
    /// [`Funnel::overdispersion`].
    pub fn limits(&self, expected: f64, confidence: Confidence) -> Result<Interval, Undefined> {
        self.0.limits_at(expected, confidence, false)
    }

    /// The limits of the ratio at any expected count by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] where the expected count is not above zero, or not finite.
    pub fn naive_limits(&self, expected: f64, confidence: Confidence) -> Result<Interval, Undefined> {
        self.0.limits_at(expected, confidence, true)
    }
}

each!(Funnel, Point<'a>);
