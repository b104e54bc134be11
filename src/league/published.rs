//! The rates of all areas as they were published, without counts and populations.
//!
//! Decimals are exact fractions, so a table of them holds each as its digits over a number of people, and is compared like any other. Those
//! numbers are no counts: nothing that would rest on them (an interval, a pooled average, a set of ranks) leaves this room.

use super::published_rate::PublishedRate;
use crate::{
    base::{Error, Result},
    rate::Per,
    table::{Area, Basis, Table, of_areas},
};
use serde::{Deserialize, Serialize};

/// The rates of all areas as they were published: much that is published is only that.
///
/// They rank by their printed decimals, exactly, and have a mean, a median, a standard deviation, z, percentiles and bands. Without counts
/// and populations there is no interval, no pooled average and no set of ranks, and the notes say so.
///
/// ```
/// use crimerate::{Average, Per, league::{BandSpec, PublishedRates}};
///
/// let rates = [("West Midlands", "117.8"), ("Kent", "39.5"), ("Essex", "61.10"), ("Surrey", "39.50"), ("Gwent", "[c]")];
/// let published = PublishedRates::from_rows(rates, Per::HUNDRED_THOUSAND)?;
/// let report = published.compare(Average::MEAN).with_bands(BandSpec::ONE);
/// assert_eq!(report.area("Surrey")?.rank, report.area("Kent")?.rank); // 39.50 is 39.5
/// assert_eq!(report.mean()?.to_string(), "64.5 per 100,000");
/// assert_eq!(format!("{:.4}", report.area("West Midlands")?.z.unwrap()), "1.4420");
/// assert!(report.to_string().contains("Intervals: none, which need counts and populations"));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct PublishedRates {
    table: Table,
    /// The rates as they were printed, in the order of the table.
    printed: Vec<String>,
    per: Per,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "PublishedRates")]
struct Parts {
    per: Per,
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    basis: Basis,
    rows: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    area: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    rate: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<String>,
}

of_areas!(PublishedRates by table);

impl PublishedRates {
    /// A table of rates that were published per unit population, such as `("Kent", "39.5")`.
    ///
    /// # Errors
    /// The first of what [`PublishedRates::check`] finds.
    pub fn from_rows<R: Into<PublishedRate>>(rates: impl IntoIterator<Item = R>, per: Per) -> Result<Self> {
        let rates: Vec<PublishedRate> = rates.into_iter().map(Into::into).collect();
        let per = per.in_person_months(false);
        let table = Table::from_rows(rates.iter().map(|rate| rate.row(per)))?;
        let printed = rates.into_iter().map(|rate| rate.rate.trim().to_owned()).collect();
        Ok(Self { table, printed, per })
    }

    /// Every fault of every row at once, in the order of the rows; nothing where a table can be made of them.
    ///
    /// A fault is a rate that is no decimal number, or has more decimals than can be held, and what
    /// [`Table::check`] finds in names and codes.
    pub fn check<R: Into<PublishedRate>>(rates: impl IntoIterator<Item = R>, per: Per) -> Vec<Error> {
        Table::check(rates.into_iter().map(|rate| rate.into().row(per)))
    }

    /// What the rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The rate of the area in this place as it was printed; `None` beyond the last.
    #[must_use]
    pub fn printed(&self, index: usize) -> Option<&str> {
        self.printed.get(index).map(String::as_str)
    }

    /// Each area with its rate as it was printed, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&Area, &str)> {
        self.areas().iter().zip(self.printed.iter().map(String::as_str))
    }

    /// The rates as exact fractions, whose counts and populations stand for nothing.
    pub(crate) const fn table(&self) -> &Table {
        &self.table
    }
}

impl TryFrom<Parts> for PublishedRates {
    type Error = Error;

    fn try_from(Parts { per, basis, rows }: Parts) -> Result<Self> {
        let rate = |row: &Part| {
            let rate = PublishedRate::new(row.area.clone(), row.rate.clone()).distinct();
            row.code.iter().cloned().fold(rate, PublishedRate::code)
        };
        let published = Self::from_rows(rows.iter().map(rate), per)?.with_basis(basis);
        let table = published.table.excluded_by(rows.into_iter().map(|row| row.excluded))?;
        Ok(Self { table, ..published })
    }
}

impl From<PublishedRates> for Parts {
    fn from(PublishedRates { table, printed, per }: PublishedRates) -> Self {
        let rows = table.areas().iter().zip(printed).enumerate().map(|(place, (area, rate))| Part {
            area: area.name().into(),
            code: area.code().map(Into::into),
            rate,
            excluded: table.excluded_for(place).map(Into::into),
        });
        Self { per, rows: rows.collect(), basis: table.basis().clone() }
    }
}
