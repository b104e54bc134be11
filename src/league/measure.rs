//! One figure of every area as a column.

use super::{comparison::Comparison, league::LeagueTable};
use crate::{
    base::{Result, Undefined, choice, same_length},
    interval::{self, Interval},
    rate::Per,
    table::Table,
};
use ndarray::{Array1, ArrayView1};

/// A figure that a [`LeagueTable`] has for every area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Count over population.
    Rate,
    /// The lower limit of the rate.
    Lower,
    /// The upper limit of the rate.
    Upper,
    /// The average that the rate is compared with.
    Average,
    /// Rate less average.
    Difference,
    /// Rate over average.
    Ratio,
    /// Per cent above (negative: below) the average.
    Percent,
    /// z, on the scale that was chosen.
    Z,
    /// The percentile among the areas compared.
    Percentile,
    /// The place among the areas compared.
    Rank,
}

choice!(Measure, "a measure", "rate, lower, upper, average, difference, ratio, percent, z, percentile or rank", {
    Rate => "rate",
    Lower => "lower",
    Upper => "upper",
    Average => "average",
    Difference => "difference",
    Ratio => "ratio",
    Percent => "percent",
    Z => "z",
    Percentile => "percentile",
    Rank => "rank",
});

/// One measure of all areas in the order of the table, as an array.
///
/// Where a figure does not exist the value is NaN (of a rank: 0), and [`Column::reason`] says why.
#[derive(Clone, Debug)]
pub struct Column {
    values: Array1<f64>,
    reasons: Vec<Option<Undefined>>,
}

impl Comparison<'_> {
    /// One measure, per unit population where it is a rate.
    ///
    /// # Errors
    /// As the method of that name.
    pub fn measure(&self, measure: Measure, per: Per) -> Result<f64, Undefined> {
        match measure {
            Measure::Rate => Ok(self.rate().per(per).value()),
            Measure::Lower => Ok(self.interval().per(per).lower()),
            Measure::Upper => Ok(self.interval().per(per).upper()),
            Measure::Average => Ok(self.average()?.per(per).value()),
            Measure::Difference => Ok(self.difference(per)?.value()),
            Measure::Ratio => self.ratio(),
            Measure::Percent => self.percent(),
            Measure::Z => self.z(),
            Measure::Percentile => Ok(self.percentile()),
            Measure::Rank => Ok(self.rank().value()),
        }
    }
}

impl LeagueTable {
    /// One measure of all areas as an array, rates per unit population.
    ///
    /// ```
    /// use crimerate::{Average, Measure, Per, Row, Table, Undefined};
    ///
    /// let table = Table::from_rows([Row::new("A", 30, 1_000), Row::parse("B", "..", "500"), Row::new("C", 10, 1_000)])?;
    /// let upper = table.compare(Average::POOLED).column(Measure::Upper, Per::THOUSAND);
    /// assert_eq!(format!("{:.1}", upper.values()[0]), "42.8");
    /// assert!(upper.values()[1].is_nan());
    /// assert_eq!(upper.reason(1), Some(Undefined::LeftOut));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn column(&self, measure: Measure, per: Per) -> Column {
        let found: Vec<Result<f64, Undefined>> = self.measures(measure, per).collect();
        Column {
            values: found.iter().map(|value| value.unwrap_or_else(|_| absent(measure))).collect(),
            reasons: found.iter().map(|value| value.err()).collect(),
        }
    }

    /// As [`LeagueTable::column`], into an array that exists; nothing is allocated.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`](crate::ErrorKind::ShapesDiffer) where it has not as many values as there are areas; nothing is written then.
    pub fn column_into(&self, measure: Measure, per: Per, values: &mut [f64]) -> Result<()> {
        same_length(self.table().len(), [(measure.name(), values.len())])?;
        for (value, measured) in values.iter_mut().zip(self.measures(measure, per)) {
            *value = measured.unwrap_or_else(|_| absent(measure));
        }
        Ok(())
    }

    fn measures(&self, measure: Measure, per: Per) -> impl Iterator<Item = Result<f64, Undefined>> {
        (0..self.table().len()).map(move |index| self.row(index).ok_or(Undefined::LeftOut)?.measure(measure, per))
    }
}

impl Table {
    /// The lower and the upper limits of all areas as arrays, per unit population, without any comparison.
    ///
    /// ```
    /// use crimerate::{Confidence, Per, Row, Table, interval};
    ///
    /// let table = Table::from_rows([Row::new("A", 30, 1_000), Row::parse("B", "..", "500")])?;
    /// let (lower, upper) = table.intervals(&interval::Plan::new(Confidence::P95), Per::THOUSAND);
    /// assert_eq!(format!("{:.1} {:.1}", lower.values()[0], upper.values()[0]), "20.2 42.8");
    /// assert!(lower.values()[1].is_nan() && lower.reason(1).is_some());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn intervals(&self, plan: &interval::Plan, per: Per) -> (Column, Column) {
        let (mut lower, mut upper) = (vec![f64::NAN; self.len()], vec![f64::NAN; self.len()]);
        self.limits(plan, per, &mut lower, &mut upper);
        let reasons: Vec<_> = self.rates().map(|rate| rate.is_err().then_some(Undefined::LeftOut)).collect();
        (Column { values: lower.into(), reasons: reasons.clone() }, Column { values: upper.into(), reasons })
    }

    /// As [`Table::intervals`], into columns that exist; NaN where an area is left out.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`](crate::ErrorKind::ShapesDiffer) where a column has not as many values as there are areas; nothing is written then.
    pub fn intervals_into(&self, plan: &interval::Plan, per: Per, lower: &mut [f64], upper: &mut [f64]) -> Result<()> {
        same_length(self.len(), [("lower", lower.len()), ("upper", upper.len())])?;
        self.limits(plan, per, lower, upper);
        Ok(())
    }

    fn limits(&self, plan: &interval::Plan, per: Per, lower: &mut [f64], upper: &mut [f64]) {
        let per = self.basis().read(per);
        for (((index, rate), lower), upper) in self.rates().enumerate().zip(lower).zip(upper) {
            let interval = rate.ok().map(|rate| {
                let rounded = self.rounded_interval(index, rate, |rate| plan.rate(rate));
                rounded.unwrap_or_else(|| plan.rate(rate)).per(per)
            });
            *lower = interval.map_or(f64::NAN, Interval::lower);
            *upper = interval.map_or(f64::NAN, Interval::upper);
        }
    }
}

fn absent(measure: Measure) -> f64 {
    if measure == Measure::Rank { 0.0 } else { f64::NAN }
}

impl Column {
    /// The values in the order of the table.
    #[must_use]
    pub fn values(&self) -> ArrayView1<'_, f64> {
        self.values.view()
    }

    /// Why the value of the area with this place in the table does not exist; `None` where it does.
    #[must_use]
    pub fn reason(&self, index: usize) -> Option<Undefined> {
        self.reasons.get(index).copied().flatten()
    }
}
