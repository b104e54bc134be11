//! Panels of records that were added up.

use super::{panel::Panel, populations::Populations, status::CellStatus};
use crate::{
    base::{Error, ErrorKind, Result, same_length},
    records::{Absent, CellRule, NamedRecords, Records},
    table::Policy,
};
use ndarray::Array2;
use std::collections::HashSet;

impl Records {
    /// The panel of the totals: names and populations as [`Panel::new`] takes them, and what no record means.
    ///
    /// # Errors
    /// [`ErrorKind::NegativeTotal`] for the first cell whose total is below zero, with its area and indicator, unless those are left
    /// out ([`Absent::leaving_out_negative`]); [`ErrorKind::TooLarge`] for more than 2^31 cells, or more than there is memory for; else as [`Panel::new`].
    pub fn panel<N: Into<String>>(
        &self,
        areas: impl IntoIterator<Item = N>,
        populations: impl Into<Populations<'static>>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        self.panel_by(areas, absent.into(), |names, counts| Panel::new(names, counts, populations))
    }

    /// As [`Records::panel`], but an area (or a cell) whose population is zero is left out with a note, where it would be
    /// refused.
    ///
    /// # Errors
    /// As [`Records::panel`] but for [`ErrorKind::ZeroPopulation`].
    pub fn panel_leaving_out<N: Into<String>>(
        &self,
        areas: impl IntoIterator<Item = N>,
        populations: impl Into<Populations<'static>>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        self.panel_by(areas, absent.into(), |names, counts| Panel::leaving_out(names, counts, populations))
    }

    fn panel_by<N: Into<String>>(
        &self,
        areas: impl IntoIterator<Item = N>,
        rule: CellRule,
        make: impl FnOnce(Vec<String>, Array2<u64>) -> Result<Panel<'static>>,
    ) -> Result<Panel<'static>> {
        let names: Vec<String> = areas.into_iter().map(Into::into).collect();
        same_length(self.areas(), [("name of the area", names.len())])?;
        let label = |indicator: usize| match self.periods() {
            1 => (indicator + 1).to_string(),
            periods => format!("{}, period {}", indicator / periods + 1, indicator % periods + 1),
        };
        let (counts, mask) = self.arrays(rule, &names, label)?;
        let panel = make(names, counts)?;
        let panel = if self.periods() > 1 { panel.with_indicators((0..self.indicators()).map(label))? } else { panel };
        match mask {
            Some(mask) => panel.with_mask(mask),
            None => Ok(panel),
        }
    }

    /// Counts and, where some cells are missing, what is known of them.
    fn arrays(
        &self,
        rule: CellRule,
        names: &[String],
        label: impl Fn(usize) -> String,
    ) -> Result<(Array2<u64>, Option<Array2<u8>>)> {
        let (width, mut negative) = (self.indicators().max(1) as u64, None);
        self.each(|cell, total| {
            if total < 0 {
                negative = negative.or(Some((cell, total)));
            }
        });
        if let Some((cell, value)) = negative.filter(|_| !rule.leaves_out_negative()) {
            let (area, indicator) = ((cell / width) as usize, (cell % width) as usize);
            let error = Error::from(ErrorKind::NegativeTotal { value: value.into() }).in_indicator(label(indicator));
            return Err(error.in_area(names.get(area).cloned().unwrap_or_default()));
        }
        let shape = (self.areas(), self.indicators());
        let mut counts = filled(shape, 0_u64)?;
        let unless_known = match rule.absent() {
            Absent::Missing => CellStatus::NoRecord,
            Absent::Zero => CellStatus::Known,
        };
        let masked = unless_known != CellStatus::Known || negative.is_some();
        let mut mask = masked.then(|| filled(shape, unless_known.code())).transpose()?;
        let (flat, mut codes) =
            (counts.as_slice_mut().unwrap_or_default(), mask.as_mut().and_then(Array2::as_slice_mut));
        self.each(|cell, total| {
            if let Some(count) = flat.get_mut(cell as usize) {
                *count = u64::try_from(total).unwrap_or(0);
            }
            if let Some(code) = codes.as_mut().and_then(|codes| codes.get_mut(cell as usize)) {
                *code = if total < 0 { CellStatus::NegativeTotal } else { CellStatus::Known }.code();
            }
        });
        Ok((counts, mask))
    }
}

