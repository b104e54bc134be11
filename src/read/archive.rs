//! The parts of a zip archive, unpacked no further than is allowed.

use super::{
    limits::Limits,
    source::{Reader, Source},
};
use crate::base::{Error, ErrorKind, Result, digits};
use flate2::{Crc, bufread::DeflateDecoder};
use std::{
    io::{self, BufRead, BufReader, Read, SeekFrom, Take},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use zip::{CompressionMethod, ZipArchive};

/// A zip archive.
pub(super) struct Archive {
    source: Source,
    parts: Vec<Place>,
    limits: Limits,
    /// What is left for all parts together, some of which are read twice.
    left: Arc<AtomicU64>,
}

/// How many times as much as one part all of them can have.
const PARTS: u64 = 16;

/// Where a part lies in its archive.
struct Place {
    name: String,
    start: u64,
    packed: u64,
    sum: u32,
    method: Packing,
}

enum Packing {
    Stored,
    Deflated,
    Locked,
    Other,
}

impl Archive {
    pub(super) fn open(source: &Source, limits: Limits) -> Result<Self> {
        let damaged =
            |error: &dyn std::fmt::Display| source.unreadable(&format!("as an archive it is damaged: {error}"));
        let mut archive = ZipArchive::new(source.open()?).map_err(|error| damaged(&error))?;
        let mut parts = Vec::new();
        for number in 0..archive.len() {
            let file = archive.by_index_raw(number).map_err(|error| damaged(&error))?;
            if file.is_dir() {
                continue;
            }
            let method = match file.compression() {
                _ if file.encrypted() => Packing::Locked,
                CompressionMethod::Stored => Packing::Stored,
                CompressionMethod::Deflated => Packing::Deflated,
                _ => Packing::Other,
            };
            parts.push(Place {
                name: String::from_utf8_lossy(file.name_raw()).replace('\\', "/"),
                start: file.data_start().ok_or_else(|| damaged(&"a part has no beginning"))?,
                packed: file.compressed_size(),
                sum: file.crc32(),
                method,
            });
        }
        let left = Arc::new(AtomicU64::new(limits.unpacked_bytes.saturating_mul(PARTS)));
        Ok(Self { source: source.clone(), parts, limits, left })
    }

    pub(super) const fn source(&self) -> &Source {
        &self.source
    }

    /// The names of the parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    fn place(&self, name: &str) -> Option<&Place> {
        let exact = self.parts.iter().find(|part| part.name == name);
        exact.or_else(|| self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name)))
    }

    /// The bytes of a part.
    pub(super) fn part(&self, name: &str) -> Result<Part> {
        let place = self.place(name).ok_or_else(|| self.source.unreadable(&format!("it has no part {name:?}")))?;
        let mut reader = self.source.open()?;
        reader.seek(SeekFrom::Start(place.start)).map_err(|error| self.source.unreadable(&error.to_string()))?;
        let packed = BufReader::with_capacity(BLOCK, reader.take(place.packed));
        let inner = match place.method {
            Packing::Stored => Packed::Stored(packed),
            Packing::Deflated => Packed::Deflated(Box::new(DeflateDecoder::new(packed))),
            Packing::Locked => return Err(self.source.unreadable("it has a password: save it without one")),
            Packing::Other => {
                let why = format!("its part {name:?} is packed in a way that is not known: pack it by deflate");
                return Err(self.source.unreadable(&why));
            }
        };
        Ok(Part {
            name: format!("{} ({name})", self.source.name()),
            inner,
            block: Vec::new(),
            at: 0,
            sum: Crc::new(),
            expected: place.sum,
            left: self.limits.unpacked_bytes,
            left_of_all: Arc::clone(&self.left),
            limits: self.limits,
            piece: u64::MAX,
            refused: None,
        })
    }
}

const BLOCK: usize = 1 << 15;

type Slice = BufReader<Take<Box<dyn Reader>>>;

enum Packed {
    Stored(Slice),
    Deflated(Box<DeflateDecoder<Slice>>),
}

/// The bytes of a part on their way, counted while they are unpacked.
pub(super) struct Part {
    name: String,
    inner: Packed,
    block: Vec<u8>,
    at: usize,
    sum: Crc,
    expected: u32,
    left: u64,
    left_of_all: Arc<AtomicU64>,
    limits: Limits,
    /// How many bytes may yet pass before the next piece begins.
    piece: u64,
    refused: Option<Error>,
}

impl Part {
    /// Lets as many bytes pass as one row may have, and some more.
    pub(super) const fn next_piece(&mut self) {
        self.piece = self.limits.row_bytes as u64 + BLOCK as u64;
    }

    /// How many bytes were unpacked.
    pub(super) const fn unpacked(&self) -> u64 {
        self.limits.unpacked_bytes - self.left
    }

    /// What is wrong, where reading failed with this.
    pub(super) fn error(&mut self, why: &str) -> Error {
        let unreadable = || ErrorKind::Unreadable { file: self.name.clone(), why: why.to_owned() }.into();
        self.refused.take().unwrap_or_else(unreadable)
    }

    /// Passes over all before a text, and puts other bytes in front of it; whether it was found.
    pub(super) fn skip_to(&mut self, text: &[u8], in_front: &[u8]) -> io::Result<bool> {
        let mut held: Vec<u8> = Vec::new();
        loop {
            let block = self.fill_buf()?;
            if block.is_empty() {
                return Ok(false);
            }
            held.extend_from_slice(block);
            let len = block.len();
            self.consume(len);
            if let Some(at) = memchr::memmem::find(&held, text) {
                self.block = [in_front, held.get(at..).unwrap_or_default()].concat();
                self.at = 0;
                return Ok(true);
            }
            held.drain(..held.len().saturating_sub(text.len()));
        }
    }

    fn refuse(&mut self, found: String, advice: &'static str) -> io::Error {
        let error = Error::from(ErrorKind::NotAsPublished { found, advice: advice.into() });
        self.refused = Some(error.clone());
        io::Error::other(error)
    }
}

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.block.len() {
            if self.piece == 0 {
                let most = digits::grouped(self.limits.row_bytes as u64);
                let found = format!("more than {most} bytes in one piece of {}", self.name);
                return Err(self.refuse(found, "is it a workbook at all? Or else raise the limit of a row"));
            }
            self.block.resize(BLOCK, 0);
            let read = match &mut self.inner {
                Packed::Stored(inner) => inner.read(&mut self.block),
                Packed::Deflated(inner) => inner.read(&mut self.block),
            };
            self.at = 0;
            self.block.truncate(*read.as_ref().unwrap_or(&0));
            let read = read?;
            self.sum.update(&self.block);
            if read == 0 && self.sum.sum() != self.expected {
                return Err(io::Error::other("it is damaged: its sum of check is not what the archive says"));
            }
            self.piece = self.piece.saturating_sub(read as u64);
            let of_all = self.left_of_all.load(Ordering::Relaxed).checked_sub(read as u64);
            match self.left.checked_sub(read as u64).zip(of_all) {
                Some((left, of_all)) => {
                    self.left = left;
                    self.left_of_all.store(of_all, Ordering::Relaxed);
                }
                None => {
                    let most = digits::grouped(self.limits.unpacked_bytes);
                    let found = format!("more than {most} bytes in {} when it is unpacked", self.name);
                    return Err(self.refuse(found, "is it what it seems? Or else raise the limit"));
                }
            }
        }
        Ok(self.block.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }
}

impl Read for Part {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}
