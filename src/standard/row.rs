//! One area's figures in one stratum, or of one offence, as they were given.

use crate::{
    base::{Error, ErrorKind, Result, words},
    rate::{Given, Observation, Population, Reason},
    table::Row,
};
use serde::Deserialize;

/// The figures of one area in one stratum, or of one offence, on their way into [`Strata`](super::Strata) or
/// [`Offences`](super::Offences), not yet checked.
///
/// `(area, stratum, count, population)` is one. What is no count or no population is kept, for the strata to refuse with the area,
/// the stratum and the row. Read by serde it has the fields `area` (or `name`), `stratum` (or `offence`), `count`, `population` and,
/// where they are there, `code` and `line`.
///
/// ```
/// use crimerate::standard::{Strata, StratumRow};
///
/// let rows = [
///     StratumRow::parse("Kent", "0-4", "12", "98000").line(2),
///     StratumRow::parse("Kent", "5-9", "12", "0").line(3),
///     StratumRow::parse("Essex", "0 to 4", "7", "91000").line(4),
/// ];
/// let faults = Strata::check(rows);
/// assert!(faults[0].to_string().starts_with("Kent: 5-9: row 3: population is zero"), "{}", faults[0]);
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Parts")]
pub struct StratumRow {
    pub(super) area: String,
    pub(super) code: Option<String>,
    pub(super) stratum: String,
    pub(super) count: Result<Observation>,
    pub(super) population: Result<Population>,
    pub(super) line: Option<u64>,
    pub(super) distinct: bool,
    /// Whether nothing is asked of it, for its area is to be left out.
    pub(super) left_out: bool,
}

impl StratumRow {
    /// A row of numbers; the count may be an [`Observation`].
    pub fn new<C, P>(area: impl Into<String>, stratum: impl Into<String>, count: C, population: P) -> Self
    where
        C: TryInto<Observation, Error: Into<Error>>,
        P: TryInto<Population, Error: Into<Error>>,
    {
        let (count, population) = (count.try_into().map_err(Into::into), population.try_into().map_err(Into::into));
        Self::made(area.into(), stratum.into(), count, population)
    }

    /// A row of text, as a file has it.
    #[must_use]
    pub fn parse(area: &str, stratum: &str, count: &str, population: &str) -> Self {
        Self::made(area.into(), stratum.into(), count.parse(), population.parse())
    }

    /// A row of a table, of this stratum or offence. One with months of its own other than twelve is refused with them, as strata have none.
    #[must_use]
    pub fn of(row: Row, stratum: impl Into<String>) -> Self {
        let Row { name, code, count, population, months, line, distinct, left_out, .. } = row;
        let count = match months {
            Some(months) if months != 12 => {
                let found = format!("the count covers {}", words::counted(months as usize, "month"));
                let advice = "strata and offences are compared by the counts of a year: give those of 12 months".into();
                Err(ErrorKind::NotAsPublished { found, advice }.into())
            }
            _ => count,
        };
        Self { code, line, distinct, left_out, ..Self::made(name, stratum.into(), count, population) }
    }

    const fn made(area: String, stratum: String, count: Result<Observation>, population: Result<Population>) -> Self {
        Self { area, code: None, stratum, count, population, line: None, distinct: false, left_out: false }
    }

    /// Of an area that is left out, of which nothing else is known.
    pub(super) fn nothing(area: &str, code: Option<&String>) -> Self {
        let count = Ok(Observation::Missing(Reason::NotAvailable));
        let row = Self::made(area.into(), String::new(), count, Err(ErrorKind::NoPopulation.into()));
        code.into_iter().cloned().fold(row.distinct().to_be_left_out(), Self::code)
    }

    /// With the area's official code: areas are told apart by their codes where rows have them.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// With its line in the file, the header being line 1, for messages; without it, its place from 1.
    #[must_use]
    pub fn line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// Of an area that is to be excluded: its strata need not be those of others, nor its figures sound.
    ///
    /// ```
    /// use crimerate::standard::{Strata, StratumRow};
    ///
    /// let rows = [("Kent", "0-15", 20, 40_000), ("Kent", "16+", 90, 60_000), ("Heathrow", "16+", 5, 0)].map(StratumRow::from);
    /// assert!(Strata::from_rows(rows.clone()).is_err());
    /// let [one, other, heathrow] = rows;
    /// let strata = Strata::from_rows([one, other, heathrow.to_be_left_out()])?.exclude("Heathrow", "nobody lives there")?;
    /// assert_eq!(strata.len(), 2);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn to_be_left_out(self) -> Self {
        Self { left_out: true, ..self }
    }

    /// Of an area of its own, though its name is like that of another but for a note mark, case, dashes or spaces.
    #[must_use]
    pub fn distinct(self) -> Self {
        Self { distinct: true, ..self }
    }
}

impl<N, S, C, P> From<(N, S, C, P)> for StratumRow
where
    N: Into<String>,
    S: Into<String>,
    C: TryInto<Observation, Error: Into<Error>>,
    P: TryInto<Population, Error: Into<Error>>,
{
    fn from((area, stratum, count, population): (N, S, C, P)) -> Self {
        Self::new(area, stratum, count, population)
    }
}

#[derive(Deserialize)]
#[serde(rename = "StratumRow")]
struct Parts {
    #[serde(alias = "name")]
    area: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(alias = "offence")]
    stratum: String,
    count: Given,
    population: Given,
    #[serde(default)]
    line: Option<u64>,
}

impl From<Parts> for StratumRow {
    fn from(Parts { area, code, stratum, count, population, line }: Parts) -> Self {
        Self { code, line, ..Self::made(area, stratum, count.count(), population.population()) }
    }
}
