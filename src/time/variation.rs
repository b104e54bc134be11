//! How much the counts of areas vary from period to period of a series.

use super::series::{AreaSeries, Series};
use crate::{
    base::{ErrorKind, Result},
    interval::WithinDispersion,
};

impl WithinDispersion {
    /// From the periods of a series, as [`WithinDispersion::estimate`], over the areas that have a count in each of them. Areas whose rates went different
    /// ways over the periods add to it what is no chance, so it errs towards more.
    ///
    /// # Errors
    /// [`ErrorKind::LeftOut`] where some counts are of a part of a period alone, else as [`WithinDispersion::estimate`].
    pub fn of_series(series: &Series) -> Result<Self> {
        if series.is_in_person_months() {
            let reason = "counts of parts of periods do not tell how much those of whole ones vary".into();
            return Err(ErrorKind::LeftOut { reason }.into());
        }
        let counts = |area: AreaSeries<'_>| -> Option<Vec<u64>> {
            series.periods().iter().map(|period| area.count(*period)?.known()).collect()
        };
        Self::estimate(series.iter().filter_map(counts))
    }
}
