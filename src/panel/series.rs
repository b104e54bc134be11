//! Panels whose indicators are periods.

use super::{panel::Panel, status::CellStatus};
use crate::{
    base::{Error, ErrorKind, Result, nearest},
    rate::{Observation, Period, Population},
    records::offence_and_period,
    table::{LeftOut, Row},
    time::{Series, SeriesRow},
};
use std::collections::HashMap;

/// An offence, and its indicators with their periods.
pub(super) struct Run {
    pub(super) offence: String,
    pub(super) periods: Vec<(Period, usize)>,
}

impl Panel<'_> {
    /// One offence over its periods, of the areas that take part: the indicators of this name followed by a comma and a period (`theft, 2019-04`), or
    /// with an empty name those that are called by a period alone.
    ///
    /// ```
    /// use crimerate::{Panel, ndarray::array};
    ///
    /// let panel = Panel::new(["Kent", "Essex"], array![[30_u64, 33, 4], [10, 12, 9]], [1_850_000, 1_840_000])?
    ///     .with_indicators(["theft, 2019", "theft, 2020", "arson, 2020"])?;
    /// let series = panel.series("theft")?;
    /// assert_eq!(series.periods().len(), 2);
    /// assert_eq!(series.area("Essex")?.rate("2020".parse()?)?.count(), 12);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::UnknownName`] where no indicator is of the offence; [`ErrorKind::Mismatch`] for a panel in person-months; else as
    /// [`Series::from_rows`].
    pub fn series(&self, offence: &str) -> Result<Series> {
        let runs = self.runs()?;
        let run = runs.iter().find(|run| run.offence == offence.trim()).ok_or_else(|| {
            let nearest = nearest(offence, runs.iter().map(|run| run.offence.as_str())).map(Into::into);
            Error::from(ErrorKind::UnknownName { what: "offence with periods", name: offence.into(), nearest })
        })?;
        let mut rows = Vec::with_capacity(self.areas().len() * run.periods.len());
        for (place, area) in self.areas().iter().enumerate() {
            if self.policies.get(&place).is_some_and(|policy| LeftOut::by(policy).is_some()) {
                continue;
            }
            for (period, at) in &run.periods {
                let count = self.observation(place, *at).unwrap_or(Observation::SUPPRESSED);
                let row = Row::new(area.name(), count, self.population(place, *at).map(Population::get));
                let row = row.distinct();
                rows.push(SeriesRow::of(area.code().map_or(row.clone(), |code| row.code(code)), *period));
            }
        }
        Ok(Series::from_rows(rows)?.with_basis(self.basis.clone()))
    }

    /// The offences that have periods, in the order of their first indicators, each with these in order of time.
    pub(super) fn runs(&self) -> Result<Vec<Run>> {
        if self.basis.is_in_person_months() {
            let (expected, found) = ("people".into(), "person-months".into());
            return Err(ErrorKind::Mismatch { part: "the exposure", expected, found }.into());
        }
        let labels: Vec<String> = (0..self.counts.dim().1).map(|at| self.label(at)).collect();
        let parted: Vec<(&str, &str)> = labels.iter().map(|label| offence_and_period(label)).collect();
        // Offences have periods in common, each of which is read once.
        let (mut texts, mut known): (Vec<&str>, HashMap<&str, usize>) = Default::default();
        let mut place = |text| {
            *known.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            })
        };
        let own: Vec<usize> = parted.iter().map(|(_, period)| place(*period)).collect();
        let periods: Vec<Option<Period>> = Period::of_column(texts).map(Result::ok).collect();
        let (mut runs, mut places): (Vec<Run>, HashMap<&str, usize>) = Default::default();
        for ((at, (offence, _)), own) in parted.iter().enumerate().zip(own) {
            let Some(period) = periods.get(own).copied().flatten() else { continue };
            let place = *places.entry(offence.trim()).or_insert_with(|| {
                runs.push(Run { offence: offence.trim().into(), periods: Vec::new() });
                runs.len() - 1
            });
            if let Some(run) = runs.get_mut(place) {
                run.periods.push((period, at));
            }
        }
        runs.iter_mut().for_each(|run| run.periods.sort_unstable());
        Ok(runs)
    }

    /// What is known of a count, as a code; 0 where it is and has a population.
    pub(super) fn count_code(&self, area: usize, indicator: usize) -> u8 {
        let people = CellStatus::ZeroPopulation.code();
        match self.mask.as_ref().and_then(|mask| mask.get((area, indicator))) {
            Some(code) if code & (people - 1) != 0 => code & (people - 1),
            Some(code) if *code != 0 => CellStatus::NotAvailable.code(),
            _ => 0,
        }
    }
}
