//! Records of numbered areas and offences.

use super::{
    batch::{PART, add_up, below, first_too_large, part, size_of},
    totals::CellTotals,
};
use crate::base::{Error, ErrorKind, Result, choice, same_length};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a cell of a panel holds that has no record. There is no default: whether nothing was recorded or nothing was sent
/// is for the caller to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absent {
    /// A count of zero: the files are complete, and list only what happened.
    Zero,
    /// Nothing known: the cell is left out.
    Missing,
}

choice!(Absent, "what the absence of a record means", "zero or missing", { Zero => "zero", Missing => "missing" });

/// Records added up into areas x indicators: the way from files of offences to a [`Panel`](crate::Panel).
///
/// A record is an area and an indicator by number, from 0, and a count, which may be negative: real files take back what
/// was recorded earlier. Where indicators are offences by periods, a record may give these two instead.
///
/// Sums are exact integers, so shards can be added up anywhere, in any order, sent as serialised state, and merged. A call
/// that fails leaves no trace. Memory follows the cells that have a record, where those are few.
///
/// ```
/// use crimerate::{Average, records::{Absent, Records}};
///
/// let mut march = Records::new(2, 3)?; // areas, indicators
/// march.try_extend([(0_u16, 0_u16, 7), (1, 2, 4), (0, 0, -1)])?;
/// let mut april = Records::new(2, 3)?;
/// april.try_extend_columns(&[0_u8, 1], &[1_u8, 2], &[2, 1])?;
/// march.try_merge(&april)?;
/// let panel = march.panel(["Kent", "Essex"], [1_846_500, 1_832_800], Absent::Zero)?;
/// assert_eq!(panel.indicator_at(2).unwrap().rate(1).unwrap().unwrap().count(), 5);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Records {
    areas: usize,
    offences: usize,
    periods: usize,
    /// The sum of all counts without their signs.
    size: u64,
    cells: CellTotals,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    areas: usize,
    offences: usize,
    periods: usize,
    /// Above 2^53 many readers of JSON lose digits.
    size: String,
    /// The cells that have a record, in order, and their totals.
    cells: Vec<u64>,
    totals: Vec<i64>,
}

impl Records {
    /// No records yet of as many areas and indicators.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] where the cells cannot be numbered.
    pub fn new(areas: usize, indicators: usize) -> Result<Self> {
        Self::by_period(areas, indicators, 1)
    }

    /// No records yet of as many areas, offences and periods: the indicator of an offence in a period is
    /// `offence * periods + period`.
    ///
    /// # Errors
    /// As [`Records::new`].
    pub fn by_period(areas: usize, offences: usize, periods: usize) -> Result<Self> {
        const MOST: u64 = 1 << 48;
        // Without areas there is no cell, but indicators are numbered all the same.
        let product = |a: u64, b: usize| a.checked_mul(u64::try_from(b).ok()?).filter(|product| *product < MOST);
        let indicators = u64::try_from(offences).ok().and_then(|offences| product(offences, periods));
        match indicators.and_then(|indicators| product(indicators, areas)) {
            Some(cells) => Ok(Self { areas, offences, periods, size: 0, cells: CellTotals::new(cells) }),
            None => {
                let [areas, offences, periods] = [areas.max(1), offences, periods].map(|number| number as u128);
                let value = Some(areas.saturating_mul(offences).saturating_mul(periods));
                let what = "the number of cells (areas x offences x periods)";
                let advice = "keep the records in parts";
                Err(ErrorKind::TooLarge { what: what.into(), value, most: u128::from(MOST) - 1, advice }.into())
            }
        }
    }

    /// How many areas there are.
    #[must_use]
    pub const fn areas(&self) -> usize {
        self.areas
    }

    /// How many offences there are.
    #[must_use]
    pub const fn offences(&self) -> usize {
        self.offences
    }

    /// How many periods there are.
    #[must_use]
    pub const fn periods(&self) -> usize {
        self.periods
    }

    /// How many indicators there are: offences times periods.
    #[must_use]
    pub const fn indicators(&self) -> usize {
        self.offences * self.periods
    }

