//! What the reports on a league table have in common: their rows, CSV, and how they are written and read back.

use super::{compare::Compare, entry::Entry, league::LeagueTable};
use crate::{
    base::{Figure, Line, Note, Result, rows},
    rate::Per,
    table::Table,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A report on a league table.
pub(crate) trait Answer: Sized {
    type Row: Line + Serialize + DeserializeOwned;
    /// How it was made of its league table, as it is written; figures of the whole may stand with it and are not read.
    type How: Serialize + DeserializeOwned;

    fn league(&self) -> &LeagueTable;

    fn per(&self) -> Per;

    fn how(&self) -> Self::How;

    fn notes(&self) -> Vec<Note>;

    fn row(&self, entry: &Entry<'_>) -> Self::Row;

    /// The report made again of a league table.
    fn again(league: &LeagueTable, per: Per, how: Self::How, stated: &[Self::Row]) -> Result<Self>;

    /// The columns of its CSV.
    fn columns(&self) -> Vec<&'static str> {
        Self::Row::FIELDS.to_vec()
    }

    /// Figures of the whole, for columns that rows do not have.
    fn whole(&self) -> Vec<(&'static str, Figure<'static>)> {
        Vec::new()
    }

    fn every_row(&self) -> impl Iterator<Item = Self::Row> {
        Answer::league(self).entries().map(|entry| self.row(&entry))
    }

    fn to_csv(&self) -> String {
        rows::csv(&self.columns(), self.every_row(), &self.whole())
    }
}

/// A report as it is written. The figures and notes are for readers; what is read back is worked out again from the table.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Written<A: Answer> {
    per: Per,
    compare: Compare,
    #[serde(flatten)]
    how: A::How,
    #[serde(serialize_with = "rows::sparse")]
    rows: Vec<A::Row>,
    #[serde(skip_deserializing)]
    notes: Vec<Note>,
    table: Table,
}

impl<A: Answer> Written<A> {
    pub(crate) fn of(answer: &A) -> Self {
        Self {
            per: Answer::per(answer),
            compare: Answer::league(answer).how(),
            how: Answer::how(answer),
            rows: answer.every_row().collect(),
            notes: Answer::notes(answer),
            table: Answer::league(answer).table().clone(),
        }
    }

    /// The report that these parts give; one whose figures do not follow from its table is refused.
    pub(crate) fn read(self) -> Result<A> {
        let league = self.table.compare(self.compare);
        let answer = A::again(&league, self.per, self.how, &self.rows)?;
        rows::verify(answer.every_row(), &self.rows)?;
        Ok(answer)
    }
}

/// Gives a report what every report has: an iterator over its rows, the row of one area, CSV, serde.
macro_rules! answer {
    ($Report:ident, $Row:ident) => {
        impl $Report {
            /// A row for every area in the order of the table; areas left out keep theirs, with a note.
            pub fn rows(&self) -> impl Iterator<Item = $Row> {
                $crate::league::Answer::every_row(self)
            }

            /// The same.
            pub fn iter(&self) -> impl Iterator<Item = $Row> {
                self.rows()
            }

            /// The row of an area by its name, or else its code; an area left out has one, with a note.
            ///
            /// # Errors
            /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
            pub fn area(&self, area: &str) -> $crate::base::Result<$Row> {
                let index = self.league().table().index(area)?;
                let row = self.league().entry(index).map(|entry| $crate::league::Answer::row(self, &entry));
                row.ok_or_else(|| self.league().table().unknown(area))
            }

            /// The rows as CSV with a header: every column always, empty where there is no figure; numbers in their
            /// shortest form that reads back as the same number, confidence levels in per cent.
            #[must_use]
            pub fn csv(&self) -> String {
                $crate::league::Answer::to_csv(self)
            }
        }

        $crate::base::each!($Report, $Row);

        impl serde::Serialize for $Report {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                $crate::league::Written::of(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Report {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let written = $crate::league::Written::<Self>::deserialize(deserializer)?;
                written.read().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use answer;
