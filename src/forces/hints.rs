//! Which rows are regions and countries of forces by their names, and which they are the sum of.

use super::{
    body::{Body, ENGLAND_AND_WALES},
    registry::{ENGLAND, WALES},
};
use crate::table::{Area, Hints};
use std::collections::{BTreeMap, BTreeSet};

/// The most rows among which forces are looked for: a table of more is one of other areas.
const MOST: usize = 2_000;

/// What is known by the names and codes of areas: the rows of each region and country, and which rows are regions or countries of
/// at least two forces beside them.
pub(crate) fn hints(areas: &[Area]) -> Hints {
    if areas.len() > MOST {
        return Hints::default();
    }
    let bodies: Vec<(usize, Body)> =
        areas.iter().enumerate().filter_map(|(at, area)| Some((at, Body::of_area(area)?))).collect();
    // By the name of the region or country, its forces and its regions apart.
    let mut forces: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, body) in &bodies {
        match body {
            Body::Force(force) => {
                let wholes = [force.region(), force.country(), ENGLAND_AND_WALES];
                // The region of the forces of Wales is Wales.
                let wholes = wholes.into_iter().collect::<BTreeSet<_>>();
                wholes.into_iter().for_each(|whole| forces.entry(whole).or_default().push(*at));
            }
            Body::Region(_) => {
                [ENGLAND, ENGLAND_AND_WALES].into_iter().for_each(|whole| regions.entry(whole).or_default().push(*at));
            }
            // Wales stands beside the regions of England.
            Body::Country(WALES) => regions.entry(ENGLAND_AND_WALES).or_default().push(*at),
            Body::Country(_) | Body::Elsewhere(_) | Body::NotTerritorial(_) => {}
        }
    }
    let has_forces = |whole: &str| forces.get(whole).is_some_and(|own| own.len() > 1);
    let is_whole = |(at, body): &(usize, Body)| (body.is_total() && has_forces(body.name())).then_some(*at);
    let totals = bodies.iter().filter_map(is_whole).collect();
    let forces = forces.into_iter().map(|(whole, rows)| (whole.to_owned(), rows));
    let regions = regions.into_iter().map(|(whole, rows)| (format!("the regions of {whole}"), rows));
    let groups = forces.chain(regions);
    let groups = groups.filter(|(_, rows)| rows.len() > 1).collect();
    Hints { groups, totals }
}
