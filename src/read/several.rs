//! Several rows of one area.

use crate::base::{Error, ErrorKind, words};

/// Which rows of an area are several of one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Several {
    /// Of a table, a period or an offence: on the same people.
    Areas,
    /// Of a stratum, on the same people.
    Strata,
    /// Of a stratum, each on people of its own, such as those of one sex.
    StrataAndPeople,
}

impl Several {
    pub(super) const fn is_of_strata(self) -> bool {
        matches!(self, Self::Strata | Self::StrataAndPeople)
    }
}

/// That areas have several rows, which is told once, and in how many indicators more that is so.
#[derive(Default)]
pub(super) struct SeveralRows(Option<(Error, usize)>);

impl SeveralRows {
    /// Notes it of one indicator among others, or of a whole file; the first row is told.
    pub(super) fn note(&mut self, fault: Error, of_indicator: bool) {
        self.0 = Some(match self.0.take() {
            Some((first, more)) => {
                let first = if fault.row() < first.row() { fault } else { first };
                (first, more + usize::from(of_indicator))
            }
            None => (fault, 0),
        });
    }

    /// The fault that it is.
    pub(super) fn fault(&mut self) -> Option<Error> {
        let (error, more) = self.0.take()?;
        Some(match error.kind() {
            ErrorKind::NotAsPublished { found, advice } if more > 0 => {
                let found = format!("{found}; so in {}", words::counted(more, "more indicator"));
                let fault = Error::from(ErrorKind::NotAsPublished { found, advice: advice.clone() });
                let fault = error.row().into_iter().fold(fault, Error::at_row);
                error.area().into_iter().fold(fault, Error::in_area)
            }
            _ => error,
        })
    }
}
