//! The texts of a file, for what the crate has no reader of its own.

use super::areas::too_many;
use super::{cell::trimmed, document::Document, faults::Faults, taken::Taken};
use crate::base::Result;
use csv::ByteRecord;

/// A row's line, and its texts in the columns that were asked for.
pub type Cells<const N: usize> = (u64, [String; N]);

impl Document {
    /// The texts of these columns, row by row with the line of each: by their headings, by numbers such as `#3`, or by the name of a role
    /// that one is known to have, such as `area`.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = "Force,Region,Offences\nKent,South East,729\nEssex,East,1119\n";
    /// let (cells, _) = Document::of(file).cells(["area", "Region"])?;
    /// assert_eq!(cells[1], (3, ["Essex".to_owned(), "East".to_owned()]));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// A file that cannot be read, a header without one of the columns, rows of more or fewer cells than it.
    pub fn cells<const N: usize>(&self, columns: [&str; N]) -> Result<(Vec<Cells<N>>, Taken), Faults> {
        let mut scan = self.scan_for(&columns)?;
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = scan.named_or_role(column)?;
        }
        let (mut cells, mut record) = (Vec::new(), ByteRecord::new());
        while let Some(line) = scan.next(&mut record)? {
            if cells.len() == self.limits.rows {
                return Err(too_many(self.limits.rows).into());
            }
            cells.push((line, places.map(|place| trimmed(&scan.read_column(&record, place, line)).to_owned())));
        }
        let taken = scan.finish()?;
        Ok((cells, taken))
    }
}
