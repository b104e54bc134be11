//! Arrays to write a comparison into.
//!
//! Funnels and smoothed rates are arrays of a comparison like rates and ranks, so that one pass over the counts, one workspace, one
//! split among threads and one way out of what doubles cannot hold serve all. `Panel::funnel` and `Panel::smooth` ask for just these.
//! A panel has the bits of its tables: blocks of columns are worked out row by row, in the order of additions and with the divisions
//! of a table. A block whose sums reach 2^53, where one division of doubles no longer rounds once, and averages over peer groups go
//! to the table itself, one column at a time: the definition is its own fallback. Every pass runs along a row, over 512 columns
//! or so whose values stay in the second-level cache; nothing is transposed but for sorting. Of more than 512 areas the values are
//! not kept: a division is cheaper than a distant cache. So the workspace does not grow with the indicators.

use crate::{
    base::{Error, ErrorKind, Result, same_length},
    funnel,
    league::Measure,
};
use ndarray::{ArrayViewMut1, ArrayViewMut2, Axis};

/// The arrays that a comparison of a [`Panel`](crate::Panel) is written to: those that are wanted, and no others.
///
/// Arrays of cells have a row for each area and a column for each indicator, as the panel has; the indicators of a row have
/// to stand side by side in memory, rows may lie anywhere. Arrays of columns have a value for each indicator.
///
/// ```
/// use crimerate::{Average, Panel, Per, ndarray::Array2, ndarray::array, panel::{Outputs, Workspace}};
///
/// let panel = Panel::new(["A", "B"], array![[30_u64, 4], [10, 9]], [1_000, 2_000])?;
/// let (mut rate, mut ranks) = (Array2::zeros((2, 2)), Array2::zeros((2, 2)));
/// let outputs = Outputs::new().rate(rate.view_mut()).ranks(ranks.view_mut());
/// panel.compare_into(Average::POOLED, Per::THOUSAND, outputs, &mut Workspace::new())?;
/// assert_eq!((rate, ranks), (array![[30.0, 4.0], [5.0, 4.5]], array![[1, 2], [2, 1]]));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Outputs<'a> {
    pub(crate) cells: [Option<ArrayViewMut2<'a, f64>>; Measure::CELLS],
    pub(crate) ranks: Option<ArrayViewMut2<'a, u32>>,
    pub(crate) averages: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) means: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) deviations: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) statuses: Option<ArrayViewMut1<'a, u8>>,
    pub(crate) smoothed: SmoothedOutputs<'a>,
    pub(crate) funnel: FunnelOutputs<'a>,
}

/// Marshall's estimates, with the mean and the standard deviation of the true rates of each indicator.
#[derive(Debug, Default)]
pub(crate) struct SmoothedOutputs<'a> {
    pub(crate) estimates: Option<ArrayViewMut2<'a, f64>>,
    pub(crate) means: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) deviations: Option<ArrayViewMut1<'a, f64>>,
}

/// A funnel of each indicator.
#[derive(Debug, Default)]
pub(crate) struct FunnelOutputs<'a> {
    pub(crate) spec: funnel::Spec,
    pub(crate) z: Option<ArrayViewMut2<'a, f64>>,
    pub(crate) adjusted: Option<ArrayViewMut2<'a, f64>>,
    pub(crate) phi: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) tau2: Option<ArrayViewMut1<'a, f64>>,
    pub(crate) statuses: Option<ArrayViewMut1<'a, u8>>,
}

impl Measure {
    /// The measures that are doubles: all but the rank, which is the last.
    pub(crate) const CELLS: usize = Self::Rank as usize;
}

macro_rules! cells {
    ($($(#[$doc:meta])* $name:ident => $measure:ident,)+) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name(self, array: ArrayViewMut2<'a, f64>) -> Self {
            self.cells(Measure::$measure, array)
        })+
    };
}

pub(super) fn shapes_differ(what: &'static str, expected: (usize, usize), found: (usize, usize)) -> Error {
    let list = |(areas, indicators)| vec![areas, indicators];
    ErrorKind::ShapesDiffer { what, axes: "areas x indicators", expected: list(expected), found: list(found) }.into()
}

