use crate::{Error, ErrorKind, Measure, Result, error::same_length};
use ndarray::{ArrayViewMut1, ArrayViewMut2, Axis};

/// The arrays that a comparison of a [`Panel`](crate::Panel) is written to: those that are wanted, and no others.
///
/// Arrays of cells have a row for each area and a column for each indicator, as the panel has; the indicators of a row have
/// to stand side by side in memory, rows may lie anywhere. Arrays of columns have a value for each indicator.
///
/// ```
/// use crimerate::{Average, Outputs, Panel, Per, Workspace, ndarray::{Array2, array}};
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

    pub(crate) fn cells(mut self, measure: Measure, array: ArrayViewMut2<'a, f64>) -> Self {
        if let Some(cells) = self.cells.get_mut(measure as usize) {
            *cells = Some(array);
        }
        self
    }

    /// Refuses arrays of another shape than the panel's, and rows whose values are not side by side.
    pub(crate) fn check(&self, expected: (usize, usize)) -> Result<()> {
        let shape = |array: &'static str, found: (usize, usize)| {
            if found == expected { Ok(()) } else { Err(Error::from(ErrorKind::Shape { array, expected, found })) }
        };
        let side_by_side = |array: &'static str, strides: &[isize]| match strides.last() {
            Some(1) | None => Ok(()),
            Some(_) if expected.1 < 2 => Ok(()),
            Some(&stride) => Err(Error::from(ErrorKind::Strided { array, stride })),
        };
        for (measure, cells) in Measure::ALL.iter().zip(&self.cells) {
            if let Some(cells) = cells {
                shape(measure.name(), cells.dim())?;
                side_by_side(measure.name(), cells.strides())?;
            }
        }
        if let Some(ranks) = &self.ranks {
            shape("ranks", ranks.dim())?;
            side_by_side("ranks", ranks.strides())?;
        }
        let columns = [("averages", &self.averages), ("means", &self.means), ("standard deviations", &self.deviations)];
        for (array, column) in columns {
            if let Some(column) = column {
                same_length(expected.1, [(array, column.len())])?;
            }
        }
        self.statuses.as_ref().map_or(Ok(()), |statuses| same_length(expected.1, [("statuses", statuses.len())]))
    }

    /// The arrays for the first `columns` indicators, and those for the others.
    pub(crate) fn split_at(self, columns: usize) -> (Self, Self) {
        let (mut left, mut right) = (Self::new(), Self::new());
        for ((cells, left), right) in self.cells.into_iter().zip(&mut left.cells).zip(&mut right.cells) {
            (*left, *right) = halves(cells.map(|cells| cells.split_at(Axis(1), columns)));
        }
        (left.ranks, right.ranks) = halves(self.ranks.map(|ranks| ranks.split_at(Axis(1), columns)));
        (left.averages, right.averages) = halves(self.averages.map(|values| values.split_at(Axis(0), columns)));
        (left.means, right.means) = halves(self.means.map(|values| values.split_at(Axis(0), columns)));
        (left.deviations, right.deviations) = halves(self.deviations.map(|values| values.split_at(Axis(0), columns)));
        (left.statuses, right.statuses) = halves(self.statuses.map(|values| values.split_at(Axis(0), columns)));
        (left, right)
    }
}

fn halves<T>(pair: Option<(T, T)>) -> (Option<T>, Option<T>) {
    pair.map_or((None, None), |(left, right)| (Some(left), Some(right)))
}
