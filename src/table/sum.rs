//! A row that is the sum of others.

/// A row whose count and population are those of other rows together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Its place.
    pub(crate) total: usize,
    /// The places of the rows that it is the sum of.
    pub(crate) parts: Vec<usize>,
    /// Which rows they are.
    pub(crate) which: Which,
    /// Whether the populations add up only as far as they were rounded.
    pub(crate) nearly: bool,
    /// The count beyond those of the rows that it has in it, too.
    pub(crate) beyond: u128,
}

/// Which rows a total is the sum of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// All others that are no totals.
    All,
    /// Those that stand next to it, one after the other.
    Run,
    /// Those of a group, such as a region, by its place among the groups.
    Group(usize),
    /// All others, which add up to it more than once, as regions and their areas do.
    Levels,
    /// Those below it and as many other rows, which have together what they have.
    Share(usize),
    /// One row with its figures, as a region of one area has.
    Same,
}

/// How many false alarms in how many tables the evidence has to promise: one in two hundred, of which twice as many come true where
/// counts are exactly in proportion to populations.
pub(super) const TABLES: f64 = 200.0;
