//! Peer groups from CSV.

use super::{program::Failure, sheet};
use crimerate::{PeerGroups, Table};

/// Pairs of CSV with the columns `area` and `peer`, one pair a line: the peer is in the group of the area, and not the other
/// way round unless another line says so.
#[allow(dead_code, reason = "not every example needs it")]
pub(crate) fn pairs(bytes: &[u8], name: &str, table: &Table) -> Result<PeerGroups, Failure> {
    let lines = sheet::read(bytes, ["area", "peer"])?;
    for (line, pair) in &lines {
        for known in pair {
            table.index(known).map_err(|error| error.at_row(*line))?;
        }
    }
    Ok(PeerGroups::from_pairs(name, lines.into_iter().map(|(_, [area, peer])| (area, peer))))
}

/// The areas with the same text in a column of their own file, such as `region`; where it is empty there is no group.
pub(crate) fn labels(bytes: &[u8], column: &str) -> Result<PeerGroups, Failure> {
    let lines = sheet::read(bytes, ["area", column])?;
    Ok(PeerGroups::from_labels(column, lines.into_iter().map(|(_, [area, label])| (area, label))))
}
