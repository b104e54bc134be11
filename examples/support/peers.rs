//! The groups that areas are compared with, in the same words in every example.

use super::{groups, input, program::Failure, source::Source};
use clap::Args;
use crimerate::{Average, PeerGroups, Table, read::Document};

/// The groups that averages are over.
#[derive(Args)]
pub(crate) struct Peers {
    /// Compare each area with its own group: CSV with the columns area and peer, a pair a line (`A,B`: B is in A's group)
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    group: Option<String>,
    /// Leave areas of the groups that the file does not have out with a note, where they would be refused
    #[arg(long, requires = "group")]
    leave_out_unknown: bool,
    /// Compare each area with those that have the same text in this column of the file, such as region
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
}

impl Peers {
    /// Whether there are to be any.
    #[allow(dead_code, reason = "not every example has tables without groups")]
    pub(crate) const fn are_given(&self) -> bool {
        self.group.is_some() || self.by.is_some()
    }

    /// The groups of the areas of a file that is no table, if there are to be any.
    #[allow(dead_code, reason = "not every example has more than a table")]
    pub(crate) fn groups(&self, document: &Document) -> Result<Option<PeerGroups>, Failure> {
        match (&self.group, &self.by) {
            (Some(path), _) => {
                let (pairs, _) = input::document(path)?.cells(["area", "peer"])?;
                let groups = PeerGroups::from_pairs(path, pairs.into_iter().map(|(_, [area, peer])| (area, peer)));
                Ok(Some(if self.leave_out_unknown { groups.leaving_out_unknown() } else { groups }))
            }
            (None, Some(column)) => groups::labels(document, column).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The table with its groups, and the average over them.
    #[allow(dead_code, reason = "not every example has a table")]
    pub(crate) fn table(&self, source: &Source, average: Average) -> Result<(Table, Average), Failure> {
        self.table_beside(source, average, None)
    }

    /// The same beside another table that has the same done about its areas.
    #[allow(dead_code, reason = "not every example has a table")]
    pub(crate) fn table_beside(
        &self,
        source: &Source,
        average: Average,
        beside: Option<&Table>,
    ) -> Result<(Table, Average), Failure> {
        let (table, name) = match (&self.group, &self.by) {
            (Some(path), _) => {
                let table = source.table_by(None, beside)?;
                let groups = groups::pairs(&input::document(path)?, path, &table, self.leave_out_unknown)?;
                (table.with_groups(groups)?, path)
            }
            (None, Some(column)) if source.file.is_some() => (source.table_by(Some(column), beside)?, column),
            (None, Some(column)) => {
                let groups = groups::labels(&source.document()?, column)?;
                (source.table_by(None, beside)?.with_groups(groups)?, column)
            }
            (None, None) => return Ok((source.table_by(None, beside)?, average)),
        };
        let average = average.over(table.group(name)?);
        Ok((table, average))
    }
}
