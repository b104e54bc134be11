//! Signed records of a file, added up as they are read.

use super::{
    cell::plain,
    delimited::{builder, is_filled},
    document::Document,
    faults::Faults,
    names::as_name,
    numbers::Numbers,
    pieces::{Piece, Pieces},
    plain::{Event, Found, Plain, What},
    quotes::Quotes,
    role::Role,
    scan::Scan,
    taken::Taken,
};
use crate::{
    base::{Error, ErrorKind, Result},
    records::NamedRecords,
};
use csv::ByteRecord;
use std::{collections::HashMap, mem, ops::Range};

/// How many records are added at a time.
const BATCH: usize = 1 << 17;

/// How many pieces of a file are read at a time, whatever the number of threads.
const PIECES: usize = 8;

/// The columns of names.
const NAMES: [Role; 3] = [Role::Area, Role::Offence, Role::Period];

impl Document {
    /// The records of a file (area, offence, period if there is one, signed count) added up as they are read, in memory that
    /// does not grow with them. Records that name no area are added up apart.
    ///
    /// With the feature `rayon` the threads of its pool share a delimited file in pieces; what comes of it, faults too, is the same.
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
        roles.extend((!self.only_codes.is_empty()).then_some((Role::Code, true)));
        let scan = self.scan(&roles)?;
        let mut adding = Adding::new(self, scan);
        let pieces = adding.pieces()?;
        let mut record = ByteRecord::new();
        while let Some(line) = adding.scan.next(&mut record)? {
            adding.row(&record, line)?;
        }
        if let Some((plain, pieces)) = pieces {
            adding.all(&plain, pieces)?;
        }
        adding.finish()
    }
}

/// Records on their way from a file.
struct Adding<'d> {
    document: &'d Document,
    scan: Scan,
    records: NamedRecords,
    names: [Numbers<u32>; 3],
    /// The numbers of areas, by those of their names.
    areas: Vec<u64>,
    /// The texts of offences and periods, by the numbers of their names.
    texts: [Vec<String>; 2],
    /// The indicators of offences and periods, by the numbers of both.
    indicators: HashMap<(u32, u32), u64, foldhash::fast::RandomState>,
    label: String,
    batch: Batch,
}

/// Records that are added together.
#[derive(Default)]
struct Batch {
    areas: Vec<u64>,
    indicators: Vec<u64>,
    counts: Vec<i64>,
    lines: Vec<u64>,
}

impl<'d> Adding<'d> {
    fn new(document: &'d Document, scan: Scan) -> Self {
        let (names, areas, texts, indicators, label, batch) = Default::default();
        Self { document, scan, records: NamedRecords::new(), names, areas, texts, indicators, label, batch }
    }

    /// The rows below those that were looked at to find the header, where a row can be told for a plain record by its bytes.
    fn pieces(&mut self) -> Result<Option<(Plain, Pieces)>> {
        let columns = NAMES.map(|role| self.scan.column(role));
        let count = self.scan.column(Role::Count).filter(|_| !self.document.counts_rows);
        let mut used: Vec<usize> = columns.into_iter().chain([count]).flatten().collect();
        used.sort_unstable();
        let apart = used.is_sorted_by(|one, other| one < other);
        if !apart || !self.document.takes_rows_as_they_stand() {
            return Ok(None);
        }
        let Some(below) = self.scan.below().filter(|below| !b"\"\r\n".contains(&below.delimiter)) else {
            return Ok(None);
        };
        let Some(text) = self.document.text()? else { return Ok(None) };
        let heading_is_count = count.is_none() || plain(self.scan.last_heading(Role::Count)).is_some();
        let plain = Plain {
            delimiter: below.delimiter,
            width: self.scan.width(),
            names: columns,
            count,
            heading: heading_is_count.then(|| self.scan.last_heading(Role::Area).to_owned()),
            only: self.scan.choices(),
            most: self.document.limits.row_bytes,
        };
        let pieces = Pieces::new(text, self.document.limits, below);
        let pieces = pieces.map_err(|error| self.document.source.unreadable(&error.to_string()))?;
        self.scan.end_here();
        Ok(Some((plain, pieces)))
    }

