//! Names with numbers from a file.

use super::{input, program::Failure};
use std::path::Path;

/// Names with numbers, such as a standard population or a list of weights.
#[allow(dead_code, reason = "not every example reads names with numbers")]
pub(crate) fn numbers(path: &str, [name, number]: [&str; 2]) -> Result<Vec<(String, f64)>, Failure> {
    let (lines, _) = input::document(path)?.cells([name, number])?;
    let pair = |(line, [label, text]): (u64, [String; 2])| match ungrouped(&text)
        .and_then(|text| text.parse::<f64>().ok())
    {
        Some(value) if value.is_finite() => Ok((label, value)),
        _ => Err(format!("{label}: row {line}: {number} {text:?} is not a number: a point stands before the fraction")
            .into()),
    };
    lines.into_iter().map(pair).collect()
}

/// The text without commas, where they stand between all of its thousands: `1,5` is no number.
pub(crate) fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|first| !first.is_empty() || !text.contains(','));
    let good = first && groups.all(|group| group.len() == 3) && !fraction.contains(',');
    good.then(|| text.replace(',', ""))
}

/// What a file is called in answers: its name without the folders that it lies in.
#[allow(dead_code, reason = "not every example names a file")]
pub(crate) fn called(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}
