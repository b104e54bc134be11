mod dispersion;
mod law;
mod proportion;
mod report;
mod spec;
mod text;

pub use dispersion::{Dispersion, Overdispersion, Scale, Trim, TrimRule};
pub(crate) use dispersion::{between, log_z, place, square_root_z, widening};
pub use proportion::ProportionFunnel;
pub use report::{FunnelLimits, FunnelReport, FunnelRow};
pub use spec::FunnelSpec;

use crate::{
    Adjustment, Area, Comparison, Confidence, Error, ErrorKind, Interval, LeagueTable, Result, Significance, Test,
    Undefined, average, choice::choice, error::same_length, special::normal,
};
use law::Law;

/// Where an area lies beside the limits of a funnel.
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

/// Areas of different sizes beside the limits that chance sets to each of them: the ratio of count to expected count,
/// which is the average times the population.
///
/// Limits by chance alone are the exact quantiles of a Poisson count, interpolated (Spiegelhalter 2005, Stat. Med.
/// 24:1185). They are for drawing: whether an area lies beyond them is told by the exact tail probabilities. A count of
/// zero is never low only because some limit is above zero.
///
/// Expected counts are taken as known. An area that is a large part of the average draws it towards itself:
/// [`Comparison::against_rest`](crate::Comparison::against_rest) is the test of one such area.
///
/// ```
/// use crimerate::{Average, Confidence, Dispersion, Position, Table};
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
pub struct Funnel(Scatter);

/// One area of a [`Funnel`] or a [`ProportionFunnel`](crate::ProportionFunnel).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelPoint<'a> {
    area: &'a Area,
    dot: &'a Dot,
    reach: Reach,
}

/// The areas of a league table that take part as the points of a funnel, whatever law their counts follow.
#[derive(Clone, Debug, PartialEq)]
struct Scatter {
    league: LeagueTable,
    drawn: Drawn,
    reach: Reach,
    dots: Vec<Dot>,
}

/// How far limits reach.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reach {
    spec: FunnelSpec,
    overdispersion: Result<Overdispersion, Undefined>,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    /// Ratios to the counts that the average makes expected.
    Ratios,
    /// Ratios to expected counts that were given.
    GivenRatios,
    /// Proportions.
    Proportions,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Dot {
    count: u64,
    law: Result<Law, Undefined>,
    z: Result<f64, Undefined>,
    z_adjusted: Result<f64, Undefined>,
    p: Result<PValues, Undefined>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct PValues {
    alone: f64,
    holm: f64,
    bh: f64,
}

impl LeagueTable {
    /// The funnel of the areas that take part, each beside the count that its average makes expected.
    #[must_use]
    pub fn funnel(&self, spec: impl Into<FunnelSpec>) -> Funnel {
        let law = |here: Comparison<'_>| Law::beside(here.average()?, here.rate().population());
        Funnel(Scatter::new(self, Drawn::Ratios, spec.into(), self.compared().map(law).collect()))
    }

    /// As [`LeagueTable::funnel`], with expected counts that are given, such as those of an indirect standardisation:
    /// one for each area in the order of the table. Those of areas that take no part are not looked at.
    ///
    /// # Errors
    /// [`ErrorKind::ColumnLength`] for more or fewer values than areas, [`ErrorKind::NotExpected`] with the area for one
    /// that is neither 0 nor from 1e-30 to 1e30.
    pub fn funnel_expecting(&self, expected: &[f64], spec: impl Into<FunnelSpec>) -> Result<Funnel> {
        same_length(self.table().len(), [("expected", expected.len())])?;
        let mut laws = Vec::with_capacity(self.len());
        for ((area, outcome), &value) in self.areas().zip(expected) {
            if outcome.is_err() {
                continue;
            }
            if value != 0.0 && !average::POSSIBLE.contains(&value) {
                return Err(Error::from(ErrorKind::NotExpected { value }).in_area(area.name()));
            }
            laws.push(Law::poisson(value));
        }
        Ok(Funnel(Scatter::new(self, Drawn::GivenRatios, spec.into(), laws)))
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
    pub const fn spec(&self) -> FunnelSpec {
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
    pub fn area(&self, area: &str) -> Result<FunnelPoint<'_>> {
        self.0.area(area)
    }

    /// The areas that take part, in the order of the table.
    pub fn points(&self) -> impl Iterator<Item = FunnelPoint<'_>> {
        self.0.points()
    }

    /// How much more than by chance the areas differ, whether or not the limits allow for it.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::Trimmed`] where fewer are left, [`Undefined::ZeroCount`] on the log scale where a count is 0; where no area has an
    /// expected count, as [`FunnelPoint::expected`].
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.0.reach.overdispersion
    }

    /// Pearson's dispersion, `sum (x - E)^2 / E / (I - 1)`: no area is trimmed.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas; where none has an expected count, as [`FunnelPoint::expected`].
    pub fn pearson(&self) -> Result<f64, Undefined> {
        self.0.pearson()
    }

    /// The limits of the ratio at any expected count: what the curves of a plot are drawn through.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Dispersion, Table};
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
        self.0.reach.limits(Law::poisson(expected), confidence)
    }

    /// The limits of the ratio at any expected count by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] where the expected count is not above zero, or not finite.
    pub fn naive_limits(&self, expected: f64, confidence: Confidence) -> Result<Interval, Undefined> {
        Ok(Law::poisson(expected)?.discrete_limits(confidence))
    }
}

