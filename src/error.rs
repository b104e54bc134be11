use crate::{Undefined, number};
use std::fmt;

/// Everything that can go wrong, in one word, with the area and the row it went wrong at.
///
/// It prints as one line that a person can act on:
///
/// ```
/// use crimerate::Table;
///
/// let error = Table::from_rows([("Kent", 729, 1_846_500), ("Heathrow", 12, 0)]).unwrap_err();
/// assert_eq!(error.to_string(), "Heathrow: row 2: population is zero, so no rate is defined");
/// ```
#[derive(Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Error(Box<Context>);

#[derive(Clone, PartialEq)]
struct Context {
    area: Option<String>,
    row: Option<u64>,
    kind: ErrorKind,
}

/// The fact behind an [`Error`], with the value that caused it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A population of zero: nobody is at risk, so no rate exists.
    #[error("population is zero, so no rate is defined")]
    ZeroPopulation,
    /// A row without a population.
    #[error("population is not given, so no rate is defined")]
    NoPopulation,
    /// Text that is not a population.
    #[error("population {text:?} is not a whole number from 0 to {}", u64::MAX)]
    NotAPopulation {
        /// The text as found.
        text: String,
    },
    /// Text that is neither a count nor a known symbol for a count that is not known.
    #[error(
        "count {text:?} is neither a whole number from 0 to {} nor one of ``, `..`, `:`, `[x]`, `[c]`, `*`",
        u64::MAX
    )]
    NotACount {
        /// The text as found.
        text: String,
    },
    /// A total that is below zero.
    #[error("count is {value}, and a total cannot be negative")]
    NegativeCount {
        /// The total.
        value: i128,
    },
    /// An area without a name.
    #[error("the area has no name")]
    NoName,
    /// Two rows with one name.
    #[error("the name stands in row {first} already")]
    DuplicateName {
        /// The row that had it first.
        first: u64,
    },
    /// Two rows with one code.
    #[error("the code {code:?} stands in row {first} already")]
    DuplicateCode {
        /// The code.
        code: String,
        /// The row that had it first.
        first: u64,
    },
    /// A table without a row.
    #[error("there is no row, so there is nothing to compare")]
    NoRows,
    /// A name or code that no area of the table has.
    #[error("no area has the name or code {text:?}")]
    UnknownArea {
        /// The name or code as asked for.
        text: String,
    },
    /// An area that takes no part in the comparison that it is looked up in.
    #[error("the area takes no part: {reason}")]
    LeftOut {
        /// Why.
        reason: String,
    },
    /// A figure that does not exist.
    #[error("{0}, so the figure does not exist")]
    Undefined(Undefined),
    /// An exclusion or another policy without a reason.
    #[error("an exclusion, or any other policy, needs a reason")]
    NoReason,
    /// An area that stands twice in one peer group.
    #[error("the group holds {peer:?} twice")]
    DuplicatePeer {
        /// The area.
        peer: String,
    },
    /// An area with two peer groups where it can have one.
    #[error("the area has two groups in {groups:?}")]
    SecondGroup {
        /// What the peer groups are called.
        groups: String,
    },
    /// Peer groups of a name that others have already.
    #[error("there are groups with the name {name:?} already")]
    DuplicateGroups {
        /// The name.
        name: String,
    },
    /// A name that no peer groups of the table have.
    #[error("no groups have the name {text:?}")]
    UnknownGroups {
        /// The name as asked for.
        text: String,
    },
    /// A policy for an area that does not go with one it has, or with those of other areas.
    #[error("the area cannot be {policy}: {why}")]
    PolicyConflict {
        /// What was to be done.
        policy: String,
        /// Why it cannot be.
        why: String,
    },
    /// Figures that rest on different bases and so cannot be compared.
    #[error("{part} is {found} here and {expected} there, so the two cannot be compared")]
    OtherBasis {
        /// What differs.
        part: &'static str,
        /// What it is in the one that is compared with.
        expected: String,
        /// What it is in this one.
        found: String,
    },
    /// A table whose basis does not say how many months it covers.
    #[error("the basis does not say how many months the counts cover, so there is no yearly rate")]
    NoMonths,
    /// A population that cannot be multiplied by the months.
    #[error("population {population} times {months} months is more than a population can be")]
    TooManyPersonMonths {
        /// The population.
        population: u64,
        /// The months.
        months: u32,
    },
    /// A serialised verdict that does not go with its claim and its numbers.
    #[error("that {claim} is {verdict} does not follow from the numbers beside it")]
    NotTheVerdict {
        /// The claim.
        claim: String,
        /// The verdict.
        verdict: &'static str,
    },
    /// Columns of different lengths.
    #[error("the column {column} has {found} values, where there should be {expected}")]
    ColumnLength {
        /// The column.
        column: &'static str,
        /// How many values it should have.
        expected: usize,
        /// How many values the column has.
        found: usize,
    },
    /// An array of another shape than the panel's.
    #[error("the array {array} is {} x {}, where there are {} areas x {} indicators", found.0, found.1, expected.0, expected.1)]
    Shape {
        /// The array.
        array: &'static str,
        /// How many areas and indicators there are.
        expected: (usize, usize),
        /// The shape of the array.
        found: (usize, usize),
    },
    /// An array to be written to, whose rows are not contiguous.
    #[error(
        "the values of a row of the array {array} are {stride} places apart, where they have to stand side by side"
    )]
    Strided {
        /// The array.
        array: &'static str,
        /// How far apart they are.
        stride: isize,
    },
    /// A code that stands for no kind of cell that a mask can hold.
    #[error("the indicator {indicator} has the code {code} in the mask, which is none of 0 to 4")]
    NotACell {
        /// The indicator.
        indicator: String,
        /// The code.
        code: u8,
    },
    /// A period that the populations do not have.
    #[error("an indicator is of period {period}, where there are populations of {periods}, counted from 0")]
    UnknownPeriod {
        /// The period.
        period: usize,
        /// How many there are.
        periods: usize,
    },
    /// Two indicators with one name.
    #[error("two indicators have the name {name:?}")]
    DuplicateIndicator {
        /// The name.
        name: String,
    },
    /// A name that no indicator of the panel has.
    #[error("no indicator has the name {text:?}")]
    UnknownIndicator {
        /// The name as asked for.
        text: String,
    },
    /// A measure that was not worked out.
    #[error("{measure} was not asked for when the panel was compared")]
    NotAsked {
        /// The measure.
        measure: &'static str,
    },
    /// A table for a panel with other areas than the first.
    #[error("the indicator {indicator} has other areas than the first one")]
    OtherAreas {
        /// The indicator.
        indicator: String,
    },
    /// A table for a panel with other exclusions or other policies than the first, or for other reasons.
    #[error("the indicator {indicator} does not have the policies of the first one")]
    OtherExclusions {
        /// The indicator.
        indicator: String,
    },
    /// More cells than can be numbered.
    #[error("{areas} areas x {offences} offences x {periods} periods are more cells than can be numbered")]
    TooManyCells {
        /// How many areas.
        areas: usize,
        /// How many offences.
        offences: usize,
        /// How many periods.
        periods: usize,
    },
    /// A record of an area, an indicator, an offence or a period that does not exist.
    #[error("{what} {id} is none of the {size} there are, counted from 0")]
    OutOfRange {
        /// What it is a number of.
        what: &'static str,
        /// The number.
        id: u64,
        /// How many there are.
        size: usize,
    },
    /// Counts so large that a total might overflow.
    #[error("the counts add up to {sum} without their signs, and only up to {most} is no total certain to fit")]
    SumTooLarge {
        /// The sum of all counts without their signs.
        sum: u128,
        /// The most that it can be.
        most: u64,
    },
    /// Records of other numbers of areas, offences and periods, to be merged.
    #[error("the records are of {found:?} areas, offences and periods, where they should be of {expected:?}")]
    OtherCells {
        /// What they should be of.
        expected: (usize, usize, usize),
        /// What they are of.
        found: (usize, usize, usize),
    },
    /// A total of records that is below zero.
    #[error("the total of the indicator {indicator} is {value}, and a total cannot be negative")]
    NegativeTotal {
        /// The indicator.
        indicator: String,
        /// The total.
        value: i64,
    },
    /// A record without the name of an indicator.
    #[error("the record has no indicator")]
    NoIndicator,
    /// Serialised records that no records can have left.
    #[error("the serialised records do not belong together: cells out of order or range, or names twice")]
    NotRecords,
    /// A multiplier of zero.
    #[error("a rate cannot be read per 0")]
    ZeroPer,
    /// A confidence level outside the open interval from 0 to 1.
    #[error("confidence {level} is not between 0 and 1, both left out (95 % is 0.95)")]
    NotAConfidence {
        /// The level.
        level: f64,
    },
    /// Text that is no number, where a confidence level is asked for.
    #[error("confidence {text:?} is not a number between 0 and 1")]
    NotALevel {
        /// The text as found.
        text: String,
    },
    /// A proportion of nothing.
    #[error("total is zero, so no proportion is defined")]
    ZeroTotal,
    /// A proportion above one.
    #[error("count {count} is more than the total {total}, so it is no proportion")]
    CountAboveTotal {
        /// The count.
        count: u64,
        /// The total.
        total: u64,
    },
    /// A fixed average that is negative, not a number, or too near to what a double can hold.
    #[error("{value} is not an average: it has to be 0 or from 1e-30 to 1e30")]
    NotAnAverage {
        /// The value.
        value: f64,
    },
    /// A number of standard deviations that makes no band.
    #[error("{k} standard deviations make no band: it has to be above 0 and at most 10")]
    NotABand {
        /// The number.
        k: f64,
    },
    /// A grade that a scale of judgements does not have.
    #[error("the {grading} scale has no grade {grade:?}")]
    NotAGrade {
        /// The grade.
        grade: &'static str,
        /// The scale.
        grading: &'static str,
    },
    /// A judgement on another scale than the others.
    #[error("a judgement on the {found} scale cannot stand among those on the {expected} scale")]
    OtherGrading {
        /// The scale of the others.
        expected: &'static str,
        /// The scale of the judgement.
        found: &'static str,
    },
    /// An expected count that is negative, not a number, or too near to what a double can hold.
    #[error("{value} is not an expected count: it has to be 0 or from 1e-30 to 1e30")]
    NotExpected {
        /// The value.
        value: f64,
    },
    /// A target of a proportion that is not strictly between 0 and 1.
    #[error("{value} is not a target for proportions: it has to be between 0 and 1, both left out")]
    NotATarget {
        /// The value.
        value: f64,
    },
    /// A fraction to be trimmed that would leave nothing.
    #[error("{fraction} cannot be trimmed at each end: it has to be from 0 to below 0.5")]
    NotATrim {
        /// The fraction.
        fraction: f64,
    },
    /// A dispersion within areas that is negative, not a number, or beyond what a law can have.
    #[error("{value} is not a dispersion within areas: it has to be from 0 to 1,000,000")]
    NotADispersion {
        /// The value.
        value: f64,
    },
    /// Too few areas or periods with a count to tell how much areas vary.
    #[error("{areas} areas with a count in {periods} periods tell no dispersion: it takes two of each")]
    NoRepeats {
        /// How many areas.
        areas: usize,
        /// How many periods.
        periods: usize,
    },
    /// More areas than ranks in replicate years are worked out for.
    #[error(
        "{} areas are more than the {} whose ranks in replicate years are worked out {} simulation",
        number::grouped(*areas as u64),
        number::grouped(*most as u64),
        if *.simulated { "with" } else { "without" }
    )]
    TooManyToReplicate {
        /// How many there are.
        areas: usize,
        /// How many there can be.
        most: usize,
        /// Whether they were to be simulated.
        simulated: bool,
    },
    /// Counts whose laws spread over more values than are worked out.
    #[error("the count {} and those before it spread over more than {} possible counts in replicate years",
        number::grouped(*count), number::grouped(*most as u64))]
    TooWide {
        /// The count.
        count: u64,
        /// How many possible counts there can be, over all areas.
        most: usize,
    },
    /// A simulation without a replicate.
    #[error("a simulation needs a replicate")]
    NoReplicates,
    /// A claim to be one of no areas.
    #[error("one of the 0 highest or lowest is no claim")]
    NoPlaces,
    /// A p-value that is none.
    #[error("{value} is not a probability from 0 to 1")]
    NotAProbability {
        /// The value.
        value: f64,
    },
    /// Text that is not a published figure.
    #[error("{text:?} is not a figure in plain digits, such as 24.5")]
    NotAFigure {
        /// The text as found.
        text: String,
    },
    /// A word that names none of the choices there are.
    #[error("{text:?} is not {what}: choose {choices}")]
    NotAChoice {
        /// What is chosen.
        what: &'static str,
        /// The text as found.
        text: String,
        /// The choices.
        choices: &'static str,
    },
    /// A serialised sum whose parts cannot belong together.
    #[error("a tally of {areas} areas cannot have count {count} and population {population}")]
    NotATally {
        /// How many areas it says it has.
        areas: u64,
        /// The count.
        count: u128,
        /// The population.
        population: u128,
    },
    /// Limits out of order, or not numbers.
    #[error("{lower} to {upper} is not an interval")]
    NotAnInterval {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// A serialised report whose figure does not follow from its counts and populations.
    #[error("{column} is given as {stated}, but its counts and populations give {computed}")]
    NotTheFigure {
        /// The column.
        column: &'static str,
        /// What is given.
        stated: String,
        /// What follows.
        computed: String,
    },
}