impl NamedRecords {
    /// The panel of the totals: the areas are those that have a population here, in this order, and the indicators stand
    /// in the order of their names.
    ///
    /// Populations that differ by period are those of [`NamedRecords::panel_by_period`].
    ///
    /// # Errors
    /// [`ErrorKind::NoPopulation`] for an area that has records but no population here, [`ErrorKind::NegativeTotal`] for
    /// the first cell whose total is below zero, with its area and indicator; else as [`Records::panel`].
    pub fn panel<N: Into<String>>(
        &self,
        populations: impl IntoIterator<Item = (N, u64)>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        let (names, people) = given(populations);
        let places: HashSet<&str> = names.iter().map(String::as_str).collect();
        let lacking = |name: &&str| !places.contains(name) && *name != Self::NO_AREA;
        if let Some(name) = self.areas_as_they_came().find(lacking) {
            return Err(Error::from(ErrorKind::NoPopulation).in_area(name));
        }
        match people.iter().zip(&names).find(|(people, _)| **people == 0) {
            Some((_, name)) if self.has_unplaced() => Err(Error::from(ErrorKind::ZeroPopulation).in_area(name)),
            None if self.has_unplaced() => self.panel_leaving_out(names.into_iter().zip(people), absent),
            _ => self.panel_of(&names, absent.into(), |counts| Panel::new(names.iter().cloned(), counts, people)),
        }
    }

    /// As [`NamedRecords::panel`], but an area without a population (zero, or not listed here) is left out with a note, where
    /// it would be refused. Those that are not listed stand after the others, in alphabetical order.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Per, records::{Absent, NamedRecords}};
    ///
    /// let mut records = NamedRecords::new();
    /// records.try_extend([("Kent", "theft", 7), ("British Transport Police", "theft", 4), ("Essex", "theft", 3)])?;
    /// let panel = records.panel_leaving_out([("Essex", 1_832_800), ("Kent", 1_846_500)], Absent::Zero)?;
    /// let figures = panel.compare(Average::POOLED, Per::HUNDRED_THOUSAND, [Measure::Rate]);
    /// assert_eq!(figures.notes()[1].text(), "Left out: British Transport Police, population not given, so no rate.");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`NamedRecords::panel`] but for [`ErrorKind::NoPopulation`] and [`ErrorKind::ZeroPopulation`].
    pub fn panel_leaving_out<N: Into<String>>(
        &self,
        populations: impl IntoIterator<Item = (N, u64)>,
        absent: impl Into<CellRule>,
    ) -> Result<Panel<'static>> {
        let (mut names, mut people) = given(populations);
        let listed = names.len();
        let places: HashSet<&str> = names.iter().map(String::as_str).collect();
        let others = self.areas().filter(|name| !places.contains(name)).map(str::to_owned).collect::<Vec<_>>();
        names.extend(others);
        people.resize(names.len(), 0);
        self.panel_of(&names, absent.into(), |counts| {
            let panel = Panel::leaving_out(names.iter().cloned(), counts, people)?;
            Ok(panel.without_populations(|area, _| area < listed))
        })
    }

    /// The panel of names that hold those of all areas.
    pub(super) fn panel_of(
        &self,
        names: &[String],
        rule: CellRule,
        make: impl FnOnce(Array2<u64>) -> Result<Panel<'static>>,
    ) -> Result<Panel<'static>> {
        let (records, labels) = self.arranged(names)?;
        let label = |at: usize| labels.get(at).copied().unwrap_or_default().to_owned();
        let (counts, mask) = records.arrays(rule, names, label)?;
        let panel = make(counts)?.with_indicators(labels)?;
        let panel = match mask {
            Some(mask) => panel.with_mask(mask)?,
            None => panel,
        };
        match self.has_unplaced() {
            true => panel.apply(Self::NO_AREA, Policy::Unplaced { in_average: false }),
            false => Ok(panel),
        }
    }
}

/// The most cells of a panel of records: 16 GB of counts.
const MOST_CELLS: usize = 1 << 31;

/// An array of a shape, unless it is too large to be held.
fn filled<T: Copy>(shape: (usize, usize), value: T) -> Result<Array2<T>> {
    let cells = shape.0.checked_mul(shape.1).filter(|cells| *cells <= MOST_CELLS);
    let made = cells.and_then(|cells| {
        let mut values = Vec::new();
        values.try_reserve_exact(cells).ok()?;
        values.resize(cells, value);
        Array2::from_shape_vec(shape, values).ok()
    });
    made.ok_or_else(|| {
        let value = Some(shape.0 as u128 * shape.1 as u128);
        let (what, advice) = ("the number of cells of the panel", "take some of the indicators, or more memory");
        ErrorKind::TooLarge { what: what.into(), value, most: MOST_CELLS as u128, advice }.into()
    })
}

/// Names without white space around them, and populations.
fn given<N: Into<String>>(populations: impl IntoIterator<Item = (N, u64)>) -> (Vec<String>, Vec<u64>) {
    populations.into_iter().map(|(name, people)| (name.into().trim().to_owned(), people)).unzip()
}
