//! One area compared with the average.

use super::rank::Rank;
use crate::{
    average::{self, Spread},
    base::{Undefined, digits, layout},
    interval::{RateInterval, RateRatio},
    rate::{Per, Rate, Reading, Tally},
    table::Area,
};
use std::fmt;

/// One area compared with the average: its rate with its interval, how far it lies from the average, and its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison<'a> {
    pub(crate) area: &'a Area,
    pub(crate) rate: Rate,
    /// What is compared, per head: the rate, or a value that stands in its place.
    pub(crate) value: f64,
    pub(crate) interval: RateInterval,
    pub(crate) average: Result<average::Value, Undefined>,
    /// The sums of the areas that the average is over, this one among them.
    pub(crate) tally: Result<Tally, Undefined>,
    pub(crate) spread: Result<Spread, Undefined>,
    pub(crate) rank: Rank,
    pub(crate) percentile: f64,
    pub(crate) of: usize,
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

    /// The interval of the rate, still to be read per unit population.
    #[must_use]
    pub const fn interval(&self) -> RateInterval {
        self.interval
    }

    /// The average that the rate is compared with.
    ///
    /// # Errors
    /// [`Undefined::NoAverage`] where the area is the only one and is left out of its own average,
    /// [`Undefined::NoGroup`] where the average is over groups and the area has none.
    pub const fn average(&self) -> Result<average::Value, Undefined> {
        self.average
    }

    /// Rate less average, per unit population.
    ///
    /// # Errors
    /// As [`Comparison::average`].
    pub fn difference(&self, per: Per) -> Result<Reading, Undefined> {
        Ok(Reading::of_double(per.scale(self.value - self.average()?.per_head()), per))
    }

    /// The same as the fraction that it is, where the average is one: what is printed, so that no double decides a digit.
    pub(super) fn exact_difference(&self, per: Per) -> Result<Reading, Undefined> {
        match self.average()?.sums().and_then(|sums| sums.rate().ok()) {
            Some(average) => Ok(self.rate.minus(average).per(per)),
            None => self.difference(per),
        }
    }

    /// The rate ratio: rate over average.
    ///
    /// # Errors
    /// As [`Comparison::average`], and [`Undefined::ZeroAverage`].
    pub fn ratio(&self) -> Result<f64, Undefined> {
        Ok(self.value / self.nonzero_average()?)
    }

    /// How many per cent the rate lies above (or, negative, below) the average.
    ///
    /// # Errors
    /// As [`Comparison::ratio`].
    pub fn percent(&self) -> Result<f64, Undefined> {
        let average = self.nonzero_average()?;
        Ok(100.0 * (self.value - average) / average)
    }

    /// The rate over that of all other areas together, with its interval and its test: of the others in its group, where the
    /// average is over groups.
    ///
    /// This is the comparison with the pooled average that allows inference. To take an average as known gives too few alarms
    /// where it contains the area and moves with it, and too many where it is that of the others, which varies by chance itself.
    ///
    /// ```
    /// use crimerate::{Average, Confidence, Table, interval::Test};
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

    /// How far the rate lies from the centre of all compared rates, whatever the average is, on the [`ZScale`](crate::average::ZScale) that
    /// [`Compare::with_z`](crate::Compare::with_z) chose: by default rate less the mean of rates, over their sample standard deviation.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::AllEqual`] where the rates do not differ,
    /// [`Undefined::TooClose`] where they do by less than a double can show; log z [`Undefined::ZeroRate`] where any
    /// compared rate is zero; robust z [`Undefined::ZeroMad`] where more than half of the rates are equal.
    pub fn z(&self) -> Result<f64, Undefined> {
        Ok(self.spread?.z(self.value))
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

/// Such as `West Midlands: 3,437 on a population of 2,916,500, rank 2 of 37`.
impl fmt::Display for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { area, rate, rank, of, .. } = self;
        let of = digits::grouped(*of as u64);
        layout::pad(
            f,
            &format!(
                "{area}: {} on a population of {}, rank {rank} of {of}",
                digits::grouped(rate.count()),
                rate.population()
            ),
        )
    }
}