    /// The total of a cell; `None` where it has no record.
    #[must_use]
    pub fn total(&self, area: usize, indicator: usize) -> Option<i64> {
        let inside = area < self.areas && indicator < self.indicators();
        inside.then(|| self.cells.total((area * self.indicators() + indicator) as u64)).flatten()
    }

    /// Adds records of area, indicator and count. They are gathered first, so that a call that fails leaves no trace; for
    /// many, [`Records::try_extend_columns`] is several times faster.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownNumber`] for an area or an indicator that does not exist, with the number of the record from 1;
    /// [`ErrorKind::TooLarge`] where a total might overflow, with the number of the first such record.
    pub fn try_extend<A, I, C>(&mut self, records: impl IntoIterator<Item = (A, I, C)>) -> Result<()>
    where
        A: Copy + Ord + Into<u64> + Sync,
        I: Copy + Ord + Into<u64> + Sync,
        C: Copy + Into<i64> + Sync,
    {
        let (keys, counts): (Vec<(A, I)>, Vec<C>) =
            records.into_iter().map(|(area, indicator, count)| ((area, indicator), count)).unzip();
        let (areas, indicators): (Vec<A>, Vec<I>) = keys.into_iter().unzip();
        self.try_extend_columns(&areas, &indicators, &counts)
    }

    /// Adds records that stand in columns of one length: areas and indicators as unsigned integers (`u8` to `u64`), counts as
    /// integers that an `i64` holds (`i8` to `i64`, `u8` to `u32`).
    ///
    /// With the feature `rayon` large batches use the threads of its pool.
    ///
    /// # Errors
    /// As [`Records::try_extend`], and [`ErrorKind::ShapesDiffer`].
    pub fn try_extend_columns<A, I, C>(&mut self, areas: &[A], indicators: &[I], counts: &[C]) -> Result<()>
    where
        A: Copy + Ord + Into<u64> + Sync,
        I: Copy + Ord + Into<u64> + Sync,
        C: Copy + Into<i64> + Sync,
    {
        same_length(areas.len(), [("indicator", indicators.len()), ("count", counts.len())])?;
        let (size, width) = (self.areas, self.indicators());
        let check = |range: &Range<usize>| {
            below("area", part(areas, range), size)?;
            below("indicator", part(indicators, range), width)
        };
        self.add(counts, check, |range| {
            part(areas, &range).iter().zip(part(indicators, &range)).map(move |(area, indicator)| {
                let (area, indicator): (u64, u64) = ((*area).into(), (*indicator).into());
                area * width as u64 + indicator
            })
        })
    }

    /// Adds records that stand in columns of one length: areas, offences, periods, counts.
    ///
    /// # Errors
    /// As [`Records::try_extend_columns`].
    pub fn try_extend_by_period<A, O, P, C>(
        &mut self,
        areas: &[A],
        offences: &[O],
        periods: &[P],
        counts: &[C],
    ) -> Result<()>
    where
        A: Copy + Ord + Into<u64> + Sync,
        O: Copy + Ord + Into<u64> + Sync,
        P: Copy + Ord + Into<u64> + Sync,
        C: Copy + Into<i64> + Sync,
    {
        let lengths = [("offence", offences.len()), ("period", periods.len()), ("count", counts.len())];
        same_length(areas.len(), lengths)?;
        let (size, each_area, each_offence) = (self.areas, self.offences, self.periods);
        let check = |range: &Range<usize>| {
            below("area", part(areas, range), size)?;
            below("offence", part(offences, range), each_area)?;
            below("period", part(periods, range), each_offence)
        };
        let (each_area, each_offence) = (each_area as u64, each_offence as u64);
        self.add(counts, check, |range| {
            let keys = part(areas, &range).iter().zip(part(offences, &range)).zip(part(periods, &range));
            keys.map(move |((area, offence), period)| {
                let (area, offence, period): (u64, u64, u64) = ((*area).into(), (*offence).into(), (*period).into());
                (area * each_area + offence) * each_offence + period
            })
        })
    }

