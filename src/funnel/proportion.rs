use super::{FunnelPoint, FunnelSpec, Overdispersion, Scatter, law::Law};
use crate::{Area, Confidence, Error, ErrorKind, Interval, Proportion, Result, Undefined, areas::Areas, number};

/// Proportions of different totals beside the limits that chance sets to each of them, such as offences charged out of
/// offences recorded.
///
/// As a [`Funnel`](crate::Funnel), with exact limits of a binomial count; what is drawn is the proportion.
///
/// ```
/// use crimerate::{Confidence, Dispersion, Position, Proportion, ProportionFunnel};
///
/// let charged = [("A", Proportion::new(15, 200)?), ("B", Proportion::new(61, 400)?), ("C", Proportion::new(0, 9)?)];
/// let funnel = ProportionFunnel::new(charged, Dispersion::None)?;
/// assert_eq!(format!("{:.3}", funnel.target()), "0.125");
/// let a = funnel.area("A")?;
/// assert_eq!(format!("{:.3}", a.limits(Confidence::P95)?), "0.078 to 0.170");
/// assert_eq!(a.position(Confidence::P95)?, Position::Low);
/// assert_eq!(funnel.area("C")?.position(Confidence::P95)?, Position::Within);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ProportionFunnel {
    areas: Areas,
    odds: f64,
    scatter: Scatter,
}

impl ProportionFunnel {
    /// Around the proportion of all areas together.
    ///
    /// # Errors
    /// [`ErrorKind::NoRows`] of no areas, [`ErrorKind::NoName`] and [`ErrorKind::DuplicateName`] with the place from 1.
    pub fn new<N: AsRef<str>>(
        areas: impl IntoIterator<Item = (N, Proportion)>,
        spec: impl Into<FunnelSpec>,
    ) -> Result<Self> {
        let (areas, proportions) = collect(areas)?;
        let sum = |part: fn(Proportion) -> u64| proportions.iter().map(|&it| u128::from(part(it))).sum::<u128>();
        let (count, total) = (sum(Proportion::count), sum(Proportion::total));
        Ok(Self::of(areas, &proportions, number::quotient(count, total.saturating_sub(count)), spec.into()))
    }

    /// Around a target that is given, such as a national proportion.
    ///
    /// # Errors
    /// As [`ProportionFunnel::new`], and [`ErrorKind::NotATarget`] unless it lies between 0 and 1, both left out.
    pub fn around<N: AsRef<str>>(
        target: f64,
        areas: impl IntoIterator<Item = (N, Proportion)>,
        spec: impl Into<FunnelSpec>,
    ) -> Result<Self> {
        if !(target > 0.0 && target < 1.0) {
            return Err(ErrorKind::NotATarget { value: target }.into());
        }
        let (areas, proportions) = collect(areas)?;
        Ok(Self::of(areas, &proportions, target / (1.0 - target), spec.into()))
    }

    fn of(areas: Areas, proportions: &[Proportion], odds: f64, spec: FunnelSpec) -> Self {
        let dots = proportions.iter().map(|it| (it.count(), Law::binomial(it.total(), odds)));
        Self { areas, odds, scatter: Scatter::new(spec, dots) }
    }

    /// The proportion that the areas are compared with.
    #[must_use]
    pub fn target(&self) -> f64 {
        if self.odds == f64::INFINITY { 1.0 } else { self.odds / (1.0 + self.odds) }
    }

    /// How it was made.
    #[must_use]
    pub const fn spec(&self) -> FunnelSpec {
        self.scatter.spec()
    }

    /// The areas in their order.
    pub fn points(&self) -> impl Iterator<Item = FunnelPoint<'_>> {
        self.scatter.points(self.areas.list().iter())
    }

    /// An area by its name.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn area(&self, area: &str) -> Result<FunnelPoint<'_>> {
        let found = self.areas.find(area).and_then(|index| self.points().nth(index));
        found.ok_or_else(|| ErrorKind::UnknownArea { text: area.into() }.into())
    }

    /// How much more than by chance the areas differ, whether or not the limits allow for it.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas, [`Undefined::ZeroCount`] on the log scale where a count is none or all,
    /// [`Undefined::AllEqual`] where all counts together are none or all.
    pub const fn overdispersion(&self) -> Result<Overdispersion, Undefined> {
        self.scatter.overdispersion()
    }

    /// Pearson's dispersion, the sum of squared distances from the expected counts over their variances, over I - 1.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two areas.
    pub fn pearson(&self) -> Result<f64, Undefined> {
        self.scatter.pearson()
    }

    /// The limits of the proportion at any total: what the curves of a plot are drawn through.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] for a total of 0, [`Undefined::AllEqual`] where the target is 0 or 1; with
    /// dispersion, as [`ProportionFunnel::overdispersion`].
    pub fn limits(&self, total: u64, confidence: Confidence) -> Result<Interval, Undefined> {
        self.scatter.limits(Law::binomial(total, self.odds), confidence)
    }

    /// The limits at any total by chance alone, whatever the dispersion.
    ///
    /// # Errors
    /// [`Undefined::NothingExpected`] for a total of 0, [`Undefined::AllEqual`] where the target is 0 or 1.
    pub fn naive_limits(&self, total: u64, confidence: Confidence) -> Result<Interval, Undefined> {
        Ok(Law::binomial(total, self.odds)?.discrete_limits(confidence))
    }
}

fn collect<N: AsRef<str>>(given: impl IntoIterator<Item = (N, Proportion)>) -> Result<(Areas, Vec<Proportion>)> {
    let (mut areas, mut proportions) = (Areas::default(), Vec::new());
    for ((name, proportion), row) in given.into_iter().zip(1..) {
        let name = name.as_ref();
        let area = Area::new(name, None).map_err(|error| error.at_row(row))?;
        if let Some(fault) = areas.push(area, row).into_iter().next() {
            return Err(Error::from(fault).at_row(row).in_area(name.trim()));
        }
        proportions.push(proportion);
    }
    if proportions.is_empty() { Err(ErrorKind::NoRows.into()) } else { Ok((areas, proportions)) }
}