impl<'a> Outputs<'a> {
    /// Nothing wanted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    cells! {
        /// Rates: `count * per / population`.
        rate => Rate,
        /// Lower limits of the rates.
        lower => Lower,
        /// Upper limits of the rates.
        upper => Upper,
        /// The average that each rate is compared with; it differs within an indicator only where areas are left out of
        /// their own averages.
        average => Average,
        /// Rates less averages.
        difference => Difference,
        /// Rates over averages.
        ratio => Ratio,
        /// Per cent above (negative: below) the average.
        percent => Percent,
        /// z on the scale that is chosen.
        z => Z,
        /// Percentiles among the areas compared.
        percentile => Percentile,
    }

    /// Places among the areas compared, 0 where there is none; doubled for [`Ties::Average`](crate::Ties::Average), so
    /// that 2.5 is 5.
    #[must_use]
    pub fn ranks(self, array: ArrayViewMut2<'a, u32>) -> Self {
        Self { ranks: Some(array), ..self }
    }

    /// For each indicator the average of all areas that take part.
    #[must_use]
    pub fn averages(self, array: ArrayViewMut1<'a, f64>) -> Self {
        Self { averages: Some(array), ..self }
    }

    /// For each indicator the mean of the rates.
    #[must_use]
    pub fn means(self, array: ArrayViewMut1<'a, f64>) -> Self {
        Self { means: Some(array), ..self }
    }

    /// For each indicator the standard deviation (n - 1) of the rates.
    #[must_use]
    pub fn deviations(self, array: ArrayViewMut1<'a, f64>) -> Self {
        Self { deviations: Some(array), ..self }
    }

    /// For each indicator why there is no z, as an [`Undefined::code`](crate::Undefined::code);
    /// 0 where there is.
    #[must_use]
    pub fn statuses(self, array: ArrayViewMut1<'a, u8>) -> Self {
        Self { statuses: Some(array), ..self }
    }

    /// Smoothed rates: Marshall's estimates, as [`LeagueTable::smooth`](crate::LeagueTable::smooth) gives them, whatever
    /// the average of the comparison.
    #[must_use]
    pub fn smoothed(mut self, array: ArrayViewMut2<'a, f64>) -> Self {
        self.smoothed.estimates = Some(array);
        self
    }

    /// For each indicator the mean of the true rates, as Marshall's moments have it: the pooled rate.
    #[must_use]
    pub fn prior_means(mut self, array: ArrayViewMut1<'a, f64>) -> Self {
        self.smoothed.means = Some(array);
        self
    }

    /// For each indicator the standard deviation of the true rates, as Marshall's moments have it: 0 where the rates
    /// differ by no more than chance, so that every estimate is the mean.
    #[must_use]
    pub fn prior_deviations(mut self, array: ArrayViewMut1<'a, f64>) -> Self {
        self.smoothed.deviations = Some(array);
        self
    }

    /// How the funnels of the indicators are made; otherwise as by default. Their target is the average of the
    /// comparison.
    #[must_use]
    pub fn funnel(mut self, spec: impl Into<funnel::Spec>) -> Self {
        self.funnel.spec = spec.into();
        self
    }

    /// z of each cell in the funnel of its indicator, by chance alone: [`funnel::Point::z`](crate::funnel::Point::z).
    #[must_use]
    pub fn funnel_z(mut self, array: ArrayViewMut2<'a, f64>) -> Self {
        self.funnel.z = Some(array);
        self
    }

    /// The same after the dispersion of the funnels: [`funnel::Point::z_adjusted`](crate::funnel::Point::z_adjusted).
    #[must_use]
    pub fn funnel_z_adjusted(mut self, array: ArrayViewMut2<'a, f64>) -> Self {
        self.funnel.adjusted = Some(array);
        self
    }

    /// For each indicator phi, the mean square of z: [`Overdispersion::phi`](crate::funnel::Overdispersion::phi).
    #[must_use]
    pub fn phis(mut self, array: ArrayViewMut1<'a, f64>) -> Self {
        self.funnel.phi = Some(array);
        self
    }

    /// For each indicator tau^2: [`Overdispersion::tau2`](crate::funnel::Overdispersion::tau2).
    #[must_use]
    pub fn tau2s(mut self, array: ArrayViewMut1<'a, f64>) -> Self {
        self.funnel.tau2 = Some(array);
        self
    }

    /// For each indicator why its funnel has no phi and tau^2, as an [`Undefined::code`](crate::Undefined::code); 0 where
    /// it has. [`Undefined::TooFew`](crate::Undefined::TooFew) and
    /// [`Undefined::Trimmed`](crate::Undefined::Trimmed) leave z by chance alone defined, any other reason no z.
    #[must_use]
    pub fn funnel_statuses(mut self, array: ArrayViewMut1<'a, u8>) -> Self {
        self.funnel.statuses = Some(array);
        self
    }

    pub(crate) fn cells(mut self, measure: Measure, array: ArrayViewMut2<'a, f64>) -> Self {
        if let Some(cells) = self.cells.get_mut(measure as usize) {
            *cells = Some(array);
        }
        self
    }

    /// Refuses arrays of another shape than the panel's, and rows whose values are not side by side.
    pub(crate) fn check(&self, expected: (usize, usize)) -> Result<()> {
        let shape = |array: &'static str, found: (usize, usize)| {
            if found == expected { Ok(()) } else { Err(shapes_differ(array, expected, found)) }
        };
        let side_by_side = |array: &'static str, strides: &[isize]| match strides.last() {
            Some(1) | None => Ok(()),
            Some(_) if expected.1 < 2 => Ok(()),
            Some(&stride) => Err(Error::from(ErrorKind::Strided { array, stride })),
        };
        let measures = Measure::ALL.iter().map(|measure| measure.name()).zip(&self.cells);
        let others = [
            ("smoothed rates", &self.smoothed.estimates),
            ("z of funnels", &self.funnel.z),
            ("adjusted z of funnels", &self.funnel.adjusted),
        ];
        for (array, cells) in measures.chain(others) {
            if let Some(cells) = cells {
                shape(array, cells.dim())?;
                side_by_side(array, cells.strides())?;
            }
        }
        if let Some(ranks) = &self.ranks {
            shape("ranks", ranks.dim())?;
            side_by_side("ranks", ranks.strides())?;
        }
        let columns = [
            ("averages", &self.averages),
            ("means", &self.means),
            ("standard deviations", &self.deviations),
            ("means of true rates", &self.smoothed.means),
            ("standard deviations of true rates", &self.smoothed.deviations),
            ("phi", &self.funnel.phi),
            ("tau^2", &self.funnel.tau2),
        ];
        let statuses = [("statuses", &self.statuses), ("statuses of funnels", &self.funnel.statuses)];
        let lengths = columns.iter().filter_map(|(array, column)| Some((*array, column.as_ref()?.len())));
        let codes = statuses.iter().filter_map(|(array, column)| Some((*array, column.as_ref()?.len())));
        same_length(expected.1, lengths.chain(codes))
    }

    /// The arrays for the first `columns` indicators, and those for the others.
    pub(crate) fn split_at(self, columns: usize) -> (Self, Self) {
        let (mut left, mut right) = (Self::new(), Self::new());
        for ((cells, left), right) in self.cells.into_iter().zip(&mut left.cells).zip(&mut right.cells) {
            (*left, *right) = self::cells(cells, columns);
        }
        (left.ranks, right.ranks) = cells(self.ranks, columns);
        (left.averages, right.averages) = column(self.averages, columns);
        (left.means, right.means) = column(self.means, columns);
        (left.deviations, right.deviations) = column(self.deviations, columns);
        (left.statuses, right.statuses) = column(self.statuses, columns);
        (left.smoothed, right.smoothed) = self.smoothed.split_at(columns);
        (left.funnel, right.funnel) = self.funnel.split_at(columns);
        (left, right)
    }

    /// Whether anything is wanted that the averages of the indicators are needed for.
    pub(crate) fn need_averages(&self) -> bool {
        let all = [Measure::Average, Measure::Difference, Measure::Ratio, Measure::Percent];
        self.averages.is_some() || all.into_iter().any(|measure| self.wants(measure))
    }

    /// Whether anything is wanted that the spreads of their rates are needed for.
    pub(crate) fn need_spreads(&self) -> bool {
        let columns = self.means.is_some() || self.deviations.is_some() || self.statuses.is_some();
        columns || self.wants(Measure::Z)
    }

    fn wants(&self, measure: Measure) -> bool {
        self.cells.get(measure as usize).is_some_and(Option::is_some)
    }
}