    /// Adds what other records, of the same areas and indicators, have added up.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`] for other numbers of areas, offences or periods, [`ErrorKind::TooLarge`].
    pub fn try_merge(&mut self, other: &Self) -> Result<()> {
        let shape = |records: &Self| vec![records.areas, records.offences, records.periods];
        if shape(self) != shape(other) {
            return Err(ErrorKind::ShapesDiffer {
                what: "the records",
                axes: "areas x offences x periods",
                expected: shape(self),
                found: shape(other),
            }
            .into());
        }
        self.size = sum_of(self.size, other.size.into())?;
        let (cells, totals): (Vec<u64>, Vec<i64>) = other.cells.totals().iter().copied().unzip();
        self.cells.add(0..totals.len(), &|range| part(&cells, &range).iter().copied(), &totals);
        Ok(())
    }

    /// Adds what other records have added up, whose areas and indicators have other numbers here.
    pub(super) fn try_merge_as(&mut self, other: &Self, areas: &[usize], indicators: &[usize]) -> Result<()> {
        let size = sum_of(self.size, other.size.into())?;
        let (there, here) = (other.indicators().max(1) as u64, self.indicators() as u64);
        let totals = other.cells.totals();
        let moved = totals.iter().filter_map(|(cell, total)| {
            let (area, indicator) = (areas.get((cell / there) as usize)?, indicators.get((cell % there) as usize)?);
            Some((*area as u64 * here + *indicator as u64, *total))
        });
        let (cells, totals): (Vec<u64>, Vec<i64>) = moved.unzip();
        self.size = size;
        self.cells.add(0..totals.len(), &|range| part(&cells, &range).iter().copied(), &totals);
        Ok(())
    }

    /// The records of some of the indicators, which are counted from 0 again: a panel of all of them may be far larger than
    /// the records.
    #[must_use]
    pub fn of_indicators(&self, indicators: Range<usize>) -> Self {
        let end = indicators.end.min(self.indicators());
        let start = indicators.start.min(end);
        let (all, width) = (self.indicators().max(1) as u64, (end - start) as u64);
        let totals = self.cells.totals();
        let inside = totals.iter().filter_map(|(cell, total)| {
            let at = (cell % all).checked_sub(start as u64).filter(|at| *at < width)?;
            Some((cell / all * width + at, *total))
        });
        let inside: Vec<(u64, i64)> = inside.collect();
        let size = inside.iter().map(|(_, total)| total.unsigned_abs()).sum();
        let cells = CellTotals::of(self.areas as u64 * width, inside);
        Self { areas: self.areas, offences: end - start, periods: 1, size, cells }
    }

    /// Each cell that has a record, by its number: area times indicators plus indicator.
    pub(crate) fn each(&self, to: impl FnMut(u64, i64)) {
        self.cells.each(to);
    }