    /// Adds all pieces: while some are looked through, the next are read.
    fn all(&mut self, plain: &Plain, mut pieces: Pieces) -> Result<(), Faults> {
        let (mut here, mut next) = (Vec::new(), Vec::new());
        read(&mut pieces, &mut here);
        while here.iter().any(|(piece, _): &(Piece, Found)| !piece.bytes.is_empty()) {
            let names = &self.names;
            both(|| each(&mut here, |(piece, found)| plain.find(piece, names, found)), || read(&mut pieces, &mut next));
            here.iter().try_for_each(|(piece, found)| self.piece(plain.delimiter, piece, found))?;
            mem::swap(&mut here, &mut next);
        }
        self.scan.taken.lines = pieces.line().saturating_sub(1);
        pieces.failed().map_or(Ok(()), |error| Err(error.into()))
    }

    /// Adds the records of a piece, and what stands between them.
    fn piece(&mut self, delimiter: u8, piece: &Piece, found: &Found) -> Result<()> {
        let mut new: [Vec<u32>; 3] = Default::default();
        let (mut added, mut record) = (0, ByteRecord::new());
        for Event { above, line, bytes, what } in &found.events {
            self.found(piece, found, added..*above, &new)?;
            added = *above;
            let bytes = piece.bytes.get(bytes.clone()).unwrap_or_default();
            match what {
                What::Row => {
                    split(bytes, delimiter, &mut record).map_err(|error| error.at_row(*line))?;
                    self.quoted(bytes, delimiter, *line);
                    if is_filled(&record, *line, self.document.limits)? && self.scan.takes(&record, *line) {
                        self.row(&record, *line)?;
                    }
                }
                What::Name(place) => {
                    let number = self.name(*place, bytes, *line);
                    new.iter_mut().skip(*place).take(1).for_each(|new| new.push(number));
                }
            }
        }
        self.found(piece, found, added..found.counts.len(), &new)
    }

    /// Notes quotation marks within the cells of a row.
    fn quoted(&mut self, row: &[u8], delimiter: u8, line: u64) {
        let mut quotes = Quotes::new(delimiter);
        quotes.pass(row);
        while let Some(met) = quotes.before(u64::MAX) {
            self.scan.meet(Some(met), line);
        }
    }

    /// Adds some of the records that were found.
    fn found(&mut self, piece: &Piece, found: &Found, range: Range<usize>, new: &[Vec<u32>; 3]) -> Result<()> {
        let [areas, offences, periods] =
            found.names.each_ref().map(|names| names.get(range.clone()).unwrap_or_default());
        let counts = found.counts.get(range.clone()).unwrap_or_default();
        let lines = found.lines.get(range.clone()).unwrap_or_default();
        let number = |place: usize, number: u32| {
            let (known, new) = found.known.get(place).zip(new.get(place))?;
            match (number as usize).checked_sub(*known) {
                Some(at) => new.get(at).copied(),
                None => Some(number),
            }
        };
        for ((((area, offence), period), count), line) in areas.iter().zip(offences).zip(periods).zip(counts).zip(lines)
        {
            let line = piece.line + u64::from(*line);
            if let (Some(area), Some(offence), Some(period)) =
                (number(0, *area), number(1, *offence), number(2, *period))
            {
                self.add(area, (offence, period), *count, line)?;
            }
        }
        if !range.is_empty() {
            self.scan.taken.rows += range.len() as u64;
            self.scan.chosen();
        }
        Ok(())
    }

    /// Adds a row, or notes what is wrong with it.
    fn row(&mut self, record: &ByteRecord, line: u64) -> Result<()> {
        let scan = &mut self.scan;
        let count = if self.document.counts_rows {
            Some(1)
        } else {
            let writing = &self.document.writing;
            let cell = scan.cell(record, Role::Count);
            match writing.signed(&writing.scaled(&cell, self.document.unit(Role::Count))) {
                Ok((count, met)) => {
                    scan.meet(met, line);
                    count
                }
                Err(error) => {
                    let area = scan.cell(record, Role::Area).into_owned();
                    scan.faults.push(error.at_row(line).in_area(area.trim()).in_column(scan.heading(Role::Count)));
                    return Ok(());
                }
            }
        };
        let Some(count) = count else {
            scan.taken.rows -= 1;
            scan.taken.pass("without a count", line, &scan.cell(record, Role::Area));
            return Ok(());
        };
        let cells = NAMES.map(|role| scan.column(role).and_then(|column| record.get(column)).unwrap_or_default());
        let [area, offence, period] = cells;
        let area = self.name(0, area, line);
        if self.scan.cell(record, Role::Offence).trim().is_empty() {
            let missing = ErrorKind::Missing { whole: "the record", part: "offence", advice: "every record needs one" };
            let heading = self.scan.heading(Role::Offence);
            self.scan.faults.push(Error::from(missing).at_row(line).in_column(heading));
            return Ok(());
        }
        let indicator = (self.name(1, offence, line), self.name(2, period, line));
        self.add(area, indicator, count, line)
    }

