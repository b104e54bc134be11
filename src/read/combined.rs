//! Several fields in the first cell of each row, as Eurostat has them.

use super::header::WITHIN;
use csv::ByteRecord;

/// A first column whose cells hold several fields between commas, below a heading such as `freq,unit,geo\TIME_PERIOD`: the fields of
/// the rows, and what the headings of the other columns are.
#[derive(Debug, Default)]
pub(super) struct Combined {
    fields: Option<(Vec<String>, String)>,
    rows: usize,
}

impl Combined {
    /// Makes a column of each field, if that is what the first column holds; the heading is looked for in the first rows.
    pub(super) fn split(&mut self, row: &mut ByteRecord) {
        let first = row.get(0).unwrap_or_default();
        let fields: Vec<Vec<u8>> = match &self.fields {
            Some((fields, _)) => {
                let cell: Vec<Vec<u8>> = first.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
                if cell.len() != fields.len() {
                    return;
                }
                cell
            }
            None if self.rows < WITHIN && row.len() > 1 => {
                self.rows += 1;
                let Some((fields, others)) = heading(first) else { return };
                let cell = fields.iter().map(|field| field.clone().into_bytes()).collect();
                self.fields = Some((fields, others));
                cell
            }
            None => return,
        };
        *row = fields.iter().map(Vec::as_slice).chain(row.iter().skip(1)).collect();
    }

    /// What was found, in words.
    pub(super) fn told(&self) -> Option<String> {
        let (fields, others) = self.fields.as_ref()?;
        Some(format!("the fields {} in the first and {others} in the others", fields.join(", ")))
    }
}

/// Whether a row is a header whose first cell has several fields.
pub(super) fn is_combined(row: &ByteRecord) -> bool {
    row.len() > 1 && heading(row.get(0).unwrap_or_default()).is_some()
}

/// The fields of a heading, and what its other columns are.
fn heading(cell: &[u8]) -> Option<(Vec<String>, String)> {
    let (fields, others) = std::str::from_utf8(cell).ok()?.trim().split_once('\\')?;
    let is_name =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_ ".contains(&byte));
    let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
    let all = fields.iter().chain([&others]).all(|text| is_name(text));
    all.then(|| (fields.into_iter().map(str::to_owned).collect(), others.to_owned()))
}
