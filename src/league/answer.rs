//! What the reports on a league table have in common: a row for every area of it, and that of one.

use super::{entry::Entry, league::LeagueTable};

/// A report on a league table.
pub(crate) trait Answer {
    type Row;

    fn league(&self) -> &LeagueTable;

    fn row(&self, entry: &Entry<'_>) -> Self::Row;
}

/// Gives a report on a league table what all of them have.
macro_rules! answer {
    ($Report:ident of $Row:ident $(csv $csv:ident)?; $($written:tt)*) => {
        $crate::base::report! {
            $Report of made $Row $(csv $csv)?: "A row for every area in the order of the table; areas left out keep theirs, with a note.";
            $($written)*
        }

        impl $Report {
            fn made(&self) -> impl Iterator<Item = $Row> {
                $crate::league::Answer::league(self).entries().map(|entry| $crate::league::Answer::row(self, &entry))
            }

            /// The row of an area by its name, or else its code; an area left out has one, with a note.
            ///
            /// # Errors
            /// [`ErrorKind::UnknownArea`](crate::ErrorKind::UnknownArea) where there is none.
            pub fn area(&self, area: &str) -> $crate::base::Result<$Row> {
                let league = $crate::league::Answer::league(self);
                let row = league.entry(league.table().index(area)?).map(|entry| $crate::league::Answer::row(self, &entry));
                row.ok_or_else(|| league.table().unknown(area))
            }

            /// The rows of the first k areas by the rank of their rates, and of any that have the rank of the last of them.
            pub fn top(&self, k: usize) -> impl Iterator<Item = $Row> {
                $crate::league::Answer::league(self).first(k).map(|entry| $crate::league::Answer::row(self, &entry))
            }
        }
    };
}

pub(crate) use answer;
