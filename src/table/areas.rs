//! One list of areas, shared by all that is made of it.
//!
//! An area is its code where there is one. Names may repeat where codes differ: such areas go by their labels, name and code
//! together, and their bare name is refused as ambiguous.

use super::{area::Area, similar::are_alike};
use crate::base::{Error, ErrorKind, nearest};
use std::collections::HashMap;

/// The areas of a table in their order, with an index by name, by label and by code; no code stands twice, and no name of areas
/// without codes of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Areas {
    list: Vec<Area>,
    names: HashMap<Box<str>, Entry>,
    codes: HashMap<Box<str>, Entry>,
    /// The names that several areas have, with their places.
    repeated: HashMap<Box<str>, Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    index: usize,
    row: u64,
}

impl Areas {
    /// Adds an area that stands in a row; gives what is wrong with it, and then does not add it.
    pub(crate) fn push(&mut self, area: Area, row: u64) -> Vec<ErrorKind> {
        let name = self.names.get(area.name()).copied();
        let code = area.code().and_then(|code| Some((code, self.codes.get(code)?)));
        let mut faults = Vec::new();
        let twice =
            |what, name: &str, first: &Entry| ErrorKind::Duplicate { what, name: name.into(), first: Some(first.row) };
        let is_coded = |index: usize| self.list.get(index).is_some_and(|area| area.code().is_some());
        let apart = name.is_some_and(|first| area.code().is_some() && is_coded(first.index));
        faults.extend(name.filter(|_| !apart).map(|first| twice("name", area.name(), &first)));
        faults.extend(code.map(|(code, first)| twice("code", code, first)));
        if faults.is_empty() {
            self.add(area, row, name);
        }
        faults
    }

    fn add(&mut self, mut area: Area, row: u64, name: Option<Entry>) {
        let entry = Entry { index: self.list.len(), row };
        if let Some(first) = name {
            let places = self.repeated.entry(area.name().into()).or_insert_with(|| vec![first.index]);
            places.push(entry.index);
            if let Some(other) = self.list.get_mut(first.index) {
                other.go_by_label();
            }
            area.go_by_label();
        } else {
            self.names.insert(area.name().into(), entry);
        }
        if let Some(code) = area.code() {
            self.codes.insert(code.into(), entry);
        }
        self.list.push(area);
    }

    pub(crate) fn list(&self) -> &[Area] {
        &self.list
    }

    /// The place of the area with this name, or else with this code or label; none where several have the name.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        if self.is_ambiguous(text) {
            return None;
        }
        let labelled = || {
            let mut places = self.repeated.values().flatten().copied();
            places.find(|index| self.list.get(*index).is_some_and(|area| area.label() == text))
        };
        self.names.get(text).or_else(|| self.codes.get(text)).map(|entry| entry.index).or_else(labelled)
    }

    /// The place of the area with this code.
    pub(crate) fn of_code(&self, code: &str) -> Option<usize> {
        self.codes.get(code).map(|entry| entry.index)
    }

    /// The place of the one area with this name.
    pub(crate) fn of_name(&self, name: &str) -> Option<usize> {
        self.names.get(name).filter(|_| !self.is_ambiguous(name)).map(|entry| entry.index)
    }

    /// Whether several areas have this name.
    pub(crate) fn is_ambiguous(&self, text: &str) -> bool {
        self.repeated.contains_key(text.trim())
    }

    pub(crate) fn unknown(&self, text: &str) -> Error {
        unknown(text, self.list.iter())
    }
}

/// What is said of a text that is neither the name nor the code of any one of these areas.
pub(crate) fn unknown<'a>(text: &str, areas: impl Iterator<Item = &'a Area> + Clone) -> Error {
    let name = text.trim();
    let codes: Vec<String> =
        areas.clone().filter(|area| area.name() == name).filter_map(Area::code).map(Into::into).collect();
    if codes.len() > 1 {
        return ErrorKind::Ambiguous { name: name.into(), codes }.into();
    }
    let alike = areas.clone().map(Area::name).find(|other| are_alike(name, other));
    let nearest = alike.or_else(|| nearest(text, areas.clone().map(Area::name).chain(areas.filter_map(Area::code))));
    ErrorKind::UnknownArea { name: text.into(), nearest: nearest.map(Into::into) }.into()
}

/// The index follows from the list, and rows are where an area was read, not what it is.
impl PartialEq for Areas {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}
