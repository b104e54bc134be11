//! Tables of real figures with their known counts and populations, for computations from definitions.

use crate::support::{
    knife::{self, KNIFE},
    recorded::{RECORDED, quarters},
    reference::records,
};
use crimerate::{Order, Table};
use std::collections::BTreeMap;

/// A table and its known figures: count and population of each area that is compared, in its order.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) table: Table,
    pub(crate) rates: Vec<(u64, u64)>,
    /// How many areas have no count, so that theirs might be any rate.
    pub(crate) missing: usize,
}

/// Knife offences in 37 forces, Greater Manchester's not known.
pub(crate) fn knife() -> Case {
    let rows = records(KNIFE);
    let rates = rows.iter().filter(|row| &row[0] != "City of London").filter_map(|row| {
        let count = row[3].parse().ok()?;
        Some((count, row[4].parse().unwrap()))
    });
    let rates: Vec<(u64, u64)> = rates.collect();
    assert_eq!(rates.len(), 37);
    Case { name: "knife".into(), table: knife::knife(), rates, missing: 1 }
}

/// An offence of 2017/18 in 43 forces: one of its quarters, or the year.
pub(crate) fn recorded(offence: &str, quarter: Option<usize>) -> Case {
    let people = records(RECORDED);
    let people: BTreeMap<&str, &str> = people.iter().map(|row| (&row[0], &row[3])).collect();
    let rates: Vec<(String, u64, u64)> = quarters(offence)
        .into_iter()
        .map(|(area, counts)| {
            let count = quarter.map_or_else(|| counts.iter().sum(), |quarter| counts[quarter]);
            let people = people[area.as_str()].parse().unwrap();
            (area, count, people)
        })
        .collect();
    let table = Table::from_rows(rates.iter().map(|(area, count, people)| (area.as_str(), *count, *people))).unwrap();
    let rates: Vec<(u64, u64)> = rates.iter().map(|rate| (rate.1, rate.2)).collect();
    assert_eq!(rates.len(), 43);
    Case { name: format!("{offence} {quarter:?}"), table, rates, missing: 0 }
}

pub(crate) fn cases() -> [Case; 4] {
    [knife(), recorded("weapons", Some(0)), recorded("weapons", None), recorded("robbery", Some(3))]
}

/// Whether the first rate is above the second: a/b > c/d where a d > c b.
pub(crate) fn above(first: (u64, u64), second: (u64, u64)) -> bool {
    u128::from(first.0) * u128::from(second.1) > u128::from(second.0) * u128::from(first.1)
}

/// How many of the rates are strictly nearer to the end that is first.
pub(crate) fn ahead(rates: &[(u64, u64)], area: usize, order: Order) -> usize {
    let nearer = |other: &&(u64, u64)| match order {
        Order::Highest => above(**other, rates[area]),
        Order::Lowest => above(rates[area], **other),
    };
    rates.iter().filter(nearer).count()
}
