//! Files of areas by strata, or by offences.

use super::{program::Failure, sheet};
use crimerate::{Error, standard::StratumRow};

/// Rows of CSV with the columns `area`, `count`, `population` and this one, and `code` where the file has it.
pub(crate) fn rows(bytes: &[u8], column: &str) -> Result<Vec<StratumRow>, Failure> {
    let codes = sheet::column(bytes, "code")?.into_iter().map(|(_, code)| code).chain(std::iter::repeat(String::new()));
    let lines = sheet::read(bytes, ["area", column, "count", "population"])?.into_iter();
    let row = |((line, [area, cell, count, population]), code): ((u64, [String; 4]), String)| {
        let row = StratumRow::parse(&area, &cell, &count, &population).line(line);
        if code.is_empty() { row } else { row.code(code) }
    };
    Ok(lines.zip(codes).map(row).collect())
}

/// A line for each fault, if there is any.
pub(crate) fn refuse(faults: &[Error]) -> Result<(), Failure> {
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into())
}

/// Names with numbers above zero, such as a standard population or a list of weights.
pub(crate) fn numbers(bytes: &[u8], [name, number]: [&str; 2]) -> Result<Vec<(String, f64)>, Failure> {
    let lines = sheet::read(bytes, [name, number])?.into_iter();
    let pair = |(line, [label, text]): (u64, [String; 2])| match text.replace(',', "").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((label, value)),
        _ => Err(format!("{label}: row {line}: {number} \"{text}\" is not a number").into()),
    };
    lines.map(pair).collect()
}
