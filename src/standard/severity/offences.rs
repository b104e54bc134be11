//! The counts of areas by offence.

use super::super::{
    grid::{Grid, Kind},
    row::StratumRow,
    strata::first,
    together::{self, Sum},
};
use crate::{
    base::{Error, Result},
    rate::{Observation, Population, Reason},
    records::Absent,
    table::{Basis, LeftOut, Table, of_areas},
};
use serde::{Deserialize, Serialize};

/// The counts of areas by offence, each area with its people.
///
/// An offence that an area has no row of was either not recorded or not sent: what it means is the caller's to say.
///
/// ```
/// use crimerate::{records::Absent, standard::Offences};
///
/// let rows = [("Kent", "robbery", 1_200, 1_846_500), ("Kent", "arson", 700, 1_846_500), ("Essex", "robbery", 1_500, 1_832_800)];
/// let offences = Offences::from_rows(rows, Absent::Zero)?;
/// assert_eq!(offences.labels(), ["robbery", "arson"]);
/// assert_eq!(offences.table().rate(0).unwrap().unwrap().count(), 1_900);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Offences {
    totals: Table,
    labels: Vec<String>,
    /// Those of each area that it has a row of, by offence.
    cells: Vec<Vec<(usize, Observation)>>,
    absent: Absent,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Offences")]
struct Parts {
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    absent: Absent,
    offences: Vec<String>,
    areas: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    population: u64,
    counts: Vec<(String, Observation)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<String>,
}

of_areas!(Offences by totals);

impl Offences {
    /// Counts of rows, such as `("Kent", "robbery", 1_200, 1_846_500)`, in any order; the population is that of the area in each of its
    /// rows.
    ///
    /// # Errors
    /// The first of what [`Offences::check`] finds.
    pub fn from_rows<R: Into<StratumRow>>(rows: impl IntoIterator<Item = R>, absent: Absent) -> Result<Self> {
        Self::gather(Vec::new(), rows, absent).map_err(first)
    }

    /// Every fault at once, in the order of the rows: an offence that stands twice in an area, populations of one area that differ, a
    /// count that is none; and what [`Table::check`] finds in names and codes.
    pub fn check<R: Into<StratumRow>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        Self::gather(Vec::new(), rows, Absent::Zero).err().unwrap_or_default()
    }

    fn gather<R: Into<StratumRow>>(
        labels: Vec<String>,
        rows: impl IntoIterator<Item = R>,
        absent: Absent,
    ) -> Result<Self, Vec<Error>> {
        let Grid { totals, columns, cells } = Grid::gather(Kind::Offences, labels, rows)?;
        let cells = cells.into_iter().map(|here| here.into_iter().map(|cell| (cell.column, cell.count)).collect());
        Ok(Self { totals, labels: columns, cells: cells.collect(), absent })
    }

    /// The offences, in the order in which they were first met.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The table of all offences together, whether or not they have a weight.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.totals
    }

    /// What the absence of a row means.
    #[must_use]
    pub const fn absent(&self) -> Absent {
        self.absent
    }

    /// The offence that has in each area what all others of it have together, where two areas show it: perhaps a total.
    pub(crate) fn perhaps_total(&self) -> Option<&str> {
        let is_total = |place: usize| {
            let together = |here: &[(usize, Observation)], own: bool| {
                let these = here.iter().filter(|(at, _)| (*at == place) == own);
                these.map(|(_, count)| count.known().map(u128::from)).sum::<Option<u128>>()
            };
            let shown = self.cells.iter().try_fold(0_usize, |shown, here| {
                match together(here, true).zip(together(here, false)) {
                    Some((own, others)) if own != others => None,
                    Some((1.., _)) if here.len() > 2 => Some(shown + 1),
                    _ => Some(shown),
                }
            });
            shown.is_some_and(|shown| shown > 1)
        };
        self.labels.iter().enumerate().find(|(place, _)| is_total(*place)).map(|(_, label)| label.as_str())
    }

    /// An area that is others together in its offences.
    pub(crate) fn perhaps_sum(&self) -> Option<Sum> {
        let absent = match self.absent {
            Absent::Zero => Observation::Known(0),
            Absent::Missing => Observation::Missing(Reason::NoRecord),
        };
        together::area(&self.totals, self.labels.len(), |area, offence| {
            let count = self.of(area).iter().find(|(place, _)| *place == offence).map_or(absent, |(_, count)| *count);
            Some((count, Population::new(self.totals.stated_population(area)?).ok()?))
        })
    }

    /// The counts of the area in a place, by offence, where it has rows.
    pub(in super::super) fn of(&self, index: usize) -> &[(usize, Observation)] {
        self.cells.get(index).map_or(&[], Vec::as_slice)
    }

    /// Why the area in a place takes no part, where it does not; of its offences those in these places count, which are in order. `None`
    /// beyond the last area.
    pub(in super::super) fn outcome(&self, index: usize, counting: &[usize]) -> Option<Result<(), LeftOut>> {
        let unknown = |(place, count): (usize, Observation)| {
            Some(LeftOut::PartNotKnown { part: self.labels.get(place)?.clone(), count })
        };
        let here = self.of(index);
        let known = match self.totals.rate(index)? {
            Ok(_) | Err(LeftOut::NotKnown(_)) => Ok(()),
            Err(left_out) => Err(left_out),
        };
        Some(known.and_then(|()| {
            let counts = |place: &usize| counting.binary_search(place).is_ok();
            let withheld = here.iter().copied().find(|(place, count)| count.known().is_none() && counts(place));
            if let Some(why) = withheld.and_then(unknown) {
                return Err(why);
            }
            if self.absent == Absent::Zero {
                return Ok(());
            }
            let mut had = here.iter().map(|(place, _)| *place).filter(counts);
            let lacking = counting.iter().find(|place| had.next() != Some(**place));
            let reason = Observation::Missing(Reason::NoRecord);
            lacking.and_then(|place| unknown((*place, reason))).map_or(Ok(()), Err)
        }))
    }
}

impl TryFrom<Parts> for Offences {
    type Error = Error;

    fn try_from(Parts { basis, absent, offences, areas }: Parts) -> Result<Self> {
        let rows = areas.iter().flat_map(|Part { area, code, population, counts, excluded }| {
            let nothing = (excluded.is_some() && counts.is_empty()).then(|| StratumRow::nothing(area, code.as_ref()));
            let rows = counts.iter().map(move |(offence, count)| {
                let row = StratumRow::new(area.as_str(), offence.as_str(), *count, *population).distinct();
                code.iter().cloned().fold(row, StratumRow::code)
            });
            rows.chain(nothing)
        });
        let read = Self::gather(offences, rows, absent).map_err(first)?;
        let totals = read.totals.with_basis(basis).excluded_by(areas.into_iter().map(|part| part.excluded))?;
        Ok(Self { totals, ..read })
    }
}

impl From<Offences> for Parts {
    fn from(offences: Offences) -> Self {
        let label = |place: usize| offences.labels.get(place).cloned().unwrap_or_default();
        let areas = offences.areas().iter().enumerate().map(|(place, area)| Part {
            area: area.name().into(),
            code: area.code().map(Into::into),
            population: offences.totals.stated_population(place).unwrap_or(0),
            counts: offences.of(place).iter().map(|(offence, count)| (label(*offence), *count)).collect(),
            excluded: offences.totals.excluded_for(place).map(Into::into),
        });
        let (areas, basis, absent) = (areas.collect(), offences.totals.basis().clone(), offences.absent);
        Self { areas, basis, absent, offences: offences.labels }
    }
}
