//! From what areas and periods a variation within areas was estimated.

use crate::base::{Error, ErrorKind, Result, digits, words};
use std::fmt;

/// How many areas had counts in how many periods, and the degrees of freedom that they leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeats {
    areas: u32,
    periods: u32,
    freedom: u64,
}

impl Repeats {
    /// With the freedom of a level for each area and one for each period, unless there is less.
    ///
    /// # Errors
    /// [`ErrorKind::TooFew`] for fewer than two areas or periods, from which none is estimated, and [`ErrorKind::OutOfRange`] for a freedom that they
    /// cannot leave.
    pub(super) fn new(areas: u32, periods: u32, freedom: Option<u64>) -> Result<Self> {
        let found = [
            ("the number of areas with a count, to estimate a dispersion,", areas),
            ("the number of periods with a count, to estimate a dispersion,", periods),
        ];
        if let Some((what, found)) = found.into_iter().find(|(_, found)| *found < 2) {
            return Err(ErrorKind::TooFew { what, found: found as usize, least: 2 }.into());
        }
        let most = u64::from(areas - 1) * u64::from(periods - 1);
        match freedom.unwrap_or(most) {
            freedom if (1..=most).contains(&freedom) => Ok(Self { areas, periods, freedom }),
            freedom => Err(Self::refused(freedom)),
        }
    }

    pub(super) fn refused(freedom: u64) -> Error {
        let (what, range) = ("the degrees of freedom of a dispersion", "what its areas and periods leave");
        ErrorKind::OutOfRange { what, value: freedom as f64, range }.into()
    }

    /// The areas and the periods.
    pub(super) const fn number(self) -> (u32, u32) {
        (self.areas, self.periods)
    }

    pub(super) const fn freedom(self) -> u64 {
        self.freedom
    }

    /// The freedom, where it is less than that of a level for each area and one for each period.
    pub(super) fn fewer(self) -> Option<u64> {
        let most = u64::from(self.areas - 1) * u64::from(self.periods - 1);
        Some(self.freedom).filter(|freedom| *freedom < most)
    }

    /// What prints; `None` for text that does not.
    pub(super) fn read(text: &str) -> Option<Result<Self>> {
        let number = |text: &str, [one, many]: [&str; 2]| {
            let number = text.strip_suffix(many).or_else(|| text.strip_suffix(one))?;
            digits::whole(number)
        };
        let mut parts = text.split(", ");
        let [areas, periods] = [parts.next()?, parts.next()?];
        let [areas, periods] =
            [number(areas, [" area", " areas"])?, number(periods, [" period", " periods"])?].map(u32::try_from);
        let freedom = match parts.next() {
            Some(freedom) => Some(number(freedom, [" degree of freedom", " degrees of freedom"])?),
            None => None,
        };
        parts.next().is_none().then_some(())?;
        Some(Self::new(areas.ok()?, periods.ok()?, freedom))
    }
}

/// Such as `42 areas, 4 periods`, and the degrees of freedom where these do not tell them.
impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [areas, periods] =
            [(self.areas, "area"), (self.periods, "period")].map(|(n, noun)| words::counted(n as usize, noun));
        write!(f, "{areas}, {periods}")?;
        match self.fewer() {
            None => Ok(()),
            Some(freedom) => {
                let what = if freedom == 1 { "degree" } else { "degrees" };
                write!(f, ", {} {what} of freedom", digits::grouped(freedom))
            }
        }
    }
}
