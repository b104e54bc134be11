//! Strata that are others together in their figures, whatever they are called.
//!
//! A stratum is taken for one where its count *and* its population are those of a run of at least two others, or of all that differ in one column alone,
//! in nine of ten areas or more, and that is no coincidence. Sums along a run hit a given population with a probability of its unit (the largest
//! power of ten that divides it) over the mean population of strata; where one area's do, all areas' may, as far as people are spread alike. Counts agree
//! with a probability of 1/(2 sqrt(pi x)), even if all rates are equal, and do so in each area by itself. So the one, times the others of the areas that
//! have counts, times the number of strata (squared, but for that which all others are), times that of the areas for each that is another, has to be
//! below 1 in 1,000.
//!
//! It takes as many steps as there are strata squared, for each of three areas, and a few for each sum that is found in one of them. With areas and strata
//! changed about it finds areas that are others together.

use crate::{
    rate::{Observation, Population},
    table::{LeftOut, Table},
};
use std::f64::consts::PI;

/// The strata of one area, in the order of all.
pub(super) type AreaCells = [(Observation, Population)];

/// A stratum that others are together.
#[derive(Debug, PartialEq)]
pub(crate) struct Sum {
    pub(crate) total: usize,
    pub(crate) parts: Vec<usize>,
    /// In how many areas, and how many have figures.
    pub(crate) agree: usize,
    pub(crate) areas: usize,
}

/// How often strata without totals may be refused for one, and areas without totals be noted for one, as those of a table are.
const REFUSED: f64 = 1e-3;
const NOTED: f64 = 5e-3;

/// The first stratum that is a sum of others, in the figures of these areas.
pub(super) fn found(areas: &[&AreaCells], families: &[Vec<usize>]) -> Option<Sum> {
    first(areas, families, REFUSED)
}

/// The first area of a table that takes part and is a sum of others in its columns, strata or offences; not looked for among more than 1,000.
pub(super) fn area(
    table: &Table,
    columns: usize,
    cell: impl Fn(usize, usize) -> Option<(Observation, Population)>,
) -> Option<Sum> {
    const MOST: usize = 1_000;
    let takes_part = |at: &usize| matches!(table.rate(*at), Some(Ok(_) | Err(LeftOut::NotKnown(_))));
    let places: Vec<usize> = (0..table.len()).filter(takes_part).collect();
    let column = |column| places.iter().map(|at| cell(*at, column)).collect::<Option<Vec<_>>>();
    let columns: Vec<Vec<_>> = (0..columns).filter(|_| places.len() <= MOST).filter_map(column).collect();
    let found = first(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>(), &[], NOTED)?;
    let place = |at: usize| places.get(at).copied();
    Some(Sum { total: place(found.total)?, parts: found.parts.iter().filter_map(|at| place(*at)).collect(), ..found })
}

fn first(areas: &[&AreaCells], families: &[Vec<usize>], tables: f64) -> Option<Sum> {
    let width = areas.first()?.len();
    let known: Vec<Known> = areas.iter().map(|cells| Known::of(cells)).collect();
    // The areas with most offences tell most; one of them may be wrong.
    let mut seeds: Vec<&Known> = known.iter().collect();
    seeds.sort_by_key(|area| std::cmp::Reverse(area.all));
    seeds.truncate(3);
    let runs = seeds.iter().flat_map(|seed| (0..width).flat_map(move |total| seed.runs(total)));
    let whole = families.iter().filter(|family| family.len() > 1 && family.len() < width);
    let outside = whole.flat_map(|family| {
        let others = (0..width).filter(|total| !family.contains(total));
        others.map(move |total| (total, family.clone()))
    });
    runs.chain(outside).find_map(|(total, parts)| judged(&known, total, parts, tables))
}

/// What is known of an area.
struct Known<'a> {
    cells: &'a AreaCells,
    all: u128,
}

impl<'a> Known<'a> {
    fn of(cells: &'a AreaCells) -> Self {
        Self { cells, all: cells.iter().filter_map(|(count, _)| count.known()).map(u128::from).sum() }
    }

    fn people(&self, at: usize) -> u128 {
        self.cells.get(at).map_or(0, |(_, people)| people.get().into())
    }

    /// The runs of other strata that have together the people of one, and its count as far as counts are known.
    fn runs(&self, total: usize) -> Vec<(usize, Vec<usize>)> {
        let others: Vec<usize> = (0..self.cells.len()).filter(|at| *at != total).collect();
        let (own, mut found, mut sum, mut from) = (self.people(total), Vec::new(), 0, 0);
        for (to, at) in others.iter().enumerate() {
            sum += self.people(*at);
            while sum > own {
                sum -= others.get(from).map_or(0, |first| self.people(*first));
                from += 1;
            }
            let parts = others.get(from..=to).unwrap_or_default();
            if sum == own && parts.len() > 1 && self.agrees(total, parts) {
                found.push((total, parts.to_vec()));
            }
        }
        found
    }

    /// Whether others have the people of one together, and its count as far as counts are known.
    fn agrees(&self, total: usize, parts: &[usize]) -> bool {
        let Some((count, _)) = self.cells.get(total) else { return false };
        let people: u128 = parts.iter().map(|at| self.people(*at)).sum();
        let counts = parts.iter().map(|at| self.cells.get(*at)?.0.known().map(u128::from)).sum::<Option<u128>>();
        let counted = counts.zip(count.known()).is_none_or(|(others, own)| others == u128::from(own));
        people == self.people(total) && counted
    }

