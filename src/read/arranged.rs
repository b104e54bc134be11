//! Rows whose names stand in other cells, and columns of numbers in thousands or another unit.

use super::{cell::trimmed, document::Document, header::Header, role::Role, wording::text};
use crate::base::{Result, words};
use csv::ByteRecord;

/// What is done to a row before it is read: blank names are filled down, and areas are named with what they lie in.
pub(super) struct Arranged {
    filled: Vec<Filled>,
    /// The columns of what areas lie in and of the areas.
    area: Vec<usize>,
}

/// A column that is filled down.
struct Filled {
    column: usize,
    above: Vec<u8>,
    /// How many rows were, and the line of the first.
    rows: usize,
    line: u64,
}

/// The roles that tell rows apart.
const TELLING: [Role; 5] = [Role::Area, Role::Code, Role::Offence, Role::Period, Role::Stratum];

/// What stands between an area and what it lies in.
const WITHIN: &str = ": ";

impl Arranged {
    pub(super) fn new(document: &Document, header: &Header, columns: &[(Role, usize)], only: &[usize]) -> Result<Self> {
        let named = |heading: &String| header.named(heading).map_err(|error| error.at_row(header.line));
        let mut area = document.within.iter().map(named).collect::<Result<Vec<usize>>>()?;
        let mut filled = Vec::new();
        if document.filled_down {
            filled.extend(columns.iter().filter(|(role, _)| TELLING.contains(role)).map(|(_, column)| *column));
            filled.extend(only);
            filled.extend(&area);
            filled.sort_unstable();
            filled.dedup();
        }
        if !area.is_empty() {
            area.extend(columns.iter().find(|(role, _)| *role == Role::Area).map(|(_, column)| *column));
        }
        let filled = filled.into_iter().map(|column| Filled { column, above: Vec::new(), rows: 0, line: 0 });
        Ok(Self { filled: filled.collect(), area })
    }

    pub(super) const fn is_needed(&self) -> bool {
        !self.filled.is_empty() || !self.area.is_empty()
    }

    /// The columns of what areas lie in.
    pub(super) fn within(&self) -> impl Iterator<Item = usize> {
        self.area.iter().take(self.area.len().saturating_sub(1)).copied()
    }

    /// Makes of a row what it stands for.
    pub(super) fn arrange(&mut self, row: &mut ByteRecord, line: u64) {
        let mut cells: Vec<Vec<u8>> = row.iter().map(<[u8]>::to_vec).collect();
        for filled in &mut self.filled {
            let Some(cell) = cells.get_mut(filled.column) else { continue };
            if !cell.trim_ascii().is_empty() {
                filled.above.clone_from(cell);
            } else if !filled.above.is_empty() {
                cell.clone_from(&filled.above);
                filled.line = if filled.rows == 0 { line } else { filled.line };
                filled.rows += 1;
            }
        }
        let parts = self.area.iter().filter_map(|column| cells.get(*column));
        let parts = parts.map(|cell| trimmed(&text(cell)).to_owned()).filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join(WITHIN);
        if let Some(cell) =
            self.area.last().and_then(|area| cells.get_mut(*area)).filter(|cell| !cell.trim_ascii().is_empty())
        {
            *cell = name.into_bytes();
        }
        *row = cells.iter().collect();
    }

    /// What was filled down.
    pub(super) fn told(&self, heading: impl Fn(usize) -> String) -> Option<String> {
        let filled = self.filled.iter().filter(|filled| filled.rows > 0);
        let told = filled.map(|filled| {
            format!("{} in {}, from row {} on", heading(filled.column), words::counted(filled.rows, "row"), filled.line)
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("Filled down: {}", told.join("; ")))
    }
}
