//! Signed records of a file, added up as they are read.

use super::{document::Document, faults::Faults, names::as_name, role::Role, taken::Taken};
use crate::{
    base::{Error, ErrorKind},
    records::NamedRecords,
};
use csv::ByteRecord;
use std::collections::HashMap;

/// How many records are added at a time.
const BATCH: usize = 1 << 17;

impl Document {
    /// The records of a file (area, offence, period if there is one, signed count) added up as they are read, in memory that
    /// does not grow with them. Records that name no area are added up apart.
    ///
    /// ```
    /// use crimerate::read::Document;
    ///
    /// let file = "Force_Name,Offence_Group,Number_of_Offences\nKent,Arson,7\nKent,Arson,-1\nEssex,Arson,4\n";
    /// let (records, taken) = Document::of(file).records()?;
    /// assert_eq!((records.total("Kent", "Arson"), taken.rows), (Some(6), 3));
    /// # Ok::<(), crimerate::read::Faults>(())
    /// ```
    ///
    /// # Errors
    /// As [`Document::table`]; [`ErrorKind::TooLarge`] where a total might overflow.
    pub fn records(&self) -> Result<(NamedRecords, Taken), Faults> {
        let mut roles = vec![(Role::Area, true), (Role::Offence, true), (Role::Period, false)];
        roles.extend((!self.counts_rows).then_some((Role::Count, true)));
        let mut scan = self.scan(&roles)?;
        let mut records = NamedRecords::new();
        let (mut areas, mut indicators) = (Numbers::default(), Indicators::default());
        let (mut area_column, mut indicator_column, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        let (mut record, mut label) = (ByteRecord::new(), String::new());
        let [area, offence, period] = [Role::Area, Role::Offence, Role::Period].map(|role| scan.column(role));
        while let Some(line) = scan.next(&mut record)? {
            let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default();
            let count = if self.counts_rows {
                Some(1)
            } else {
                match self.writing.signed(&scan.cell(&record, Role::Count)) {
                    Ok((count, met)) => {
                        scan.meet(met, line);
                        count
                    }
                    Err(error) => {
                        let area = scan.cell(&record, Role::Area).into_owned();
                        scan.faults.push(error.at_row(line).in_area(area.trim()).in_column(scan.heading(Role::Count)));
                        continue;
                    }
                }
            };
            let Some(count) = count else {
                scan.taken.rows -= 1;
                scan.taken.pass("without a count", line, &scan.cell(&record, Role::Area));
                continue;
            };
            let number = match areas.get(cell(area)) {
                Some(number) => number,
                None => {
                    let text = scan.read(&record, Role::Area, line);
                    let (name, met) = as_name(&text, self.names_as_they_are);
                    scan.meet(met, line);
                    areas.insert(cell(area), records.area(if name.is_empty() { NamedRecords::NO_AREA } else { &name }))
                }
            };
            let indicator = match indicators.get(cell(offence), cell(period)) {
                Some(number) => number,
                None => {
                    let [offence_text, period_text] =
                        [Role::Offence, Role::Period].map(|role| scan.read(&record, role, line).trim().to_owned());
                    if offence_text.is_empty() {
                        let missing = ErrorKind::Missing {
                            whole: "the record",
                            part: "offence",
                            advice: "every record needs one",
                        };
                        scan.faults.push(Error::from(missing).at_row(line).in_column(scan.heading(Role::Offence)));
                        continue;
                    }
                    let named = Some(period_text.as_str()).filter(|period| !period.is_empty());
                    let number =
                        records.offence(&offence_text, named, &mut label).map_err(|error| error.at_row(line))?;
                    indicators.insert(cell(offence), cell(period), number)
                }
            };
            area_column.push(number);
            indicator_column.push(indicator);
            counts.push(count);
            if counts.len() == BATCH {
                records.add(&area_column, &indicator_column, &counts)?;
                area_column.clear();
                indicator_column.clear();
                counts.clear();
            }
        }
        records.add(&area_column, &indicator_column, &counts)?;
        let taken = scan.finish()?;
        Ok((records, taken))
    }
}

/// The numbers of names by the bytes of their cells.
#[derive(Default)]
pub(super) struct Numbers(HashMap<Box<[u8]>, u64, foldhash::fast::RandomState>);

impl Numbers {
    pub(super) fn get(&self, cell: &[u8]) -> Option<u64> {
        self.0.get(cell).copied()
    }

    pub(super) fn insert(&mut self, cell: &[u8], number: u64) -> u64 {
        self.0.insert(cell.into(), number);
        number
    }
}

/// The numbers of indicators by the bytes of two cells: each of few has a number, and the two numbers have one.
#[derive(Default)]
struct Indicators {
    offences: Numbers,
    periods: Numbers,
    /// For each offence the indicators by period; nothing where a pair was not met yet.
    pairs: Vec<Vec<Option<u64>>>,
}

impl Indicators {
    fn get(&self, offence: &[u8], period: &[u8]) -> Option<u64> {
        let (offence, period) = (self.offences.get(offence)?, self.periods.get(period)?);
        *self.pairs.get(usize::try_from(offence).ok()?)?.get(usize::try_from(period).ok()?)?
    }

    fn insert(&mut self, offence: &[u8], period: &[u8], number: u64) -> u64 {
        let offence = place(&mut self.offences, offence);
        let period = place(&mut self.periods, period);
        if self.pairs.len() <= offence {
            self.pairs.resize_with(offence + 1, Vec::new);
        }
        if let Some(pairs) = self.pairs.get_mut(offence) {
            pairs.resize(pairs.len().max(period + 1), None);
            pairs.iter_mut().skip(period).take(1).for_each(|pair| *pair = Some(number));
        }
        number
    }
}

/// The place of a cell among those that were met, counted from 0.
fn place(numbers: &mut Numbers, cell: &[u8]) -> usize {
    let next = numbers.0.len();
    let number = numbers.get(cell).unwrap_or_else(|| numbers.insert(cell, next as u64));
    usize::try_from(number).unwrap_or(next)
}
