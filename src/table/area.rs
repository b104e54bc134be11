//! The name and the code of an area.

use crate::base::{Error, ErrorKind, Result, layout};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Anything with a population: a police force area, a local authority, a ward, a state.
///
/// It has a name and, where there is one, an official code; neither is empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Area {
    name: Box<str>,
    code: Option<Box<str>>,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl Area {
    /// An area by its name, and its code where it has one. White space around them is dropped.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] for an empty name. An empty code is none.
    pub fn new(name: &str, code: Option<&str>) -> Result<Self> {
        let name = name.trim();
        if name.is_empty() {
            let (whole, part, advice) = ("the area", "name", "every row needs one");
            return Err(ErrorKind::Missing { whole, part, advice }.into());
        }
        let code = code.map(str::trim).filter(|code| !code.is_empty());
        Ok(Self { name: name.into(), code: code.map(Into::into) })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The official code, such as `E23000014`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, &self.name)
    }
}

impl TryFrom<Parts> for Area {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        Self::new(&parts.name, parts.code.as_deref())
    }
}

impl From<Area> for Parts {
    fn from(area: Area) -> Self {
        Self { name: area.name.into(), code: area.code.map(Into::into) }
    }
}
