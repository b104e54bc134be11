//! Which end is first.

use crate::base::choice;
use std::cmp::Ordering;

/// Which end of a ranking is first. The default is [`Order::Highest`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The highest rate has rank 1.
    #[default]
    Highest,
    /// The lowest rate has rank 1.
    Lowest,
}

choice!(Order, "an order", "highest or lowest", { Highest => "highest", Lowest => "lowest" });

impl Order {
    /// Turns an ordering of values into one of places.
    pub(crate) fn place(self, values: Ordering) -> Ordering {
        match self {
            Self::Highest => values.reverse(),
            Self::Lowest => values,
        }
    }
}
