//! Records of a piece of a file, as far as they are plain.

use super::{
    cell::{plain, trimmed},
    numbers::Numbers,
    pieces::{Piece, ends},
    wording::{folded, is_comment, text},
};
use std::ops::Range;

/// What makes a row of a delimited file a plain record: as many cells as the header, names that are not blank, a count in digits, and the
/// values that are asked for.
pub(super) struct Plain {
    pub(super) delimiter: u8,
    pub(super) width: usize,
    /// The columns of the area, the offence and the period.
    pub(super) names: [Option<usize>; 3],
    /// The column of counts; each row is one offence where there is none.
    pub(super) count: Option<usize>,
    /// The heading of areas, where a row cannot be told from a header by its count.
    pub(super) heading: Option<String>,
    pub(super) only: Vec<(usize, Vec<u8>)>,
    /// The most bytes of a row.
    pub(super) most: usize,
}

/// The records of a piece in columns, and what stands between them.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The numbers of the names of each record: those that were known, and then those that are new, in the order of their events.
    pub(super) names: [Vec<u32>; 3],
    pub(super) counts: Vec<i64>,
    /// Lines, from that of the piece on.
    pub(super) lines: Vec<u32>,
    pub(super) events: Vec<Event>,
    /// How many names were known.
    pub(super) known: [usize; 3],
}

/// What comes before a record.
#[derive(Debug)]
pub(super) struct Event {
    /// How many records stand above it.
    pub(super) above: usize,
    pub(super) line: u64,
    /// Where its bytes are.
    pub(super) bytes: Range<usize>,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A row that is not plain.
    Row,
    /// A new area, offence or period, by its place among the names.
    Name(usize),
}

impl Plain {
    /// The records of a piece, where these names are known.
    pub(super) fn find(&self, piece: &Piece, known: &[Numbers<u32>; 3], found: &mut Found) {
        found.clear();
        found.known = known.each_ref().map(Numbers::len);
        let counted;
        let ends: &[u32] = match &piece.quoted {
            Some(ends) => ends,
            None => {
                counted = ends(&piece.bytes, self.delimiter, false);
                &counted
            }
        };
        let mut new: [Numbers<u32, &[u8]>; 3] = Default::default();
        let (mut at, mut start, mut lines) = (0, 0, 0_u32);
        while start < piece.bytes.len() {
            let rest = ends.get(at..).unwrap_or_default();
            let is_line = |end: &u32| piece.bytes.get(*end as usize) == Some(&b'\n');
            let cells = rest.iter().position(is_line).map_or(rest.len(), |last| last + 1);
            let row = rest.get(..cells).unwrap_or_default();
            let end = row.last().filter(|end| is_line(end)).map_or(piece.bytes.len(), |end| *end as usize);
            let line = piece.line + u64::from(lines);
            if end > start {
                let cells = PlainCells { bytes: &piece.bytes, start, ends: row, quoted: piece.quoted.is_some() };
                if self.record(&cells, known, &mut new, found, line).is_none() {
                    found.event(line, start..end, What::Row);
                } else {
                    found.lines.push(lines);
                }
            }
            let within = if piece.quoted.is_some() { piece.bytes.get(start..end).unwrap_or_default() } else { &[] };
            lines += 1 + memchr::memchr_iter(b'\n', within).count() as u32;
            (at, start) = (at + cells, end + 1);
        }
    }

    /// Adds a row to those that were found, if it is plain.
    fn record<'p>(
        &self,
        row: &PlainCells<'p>,
        known: &[Numbers<u32>; 3],
        new: &mut [Numbers<u32, &'p [u8]>; 3],
        found: &mut Found,
        line: u64,
    ) -> Option<()> {
        let width = row.ends.len();
        let last = *row.ends.last()? as usize;
        if width != self.width || last - row.start > self.most || row.bytes.get(last) != Some(&b'\n') {
            return None;
        }
        if is_comment(row.of(row.start..*row.ends.first()? as usize)) {
            return None;
        }
        let count = match self.count {
            Some(column) => signed(row.of(row.cell(column)?))?,
            None => 1,
        };
        for (column, value) in &self.only {
            (row.of(row.cell(*column)?) == value).then_some(())?;
        }
        let mut cells = [(); 3].map(|()| 0..0);
        for (cell, column) in cells.iter_mut().zip(self.names) {
            *cell = column.map_or(Some(0..0), |column| row.cell(column))?;
        }
        let texts = cells.each_ref().map(|cell| row.of(cell.clone()));
        let [area, offence, _] = texts;
        if self.count.is_none() && area.trim_ascii().is_empty() || self.is_heading(area) {
            return None;
        }
        let mut numbers = [None; 3];
        for (((number, text), known), new) in numbers.iter_mut().zip(texts).zip(known).zip(&*new) {
            *number = known.get(text).or_else(|| new.get(text));
        }
        let [_, known, _] = numbers;
        if known.is_none() && text(offence).trim().is_empty() {
            return None;
        }
        for (place, number) in numbers.into_iter().enumerate() {
            let (cell, known, new) = (cells.get(place)?, *found.known.get(place)?, new.get_mut(place)?);
            let number = number.unwrap_or_else(|| {
                let number = u32::try_from(known + new.len()).unwrap_or(u32::MAX);
                found.event(line, cell.clone(), What::Name(place));
                new.insert(row.of(cell.clone()), number)
            });
            found.names.get_mut(place)?.push(number);
        }
        found.counts.push(count);
        Some(())
    }

    fn is_heading(&self, area: &[u8]) -> bool {
        self.heading.as_ref().is_some_and(|heading| {
            let first = area.trim_ascii_start().first().zip(heading.as_bytes().first());
            first.is_none_or(|(one, other)| one.eq_ignore_ascii_case(other) || !one.is_ascii())
                && folded(trimmed(&text(area))) == *heading
        })
    }
}

impl Found {
    fn clear(&mut self) {
        self.names.iter_mut().for_each(Vec::clear);
        self.counts.clear();
        self.lines.clear();
        self.events.clear();
    }

    fn event(&mut self, line: u64, bytes: Range<usize>, what: What) {
        self.events.push(Event { above: self.counts.len(), line, bytes, what });
    }
}

/// The cells of a row.
struct PlainCells<'p> {
    bytes: &'p [u8],
    start: usize,
    ends: &'p [u32],
    quoted: bool,
}

impl<'p> PlainCells<'p> {
    fn of(&self, cell: Range<usize>) -> &'p [u8] {
        self.bytes.get(cell).unwrap_or_default()
    }

    /// Where a cell is, without quotation marks around it; nothing where they are more than that.
    fn cell(&self, column: usize) -> Option<Range<usize>> {
        let start = match column.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize + 1,
            None => self.start,
        };
        let end = *self.ends.get(column)? as usize;
        match self.of(start..end) {
            [b'"', within @ .., b'"'] if self.quoted => {
                memchr::memchr(b'"', within).is_none().then_some(start + 1..end - 1)
            }
            [b'"', ..] if self.quoted => None,
            _ => Some(start..end),
        }
    }
}

/// A count in digits, perhaps with a minus.
fn signed(cell: &[u8]) -> Option<i64> {
    let (digits, sign) = cell.strip_prefix(b"-").map_or((cell, 1), |digits| (digits, -1));
    let size = plain(std::str::from_utf8(digits).ok().filter(|digits| digits.len() < 19)?)?;
    Some(sign * i64::try_from(size).ok()?)
}
