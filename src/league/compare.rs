//! How areas are compared.
//!
//! Average, intervals, order, ties and z, and no more: what every answer of a league table shares. Bands, rank sets, funnels and claims are
//! asked of the table by what they need for themselves.

use super::ties::Ties;
use crate::{
    average::{Average, ZScale},
    interval,
    rate::Order,
};
use serde::{Deserialize, Serialize};

/// How the areas of a table are compared: against which [`Average`], with which interval, ranked how, and z on
/// which [`ZScale`](crate::average::ZScale).
///
/// An average alone will do; the rest is then an exact interval at 95 %, competition ranks, highest first, and the
/// standard z.
///
/// ```
/// use crimerate::{Average, Compare, Confidence, Method, Order, Table};
///
/// let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)])?;
/// let how = Compare::with(Average::MEDIAN).with_interval((Confidence::P99, Method::Score)).with_order(Order::Lowest);
/// assert_eq!(table.compare(how).area("Durham")?.rank().to_string(), "1");
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compare {
    average: Average,
    interval: interval::Spec,
    order: Order,
    ties: Ties,
    #[serde(default)]
    z: ZScale,
}

impl Compare {
    /// Against this average; otherwise as usual.
    #[must_use]
    pub fn with(average: Average) -> Self {
        let (interval, order, ties) = (interval::Spec::default(), Order::default(), Ties::default());
        Self { average, interval, order, ties, z: ZScale::default() }
    }

    /// With these intervals: a [`Confidence`](crate::Confidence), a [`Method`](crate::Method) or both.
    #[must_use]
    pub fn with_interval(self, spec: impl Into<interval::Spec>) -> Self {
        Self { interval: spec.into(), ..self }
    }

    /// With this end of the ranking first.
    #[must_use]
    pub const fn with_order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// With this rule for equal rates.
    #[must_use]
    pub const fn with_ties(self, ties: Ties) -> Self {
        Self { ties, ..self }
    }

    /// With z on this scale.
    #[must_use]
    pub const fn with_z(self, z: ZScale) -> Self {
        Self { z, ..self }
    }

    /// The average.
    #[must_use]
    pub const fn average(self) -> Average {
        self.average
    }

    /// The method and the confidence level of the intervals.
    #[must_use]
    pub const fn interval(self) -> interval::Spec {
        self.interval
    }

    /// Which end of the ranking is first.
    #[must_use]
    pub const fn order(self) -> Order {
        self.order
    }

    /// The rule for equal rates.
    #[must_use]
    pub const fn ties(self) -> Ties {
        self.ties
    }

    /// The scale of z.
    #[must_use]
    pub const fn z(self) -> ZScale {
        self.z
    }
}

impl From<Average> for Compare {
    fn from(average: Average) -> Self {
        Self::with(average)
    }
}