    /// How probable it is that the count agrees where nothing makes it.
    fn chance(&self, total: usize, parts: &[usize]) -> f64 {
        let known = parts.iter().all(|at| self.cells.get(*at).is_some_and(|(count, _)| count.known().is_some()));
        let count = self.cells.get(total).and_then(|(count, _)| count.known()).filter(|_| known);
        count.map_or(1.0, |count| (1.0 / (2.0 * (PI * count as f64).sqrt())).min(1.0))
    }

    /// How probable it is that some run has the people of one.
    fn chance_of_people(&self, total: usize) -> f64 {
        let (own, all) = (self.people(total), (0..self.cells.len()).map(|at| self.people(at)).sum::<u128>());
        let unit = std::iter::successors(Some(1_u128), |unit| unit.checked_mul(10))
            .take_while(|unit| own.is_multiple_of(*unit));
        let unit = unit.last().unwrap_or(1);
        (unit as f64 * self.cells.len() as f64 / all as f64).min(1.0)
    }
}

/// The sum, where enough areas have it and it is no coincidence.
fn judged(areas: &[Known<'_>], total: usize, parts: Vec<usize>, tables: f64) -> Option<Sum> {
    let most = areas.len() / 10;
    let (mut others, mut counted, mut chance, mut of_people) = (0, false, 1.0, 1.0_f64);
    for area in areas {
        if area.agrees(total, &parts) {
            let of_count = area.chance(total, &parts);
            counted |= of_count < 1.0;
            chance *= of_count;
            of_people = of_people.min(area.chance_of_people(total));
        } else {
            others += 1;
            chance *= areas.len() as f64;
        }
        if others > most {
            return None;
        }
    }
    let width = areas.first()?.cells.len();
    // Of all others together there is one sum for each, of runs one for each beginning, too.
    let tries = width as f64 * if parts.len() + 1 == width { 1.0 } else { width as f64 };
    let agree = areas.len() - others;
    // People alone do not tell, as they may be spread alike in all areas.
    (counted && chance * of_people * tries < tables).then_some(Sum { total, parts, agree, areas: areas.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Area = Vec<(Observation, Population)>;

    fn area(cells: &[(u64, u64)]) -> Area {
        cells.iter().map(|(count, people)| (Observation::Known(*count), Population::new(*people).unwrap())).collect()
    }

    fn of(areas: &[Area]) -> Option<Sum> {
        let cells: Vec<&AreaCells> = areas.iter().map(Vec::as_slice).collect();
        found(&cells, &[])
    }

    #[test]
    fn a_sum_of_a_run_is_found_wherever_it_stands() {
        let plain = [[(20, 40_100), (90, 60_300), (31, 22_700)], [(9, 30_400), (80, 70_900), (27, 25_200)]];
        for place in 0..=3 {
            let with = |cells: &[(u64, u64); 3]| {
                let mut cells = cells.to_vec();
                cells.insert(place, (cells[1].0 + cells[2].0, cells[1].1 + cells[2].1));
                area(&cells)
            };
            let found = of(&plain.iter().map(with).collect::<Vec<_>>()).unwrap();
            let parts: Vec<usize> = [1, 2].iter().map(|at| at + usize::from(place <= *at)).collect();
            assert_eq!(found, Sum { total: place, parts, agree: 2, areas: 2 });
        }
        assert_eq!(of(&plain.iter().map(|cells| area(cells)).collect::<Vec<_>>()), None);
    }

    #[test]
    fn one_area_in_ten_may_have_another_figure() {
        let with = |at: u64, more: u64| {
            area(&[(20 + at, 40_100 + at), (90 + 3 * at, 60_300), (110 + 4 * at + more, 100_400 + at)])
        };
        let areas = |wrong: u64| (0..10).map(|at| with(at, u64::from(at < wrong))).collect::<Vec<_>>();
        let found = of(&areas(1)).unwrap();
        assert_eq!((found.total, found.agree, found.areas), (2, 9, 10));
        assert_eq!(of(&areas(2)), None);
        // What is not known disagrees with nothing, and shows nothing.
        let mut unknown = areas(0);
        unknown.iter_mut().for_each(|cells| cells[0].0 = Observation::SUPPRESSED);
        assert_eq!(of(&unknown), None);
    }

    /// Tables of strata that have no totals: people spread alike in all areas and round, rates all equal, which makes coincidences likeliest.
    #[test]
    fn strata_without_totals_raise_hardly_any_alarm() {
        let (mut state, mut alarms, mut tables) = (1_u64, 0, 0);
        let mut draw = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1_u64 << 31) as f64
        };
        for (strata, areas) in [(3, 1), (3, 2), (6, 2), (19, 2), (6, 10), (19, 43)] {
            for rate in [0.0005, 0.005, 0.05] {
                for _ in 0..300 {
                    let shares: Vec<u64> = (0..strata).map(|_| 1 + (9.0 * draw()) as u64).collect();
                    let table: Vec<Area> = (0..areas)
                        .map(|_| {
                            let size = 1_000 * (1 + (9.0 * draw()) as u64);
                            let cell = |share: &u64| {
                                let mean = (share * size) as f64 * rate;
                                // Near enough to Poisson's law for how often two are the same.
                                let spread: f64 = (0..12).map(|_| draw()).sum::<f64>() - 6.0;
                                ((mean + spread * mean.sqrt()).max(0.0).round() as u64, share * size)
                            };
                            area(&shares.iter().map(cell).collect::<Vec<_>>())
                        })
                        .collect();
                    tables += 1;
                    alarms += u32::from(of(&table).is_some());
                }
            }
        }
        assert!(alarms <= tables / 1_000, "{alarms} of {tables}");
    }
}
