use crate::{Area, ErrorKind};
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
        faults.extend(name.map(|entry| ErrorKind::DuplicateName { first: entry.row }));
        faults.extend(code.map(|(code, entry)| ErrorKind::DuplicateCode { code: code.into(), first: entry.row }));
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
}

/// The index follows from the list, and rows are where an area was read, not what it is.
impl PartialEq for Areas {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}
