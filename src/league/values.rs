//! Values of areas, whatever they are.
//!
//! A table of areas carries them, so that areas are named, looked up and left out as everywhere; its counts stand for nothing, and
//! nothing that would rest on them leaves this room. Rates that were printed are fractions and are compared as these; all others are
//! numbers.

use super::{published::PublishedRates, published_rate::PublishedRate, value_kind::ValueKind, value_row::ValueRow};
use crate::{
    average::POSSIBLE,
    base::{Error, ErrorKind, Result},
    rate::{Observation, Per, Rate, Reason},
    table::{Area, Basis, Row, Table, of_areas},
};
use serde::{Deserialize, Serialize};

/// Areas with a value each, and without counts: published rates, standardised rates, severity scores, smoothed rates, or anything else of
/// which there is more or less. They may have limits of their own.
///
/// They are ranked, averaged, compared and banded like rates ([`Values::compare`]), and the answer says what cannot be had without counts:
/// a pooled average, intervals where none were given, sets of ranks.
///
/// ```
/// use crimerate::{Average, Per, league::{ValueKind, ValueRow, Values}};
///
/// let rows = [ValueRow::new("A", 12.5).limits(10.1, 15.3), ValueRow::new("B", 9.25), ValueRow::without("C", "too few offences")];
/// let report = Values::new(ValueKind::Other, Per::THOUSAND, rows)?.compare(Average::MEDIAN);
/// assert_eq!(report.area("A")?.rank.map(|rank| rank.to_string()).as_deref(), Some("1"));
/// assert_eq!((report.area("A")?.lower, report.area("B")?.lower), (Some(10.1), None));
/// assert_eq!(report.area("C")?.note.as_deref(), Some("too few offences"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Values {
    /// The areas. Where values are fractions these are its rates, else its counts stand for nothing.
    table: Table,
    /// The value of each area per unit, where these are not the fractions of the table; 0 where there is none.
    numbers: Option<Vec<f64>>,
    /// As they were printed.
    printed: Option<Vec<String>>,
    limits: Vec<Option<(f64, f64)>>,
    /// Why an area has none.
    reasons: Vec<Option<String>>,
    kind: ValueKind,
    per: Per,
    about: Vec<String>,
    method: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Values")]
struct Parts {
    kind: ValueKind,
    per: Per,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    about: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limits: Option<String>,
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    rows: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    value: Written,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lower: Option<f64>,
    /// Infinite where there is a lower one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<String>,
}

/// A number, a number as it was printed, or none.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Number(f64),
    Printed(String),
    Nothing(Option<()>),
}

of_areas!(Values by table);

impl Values {
    /// Values per unit population, such as `("Kent", 39.5)`.
    ///
    /// # Errors
    /// The first of what [`Values::check`] finds.
    pub fn new<R: Into<ValueRow>>(kind: ValueKind, per: Per, rows: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::gather(kind, per, rows)
            .map_err(|errors| errors.into_iter().next().unwrap_or_else(|| ErrorKind::NoRows.into()))
    }

    /// Every fault at once, in the order of the rows: a value, or a limit, that is neither 0 nor from 1e-30 to 1e30, limits the wrong way round,
    /// an area without a value that gives no reason; and what [`Table::check`] finds in names and codes.
    pub fn check<R: Into<ValueRow>>(rows: impl IntoIterator<Item = R>) -> Vec<Error> {
        Self::gather(ValueKind::Other, Per::ONE, rows).err().unwrap_or_default()
    }

    fn gather<R: Into<ValueRow>>(
        kind: ValueKind,
        per: Per,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, Vec<Error>> {
        let (mut areas, mut numbers, mut limits, mut reasons) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut errors = Vec::new();
        for (row, place) in rows.into_iter().zip(1..) {
            let ValueRow { area, code, value, limits: own, line } = row.into();
            let line = line.unwrap_or(place);
            let mut fault = |error: Error| errors.push(error.at_row(line).in_area(area.trim()));
            let ends = own.filter(|_| value.is_ok());
            let all = value.iter().chain(ends.iter().map(|(lower, _)| lower));
            all.filter_map(|value| possible(*value).err()).for_each(&mut fault);
            if let Some((lower, upper)) = ends
                && (upper.is_nan() || upper < lower || (upper.is_finite() && possible(upper).is_err()))
            {
                let why = format!("there is no interval from {lower} to {upper}");
                fault(ErrorKind::Inconsistent { what: "limits", why }.into());
            }
            if value.as_ref().is_err_and(|reason| reason.trim().is_empty()) {
                let (whole, part, advice) =
                    ("an area without a value", "reason", "say why it has none: answers print it");
                fault(ErrorKind::Missing { whole, part, advice }.into());
            }
            let count = if value.is_ok() { Observation::Known(1) } else { Observation::Missing(Reason::NotAvailable) };
            let row = Row::new(area, count, 1_u64).line(line).distinct();
            areas.push(code.into_iter().fold(row, Row::code));
            numbers.push(value.as_ref().map_or(0.0, |value| value + 0.0));
            reasons.push(value.err());
            limits.push(ends);
        }
        errors.extend(Table::check(areas.clone()));
        match Table::from_rows(areas) {
            Ok(table) if errors.is_empty() => {
                let (numbers, printed, about, method) = (Some(numbers), None, Vec::new(), None);
                Ok(Self { table, numbers, printed, limits, reasons, kind, per, about, method })
            }
            _ => Err(errors),
        }
    }

    /// With a sentence about them, to be printed with every answer, such as which population they are standardised to.
    #[must_use]
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.about.push(text.into());
        self
    }

