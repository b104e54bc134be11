//! Chosen columns of CSV, with the line that each record stands on.

use super::program::Failure;

/// The columns of these names, in any order and among any others.
pub(crate) fn read<const N: usize>(bytes: &[u8], names: [&str; N]) -> Result<Vec<(u64, [String; N])>, Failure> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|error| unreadable(bytes, &error))?.clone();
    let mut columns = [0; N];
    for (column, name) in columns.iter_mut().zip(names) {
        let mut found = header.iter().enumerate().filter(|(_, heading)| *heading == name);
        *column = match (found.next(), found.next()) {
            (Some((index, _)), None) => index,
            (None, _) => {
                let header = header.iter().collect::<Vec<_>>().join(",");
                return Err(format!("row 1: the header `{header}` has no column `{name}`").into());
            }
            (Some(_), Some(_)) => return Err(format!("row 1: the header has two columns `{name}`").into()),
        };
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(bytes, &error))?;
        let line = record.position().map_or(0, |position| line(bytes, position));
        let values = columns.map(|index| record.get(index).unwrap_or_default().to_owned());
        if record.len() != header.len() {
            let (found, expected) = (record.len(), header.len());
            let fields = if found == 1 { "field" } else { "fields" };
            let area = names.iter().zip(&values).find(|(name, area)| **name == "area" && !area.is_empty());
            let area = area.map_or(String::new(), |(_, area)| format!("{area}: "));
            return Err(format!("{area}row {line}: {found} {fields}, where the header has {expected}").into());
        }
        lines.push((line, values));
    }
    Ok(lines)
}

/// A column that the file may have, with the line of each cell; empty where it has not.
#[allow(dead_code, reason = "not every example has such a column")]
pub(crate) fn column(bytes: &[u8], name: &str) -> Result<Vec<(u64, String)>, Failure> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|error| unreadable(bytes, &error))?;
    match header.iter().any(|heading| heading == name) {
        true => Ok(read(bytes, [name])?.into_iter().map(|(line, [text])| (line, text)).collect()),
        false => Ok(Vec::new()),
    }
}

/// The line that a record starts on. The reader gives the place where it began to look, before any line ends and blank
/// lines that it then skipped.
fn line(bytes: &[u8], position: &csv::Position) -> u64 {
    let skipped = usize::try_from(position.byte()).ok().and_then(|start| bytes.get(start..)).unwrap_or_default();
    let ends = skipped.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    position.line() + ends.count() as u64
}

fn unreadable(bytes: &[u8], error: &csv::Error) -> Failure {
    let line = error.position().map_or(1, |position| line(bytes, position));
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => format!("row {line}: the text is not UTF-8").into(),
        _ => format!("row {line}: {error}").into(),
    }
}
