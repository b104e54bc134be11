//! Rows on their way into the indicators that they are of.

use super::{
    areas::{Reader, too_many},
    given::Given,
    nameless::{Nameless, name_the_nameless},
    repeated::tell_counted_twice,
    scan::Scan,
    several::Several,
    sums::{MOST_ROWS, Sums},
};
use crate::base::Result;
use std::collections::HashMap;

/// The rows of each label, in the order in which they came, or what they add up to, and those that name no area.
#[derive(Default)]
pub(super) struct Indicators {
    /// Whether the rows of an area are added up as they are read.
    summed: bool,
    places: HashMap<String, usize>,
    each: Vec<Labelled>,
    rows: usize,
    /// How many rows or sums are held.
    held: usize,
}

/// The rows of one label.
#[derive(Default)]
pub(super) struct Labelled {
    pub(super) label: String,
    pub(super) rows: Vec<Given>,
    sums: Option<Sums>,
    people: u128,
    nameless: Vec<Nameless>,
}

impl Indicators {
    /// None yet; their rows are added up as they are read, or kept.
    pub(super) fn new(summed: bool) -> Self {
        Self { summed, ..Self::default() }
    }

    fn of(&mut self, label: &str) -> Option<&mut Labelled> {
        let place = self.places.get(label).copied().unwrap_or_else(|| {
            self.places.insert(label.to_owned(), self.each.len());
            self.each.push(Labelled { label: label.to_owned(), ..Labelled::default() });
            self.each.len() - 1
        });
        self.each.get_mut(place)
    }

    /// Adds a row, or refuses one too many.
    pub(super) fn push(&mut self, reader: &Reader<'_>, scan: &mut Scan, label: &str, row: Given) -> Result<()> {
        self.rows += 1;
        if self.rows == MOST_ROWS + 1 {
            self.each.iter_mut().filter_map(|indicator| indicator.sums.as_mut()).for_each(Sums::forget);
        }
        let (summed, few) = (self.summed, self.rows <= MOST_ROWS);
        let Some(indicator) = self.of(label) else { return Ok(()) };
        indicator.people += row.people();
        let new = if summed {
            let sums = indicator.sums.get_or_insert_with(|| Sums::new(scan, Several::Areas));
            if !few {
                sums.forget();
            }
            let before = sums.len();
            sums.add(scan, row);
            sums.len() - before
        } else {
            let row = reader.kept(scan, row);
            let new = usize::from(row.is_some());
            indicator.rows.extend(row);
            new
        };
        self.held += new;
        let most = reader.document.limits.rows;
        if self.held > most { Err(too_many(most)) } else { Ok(()) }
    }

    pub(super) fn nameless(&mut self, label: &str, rows: Vec<Nameless>) {
        if let Some(indicator) = self.of(label).filter(|_| !rows.is_empty()) {
            indicator.nameless.extend(rows);
        }
    }

    /// The rows that are kept, label by label.
    pub(super) fn kept(&self) -> impl Iterator<Item = &[Given]> {
        self.each.iter().map(|indicator| indicator.rows.as_slice())
    }

    pub(super) fn into_each(self) -> impl Iterator<Item = Labelled> {
        let is_filled = |it: &Labelled| !it.rows.is_empty() || it.sums.is_some() || !it.nameless.is_empty();
        self.each.into_iter().filter(is_filled)
    }
}

impl Labelled {
    /// The rows, one an area where they are to be added up; those without a name are told.
    pub(super) fn given(self, scan: &mut Scan, summed: bool, of: Several) -> Vec<Given> {
        name_the_nameless(scan, &self.nameless, self.people);
        if !summed {
            return self.rows;
        }
        if of == Several::StrataAndPeople {
            tell_counted_twice(scan, &self.rows);
        }
        let mut sums = self.sums.unwrap_or_else(|| Sums::new(scan, of));
        self.rows.into_iter().for_each(|row| sums.add(scan, row));
        sums.finish(scan)
    }
}
