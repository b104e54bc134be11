//! How much the counts of areas vary from period to period of a series.

use super::series::{AreaSeries, Series};
use crate::{
    base::{ErrorKind, Note, Result, Topic, digits},
    interval::WithinDispersion,
};

impl WithinDispersion {
    /// From the periods of a series, as [`WithinDispersion::estimate`], over the areas that have a count in each of them. Areas whose rates went different
    /// ways over the periods add to it what is no chance, so it errs towards more; one area whose counts leap makes it large for all, which
    /// [`Series::variation_note`] says.
    ///
    /// # Errors
    /// [`ErrorKind::LeftOut`] where some counts are of a part of a period alone, else as [`WithinDispersion::estimate`].
    pub fn of_series(series: &Series) -> Result<Self> {
        let (_, counts) = complete(series)?;
        Self::estimate(counts)
    }
}

/// The areas that have a count in each period, and these counts.
fn complete(series: &Series) -> Result<(Vec<AreaSeries<'_>>, Vec<Vec<u64>>)> {
    if series.is_in_person_months() {
        let reason = "counts of parts of periods do not tell how much those of whole ones vary".into();
        return Err(ErrorKind::LeftOut { reason }.into());
    }
    let counts = |area: AreaSeries<'_>| -> Option<Vec<u64>> {
        series.periods().iter().map(|period| area.count(*period)?.known()).collect()
    };
    Ok(series.iter().filter_map(|area| Some((area, counts(area)?))).unzip())
}

/// One area that brings more than half of the variation within all.
pub(super) struct Leader<'s> {
    pub(super) area: &'s str,
    /// Of the sum that phi_w is made of.
    pub(super) share: f64,
    all: WithinDispersion,
    others: WithinDispersion,
}

impl Series {
    /// What has to be said where all areas are given the variation of the series ([`WithinDispersion::of_series`]), and one of them brings more than half of
    /// it: which one, and what phi_w would be without it. `None` where none does, of fewer than three areas, and where phi_w is not above 1.
    ///
    /// ```
    /// use crimerate::time::Series;
    ///
    /// let counts = [("A", [60, 58, 190, 61]), ("B", [55, 57, 52, 56]), ("C", [81, 77, 85, 80]), ("D", [40, 44, 41, 39])];
    /// let rows = counts.iter().flat_map(|(area, counts)| (2018..).zip(counts).map(move |(year, count)| (*area, year.to_string(), *count, 90_000)));
    /// let note = Series::from_rows(rows)?.variation_note().unwrap();
    /// assert_eq!(note.text(), "phi_w 11.5 (4 areas, 4 periods), which all areas are given, is for 58 % that of A: without it, it would be 0.23.");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn variation_note(&self) -> Option<Note> {
        let Leader { area, share, all, others } = self.variation_leader()?;
        let percent = digits::fixed(100.0 * share, 0);
        let without = digits::fixed(others.phi(), digits::decimals(others.phi()));
        let text = format!(
            "phi_w {all}, which all areas are given, is for {percent} % that of {area}: without it, it would be {without}."
        );
        Some(Note::new(Topic::Interval, text))
    }

    /// The area that brings more than half of the variation that all are given.
    pub(super) fn variation_leader(&self) -> Option<Leader<'_>> {
        let (areas, mut counts) = complete(self).ok()?;
        let (all, shares) = WithinDispersion::estimate_by_rows(&counts).ok()?;
        let (place, share) = shares.into_iter().enumerate().find(|(_, share)| *share > 0.5)?;
        if all.factor() <= 1.0 || counts.len() < 3 {
            return None;
        }
        counts.remove(place);
        let others = WithinDispersion::estimate(counts).ok()?;
        Some(Leader { area: areas.get(place)?.area(), share, all, others })
    }
}
