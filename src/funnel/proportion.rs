//! Funnels of proportions.
//!
//! A funnel of proportions is made of a table whose populations are the totals, so that counts that are not known, exclusions,
//! averages and bases are what they are everywhere.

use super::{
    homogeneity::Homogeneity,
    law::Law,
    overdispersion::Overdispersion,
    point::Point,
    scatter::{Drawn, Scatter},
    spec::Spec,
    whole,
};
use crate::{
    average::{Average, Rule},
    base::{Error, ErrorKind, Result, Undefined, each},
    interval::{Confidence, Interval},
    league::LeagueTable,
    rate::{Per, Proportion},
    table::{Row, Table},
};

/// Proportions of different totals with the control limits that chance sets to each of them, such as offences charged out of
/// offences recorded, or searches that found something out of all.
///
/// As a [`Funnel`](crate::funnel::Funnel), with exact limits of a binomial count; what is drawn is the proportion. It is made of
/// areas with their [`Proportion`]s, or of a table whose populations are the totals, by [`LeagueTable::proportion_funnel`].
///
/// ```
/// use crimerate::{Confidence, Proportion, funnel::{Dispersion, Position, ProportionFunnel}};
///
/// let charged = [("A", Proportion::new(15, 200)?), ("B", Proportion::new(61, 400)?), ("C", Proportion::new(0, 9)?)];
/// let funnel = ProportionFunnel::new(charged, Dispersion::None)?;
/// assert_eq!(format!("{:.3}", funnel.target()?), "0.125");
/// let a = funnel.area("A")?;
/// assert_eq!(format!("{:.3}", a.limits(Confidence::P95)?), "0.078 to 0.170");
/// assert_eq!(a.position(Confidence::P95)?, Position::Low);
/// assert_eq!(funnel.area("C")?.position(Confidence::P95)?, Position::Within);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ProportionFunnel(pub(super) Scatter);

impl LeagueTable {
    /// The funnel of the areas that take part as proportions of their populations, which are the totals: each with its
    /// average. What is not known, excluded or without a total is left out and reported, as everywhere.
    ///
    /// ```
    /// use crimerate::{Average, Per, Row, Table, funnel::Dispersion};
    ///
    /// let searches = Table::from_rows([Row::new("A", 310, 1_200), Row::new("B", 95, 610), Row::parse("C", "..", "90")])?;
    /// let report = searches.compare(Average::POOLED).proportion_funnel(Dispersion::None)?.per(Per::HUNDRED);
    /// assert!(report.to_string().contains("Average: pooled, 22.4 per 100 over 2 areas."));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NotAProportion`] with the area, [`ErrorKind::OutOfRange`] for a fixed average that does not lie between
    /// 0 and 1.
    pub fn proportion_funnel(&self, spec: impl Into<Spec>) -> Result<ProportionFunnel> {
        if let (Rule::Fixed(_), Ok(average)) = (self.rule().rule(), self.average()) {
            target(average.per(Per::ONE).value())?;
        }
        let mut laws = Vec::with_capacity(self.len());
        for (here, target) in self.iter().zip(whole::targets(self)) {
            let (count, total) = (here.rate().count(), here.rate().population().get());
            if count > total {
                return Err(Error::from(ErrorKind::NotAProportion { count, total }).in_area(here.area().label()));
            }
            let law = here.average().and_then(|average| Law::binomial(total, average));
            laws.push(law.map(|law| law.against(target)));
        }
        Ok(ProportionFunnel(Scatter::new(self, Drawn::Proportions, spec.into(), laws)))
    }
}

impl ProportionFunnel {
    /// Around the proportion of all areas together.
    ///
    /// # Errors
    /// As [`Table::from_rows`], with the place from 1.
    pub fn new<N: Into<String>>(
        areas: impl IntoIterator<Item = (N, Proportion)>,
        spec: impl Into<Spec>,
    ) -> Result<Self> {
        Self::compared_with(Average::POOLED, areas, spec)
    }

    /// Around a target that is given, such as a national proportion.
    ///
    /// # Errors
    /// As [`ProportionFunnel::new`], and [`ErrorKind::OutOfRange`] unless it lies between 0 and 1, both left out;
    /// [`ErrorKind::OutOfRange`] below 1e-30.
    pub fn around<N: Into<String>>(
        target: f64,
        areas: impl IntoIterator<Item = (N, Proportion)>,
        spec: impl Into<Spec>,
    ) -> Result<Self> {
        Self::compared_with(Average::fixed(self::target(target)?, Per::ONE)?, areas, spec)
    }

    fn compared_with<N: Into<String>>(
        average: Average,
        areas: impl IntoIterator<Item = (N, Proportion)>,
        spec: impl Into<Spec>,
    ) -> Result<Self> {
        let rows = areas.into_iter().map(|(name, it)| Row::new(name, it.count(), it.total()));
        Table::from_rows(rows)?.compare(average).proportion_funnel(spec)
    }

    /// The league table that it was made of; its populations are the totals.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.0.league
    }

    /// The proportion that the areas are compared with: the average of them all, whether or not each is left out of its own
    /// or compared with its group.
    ///
    /// # Errors
    /// As [`LeagueTable::average_of_all`].
    pub fn target(&self) -> Result<f64, Undefined> {
        Ok(self.0.league.average_of_all()?.per(Per::ONE).value())
    }

    /// How it was made.
    #[must_use]
    pub const fn spec(&self) -> Spec {
        self.0.reach.spec
    }

    /// The areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Point<'_>> {
        self.0.points()
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Point<'_>> {
        self.0.area(area)
    }

    /// How much more than by chance the areas differ, whether or not the limits allow for it.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::Trimmed`] where fewer are left, on the log scale, unless the law of the count has dispersion, [`Undefined::ZeroCount`] where a count is 0 and
    /// [`Undefined::AllCounted`] where it is the total; where no area has an expected count, as [`Point::expected`].
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.0.reach.overdispersion
    }

    /// Whether the areas, or those of each group, differ by more than chance, by Pearson's test; `None` where no average holds two areas, and where
    /// groups overlap.
    #[must_use]
    pub fn homogeneity(&self) -> Option<Homogeneity> {
        self.0.homogeneity()
    }

    /// Pearson's dispersion, the sum of squared distances from the expected counts over their variances, over I - 1.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas; where none has an expected count, as [`Point::expected`].
    pub fn pearson(&self) -> Result<f64, Undefined> {
        self.0.pearson()
    }

    /// The limits of the proportion at any total around the [target](ProportionFunnel::target): what the curves of a plot
    /// are drawn through.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] for a total or a target of 0, [`Undefined::AllExpected`] for a target of 1; with
    /// dispersion, as [`ProportionFunnel::overdispersion`].
    pub fn limits(&self, total: u64, confidence: Confidence) -> Result<Interval, Undefined> {
        self.0.limits_at(total as f64, confidence, false)
    }

    /// The limits at any total by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] for a total or a target of 0, [`Undefined::AllExpected`] for a target of 1.
    pub fn naive_limits(&self, total: u64, confidence: Confidence) -> Result<Interval, Undefined> {
        self.0.limits_at(total as f64, confidence, true)
    }
}

each!(ProportionFunnel, Point<'a>);

/// Refuses what leaves nothing to chance, or is no proportion.
fn target(value: f64) -> Result<f64> {
    if value > 0.0 && value < 1.0 {
        Ok(value)
    } else {
        Err(ErrorKind::OutOfRange { what: "a target for proportions", value, range: "between 0 and 1, both left out" }
            .into())
    }
}
