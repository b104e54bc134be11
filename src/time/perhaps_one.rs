//! Areas of one of two tables only that may be one, spelt in two ways.

use crate::{
    base::{Note, Topic, nearest, words},
    table::{Area, Table, plain},
};
use std::collections::{HashMap, HashSet};

/// How many names are looked for among how many that are spelt nearly like them.
const MOST: usize = 200;

/// Which areas of the earlier table alone may be areas of the later one alone: by a name that differs in marks, case, dashes, spaces or how
/// letters are composed, by a code in another case, or by a name that is spelt nearly alike.
pub(super) fn perhaps_one(before: &Table, after: &Table, matched: &[Option<usize>]) -> Option<Note> {
    let known: HashSet<usize> = matched.iter().copied().flatten().collect();
    let here: Vec<&Area> =
        before.areas().iter().zip(matched).filter(|(_, there)| there.is_none()).map(|(area, _)| area).collect();
    let there: Vec<&Area> =
        after.areas().iter().enumerate().filter(|(place, _)| !known.contains(place)).map(|(_, area)| area).collect();
    let by = |key: fn(&Area) -> Option<String>| -> HashMap<String, &Area> {
        there.iter().filter_map(|area| Some((key(area)?, *area))).collect()
    };
    let name = |area: &Area| Some(plain(area.name()));
    let code = |area: &Area| area.code().map(str::to_lowercase);
    let (names, codes) = (by(name), by(code));
    let few = here.len() <= MOST && there.len() <= MOST;
    let like = |area: &Area| {
        let alike = name(area).and_then(|name| names.get(&name)).or_else(|| codes.get(&code(area)?));
        alike.copied().or_else(|| {
            let near = nearest(area.name(), there.iter().filter(|_| few).map(|area| area.name()))?;
            there.iter().copied().find(|area| area.name() == near)
        })
    };
    let told = |area: &Area| {
        let code = |area: &Area| area.code().map_or_else(String::new, |code| format!(" ({code})"));
        let other = like(area)?;
        Some(format!("{}{} before and {}{} after", area.name(), code(area), other.name(), code(other)))
    };
    let told: Vec<String> = here.into_iter().filter_map(told).collect();
    (!told.is_empty()).then(|| {
        let text =
            format!("Perhaps one area spelt in two ways, so give it one name: {}.", words::listed(&told, "; ", "pair"));
        Note::new(Topic::LeftOut, text)
    })
}