    /// The number of a name by the bytes of its cell, which is read when it is met for the first time.
    fn name(&mut self, place: usize, cell: &[u8], line: u64) -> u32 {
        let Some(names) = self.names.get_mut(place) else { return 0 };
        if let Some(number) = names.get(cell) {
            return number;
        }
        let number = names.insert(cell, u32::try_from(names.len()).unwrap_or(u32::MAX));
        let text = self.scan.name_of(cell, line);
        match self.texts.get_mut(place.wrapping_sub(1)) {
            Some(texts) => texts.push(text.trim().to_owned()),
            None => {
                let (name, met) = as_name(&text, self.document.names_as_they_are);
                self.scan.meet(met, line);
                self.areas.push(self.records.area(if name.is_empty() { NamedRecords::NO_AREA } else { &name }));
            }
        }
        number
    }

    /// Adds a record by the numbers of its names.
    fn add(&mut self, area: u32, indicator: (u32, u32), count: i64, line: u64) -> Result<()> {
        let number = match self.indicators.get(&indicator) {
            Some(number) => *number,
            None => {
                let [offences, periods] = &self.texts;
                let text = |texts: &[String], number: u32| texts.get(number as usize).cloned().unwrap_or_default();
                let (offence, period) = (text(offences, indicator.0), text(periods, indicator.1));
                let period = Some(period.as_str()).filter(|period| !period.is_empty());
                let number = self.records.offence(&offence, period, &mut self.label);
                let number = number.map_err(|error| error.at_row(line))?;
                self.indicators.insert(indicator, number);
                number
            }
        };
        self.batch.areas.extend(self.areas.get(area as usize));
        self.batch.indicators.push(number);
        self.batch.counts.push(count);
        self.batch.lines.push(line);
        if self.batch.counts.len() < BATCH { Ok(()) } else { self.add_batch() }
    }

    fn add_batch(&mut self) -> Result<()> {
        let Batch { areas, indicators, counts, lines } = &mut self.batch;
        self.records.add(areas, indicators, counts).map_err(|error| {
            let place = error.row().and_then(|row| usize::try_from(row).ok()?.checked_sub(1));
            let line = place.and_then(|place| lines.get(place)).copied();
            line.map_or(error.clone(), |line| error.at_row(line))
        })?;
        areas.clear();
        indicators.clear();
        counts.clear();
        lines.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(NamedRecords, Taken), Faults> {
        self.add_batch()?;
        Ok((self.records, self.scan.finish()?))
    }
}

/// Reads some more pieces in place of others.
fn read(pieces: &mut Pieces, to: &mut Vec<(Piece, Found)>) {
    to.resize_with(PIECES, Default::default);
    to.iter_mut().for_each(|(piece, _)| _ = pieces.next(piece));
}

/// The cells of one row.
fn split(bytes: &[u8], delimiter: u8, record: &mut ByteRecord) -> Result<()> {
    record.clear();
    if memchr::memchr(b'"', bytes).is_none() {
        bytes.split(|byte| *byte == delimiter).for_each(|cell| record.push_field(cell));
        return Ok(());
    }
    let mut reader = builder(delimiter).buffer_capacity(1 << 10).from_reader(bytes);
    match reader.read_byte_record(record) {
        Ok(_) => Ok(()),
        Err(error) => Err(ErrorKind::Unreadable { file: "the file".into(), why: error.to_string() }.into()),
    }
}

#[cfg(feature = "rayon")]
fn both(one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    rayon::join(one, other);
}

#[cfg(not(feature = "rayon"))]
fn both(one: impl FnOnce(), other: impl FnOnce()) {
    one();
    other();
}

#[cfg(feature = "rayon")]
fn each<T: Send>(all: &mut [T], work: impl Fn(&mut T) + Send + Sync) {
    use rayon::prelude::*;
    all.par_iter_mut().with_max_len(1).for_each(work);
}

#[cfg(not(feature = "rayon"))]
fn each<T>(all: &mut [T], work: impl Fn(&mut T)) {
    all.iter_mut().for_each(work);
}
