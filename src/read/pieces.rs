//! A delimited file in pieces of whole rows.

use super::{delimited::too_large, input::Input, limits::Limits, lines::Below};
use crate::base::{Error, ErrorKind};
use std::io::{self, Read};

/// Whole rows of a file, each with the end of its line.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// The line of the first of them.
    pub(super) line: u64,
    /// Where its cells end, if any of them has quotation marks.
    pub(super) quoted: Option<Vec<u32>>,
}

/// The pieces of a file, one after the other.
pub(super) struct Pieces {
    input: Input,
    delimiter: u8,
    limits: Limits,
    line: u64,
    /// What stands behind the last whole row that was read.
    rest: Vec<u8>,
    ended: bool,
    failed: Option<Error>,
}

/// How many bytes a piece has, or a few more.
const SIZE: usize = 1 << 17;

/// The most bytes that one row has, whatever the limits, so that places are numbers of 32 bits.
const MOST: usize = 1 << 30;

impl Pieces {
    /// The pieces of a file from a place on.
    pub(super) fn new(mut input: Input, limits: Limits, from: Below) -> io::Result<Self> {
        let Below { delimiter, line, byte } = from;
        input.allow(usize::MAX);
        io::copy(&mut input.by_ref().take(byte), &mut io::sink())?;
        Ok(Self { input, delimiter, limits, line, rest: Vec::new(), ended: false, failed: None })
    }

    /// The line that stands behind the last piece.
    pub(super) const fn line(&self) -> u64 {
        self.line
    }

    /// What kept the file from being read to its end.
    pub(super) fn failed(&mut self) -> Option<Error> {
        self.failed.take()
    }

    /// Reads the next piece, if there is one.
    pub(super) fn next(&mut self, piece: &mut Piece) -> bool {
        piece.bytes.clear();
        piece.bytes.append(&mut self.rest);
        piece.line = self.line;
        let mut wanted = SIZE;
        while self.failed.is_none() {
            self.fill(&mut piece.bytes, wanted);
            piece.quoted = memchr::memchr(b'"', &piece.bytes).map(|_| ends(&piece.bytes, self.delimiter, true));
            let whole = match &piece.quoted {
                Some(ends) => {
                    let is_line = |end: &&u32| piece.bytes.get(**end as usize) == Some(&b'\n');
                    ends.iter().rev().find(is_line).map(|end| *end as usize + 1)
                }
                None => memchr::memrchr(b'\n', &piece.bytes).map(|end| end + 1),
            };
            // A quotation mark that the file never closes ends with it.
            let whole = if self.ended { Some(piece.bytes.len()) } else { whole };
            if let Some(whole) = whole {
                self.rest.extend(piece.bytes.drain(whole..));
                self.line += memchr::memchr_iter(b'\n', &piece.bytes).count() as u64;
                return !piece.bytes.is_empty();
            }
            if piece.bytes.len() > self.limits.row_bytes.min(MOST) {
                self.failed = Some(too_large(self.line, "bytes", self.limits.row_bytes));
            }
            wanted = piece.bytes.len() * 2;
        }
        false
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) {
        let missing = wanted.saturating_sub(bytes.len()) as u64;
        match self.input.by_ref().take(missing).read_to_end(bytes) {
            Ok(_) => self.ended |= bytes.len() < wanted,
            Err(error) => {
                let (file, why) = ("the file".into(), error.to_string());
                self.failed = Some(Error::from(ErrorKind::Unreadable { file, why }).at_row(self.line));
            }
        }
    }
}

/// Where the cells of whole rows end: the places of delimiters and ends of lines, those within quotation marks not.
pub(super) fn ends(bytes: &[u8], delimiter: u8, quoted: bool) -> Vec<u32> {
    let mut ends = Vec::with_capacity(bytes.len() / 8);
    let [delimiters, lines, quotes] =
        [delimiter, b'\n', if quoted { b'"' } else { b'\n' }].map(|byte| u64::from(byte) * ONES);
    let mut within = Quotation::default();
    let (words, last) = bytes.as_chunks::<8>();
    let mut padded = [0; 8];
    padded.iter_mut().zip(last).for_each(|(to, from)| *to = *from);
    for (word, at) in words.iter().chain([&padded]).zip((0_u32..).step_by(8)) {
        let bytes = u64::from_le_bytes(*word);
        let mut marks = equal(bytes, delimiters) | equal(bytes, lines) | equal(bytes, quotes);
        while marks != 0 {
            let bit = marks.trailing_zeros();
            marks &= marks - 1;
            let place = at + bit / 8;
            if !quoted || within.is_outside(place, (bytes >> (bit & !7)) as u8 == b'"') {
                ends.push(place);
            }
        }
    }
    ends.truncate(ends.partition_point(|end| (*end as usize) < bytes.len()));
    ends
}

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f * ONES;

/// The highest bit of each byte of a word that is the same in the other.
const fn equal(word: u64, other: u64) -> u64 {
    let differ = word ^ other;
    !(((differ & LOW) + LOW) | differ | LOW)
}

/// Whether a place lies within quotation marks, which stand at the beginning of a cell or else for themselves.
#[derive(Default)]
struct Quotation {
    open: bool,
    /// The place behind a quotation mark that closes, unless another follows at once.
    closed: Option<u32>,
    /// The place behind the end of the last cell.
    cell: u32,
}

impl Quotation {
    /// Whether a mark at the next place is an end of a cell.
    fn is_outside(&mut self, place: u32, is_quote: bool) -> bool {
        match (is_quote, self.open) {
            (true, true) => (self.open, self.closed) = (false, Some(place + 1)),
            (true, false) => self.open = self.cell == place || self.closed == Some(place),
            (false, false) => self.cell = place + 1,
            (false, true) => {}
        }
        !is_quote && !self.open
    }
}
