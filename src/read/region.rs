//! A region and a force of one name, in a table without codes.

use super::{areas::Reader, given::Given, role::Role, scan::Scan, wording::folded};
use crate::{
    base::ErrorKind,
    forces::{self, Body, Force, among_regions},
    rate::Observation,
};

impl Reader<'_> {
    /// Gives the region and the force of one name, in a table without codes, the codes that tell them apart.
    ///
    /// The region is whatever stands in a column of regions, or among other regions and no other forces; of two rows the one whose count is that
    /// of its forces together, but for rounding. It has not the people of the force.
    pub(super) fn tell_region_from_force(&self, scan: &mut Scan, rows: &mut [Given]) {
        for force in forces::all().iter().filter(|force| force.region() == force.name()) {
            let own = |row: &Given| row.code.is_none() && is_of(row, |other| other == force);
            let own: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| own(row)).map(|(at, _)| at).collect();
            let Some(code) = forces::region_code(force.region()).filter(|_| !own.is_empty()) else { continue };
            if is_headed_region(&scan.heading(Role::Area)) || among_regions(rows.iter().map(Given::body)) {
                for at in own {
                    let told = self.become_region(rows, at, force, code).map(|line| {
                        format!("{} in row {line} is the region, as it stands among regions", force.name())
                    });
                    told.into_iter().for_each(|told| scan.taken.note(told));
                }
            } else if let [first, second] = own[..]
                && let Some((total, of_force)) = total_and_force(rows, force, [first, second])
            {
                let line = rows.get_mut(of_force).map(|row| {
                    row.code = Some(force.code().to_owned());
                    row.line
                });
                if let Some(row) = rows.get_mut(total) {
                    row.code = Some(code.to_owned());
                }
                let told = self.become_region(rows, total, force, code).zip(line).map(|(region, own)| {
                    let name = force.name();
                    format!("{name} in row {region} is the region, by its count that of its forces together; in row {own} the force")
                });
                told.into_iter().for_each(|told| scan.taken.note(told));
            }
        }
    }

    /// Gives a row the people of the region, and not those of the force; the line that it stands in.
    fn become_region(&self, rows: &mut [Given], at: usize, force: &Force, code: &str) -> Option<u64> {
        let row = rows.get_mut(at)?;
        if let Some(population) = self.population_elsewhere(&row.area, Some(code), row.line) {
            row.population = population.unwrap_or_else(|_| Err(ErrorKind::NoPopulation.into()));
        }
        let line = row.line;
        let is_force = |(other, row): (usize, &Given)| other != at && is_of(row, |other| other == force);
        if !rows.iter().enumerate().any(is_force) {
            self.is_no_force(force);
        }
        Some(line)
    }
}

/// Whether a column of areas is one of regions by its heading.
fn is_headed_region(heading: &str) -> bool {
    let heading = folded(heading);
    heading.starts_with("region") || heading.starts_with("rgn")
}

/// Of two rows of one name that which is of the region, and that which is of the force, by their counts.
fn total_and_force(rows: &[Given], force: &Force, both: [usize; 2]) -> Option<(usize, usize)> {
    let others = rows.iter().filter(|row| is_of(row, |other| other != force && other.region() == force.region()));
    let others: Vec<i128> = others.map(known).collect::<Option<_>>()?;
    let (sum, number) = (others.iter().sum::<i128>(), others.len());
    let [one, other] = both.map(|at| rows.get(at).and_then(known));
    let (one, other) = one.zip(other)?;
    let is_total = |total: i128, own: i128| number > 0 && (total - own - sum).unsigned_abs() <= number as u128;
    let [first, second] = both;
    match (is_total(one, other), is_total(other, one)) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => None,
    }
}

/// Whether a row is of such a force.
fn is_of(row: &Given, test: impl Fn(&Force) -> bool) -> bool {
    matches!(row.body(), Some(Body::Force(force)) if test(force))
}

fn known(row: &Given) -> Option<i128> {
    row.count.as_ref().ok().and_then(|count| Observation::known(*count)).map(i128::from)
}
