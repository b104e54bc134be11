//! Empirical Bayes estimates.

use super::{
    credible::CredibleInterval,
    estimator::Estimator,
    prior::{Estimated, Prior},
};
use crate::{
    base::{Error, Result, Undefined, each},
    interval::Confidence,
    league::{Comparison, LeagueTable, Rank, Ranking},
    rate::{Per, Rate, Reading},
    table::Area,
};

/// The rates of all areas, each drawn towards the mean of all by as much as chance could have moved it: empirical Bayes
/// estimates.
///
/// The true rates are taken to scatter about a mean m with a variance A, both estimated from the areas that take part.
/// The estimate of a rate r on n people is `m + (r - m) w` with the weight `w = n A / (n A + m)`, so that few people
/// count for little: on the scale of squared errors the estimates of all areas together are better than the rates as they
/// are, while a truly exceptional small area is drawn in too far. Where the rates differ by no more than chance, A is 0 and
/// every estimate is m.
///
/// Both ways to find m and A ([`Estimator`]) give the posterior mean of a gamma distribution with these moments;
/// [`Smoothed::interval`] and [`Smoothed::p_above`] are of that distribution.
///
/// ```
/// use crimerate::{Average, Per, Table, smoothing::Estimator};
///
/// let table = Table::from_rows([("A", 600, 50_000), ("B", 300, 50_000), ("C", 350, 50_000), ("D", 8, 400)])?;
/// let smoothing = table.compare(Average::POOLED).smooth(Estimator::Marshall);
/// let (a, d) = (smoothing.area("A")?, smoothing.area("D")?);
/// assert_eq!(format!("{}, {:.2}", a.estimate(Per::THOUSAND), a.weight()), "11.9 per 1,000, 0.98");
/// assert_eq!(format!("{}, {:.2}", d.estimate(Per::THOUSAND), d.weight()), "11.3 per 1,000, 0.25"); // its own rate is 20
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothing {
    pub(super) league: LeagueTable,
    estimator: Estimator,
    prior: Option<Prior>,
    estimated: Option<Estimated>,
    /// Of the estimates, in the order of the areas that take part.
    ranking: Ranking,
}

/// The smoothed rate of one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smoothed<'a> {
    comparison: Comparison<'a>,
    prior: Prior,
    /// How sure the prior is; `None` where it is taken as known.
    estimated: Option<Estimated>,
}

impl LeagueTable {
    /// The rates of the areas that take part, smoothed, and ranked in the order and by the ties of the comparison.
    #[must_use]
    pub fn smooth(&self, estimator: Estimator) -> Smoothing {
        let prior = Prior::of(estimator, self.rates(), self.tally());
        let estimate = |prior: &Prior, rate: &Rate| prior.estimate(rate.value(), rate.population().get() as f64);
        let estimates: Vec<f64> =
            prior.iter().flat_map(|prior| self.rates().iter().map(move |rate| estimate(prior, rate))).collect();
        let ranking = Ranking::of_finite(&estimates, self.how().order(), self.how().ties());
        let estimated = prior.map(|prior| prior.estimated(estimator, self.rates()));
        Smoothing { prior, estimated, estimator, league: self.clone(), ranking }
    }
}

impl Smoothing {
    /// The league table that it was made of.
    #[must_use]
    pub const fn league(&self) -> &LeagueTable {
        &self.league
    }

    /// How mean and variance were estimated.
    #[must_use]
    pub const fn estimator(&self) -> Estimator {
        self.estimator
    }

    /// Mean and variance of the true rates.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where no area takes part.
    pub fn prior(&self) -> Result<Prior, Undefined> {
        self.prior.ok_or(Undefined::NoAverage)
    }

    /// Whether there are limits that allow for the estimated prior.
    pub(super) fn has_limits(&self) -> bool {
        self.estimated.is_some_and(Estimated::is_enough)
    }

