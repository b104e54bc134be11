//! A file that a person gives to an example.

use super::program::Failure;
use std::{fs, io, io::Read};

/// A file, or standard input where its name is `-`.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match path {
        "-" => io::stdin().read_to_end(&mut bytes).map(|_| ()),
        path => fs::read(path).map(|read| bytes = read),
    }
    .map_err(|error| format!("{path}: {error}"))?;
    Ok(bytes)
}
