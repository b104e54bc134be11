//! A region and a force of one name, in a table without codes.

use super::{given::Given, scan::Scan};
use crate::{
    forces::{self, Body, Force},
    rate::Observation,
};

/// Gives the region and the force of one name their codes, where two rows have it and no code: the region is the one whose count is that of its
/// forces together, but for rounding.
pub(super) fn tell_region_from_force(scan: &mut Scan, rows: &mut [Given]) {
    for force in forces::all().iter().filter(|force| force.region() == force.name()) {
        let Some(code) = forces::region_code(force.region()) else { continue };
        let own = |row: &Given| row.code.is_none() && is_of(row, |other| other == force);
        let both: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| own(row)).map(|(at, _)| at).collect();
        let [first, second] = both[..] else { continue };
        let others = rows.iter().filter(|row| is_of(row, |other| other != force && other.region() == force.region()));
        let others: Option<Vec<i128>> = others.map(known).collect();
        let Some((sum, number)) = others.map(|counts| (counts.iter().sum::<i128>(), counts.len())) else { continue };
        let counts = [first, second].map(|at| rows.get(at).and_then(known));
        let [Some(one), Some(other)] = counts else { continue };
        let is_total = |total: i128, own: i128| number > 0 && (total - own - sum).unsigned_abs() <= number as u128;
        let (total, own) = match (is_total(one, other), is_total(other, one)) {
            (true, false) => (first, second),
            (false, true) => (second, first),
            _ => continue,
        };
        let mut lines = [0; 2];
        for ((at, code), line) in [(total, code), (own, force.code())].into_iter().zip(&mut lines) {
            if let Some(row) = rows.get_mut(at) {
                row.code = Some(code.to_owned());
                *line = row.line;
            }
        }
        let [region, own] = lines;
        let name = force.name();
        let told = format!(
            "{name} in row {region} is the region, by its count that of its forces together; in row {own} the force"
        );
        if !scan.taken.notes.contains(&told) {
            scan.taken.notes.push(told);
        }
    }
}

/// Whether a row is of such a force.
fn is_of(row: &Given, test: impl Fn(&Force) -> bool) -> bool {
    matches!(Body::named(&row.area, row.code.as_deref()), Some(Body::Force(force)) if test(force))
}

fn known(row: &Given) -> Option<i128> {
    row.count.as_ref().ok().and_then(|count| Observation::known(*count)).map(i128::from)
}
