use crate::{
    Area, Basis, Error, ErrorKind, LeftOut, Observation, Population, Rate, Result, Row, areas::Areas,
    error::same_length,
};
use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// The counts and populations of all areas, ready to be compared.
///
/// ```
/// use crimerate::{Average, Per, Table};
///
/// let table = Table::from_rows([
///     ("Bedfordshire", 648, 669_300),
///     ("Durham", 165, 633_500),
///     ("City of London", 31, 8_700),
/// ])?;
/// let league = table.exclude("City of London", "8,700 residents")?.compare(Average::POOLED);
/// assert_eq!(league.area("Bedfordshire")?.rank().to_string(), "1");
/// assert_eq!(league.left_out().count(), 1);
/// # Ok::<(), crimerate::Error>(())
/// ```
///
/// An area whose count is not known, or that is excluded, keeps its line but takes no part: neither its count nor its
/// population is in any average.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Table {
    areas: Arc<Areas>,
    counts: Vec<Observation>,
    /// As given; 0 and `None` only where the area was left out for that.
    populations: Vec<Option<u64>>,
    excluded: BTreeMap<usize, String>,
    basis: Basis,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    rows: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    count: Observation,
    population: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<String>,
}

impl Table {
    /// A table of rows, such as `("Kent", 729, 1_846_500)`.
    ///
    /// # Errors
    /// The first of what [`Table::check`] finds.
    pub fn from_rows<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::collect(rows, false).map_err(first)?.filled()
    }

    /// As [`Table::from_rows`], but an area without a population (zero, or not given) is left out with a note in every
    /// answer, where it would be refused.
    ///
    /// # Errors
    /// The first of what [`Table::check`] finds besides missing populations.
    pub fn from_rows_leaving_out<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::collect(rows, true).map_err(first)?.filled()
    }

    /// A table of columns of one length. Rows are counted from 1 in messages.
    ///
    /// # Errors
    /// [`ErrorKind::ColumnLength`] for a column of another length than the names, else as [`Table::from_rows`].
    pub fn from_columns<N: Into<String>>(
        names: impl IntoIterator<Item = N>,
        counts: ArrayView1<'_, u64>,
        populations: ArrayView1<'_, u64>,
    ) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        same_length(names.len(), [("count", counts.len()), ("population", populations.len())])?;
        let figures = counts.into_iter().zip(populations);
        Self::from_rows(names.into_iter().zip(figures).map(|(name, (&count, &people))| Row::new(name, count, people)))
    }

    /// Every fault of every row at once, in the order of the rows; nothing where a table can be made of them.
    ///
    /// A fault is a name that is empty or stands twice, a code that stands twice, a count that is no count or negative,
    /// a population that is zero, not given or no number.
    pub fn check<R: Into<Row>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        match Self::collect(rows, false).and_then(|table| table.filled().map_err(|error| vec![error])) {
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        }
    }

    fn collect<R: Into<Row>>(rows: impl IntoIterator<Item = R>, leave_out: bool) -> Result<Self, Vec<Error>> {
        let (mut areas, mut counts, mut populations) = (Areas::default(), Vec::new(), Vec::new());
        let mut errors = Vec::new();
        for (row, place) in rows.into_iter().zip(1..) {
            let Row { name, code, count, population, line } = row.into();
            let line = line.unwrap_or(place);
            let mut fault = |error: Error| errors.push(error.at_row(line).in_area(name.trim()));
            match Area::new(&name, code.as_deref()) {
                Ok(area) => areas.push(area, line).into_iter().map(Error::from).for_each(&mut fault),
                Err(error) => fault(error),
            }
            match count {
                Ok(count) => counts.push(count),
                Err(error) => fault(error),
            }
            match population {
                Ok(population) => populations.push(Some(population.get())),
                Err(error) => match error.kind() {
                    ErrorKind::ZeroPopulation if leave_out => populations.push(Some(0)),
                    ErrorKind::NoPopulation if leave_out => populations.push(None),
                    _ => fault(error),
                },
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self { areas: Arc::new(areas), counts, populations, excluded: BTreeMap::new(), basis: Basis::new() })
    }

    fn filled(self) -> Result<Self> {
        if self.is_empty() { Err(ErrorKind::NoRows.into()) } else { Ok(self) }
    }

    /// A table of checked parts.
    pub(crate) fn of_parts(
        areas: Arc<Areas>,
        counts: Vec<Observation>,
        populations: Vec<Option<u64>>,
        excluded: BTreeMap<usize, String>,
        basis: Basis,
    ) -> Self {
        Self { areas, counts, populations, excluded, basis }
    }

    /// The areas, to be shared.
    pub(crate) fn shared_areas(&self) -> Arc<Areas> {
        self.areas.clone()
    }

    /// The places of the areas that are excluded, and why.
    pub(crate) const fn exclusions(&self) -> &BTreeMap<usize, String> {
        &self.excluded
    }

    /// The table with an area taken out of every comparison, numerator and denominator, for a reason that is printed.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where no area has that name or code, [`ErrorKind::NoReason`] for an empty reason.
    pub fn exclude(mut self, area: &str, reason: impl Into<String>) -> Result<Self> {
        let index = self.index(area)?;
        let reason = reason.into();
        if reason.trim().is_empty() {
            return Err(Error::from(ErrorKind::NoReason).in_area(area));
        }
        self.excluded.insert(index, reason);
        Ok(self)
    }

    /// The table with what it rests on, to be printed under every answer.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// What the table rests on, as far as it was told.
    #[must_use]
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// How many areas there are, those left out among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is no area; never so for a table that was made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The areas in their order.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        self.areas.list()
    }

    /// The place of an area in the order of the table, from 0, by its name or else its code.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownArea`] where there is none.
    pub fn index(&self, area: &str) -> Result<usize> {
        self.areas.find(area).ok_or_else(|| ErrorKind::UnknownArea { text: area.into() }.into())
    }

    /// What is known of the count in the place `index`; `None` beyond the last.
    #[must_use]
    pub fn observation(&self, index: usize) -> Option<Observation> {
        self.counts.get(index).copied()
    }

    /// The population in the place `index`; `None` beyond the last and where the area has none.
    #[must_use]
    pub fn population(&self, index: usize) -> Option<Population> {
        Population::new(self.stated_population(index)?).ok()
    }

    /// The rate in the place `index`, or why the area takes no part; `None` beyond the last.
    #[must_use]
    pub fn rate(&self, index: usize) -> Option<Result<Rate, LeftOut>> {
        let observation = self.observation(index)?;
        Some(match (self.excluded.get(&index), self.population(index), observation) {
            (Some(reason), _, _) => Err(LeftOut::Excluded(reason.clone())),
            (None, None, _) if self.stated_population(index) == Some(0) => Err(LeftOut::ZeroPopulation),
            (None, None, _) => Err(LeftOut::NoPopulation),
            (None, Some(population), Observation::Known(count)) => Ok(Rate::of(count, population)),
            (None, Some(_), unknown) => Err(LeftOut::NotKnown(unknown)),
        })
    }

    /// The population as it was given, zero included.
    pub(crate) fn stated_population(&self, index: usize) -> Option<u64> {
        self.populations.get(index).copied().flatten()
    }

    /// The rate that an excluded area has all the same, where it has one.
    pub(crate) fn excluded_rate(&self, index: usize) -> Option<Rate> {
        let count = self.observation(index)?.known()?;
        Some(Rate::of(count, self.population(index)?))
    }

    /// The rates of all areas in order, or why one takes no part.
    pub fn rates(&self) -> impl Iterator<Item = Result<Rate, LeftOut>> + '_ {
        (0..self.len()).filter_map(|index| self.rate(index))
    }
}