impl Scatter {
    /// The same with something else made of more than chance.
    fn with_dispersion(&self, dispersion: Dispersion) -> Self {
        let laws = self.dots.iter().map(|dot| dot.law).collect();
        Self::new(&self.league, self.drawn, self.reach.spec.with_dispersion(dispersion), laws)
    }

    /// For each area that takes part the law of its count.
    fn new(league: &LeagueTable, drawn: Drawn, spec: FunnelSpec, laws: Vec<Result<Law, Undefined>>) -> Self {
        let counts = league.rates().iter().map(|rate| rate.count());
        let mut dots: Vec<Dot> = counts
            .zip(laws)
            .map(|(count, law)| {
                let z = law.and_then(|law| law.z(count, spec.scale));
                Dot { count, law, z, z_adjusted: z, p: law.map(|law| PValues::of(exact(law, count).two_sided())) }
            })
            .collect();
        let lacking = [Undefined::ZeroCount, Undefined::AllCounted];
        let lacking = dots.iter().find_map(|dot| dot.z.err().filter(|why| lacking.contains(why)));
        if let Some(reason) = lacking {
            for dot in &mut dots {
                dot.z = dot.law.and(Err(reason));
            }
        }
        let (z, weights): (Vec<f64>, Vec<f64>) =
            dots.iter().filter_map(|dot| Some((dot.z.ok()?, dot.law.ok()?.weight(spec.scale)))).unzip();
        let overdispersion = match lacking.or(without_law(&dots)) {
            Some(reason) => Err(reason),
            None => Overdispersion::estimate(&z, &weights, spec.trim),
        };
        let reach = Reach { spec, overdispersion };
        for dot in &mut dots {
            dot.z_adjusted = dot.law.and_then(|law| Ok(dot.z? / reach.widening(law)?));
            if spec.dispersion != Dispersion::None {
                dot.p = dot.z_adjusted.map(|z| PValues::of(dispersion::two_sided(z)));
            }
        }
        let alone: Vec<f64> = dots.iter().filter_map(|dot| Some(dot.p.ok()?.alone)).collect();
        let [holm, bh] = [Adjustment::Holm, Adjustment::BenjaminiHochberg].map(|how| how.of_probabilities(&alone));
        let told = dots.iter_mut().filter_map(|dot| dot.p.as_mut().ok());
        for ((p, holm), bh) in told.zip(holm).zip(bh) {
            (p.holm, p.bh) = (holm, bh);
        }
        Self { league: league.clone(), drawn, reach, dots }
    }

    /// The sum of squared distances from the expected counts over their variances, over one less than there are.
    fn pearson(&self) -> Result<f64, Undefined> {
        let parts = self.dots.iter().filter_map(|dot| {
            let law = dot.law.ok()?;
            let apart = dot.count as f64 - law.expected();
            Some(apart * apart / law.variance())
        });
        let (areas, sum) = parts.fold((0_usize, 0.0), |(areas, sum), part| (areas + 1, sum + part));
        match areas {
            0 | 1 => Err(without_law(&self.dots).unwrap_or(Undefined::TooFew)),
            areas => Ok(sum / (areas - 1) as f64),
        }
    }

    fn points(&self) -> impl Iterator<Item = FunnelPoint<'_>> {
        let areas = self.league.compared().map(|here| here.area());
        areas.zip(&self.dots).map(|(area, dot)| FunnelPoint { area, dot, reach: self.reach })
    }

    fn area(&self, area: &str) -> Result<FunnelPoint<'_>> {
        let (place, comparison) = self.league.find(area)?;
        let unknown = || ErrorKind::UnknownArea { text: area.into() }.into();
        let point = |dot| FunnelPoint { area: comparison.area(), dot, reach: self.reach };
        self.dots.get(place).map(point).ok_or_else(unknown)
    }
}

impl Reach {
    fn limits(self, law: Result<Law, Undefined>, confidence: Confidence) -> Result<Interval, Undefined> {
        let law = law?;
        if self.spec.dispersion == Dispersion::None {
            return Ok(law.discrete_limits(confidence));
        }
        let errors = normal::upper_quantile(confidence.tail()) * self.widening(law)?;
        Ok(law.limits(self.spec.scale, errors, confidence))
    }

