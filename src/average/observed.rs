//! A count compared with the count that an average makes expected.

use super::{fixed::POSSIBLE, value::Value};
use crate::{
    base::{ErrorKind, Result, Undefined},
    interval::{self, Interval, PValues, Test},
    rate::Rate,
    special::discrete,
};

/// A count compared with the count expected at an average: average times population.
///
/// The average is taken as known, which is right for one that is given. One that contains the area is drawn towards it, and
/// the test gives too few alarms: 3.2 % at a nominal 5 % for a force with a sixth of the population. That of the other areas varies by
/// chance itself, and the test gives too many: 7.4 %. For both use
/// [`Comparison::against_rest`](crate::Comparison::against_rest), which allows for the chance in the others.
///
/// ```
/// use crimerate::{Average, Per, Rate, interval::Test};
///
/// let national = Average::fixed(20.4, Per::THOUSAND)?.of(&[]).unwrap();
/// let force = Rate::new(450, 20_000)?.against(national);
/// assert_eq!(format!("{:.1}", force.expected()), "408.0");
/// assert_eq!(force.significance(Test::Exact).to_string(), "p = 0.0424 (exact)");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObservedExpected {
    rate: Rate,
    expected: f64,
}

impl Rate {
    /// This rate's count compared with the one expected at an average.
    #[must_use]
    pub fn against(self, average: Value) -> ObservedExpected {
        ObservedExpected { rate: self, expected: average.expected(self.population()) }
    }
}

impl Rate {
    /// This rate's count compared with an expected count that is given, such as that of an indirect standardisation.
    ///
    /// ```
    /// use crimerate::{Confidence, Method, Rate};
    ///
    /// let here = Rate::new(12, 5_000)?.expecting(8.4)?;
    /// assert_eq!(format!("{:.2}", here.ratio().unwrap()), "1.43");
    /// assert_eq!(format!("{:.2}", here.interval((Confidence::P95, Method::MidP)).unwrap()), "0.77 to 2.43");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for one that is neither 0 nor from 1e-30 to 1e30.
    pub fn expecting(self, expected: f64) -> Result<ObservedExpected> {
        possible(expected).map(|expected| ObservedExpected { rate: self, expected })
    }
}

/// An expected count that is given.
pub(crate) fn possible(expected: f64) -> Result<f64> {
    if expected == 0.0 || POSSIBLE.contains(&expected) {
        return Ok(expected.abs());
    }
    let (what, range) = ("an expected count", "0 or from 1e-30 to 1e30");
    Err(ErrorKind::OutOfRange { what, value: expected, range }.into())
}

impl ObservedExpected {
    /// The rate that is compared.
    #[must_use]
    pub const fn rate(self) -> Rate {
        self.rate
    }

    /// The expected count.
    #[must_use]
    pub const fn expected(self) -> f64 {
        self.expected
    }

    /// The rate ratio, count over expected count.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`].
    pub fn ratio(self) -> Result<f64, Undefined> {
        self.over_expected(self.rate.count() as f64)
    }

    /// The interval of the rate ratio: that of the count, over the expected count.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`].
    pub fn interval(self, spec: impl Into<interval::Spec>) -> Result<Interval, Undefined> {
        let count = Interval::of_count(self.rate.count(), spec);
        let [lower, upper] = [count.lower(), count.upper()].map(|limit| self.over_expected(limit));
        Ok(Interval::new(lower?, upper?, count.confidence()))
    }

    fn over_expected(self, count: f64) -> Result<f64, Undefined> {
        if self.expected > 0.0 { Ok(count / self.expected) } else { Err(Undefined::NothingExpected) }
    }

    /// The p-values of the count as a Poisson variable with the expected count as its mean. Relative error at most
    /// 1e-12 down to 1e-300.
    #[must_use]
    pub fn significance(self, test: Test) -> PValues {
        PValues::new(discrete::poisson_tails(self.rate.count() as f64, self.expected), test)
    }
}
