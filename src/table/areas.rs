//! One list of areas, shared by all that is made of it.

use super::area::Area;
use crate::base::{Error, ErrorKind, nearest};
use std::collections::HashMap;

/// The areas of a table in their order, with an index by name and by code; no name and no code stands twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Areas {
    list: Vec<Area>,
    names: HashMap<Box<str>, Entry>,
    codes: HashMap<Box<str>, Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    index: usize,
    row: u64,
}

impl Areas {
    /// Adds an area that stands in a row; gives what is wrong with it, and then does not add it.
    pub(crate) fn push(&mut self, area: Area, row: u64) -> Vec<ErrorKind> {
        let name = self.names.get(area.name());
        let code = area.code().and_then(|code| Some((code, self.codes.get(code)?)));
        let mut faults = Vec::new();
        let twice =
            |what, name: &str, first: &Entry| ErrorKind::Duplicate { what, name: name.into(), first: Some(first.row) };
        faults.extend(name.map(|first| twice("name", area.name(), first)));
        faults.extend(code.map(|(code, first)| twice("code", code, first)));
        if faults.is_empty() {
            let entry = Entry { index: self.list.len(), row };
            self.names.insert(area.name().into(), entry);
            if let Some(code) = area.code() {
                self.codes.insert(code.into(), entry);
            }
            self.list.push(area);
        }
        faults
    }

    pub(crate) fn list(&self) -> &[Area] {
        &self.list
    }

    /// The place of the area with this name, or else with this code.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        self.names.get(text).or_else(|| self.codes.get(text)).map(|entry| entry.index)
    }

    pub(crate) fn unknown(&self, text: &str) -> Error {
        unknown(text, self.list.iter())
    }
}

/// What is said of a text that is neither the name nor the code of any of these areas.
pub(crate) fn unknown<'a>(text: &str, areas: impl Iterator<Item = &'a Area> + Clone) -> Error {
    let nearest = nearest(text, areas.clone().map(Area::name).chain(areas.filter_map(Area::code)));
    ErrorKind::UnknownArea { name: text.into(), nearest: nearest.map(Into::into) }.into()
}

/// The index follows from the list, and rows are where an area was read, not what it is.
impl PartialEq for Areas {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}
