//! Which strata are to be looked at together.

use super::key::Key;
use std::collections::BTreeMap;

/// The places of strata that differ in one column alone, such as the ages of one sex and the sexes of one age, and those of all; of one column
/// these are the same.
pub(super) fn families(keys: &[Key]) -> Vec<Vec<usize>> {
    let mut families: BTreeMap<(usize, Vec<Option<&Key>>), Vec<usize>> = BTreeMap::new();
    for (place, key) in keys.iter().enumerate() {
        let parts = key.parts();
        for at in 0..parts.len() {
            let others = parts.iter().enumerate().map(|(column, part)| (column != at).then_some(part));
            families.entry((at, others.collect())).or_default().push(place);
        }
    }
    let mut families: Vec<Vec<usize>> = families.into_values().filter(|family| family.len() > 1).collect();
    let all: Vec<usize> = (0..keys.len()).collect();
    if !families.contains(&all) {
        families.push(all);
    }
    families
}

/// Two of these places whose bands of ages share people, if there are any; who is called everybody is not among them.
pub(super) fn overlapping(keys: &[Key], family: &[usize]) -> Option<[usize; 2]> {
    let band = |place: &usize| {
        let parts = keys.get(*place)?.parts();
        let ages = parts.iter().find_map(|part| match part {
            Key::Ages(first, last) => Some((*first, last.unwrap_or(u32::MAX), *place)),
            _ => None,
        });
        ages.filter(|_| !parts.iter().any(Key::is_everyone))
    };
    let mut bands: Vec<(u32, u32, usize)> = family.iter().filter_map(band).collect();
    bands.sort_unstable();
    let mut pairs = bands.iter().zip(bands.iter().skip(1)).map(|((.., one), (.., other))| [*one, *other]);
    pairs.find(|[one, other]| {
        keys.get(*one).zip(keys.get(*other)).is_some_and(|(one, other)| one.shares_people_with(other))
    })
}

/// The first stratum that is called everybody, in any of its columns, and others that share people with it.
pub(super) fn called_total(keys: &[Key]) -> Option<(usize, Vec<usize>)> {
    let whole = keys.iter().enumerate().filter(|(_, key)| key.parts().iter().any(Key::is_everyone));
    let shared = |(place, key): (usize, &Key)| {
        let others = keys.iter().enumerate().filter(|(at, other)| *at != place && key.shares_people_with(other));
        let others: Vec<usize> = others.map(|(at, _)| at).collect();
        (!others.is_empty()).then_some((place, others))
    };
    // The one that least is counted twice by says most.
    whole.filter_map(shared).min_by_key(|(_, others)| others.len())
}
