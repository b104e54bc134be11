//! What literal arguments say.

use crate::{fault::fault, parameter::Literals};
use crimerate::{Confidence, Per};
use datafusion::{
    common::{Result, internal_err},
    scalar::ScalarValue,
};
use std::str::FromStr;

impl Literals {
    /// What a rate is read per.
    pub(crate) fn per(&self, place: usize) -> Result<Per> {
        match self.get(place) {
            Some(ScalarValue::Int64(Some(people))) => {
                // What does not fit is refused as nobody is.
                Per::new(u32::try_from(*people).unwrap_or(0)).map_err(fault(self.function))
            }
            other => internal_err!("{}: {other:?} is no number of people", self.function),
        }
    }

    /// The confidence level; 95 % where none is given.
    pub(crate) fn level(&self, place: usize) -> Result<Confidence> {
        match self.get(place) {
            None => Ok(Confidence::P95),
            Some(ScalarValue::Float64(Some(level))) => Confidence::new(*level).map_err(fault(self.function)),
            Some(other) => internal_err!("{}: {other:?} is no level", self.function),
        }
    }

    /// One of some choices; the default where none is given.
    pub(crate) fn choice<T: FromStr<Err = crimerate::Error> + Default>(&self, place: usize) -> Result<T> {
        match self.get(place) {
            None => Ok(T::default()),
            Some(ScalarValue::Utf8(Some(word))) => word.parse().map_err(fault(self.function)),
            Some(other) => internal_err!("{}: {other:?} is no word", self.function),
        }
    }
}
