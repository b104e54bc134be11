//! Where a file is, and which kind its first bytes show.

use crate::base::{Error, ErrorKind, Result};
use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::PathBuf,
    sync::Arc,
};

/// Where a file is.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

/// What can be read from anywhere in it.
pub(super) trait Reader: Read + Seek + Send {}

impl<R: Read + Seek + Send> Reader for R {}

/// The kind of a file.
pub(super) enum Kind {
    Text,
    /// A workbook or another archive.
    Archive,
    /// What is not read, and why.
    Other(&'static str),
}

impl Source {
    /// The name of the file, where it has one.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Bytes(_) => "the file".into(),
        }
    }

    pub(super) fn unreadable(&self, why: &str) -> Error {
        ErrorKind::Unreadable { file: self.name(), why: why.to_owned() }.into()
    }

    pub(super) fn open(&self) -> Result<Box<dyn Reader>> {
        Ok(match self {
            Self::Path(path) => Box::new(File::open(path).map_err(|error| self.unreadable(&error.to_string()))?),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// The kind of the file, by its first bytes.
    pub(super) fn kind(&self) -> Result<Kind> {
        let mut reader = self.open()?;
        let beginning = beginning(&mut reader, 512).map_err(|error| self.unreadable(&error.to_string()))?;
        Ok(if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
            Kind::Archive
        } else if beginning.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            Kind::Other(compound(&mut reader, &beginning).unwrap_or(OLD))
        } else {
            no_table(&beginning).map_or(Kind::Text, Kind::Other)
        })
    }
}

/// What the first bytes are, where they are those of another kind of file, and what to do.
fn no_table(beginning: &[u8]) -> Option<&'static str> {
    const PACKED: &str = "it is packed (gzip, bzip2, xz, zstd, 7z or rar): unpack it";
    const PICTURE: &str = "it is a picture: a table in it has to be typed, or asked for as a file";
    const KINDS: [(&[u8], &str); 16] = [
        (b"%PDF-", "it is a PDF: look for the same table as a spreadsheet or CSV, or copy it into one"),
        (b"\x1f\x8b", PACKED),
        (b"BZh", PACKED),
        (b"\xfd7zXZ\0", PACKED),
        (b"\x28\xb5\x2f\xfd", PACKED),
        (b"7z\xbc\xaf\x27\x1c", PACKED),
        (b"Rar!\x1a\x07", PACKED),
        (b"\x89PNG\r\n\x1a\n", PICTURE),
        (b"GIF8", PICTURE),
        (b"\xff\xd8\xff", PICTURE),
        (b"{\\rtf", "it is a text document (RTF): save its table as CSV or in a spreadsheet"),
        (b"PAR1", "it is a Parquet file: save it as CSV"),
        (b"SQLite format 3\0", "it is a database (SQLite): save its table as CSV"),
        (b"$FL2", "it is a data file of SPSS: save it as CSV"),
        (b"<stata_dta>", "it is a data file of Stata: save it as CSV"),
        (b"\x7fELF", "it is a program"),
    ];
    if let Some((_, what)) = KINDS.iter().find(|(bytes, _)| beginning.starts_with(bytes)) {
        return Some(what);
    }
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    let lower = text.to_ascii_lowercase();
    let begins = |words: &[&[u8]]| words.iter().any(|word| lower.starts_with(word));
    if begins(&[b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<!--"]) {
        return Some(
            "it is a web page (HTML), whatever its name: download the file itself, or open it in a spreadsheet and save it as .xlsx, .ods or CSV",
        );
    }
    if begins(&[b"<?xml", b"<svg"]) {
        return Some("it is XML: save its table as CSV, or as .xlsx or .ods");
    }
    let inside = text.get(1..).unwrap_or_default().trim_ascii_start();
    let is_json =
        text.starts_with(b"{") && inside.starts_with(b"\"") || text.starts_with(b"[") && inside.starts_with(b"{");
    is_json.then_some("it is JSON: write its rows as CSV")
}

const OLD: &str = "it is a workbook of the old kind (.xls): save it as .xlsx or .ods";

fn beginning(reader: &mut dyn Reader, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is in a compound file of Microsoft, by the names in the first sector of its directory.
fn compound(reader: &mut dyn Reader, header: &[u8]) -> Option<&'static str> {
    let shift = u16::from_le_bytes(header.get(30..32)?.try_into().ok()?);
    let sector = u32::from_le_bytes(header.get(48..52)?.try_into().ok()?);
    let size = 1_u64.checked_shl(shift.into()).filter(|size| (512..=4096).contains(size))?;
    reader.seek(SeekFrom::Start((u64::from(sector) + 1) * size)).ok()?;
    let names = beginning(reader, size).ok()?;
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = memchr::memmem::find(&names, &wide).is_some();
    locked.then_some("it has a password: save it without one")
}