    /// The cells that have a record, area by area: area, indicator and total.
    pub fn totals(&self) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
        let width = self.indicators().max(1) as u64;
        let totals = self.cells.totals().into_owned().into_iter();
        totals.map(move |(cell, total)| ((cell / width) as usize, (cell % width) as usize, total))
    }

    /// Those of them whose total is below zero.
    pub fn negative_totals(&self) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
        self.totals().filter(|(_, _, total)| *total < 0)
    }

    /// No records of no areas.
    pub(super) fn empty() -> Self {
        Self { areas: 0, offences: 0, periods: 1, size: 0, cells: CellTotals::new(0) }
    }

    /// The same with more areas and indicators.
    pub(super) fn with_room(&self, areas: usize, indicators: usize) -> Result<Self> {
        let same = |size: usize| (0..size).collect::<Vec<_>>();
        self.renumbered(&same(self.areas), &same(self.indicators()), (areas, indicators))
    }

    /// The same with other numbers for areas and indicators, those that have one.
    pub(super) fn renumbered(&self, areas: &[usize], indicators: &[usize], dim: (usize, usize)) -> Result<Self> {
        let records = Self::new(dim.0, dim.1)?;
        let (old, new) = (self.indicators().max(1) as u64, dim.1 as u64);
        let totals = self.cells.totals();
        let moved = totals.iter().filter_map(|(cell, total)| {
            let (area, indicator) = (areas.get((cell / old) as usize)?, indicators.get((cell % old) as usize)?);
            Some((*area as u64 * new + *indicator as u64, *total))
        });
        let mut moved: Vec<(u64, i64)> = moved.collect();
        moved.sort_unstable();
        let cells = CellTotals::of(dim.0 as u64 * new, moved);
        Ok(Self { size: self.size, cells, ..records })
    }

    /// Adds records whose numbers `check` refuses where there is no such cell, `cells` being the cells of a range, unless a total might overflow.
    ///
    /// Many records of few cells are checked and added up a part at a time, so that they are read from memory once; if anything is wrong the
    /// totals are put back.
    #[inline(always)]
    fn add<C, I>(
        &mut self,
        counts: &[C],
        check: impl Fn(&Range<usize>) -> Result<()> + Sync,
        cells: impl Fn(Range<usize>) -> I + Sync,
    ) -> Result<()>
    where
        C: Copy + Into<i64> + Sync,
        I: Iterator<Item = u64>,
    {
        let all = 0..counts.len();
        if let Some(dense) = self.cells.dense()
            && counts.len() / 4 > dense.len().max(PART)
        {
            let before = dense.clone();
            let size = add_up(dense, counts, &|range| check(range).is_ok(), &cells);
            if let Some(Ok(size)) = size.map(|size| sum_of(self.size, size)) {
                self.size = size;
                return Ok(());
            }
            *dense = before;
        }
        check(&all)?;
        let size = sum_of(self.size, size_of(counts));
        self.size = size.map_err(|error| error.at_row(first_too_large(self.size, counts)))?;
        self.cells.add(all, &cells, counts);
        Ok(())
    }
}

/// The sum of all counts without their signs after some more, unless a total might overflow.
fn sum_of(size: u64, more: u128) -> Result<u64> {
    let sum = u128::from(size) + more;
    match u64::try_from(sum) {
        Ok(sum) if sum <= CellTotals::MOST => Ok(sum),
        _ => {
            let (what, most) = ("the sum of all counts without their signs", CellTotals::MOST.into());
            let advice = "beyond it a total might not fit, so keep the records in parts";
            Err(ErrorKind::TooLarge { what: what.into(), value: Some(sum), most, advice }.into())
        }
    }
}

/// Serialised records that no records can have left.
pub(super) fn not_records(why: &str) -> Error {
    ErrorKind::Inconsistent { what: "list of records", why: why.into() }.into()
}

/// The same cells have the same totals and the same records behind them, however they are kept.
impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        let shape = |records: &Self| (records.areas, records.offences, records.periods, records.size);
        shape(self) == shape(other) && self.cells.totals() == other.cells.totals()
    }
}

impl TryFrom<Parts> for Records {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let Parts { areas, offences, periods, size, cells, totals } = parts;
        let records = Self::by_period(areas, offences, periods)?;
        same_length(cells.len(), [("totals", totals.len())])?;
        let size = size.parse().map_err(|_| {
            let wanted = "a whole number, such as 24";
            Error::from(ErrorKind::NotANumber { what: "size", text: size, wanted })
        })?;
        let all = areas as u64 * records.indicators() as u64;
        let in_order = cells.is_sorted_by(|a, b| a < b) && cells.last().is_none_or(|last| *last < all);
        let least: u128 = totals.iter().map(|total| u128::from(total.unsigned_abs())).sum();
        if !in_order || u128::from(size) < least || size > CellTotals::MOST {
            return Err(not_records("cells out of order or range, or totals beyond the size"));
        }
        let cells = CellTotals::of(all, cells.into_iter().zip(totals).collect());
        Ok(Self { size, cells, ..records })
    }
}

impl From<Records> for Parts {
    fn from(records: Records) -> Self {
        let (cells, totals) = records.cells.totals().iter().copied().unzip();
        let Records { areas, offences, periods, size, .. } = records;
        Self { areas, offences, periods, size: size.to_string(), cells, totals }
    }
}
