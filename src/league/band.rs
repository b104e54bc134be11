//! Bands of k standard deviations.

use crate::base::choice;

/// Where a rate lies against [`Bands`](crate::league::Bands); a rate on a limit is within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Band {
    /// Beyond the upper limit.
    Above,
    /// Between the limits, or on one.
    Within,
    /// Beyond the lower limit.
    Below,
}

choice!(Band, "a band", "above, within or below", { Above => "above", Within => "within", Below => "below" });
