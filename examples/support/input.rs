//! A file that a person gives to an example.

use super::program::Failure;
use crimerate::read::Document;
use std::{io, io::Read, sync::OnceLock};

/// Standard input, which can be read once.
static INPUT: OnceLock<Vec<u8>> = OnceLock::new();

/// A file, or standard input where its name is `-`.
pub(crate) fn document(path: &str) -> Result<Document, Failure> {
    if path != "-" {
        return Ok(Document::open(path));
    }
    if INPUT.get().is_none() {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(|error| format!("{path}: {error}"))?;
        let _ = INPUT.set(bytes);
    }
    Ok(Document::of(INPUT.get().cloned().unwrap_or_default()))
}