impl Error {
    /// The fact, for code that has to tell one from another.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The area, where there is one.
    #[must_use]
    pub fn area(&self) -> Option<&str> {
        self.0.area.as_deref()
    }

    /// The row, where there is one: the line of the file (the header being 1), or the place in the iterator from 1.
    #[must_use]
    pub fn row(&self) -> Option<u64> {
        self.0.row
    }

    /// The same error with the area named.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> Self {
        self.0.area = Some(area.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same error with the row named.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.0.row = Some(row);
        self
    }
}

impl From<Undefined> for Error {
    fn from(undefined: Undefined) -> Self {
        ErrorKind::Undefined(undefined).into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(Context { area: None, row: None, kind }))
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(area) = &self.area {
            write!(f, "{}: ", number::one_line(area))?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}: ")?;
        }
        write!(f, "{}", self.kind)
    }
}

/// Shows the message, because `fn main() -> Result<(), Error>` prints this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Refuses the first column that has another length than it should have.
pub(crate) fn same_length(expected: usize, columns: impl IntoIterator<Item = (&'static str, usize)>) -> Result<()> {
    match columns.into_iter().find(|(_, found)| *found != expected) {
        Some((column, found)) => Err(ErrorKind::ColumnLength { column, expected, found }.into()),
        None => Ok(()),
    }
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_word_and_can_travel() {
        fn travels<T: Send + Sync + Clone + 'static>() {}
        travels::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn names_area_and_row_on_one_line() {
        let error = Error::from(ErrorKind::ZeroPopulation);
        assert_eq!(error.to_string(), "population is zero, so no rate is defined");
        let error = error.at_row(17).in_area("Kent\nand more");
        assert_eq!(error.to_string(), "Kent\\nand more: row 17: population is zero, so no rate is defined");
        assert_eq!((error.area(), error.row()), (Some("Kent\nand more"), Some(17)));
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}
