//! A table whose areas are known as forces.

use super::{
    body::{Body, among_regions},
    registry::Force,
};
use crate::{
    base::{Error, ErrorKind, Result, words},
    table::{Area, Table},
};
use std::fmt;

/// A table whose forces go by their names and codes, and what else was in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    table: Table,
    others: Vec<(Area, Body)>,
    unknown: Vec<Area>,
}

impl Table {
    /// The table with every area that is a force of England and Wales by its official name and code, and with what else it is known
    /// to hold: bodies without an area, forces of elsewhere, regions and countries. Those stay as they are, to be excluded or
    /// [taken for totals](Table::total).
    ///
    /// ```
    /// use crimerate::Table;
    ///
    /// let rows = [("Devon & Cornwall", 20, 1_762_381), ("London, City of", 31, 8_706), ("Police Scotland", 9, 5_438_100), ("Erewhon", 3, 1_000)];
    /// let found = Table::from_rows(rows)?.with_codes()?;
    /// assert_eq!(found.table().areas()[0].code(), Some("E23000035"));
    /// assert_eq!(found.to_string(), "2 of 4 areas are forces; Police Scotland (outside England and Wales); not known: Erewhon");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Duplicate`] where two rows are one force, [`ErrorKind::Conflict`] for a table that has policies or groups, which go by
    /// the names before.
    pub fn with_codes(self) -> Result<Recognised> {
        if let Some((area, policy)) = self.policies().next() {
            let (what, why) = ("given its code".into(), format!("it is {} already: give codes first", policy.done()));
            return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(area.label()));
        }
        let (mut others, mut unknown) = (Vec::new(), Vec::new());
        // Among regions West Midlands is the region.
        let regions = among_regions(self.areas().iter().map(Body::of_area));
        let renamed = self.renamed(|area| {
            match Body::of_area(area) {
                Some(Body::Force(force)) if regions && area.code().is_none() => {
                    others.push((area.clone(), Body::Region(force.region())));
                }
                Some(Body::Force(force)) => return Some(of(force)),
                Some(body) => others.push((area.clone(), body)),
                None => unknown.push(area.clone()),
            }
            None
        })?;
        Ok(Recognised { table: renamed, others, unknown })
    }
}

fn of(force: &Force) -> Result<Area> {
    Area::new(force.name(), Some(force.code()))
}

impl Recognised {
    /// The table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The table alone.
    #[must_use]
    pub fn into_table(self) -> Table {
        self.table
    }

    /// The areas that are known and no force of England and Wales, in the order of the table.
    pub fn others(&self) -> impl Iterator<Item = (&Area, Body)> {
        self.others.iter().map(|(area, body)| (area, *body))
    }

    /// The areas that are not known, in the order of the table.
    #[must_use]
    pub fn unknown(&self) -> &[Area] {
        &self.unknown
    }
}

/// Such as `43 of 44 areas are forces; British Transport Police (no area of its own)`.
impl fmt::Display for Recognised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let areas = self.table.len();
        let forces = areas - self.others.len() - self.unknown.len();
        let mut parts = vec![format!("{forces} of {} are forces", words::counted(areas, "area"))];
        parts.extend(self.others.iter().map(|(_, body)| body.to_string()));
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.iter().map(Area::label).collect();
            parts.push(format!("not known: {}", names.join(", ")));
        }
        f.pad(&parts.join("; "))
    }
}
