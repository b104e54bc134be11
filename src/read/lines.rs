//! Rows of cells, from whatever kind of file.

use super::taken::Mark;
use crate::base::Result;
use csv::ByteRecord;

/// Rows of cells with the lines that they stand on.
pub(super) trait Lines {
    /// The next row that is not blank, and its line; `None` after the last.
    fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>>;

    /// What the rows are from, in words, such as `semicolons, UTF-8`.
    fn form(&self) -> String;

    /// How many lines were read, blank ones too.
    fn read(&self) -> u64;

    /// What the cells of the row do not tell.
    fn noted(&self) -> Noted {
        Noted::default()
    }

    /// Where the rows stand that were not read yet, in a file with a delimiter.
    fn below(&self) -> Option<Below> {
        None
    }

    /// What else was met in the rows, such as hidden ones.
    fn met(&self) -> Vec<Mark> {
        Vec::new()
    }
}

/// The place of rows in a delimited file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    pub(super) delimiter: u8,
    /// The line of the first of them.
    pub(super) line: u64,
    /// The bytes before it, of the text as it was decoded.
    pub(super) byte: u64,
}

/// What the cells of a row do not tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Noted {
    /// The cells that had marks of notes which their text no longer has: column and mark.
    pub(super) marks: Vec<(usize, String)>,
    /// The blank cells that are merged with a figure above them: column, and the row of the figure.
    pub(super) merged: Vec<(usize, u64)>,
}