fn first(errors: Vec<Error>) -> Error {
    errors.into_iter().next().unwrap_or_else(|| ErrorKind::NoRows.into())
}

impl TryFrom<Parts> for Table {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let excluded: Vec<(String, String)> =
            parts.rows.iter().filter_map(|part| Some((part.area.trim().to_owned(), part.excluded.clone()?))).collect();
        let table = Self::from_rows_leaving_out(parts.rows.into_iter().map(Row::from))?;
        excluded
            .into_iter()
            .try_fold(table.with_basis(parts.basis), |table, (area, reason)| table.exclude(&area, reason))
    }
}

impl From<Part> for Row {
    fn from(part: Part) -> Self {
        let row = match part.population {
            Some(population) => Self::new(part.area, part.count, population),
            None => Self::without_population(part.area, part.count),
        };
        Self { code: part.code, ..row }
    }
}

impl From<Table> for Parts {
    fn from(table: Table) -> Self {
        let figures = table.counts.iter().zip(&table.populations);
        let rows = table.areas().iter().zip(figures).enumerate().map(|(index, (area, (&count, &population)))| Part {
            area: area.name().into(),
            code: area.code().map(Into::into),
            count,
            population,
            excluded: table.excluded.get(&index).cloned(),
        });
        Self { rows: rows.collect(), basis: table.basis }
    }
}