    /// With what their limits are, such as `dobson at 95 %`.
    #[must_use]
    pub fn with_method(self, limits: impl Into<String>) -> Self {
        Self { method: Some(limits.into()), ..self }
    }

    /// What they are.
    #[must_use]
    pub const fn kind(&self) -> ValueKind {
        self.kind
    }

    /// What they are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The value of the area in a place, whether or not it takes part; `None` where it has none.
    #[must_use]
    pub fn value(&self, index: usize) -> Option<f64> {
        match &self.numbers {
            Some(numbers) => {
                numbers.get(index).copied().filter(|_| self.reasons.get(index).is_some_and(Option::is_none))
            }
            None => {
                let (count, people) = (self.table.observation(index)?.known()?, self.table.population(index)?);
                Some(Rate::of(count, people).per(self.per).value())
            }
        }
    }

    /// Each area with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&Area, Option<f64>)> {
        self.areas().iter().enumerate().map(|(index, area)| (area, self.value(index)))
    }

    pub(super) const fn table(&self) -> &Table {
        &self.table
    }

    /// The values as numbers, where they are not the fractions of the table.
    pub(super) fn numbers(&self) -> Option<&[f64]> {
        self.numbers.as_deref()
    }

    pub(crate) fn printed(&self, index: usize) -> Option<&str> {
        self.printed.as_ref()?.get(index).map(String::as_str)
    }

    /// Its own limits, the upper one perhaps infinite.
    pub(super) fn own_limits(&self, index: usize) -> Option<(f64, f64)> {
        self.limits.get(index).copied().flatten()
    }

    pub(super) fn have_limits(&self) -> bool {
        self.limits.iter().any(Option::is_some)
    }

    pub(super) fn reason(&self, index: usize) -> Option<&str> {
        self.reasons.get(index)?.as_deref()
    }

    pub(super) fn told(&self) -> &[String] {
        &self.about
    }

    /// How limits were made, where that is known.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }
}

/// What is neither so small nor so large that a figure derived from it could leave the range of doubles.
fn possible(value: f64) -> Result<()> {
    if value == 0.0 || POSSIBLE.contains(&value) {
        return Ok(());
    }
    Err(ErrorKind::OutOfRange { what: "a value", value, range: "0 or from 1e-30 to 1e30" }.into())
}

/// As they were printed, compared as the fractions that they are.
impl From<PublishedRates> for Values {
    fn from(published: PublishedRates) -> Self {
        let (table, printed) = (published.table().clone(), published.iter().map(|(_, text)| text.to_owned()).collect());
        let (limits, reasons) = (vec![None; table.len()], vec![None; table.len()]);
        let (kind, per, about) = (ValueKind::Published, published.per(), Vec::new());
        Self { table, numbers: None, printed: Some(printed), limits, reasons, kind, per, about, method: None }
    }
}

impl TryFrom<Parts> for Values {
    type Error = Error;

    fn try_from(Parts { kind, per, about, limits, basis, rows }: Parts) -> Result<Self> {
        let read = if rows.iter().any(|row| matches!(row.value, Written::Printed(_))) {
            let rates = rows.iter().map(|row| {
                let text = match &row.value {
                    Written::Printed(text) => text.clone(),
                    Written::Number(number) => number.to_string(),
                    Written::Nothing(_) => String::new(),
                };
                let rate = PublishedRate::new(row.area.clone(), text).distinct();
                row.code.iter().cloned().fold(rate, PublishedRate::code)
            });
            Self { kind, ..PublishedRates::from_rows(rates, per)?.into() }
        } else {
            let values = rows.iter().map(|row| {
                let value = match row.value {
                    Written::Number(value) => ValueRow::new(row.area.clone(), value),
                    _ => ValueRow::without(row.area.clone(), row.reason.clone().unwrap_or_default()),
                };
                let value = row.code.iter().cloned().fold(value, ValueRow::code);
                row.lower
                    .into_iter()
                    .fold(value, |value, lower| value.limits(lower, row.upper.unwrap_or(f64::INFINITY)))
            });
            Self::new(kind, per, values)?
        };
        let table = read.table.with_basis(basis).excluded_by(rows.into_iter().map(|row| row.excluded))?;
        Ok(Self { table, about, method: limits, ..read })
    }
}

impl From<Values> for Parts {
    fn from(values: Values) -> Self {
        let rows = values.areas().iter().enumerate().map(|(place, area)| {
            let limits = values.own_limits(place);
            let number = || values.value(place).map_or(Written::Nothing(None), Written::Number);
            Part {
                area: area.name().into(),
                code: area.code().map(Into::into),
                value: values.printed(place).map_or_else(number, |text| Written::Printed(text.into())),
                lower: limits.map(|(lower, _)| lower),
                upper: limits.map(|(_, upper)| upper).filter(|upper| upper.is_finite()),
                reason: values.reason(place).map(Into::into),
                excluded: values.table.excluded_for(place).map(Into::into),
            }
        });
        let rows = rows.collect();
        let Values { table, kind, per, about, method, .. } = values;
        Self { kind, per, about, limits: method, basis: table.basis().clone(), rows }
    }
}
