//! The populations of a panel, by period where they differ.

use super::counts::side_by_side;
use crate::base::{ErrorKind, Result, same_length};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, CowArray, Ix2};

/// The populations of a panel: one for each area, or one for each area and period.
///
/// ```
/// use crimerate::{Panel, ndarray::array, panel::Populations};
///
/// // Two offences in two years each; populations of both years.
/// let counts = array![[30_u32, 33, 4, 2], [10, 12, 9, 9]];
/// let people = Populations::by_period(array![[1_000_u64, 1_100], [2_000, 2_050]], [0, 1, 0, 1]);
/// let panel = Panel::new(["A", "B"], counts, people)?;
/// assert_eq!(panel.population(0, 1).map(|people| people.get()), Some(1_100));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Populations<'a> {
    /// A row for each area, a column for each period.
    people: CowArray<'a, u64, Ix2>,
    /// The period of each indicator; none where there is one for all.
    periods: Vec<usize>,
}

impl<'a> Populations<'a> {
    /// A population for each area (row) and period (column), and the period of each indicator, from 0.
    #[must_use]
    pub fn by_period(
        people: impl Into<CowArray<'a, u64, Ix2>>,
        period_of_indicator: impl IntoIterator<Item = usize>,
    ) -> Self {
        Self { people: side_by_side(people.into()), periods: period_of_indicator.into_iter().collect() }
    }

    /// A population for each area and period, or one for all periods where they do not differ.
    pub(crate) fn where_they_differ(people: Array2<u64>, period_of_indicator: impl IntoIterator<Item = usize>) -> Self {
        let same = people.outer_iter().all(|row| row.iter().all(|people| row.first() == Some(people)));
        match people.columns().into_iter().next().filter(|_| same) {
            Some(first) => first.to_owned().into(),
            None => Self::by_period(people, period_of_indicator),
        }
    }

    pub(crate) fn check(&self, areas: usize, indicators: usize) -> Result<()> {
        same_length(areas, [("population", self.people.nrows())])?;
        if self.is_by_period() {
            same_length(indicators, [("period of the indicator", self.periods.len())])?;
        }
        let periods = self.people.ncols();
        match self.periods.iter().copied().find(|period| *period >= periods) {
            Some(period) => {
                let number = period as u64;
                Err(ErrorKind::UnknownNumber { what: "period", number, size: periods }.into())
            }
            None => Ok(()),
        }
    }

    fn is_by_period(&self) -> bool {
        !self.periods.is_empty() || self.people.ncols() != 1
    }

    /// The population as given, zero included.
    pub(crate) fn get(&self, area: usize, indicator: usize) -> Option<u64> {
        let period = if self.is_by_period() { *self.periods.get(indicator)? } else { 0 };
        self.people.get((area, period)).copied()
    }

    /// Gives an area other populations, one for each indicator that has one.
    pub(crate) fn set(&mut self, area: usize, people: impl Iterator<Item = Option<u64>>) {
        let by_period = self.is_by_period();
        for (at, people) in people.enumerate() {
            let period = if by_period { self.periods.get(at).copied() } else { Some(0) };
            if let Some((cell, people)) = period.zip(people)
                && let Some(to) = self.people.get_mut((area, cell))
            {
                *to = people;
            }
        }
    }

    /// The first area without a population.
    pub(crate) fn first_zero(&self) -> Option<usize> {
        self.people.outer_iter().position(|row| row.iter().any(|people| *people == 0))
    }

    /// The periods in which an area has no population.
    pub(crate) fn zeros(&self, area: usize) -> impl Iterator<Item = usize> + '_ {
        let row = self.people.outer_iter().nth(area);
        let row = row.into_iter().flat_map(|row| row.to_slice().unwrap_or_default().iter());
        row.enumerate().filter(|(_, people)| **people == 0).map(|(period, _)| period)
    }

    /// Whether an indicator is of a period.
    pub(crate) fn is_of(&self, indicator: usize, period: usize) -> bool {
        !self.is_by_period() || self.periods.get(indicator) == Some(&period)
    }

    pub(crate) fn view(&self) -> People<'_> {
        People { people: self.people.view(), periods: if self.is_by_period() { Some(&self.periods) } else { None } }
    }

    /// The largest population.
    pub(crate) fn most(&self) -> u64 {
        self.people.iter().copied().max().unwrap_or(0)
    }
}

/// The populations as the kernel reads them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct People<'a> {
    people: ArrayView2<'a, u64>,
    periods: Option<&'a [usize]>,
}

impl People<'_> {
    /// The populations of an area for the indicators from `from` on.
    #[inline(always)]
    pub(crate) fn fill(&self, area: usize, from: usize, to: &mut [f64]) {
        match self.periods {
            None => to.fill(self.people.get((area, 0)).map_or(0.0, |people| *people as f64)),
            Some(periods) => {
                for (to, period) in to.iter_mut().zip(periods.iter().skip(from)) {
                    *to = self.people.get((area, *period)).map_or(0.0, |people| *people as f64);
                }
            }
        }
    }

    /// The population of an area, where it is one for all indicators.
    pub(crate) fn shared(&self, area: usize) -> Option<u64> {
        let shared = self.periods.is_none().then(|| self.people.get((area, 0)));
        shared.flatten().copied()
    }

    pub(crate) fn at(&self, area: usize, indicator: usize) -> u64 {
        let period = self.periods.map_or(Some(0), |periods| periods.get(indicator).copied());
        period.and_then(|period| self.people.get((area, period)).copied()).unwrap_or(0)
    }
}

impl<'a> From<ArrayView1<'a, u64>> for Populations<'a> {
    fn from(people: ArrayView1<'a, u64>) -> Self {
        Self { people: side_by_side(people.insert_axis(Axis(1)).into()), periods: Vec::new() }
    }
}

impl From<Array1<u64>> for Populations<'_> {
    fn from(people: Array1<u64>) -> Self {
        Self { people: people.insert_axis(Axis(1)).into(), periods: Vec::new() }
    }
}

impl From<Vec<u64>> for Populations<'_> {
    fn from(people: Vec<u64>) -> Self {
        Array1::from(people).into()
    }
}

impl<'a> From<&'a [u64]> for Populations<'a> {
    fn from(people: &'a [u64]) -> Self {
        ArrayView1::from(people).into()
    }
}

impl<const N: usize> From<[u64; N]> for Populations<'_> {
    fn from(people: [u64; N]) -> Self {
        Array1::from(people.to_vec()).into()
    }
}

impl From<Vec<u32>> for Populations<'_> {
    fn from(people: Vec<u32>) -> Self {
        people.as_slice().into()
    }
}

impl From<&[u32]> for Populations<'_> {
    fn from(people: &[u32]) -> Self {
        people.iter().map(|people| u64::from(*people)).collect::<Vec<_>>().into()
    }
}
