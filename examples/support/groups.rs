//! Peer groups from CSV.

use super::program::Failure;
use crimerate::{PeerGroups, Table, read::Document};
use std::{collections::BTreeSet, ops::ControlFlow};

/// Pairs of CSV with the columns `area` and `peer`, one pair a line: the peer is in the group of the area, and not the other
/// way round unless another line says so. An area that the table does not have is refused or, on request, left out with a note.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn pairs(document: &Document, name: &str, table: &Table, leave_out: bool) -> Result<PeerGroups, Failure> {
    let (lines, _) = document.cells(["area", "peer"])?;
    for (line, pair) in lines.iter().filter(|_| !leave_out) {
        for known in pair {
            table.index(known).map_err(|error| error.at_row(*line))?;
        }
    }
    let groups = PeerGroups::from_pairs(name, lines.into_iter().map(|(_, [area, peer])| (area, peer)));
    Ok(if leave_out { groups.leaving_out_unknown() } else { groups })
}

/// The areas with the same text in a column of their own file, such as `region`; where it is empty there is no group.
pub(crate) fn labels(document: &Document, column: &str) -> Result<PeerGroups, Failure> {
    let mut labels: BTreeSet<(String, String)> = BTreeSet::new();
    document.each_row(["area", column], |_, [area, label]| {
        labels.insert((area.to_owned(), label.to_owned()));
        ControlFlow::Continue(())
    })?;
    Ok(PeerGroups::from_labels(column, labels))
}
