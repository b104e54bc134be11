//! Knife offences in English forces, year to March 2020.

use super::reference::records;
use crimerate::{PeerGroups, Row, Table};

pub(crate) const KNIFE: &str = include_str!("../../../examples/data/knife_2020.csv");

/// Without the City of London; Greater Manchester's count is not known.
pub(crate) fn knife() -> Table {
    let table = Table::from_rows(records(KNIFE).iter().map(|it| Row::parse(&it[0], &it[3], &it[4]))).unwrap();
    table.exclude("City of London", "8,700 residents").unwrap()
}

/// Every area in it, with its code and its region.
pub(crate) fn knife_with_regions() -> Table {
    let lines = records(KNIFE);
    let rows = lines.iter().map(|line| Row::parse(&line[0], &line[3], &line[4]).code(&line[1]));
    let regions = PeerGroups::from_labels("region", lines.iter().map(|line| (&line[0], &line[2])));
    Table::from_rows(rows).unwrap().with_groups(regions).unwrap()
}
