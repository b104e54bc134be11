//! One row of a table, as it was given.
//!
//! A row may hold a fault: what could not be read is kept, so that one place, the table, refuses it with its area and its line,
//! and `Table::check` lists all faults at once.

use crate::{
    base::{Error, Result},
    rate::{Given, Observation, Population},
};
use serde::Deserialize;

/// One area's figures on their way into a [`Table`](crate::Table), not yet checked.
///
/// A row may hold text that turned out to be no number: the table refuses it with its area and its row, and
/// [`Table::check`](crate::Table::check) lists every such row at once. `(name, count, population)` is a row, and so is
/// `(name, code, count, population)`.
///
/// ```
/// use crimerate::{Row, Table};
///
/// let rows = [
///     Row::parse("Kent", "729", "1846500").line(2),
///     Row::parse("Essex", "1119.0", "1832800").line(3),
///     Row::parse("Heathrow", "12", "0").line(4),
/// ];
/// let errors = Table::check(rows);
/// assert_eq!(errors.len(), 2);
/// assert_eq!(errors[1].to_string(), "Heathrow: row 4: population is zero, so no rate is defined: correct it, or leave the area out; if its count is in no area, say so by Table::unplaced");
/// ```
///
/// Read by serde it has the fields `area` (or `name`), `count`, `population` and, where they are there, `code`, `months` and `line`. Counts
/// and populations are numbers or text, as [`Observation`] reads them; what is none of them is kept, for the table to refuse
/// with the area and the row:
///
/// ```
/// use crimerate::{Row, Table};
///
/// let file = "area,code,count,population\nKent,E23000032,729,\"1,846,500\"\nEssex,E23000028,many,1832800\n";
/// let rows = csv::Reader::from_reader(file.as_bytes()).into_deserialize().collect::<Result<Vec<Row>, _>>().unwrap();
/// assert!(Table::from_rows(rows[..1].to_vec()).is_ok());
/// assert!(Table::check(rows)[0].to_string().starts_with("Essex: row 2: count \"many\" is not a whole number"));
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Parts")]
pub struct Row {
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) count: Result<Observation>,
    pub(crate) population: Result<Population>,
    pub(crate) line: Option<u64>,
    /// Whether it may lack a population and have a name like another's, for it is to be left out.
    pub(crate) left_out: bool,
    /// Whether it needs no population.
    pub(crate) unplaced: bool,
    /// Whether it is an area of its own though its name is like another.
    pub(crate) distinct: bool,
    pub(crate) months: Option<u32>,
}

impl Row {
    /// A row of numbers. The count is one of any integer type or an [`Observation`] where it may not be known, either as an
    /// `Option` too; the population likewise. What is no count or no population is refused by the table, with the area's name.
    pub fn new<C, P>(name: impl Into<String>, count: C, population: P) -> Self
    where
        C: TryInto<Observation, Error: Into<Error>>,
        P: TryInto<Population, Error: Into<Error>>,
    {
        Self::of(name.into(), count.try_into().map_err(Into::into), population.try_into().map_err(Into::into))
    }

    /// A row without a population, to be refused or, by [`Table::from_rows_leaving_out`](crate::Table), left out.
    pub fn without_population<C>(name: impl Into<String>, count: C) -> Self
    where
        C: TryInto<Observation, Error: Into<Error>>,
    {
        Self::new(name, count, None::<u64>)
    }

    /// A count that belongs to the whole and to no area, such as offences whose place is not known; see
    /// [`Table::unplaced`](crate::Table::unplaced).
    pub fn unplaced<C>(name: impl Into<String>, count: C) -> Self
    where
        C: TryInto<Observation, Error: Into<Error>>,
    {
        Self::without_population(name, count).in_no_area()
    }

    /// The row with a count that is in no area. A population that is given is refused, unless it is zero.
    #[must_use]
    pub const fn in_no_area(mut self) -> Self {
        self.unplaced = true;
        self
    }

    /// A row of text, as a file has it: count and population as they read from text.
    #[must_use]
    pub fn parse(name: &str, count: &str, population: &str) -> Self {
        Self::of(name.into(), count.parse(), population.parse())
    }

