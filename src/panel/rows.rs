//! The figures of a panel as rows.
//!
//! Figures hold arrays of measures, which may be as large as memory, and no second copy of the counts: rows take these from the panel, and
//! what is serialised is rows, never the figures.

use super::{figures::Figures, panel::Panel};
use crate::{
    base::{ErrorKind, Line, Result, row, rows, words},
    league::Measure,
};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

row! {
    /// One area by one indicator; what does not exist, or was not asked for, is `None`.
    ///
    /// Every field is a column, always: rows can be written with the crate `csv`.
    #[derive(Serialize, Deserialize)]
    pub struct Row {
        /// The name of the area.
        area: String,
        /// The official code.
        code: Option<String>,
        /// The indicator: its name or, without names, its number from 1.
        indicator: String,
        /// The count, where it is known.
        count: Option<u64>,
        /// The population, where there is one.
        population: Option<u64>,
        /// How many months the population is multiplied by, where rates are a year's: `rate = count * per * 12 / (population * months)`.
        months: Option<u64>,
        /// `count * per / population`.
        rate: Option<f64>,
        /// The lower limit of the rate.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// The average that the rate is compared with; where it was not asked for, that of all areas by this indicator.
        average: Option<f64>,
        /// Rate less average.
        difference: Option<f64>,
        /// Rate over average.
        ratio: Option<f64>,
        /// Per cent above (negative: below) the average.
        percent: Option<f64>,
        /// z, on the scale that was chosen.
        z: Option<f64>,
        /// The place among the areas by this indicator.
        rank: Option<f64>,
        /// The percentile among them.
        percentile: Option<f64>,
        /// Why figures that were asked for are missing.
        note: Option<String>,
    }
}

impl Figures {
    /// A row for each area by each indicator, area by area; counts and populations are those of the panel that was compared.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Panel, Per, ndarray::array};
    ///
    /// let panel = Panel::new(["A", "B"], array![[30_u64, 4], [20, 9]], [1_000, 2_000])?.with_indicators(["arson", "theft"])?;
    /// let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate, Measure::Rank]);
    /// let last = figures.rows(&panel)?.last().unwrap();
    /// assert_eq!((last.area.as_str(), last.indicator.as_str(), last.rate, last.rank), ("B", "theft", Some(4.5), Some(1.0)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Mismatch`] for a panel of other areas or indicators.
    pub fn rows<'f>(&'f self, panel: &'f Panel<'_>) -> Result<impl Iterator<Item = Row> + 'f> {
        if !self.are_of(panel) {
            let of = |areas: usize, indicators: usize| {
                format!("{} by {}", words::counted(areas, "area"), words::counted(indicators, "indicator"))
            };
            let expected = format!("that of the figures ({})", of(self.areas().len(), self.averages().len()));
            let found = format!("one with other names, or of another size ({})", of(panel.len(), panel.indicators()));
            return Err(ErrorKind::Mismatch { part: "the panel", expected, found }.into());
        }
        let cells = (0..panel.len()).flat_map(|area| (0..panel.indicators()).map(move |indicator| (area, indicator)));
        Ok(cells.filter_map(|(area, indicator)| self.row(panel, area, indicator)))
    }

    /// The rows as CSV with a header: every column always, empty where there is no figure.
    ///
    /// # Errors
    /// As [`Figures::rows`].
    pub fn csv(&self, panel: &Panel<'_>) -> Result<String> {
        Ok(rows::csv(Row::FIELDS, self.rows(panel)?, &[]))
    }

    fn row(&self, panel: &Panel<'_>, area: usize, indicator: usize) -> Option<Row> {
        let named = panel.areas().get(area)?;
        let mut missing = None;
        let mut figure = |measure| match self.at(measure, area, indicator) {
            Ok(value) => Some(value),
            Err(error) => {
                if !matches!(error.kind(), ErrorKind::NotAsked { .. }) {
                    missing = missing.take().or_else(|| Some(error.kind().to_string()));
                }
                None
            }
        };
        let own = figure(Measure::Average);
        let everyone = self.averages().get(indicator).copied().filter(|average| !average.is_nan());
        let average = if self.array(Measure::Average).is_some() { own } else { everyone };
        let basis = panel.bases.get(indicator).unwrap_or(&panel.basis);
        let months = basis.months().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        let exposure = panel.population(area, indicator).map(|people| basis.apart(people.get(), months));
        Some(Row {
            area: named.name().into(),
            code: named.code().map(Into::into),
            indicator: panel.label(indicator),
            count: panel.observation(area, indicator)?.known(),
            population: exposure.map(|(people, _)| people),
            months: exposure.and_then(|(_, months)| months),
            rate: figure(Measure::Rate),
            lower: figure(Measure::Lower),
            upper: figure(Measure::Upper),
            average,
            difference: figure(Measure::Difference),
            ratio: figure(Measure::Ratio),
            percent: figure(Measure::Percent),
            z: figure(Measure::Z),
            rank: figure(Measure::Rank),
            percentile: figure(Measure::Percentile),
            note: missing,
        })
    }
}