    /// An area by its name, or else its code.
    ///
    /// # Errors
    /// As [`LeagueTable::area`].
    pub fn area(&self, area: &str) -> Result<Smoothed<'_>> {
        let comparison = self.league.area(area)?;
        let prior = self.prior().map_err(|why| Error::from(why).in_area(comparison.area().label()))?;
        Ok(Smoothed { comparison, prior, estimated: self.estimated })
    }

    /// The place of the smoothed rate of the area in this place of the table.
    pub(super) fn rank(&self, index: usize) -> Option<Rank> {
        self.ranking.rank(self.league.place(index)?)
    }

    /// An area that takes part, smoothed.
    pub(super) fn of<'a>(&self, comparison: Comparison<'a>) -> Option<Smoothed<'a>> {
        Some(Smoothed { comparison, prior: self.prior?, estimated: self.estimated })
    }

    /// The areas that take part, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = Smoothed<'_>> {
        self.league.iter().filter_map(|comparison| self.of(comparison))
    }
}

impl<'a> Smoothed<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.comparison.area()
    }

    /// The area as it was compared.
    #[must_use]
    pub const fn comparison(&self) -> Comparison<'a> {
        self.comparison
    }

    /// Its own rate.
    #[must_use]
    pub const fn rate(&self) -> Rate {
        self.comparison.rate()
    }

    /// The estimate of its true rate, per unit population.
    #[must_use]
    pub fn estimate(&self, per: Per) -> Reading {
        Reading::of_double(per.scale(self.prior.estimate(self.rate().value(), self.people())), per)
    }

    /// How much of the estimate is the area's own rate, from 0 to 1; the rest is the mean of all.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.prior.weight(self.people())
    }

    /// The same with the mean and the variance of true rates taken as known, as they are where limits are published without more: its limits are too
    /// narrow of few areas and small counts.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Per, Table, smoothing::Estimator};
    ///
    /// let table = Table::from_rows([("A", 600, 50_000), ("B", 300, 50_000), ("C", 350, 50_000), ("D", 8, 400)])?;
    /// let smoothing = table.compare(Average::POOLED).smooth(Estimator::GammaPoisson);
    /// let d = smoothing.area("D")?;
    /// let shown = |limits: crimerate::Interval| format!("{limits:.1}");
    /// assert_eq!(shown(d.interval(Confidence::P95)?.per(Per::THOUSAND)), "2.7 to 30.2 per 1,000");
    /// assert_eq!(shown(d.given_prior().interval(Confidence::P95)?.per(Per::THOUSAND)), "7.3 to 19.4 per 1,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn given_prior(self) -> Self {
        Self { estimated: None, ..self }
    }

    /// The limits between which the true rate lies with the probability of the level, if true rates follow a gamma distribution.
    ///
    /// That its mean and variance were estimated is allowed for: the posterior is the gamma distribution with the posterior mean and a variance to which theirs are
    /// added (after Morris 1983, J. Amer. Statist. Assoc. 78, 47). At 95 % they hold 92 to 100 % of true rates, from five areas and one expected in each on
    /// (`smoothing_coverage`). Where few areas have all offences, an area without any may have an estimate above its
    /// limits: the mean of what is nearly always next to nothing.
    ///
    /// # Errors
    /// [`Undefined::Pooled`] where the variance is 0, [`Undefined::TooFewToSmooth`] of fewer than four areas, and by Marshall's moments where a
    /// few large areas outweigh the others: where `(sum n)^2 / sum n^2` is below 4.
    pub fn interval(&self, confidence: Confidence) -> Result<CredibleInterval, Undefined> {
        self.prior.interval(self.rate(), self.estimated, confidence)
    }

    /// The probability that the true rate is above the average that the area is compared with, on the same terms as
    /// [`Smoothed::interval`]; the average is taken as known.
    ///
    /// # Errors
    /// As [`Smoothed::interval`] and [`Comparison::average`].
    pub fn p_above(&self) -> Result<f64, Undefined> {
        Ok(self.prior.tails(self.rate(), self.estimated, self.comparison.average()?.per_head())?.1)
    }

    /// The probability that it is below.
    ///
    /// # Errors
    /// As [`Smoothed::p_above`].
    pub fn p_below(&self) -> Result<f64, Undefined> {
        Ok(self.prior.tails(self.rate(), self.estimated, self.comparison.average()?.per_head())?.0)
    }

    fn people(&self) -> f64 {
        self.rate().population().get() as f64
    }
}

each!(Smoothing, Smoothed<'a>);