    const fn of(name: String, count: Result<Observation>, population: Result<Population>) -> Self {
        let (left_out, unplaced, distinct) = (false, false, false);
        Self { name, code: None, count, population, line: None, left_out, unplaced, distinct, months: None }
    }

    /// A row whose count is a sum of signed records, which may have come out negative.
    pub fn from_total(name: impl Into<String>, total: i64, population: u64) -> Self {
        Self { count: Observation::from_total(total), ..Self::new(name, 0_u64, population) }
    }

    /// The row with the area's official code.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The row with the number of months that its count covers. One such row puts the whole table on person-months, each
    /// population times its own months, 12 where none are given, and rates are read per unit population a year.
    ///
    /// ```
    /// use crimerate::{Average, Per, Row, Table};
    ///
    /// let rows = [
    ///     Row::new("Greater Manchester", 161_159, 2_812_600).months(6),
    ///     Row::new("Kent", 189_000, 1_846_500),
    ///     Row::new("Essex", 166_000, 1_832_800),
    /// ];
    /// let league = Table::from_rows(rows)?.compare(Average::POOLED);
    /// let here = league.area("Greater Manchester")?;
    /// assert_eq!(here.rate().per(Per::THOUSAND.years().unwrap()).to_string(), "114.6 per 1,000 a year");
    /// assert!(league.per(Per::THOUSAND).to_string().contains("Greater Manchester has 6 months"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn months(mut self, months: u32) -> Self {
        self.months = Some(months);
        self
    }

    /// The row of an area that is to be [excluded](crate::Table::exclude) or [taken for a total](crate::Table::total): it may lack a
    /// population, and have a name like another's.
    #[must_use]
    pub const fn to_be_left_out(mut self) -> Self {
        self.left_out = true;
        self
    }

    /// The row of an area of its own, though its name is like that of another but for a note mark, case, dashes or spaces: without
    /// this the table refuses the second of two such names that both have figures, and neither a code.
    ///
    /// ```
    /// use crimerate::{Row, Table};
    ///
    /// let rows = [Row::new("Humberside", 3, 930_000), Row::new("Humberside [note 4]", 12, 930_000)];
    /// let error = Table::from_rows(rows.clone()).unwrap_err().to_string();
    /// assert!(error.starts_with("Humberside [note 4]: row 2: the name is that of \"Humberside\" in row 1 but for a note mark"));
    /// assert_eq!(Table::from_rows(rows.map(Row::distinct))?.len(), 2);
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub const fn distinct(mut self) -> Self {
        self.distinct = true;
        self
    }

    /// The row with its line in the file, the header being line 1, for messages; without it, its place from 1.
    #[must_use]
    pub const fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl<N, C, P> From<(N, C, P)> for Row
where
    N: Into<String>,
    C: TryInto<Observation, Error: Into<Error>>,
    P: TryInto<Population, Error: Into<Error>>,
{
    fn from((name, count, population): (N, C, P)) -> Self {
        Self::new(name, count, population)
    }
}

/// Name, code, count and population.
impl<N, K, C, P> From<(N, K, C, P)> for Row
where
    N: Into<String>,
    K: Into<String>,
    C: TryInto<Observation, Error: Into<Error>>,
    P: TryInto<Population, Error: Into<Error>>,
{
    fn from((name, code, count, population): (N, K, C, P)) -> Self {
        Self::new(name, count, population).code(code)
    }
}

#[derive(Deserialize)]
#[serde(rename = "Row")]
struct Parts {
    #[serde(alias = "name")]
    area: String,
    #[serde(default)]
    code: Option<String>,
    count: Given,
    population: Given,
    #[serde(default)]
    months: Option<u32>,
    #[serde(default)]
    line: Option<u64>,
}

impl From<Parts> for Row {
    fn from(Parts { area, code, count, population, months, line }: Parts) -> Self {
        Self { code, line, months, ..Self::of(area, count.count(), population.population()) }
    }
}
