//! How totals compare with the areas that they should be the sum of, where the figures have no table of their own that says it.

use super::program::Failure;
use crimerate::{Average, Note, Per, Table, time::Series};

/// Those of a table, a line each.
pub(crate) fn held(totals: &[String], table: &Table) -> Result<String, Failure> {
    let table = totals.iter().try_fold(table.clone(), |table, area| table.total(area))?;
    let notes = table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).notes();
    let held = notes.iter().map(Note::text).filter(|text| text.starts_with("Total: "));
    Ok(held.map(|text| format!("{text}\n")).collect())
}

/// Those of each period of a series, a line for each way in which one compares.
#[allow(dead_code, reason = "not every example has series")]
pub(crate) fn held_over(totals: &[String], series: &Series) -> Result<String, Failure> {
    const SHOWN: usize = 5;
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for period in series.periods() {
        for line in held(totals, &series.table(*period)?)?.lines() {
            let (told, label) = (line.trim_end_matches('.'), series.period_label(*period));
            match all.iter_mut().find(|(other, _)| other == told) {
                Some((_, periods)) => periods.push(label),
                None => all.push((told.to_owned(), vec![label])),
            }
        }
    }
    let line = |(told, periods): &(String, Vec<String>)| match periods.as_slice() {
        all if all.len() == series.periods().len() => format!("{told}, in each of {} periods.\n", all.len()),
        [first, .., last] if periods.len() > SHOWN => {
            format!("{told}, in {} periods from {first} to {last}.\n", periods.len())
        }
        some => format!("{told}, in {}.\n", some.join(", ")),
    };
    let shown: String = all.iter().take(SHOWN).map(line).collect();
    let more: usize = all.iter().skip(SHOWN).map(|(_, periods)| periods.len()).sum();
    Ok(if more > 0 { format!("{shown}Totals: in {more} more periods they compare in other ways.\n") } else { shown })
}