impl SmoothedOutputs<'_> {
    pub(crate) const fn are_wanted(&self) -> bool {
        self.estimates.is_some() || self.means.is_some() || self.deviations.is_some()
    }

    fn split_at(self, columns: usize) -> (Self, Self) {
        let (mut left, mut right) = (Self::default(), Self::default());
        (left.estimates, right.estimates) = cells(self.estimates, columns);
        (left.means, right.means) = column(self.means, columns);
        (left.deviations, right.deviations) = column(self.deviations, columns);
        (left, right)
    }
}

impl FunnelOutputs<'_> {
    pub(crate) const fn are_wanted(&self) -> bool {
        let columns = self.phi.is_some() || self.tau2.is_some() || self.statuses.is_some();
        columns || self.z.is_some() || self.adjusted.is_some()
    }

    fn split_at(self, columns: usize) -> (Self, Self) {
        let spec = self.spec;
        let (mut left, mut right) = (Self { spec, ..Self::default() }, Self { spec, ..Self::default() });
        (left.z, right.z) = cells(self.z, columns);
        (left.adjusted, right.adjusted) = cells(self.adjusted, columns);
        (left.phi, right.phi) = column(self.phi, columns);
        (left.tau2, right.tau2) = column(self.tau2, columns);
        (left.statuses, right.statuses) = column(self.statuses, columns);
        (left, right)
    }
}

type Halves<T> = (Option<T>, Option<T>);

fn cells<T>(array: Option<ArrayViewMut2<'_, T>>, columns: usize) -> Halves<ArrayViewMut2<'_, T>> {
    array.map(|array| array.split_at(Axis(1), columns)).unzip()
}

fn column<T>(array: Option<ArrayViewMut1<'_, T>>, columns: usize) -> Halves<ArrayViewMut1<'_, T>> {
    array.map(|array| array.split_at(Axis(0), columns)).unzip()
}
