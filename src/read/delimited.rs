//! Rows of a delimited file.

use super::{
    combined::{Combined, is_combined},
    input::Input,
    limits::Limits,
    lines::{Below, Lines},
    taken::Mark,
};
use crate::base::{Error, ErrorKind, Result, digits};
use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::UTF_8;

/// The rows of a delimited file, by the crate `csv`.
pub(super) struct Delimited {
    reader: Reader<Input>,
    delimiter: u8,
    limits: Limits,
    encoding: &'static str,
    combined: Combined,
    /// Cells with quotation marks in their middle.
    quoted: Option<Mark>,
}

/// What can stand between cells, the likeliest first.
const DELIMITERS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

impl Delimited {
    /// The rows of a file whose cells are delimited as is given, or else as its first rows show.
    pub(super) fn new(mut input: Input, delimiter: Option<u8>, limits: Limits) -> Self {
        let delimiter = delimiter.unwrap_or_else(|| likeliest(&input));
        input.watch_quotes(delimiter);
        let encoding = input.encoding();
        let encoding = if encoding == UTF_8 { "UTF-8" } else { encoding.name() };
        Self {
            reader: builder(delimiter).from_reader(input),
            delimiter,
            limits,
            encoding,
            combined: Combined::default(),
            quoted: None,
        }
    }
}

pub(super) fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false).buffer_capacity(1 << 16);
    builder
}

/// The delimiter that gives the most rows as many cells as each other, more than one.
fn likeliest(input: &Input) -> u8 {
    let (beginning, whole) = input.beginning();
    // What is cut off at the end is no row.
    let end = if whole { beginning.len() } else { memchr::memrchr(b'\n', beginning).unwrap_or(0) };
    // Fields between commas in the first cell alone are no columns.
    let fits = |delimiter: &u8| {
        let mut row = ByteRecord::new();
        let mut reader = builder(*delimiter).from_reader(beginning.get(..end).unwrap_or_default());
        matches!(reader.read_byte_record(&mut row), Ok(true)) && is_combined(&row)
    };
    let mut others = DELIMITERS.iter().map(|(delimiter, _)| *delimiter).filter(|delimiter| *delimiter != b',');
    if let Some(delimiter) = others.find(fits) {
        return delimiter;
    }
    let score = |delimiter: u8| {
        let mut rows: Vec<usize> = Vec::new();
        let mut reader = builder(delimiter).from_reader(beginning.get(..end).unwrap_or_default());
        let mut row = ByteRecord::new();
        while rows.len() < 500 && matches!(reader.read_byte_record(&mut row), Ok(true)) {
            rows.push(row.len());
        }
        rows.sort_unstable();
        let runs = rows.chunk_by(|one, other| one == other).filter(|run| run.first().is_some_and(|cells| *cells > 1));
        runs.map(|run| (run.len(), run.first().copied().unwrap_or(0))).max().unwrap_or((0, 0))
    };
    let scored = DELIMITERS.iter().rev().map(|(delimiter, _)| (score(*delimiter), *delimiter));
    scored.max_by_key(|(score, _)| *score).map_or(b',', |(_, delimiter)| delimiter)
}

impl Lines for Delimited {
    fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>> {
        loop {
            self.reader.get_mut().allow(self.limits.row_bytes);
            let before = self.reader.position().line();
            match self.reader.read_byte_record(row) {
                Ok(true) => {
                    // Every line has an end, and lone ends of lines within cells are kept.
                    let within = memchr::memchr_iter(b'\n', row.as_slice()).count();
                    let line = (self.reader.position().line().saturating_sub(1 + within as u64)).max(1);
                    let end = self.reader.position().byte();
                    while let Some(met) = self.reader.get_mut().quoted_before(end) {
                        match &mut self.quoted {
                            Some(mark) => mark.times += 1,
                            None => self.quoted = Some(met.at(line)),
                        }
                    }
                    if is_filled(row, line, self.limits)? {
                        if self.delimiter != b',' {
                            self.combined.split(row);
                        }
                        return Ok(Some(line));
                    }
                }
                Ok(false) => return Ok(None),
                Err(_) if self.reader.get_ref().refused() => {
                    return Err(too_large(before, "bytes", self.limits.row_bytes));
                }
                Err(error) => {
                    let (file, why) = ("the file".into(), error.to_string());
                    return Err(Error::from(ErrorKind::Unreadable { file, why }).at_row(before));
                }
            }
        }
    }

    fn form(&self) -> String {
        let delimiter = DELIMITERS.iter().find(|(delimiter, _)| *delimiter == self.delimiter);
        let delimiter =
            delimiter.map_or_else(|| char::from(self.delimiter).to_string(), |(_, name)| (*name).to_owned());
        let combined = self.combined.told().map_or_else(String::new, |told| format!("; {told}"));
        format!("cells between {delimiter}, {}{combined}", self.encoding)
    }

    fn read(&self) -> u64 {
        self.reader.position().line().saturating_sub(1)
    }

    fn met(&self) -> Vec<Mark> {
        self.quoted.clone().into_iter().collect()
    }

    fn below(&self) -> Option<Below> {
        let at = self.reader.position();
        self.combined.told().is_none().then(|| Below { delimiter: self.delimiter, line: at.line(), byte: at.byte() })
    }
}

/// Whether a row is not blank; an error where it is larger than is allowed.
pub(super) fn is_filled(row: &ByteRecord, line: u64, limits: Limits) -> Result<bool> {
    if row.as_slice().len() > limits.row_bytes {
        return Err(too_large(line, "bytes", limits.row_bytes));
    }
    if row.len() > limits.columns {
        return Err(too_large(line, "columns", limits.columns));
    }
    Ok(row.iter().any(|cell| !cell.trim_ascii().is_empty()))
}

pub(super) fn too_large(line: u64, what: &str, most: usize) -> Error {
    let found = format!("more than {} {what} in one row", digits::grouped(most as u128));
    let advice = "is a quotation mark never closed? Or else raise the limit".into();
    Error::from(ErrorKind::NotAsPublished { found, advice }).at_row(line)
}
