//! Standardised rates and scores as values of a league table.

use super::{
    super::{value_kind::ValueKind, value_row::ValueRow, values::Values},
    rates::Rates,
    report::StandardisedReport,
    score_report::ScoreReport,
};
use crate::{base::Result, table::Table};

impl StandardisedReport {
    /// The rates as values, with their limits, to be compared with an average, banded and so on; areas without one with the reason.
    ///
    /// ```
    /// use crimerate::{Average, Per, standard::{StandardPopulation, Strata}};
    ///
    /// let strata = Strata::from_rows([
    ///     ("Coast", "0-64", 90, 60_000), ("Coast", "65+", 20, 40_000), ("Inland", "0-64", 120, 90_000), ("Inland", "65+", 4, 10_000),
    /// ])?;
    /// let rates = strata.direct(&StandardPopulation::pooled(&strata)?)?;
    /// let league = rates.report(Per::THOUSAND).values()?.compare(Average::MEAN);
    /// assert!(league.to_string().contains("Directly standardised rates"), "{league}");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) where a rate leaves the range that averages can be of.
    pub fn values(&self) -> Result<Values> {
        let (kind, method) = match &self.rates {
            Rates::Direct(_, limits) => {
                (ValueKind::DirectlyStandardised, format!("{}{}", limits.as_told(), limits.variation_told()))
            }
            Rates::Indirect(_, limits) => {
                (ValueKind::IndirectlyStandardised, format!("{}{}", limits.as_told(), limits.variation_told()))
            }
        };
        let rows = self.rows.iter().map(|row| (row.rate, row.lower.zip(row.upper), row.note.as_deref()));
        let values = Values::new(kind, self.per, value_rows(self.strata().table(), rows))?;
        Ok(values.with_method(method).about(self.standard_note()).with_basis(self.strata().basis().clone()))
    }
}

impl ScoreReport {
    /// The scores per unit population as values, with their limits, to be compared with an average, banded and so on; areas without one
    /// with the reason.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) where a score leaves the range that averages can be of.
    pub fn values(&self) -> Result<Values> {
        let table = self.scores.offences().table();
        let rows = self.rows.iter().map(|row| (row.rate, row.lower.zip(row.upper), row.note.as_deref()));
        let values = Values::new(ValueKind::Weighted, self.per, value_rows(table, rows))?;
        let method = format!("{}{}", self.limits.as_told(), self.limits.variation_told());
        Ok(values.with_method(method).about(self.weights_note()).with_basis(table.basis().clone()))
    }
}

type ValueFigures<'a> = (Option<f64>, Option<(f64, f64)>, Option<&'a str>);

fn value_rows<'a>(
    table: &'a Table,
    rows: impl Iterator<Item = ValueFigures<'a>> + 'a,
) -> impl Iterator<Item = ValueRow> + 'a {
    table.areas().iter().zip(rows).map(|(area, (value, limits, note))| {
        let row = match value {
            Some(value) => ValueRow::new(area.name(), value),
            None => ValueRow::without(area.name(), note.unwrap_or("no figure")),
        };
        let row = limits.into_iter().fold(row, |row, (lower, upper)| row.limits(lower, upper));
        area.code().into_iter().fold(row, ValueRow::code)
    })
}
