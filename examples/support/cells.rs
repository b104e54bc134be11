//! Files of areas by strata, or by offences.

use super::{input, program::Failure};
use crimerate::{Error, standard::StratumRow};

/// The rows of a file with the columns `area`, `count`, `population` and this one, and `code` where the file has it.
pub(crate) fn rows(path: &str, column: &str) -> Result<Vec<StratumRow>, Failure> {
    let document = input::document(path)?;
    let row = |line: u64, [area, cell, count, population]: [&str; 4]| {
        StratumRow::parse(area, cell, count, population).line(line)
    };
    if let Ok((lines, _)) = document.cells(["area", column, "count", "population", "code"]) {
        let coded = |(line, [area, cell, count, population, code]): &(u64, [String; 5])| {
            let row = row(*line, [area, cell, count, population]);
            if code.is_empty() { row } else { row.code(code.as_str()) }
        };
        return Ok(lines.iter().map(coded).collect());
    }
    let (lines, _) = document.cells(["area", column, "count", "population"])?;
    Ok(lines.iter().map(|(line, cells)| row(*line, cells.each_ref().map(String::as_str))).collect())
}

/// A line for each fault, if there is any.
pub(crate) fn refuse(faults: &[Error]) -> Result<(), Failure> {
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into())
}

/// Names with numbers, such as a standard population or a list of weights.
pub(crate) fn numbers(path: &str, [name, number]: [&str; 2]) -> Result<Vec<(String, f64)>, Failure> {
    let (lines, _) = input::document(path)?.cells([name, number])?;
    let pair = |(line, [label, text]): (u64, [String; 2])| match text.replace(',', "").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((label, value)),
        _ => Err(format!("{label}: row {line}: {number} {text:?} is not a number").into()),
    };
    lines.into_iter().map(pair).collect()
}
