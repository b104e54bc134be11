//! What stands in a column of a row.

use super::{column::RowColumn, digits};
use serde::{Serialize, Serializer};

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure<'a> {
    /// There is no figure.
    Nothing,
    /// A name or a note, which is read as it stands.
    Text(&'a str),
    /// One of some choices.
    Word(&'static str),
    Count(u64),
    Number(f64),
    /// A probability, which has digits after the point and no others: it may differ by [`TOLERANCE`].
    Probability(f64),
    /// A confidence level, which is written in per cent where a column is text.
    Level(f64),
}

/// What can stand in a column.
pub(crate) trait Cell {
    /// A column of such, without rows.
    const COLUMN: RowColumn;

    fn figure(&self) -> Figure<'_>;
}

/// How far a number that was read may lie from the one worked out again, as a share of the larger: text may have been
/// rounded on its way, and another version may differ in the last digits.
const TOLERANCE: f64 = 1e-9;

impl Figure<'_> {
    /// Whether a figure that was read is the one worked out again.
    pub(crate) fn is(self, other: Self) -> bool {
        match (self.told(), other.told()) {
            (Self::Nothing, Self::Nothing) | (Self::Text(_), _) | (_, Self::Text(_)) => true,
            (Self::Word(one), Self::Word(other)) => one == other,
            (Self::Count(one), Self::Count(other)) => one == other,
            (Self::Level(one), Self::Level(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => (one - other).abs() <= TOLERANCE * one.abs().max(other.abs()),
            (Self::Probability(one), Self::Probability(other)) => (one - other).abs() <= TOLERANCE,
            _ => false,
        }
    }

    /// Infinity travels as nothing: JSON has no number for it.
    fn told(self) -> Self {
        match self {
            Self::Number(number) if !number.is_finite() => Self::Nothing,
            figure => figure,
        }
    }

    /// The same as a probability, where it is a number.
    pub(crate) const fn as_probability(self) -> Self {
        match self {
            Self::Number(p) => Self::Probability(p),
            figure => figure,
        }
    }

    /// The figure in its column: numbers in their shortest form that reads back as the same number, levels in per cent.
    pub(crate) fn written(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Word(text) => text.into(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) | Self::Probability(number) => digits::shortest(number),
            Self::Level(level) => digits::per_cent(level),
        }
    }

    /// The figure in a sentence.
    pub(crate) fn shown(self) -> String {
        match self {
            Self::Nothing => "nothing".into(),
            Self::Level(level) => level.to_string(),
            Self::Number(number) | Self::Probability(number) => number.to_string(),
            figure => figure.written(),
        }
    }
}

impl Serialize for Figure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) | Self::Word(text) => serializer.serialize_str(text),
            Self::Count(count) => serializer.serialize_u64(count),
            Self::Number(number) | Self::Probability(number) | Self::Level(number) => serializer.serialize_f64(number),
        }
    }
}

impl<C: Cell> Cell for Option<C> {
    const COLUMN: RowColumn = C::COLUMN;

    fn figure(&self) -> Figure<'_> {
        self.as_ref().map_or(Figure::Nothing, Cell::figure)
    }
}

impl Cell for String {
    const COLUMN: RowColumn = RowColumn::TEXT;

    fn figure(&self) -> Figure<'_> {
        Figure::Text(self)
    }
}

impl Cell for u64 {
    const COLUMN: RowColumn = RowColumn::COUNT;

    fn figure(&self) -> Figure<'_> {
        Figure::Count(*self)
    }
}

impl Cell for usize {
    const COLUMN: RowColumn = RowColumn::COUNT;

    fn figure(&self) -> Figure<'_> {
        Figure::Count(*self as u64)
    }
}

impl Cell for f64 {
    const COLUMN: RowColumn = RowColumn::NUMBER;

    fn figure(&self) -> Figure<'_> {
        Figure::Number(*self)
    }
}
