//! Rows with a count that name no area.

use super::{role::Role, scan::Scan};
use crate::base::{Error, ErrorKind, words};

/// The line of a row that has a count and no name, and its population.
pub(super) type Nameless = (u64, Option<u64>);

/// A row without a name on as many people as all others have together is their total, as of a nation above its states; any other is a
/// fault.
pub(super) fn name_the_nameless(scan: &mut Scan, nameless: &[Nameless], all: u128) {
    let (mut first, mut second, mut more) = (None, None, 0);
    for (line, own) in nameless {
        let apart = own.map(|own| u128::from(own).abs_diff(all));
        if apart.is_some_and(|apart| apart <= all / 100) && all > 0 {
            let people = own.map_or_else(String::new, |own| format!("{own} people"));
            scan.taken.pass("that names no area and is on the people of all others, a total of them", *line, &people);
        } else if first.is_none() {
            first = Some(*line);
        } else {
            second = second.or(Some(*line));
            more += 1;
        }
    }
    let Some(first) = first else { return };
    let kind = match second {
        None => ErrorKind::Missing {
            whole: "the row",
            part: "area",
            advice: "name it, or what its count is of, leave its line out, or have names filled down from the row above",
        },
        Some(second) => ErrorKind::NotAsPublished {
            found: format!("{} have no area, such as rows {first} and {second}", words::counted(more + 1, "row")),
            advice: "name each, leave their lines out, or have names filled down from the row above".into(),
        },
    };
    scan.faults.push(Error::from(kind).at_row(first).in_column(scan.heading(Role::Area)));
}
