//! How much of a file is taken before it is refused.

use serde::{Deserialize, Serialize};

/// How much of a file is taken before it is refused, so that no file, whatever is in it, takes memory or time out of proportion.
///
/// ```
/// use crimerate::read::{Document, Limits};
///
/// let long = format!("area,count,population\nKent,{},1846500\n", "7".repeat(1_000));
/// let limits = Limits { row_bytes: 200, ..Limits::default() };
/// let error = Document::of(long).limits(limits).table().unwrap_err().to_string();
/// assert!(error.contains("row 2: more than 200 bytes"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The most bytes that one row of a delimited file can have; a quotation mark that is never closed ends here.
    pub row_bytes: usize,
    /// The most columns that a file can have.
    pub columns: usize,
    /// The most rows that a table is made of, or areas by indicators that a panel is made of. Records have no such limit: they
    /// are added up as they are read.
    pub rows: usize,
    /// The most bytes that a part of a workbook or an archive, such as a sheet, can have when it is unpacked.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { row_bytes: 1 << 20, columns: 16_384, rows: 5_000_000, unpacked_bytes: 1 << 30 }
    }
}
