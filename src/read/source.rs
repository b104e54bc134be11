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
    /// A workbook that is not read, and why.
    Old(&'static str),
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
            Kind::Old(compound(&mut reader, &beginning).unwrap_or(OLD))
        } else {
            Kind::Text
        })
    }
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