    fn widening(self, law: Law) -> Result<f64, Undefined> {
        match self.spec.dispersion {
            Dispersion::None => Ok(1.0),
            dispersion => Ok(self.overdispersion?.widening(dispersion, law.weight(self.spec.scale))),
        }
    }
}

/// Why none of some areas has a law.
fn without_law(dots: &[Dot]) -> Option<Undefined> {
    dots.first().and_then(|dot| dot.law.err()).filter(|_| dots.iter().all(|dot| dot.law.is_err()))
}

impl PValues {
    const fn of(alone: f64) -> Self {
        Self { alone, holm: alone, bh: alone }
    }
}

fn exact(law: Law, count: u64) -> Significance {
    Significance::new(law.tails(count), Test::Exact)
}

impl<'a> FunnelPoint<'a> {
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
    /// [`Comparison::average`].
    pub fn expected(&self) -> Result<f64, Undefined> {
        Ok(self.dot.law?.expected())
    }

    /// The value that is drawn: count over expected count, or the proportion.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`].
    pub fn value(&self) -> Result<f64, Undefined> {
        Ok(self.dot.law?.value(self.dot.count as f64))
    }

    /// The count over the expected count, whatever is drawn.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`].
    pub fn ratio(&self) -> Result<f64, Undefined> {
        Ok(self.dot.count as f64 / self.expected()?)
    }

    /// The limits of the value at a level, with the dispersion of the funnel.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`]; with dispersion also as [`Funnel::overdispersion`].
    pub fn limits(&self, confidence: Confidence) -> Result<Interval, Undefined> {
        self.reach.limits(self.dot.law, confidence)
    }

    /// The limits by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`].
    pub fn naive_limits(&self, confidence: Confidence) -> Result<Interval, Undefined> {
        Ok(self.dot.law?.discrete_limits(confidence))
    }

    /// Where the area lies beside the limits at a level: by chance alone by the exact tail probability of so many or
    /// more, or so few or fewer; with dispersion by whether its value is outside [`FunnelPoint::limits`].
    ///
    /// # Errors
    /// As [`FunnelPoint::limits`].
    pub fn position(&self, confidence: Confidence) -> Result<Position, Undefined> {
        if self.reach.spec.dispersion == Dispersion::None {
            return self.naive_position(confidence);
        }
        let (value, limits) = (self.value()?, self.limits(confidence)?);
        Ok(Position::of(value < limits.lower(), value > limits.upper()))
    }

    /// Where the area lies by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`].
    pub fn naive_position(&self, confidence: Confidence) -> Result<Position, Undefined> {
        let p = self.significance()?;
        Ok(Position::of(p.lower() <= confidence.tail(), p.upper() <= confidence.tail()))
    }

    /// The exact p-values by chance alone.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`].
    pub fn significance(&self) -> Result<Significance, Undefined> {
        Ok(exact(self.dot.law?, self.dot.count))
    }

    /// How many standard errors of chance alone the value lies from the target, on the scale of the funnel.
    ///
    /// # Errors
    /// As [`FunnelPoint::expected`], and [`Undefined::ZeroCount`] on the log scale where any count is 0,
    /// [`Undefined::AllCounted`] where it is all of a total.
    pub const fn z(&self) -> Result<f64, Undefined> {
        self.dot.z
    }

    /// z after the dispersion; z itself without.
    ///
    /// # Errors
    /// As [`FunnelPoint::z`]; with dispersion also as [`Funnel::overdispersion`].
    pub const fn z_adjusted(&self) -> Result<f64, Undefined> {
        self.dot.z_adjusted
    }

    /// The two-sided p-value: twice the smaller exact tail without dispersion, that of the adjusted z with it.
    ///
    /// # Errors
    /// As [`FunnelPoint::limits`].
    pub fn p(&self) -> Result<f64, Undefined> {
        Ok(self.dot.p?.alone)
    }

    /// The p-value adjusted for the number of areas, by [`Adjustment::Holm`] or [`Adjustment::BenjaminiHochberg`].
    ///
    /// # Errors
    /// As [`FunnelPoint::p`].
    pub fn p_adjusted(&self, adjustment: Adjustment) -> Result<f64, Undefined> {
        let p = self.dot.p?;
        Ok(match adjustment {
            Adjustment::Holm => p.holm,
            Adjustment::BenjaminiHochberg => p.bh,
        })
    }
}

impl Position {
    const fn of(low: bool, high: bool) -> Self {
        match (low, high) {
            (true, _) => Self::Low,
            (_, true) => Self::High,
            _ => Self::Within,
        }
    }
}
