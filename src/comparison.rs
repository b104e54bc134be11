use crate::{
    Area, Average, AverageValue, BandSpec, Interval, IntervalSpec, Order, Per, Rank, RankSpec, Rate, RateInterval,
    RateRatio, Tally, Ties, Undefined, Yardstick, ZScale, number,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How the areas of a table are compared: against which [`Average`], with which interval, ranked how, z on
/// which [`ZScale`], and with which [`Bands`](crate::Bands) and [`RankSets`](crate::RankSets), if any.
///
/// An average alone will do; the rest is then an exact interval at 95 %, competition ranks, highest first, the standard z
/// and neither bands nor rank sets.
///
/// ```
/// use crimerate::{Average, Compare, Confidence, Method, Order, Table};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let how = Compare::with(Average::MEDIAN).interval((Confidence::P99, Method::Score)).order(Order::Lowest);
/// assert_eq!(table.compare(how).area("Durham")?.rank().to_string(), "1");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    pub(crate) average: Average,
    pub(crate) interval: IntervalSpec,
    pub(crate) order: Order,
    pub(crate) ties: Ties,
    #[serde(default)]
    pub(crate) z: ZScale,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bands: Option<BandSpec>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rank_sets: Option<RankSpec>,
}

/// One area beside the average: its rate with its interval, how far it lies from the average, and its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison<'a> {
    pub(crate) area: &'a Area,
    pub(crate) rate: Rate,
    pub(crate) interval: RateInterval,
    pub(crate) average: Result<AverageValue, Undefined>,
    /// The sums of the areas that the average is over, this one among them.
    pub(crate) tally: Result<Tally, Undefined>,
    pub(crate) yardstick: Result<Yardstick, Undefined>,
    pub(crate) rank: Rank,
    pub(crate) percentile: f64,
    pub(crate) of: usize,
}

impl Compare {
    /// Against this average; otherwise as usual.
    #[must_use]
    pub fn with(average: Average) -> Self {
        let (interval, order, ties) = (IntervalSpec::default(), Order::default(), Ties::default());
        Self { average, interval, order, ties, z: ZScale::default(), bands: None, rank_sets: None }
    }

    /// The average.
    #[must_use]
    pub const fn average(self) -> Average {
        self.average
    }

    /// The intervals.
    #[must_use]
    pub const fn interval_spec(self) -> IntervalSpec {
        self.interval
    }

    /// With these intervals: a [`Confidence`](crate::Confidence), a [`Method`](crate::Method) or both.
    #[must_use]
    pub fn interval(mut self, spec: impl Into<IntervalSpec>) -> Self {
        self.interval = spec.into();
        self
    }

    /// With this end of the ranking first.
    #[must_use]
    pub const fn order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    /// With this rule for equal rates.
    #[must_use]
    pub const fn ties(mut self, ties: Ties) -> Self {
        self.ties = ties;
        self
    }

    /// With z on this scale.
    #[must_use]
    pub const fn z(mut self, scale: ZScale) -> Self {
        self.z = scale;
        self
    }

    /// With these bands in the report, and what masks whom.
    #[must_use]
    pub const fn bands(mut self, spec: BandSpec) -> Self {
        self.bands = Some(spec);
        self
    }

    /// With the ranks that each area may truly have in the report.
    #[must_use]
    pub fn rank_sets(mut self, spec: impl Into<RankSpec>) -> Self {
        self.rank_sets = Some(spec.into());
        self
    }
}

impl From<Average> for Compare {
    fn from(average: Average) -> Self {
        Self::with(average)
    }
}

impl<'a> Comparison<'a> {
    /// The area.
    #[must_use]
    pub const fn area(&self) -> &'a Area {
        self.area
    }

    /// The rate.
    #[must_use]
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// The interval of the rate, per so many people.
    #[must_use]
    pub fn interval(&self, per: Per) -> Interval {
        self.interval.per(per)
    }

    /// The average that the rate is compared with.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where the area is the only one and is left out of its own average,
    /// [`Undefined::NoGroup`] where the average is over groups and the area has none.
    pub const fn average(&self) -> Result<AverageValue, Undefined> {
        self.average
    }

    /// Rate less average, per so many people.
    ///
    /// # Errors
    /// As [`Comparison::average`].
    pub fn difference(&self, per: Per) -> Result<f64, Undefined> {
        Ok(per.scale(self.rate.value() - self.average()?.per_head()))
    }

    /// The rate ratio: rate over average.
    ///
    /// # Errors
    /// As [`Comparison::average`], and [`Undefined::ZeroAverage`].
    pub fn ratio(&self) -> Result<f64, Undefined> {
        Ok(self.rate.value() / self.nonzero_average()?)
    }

    /// How many per cent the rate lies above (or, negative, below) the average.
    ///
    /// # Errors
    /// As [`Comparison::ratio`].
    pub fn percent(&self) -> Result<f64, Undefined> {
        let average = self.nonzero_average()?;
        Ok(100.0 * (self.rate.value() - average) / average)
    }

    /// The rate over that of all other areas together, with its interval and its test: of the others in its group, where the
    /// average is over groups.
    ///
    /// This is the comparison with the pooled average that allows inference: an average that contains the area moves
    /// with it, and to take it as known gives false alarms.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Table, Test};
    ///
    /// let table = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 35, 50_000)])?;
    /// let a = table.compare(Average::POOLED).area("A")?.against_rest()?;
    /// assert_eq!(format!("{:.2}", a.interval(Confidence::P95)), "1.28 to 2.66");
    /// assert_eq!(a.significance(Test::Exact).to_string(), "p = 0.0010 (exact)");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where there is no other area, [`Undefined::NoGroup`] where the area has no group,
    /// [`Undefined::TooLarge`] where the sums of the others do not fit.
    pub fn against_rest(&self) -> Result<RateRatio, Undefined> {
        Ok(self.rate.ratio_to(self.tally?.without(self.rate).rate()?))
    }

    /// How far the rate lies from the centre of all compared rates, whatever the average is, on the [`ZScale`] that
    /// [`Compare::z`] chose: by default rate less the mean of rates, over their sample standard deviation.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::AllEqual`] where the rates do not differ,
    /// [`Undefined::TooClose`] where they do by less than a double can show; log z [`Undefined::ZeroRate`] where any
    /// compared rate is zero; robust z [`Undefined::ZeroMad`] where more than half of the rates are equal.
    pub fn z(&self) -> Result<f64, Undefined> {
        Ok(self.yardstick?.z(self.rate.value()))
    }

    /// The percentile of the rate among those compared: 100 times the share that is lower, half of those equal to it (itself
    /// among them) counted in.
    #[must_use]
    pub const fn percentile(&self) -> f64 {
        self.percentile
    }

    /// The place of the rate among those compared.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        self.rank
    }

    /// How many areas are compared.
    #[must_use]
    pub const fn of(&self) -> usize {
        self.of
    }

    fn nonzero_average(&self) -> Result<f64, Undefined> {
        match self.average()?.per_head() {
            0.0 => Err(Undefined::ZeroAverage),
            average => Ok(average),
        }
    }
}

/// Such as `West Midlands: 3,437 on 2,916,500 people, rank 2 of 37`.
impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { area, rate, rank, of, .. } = self;
        write!(f, "{area}: {} on {} people, rank {rank} of {of}", number::grouped(rate.count()), rate.population())
    }
}
