//! What names say of the rows of a table, to who knows what they stand for.

/// Rows that belong together by their names, and rows that are named for what others make up, by their places.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// The rows of each region or country, with what they are called.
    pub(crate) groups: Vec<(String, Vec<usize>)>,
    /// The rows that have the name of one whose areas stand beside them.
    pub(crate) totals: Vec<usize>,
}
