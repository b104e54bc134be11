//! Which side of what it is compared with a value lies on.

use super::theme::{Colour, Palette};

/// Where a value lies, by the whole of its interval or by the bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Across,
    Below,
}

impl Side {
    pub(super) const ALL: [Self; 3] = [Self::Above, Self::Across, Self::Below];

    /// By an interval, where both ends lie on one side.
    pub(super) fn of((lower, upper): (f64, f64), average: f64) -> Self {
        match () {
            () if lower > average => Self::Above,
            () if upper < average => Self::Below,
            () => Self::Across,
        }
    }

    pub(super) const fn colour(self, palette: Palette) -> Colour {
        match self {
            Self::Above => palette.high,
            Self::Across => palette.neutral,
            Self::Below => palette.low,
        }
    }
}
