//! The texts of a file, for what the crate has no reader of its own.

use super::{areas::too_many, cell::trimmed, document::Document, faults::Faults, taken::Taken};
use crate::base::Result;
use csv::ByteRecord;
use std::ops::ControlFlow;

/// A row's line, and its texts in the columns that were asked for.
pub type Cells<const N: usize> = (u64, [String; N]);

impl Document {
    /// The texts of these columns, row by row with the line of each: by their headings, by numbers such as `#3`, or by the name of a role
    /// that one is [said](Document::column) or known to have, such as `area`.
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
        let mut cells = Vec::new();
        let taken = self.each_row(columns, |line, texts| {
            if cells.len() == self.limits.rows {
                return ControlFlow::Break(());
            }
            cells.push((line, texts.map(str::to_owned)));
            ControlFlow::Continue(())
        })?;
        if taken.rows > cells.len() as u64 { Err(too_many(self.limits.rows).into()) } else { Ok((cells, taken)) }
    }

    /// The same texts one row after the other, in memory that does not grow with the rows, to the end or until it is told to break off.
    ///
    /// ```
    /// use crimerate::read::Document;
    /// use std::ops::ControlFlow;
    ///
    /// let file = Document::of("Force,Offences\nKent,729\nEssex,1119\n");
    /// let mut longest = 0;
    /// file.each_row(["area"], |_, [area]| {
    ///     longest = longest.max(area.len());
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!(longest, 5);
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::cells`], as far as the file was read.
    pub fn each_row<const N: usize>(
        &self,
        columns: [&str; N],
        mut show: impl FnMut(u64, [&str; N]) -> ControlFlow<()>,
    ) -> Result<Taken, Faults> {
        let columns = columns.map(|column| self.told(column));
        let columns = columns.each_ref().map(String::as_str);
        let mut scan = self.scan_for(&columns)?;
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = scan.named_or_role(column)?;
        }
        let mut record = ByteRecord::new();
        while let Some(line) = scan.next(&mut record)? {
            let texts = places.map(|place| scan.read_name(&record, Some(place), line));
            if show(line, texts.each_ref().map(|text| trimmed(text))).is_break() {
                return Ok(scan.taken);
            }
        }
        scan.finish()
    }

    /// Whether the header has a column of this heading, this number such as `#3`, or the role of this name.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = Document::of("Force,Offences\nKent,729\n");
    /// assert!(file.has_column("force") && file.has_column("count") && !file.has_column("population"));
    /// ```
    #[must_use]
    pub fn has_column(&self, column: &str) -> bool {
        self.scan_for(&[&self.told(column)]).is_ok()
    }

    /// The heading that was said for the role of this name, if one was.
    fn told(&self, column: &str) -> String {
        let role = column.parse().ok();
        role.and_then(|role| self.heading(role)).unwrap_or_else(|| column.to_owned())
    }
}
