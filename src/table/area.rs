//! The name and the code of an area.

use crate::base::{Error, ErrorKind, Result, layout};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// Anything with a population: a police force area, a local authority, a ward, a state.
///
/// It has a name and, where there is one, an official code; neither is empty.
///
/// An area is its code: a table may have two wards of one name with two codes. They print with their codes, and each goes by
/// its code or by what it prints.
///
/// ```
/// use crimerate::{Average, Table};
///
/// let rows = [("Alexandra", "E05000400", 120, 9_900), ("Alexandra", "E05000719", 310, 11_200)];
/// let league = Table::from_rows(rows)?.compare(Average::POOLED);
/// assert_eq!(league.ranked().next().unwrap().area().to_string(), "Alexandra (E05000719)");
/// assert_eq!(league.area("E05000400")?.rank().to_string(), "2");
/// assert_eq!(
///     league.area("Alexandra").unwrap_err().to_string(),
///     "2 areas have the name \"Alexandra\": ask by code, which is E05000400 or E05000719"
/// );
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Area {
    name: Box<str>,
    code: Option<Box<str>>,
    /// Name and code, where others in the same list have the name.
    label: Option<Box<str>>,
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
        Ok(Self { name: name.into(), code: code.map(Into::into), label: None })
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

    /// What it prints as: the name, with the code where other areas of its table have the same name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// Prints with its code from now on.
    pub(super) fn go_by_label(&mut self) {
        self.label = self.code.as_ref().map(|code| format!("{} ({code})", self.name).into());
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        layout::pad(f, self.label())
    }
}

/// Whether others of its table have its name is not what an area is.
impl PartialEq for Area {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.code) == (&other.name, &other.code)
    }
}

impl Eq for Area {}

impl Hash for Area {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, &self.code).hash(state);
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
